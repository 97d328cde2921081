//! Work on any thread, results in order.
//!
//! In: the inputs, and what to do with each. Out: what comes of them, in the order of the inputs and
//! piece by piece. The input whose turn it is has its pieces taken at once; whoever is ahead keeps some and then
//! waits, so that neither a long run nor a large input is held in memory. Of `a.txt` and `b.txt` the first records
//! are written while both are still read.

use std::collections::BTreeMap;
use std::iter::Fuse;
use std::mem;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Pieces of one input that wait to be taken.
const PIECES: usize = 4;
/// Inputs that a thread may be ahead.
const AHEAD: usize = 16;

/// What a worker hands its pieces to. Where it breaks, nobody takes any more.
pub type Hand<'h, P> = &'h mut dyn FnMut(P) -> ControlFlow<()>;

/// Does `work` for each input on so many threads, this one among them, and gives each piece that it hands over to
/// `take`. An input is asked for when a thread is free to begin it, so that a stream is read no faster than
/// it is worked on; and nothing that could be taken waits meanwhile.
///
/// The inputs are begun in order. So the one whose turn it is always has a thread, which waits for
/// nobody, and the others wait for it.
///
/// # Errors
/// When no threads are to be had, or the first error of `take`, after which nothing more is taken.
///
/// # Panics
/// When `work`, `take` or the iterator does.
pub fn in_order<I, P: Send>(
    inputs: impl Iterator<Item = I> + Send,
    threads: NonZeroUsize,
    work: impl Fn(I, Hand<'_, P>) + Sync,
    mut take: impl FnMut(P) -> anyhow::Result<()> + Send,
) -> anyhow::Result<()> {
    let threads = threads.get().min(inputs.size_hint().1.unwrap_or(usize::MAX));
    if threads <= 1 {
        return in_turn(inputs, work, take);
    }
    let rest = Mutex::new(Rest { inputs: inputs.fuse(), begun: 0, most: AHEAD * threads });
    let turns = Turns::new(&mut take);
    let worker = || {
        while let Some((turn, input)) = turns.next(&rest) {
            let mut begun = Begun { turns: &turns, turn, came: false, ahead: Vec::new() };
            work(input, &mut |piece| begun.hand(piece));
            begun.end();
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            let spawned = thread::Builder::new().spawn_scoped(scope, worker);
            spawned.inspect_err(|_| turns.stop())?;
        }
        worker();
        anyhow::Ok(())
    })?;
    turns.taken()
}

/// The same on this thread alone: nobody has to be asked whose turn it is.
fn in_turn<I, P>(
    inputs: impl Iterator<Item = I>,
    work: impl Fn(I, Hand<'_, P>),
    mut take: impl FnMut(P) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut taken = Ok(());
    for input in inputs {
        work(input, &mut |piece| given(piece, &mut take, &mut taken));
        if taken.is_err() {
            break;
        }
    }
    taken
}

/// Gives a piece to `take`, unless that has failed before.
fn given<P>(
    piece: P,
    mut take: impl FnMut(P) -> anyhow::Result<()>,
    taken: &mut anyhow::Result<()>,
) -> ControlFlow<()> {
    if taken.is_ok() {
        *taken = take(piece);
    }
    if taken.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
}

/// The inputs that nobody has begun.
struct Rest<I> {
    /// Fused: of a stream that has ended, nobody waits for another line.
    inputs: Fuse<I>,
    begun: usize,
    /// Inputs that may have begun and not been taken.
    most: usize,
}

type Take<'t, P> = &'t mut (dyn FnMut(P) -> anyhow::Result<()> + Send);

/// Whose turn it is, and what waits for its own.
struct Turns<'t, P> {
    /// Who takes, and how that went. Only asked for by the thread that has the turn.
    taker: Mutex<(Take<'t, P>, anyhow::Result<()>)>,
    /// Held for moments, never while something is taken, worked on or waited for.
    state: Mutex<State<P>>,
    moved: Condvar,
}

struct State<P> {
    /// The number of the input whose pieces are taken.
    turn: usize,
    /// The pieces of the inputs that ended before their turn.
    left: BTreeMap<usize, Vec<P>>,
    /// Threads that wait for a turn: to wake nobody would cost a call of the system.
    waiting: usize,
    /// Whether the run ends before its time.
    stopped: bool,
}

impl<P> State<P> {
    /// What was left of the input whose turn it is: nothing, where somebody works on it or takes it already.
    fn left(&mut self) -> Option<Vec<P>> {
        self.left.remove(&self.turn)
    }
}

impl<'t, P> Turns<'t, P> {
    fn new(take: Take<'t, P>) -> Self {
        Turns {
            taker: Mutex::new((take, Ok(()))),
            state: Mutex::new(State { turn: 0, left: BTreeMap::new(), waiting: 0, stopped: false }),
            moved: Condvar::new(),
        }
    }

    /// The next input and its number, as soon as it is not too far ahead.
    fn next<I: Iterator>(&self, rest: &Mutex<Rest<I>>) -> Option<(usize, I::Item)> {
        let mut rest = rest.lock().ok()?;
        let turn = rest.begun;
        if self.wait(self.state(), (turn + 1).saturating_sub(rest.most)).stopped {
            return None;
        }
        let input = rest.inputs.next()?;
        rest.begun += 1;
        Some((turn, input))
    }

    fn state(&self) -> MutexGuard<'_, State<P>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until it is this turn or a later one, or the run is stopped.
    fn wait<'s>(
        &'s self,
        mut state: MutexGuard<'s, State<P>>,
        turn: usize,
    ) -> MutexGuard<'s, State<P>> {
        state.waiting += 1;
        let waited = self.moved.wait_while(state, |state| state.turn < turn && !state.stopped);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        state.waiting -= 1;
        state
    }

    /// Wakes who waits for a turn.
    fn wake(&self, state: &State<P>) {
        if state.waiting > 0 {
            self.moved.notify_all();
        }
    }

    fn take(&self, piece: P) -> ControlFlow<()> {
        // Where taking panicked, nobody takes any more.
        let Ok(mut taker) = self.taker.lock() else { return ControlFlow::Break(()) };
        let (take, taken) = &mut *taker;
        let given = given(piece, take, taken);
        if given.is_break() {
            self.stop();
        }
        given
    }

    /// Ends the run: nobody begins another input or waits for a turn.
    fn stop(&self) {
        let mut state = self.state();
        state.stopped = true;
        self.wake(&state);
    }

    /// How it went.
    fn taken(self) -> anyhow::Result<()> {
        self.taker.into_inner().unwrap_or_else(PoisonError::into_inner).1
    }
}

