//! What rules and checks say of themselves: one text documents the type, is printed by `edustat list`, and
//! is tried sentence by sentence in a test.

/// What the macro `documented!` says of a rule or check.
pub trait Documented {
    /// Its name.
    fn name(&self) -> &'static str;

    /// What it does in a paragraph, remarks, then sentences with what it makes of them. A rule's:
    ///
    /// ```text
    /// - Reads: `2020年全市新增学位2265个。`
    ///   as `2265个 | indicator=places unit=place value=2265`
    /// - Leaves: `2020年全市小学在校生13000名。`
    ///   because they are students, whatever room there is for them.
    /// ```
    ///
    /// A test reads the sentences; `as` is written like a record of `tests/corpus`. The sentences of a
    /// check stand behind `Holds`, `Fails` and `Cannot tell`.
    fn manual(&self) -> String;

    /// The first paragraph of the manual, on one line.
    fn summary(&self) -> String {
        let manual = self.manual();
        let first: Vec<&str> = manual.lines().take_while(|line| !line.is_empty()).collect();
        first.join(" ")
    }
}

/// Declares a rule or check by its manual and its name: the one text documents the type and is what
/// [`Documented::manual`] gives.
macro_rules! documented {
    ($(#[doc = $line:literal])+ $rule:ident = $name:literal) => {
        $(#[doc = $line])+
        #[derive(Debug)]
        pub struct $rule;

        impl $crate::manual::Documented for $rule {
            fn name(&self) -> &'static str {
                $name
            }

            fn manual(&self) -> String {
                [$($line),+].map(|line| line.strip_prefix(' ').unwrap_or(line)).join("\n")
            }
        }
    };
}
pub(crate) use documented;
