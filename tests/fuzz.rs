//! Everything that may come from outside, spoiled: the corpus as it is, and some inputs made from it. The long run is
//! `cargo bench --bench soak -- fuzz MINUTES`; an input that broke something stays in `tests/corpus`.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a failing test should say where")]

mod support;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use support::fuzz::{Fuzzer, Target};

/// Feeds the corpus, and so many inputs made from it; the seed that broke something is told.
fn smoke(target: Target, seeds: u32, each: usize) {
    let ways = Fuzzer::new(target, 0).ways();
    assert!(ways >= 3, "{target:?}: the corpus goes {ways} ways");
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(seeds) });
    runner
        .run(&any::<u64>(), |seed| {
            let mut fuzzer = Fuzzer::new(target, seed);
            for _ in 0..each {
                let input = fuzzer.next();
                fuzzer.feed(&input);
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn spoiled_banks_break_nothing() {
    smoke(Target::Bank, 4, 300);
}

#[test]
fn spoiled_logs_break_nothing() {
    smoke(Target::Events, 4, 20);
}
