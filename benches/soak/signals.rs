//! How long it takes from a signal to a clean terminal and the end of the program.

use crate::support::storm::signals;
use std::time::Duration;

/// The longest that it may take.
const LONGEST: Duration = Duration::from_millis(200);

/// Sends signals at any moment, in turn.
///
/// # Panics
/// A terminal was left changed, or it took too long.
pub fn run(times: u64, seed: u64) {
    let mut took = signals(times, seed);
    took.sort_unstable();
    let longest = took[took.len() - 1];
    println!("{times} signals: median {:?}, longest {longest:?}", took[took.len() / 2]);
    assert!(longest <= LONGEST, "more than {LONGEST:?}");
}
