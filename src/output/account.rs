//! The account of a document as one line of JSON, for programs.
//!
//! In: how a document was read, and what became of its numbers. Out:
//! `{"source":"a.txt","encoding":"GB18030","decoding":{"decided_by":"only_candidate",…},"numbers":9,"verdicts":{"observation":3,"date":5,…}}`.

use serde_json::{Map, Value, json};

use crate::document::Document;
use crate::text::decode::{Basis, Decoding};
use crate::verdict::{Account, Reason};

/// A line, without its end. Every verdict is in it, those that no number has as 0.
pub fn line(document: &Document, account: &Account) -> String {
    let mut verdicts = Map::new();
    verdicts.insert("observation".to_owned(), account.observations().into());
    for &reason in Reason::ALL {
        verdicts.insert(reason.code().to_owned(), account.of(reason).into());
    }
    let line = json!({
        "source": document.source.name(),
        "encoding": document.decoding.encoding.to_string(),
        "decoding": decoding(&document.decoding),
        "numbers": account.numbers(),
        "verdicts": verdicts,
    });
    line.to_string()
}

/// What decided the encoding of a document, and what of it could not be decoded.
pub fn decoding(decoding: &Decoding) -> Value {
    let (everyday, runner_up, its) = match decoding.basis {
        Basis::Detected { everyday, runner_up, its } => {
            (Some(everyday), Some(runner_up.to_string()), Some(its))
        }
        Basis::ByteOrderMark
        | Basis::ValidUtf8
        | Basis::NamedByPage
        | Basis::OnlyCandidate
        | Basis::Forced => (None, None, None),
    };
    json!({
        "decided_by": decoding.basis.code(),
        "everyday": everyday,
        "runner_up": runner_up,
        "runner_up_everyday": its,
        "replaced": decoding.replaced,
        "replaced_bytes": decoding.replaced_bytes,
        "first_replaced": decoding.first_replaced,
    })
}
