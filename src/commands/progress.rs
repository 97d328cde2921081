//! `--progress`: how far a long run is, in one line on standard error.
//!
//! In: what was begun, and when. Out: `1200 of 3000 files, 35.1 MB/s, 84210 records, 0:04 left`, drawn over
//! itself on a terminal and cleared before anything else is written there; as lines of their own into
//! a file or pipe, where asked for.

use std::fmt;
use std::io::{self, IsTerminal};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{plural, say};
use crate::cli::When;
use crate::pipeline::Pipeline;

/// A run that is shorter needs no line.
const LONG: Duration = Duration::from_secs(1);
/// Between two drawings on a terminal, and between two lines elsewhere.
const DRAWN: Duration = Duration::from_millis(100);
const WRITTEN: Duration = Duration::from_secs(1);

/// The line that stands on the terminal. A terminal has one place for it, whoever wants to write there.
static LINE: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// Takes the line off the terminal, if it stands there, before something else is written. It comes back
/// by itself.
pub fn clear() {
    if let Some(line) = LINE.lock().unwrap_or_else(PoisonError::into_inner).take() {
        line.finish_and_clear();
    }
}

/// The progress of a run; dropped, it takes its line off.
#[derive(Debug)]
pub struct Progress<'p> {
    way: Way,
    /// Where the number of records is known.
    pipeline: &'p Pipeline,
    begun: Instant,
    due: Instant,
    all: Option<usize>,
    done: usize,
    bytes: usize,
    /// Bytes of the one that is being worked on.
    current: Option<usize>,
}

/// Where the progress is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Nowhere,
    Terminal,
    Lines,
}

impl Way {
    fn of(when: When, terminal: bool) -> Self {
        match (when, terminal) {
            (When::Never, _) | (When::Auto, false) => Way::Nowhere,
            (When::Auto | When::Always, true) => Way::Terminal,
            (When::Always, false) => Way::Lines,
        }
    }
}

impl<'p> Progress<'p> {
    /// Of so many files, or of a stream.
    pub fn new(when: When, all: Option<usize>, pipeline: &'p Pipeline) -> Self {
        let begun = Instant::now();
        Progress {
            way: Way::of(when, io::stderr().is_terminal()),
            pipeline,
            begun,
            due: begun + LONG,
            all,
            done: 0,
            bytes: 0,
            current: None,
        }
    }

    /// A document of so many bytes begins; the one before it is done.
    pub fn begin(&mut self, bytes: usize) {
        if self.way == Way::Nowhere {
            return;
        }
        self.end();
        self.current = Some(bytes);
        let now = Instant::now();
        if now < self.due {
            return;
        }
        let numbers = self.numbers(now);
        match self.way {
            Way::Nowhere => {}
            Way::Terminal => {
                self.due = now + DRAWN;
                draw(numbers.to_string());
            }
            Way::Lines => {
                self.due = now + WRITTEN;
                say(numbers);
            }
        }
    }

    fn end(&mut self) {
        if let Some(bytes) = self.current.take() {
            self.done += 1;
            self.bytes += bytes;
        }
    }

    fn numbers(&self, now: Instant) -> Numbers {
        Numbers {
            done: self.done,
            all: self.all,
            bytes: self.bytes,
            records: self.pipeline.made(),
            elapsed: now - self.begun,
        }
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        clear();
        // What is read later says how it ended.
        if self.way == Way::Lines {
            self.end();
            say(self.numbers(Instant::now()));
        }
    }
}

fn draw(message: String) {
    let mut line = LINE.lock().unwrap_or_else(PoisonError::into_inner);
    let line = line.get_or_insert_with(|| {
        let line = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        match ProgressStyle::with_template("{wide_msg}") {
            Ok(style) => line.with_style(style),
            Err(_) => line,
        }
    });
    line.set_message(message);
}

/// How far a run is.
#[derive(Debug)]
struct Numbers {
    done: usize,
    all: Option<usize>,
    bytes: usize,
    records: usize,
    elapsed: Duration,
}

impl fmt::Display for Numbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.all {
            Some(all) => write!(f, "{} of {all} {}", self.done, plural(all, "file", "files"))?,
            None => {
                write!(f, "{} {}", self.done, plural(self.done, "document", "documents"))?;
            }
        }
        // A byte a microsecond is a megabyte a second.
        let tenths = self.bytes as u128 * 10 / self.elapsed.as_micros().max(1);
        let records = plural(self.records, "record", "records");
        write!(f, ", {}.{} MB/s, {} {records}", tenths / 10, tenths % 10, self.records)?;
        match self.all {
            Some(all) if self.done > 0 && self.done < all => {
                let (done, rest) = (self.done as u128, (all - self.done) as u128);
                let seconds = self.elapsed.as_millis() * rest / done / 1000;
                let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
                match hours {
                    0 => write!(f, ", {minutes}:{:02} left", seconds % 60),
                    hours => write!(f, ", {hours}:{minutes:02}:{:02} left", seconds % 60),
                }
            }
            Some(_) | None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(done: usize, all: Option<usize>, bytes: usize, seconds: u64) -> String {
        let elapsed = Duration::from_secs(seconds);
        Numbers { done, all, bytes, records: 84210, elapsed }.to_string()
    }

    #[test]
    fn how_far_a_run_is() {
        for (said, expected) in [
            (
                said(1200, Some(3000), 70_200_000, 2),
                "1200 of 3000 files, 35.1 MB/s, 84210 records, 0:03 left",
            ),
            (said(0, Some(1), 0, 0), "0 of 1 file, 0.0 MB/s, 84210 records"),
            (said(9, Some(9), 990_000, 10), "9 of 9 files, 0.0 MB/s, 84210 records"),
            (said(7, None, 14_000_000, 7), "7 documents, 2.0 MB/s, 84210 records"),
            (said(1, Some(9000), 1, 1), "1 of 9000 files, 0.0 MB/s, 84210 records, 2:29:59 left"),
        ] {
            assert_eq!(said, expected);
        }
    }

    #[test]
    fn only_a_terminal_has_it_by_itself() {
        for (when, terminal, way) in [
            (When::Auto, true, Way::Terminal),
            (When::Auto, false, Way::Nowhere),
            (When::Always, true, Way::Terminal),
            (When::Always, false, Way::Lines),
            (When::Never, true, Way::Nowhere),
            (When::Never, false, Way::Nowhere),
        ] {
            assert_eq!(Way::of(when, terminal), way, "{when:?} {terminal}");
        }
    }
}
