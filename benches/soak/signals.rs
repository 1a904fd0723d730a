//! How long it takes from a signal to a clean terminal and the end of the program.

use crate::support::{Pty, welcome};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::time::{Duration, Instant};

/// The longest that it may take.
const LONGEST: Duration = Duration::from_millis(200);

/// Sends signals at any moment, in turn.
///
/// # Panics
/// A terminal was left changed, or it took too long.
pub fn run(times: u64, seed: u64) {
    let dir = tempfile::tempdir().unwrap();
    let mut p = Pty::start(dir.path(), &[], &[]);
    welcome(&mut p);
    p.send("q").end();
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let mut took = vec![];
    for n in 0..times {
        let signal = ["TERM", "HUP", "INT", "QUIT"][n as usize % 4];
        let mut p = Pty::start(dir.path(), &[], &[]);
        p.until("Settings").send(&"sj?k\x0cgl".repeat(chance.random_range(0..6)));
        p.see("never on the screen", Duration::from_millis(chance.random_range(0..30)));
        p.signal(signal);
        let start = Instant::now();
        assert!(p.wait().signal().is_some(), "{signal}: it ended by itself");
        took.push(start.elapsed());
        p.end();
        p.assert_left_clean();
    }
    took.sort_unstable();
    let longest = took[took.len() - 1];
    println!("{times} signals: median {:?}, longest {longest:?}", took[took.len() / 2]);
    assert!(longest <= LONGEST, "more than {LONGEST:?}");
}
