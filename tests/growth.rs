//! Input that nobody wrote to be read: time and output that grow with it and no faster.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use edustat::output::Style;
use edustat::output::fields::Columns;
use edustat::pipeline::{Assumptions, Pipeline};

static PIPELINE: LazyLock<Pipeline> =
    LazyLock::new(|| Pipeline::new(Assumptions::default()).unwrap());

/// The time that this thread has run, which other programs on the machine do not lengthen; elsewhere
/// than on Linux the time that has passed. It is as fine as [`TICK`].
fn clock() -> Duration {
    static BEGIN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let ran = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let ran = ran.and_then(|ran| ran.split(' ').next()?.parse().ok());
    ran.map_or_else(|| BEGIN.elapsed(), Duration::from_nanos)
}

/// What it takes to read a text, and how many bytes its records are.
fn read(text: &str) -> (Duration, usize) {
    let begun = clock();
    let document = PIPELINE.document("a.txt".into(), text.into());
    let block = Style::Jsonl(Columns::all()).block(&PIPELINE.observe(&document));
    let bytes = match block {
        edustat::output::Block::Bytes(bytes) => bytes.len(),
        edustat::output::Block::Rows(_) => 0,
    };
    (clock() - begun, bytes)
}

/// How far the clock of a thread may be behind: two ticks of 4 ms, some of which each end may lack.
const TICK: Duration = Duration::from_millis(10);

/// Twice the text takes at most 2.3 times as long, and gives at most so many times the records. Noise
/// only lengthens a run, so of several the shortest counts. `EDUSTAT_SHOW_TIMES` shows them.
#[expect(clippy::print_stderr, reason = "who asks for the times wants to see them")]
fn grows_no_faster(name: &str, text: impl Fn(usize) -> String, bytes: usize) {
    const RUNS: usize = 12;
    let (one, two) = (text(bytes), text(2 * bytes));
    let (mut short, mut long) = (Duration::MAX, Duration::MAX);
    let mut written = (0, 0);
    let linear = |short: Duration, long: Duration| long <= short * 23 / 10 + TICK;
    for _ in 0..RUNS {
        let (a, b) = (read(&one), read(&two));
        (short, long) = (short.min(a.0), long.min(b.0));
        written = (a.1, b.1);
        if linear(short, long) {
            break;
        }
    }
    if std::env::var_os("EDUSTAT_SHOW_TIMES").is_some() {
        eprintln!("{name}: {bytes} bytes {short:?}, twice as many {long:?}");
    }
    assert!(linear(short, long), "{name}: {bytes} bytes took {short:?}, twice as many {long:?}");
    assert!(written.1 * 10 <= written.0 * 23, "{name}: {written:?} bytes of records");
}

/// `text` again and again, so many bytes.
fn repeated(text: &str, bytes: usize) -> String {
    text.repeat(bytes / text.len())
}

/// Sentences that never end, and such as are just short enough to be read as one.
#[test]
fn time_grows_with_a_sentence_and_no_faster() {
    const SENTENCE: usize = 12_000;
    for item in [
        "小学365所、",
        "2020年小学365所，",
        "玛纳斯县小学365所、",
        "其中小学365所、",
        "(小学3所",
        "投入3万元,",
        "1亿",
        "1、",
        "由600元提高到800元",
        "一分之",
        "小学1所，增长3%，",
        "约",
    ] {
        let list = |bytes| format!("2020年全市{}", repeated(item, bytes));
        grows_no_faster(item, list, SENTENCE);
    }
    for item in ["小学3所、", "3%,"] {
        let sentence = repeated(item, 8_900) + "。";
        grows_no_faster(item, |bytes| repeated(&sentence, bytes), sentence.len());
    }
}

/// Texts whose lines, marks or numbers have no end.
#[test]
fn time_grows_with_a_text_and_no_faster() {
    let halves = |first: &'static str, second: &'static str| {
        move |bytes: usize| repeated(first, bytes / 2) + &repeated(second, bytes / 2)
    };
    type Shape = Box<dyn Fn(usize) -> String>;
    let shapes: [(&str, Shape); 22] = [
        ("nested parentheses", Box::new(halves("(", ")"))),
        (
            "closing parentheses",
            Box::new(|bytes| repeated("小学)", bytes / 9) + &")".repeat(bytes) + "。。。。。"),
        ),
        (
            "parentheses and stops",
            Box::new(|bytes| repeated("。）））））））））（（（（（（", bytes)),
        ),
        ("digits", Box::new(|bytes| format!("小学{}所。", "9".repeat(bytes)))),
        ("years", Box::new(|bytes| "2020".repeat(bytes / 4) + "。。。。。")),
        ("numerals", Box::new(|bytes| repeated("一", bytes))),
        ("multipliers", Box::new(|bytes| format!("小学1{}所", repeated("万亿亿亿亿", bytes)))),
        ("groups", Box::new(|bytes| format!("小学1{}所", ",111".repeat(bytes / 4)))),
        ("hidden digits", Box::new(|bytes| repeated("×", bytes) + "a")),
        ("points", Box::new(|bytes| repeated("1.", bytes))),
        ("spaces", Box::new(|bytes| format!("小学3所{}5所", " ".repeat(bytes)))),
        (
            "words without a stop",
            Box::new(|bytes| repeated("全市小学 在校生 ", bytes) + "。。。。。"),
        ),
        (
            "pages",
            Box::new(|bytes| {
                format!(
                    "在校生28.{}\n{}84万人",
                    " ".repeat(bytes / 2),
                    repeated("- 3 -\n", bytes / 2)
                )
            }),
        ),
        ("pipes", Box::new(|bytes| repeated("|1", bytes) + "|")),
        ("tabs", Box::new(|bytes| repeated("1\t", bytes))),
        ("rows", Box::new(halves("| 学校 | 人数 |\n", "| 小学 | 365 |\n"))),
        ("titles of a table", Box::new(halves("| 小学 | |\n", "| 小学 | 365 |\n"))),
        (
            "a line over a table",
            Box::new(|bytes| repeated("小 ", bytes) + "\n小学  365  115\n初中  365  115\n"),
        ),
        (
            "full lines",
            Box::new(halves(
                "全市全市全市全市全市全市全市全市全市全市全市小。\n",
                "全市全市全市全市全市全市全市全市全市全市全市全市\n",
            )),
        ),
        ("headings", Box::new(|bytes| repeated("一、小学3所\n", bytes))),
        ("quotation marks", Box::new(|bytes| "\"".repeat(bytes))),
        ("prose on one line", Box::new(|bytes| repeated("全市小学365所，在校生111263人。", bytes))),
    ];
    for (name, text) in shapes {
        grows_no_faster(name, text, 24_000);
    }
}
