//! The tables of a database, as the SQL that makes and fills them.
//!
//! In: the columns of records, checks and documents. Out: `CREATE TABLE observations ("source" TEXT NOT NULL
//! REFERENCES documents…` and `INSERT INTO …`. What is said here is what the columns do not say: keys, and which table
//! a cell leads to.

use super::derived::{DAYS, EXACT};
use super::described::DOCUMENTS;
use super::reference::{codebook, codes};
use crate::output::audit;
use crate::output::fields::{FIELDS, FieldKind};
use crate::output::listing::Listing;

/// A table: its name, and its columns with their kinds.
pub(super) struct Table {
    pub(super) name: &'static str,
    columns: Vec<(&'static str, FieldKind)>,
    /// What follows the columns.
    keys: &'static str,
}

/// The views that people need.
pub(super) const VIEWS: &str = include_str!("views.sql");

/// The ways from one table to another, and what is often asked for. A key that leads somewhere needs an
/// index, as whatever it leads to may be replaced.
pub(super) const INDEXES: &str = "\
    CREATE INDEX observations_source ON observations(source);\n\
    CREATE INDEX observations_parent ON observations(parent) WHERE parent IS NOT NULL;\n\
    CREATE INDEX observations_series ON observations(indicator, region_code, level, period_end);\n\
    CREATE INDEX checks_source ON checks(source);\n\
    CREATE INDEX checks_id ON checks(id);\n\
    CREATE INDEX check_records_id ON check_records(id);\n";

/// The records of each check, that of the claim at place 0.
pub(super) const CHECK_RECORDS: &str = "\
    CREATE TABLE check_records (\n  \
    number INTEGER NOT NULL REFERENCES checks(number) ON DELETE CASCADE,\n  \
    place INTEGER NOT NULL,\n  \
    id TEXT NOT NULL REFERENCES observations(id) ON DELETE CASCADE,\n  \
    PRIMARY KEY (number, place)\n) WITHOUT ROWID;\n";

impl Table {
    pub(super) fn observations() -> Self {
        let fields = FIELDS.iter().map(|field| (field.name, field.kind));
        let more = EXACT.iter().chain(DAYS).map(|column| (column.name, column.kind));
        Table { name: "observations", columns: fields.chain(more).collect(), keys: "" }
    }

    pub(super) fn checks() -> Self {
        Table {
            name: "checks",
            columns: audit::COLUMNS.to_vec(),
            keys: ",\n  number INTEGER PRIMARY KEY",
        }
    }

    pub(super) fn documents() -> Self {
        let columns = DOCUMENTS.iter().map(|column| (column.name, column.kind));
        Table { name: "documents", columns: columns.collect(), keys: "" }
    }

    pub(super) fn codebook() -> Self {
        Table { name: "codebook", columns: texts(codebook()), keys: "" }
    }

    pub(super) fn codes() -> Self {
        Table { name: "codes", columns: texts(codes()), keys: ",\n  PRIMARY KEY (field, code)" }
    }

    /// The statement that makes it.
    pub(super) fn create(&self) -> String {
        let columns = self.columns.iter().map(|&(name, kind)| {
            let (holds, leads) = (holds(name, kind), leads(self.name, name));
            format!("  \"{name}\" {holds}{leads}")
        });
        let columns = columns.collect::<Vec<_>>().join(",\n");
        format!("CREATE TABLE {} (\n{columns}{}\n);\n", self.name, self.keys)
    }

    /// The statement that adds a row of it.
    pub(super) fn insert(&self) -> String {
        let names: Vec<String> =
            self.columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        let places = vec!["?"; names.len()].join(", ");
        format!("INSERT INTO {} ({}) VALUES ({places})", self.name, names.join(", "))
    }

