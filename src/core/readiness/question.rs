//! A new question as the model sees it, and the chance that a version of the person answers it rightly.

use super::alike::{Alike, Kind};
use super::syllabus::Rule;
use crate::core::calendar::StudyDay;
use crate::core::firsthand::{FirstSight, Trace};
use crate::core::memory::sigmoid;

/// Numbers that do not belong to an area: a, k, e, s, f, u, h, d, c.
pub const COMMON: usize = 9;

/// The places of k and e: what changes with time.
const K: usize = 1;
const E: usize = 2;

/// The place of d: what has changed with study in general.
const D: usize = 7;

/// The place of c: how far new questions ask for no more than their rules.
pub const C: usize = 8;

/// What stands beside the common numbers where the rule was never met.
const NEVER_MET: [f64; COMMON] = [0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0];

/// One possible version of a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// Her numbers: the common ones, then one for each area.
    pub numbers: Vec<f64>,
    /// The most probable k and e of the model that she comes from.
    time: [f64; 2],
    /// The share of new questions that she can answer if she knows their rules.
    ceiling: f64,
}

impl Version {
    /// The most probable version of a model.
    pub fn new(numbers: Vec<f64>) -> Self {
        let at = |n: usize| numbers.get(n).copied().unwrap_or(0.0);
        let (time, ceiling) = ([at(K), at(E)], sigmoid(at(C)));
        Self { numbers, time, ceiling }
    }

    /// Another version of the same model.
    pub fn moved(&self, numbers: Vec<f64>) -> Self {
        Self { time: self.time, ..Self::new(numbers) }
    }
}

/// What a version makes of a question.
#[derive(Clone, Copy, Debug)]
pub struct Grasp {
    /// The chance that she knows its answer and need not guess.
    pub known: f64,
    /// How that chance changes with the logit.
    pub slope: f64,
    /// What stands beside c, as much of it as changes the chance like one logit does: c is no part of the logit.
    beside_c: f64,
}

/// A question as the model sees it.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    features: [f64; COMMON],
    area: usize,
    difficulty: f64,
    /// The chance to guess it.
    pub guess: f64,
    /// What has changed beside k and e since the day after its rule was last met.
    since: [f64; 2],
}

impl Question {
    /// A question on a day, of a rule of which first answers have shown so much.
    ///
    /// What was read today is asked as if it were tomorrow: a reason that was just read would flatter.
    pub fn new(rule: &Rule<'_>, trace: Option<&Trace>, day: StudyDay) -> Self {
        let &Rule { area, difficulty, guess, .. } = rule;
        let Some(trace) = trace else { return Self { features: NEVER_MET, area, difficulty, guess, since: [0.0; 2] } };
        let next = trace.memory.last.plus(1);
        let (then, fresh) = (features(trace, day.max(next)), features(trace, next));
        let since = [then[K] - fresh[K], then[E] - fresh[E]];
        Self { features: then, area, difficulty, guess, since }
    }

    /// The question of a first answer, as it stood when it was given: so many others ago.
    pub fn answered(answer: &FirstSight, area: usize, ago: usize) -> Self {
        let mut features = answer.before.as_ref().map_or(NEVER_MET, |trace| features(trace, answer.day));
        features[D] = -(ago as f64 / 50.0).ln_1p();
        Self { features, area, difficulty: answer.difficulty, guess: answer.guess, since: [0.0; 2] }
    }

    /// The chance that she answers it rightly.
    pub fn chance(&self, version: &Version) -> f64 {
        self.guess + (1.0 - self.guess) * version.ceiling * sigmoid(self.logit(version))
    }

    /// Where its rule was never met: what alone tells it from other such questions.
    fn kind(&self) -> Option<Kind> {
        (self.features == NEVER_MET).then(|| Kind::new(self.area, self.difficulty, self.guess))
    }

    /// What a version makes of it.
    pub fn grasp(&self, version: &Version) -> Grasp {
        let (rule, ceiling) = (sigmoid(self.logit(version)), version.ceiling);
        Grasp {
            known: ceiling * rule,
            slope: ceiling * rule * (1.0 - rule),
            beside_c: (1.0 - ceiling) / (1.0 - rule).max(1e-6),
        }
    }

