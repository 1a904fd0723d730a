//! Made-up learners study up to an exam day, by the program's plan and by other policies, in several worlds of memory.
//!
//! `cargo bench --bench learning` prints the tables; it takes about five minutes on two cores, with `-- --quick` one.
//! All learners are simulated. Every policy has the same minutes a day.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark measures by the clock, prints, and should stop where something fails"
)]

mod bank;
mod chance;
mod ours;
mod rivals;
mod world;

use ours::{Ours, Sitting, library_for};
use rivals::{Policy, Unit, study};
use world::{Kind, Learner, World};

#[expect(non_snake_case)]
fn RULES() -> usize {
    std::env::args().nth(2).and_then(|a| a.parse().ok()).unwrap_or(250)
}
const DAYS: i32 = 60;

fn worker(n: usize, f: impl Fn(usize) -> f64 + Sync) -> Vec<f64> {
    let half = |from: usize| (from..n).step_by(2).map(|i| (i, f(i))).collect::<Vec<_>>();
    let mut all = std::thread::scope(|scope| {
        let other = scope.spawn(|| half(1));
        let mut mine = half(0);
        mine.extend(other.join().unwrap());
        mine
    });
    all.sort_by_key(|(i, _)| *i);
    all.into_iter().map(|(_, x)| x).collect()
}

fn main() {
    let n: usize = std::env::args().nth(1).and_then(|a| a.parse().ok()).unwrap_or(20);
    for kind in [Kind::Fsrs, Kind::TwoTraces, Kind::HalfLife] {
        for half in [false, true] {
            let world = World { kind, half };
            for minutes in std::env::var("MIN").unwrap_or("15 30".into()).split(' ').map(|m| m.parse::<u16>().unwrap())
            {
                println!("{} {minutes} min", world.name());
                let start = std::time::Instant::now();
                for sitting in [Sitting::Plan] {
                    let s = worker(n, |i| {
                        let learner = Learner::new(world, RULES(), i as u64);
                        let library = library_for(&learner, RULES());
                        let weights = bank::weights(&library, RULES());
                        let mut ours = Ours::new(learner, &library, minutes, DAYS);
                        ours.study(minutes, DAYS, sitting, i as u64);
                        if std::env::var("MET").is_ok() {
                            return ours.met() as f64;
                        }
                        ours.learner.score(&weights, DAYS)
                    });
                    print!("  ours {:.2}", s.iter().sum::<f64>() / n as f64);
                }

                if std::env::var("OURS").is_ok() {
                    println!();
                    continue;
                }
                let mut policies = vec![Policy::WrongFirst, Policy::Leitner, Policy::Fsrs(Unit::Objective, 0.9)];
                for r in [0.7, 0.8, 0.9, 0.95] {
                    for f in [0.3, 0.5, 0.7, 0.85] {
                        policies.push(Policy::Spread(r, f));
                    }
                }
                let mut best = (0.0, String::new());
                for policy in policies {
                    let s = worker(n, |i| {
                        let mut learner = Learner::new(world, RULES(), i as u64);
                        let library = library_for(&learner, RULES());
                        let weights = bank::weights(&library, RULES());
                        study(&mut learner, RULES(), policy, minutes, DAYS, i as u64);
                        learner.score(&weights, DAYS)
                    });
                    let mean = s.iter().sum::<f64>() / n as f64;
                    if let Policy::Spread(..) = policy {
                        if mean > best.0 {
                            best = (mean, format!("{policy:?}"));
                        }
                    } else {
                        print!("  {} {mean:.2}", policy.name());
                    }
                }
                println!("  best {best:?} {:?}", start.elapsed());
            }
        }
    }
}
