//! The built-in tables: the CSV files of this folder, byte for byte.

use crate::codes::codes;

codes! {
    /// A table of words, by the name of its file.
    Table("table") {
        /// A noun: what it counts, the level, ownership and locality that it states, its field.
        Terms = "terms.csv",
        /// A verb: what was done, and whether it yields to other verbs.
        Acts = "acts.csv",
        /// A unit or counter, its base unit and factor, and what it measures or counts.
        Units = "units.csv",
        /// A word behind a number: why the number is no quantity.
        Nonunits = "nonunits.csv",
        /// A bound and where it stands.
        Bounds = "bounds.csv",
        /// A denominator.
        Pers = "pers.csv",
        /// A word of time.
        Times = "times.csv",
        /// A word of plans, norms or facts.
        Status = "status.csv",
        /// A word of grammar.
        Grammar = "grammar.csv",
        /// A word that narrows a region without being one.
        Scopes = "scopes.csv",
        /// A name for the body that speaks, or one above it.
        Bodies = "bodies.csv",
        /// An expression in which a number counts nothing.
        Names = "names.csv",
        /// What a noun measures, alone or after an act.
        Indicators = "indicators.csv",
        /// A division with its code, short forms, and the last month of a former name.
        Regions = "regions.csv",
        /// A word of a document's head: a label, what ends the name of a body, a menu of a website.
        Header = "header.csv",
        /// A name of a part of a web page, or of a meta element; a word of its links and foot.
        Pages = "pages.csv",
    }
}

impl Table {
    /// The table as it stands in the program.
    pub const fn text(self) -> &'static str {
        match self {
            Table::Terms => include_str!("terms.csv"),
            Table::Acts => include_str!("acts.csv"),
            Table::Units => include_str!("units.csv"),
            Table::Nonunits => include_str!("nonunits.csv"),
            Table::Bounds => include_str!("bounds.csv"),
            Table::Pers => include_str!("pers.csv"),
            Table::Times => include_str!("times.csv"),
            Table::Status => include_str!("status.csv"),
            Table::Grammar => include_str!("grammar.csv"),
            Table::Scopes => include_str!("scopes.csv"),
            Table::Bodies => include_str!("bodies.csv"),
            Table::Names => include_str!("names.csv"),
            Table::Indicators => include_str!("indicators.csv"),
            Table::Regions => include_str!("regions.csv"),
            Table::Header => include_str!("header.csv"),
            Table::Pages => include_str!("pages.csv"),
        }
    }
}

/// The indicators with label, category and definition: `indicator,label_zh,category,definition`.
pub const CODEBOOK: &str = include_str!("codebook.csv");
