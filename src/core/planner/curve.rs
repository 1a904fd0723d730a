//! FSRS-6 with its default weights, written out in single precision: the plan table asks it some hundred thousand times.
//!
//! The program's memory itself comes from the `fsrs` crate ([`crate::core::memory`]); a test holds both together.

/// The published default weights.
const W: [f32; 21] = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629,
    1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];

/// `0.9^(-1/w20) - 1`.
const FACTOR: f32 = 0.980_346_5;
/// The difficulty that every answer draws a little towards, `w4 - exp(3 w5) + 1`.
const EASY_DIFFICULTY: f32 = -4.771_631;

/// A memory without its day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct State {
    /// Stability in days.
    pub stability: f32,
    /// Difficulty, 1 to 10.
    pub difficulty: f32,
}

/// What an objective is after its first answer was wrong.
pub const MISSED_FIRST: State = State { stability: W[0], difficulty: W[4] };

/// The stability after a right first answer.
pub const RIGHT_FIRST: f32 = W[2];

/// How steeply this person forgets, against FSRS-6's default: the exponent of its curve is multiplied by it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Steepness(pub f32);

/// Chances of recall after some days.
#[derive(Clone, Copy, Debug)]
pub struct Recall {
    /// By the default curve: what the memory's next step depends on.
    pub default: f32,
    /// By this person's curve: how likely a right answer is.
    pub own: f32,
}

impl Steepness {
    /// The chances of recall after `days`.
    pub fn recall(self, stability: f32, days: f32) -> Recall {
        let log = -W[20] * (1.0 + FACTOR * days / stability).ln();
        Recall { default: log.exp(), own: (self.0 * log).exp() }
    }
}

/// What reviews make of one memory. The powers that all reviews of it share are taken once.
pub struct Reviews {
    state: State,
    gain: f32,
    loss: f32,
    least: f32,
    good: f32,
    again: f32,
}

impl Reviews {
    /// Prepares the reviews of a memory.
    pub fn of(state: State) -> Self {
        let State { stability: s, difficulty: d } = state;
        let drawn = |d: f32| (W[7] * (EASY_DIFFICULTY - d) + d).clamp(1.0, 10.0);
        Self {
            state,
            gain: W[8].exp() * (11.0 - d) * s.powf(-W[9]),
            loss: W[11] * d.powf(-W[12]) * ((s + 1.0).powf(W[13]) - 1.0),
            least: s / (W[17] * W[18]).exp(),
            good: drawn(d),
            again: drawn(d + 2.0 * W[6] * (10.0 - d) / 9.0),
        }
    }

    /// The memory after a right answer (Good), given at a chance of recall.
    pub fn good(&self, recall: f32) -> State {
        let growth = self.gain * ((W[10] * (1.0 - recall)).exp() - 1.0);
        State { stability: self.state.stability * (1.0 + growth), difficulty: self.good }
    }

    /// The memory after a wrong answer (Again), given at a chance of recall.
    pub fn again(&self, recall: f32) -> State {
        let stability = (self.loss * (W[14] * (1.0 - recall)).exp()).min(self.least);
        State { stability: stability.max(0.001), difficulty: self.again }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::calendar::StudyDay;
    use crate::core::memory::{Evidence, Memory, MemoryModel};

    #[test]
    fn it_agrees_with_the_library() {
        let model = MemoryModel::default();
        for stability in [0.3_f32, 2.3, 17.0, 240.0] {
            for difficulty in [1.0_f32, 5.0, 9.5] {
                for days in [1, 4, 30] {
                    let before = Memory { stability, difficulty, last: StudyDay(0) };
                    let chance = Steepness(1.0).recall(stability, days as f32).own;
                    assert!((f64::from(chance) - before.recall(StudyDay(days))).abs() < 1e-4);
                    let reviews = Reviews::of(State { stability, difficulty });
                    for right in [true, false] {
                        let evidence = Evidence {
                            right,
                            confidence: None,
                            item_difficulty: 0.0,
                            options_left: 3,
                            day: StudyDay(days),
                        };
                        let theirs = model.after(Some(&before), &evidence, 1.0);
                        let ours = if right { reviews.good(chance) } else { reviews.again(chance) };
                        let near = |a: f32, b: f32| (a / b - 1.0).abs() < 0.01;
                        assert!(
                            near(ours.stability, theirs.stability) && near(ours.difficulty, theirs.difficulty),
                            "{stability} {difficulty} {days} {right}: {ours:?} {theirs:?}"
                        );
                    }
                }
            }
        }
    }
}
