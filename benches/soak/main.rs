//! The tests of `tests` for longer: `cargo bench --bench soak -- monkey 10`, `… -- fuzz 60` (minutes), `… -- signals 200`
//! (times). It stops at the first fault; what it prints at the end are the figures.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a soak measures by the clock, prints, and should stop where something fails"
)]

mod fuzz;
mod signals;
#[path = "../../tests/support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let Some(what) = words.first() else {
        println!(
            "name what is to be done and how long or often: monkey 10, fuzz 60, signals 200; a third word is the seed"
        );
        return;
    };
    let number = |n: usize, or: u64| words.get(n).map_or(or, |word| word.parse().unwrap());
    let minutes = |or| Duration::from_mins(number(1, or));
    let start = Instant::now();
    match what.as_str() {
        "monkey" => println!("{:?}", support::monkey::play(minutes(10), number(2, 1), 3)),
        "fuzz" => fuzz::run(minutes(60), number(2, 1)),
        "signals" => signals::run(number(1, 200), number(2, 1)),
        other => println!("nothing is known by the name of {other:?}"),
    }
    println!("{:.0} s", start.elapsed().as_secs_f64());
}
