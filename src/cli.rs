//! The command line: what can be said, and nothing done about it.
//!
//! In: arguments. Out: [`Cli`]. `edustat extract seeds --columns line,value -o out.csv` is
//! [`Command::Extract`]; wrong usage ends the program with exit code 2 and what was expected.

mod about;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use rust_decimal::Decimal;

use crate::labels::Labels;
use crate::output::Format;
use crate::output::fields::Columns;
use crate::output::form::Form;
use crate::period::Date;
use crate::pipeline::Assumptions;
use crate::size::Size;
use crate::text::decode::EncodingChoice;
pub use about::{Completions, Man, Schema};

/// Turns Chinese government documents about education into typed statistical records.
#[derive(Debug, Parser)]
#[command(
    name = "edustat",
    version,
    after_help = "Exit codes: 0 done; 1 a check that was asked for failed; 2 wrong usage, or nothing could \
                  be read; 3 some inputs failed, the others were written."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,

    /// Whether headings and differences stand out by color; NO_COLOR is obeyed
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value = "auto")]
    pub color: When,
}

/// A subcommand with its arguments.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read documents and write one record for every number that they state
    Extract(Extract),
    /// Recompute what documents claim: sums, growths, shares, averages, what is stated twice
    Audit(Audit),
    /// Compare today's records with stored ones, record by record
    Check(Check),
    /// Hold today's records against gold records: precision, recall, F1, and every mistake
    Eval(Eval),
    /// Say of every number of a document how it was read and why, or why not
    Explain(Explain),
    /// Write a page to look at: every record in its sentence, with what the audit says of it
    Report(Report),
    /// Print the codebook, the codes, the divisions or the rules, with their documentation
    List(List),
    /// Print what a record looks like, as JSON Schema or Table Schema
    Schema(Schema),
    /// Print what makes a shell complete the arguments
    Completions(Completions),
    /// Print manual pages
    Man(Man),
}

/// Which documents to read and how: the same for every subcommand that reads.
#[derive(Debug, Args)]
pub struct Reading {
    /// Files and folders; - is standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// How to read them.
    #[command(flatten)]
    pub how: How,

    /// Threads [default: one for each processor]
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,

    /// Whether a line on standard error says how far a long run is
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto")]
    pub progress: When,

    /// Folder to keep the texts that were read, to which offsets and lines of records refer: NAME.txt
    /// for the document NAME.html
    #[arg(long, value_name = "DIR")]
    pub write_text: Option<PathBuf>,
}

/// How to read a document: what it does not say itself.
#[derive(Debug, Args)]
pub struct How {
    /// Encoding of the documents
    #[arg(long, value_enum, value_name = "NAME", default_value = "auto")]
    pub encoding: Encoding,

    /// Size up to which a file is read, like 1048576, 64MiB or 1GB
    #[arg(long, value_name = "SIZE", default_value = "256MiB")]
    pub max_file_size: Size,

    /// Region of documents that name none
    #[arg(long, value_name = "NAME")]
    pub region: Option<String>,

    /// Publication date of documents that state none: 2021, 2021-09 or 2021-09-20
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub published: Option<Date>,

    /// Folder of your own words: tables like those of src/lexicon, whose rows add to them
    #[arg(long, value_name = "DIR")]
    pub lexicon: Option<PathBuf>,
}

impl How {
    /// What the user says about documents that state it nowhere, and about words.
    pub fn assumptions(&self) -> Assumptions {
        Assumptions {
            region: self.region.clone(),
            published: self.published,
            lexicon: self.lexicon.clone(),
        }
    }
}

/// Arguments of `extract`.
#[derive(Debug, Args)]
pub struct Extract {
    /// The documents.
    #[command(flatten)]
    pub reading: Reading,

    /// What the PATHs hold
    #[arg(long, value_enum, value_name = "KIND", default_value = "documents")]
    pub input: Holding,

    /// Format of the output [default: by the name of the output; that of the input, if that is jsonl; a table
    /// on a terminal, else CSV]
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub format: Option<Form>,

    /// File to write; an older one is replaced only when all went well. An SQLite database keeps what it has of
    /// other documents
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Fields to write, in this order, separated by commas; a database has all
    #[arg(long, value_name = "NAMES")]
    pub columns: Option<Columns>,

    /// How a table, CSV or workbook words its headings and codes, for people to read; programs, audit and check read codes
    #[arg(long, value_enum, value_name = "LABELS", default_value = "codes")]
    pub labels: Labels,