    /// The statement that adds a row of it, or puts it in place of the one with the same key.
    pub(super) fn replace(&self) -> String {
        let names =
            self.columns.iter().map(|(name, _)| format!("\"{name}\" = excluded.\"{name}\""));
        format!(
            "{} ON CONFLICT DO UPDATE SET {}",
            self.insert(),
            names.collect::<Vec<_>>().join(", ")
        )
    }
}

/// The columns of a list, whose cells are text.
fn texts(listing: Listing) -> Vec<(&'static str, FieldKind)> {
    listing.columns.into_iter().map(|name| (name, FieldKind::Text)).collect()
}

/// The type of a column, as SQLite has it.
fn holds(name: &str, kind: FieldKind) -> String {
    match kind {
        FieldKind::Text | FieldKind::Code(_) | FieldKind::Date => "TEXT".to_owned(),
        FieldKind::Integer => "INTEGER NOT NULL".to_owned(),
        // A decimal is the number nearest to it; NUMERIC keeps what is whole an integer.
        FieldKind::Decimal => "NUMERIC".to_owned(),
        FieldKind::Boolean => format!("INTEGER NOT NULL CHECK (\"{name}\" IN (0, 1))"),
    }
}

/// The keys, and where they lead. A parent may stand behind its parts.
fn leads(table: &str, column: &str) -> &'static str {
    match (table, column) {
        ("documents", "source") | ("codebook", "indicator") | ("observations", "id") => {
            " NOT NULL PRIMARY KEY"
        }
        ("observations" | "checks", "source") => {
            " NOT NULL REFERENCES documents(source) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED"
        }
        ("observations", "indicator") => " REFERENCES codebook(indicator)",
        ("observations", "parent") => " REFERENCES observations(id) DEFERRABLE INITIALLY DEFERRED",
        ("checks", "id") => " NOT NULL REFERENCES observations(id) ON DELETE CASCADE",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::book::VERSION;

    /// Whoever adds a column makes databases that have none: then the version is another.
    #[test]
    fn the_version_is_that_of_these_columns() {
        let names = |table: Table| {
            let names: Vec<_> = table.columns.iter().map(|(name, _)| *name).collect();
            names.join(" ")
        };
        assert_eq!(VERSION, 1);
        assert_eq!(
            names(Table::observations()),
            "source line region region_code scope period period_kind period_origin level category \
             indicator subject ownership locality measure value value_max bound unit per status \
             redacted base_period parent relation mention sentence flags rule title publisher \
             published start end number_start id value_exact value_max_exact period_start period_end"
        );
        assert_eq!(
            names(Table::checks()),
            "check verdict severity flag source line mention id claimed claimed_low claimed_high \
             recomputed recomputed_low recomputed_high difference tolerance unit formula remark records"
        );
        assert_eq!(
            names(Table::documents()),
            "source title publisher published region region_code encoding replaced numbers observations \
             unread flagged flags holds errors warnings open document"
        );
        assert_eq!(names(Table::codebook()), "indicator label_zh label_en category definition");
        assert_eq!(names(Table::codes()), "field code label_zh label_en");
    }

    #[test]
    fn a_table_has_types_and_keys() {
        let table = Table {
            name: "documents",
            columns: vec![
                ("source", FieldKind::Text),
                ("redacted", FieldKind::Boolean),
                ("value", FieldKind::Decimal),
            ],
            keys: "",
        };
        assert_eq!(
            table.create(),
            "CREATE TABLE documents (\n  \"source\" TEXT NOT NULL PRIMARY KEY,\n  \
             \"redacted\" INTEGER NOT NULL CHECK (\"redacted\" IN (0, 1)),\n  \"value\" NUMERIC\n);\n"
        );
        assert_eq!(
            table.replace(),
            "INSERT INTO documents (\"source\", \"redacted\", \"value\") VALUES (?, ?, ?) ON CONFLICT DO \
             UPDATE SET \"source\" = excluded.\"source\", \"redacted\" = excluded.\"redacted\", \
             \"value\" = excluded.\"value\""
        );
    }
}