/// An input that is being worked on.
struct Begun<'b, 't, P> {
    turns: &'b Turns<'t, P>,
    /// Its number.
    turn: usize,
    /// Whether it was its turn when this was last asked.
    came: bool,
    /// The pieces that were handed over before.
    ahead: Vec<P>,
}

impl<P> Begun<'_, '_, P> {
    fn hand(&mut self, piece: P) -> ControlFlow<()> {
        if !self.came {
            let mut state = self.turns.state();
            if self.ahead.len() == PIECES {
                state = self.turns.wait(state, self.turn);
            }
            if state.stopped {
                return ControlFlow::Break(());
            }
            if state.turn < self.turn {
                self.ahead.push(piece);
                return ControlFlow::Continue(());
            }
            drop(state);
            self.came = true;
            self.ahead.drain(..).try_for_each(|piece| self.turns.take(piece))?;
        }
        self.turns.take(piece)
    }

    /// Takes what is ahead and what others have left behind it, if its turn has come, and else leaves it to whoever
    /// has the turn. So nothing waits while a thread waits for another input.
    fn end(mut self) {
        let mut state = self.turns.state();
        state.left.insert(self.turn, mem::take(&mut self.ahead));
        while let Some(pieces) = state.left() {
            drop(state);
            if pieces.into_iter().try_for_each(|piece| self.turns.take(piece)).is_break() {
                return;
            }
            state = self.turns.state();
            state.turn += 1;
            self.turns.wake(&state);
        }
    }
}

