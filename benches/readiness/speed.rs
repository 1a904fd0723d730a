//! How long a forecast takes for the largest bank and log that are reckoned with.

use crate::chance::Chance;
use crate::learner::{SIBLINGS, event, library};
use std::time::Instant;
use swprep::banks::shipped::shipped_library;
use swprep::core::bank::Objective;
use swprep::core::calendar::StudyDay;
use swprep::core::confidence::Confidence;
use swprep::core::progress::Progress;
use swprep::core::readiness::{past, readiness};
use swprep::core::weak::gains;

const ANSWERS: u64 = 100_000;
const RULES: usize = 2000;

#[expect(clippy::disallowed_methods, reason = "it measures time")]
pub fn print() {
    let library = library(shipped_library().reference, RULES);
    let rules: Vec<&Objective> = library.objectives().map(|(_, o)| o).collect();
    let mut chance = Chance::new(4);
    let mut progress = Progress::default();
    for n in 0..ANSWERS {
        let rule = rules[chance.below(RULES)];
        let item = &rule.items[chance.below(SIBLINGS)];
        let day = StudyDay(20_000 + (n / 400) as i32);
        let right = chance.happens(0.7);
        progress.evolve(&event(&rule.id, item, day, right, Confidence::ALL[chance.below(3)], n));
    }
    let today = StudyDay(20_000 + (ANSWERS / 400) as i32);
    let best = |work: &dyn Fn()| {
        (0..7)
            .map(|_| {
                let start = Instant::now();
                work();
                start.elapsed().as_secs_f64() * 1000.0
            })
            .fold(f64::MAX, f64::min)
    };
    println!("\n{RULES} rules, {ANSWERS} answers, best of seven");
    println!("  readiness           {:>7.2} ms", best(&|| drop(readiness(&library, &progress, today))));
    println!("  points to gain      {:>7.2} ms", best(&|| drop(gains(&library, &progress, today))));
    println!("  forecasts, 14 days  {:>7.2} ms", best(&|| drop(past::daily(&library, &progress, today, 14))));
}
