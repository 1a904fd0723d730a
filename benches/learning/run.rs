//! One policy in one setting: the exam-day scores of many learners.

use crate::RULES;
use crate::bank::weights;
use crate::ours::{Ours, Sitting, library_for};
use crate::rivals::{Policy, study};
use crate::world::{Learner, World};

/// Time up to the exam.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    pub minutes: u16,
    pub days: i32,
}

impl Time {
    /// The minutes of a day, for every policy: the program's plan shortens the last two, and its rivals have no more.
    pub fn on(self, day: i32) -> f64 {
        let part = match self.days - day {
            1 => 2.0 / 3.0,
            2 => 5.0 / 6.0,
            _ => 1.0,
        };
        f64::from(self.minutes) * part
    }
}

/// Who studies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Who {
    /// The program itself.
    Ours(Sitting),
    Rival(Policy),
}

/// The expected exam-day score of each learner, in percent.
pub fn scores(world: World, time: Time, who: Who, base: u64, learners: usize) -> Vec<f64> {
    let one = |n: usize| {
        let seed = base + n as u64;
        let mut learner = Learner::new(world, RULES, seed);
        let library = library_for(&learner, RULES);
        let weights = weights(&library, RULES);
        match who {
            Who::Ours(sitting) => {
                let mut ours = Ours::new(learner, &library, time);
                ours.study(time, sitting, seed);
                ours.learner.score(&weights, time.days)
            }
            Who::Rival(policy) => {
                study(&mut learner, RULES, policy, time, seed);
                learner.score(&weights, time.days)
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut all: Vec<(usize, f64)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|t| scope.spawn(move || (t..learners).step_by(threads).map(|n| (n, one(n))).collect::<Vec<_>>()))
            .collect();
        workers.into_iter().flat_map(|w| w.join().unwrap()).collect()
    });
    all.sort_by_key(|(n, _)| *n);
    all.into_iter().map(|(_, score)| score).collect()
}
