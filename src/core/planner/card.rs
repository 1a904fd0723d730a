//! An objective as the plan table sees it: what asking it after some days would bring.

use super::curve::Steepness;
use super::table::{Cell, GAPS, Plane, Step, Table, seconds};
use crate::core::fsrs6::{MISSED_FIRST, RIGHT_FIRST, Reviews, State};

/// A rule that was known before the first question on it: as if learned well and last met so many days ago.
const KNOWN_BEFORE: State = State { stability: 20.0, difficulty: 5.0 };
const KNOWN_DAYS: f32 = 10.0;

/// What a rule is whose only answer was right. FSRS takes its first answer as given just after learning; here nothing was
/// learned before, so that who did not guess has known it for long. The chance of that is where the memory stands
/// between FSRS's states after a wrong and a right first answer.
pub fn known_at_first(memory: State) -> State {
    let known =
        (memory.stability / MISSED_FIRST.stability).ln() / (RIGHT_FIRST.stability / MISSED_FIRST.stability).ln();
    let known = known.clamp(0.0, 1.0);
    let good = KNOWN_BEFORE;
    let between = |missed: f32, good: f32| missed + known * (good - missed);
    State {
        stability: between(MISSED_FIRST.stability.ln(), good.stability.ln()).exp(),
        difficulty: between(MISSED_FIRST.difficulty, good.difficulty),
    }
}

/// An objective.
#[derive(Clone, Debug)]
pub struct Card {
    /// The chance of recall on the exam day if it is never asked.
    never: f32,
    steps: [Step; GAPS.len() + 1],
    tau: u16,
}

impl Card {
    /// An objective with a memory, last answered `elapsed` days ago, `tau` days before the exam.
    pub fn known(state: State, elapsed: u16, tau: u16, steepness: Steepness) -> Self {
        let reviews = Reviews::of(state);
        let step = |gap: u16| Step::of(state, &reviews, elapsed, gap, steepness);
        Self::from(steepness.recall(state.stability, f32::from(elapsed + tau)).own, tau, step)
    }

    /// An objective never asked, which she knows already with a chance.
    pub fn new(chance: f32, tau: u16, steepness: Steepness) -> Self {
        let reviews = Reviews::of(KNOWN_BEFORE);
        let before = |days: u16| steepness.recall(KNOWN_BEFORE.stability, KNOWN_DAYS + f32::from(days));
        let step = |gap: u16| {
            let recall = before(gap);
            let good = Cell::of(reviews.good(recall.default));
            Step { gap, recall: chance * recall.own, good, again: Cell::of(MISSED_FIRST) }
        };
        Self::from(chance * before(tau).own, tau, step)
    }

    fn from(never: f32, tau: u16, step: impl Fn(u16) -> Step) -> Self {
        let mut steps = [Step::default(); GAPS.len() + 1];
        for (place, gap) in std::iter::once(0).chain(GAPS).enumerate() {
            if gap < tau {
                steps[place] = step(gap);
            }
        }
        Self { never, steps, tau }
    }

    fn steps(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().enumerate().filter(|(n, s)| *n == 0 || s.gap > 0).map(|(_, s)| s)
    }

    fn worth(&self, step: &Step, table: &Table, values: &Plane, price: f32) -> f32 {
        step.ahead(|cell| table.read(values, self.tau - step.gap, cell)) - price * seconds(step.recall)
    }

    /// What asking it today gains over the best of all other days and of never, for each second of today's question.
    pub fn gain(&self, table: &Table, values: &Plane, price: f32) -> f32 {
        let mut steps = self.steps();
        let Some(today) = steps.next() else { return 0.0 };
        let other = steps.map(|s| self.worth(s, table, values, price)).fold(self.never, f32::max);
        (self.worth(today, table, values, price) - other) / seconds(today.recall)
    }

    /// The seconds that its best plan is expected to take at a numbered price.
    pub fn seconds(&self, table: &Table, number: usize, price: f32) -> f32 {
        let (values, spent) = table.planes(number);
        let mut best = (self.never, 0.0);
        for step in self.steps() {
            let worth = self.worth(step, table, values, price);
            if worth > best.0 {
                let later = step.ahead(|cell| table.read(spent, self.tau - step.gap, cell));
                best = (worth, seconds(step.recall) + later);
            }
        }
        best.1
    }
}
