//! Administrative divisions: names and short forms of GB/T 2260.

use std::borrow::Cow;

use crate::digits;
use crate::period::Date;

/// Six digits of GB/T 2260, the codes of the administrative divisions of China.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegionCode(pub u32);

impl std::fmt::Display for RegionCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.spell(f)
    }
}

impl RegionCode {
    /// Writes its six digits.
    pub(crate) fn spell(self, out: &mut impl std::fmt::Write) -> std::fmt::Result {
        let mut six = [b'0'; 6];
        digits::fill(&mut six, self.0);
        out.write_str(str::from_utf8(&six).map_err(|_| std::fmt::Error)?)
    }
}

/// Index of a region in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RegionId(pub(super) u32);

/// The divisions of one name, among those of all names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Namesakes {
    pub(super) from: u32,
    pub(super) to: u32,
}

impl Namesakes {
    /// Those of a name that no division has.
    pub const NONE: Namesakes = Namesakes { from: 0, to: 0 };

    /// Whether no division has the name.
    pub const fn is_empty(self) -> bool {
        self.from == self.to
    }
}

/// One division.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// GB/T 2260 code.
    pub code: RegionCode,
    /// Where its full official name stands in the text of all.
    pub(super) name: (u32, u32),
    /// Last month of a name that is no longer used.
    pub until: Option<Date>,
}

/// How high a division stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// 全国.
    Nation,
    /// Provinces, autonomous regions, municipalities.
    Province,
    /// Prefecture-level cities, prefectures, leagues.
    Prefecture,
    /// Counties, districts, county-level cities, banners.
    County,
}

/// The table.
#[derive(Debug, Default, PartialEq)]
pub struct Regions {
    pub(super) regions: Cow<'static, [Region]>,
    /// The full names, one behind the other.
    pub(super) names: Cow<'static, str>,
    /// The divisions of each name, one name behind the other.
    pub(super) namesakes: Cow<'static, [RegionId]>,
    /// So many rows stand in the order of their codes; a user's may stand behind them.
    pub(super) ordered: usize,
}

impl Regions {
    /// Adds a row.
    pub(super) fn push(&mut self, code: RegionCode, name: &str, until: Option<Date>) -> RegionId {
        let from = self.names.len() as u32;
        self.names.to_mut().push_str(name);
        let name = (from, self.names.len() as u32);
        let ordered = self.ordered == self.regions.len();
        if ordered && self.regions.last().is_none_or(|last| last.code <= code) {
            self.ordered += 1;
        }
        self.regions.to_mut().push(Region { code, name, until });
        RegionId(self.regions.len() as u32 - 1)
    }

    /// Notes the divisions of a name.
    pub(super) fn share(&mut self, name: &[RegionId]) -> Namesakes {
        if name.is_empty() {
            return Namesakes::NONE;
        }
        let from = self.namesakes.len() as u32;
        self.namesakes.to_mut().extend(name);
        Namesakes { from, to: self.namesakes.len() as u32 }
    }

    /// The division of this code and name.
    pub(super) fn find(&self, code: RegionCode, name: &str) -> Option<RegionId> {
        let mut ids = (0..self.regions.len() as u32).map(RegionId);
        ids.find(|&id| self.get(id).code == code && self.name(id) == name)
    }

    /// Changes the last month of a name.
    pub(super) fn ends(&mut self, id: RegionId, until: Option<Date>) {
        self.regions.to_mut()[id.0 as usize].until = until;
    }

    /// Full official name of a division.
    pub fn name(&self, id: RegionId) -> &str {
        let (from, to) = self.get(id).name;
        &self.names[from as usize..to as usize]
    }

    /// The divisions of one name, in the order of their codes.
    pub fn of(&self, name: Namesakes) -> &[RegionId] {
        &self.namesakes[name.from as usize..name.to as usize]
    }

    /// A division.
    pub fn get(&self, id: RegionId) -> &Region {
        &self.regions[id.0 as usize]
    }

    /// How high it stands, from its code.
    pub fn tier(&self, id: RegionId) -> Tier {
        tier(self.get(id).code)
    }

    /// The current division with this code.
    pub fn by_code(&self, code: RegionCode) -> Option<RegionId> {
        let (ordered, others) = self.regions.split_at(self.ordered);
        let first = ordered.partition_point(|region| region.code < code);
        let same = ordered[first..].iter().take_while(|region| region.code == code);
        (first..)
            .zip(same)
            .chain((self.ordered..).zip(others))
            .find(|(_, region)| region.code == code && region.until.is_none())
            .map(|(i, _)| RegionId(i as u32))
    }

    /// Whether `inner` lies in `outer` (or is it).
    pub fn within(&self, inner: RegionId, outer: RegionId) -> bool {
        let (inner, outer) = (self.get(inner).code, self.get(outer).code);
        match tier(outer) {
            Tier::Nation => true,
            Tier::Province => inner.0 / 10_000 == outer.0 / 10_000,
            Tier::Prefecture => inner.0 / 100 == outer.0 / 100,
            Tier::County => inner == outer,
        }
    }

    /// The division that encloses a region at a tier: the province of a city.
    pub fn enclosing(&self, id: RegionId, at: Tier) -> Option<RegionId> {
        let code = self.get(id).code.0;
        self.by_code(RegionCode(match at {
            Tier::Nation => 100_000,
            Tier::Province => code / 10_000 * 10_000,
            Tier::Prefecture => code / 100 * 100,
            Tier::County => code,
        }))
    }
}

fn tier(code: RegionCode) -> Tier {
    match code.0 {
        100_000 => Tier::Nation,
        code if code % 10_000 == 0 => Tier::Province,
        code if code % 100 == 0 => Tier::Prefecture,
        _ => Tier::County,
    }
}
