//! Made-up learners study up to an exam day, by the program's own plan and by other policies, in several worlds of
//! memory.
//!
//! `cargo bench --bench learning` prints the tables and fails where a bar is missed; `-- --quick` takes few learners and
//! judges nothing. All learners are simulated: what holds here holds for memories like theirs. Every policy has the same
//! minutes a day. The learners of both seed sets were met by nobody while the plan was made.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark measures by the clock, prints, and should stop where something fails"
)]

mod bank;
#[path = "../support/chance.rs"]
mod chance;
mod hours;
mod ours;
mod rivals;
mod run;
mod scores;
mod speed;
mod table;
mod world;

use std::process::ExitCode;
use table::Verdicts;

/// Rules of the made-up bank.
pub const RULES: usize = 400;
/// Learners of each world and seed set.
const LEARNERS: usize = 60;
const QUICK: usize = 6;
/// Where the seeds of the learners begin.
const SEED_SETS: [u64; 2] = [71_000, 92_000];

fn main() -> ExitCode {
    let quick = std::env::args().any(|a| a == "--quick");
    let (learners, sets) = if quick { (QUICK, &SEED_SETS[..1]) } else { (LEARNERS, &SEED_SETS[..]) };
    println!("{RULES} rules of three questions, {learners} learners in each world.");
    println!("Expected score on the exam day in percent, on questions never seen; 95 % intervals.");
    let mut verdicts = Verdicts::default();
    speed::print(&mut verdicts);
    for (n, base) in sets.iter().enumerate() {
        println!("\nSeed set {}", n + 1);
        scores::print(*base, learners, &mut verdicts);
        hours::print(*base, learners, &mut verdicts);
    }
    if quick {
        println!("\nA quick run judges nothing.");
        return ExitCode::SUCCESS;
    }
    verdicts.print()
}
