//! Spoiled inputs for a time, half of it for each target.

use crate::support::fuzz::{Fuzzer, Target};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// Feeds inputs for so long. One that breaks something is put into the corpus, so that the tests meet it from then on.
///
/// # Panics
/// Something broke.
pub fn run(time: Duration, seed: u64) {
    for target in Target::ALL {
        let start = Instant::now();
        let mut fuzzer = Fuzzer::new(target, seed);
        let first = fuzzer.ways();
        let mut count = 0_u64;
        while start.elapsed() < time / 2 {
            let input = fuzzer.next();
            if catch_unwind(AssertUnwindSafe(|| fuzzer.feed(&input))).is_err() {
                let path = target.corpus().join(format!("broke_{seed}_{count}"));
                std::fs::write(&path, &input).unwrap();
                unreachable!(
                    "{target:?}: input {count} of seed {seed} broke something; it is kept in {}",
                    path.display()
                );
            }
            count += 1;
        }
        println!("{target:?}: {count} inputs, {first} ways of the corpus, {} in all", fuzzer.ways());
    }
}
