//! Signals at any moment.

use super::{Pty, welcome};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::time::{Duration, Instant};

/// Sends signals while pictures are being drawn, and gives how long each end took.
///
/// # Panics
/// The program ended by itself, or left the terminal changed.
pub fn signals(times: u64, seed: u64) -> Vec<Duration> {
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
    took
}
