//! FSRS-6 with its default weights, for the two ratings that are used here: Again and Good.
//!
//! Source of the formulas: the algorithm page of the Open Spaced Repetition project, FSRS-6. They are written out in
//! single precision because a log of a hundred thousand answers is read, and a plan table filled, while somebody waits;
//! a test holds them to the crate `fsrs`, the project's reference.

/// The published default weights.
const W: [f32; 21] = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629,
    1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];

/// `0.9^(-1/w20) - 1`.
const FACTOR: f32 = 0.980_346_5;
/// The difficulty that every answer draws a little towards, `w4 - exp(3 w5) + 1`.
const EASY_DIFFICULTY: f32 = -4.771_631;
/// The range of stability in days.
const STABILITY: (f32, f32) = (0.001, 36_500.0);

/// A memory without its day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct State {
    /// Stability: days until the chance of recall has fallen to 0.9.
    pub stability: f32,
    /// Difficulty, 1 to 10.
    pub difficulty: f32,
}

/// What a memory is after its first answer was wrong.
pub const MISSED_FIRST: State = State { stability: W[0], difficulty: W[4] };

/// What it is after a right first answer; the difficulty is `w4 - exp(2 w5) + 1`.
pub const RIGHT_FIRST: State = State { stability: W[2], difficulty: 2.118_104 };

/// The logarithm of the chance of recall after `days`.
pub fn log_recall(stability: f32, days: f32) -> f32 {
    -W[20] * (1.0 + FACTOR * days / stability).ln()
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

    /// The memory after a right answer (Good), given on a later day at a chance of recall.
    pub fn good(&self, recall: f32) -> State {
        let growth = self.gain * ((W[10] * (1.0 - recall)).exp() - 1.0);
        bounded(self.state.stability * (1.0 + growth), self.good)
    }

    /// The memory after a wrong answer (Again), given on a later day at a chance of recall.
    pub fn again(&self, recall: f32) -> State {
        bounded((self.loss * (W[14] * (1.0 - recall)).exp()).min(self.least), self.again)
    }

    /// The memory after a right answer on the day of the last one.
    pub fn good_today(&self) -> State {
        bounded(self.state.stability * self.change_today(0.0).max(1.0), self.good)
    }

    /// The memory after a wrong answer on the day of the last one.
    pub fn again_today(&self) -> State {
        bounded(self.state.stability * self.change_today(-2.0), self.again)
    }

    fn change_today(&self, rating: f32) -> f32 {
        (W[17] * (rating + W[18])).exp() * self.state.stability.powf(-W[19])
    }
}

fn bounded(stability: f32, difficulty: f32) -> State {
    State { stability: stability.clamp(STABILITY.0, STABILITY.1), difficulty }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fsrs::{FSRS, MemoryState};

    #[test]
    fn it_agrees_with_the_crate() {
        let theirs = FSRS::default();
        let near = |ours: State, theirs: MemoryState| {
            let near = |a: f32, b: f32| (a / b - 1.0).abs() < 1e-3;
            assert!(
                near(ours.stability, theirs.stability) && near(ours.difficulty, theirs.difficulty),
                "{ours:?} is not {theirs:?}"
            );
        };
        let first = theirs.next_states(None, 0.9, 0).unwrap();
        near(MISSED_FIRST, first.again.memory);
        near(RIGHT_FIRST, first.good.memory);
        for stability in [0.001, 0.3, 2.3, 17.0, 240.0, 30_000.0] {
            for difficulty in [1.0, 5.0, 9.5, 10.0] {
                let before = MemoryState { stability, difficulty };
                let reviews = Reviews::of(State { stability, difficulty });
                for days in [0, 1, 4, 30, 4000] {
                    let recall = log_recall(stability, days as f32).exp();
                    let wanted = fsrs::current_retrievability(before, days as f32, fsrs::FSRS6_DEFAULT_DECAY);
                    assert!((recall - wanted).abs() < 1e-4, "{recall} is not {wanted}");
                    let wanted = theirs.next_states(Some(before), 0.9, days).unwrap();
                    let (good, again) = if days == 0 {
                        (reviews.good_today(), reviews.again_today())
                    } else {
                        (reviews.good(recall), reviews.again(recall))
                    };
                    near(good, wanted.good.memory);
                    near(again, wanted.again.memory);
                }
            }
        }
    }
}