    /// CSV as Excel wants it: byte order mark, CRLF, and text that cannot run as a formula
    #[arg(long)]
    pub excel: bool,

    /// Say on standard error how many numbers became records, and how many did not, by reason; with JSON a
    /// line of JSON for each document
    #[arg(long)]
    pub account: bool,
}

/// What an input holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Holding {
    /// A document a file, or folders of them
    Documents,
    /// A document a line, as JSON: {"source": …, "text": …, "published": …, "region": …, …}
    Jsonl,
}

/// Arguments of `audit`.
#[derive(Debug, Args)]
pub struct Audit {
    /// The documents, or files of records: what extract wrote as .jsonl, .json or .csv.
    #[command(flatten)]
    pub reading: Reading,

    /// Format of the report [default: by the name of the output, else a table]
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub format: Option<Format>,

    /// File to write; an older one is replaced only when all went well
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Report only these verdicts, separated by commas; the summary counts all
    #[arg(long, value_enum, value_name = "VERDICTS", value_delimiter = ',')]
    pub verdict: Vec<Shown>,

    /// End with exit code 1 when something fails so badly or worse
    #[arg(long, value_enum, value_name = "SEVERITY", default_value = "error")]
    pub fail_on: FailOn,
}

/// A verdict to report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shown {
    /// Claims that hold
    Holds,
    /// Claims that fail
    Fails,
    /// Claims of which the text leaves open whether they hold
    CannotTell,
}

impl Shown {
    /// The code of the verdict.
    pub const fn code(self) -> &'static str {
        match self {
            Shown::Holds => "holds",
            Shown::Fails => "fails",
            Shown::CannotTell => "cannot tell",
        }
    }
}

/// What makes an audit fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// A text that contradicts itself
    Error,
    /// A text that is to be questioned, too
    Warning,
    /// Nothing
    Never,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// A document, or one of its lines; - is standard input
    #[arg(value_name = "FILE[:LINE]")]
    pub place: PathBuf,

    /// How to read it.
    #[command(flatten)]
    pub how: How,

    /// Text to read, or one JSON array with an object for each number
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub format: Telling,
}

/// How explanations are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Telling {
    /// Lines to read in a terminal
    Text,
    /// One JSON array
    Json,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// The documents.
    #[command(flatten)]
    pub reading: Reading,

    /// Folder of stored records: NAME.jsonl for the document NAME.txt
    #[arg(long, value_name = "DIR")]
    pub golden: PathBuf,

    /// Store today's records where they differ, and report what changed
    #[arg(long)]
    pub update: bool,
}

/// Arguments of `eval`.
#[derive(Debug, Args)]
pub struct Eval {
    /// The documents.
    #[command(flatten)]
    pub reading: Reading,

    /// Folder of gold records: NAME.gold.jsonl for the document NAME.txt
    #[arg(long, value_name = "DIR")]
    pub gold: PathBuf,

    /// Mistakes to show of each kind [default: all]
    #[arg(long, value_name = "N")]
    pub show: Option<usize>,

    /// Form of the report
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value = "table")]
    pub format: EvalFormat,

    /// Fail when the F1 of whole records is lower
    #[arg(long, value_name = "F1", value_parser = share)]
    pub min_record: Option<Decimal>,

    /// Fail when the F1 of finding the observations is lower
    #[arg(long, value_name = "F1", value_parser = share)]
    pub min_detection: Option<Decimal>,
}

/// The form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EvalFormat {
    /// Tables and text to read
    Table,
    /// One JSON object
    Json,
}

/// Arguments of `report`.
#[derive(Debug, Args)]
pub struct Report {
    /// The documents.
    #[command(flatten)]
    pub reading: Reading,

    /// Page to write (NAME.html), or folder for an index and a page for each document; an older page is
    /// replaced only when all went well
    #[arg(short, long, value_name = "FILE|DIR")]
    pub output: PathBuf,

    /// Labels with which the page opens; its reader can change them [default: those of the reader's language]
    #[arg(long, value_enum, value_name = "LABELS")]
    pub labels: Option<Labels>,
}

/// Arguments of `list`.
#[derive(Debug, Args)]
pub struct List {
    /// What to list
    #[arg(value_enum, value_name = "WHAT")]
    pub what: Listed,

    /// Only what has this code or name; of a rule, its manual
    #[arg(value_name = "NAME")]
    pub name: Option<String>,

