//! Work on any thread, results in order.
//!
//! In: the inputs, and what to do with each. Out: what comes of them, in the order of the inputs and
//! piece by piece, so that neither a long run nor a large input is held in memory: whoever is ahead of
//! its turn waits. Of `a.txt` and `b.txt` the first records are written while both are still read.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// Pieces of one input that wait to be taken.
const PIECES: usize = 4;
/// Inputs that a thread may be ahead.
const AHEAD: usize = 16;

/// What a worker hands its pieces to. Where it breaks, nobody takes any more.
pub type Hand<'h, P> = &'h mut dyn FnMut(P) -> ControlFlow<()>;

/// Does `work` for each input on so many threads, and gives each piece that it hands over to `take`. An
/// input is asked for when a thread is free to begin it, so that a stream is read no faster than it is
/// worked on.
///
/// The inputs are begun in order. So the one whose turn it is always has a thread, which waits for
/// nobody, and the others wait for it.
///
/// # Errors
/// When no threads are to be had, or the first error of `take`, after which nothing more is taken.
pub fn in_order<I, P: Send>(
    inputs: impl Iterator<Item = I> + Send,
    threads: NonZeroUsize,
    work: impl Fn(I, Hand<'_, P>) + Sync,
    mut take: impl FnMut(P) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let threads = threads.get().min(inputs.size_hint().1.unwrap_or(usize::MAX));
    if threads <= 1 {
        return in_turn(inputs, work, take);
    }
    let (begin, begun) = sync_channel::<Receiver<P>>(AHEAD * threads);
    // Fused: of a stream that has ended, nobody waits for another line.
    let rest = Mutex::new(inputs.fuse());
    // The next input, once whoever takes its pieces knows where they will come from.
    let next = |begin: &SyncSender<_>| {
        let mut rest = rest.lock().ok()?;
        let input = rest.next()?;
        let (hand, pieces) = sync_channel(PIECES);
        begin.send(pieces).ok()?;
        Some((input, hand))
    };
    let worker = |begin: SyncSender<_>| {
        while let Some((input, hand)) = next(&begin) {
            work(input, &mut |piece| match hand.send(piece) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            });
        }
    };
    thread::scope(|scope| {
        for _ in 0..threads {
            let begin = begin.clone();
            thread::Builder::new().spawn_scoped(scope, || worker(begin))?;
        }
        // Only the workers begin anything: when they have ended, nothing more comes.
        drop(begin);
        for pieces in begun {
            for piece in pieces {
                take(piece)?;
            }
        }
        Ok(())
    })
}

/// The same on this thread alone: nobody has to be woken for a piece.
fn in_turn<I, P>(
    inputs: impl Iterator<Item = I>,
    work: impl Fn(I, Hand<'_, P>),
    mut take: impl FnMut(P) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut taken = Ok(());
    for input in inputs {
        work(input, &mut |piece| {
            taken = take(piece);
            if taken.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        if taken.is_err() {
            break;
        }
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_in_order_whatever_the_number_of_threads() {
        let inputs: Vec<usize> = (0..200).collect();
        let expected: Vec<(usize, usize)> =
            inputs.iter().flat_map(|&i| (0..i % 7).map(move |piece| (i, piece))).collect();
        for threads in [1, 2, 8] {
            let mut taken = Vec::new();
            in_order(
                inputs.iter(),
                NonZeroUsize::new(threads).unwrap(),
                |&i, hand| {
                    for piece in 0..i % 7 {
                        assert!(hand((i, piece)).is_continue());
                    }
                },
                |piece| {
                    taken.push(piece);
                    Ok(())
                },
            )
            .unwrap();
            assert_eq!(taken, expected, "{threads} threads");
        }
    }

    #[test]
    fn nothing_is_done_for_a_taker_who_left() {
        let error = in_order(
            [1, 2, 3].into_iter(),
            NonZeroUsize::new(2).unwrap(),
            // Would never end.
            |_, hand| while hand(()).is_continue() {},
            |()| anyhow::bail!("left"),
        );
        assert_eq!(error.unwrap_err().to_string(), "left");
    }

    #[test]
    fn no_inputs_need_no_threads() {
        let threads = NonZeroUsize::MIN;
        in_order([0; 0].into_iter(), threads, |_, _: Hand<'_, ()>| (), |()| Ok(())).unwrap();
    }
}
