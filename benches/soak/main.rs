//! The tests of `tests` for longer. It stops at the first fault; what it prints at the end are the figures.
//!
//! `cargo bench --bench soak -- kills 5000`, `… -- moments 300`, `… -- transfer 300`, `… -- damage 1000`,
//! `… -- files 1000000` (imports and segments), `… -- signals 200` (times); `… -- monkey 10`, `… -- fuzz 60` (minutes). A
//! third word is the seed.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a soak measures by the clock, prints, and should stop where something fails"
)]
#![allow(dead_code, reason = "the parts are shared with the tests")]

#[path = "../../tests/data/damage.rs"]
mod damage;
mod fuzz;
#[path = "../../tests/data/hostile.rs"]
mod hostile;
#[path = "../../tests/data/kills.rs"]
mod kills;
#[path = "../../tests/data/learner.rs"]
mod learner;
#[path = "../../tests/data/moments.rs"]
mod moments;
#[path = "../../tests/data/seal.rs"]
mod seal;
mod signals;
#[path = "../../tests/support/mod.rs"]
mod support;

use std::path::Path;
use std::time::{Duration, Instant};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let Some(what) = words.first() else {
        println!(
            "name what is to be done: kills 5000, moments 300, transfer 300, damage 1000, files 1000000, signals 200 \
             (times), monkey 10, fuzz 60 (minutes); a third word is the seed"
        );
        return;
    };
    let number = |n: usize, or: u64| words.get(n).map_or(or, |word| word.parse().unwrap());
    let minutes = |or| Duration::from_mins(number(1, or));
    let program = Path::new(env!("CARGO_BIN_EXE_swprep"));
    let start = Instant::now();
    match what.as_str() {
        "kills" => println!("{:?}", kills::answers(program, number(1, 5000), number(2, 1))),
        "moments" => {
            let (each, seed) = (number(1, 300).div_ceil(4), number(2, 1));
            let how = moments::Kills::AtRandom(program, each, seed);
            let inside =
                [moments::migration(&how), moments::backup(&how), moments::restore(&how), moments::repair(&how)];
            println!("{} kills; before the end of a migration, backup, restore, repair: {inside:?}", each * 4);
        }
        "transfer" => {
            let (each, seed) = (number(1, 300), number(2, 1));
            let how = moments::Kills::AtRandom(program, each, seed);
            let inside = [moments::import(&how), moments::sync(&how)];
            println!("{each} kills in each of an import and a sync; before the end: {inside:?}");
        }
        "files" => {
            let (files, seed) = (number(1, 1_000_000), number(2, 1));
            println!("{:?}", hostile::files(files, seed));
            println!("{:?}", hostile::folders(files / 100, seed));
        }
        "damage" => println!("{:?}", damage::files(program, number(1, 1000), number(2, 1))),
        "monkey" => println!("{:?}", support::monkey::play(minutes(10), number(2, 1), 3)),
        "fuzz" => fuzz::run(minutes(60), number(2, 1)),
        "signals" => signals::run(number(1, 200), number(2, 1)),
        other => println!("nothing is known by the name of {other:?}"),
    }
    println!("{:.0} s", start.elapsed().as_secs_f64());
}
