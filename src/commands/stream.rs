//! Documents of a stream, read while it is still being written.
//!
//! In: JSON Lines. Out: what comes of each line, in the order of the lines. A line is read when a thread is
//! free to work on it, so a stream without end is held a few lines at a time; and whoever writes a line
//! and waits gets what comes of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::order::{Hand, in_order};
use super::progress::Progress;
use super::{Step, Tally, say, threads};
use crate::cli::Reading;
use crate::document::Document;
use crate::error::{Error, ErrorKind};
use crate::pipeline::Pipeline;
use crate::reader::{self, Input};
use crate::size::Size;
use crate::stream::{Given, Line, Lines};

/// Reads all lines of all inputs, does `work` for the document of each on any thread, and gives what it
/// hands over to `take`, in the order of the lines. A line that is no document is reported at once.
///
/// # Errors
/// When the lexicon cannot be read, no threads are to be had, or `take` fails.
pub fn each_line<T: Send>(
    reading: &Reading,
    work: impl Fn(&Pipeline, &Document, Hand<'_, T>) + Sync,
    mut take: impl FnMut(T) -> anyhow::Result<()> + Send,
) -> anyhow::Result<Tally> {
    let pipeline = Pipeline::new(reading.how.assumptions())?;
    let most = reading.how.max_file_size;
    let (inputs, failures) = reader::streams(&reading.paths);
    let mut tally = Tally { failures, ..Tally::default() };
    let mut progress = Progress::new(reading.progress, None, &pipeline);
    let (arriving, stop) = begin(inputs.clone(), most)?;
    let one = |arrived: Arrived, hand: Hand<'_, Step<T>>| {
        let read = arrived.and_then(|(at, line)| document(&pipeline, &inputs[at], line, most));
        let document = match read {
            Ok(document) => document,
            Err(failure) => {
                let _ = hand(Step::Failed(failure));
                return;
            }
        };
        if hand(Step::Read(document.source.text().len(), None)).is_continue() {
            work(&pipeline, &document, &mut |piece| hand(Step::Piece(piece)));
        }
    };
    in_order(arriving, threads(reading), one, |step| {
        let taken = match step {
            Step::Read(bytes, _) => {
                progress.begin(bytes);
                tally.read += 1;
                Ok(())
            }
            Step::Piece(piece) => take(piece),
            Step::Failed(failure) => {
                say(failure);
                tally.told += 1;
                Ok(())
            }
            Step::Ended(error) => Err(error.into()),
        };
        taken.inspect_err(|_| stop.now())
    })?;
    Ok(tally)
}

/// The document of a line; without a source of its own it is called `PATH:LINE`.
///
/// # Errors
/// [`ErrorKind::Line`].
fn document(pipeline: &Pipeline, input: &Input, line: Line, most: Size) -> Result<Document, Error> {
    let number = line.number;
    let read = Given::read(line, most).and_then(|mut given| {
        let name = given.source.take().unwrap_or_else(|| format!("{}:{number}", input.name()));
        pipeline.given(name, given)
    });
    read.map_err(|kind| {
        let kind = match kind {
            ErrorKind::UnknownRegion(name) => ErrorKind::Line {
                line: number,
                expected: "a division of GB/T 2260 as region".to_owned(),
                found: format!("{name:?}"),
            },
            kind => kind,
        };
        Error::new(input.path(), kind)
    })
}

/// A line with the number of its input, or why there are no more lines of that input.
type Arrived = Result<(usize, Line), Error>;

/// Lines as they come; none is the end.
struct Arriving {
    lines: Receiver<Option<Arrived>>,
    stopped: Arc<AtomicBool>,
}

impl Iterator for Arriving {
    type Item = Arrived;

    fn next(&mut self) -> Option<Arrived> {
        if self.stopped.load(Ordering::SeqCst) { None } else { self.lines.recv().ok().flatten() }
    }
}

/// Ends the lines before their time.
struct Stop {
    lines: SyncSender<Option<Arrived>>,
    stopped: Arc<AtomicBool>,
}

impl Stop {
    fn now(&self) {
        self.stopped.store(true, Ordering::SeqCst);
        // Whoever waits for a line gets the end; where a line is there already, nobody waits.
        let _ = self.lines.try_send(None);
    }
}

/// Begins to read, on a thread that nobody waits for: where the records find no taker any more, the run
/// ends, though the next line may never come.
fn begin(inputs: Vec<Input>, most: Size) -> std::io::Result<(Arriving, Stop)> {
    let (send, lines) = sync_channel(1);
    let stopped = Arc::new(AtomicBool::new(false));
    let stop = Stop { lines: send.clone(), stopped: Arc::clone(&stopped) };
    thread::Builder::new().spawn(move || {
        for (at, input) in inputs.iter().enumerate() {
            let refused = |cause| Error::new(input.path(), ErrorKind::Read(cause));
            let arrived: Box<dyn Iterator<Item = Arrived>> = match reader::stream(input) {
                Ok(stream) => Box::new(
                    Lines::new(stream, most)
                        .map(move |line| line.map(|line| (at, line)).map_err(refused)),
                ),
                Err(error) => Box::new(std::iter::once(Err(error))),
            };
            for arrived in arrived {
                if send.send(Some(arrived)).is_err() {
                    return;
                }
            }
        }
        let _ = send.send(None);
    })?;
    Ok((Arriving { lines, stopped }, stop))
}
