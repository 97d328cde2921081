//! What every book explains its codes with.
//!
//! In: the codebook and the labels. Out: lists. The code `primary` of the field `level` is 小学 and `Primary`; the
//! codebook says of each indicator what it counts.

use crate::labels::{Labels, rows};
use crate::lexicon::tables::CODEBOOK;
use crate::output::audit;
use crate::output::fields::FIELDS;
use crate::output::listing::Listing;

/// The codebook, with the English labels behind the Chinese ones.
pub(super) fn codebook() -> Listing {
    let mut listing = Listing::of_table(CODEBOOK);
    let place = listing.columns.iter().position(|&name| name == "label_zh").map_or(0, |at| at + 1);
    listing.columns.insert(place, "label_en");
    for row in &mut listing.rows {
        let label = Labels::En.value("indicator", &row[0]).into_owned();
        row.insert(place, label);
    }
    listing
}

/// The codes of every field and column that has some.
pub(super) fn codes() -> Listing {
    let names =
        || FIELDS.iter().map(|field| field.name).chain(audit::COLUMNS.map(|(name, _)| name));
    let rows = rows().iter().filter(|row| names().any(|name| name == row.kind));
    Listing {
        columns: vec!["field", "code", "label_zh", "label_en"],
        rows: rows
            .map(|row| [&row.kind, &row.code, &row.zh, &row.en].map(String::clone).to_vec())
            .collect(),
    }
}
