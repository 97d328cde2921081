//! What a check found: the claim, what it should be, and whether they agree.

use std::borrow::Cow;
use std::fmt;

use super::figure::Figure;
use super::sheet::Sheet;
use crate::codes::{Unit, codes};
use crate::flag::Flag;

codes! {
    /// How serious it is when a claim fails.
    Severity("severity") {
        /// The text may mean something else, or two sources may differ for a reason.
        Warning = "warning",
        /// The text contradicts itself.
        Error = "error",
    }
}

/// Whether a claim agrees with what was recomputed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Both can be true.
    Holds,
    /// Both cannot be true.
    Fails(Flag, Severity),
    /// The text leaves open what would decide it.
    CannotTell,
}

impl Verdict {
    /// Its code.
    pub const fn code(self) -> &'static str {
        match self {
            Verdict::Holds => "holds",
            Verdict::Fails(..) => "fails",
            Verdict::CannotTell => "cannot tell",
        }
    }

    /// How serious it is; only of what fails.
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Verdict::Fails(_, severity) => Some(severity),
            Verdict::Holds | Verdict::CannotTell => None,
        }
    }

    /// The flag that it puts on records; only of what fails.
    pub const fn flag(self) -> Option<Flag> {
        match self {
            Verdict::Fails(flag, _) => Some(flag),
            Verdict::Holds | Verdict::CannotTell => None,
        }
    }
}

/// How a claim and what was recomputed must stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// They are the same.
    Equal,
    /// The claim may be more.
    AtLeast,
    /// The claim may be less.
    AtMost,
}

impl fmt::Display for Sign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Sign::Equal => "=",
            Sign::AtLeast => "≥",
            Sign::AtMost => "≤",
        })
    }
}

/// One check of one claim. Records are named by their index in the [`Sheet`]; where that words nothing, `left`
/// and `right` are empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Name of the check.
    pub check: &'static str,
    /// Whether the claim agrees.
    pub verdict: Verdict,
    /// The record that claims something.
    pub claim: usize,
    /// The records that it is held against.
    pub terms: Vec<usize>,
    /// What is claimed.
    pub claimed: Figure,
    /// What the terms make of it: of an inequality, what the claim may be.
    pub recomputed: Figure,
    /// The unit of both.
    pub unit: Unit,
    /// The claim as the text has it: `911所`.
    pub left: String,
    /// How both sides must stand.
    pub sign: Sign,
    /// How it was recomputed, in the figures of the text: `365所 + 115所`.
    pub right: String,
    /// What a reader should know: why it cannot be told, or what was assumed.
    pub remark: Option<Cow<'static, str>>,
}

impl Finding {
    /// A claim that a record makes, and what the terms make of it; whether it holds is open. None where
    /// the digits of the claim are hidden.
    pub fn new(
        check: &'static str,
        sheet: &Sheet<'_, '_>,
        claim: usize,
        terms: Vec<usize>,
        recomputed: Figure,
        right: String,
    ) -> Option<Self> {
        Some(Finding {
            check,
            verdict: Verdict::CannotTell,
            claim,
            terms,
            claimed: sheet.figure(claim)?,
            recomputed,
            unit: sheet.record(claim).unit,
            left: sheet.mention(claim),
            sign: Sign::Equal,
            right,
            remark: None,
        })
    }

    /// Whether claimed and recomputed figures can both be true.
    pub fn agrees(&self) -> bool {
        self.claimed.interval.meets(self.recomputed.interval)
    }

    /// With another sign.
    pub fn signed(self, sign: Sign) -> Self {
        Finding { sign, ..self }
    }

    /// With the verdict that it holds.
    pub fn holds(self) -> Self {
        Finding { verdict: Verdict::Holds, ..self }
    }

    /// With the verdict that it fails.
    pub fn fails(self, flag: Flag, severity: Severity) -> Self {
        Finding { verdict: Verdict::Fails(flag, severity), ..self }
    }

    /// With the verdict that the figures give: it holds, or it fails so.
    pub fn or_fails(self, flag: Flag, severity: Severity) -> Self {
        if self.agrees() { self.holds() } else { self.fails(flag, severity) }
    }

    /// With the verdict that the figures give of a quotient: one whose last digit was cut off and not
    /// rounded is a small fault.
    pub fn or_rounded_wrong(self, sheet: &Sheet<'_, '_>, flag: Flag, severity: Severity) -> Self {
        let cut_off = Figure::cut_off(sheet.record(self.claim));
        if !self.agrees() && cut_off.is_some_and(|cut| cut.meets(self.recomputed.interval)) {
            return self
                .fails(flag, Severity::Warning)
                .because("its last digit was cut off, not rounded");
        }
        self.or_fails(flag, severity)
    }

    /// With a remark.
    pub fn because(mut self, remark: impl Into<Cow<'static, str>>) -> Self {
        self.remark = Some(remark.into());
        self
    }
}