    fn logit(&self, version: &Version) -> f64 {
        let common: f64 = self.features.iter().zip(&version.numbers).map(|(x, n)| x * n).sum();
        // Nobody comes to know a rule by not meeting it, whatever the most probable numbers say of days that no answer
        // has reached yet.
        let lift = version.time[0] * self.since[0] + version.time[1] * self.since[1];
        common - lift.max(0.0) + version.numbers.get(COMMON + self.area).copied().unwrap_or(0.0) - self.difficulty
    }

    /// Writes what stands beside each number; `row` has a place for each.
    pub fn write_row(&self, grasp: &Grasp, row: &mut [f64]) {
        row.fill(0.0);
        for (place, feature) in row.iter_mut().zip(self.features) {
            *place = feature;
        }
        row[C] = grasp.beside_c;
        row[COMMON + self.area] = 1.0;
    }
}

/// The chances of one question after another in the same versions.
///
/// Most rules of a large bank were never met, and most of their questions are alike: those are worked out once.
pub struct Chances {
    sums: Sums,
    known: Alike,
}

impl Chances {
    /// For those versions.
    pub fn new(versions: &[Version]) -> Self {
        Self { sums: Sums::new(versions), known: Alike::default() }
    }

    /// The chance in each version: what [`Question::chance`] gives.
    pub fn of(&mut self, question: &Question) -> &[f64] {
        self.known.get(question.kind(), |chances| self.sums.work_out(question, chances))
    }
}

/// The numbers of all versions, beside each other, so that one question takes little time.
pub struct Sums {
    versions: usize,
    /// Of each number: that of every version.
    numbers: Vec<Vec<f64>>,
    time: [Vec<f64>; 2],
    ceilings: Vec<f64>,
}

impl Sums {
    /// Of those versions.
    pub fn new(versions: &[Version]) -> Self {
        let count = versions.iter().map(|v| v.numbers.len()).min().unwrap_or(0);
        let column = |at: &dyn Fn(&Version) -> f64| versions.iter().map(at).collect::<Vec<f64>>();
        Self {
            versions: versions.len(),
            numbers: (0..count).map(|n| column(&|v| v.numbers[n])).collect(),
            time: [0, 1].map(|n: usize| column(&|v| v.time[n])),
            ceilings: column(&|v| v.ceiling),
        }
    }

    /// The chance of a question in each version, as [`Question::chance`] gives it.
    pub fn work_out(&self, question: &Question, chances: &mut Vec<f64>) {
        chances.clear();
        chances.resize(self.versions, 0.0);
        let add = |sums: &mut [f64], factor: f64, numbers: &[f64]| {
            for (sum, number) in sums.iter_mut().zip(numbers) {
                *sum += factor * number;
            }
        };
        for (feature, numbers) in question.features.iter().zip(&self.numbers).filter(|(feature, _)| **feature != 0.0) {
            add(chances, *feature, numbers);
        }
        if question.since.iter().any(|change| *change != 0.0) {
            let [k, e] = &self.time;
            for ((sum, k), e) in chances.iter_mut().zip(k).zip(e) {
                *sum -= (k * question.since[0] + e * question.since[1]).max(0.0);
            }
        }
        if let Some(numbers) = self.numbers.get(COMMON + question.area) {
            add(chances, 1.0, numbers);
        }
        for (chance, ceiling) in chances.iter_mut().zip(&self.ceilings) {
            *chance = question.guess + (1.0 - question.guess) * ceiling * sigmoid(*chance - question.difficulty);
        }
    }
}

fn features(trace: &Trace, day: StudyDay) -> [f64; COMMON] {
    let recall = trace.memory.recall(day).clamp(0.01, 0.99);
    let days = f64::from(day.since(trace.memory.last).max(0));
    let (wins, fails) = (f64::from(trace.wins), f64::from(trace.fails));
    [
        1.0,
        (recall / (1.0 - recall)).ln(),
        days.ln_1p() - 2.0,
        wins.ln_1p() - 0.8,
        fails.ln_1p() - 0.5,
        0.0,
        1.0,
        0.0,
        0.0,
    ]
}