impl<P> Drop for Begun<'_, '_, P> {
    fn drop(&mut self) {
        // Its end will not come, and nobody may wait for it.
        if thread::panicking() {
            self.turns.stop();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc;
    use std::time::{Duration, Instant};

    use super::*;

    /// Longer than anything here takes.
    const LONG: Duration = Duration::from_secs(20);
    /// Long enough for another thread to go on.
    const SHORT: Duration = Duration::from_millis(2);

    fn threads(number: usize) -> NonZeroUsize {
        NonZeroUsize::new(number).unwrap()
    }

    #[test]
    fn pieces_come_in_order_whatever_the_number_of_threads() {
        let inputs: Vec<usize> = (0..200).collect();
        let expected: Vec<(usize, usize)> =
            inputs.iter().flat_map(|&i| (0..i % 7).map(move |piece| (i, piece))).collect();
        for number in [1, 2, 8] {
            let mut taken = Vec::new();
            in_order(
                inputs.iter(),
                threads(number),
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
            assert_eq!(taken, expected, "{number} threads");
        }
    }

    #[test]
    fn nothing_that_could_be_taken_waits_for_another_input() {
        // Inputs that come one by one, or some at once, of which the later ones end before the first; the next
        // ones only come when all of these have been taken.
        for (number, at_once) in [(2, 1), (2, 2), (2, 7), (8, 1), (8, 8)] {
            let (given, taken) = mpsc::channel();
            let inputs = (0..50).inspect(move |&next: &usize| {
                if next % at_once == 0 {
                    let before = next.saturating_sub(at_once)..next;
                    before.for_each(|i| assert_eq!(taken.recv_timeout(LONG), Ok(i)));
                }
            });
            let work = |i, hand: Hand<'_, usize>| {
                if i % at_once == 0 {
                    thread::sleep(SHORT);
                }
                assert!(hand(i).is_continue());
            };
            in_order(inputs, threads(number), work, |i| Ok(given.send(i)?)).unwrap();
        }
    }

    #[test]
    fn the_others_are_not_far_ahead_of_a_slow_input() {
        for number in [2, 8] {
            let begun = AtomicUsize::new(0);
            let inputs = (0..1000).inspect(|_| {
                begun.fetch_add(1, Ordering::SeqCst);
            });
            let work = |i, hand: Hand<'_, usize>| {
                if i == 0 {
                    let since = Instant::now();
                    while begun.load(Ordering::SeqCst) < AHEAD * number && since.elapsed() < LONG {
                        thread::yield_now();
                    }
                    thread::sleep(SHORT);
                    assert_eq!(begun.load(Ordering::SeqCst), AHEAD * number);
                }
                assert!(hand(i).is_continue());
            };
            let mut taken = 0;
            in_order(inputs, threads(number), work, |i| {
                assert_eq!(i, taken);
                taken += 1;
                Ok(())
            })
            .unwrap();
            assert_eq!(taken, 1000);
        }
    }

    #[test]
    fn a_large_input_waits_for_its_turn() {
        let handed = AtomicUsize::new(0);
        let work = |i, hand: Hand<'_, ()>| {
            if i == 0 {
                let since = Instant::now();
                while handed.load(Ordering::SeqCst) < PIECES && since.elapsed() < LONG {
                    thread::yield_now();
                }
                thread::sleep(SHORT);
                assert_eq!(handed.load(Ordering::SeqCst), PIECES);
            } else {
                for _ in 0..1000 {
                    assert!(hand(()).is_continue());
                    handed.fetch_add(1, Ordering::SeqCst);
                }
            }
        };
        let mut taken = 0;
        in_order([0, 1].into_iter(), threads(2), work, |()| {
            taken += 1;
            Ok(())
        })
        .unwrap();
        assert_eq!(taken, 1000);
    }

    #[test]
    fn nothing_is_done_for_a_taker_who_left() {
        for number in [1, 2, 8] {
            let error = in_order(
                0..,
                threads(number),
                // Would never end.
                |i, hand| while hand(i).is_continue() {},
                |i| anyhow::bail!("left at {i}"),
            );
            assert_eq!(error.unwrap_err().to_string(), "left at 0");
        }
    }

    #[test]
    fn the_first_error_is_told_whatever_is_handed_over_behind_it() {
        for number in [1, 2, 8] {
            let mut taken = Vec::new();
            let work = |i, hand: Hand<'_, usize>| {
                for piece in 0..3 {
                    let _ = hand(i * 3 + piece);
                }
            };
            let error = in_order(0..100_usize, threads(number), work, |piece| {
                taken.push(piece);
                anyhow::ensure!(piece < 100, "no more than {piece}");
                Ok(())
            });
            assert_eq!(error.unwrap_err().to_string(), "no more than 100");
            assert_eq!(taken, (0..=100).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_panic_ends_the_run() {
        const BAD: usize = 30;
        let panics = |at: &str, number| {
            let inputs = (0..).inspect(|&i| assert!(at != "inputs" || i != BAD, "as it should"));
            let work = |i, hand: Hand<'_, usize>| {
                assert!(at != "work" || i != BAD, "as it should");
                // Where the next input is worked on, others soon wait for it.
                (0..i % 7).all(|_| hand(i).is_continue());
            };
            let take = |i| {
                assert!(at != "take" || i != BAD, "as it should");
                Ok(())
            };
            catch_unwind(AssertUnwindSafe(|| in_order(inputs, threads(number), work, take)))
        };
        for at in ["inputs", "work", "take"] {
            for number in [1, 2, 8] {
                assert!(panics(at, number).is_err(), "{at}, {number} threads");
            }
        }
    }

    #[test]
    fn no_inputs_need_no_threads() {
        let threads = NonZeroUsize::MIN;
        in_order([0; 0].into_iter(), threads, |_, _: Hand<'_, ()>| (), |()| Ok(())).unwrap();
    }
}