    /// Format of the output [default: a table on a terminal, else CSV]
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub format: Option<Format>,
}

/// What can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Listed {
    /// The codebook: code, Chinese label, category and definition of every indicator
    Indicators,
    /// Education levels with their ISCED 2011 level
    Levels,
    /// Base units
    Units,
    /// The codes of the other fields too
    Codes,
    /// The fields of a record
    Fields,
    /// Administrative divisions: code, name, short forms, last month of a former name
    Regions,
    /// The rules
    Rules,
    /// The checks of an audit
    Checks,
    /// The flags of a record
    Flags,
    /// What --labels calls columns and codes
    Labels,
}

impl std::fmt::Display for Listed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.to_possible_value().map_or(Ok(()), |value| f.write_str(value.get_name()))
    }
}

/// An encoding as the command line names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Encoding {
    /// Byte order mark, then strict UTF-8, then detection, file by file
    Auto,
    /// UTF-8
    #[value(name = "utf-8")]
    Utf8,
    /// GB18030, which reads GBK and GB2312 too
    #[value(aliases = ["gbk", "gb2312"])]
    Gb18030,
    /// Big5
    Big5,
    /// UTF-16 in either byte order
    #[value(name = "utf-16")]
    Utf16,
}

impl From<Encoding> for EncodingChoice {
    fn from(encoding: Encoding) -> Self {
        match encoding {
            Encoding::Auto => EncodingChoice::Auto,
            Encoding::Utf8 => EncodingChoice::Utf8,
            Encoding::Gb18030 => EncodingChoice::Gb18030,
            Encoding::Big5 => EncodingChoice::Big5,
            Encoding::Utf16 => EncodingChoice::Utf16,
        }
    }
}

/// When to do what suits a terminal only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal
    Auto,
    /// Also into files and pipes
    Always,
    /// Nowhere
    Never,
}

impl When {
    /// Whether to color an output, which is a terminal or not; `NO_COLOR` is a non-empty variable
    /// of the environment, see no-color.org.
    pub fn colors(self, terminal: bool) -> bool {
        match self {
            When::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty()),
            When::Always => true,
            When::Never => false,
        }
    }
}

fn share(text: &str) -> Result<Decimal, String> {
    let share = Decimal::from_str_exact(text).ok();
    let share = share.filter(|share| (Decimal::ZERO..=Decimal::ONE).contains(share));
    share.ok_or_else(|| "expected a decimal from 0 to 1".to_owned())
}

fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "expected a date like 2021, 2021-09 or 2021-09-20".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn what_is_said_arrives() {
        let cli = Cli::parse_from([
            "edustat",
            "extract",
            "a",
            "-",
            "--published",
            "2021-09",
            "--encoding",
            "utf-16",
            "--columns",
            "value,line",
            "-f",
            "jsonl",
            "--color",
            "never",
        ]);
        assert_eq!(cli.color, When::Never);
        let Command::Extract(extract) = cli.command else { panic!("another command") };
        assert_eq!(extract.reading.paths, [PathBuf::from("a"), PathBuf::from("-")]);
        assert_eq!(extract.reading.how.assumptions().published, Some(Date::month(2021, 9)));
        assert_eq!(extract.reading.how.encoding, Encoding::Utf16);
        assert_eq!(extract.columns.unwrap().len(), 2);
        assert_eq!(extract.format, Some(Form::Text(Format::Jsonl)));
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for (wrong, message) in [
            (&["edustat", "extract"][..], "PATH"),
            (&["edustat", "extract", "a", "--published", "2021-13"], "expected a date like"),
            (&["edustat", "extract", "a", "--columns", "vlaue"], "unknown column \"vlaue\""),
            (&["edustat", "extract", "a", "-f", "xls"], "possible values: table, csv"),
            (&["edustat", "extract", "a", "-j", "0"], "--jobs"),
            (&["edustat", "check", "a"], "--golden"),
            (&["edustat", "explain"], "FILE[:LINE]"),
            (&["edustat", "report", "a"], "--output"),
        ] {
            let error = Cli::try_parse_from(wrong).unwrap_err();
            assert_eq!(error.exit_code(), 2);
            assert!(error.to_string().contains(message), "{error}");
        }
    }

    #[test]
    fn color_follows_what_is_said() {
        assert!(When::Always.colors(false));
        assert!(!When::Never.colors(true));
        assert!(!When::Auto.colors(false));
    }
}
