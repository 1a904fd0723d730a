//! The plan table: what a memory is worth on the exam day, if each second of review has a price.
//!
//! A dynamic programme over stability, difficulty and days left. With the price `mu` of a second,
//! `V(S, D, tau) = max{ R(tau; S), max over n of [-mu c(R_n) + R_n V(Good, tau - n) + (1 - R_n) V(Again, tau - n)] }`,
//! where `R_n` is the chance of recall after `n` days and `c` the seconds of a review. Beside the value the table holds
//! the seconds that the best plan is expected to take.

use super::curve::Steepness;
use super::own::STEEPNESSES;
use crate::core::fsrs6::{Reviews, State};
use std::sync::{Arc, Mutex, PoisonError};

/// Seconds of a question that is answered rightly, its reasons read, at the standard pace.
pub const SECONDS_RIGHT: f32 = 35.0;
/// Seconds of one that is answered wrongly.
pub const SECONDS_WRONG: f32 = 65.0;

/// Days after which the next review may come.
pub const GAPS: [u16; 11] = [1, 2, 3, 5, 8, 12, 18, 27, 40, 60, 90];

/// Stabilities are apart by equal steps of their logarithm, from 0.05 to 3000 days.
const STABILITIES: usize = 16;
const LOG_LEAST: f32 = -2.995_732;
const LOG_STEP: f32 = 0.733_474;
/// Difficulties 1, 5.5 and 10.
const DIFFICULTIES: usize = 3;
const NODES: usize = STABILITIES * DIFFICULTIES;

/// Prices of a second in chances of recall on the exam day: the first, and the factor between two.
pub const PRICES: usize = 12;
const FIRST_PRICE: f32 = 3e-5;
const PRICE_FACTOR: f32 = 1.9;

/// Up to here every day has its own line in the table; beyond, lines are apart by a twentieth.
const DAILY: u16 = 90;
/// An exam that is farther away is planned as if it were this far away.
pub const FARTHEST: u16 = 730;

/// The seconds of a review at a chance of recall.
pub fn seconds(recall: f32) -> f32 {
    SECONDS_RIGHT * recall + SECONDS_WRONG * (1.0 - recall)
}

/// The price of that number.
pub fn price(number: usize) -> f32 {
    FIRST_PRICE * PRICE_FACTOR.powi(number as i32)
}

/// Where a price lies between the numbered ones: 0 to [`PRICES`] - 1.
pub fn price_place(price: f32) -> f32 {
    ((price / FIRST_PRICE).ln() / PRICE_FACTOR.ln()).clamp(0.0, (PRICES - 1) as f32)
}

/// The place of a memory between the nodes of the table.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cell {
    corner: usize,
    along: f32,
    up: f32,
}

impl Cell {
    /// The place of a memory.
    pub fn of(state: State) -> Self {
        let s = ((state.stability.max(1e-3).ln() - LOG_LEAST) / LOG_STEP).clamp(0.0, (STABILITIES - 1) as f32);
        let d = ((state.difficulty - 1.0) / 4.5).clamp(0.0, (DIFFICULTIES - 1) as f32);
        let (left, low) = ((s as usize).min(STABILITIES - 2), (d as usize).min(DIFFICULTIES - 2));
        Self { corner: low * STABILITIES + left, along: s - left as f32, up: d - low as f32 }
    }

    /// The value between four nodes of one line.
    fn read(self, line: &[f32]) -> f32 {
        let n = self.corner;
        let row = |n: usize| line[n] + self.along * (line[n + 1] - line[n]);
        let low = row(n);
        low + self.up * (row(n + STABILITIES) - low)
    }
}

/// Values or seconds of one price, a line of nodes for each number of days left.
pub type Plane = Vec<f32>;

/// The table, for all prices.
pub struct Table {
    /// The curve that it is made for.
    pub steepness: Steepness,
    days: Vec<u16>,
    values: Vec<Plane>,
    seconds: Vec<Plane>,
}

/// The numbers of days left that have a line: from 1 to at least `farthest`.
fn lines(farthest: u16) -> Vec<u16> {
    let mut days: Vec<u16> = (1..=farthest.clamp(2, DAILY)).collect();
    let mut last = f32::from(DAILY);
    while days.last().is_some_and(|d| *d < farthest) {
        last *= 1.05;
        days.push(last.round() as u16);
    }
    days
}

/// One way to go on: asking after so many days (0 is today).
#[derive(Clone, Copy, Debug, Default)]
pub struct Step {
    /// The days.
    pub gap: u16,
    /// The chance of recall then.
    pub recall: f32,
    /// The memory after a right answer.
    pub good: Cell,
    /// The memory after a wrong one.
    pub again: Cell,
}

impl Step {
    /// Asking a memory again `gap` days from now, `elapsed` days after its last answer.
    pub fn of(state: State, reviews: &Reviews, elapsed: u16, gap: u16, steepness: Steepness) -> Self {
        let recall = steepness.recall(state.stability, f32::from(elapsed + gap));
        let (good, again) = (Cell::of(reviews.good(recall.default)), Cell::of(reviews.again(recall.default)));
        Self { gap, recall: recall.own, good, again }
    }

    /// What is expected after it, of something that a memory has.
    pub fn ahead(&self, of: impl Fn(Cell) -> f32) -> f32 {
        self.recall * of(self.good) + (1.0 - self.recall) * of(self.again)
    }
}

impl Table {
    /// The table for an exam so many days ahead and a numbered steepness, computed once in the life of the program for
    /// the farthest asked for: it depends on nothing else.
    pub fn shared(farthest: u16, steepness: usize) -> Arc<Self> {
        static SHARED: Mutex<[Option<Arc<Table>>; STEEPNESSES.len()]> = Mutex::new([const { None }; _]);
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        let place = &mut shared[steepness];
        match place.as_ref().filter(|table| table.days.last().is_some_and(|d| *d >= farthest)) {
            Some(table) => Arc::clone(table),
            None => Arc::clone(place.insert(Arc::new(Self::new(farthest, Steepness(STEEPNESSES[steepness]))))),
        }
    }

    /// Computes the table.
    pub fn new(farthest: u16, steepness: Steepness) -> Self {
        let days = lines(farthest);
        let states: Vec<State> = (0..NODES)
            .map(|n| State {
                stability: (LOG_LEAST + LOG_STEP * (n % STABILITIES) as f32).exp(),
                difficulty: 1.0 + 4.5 * (n / STABILITIES) as f32,
            })
            .collect();
        let steps: Vec<Vec<Step>> = states.iter().map(|state| steps(*state, steepness)).collect();
        let at = |tau: u16| states.iter().map(move |s| steepness.recall(s.stability, f32::from(tau)).own).collect();
        let never: Vec<Vec<f32>> = days.iter().map(|tau| at(*tau)).collect();
        let mut table = Self { steepness, days, values: vec![], seconds: vec![] };
        for number in 0..PRICES {
            let (values, seconds) = table.plane(price(number), &steps, &never);
            table.values.push(values);
            table.seconds.push(seconds);
        }
        table
    }

    fn plane(&self, price: f32, steps: &[Vec<Step>], never: &[Vec<f32>]) -> (Plane, Plane) {
        let mut values = Plane::with_capacity(self.days.len() * NODES);
        let mut spent = Plane::with_capacity(self.days.len() * NODES);
        for (tau, never) in self.days.iter().zip(never) {
            for (steps, never) in steps.iter().zip(never) {
                let mut best = (*never, 0.0);
                for step in steps.iter().take_while(|step| step.gap < *tau) {
                    let (row, part) = self.line(tau - step.gap);
                    // Far away, the line above may be the one that is being made.
                    let part = if (row + 2) * NODES <= values.len() { part } else { 0.0 };
                    let cost = seconds(step.recall);
                    let ahead = |plane: &Plane, cell| Self::between(plane, row, part, cell);
                    let value = step.ahead(|cell| ahead(&values, cell)) - price * cost;
                    if value > best.0 {
                        best = (value, cost + step.ahead(|cell| ahead(&spent, cell)));
                    }
                }
                values.push(best.0);
                spent.push(best.1);
            }
        }
        (values, spent)
    }

    /// The line of so many days left, and how far on the way to the next it lies.
    fn line(&self, tau: u16) -> (usize, f32) {
        if tau <= DAILY.min(self.days.last().copied().unwrap_or(1)) {
            return (usize::from(tau.max(1)) - 1, 0.0);
        }
        let next = self.days.partition_point(|d| *d < tau);
        match (self.days.get(next - 1), self.days.get(next)) {
            (Some(low), Some(high)) => (next - 1, f32::from(tau - low) / f32::from(high - low)),
            _ => (self.days.len() - 1, 0.0),
        }
    }

    fn between(plane: &Plane, row: usize, part: f32, cell: Cell) -> f32 {
        let line = |row: usize| cell.read(&plane[row * NODES..(row + 1) * NODES]);
        let low = line(row);
        if part > 0.0 { low + part * (line(row + 1) - low) } else { low }
    }

    /// Reads a plane at a memory and a number of days left.
    pub fn read(&self, plane: &Plane, tau: u16, cell: Cell) -> f32 {
        let (row, part) = self.line(tau);
        Self::between(plane, row, part, cell)
    }

    /// The values and the seconds of a numbered price.
    pub fn planes(&self, number: usize) -> (&Plane, &Plane) {
        (&self.values[number], &self.seconds[number])
    }

    /// The values at any price.
    pub fn at_price(&self, price: f32) -> Plane {
        let place = price_place(price);
        let low = (place as usize).min(PRICES - 2);
        let part = place - low as f32;
        self.values[low].iter().zip(&self.values[low + 1]).map(|(a, b)| a + part * (b - a)).collect()
    }
}

fn steps(state: State, steepness: Steepness) -> Vec<Step> {
    let reviews = Reviews::of(state);
    GAPS.into_iter().map(|gap| Step::of(state, &reviews, 0, gap, steepness)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worth(stability: f32, tau: u16, number: usize) -> (f32, f32) {
        let table = Table::new(120, Steepness(1.0));
        let cell = Cell::of(State { stability, difficulty: 5.0 });
        let (values, seconds) = table.planes(number);
        (table.read(values, tau, cell), table.read(seconds, tau, cell))
    }

    #[test]
    fn dear_seconds_are_left_alone_and_cheap_ones_are_spent() {
        let (cheap, much) = worth(3.0, 60, 0);
        let (dear, nothing) = worth(3.0, 60, PRICES - 1);
        assert!(cheap > 0.9 && much > 60.0, "{cheap} {much}");
        assert!((dear - Steepness(1.0).recall(3.0, 60.0).own).abs() < 0.02 && nothing < 1.0, "{dear} {nothing}");
    }

    #[test]
    fn a_longer_table_says_the_same() {
        let (short, long) = (Table::new(30, Steepness(1.0)), Table::new(FARTHEST, Steepness(1.0)));
        let cell = Cell::of(State { stability: 4.0, difficulty: 7.0 });
        for number in 0..PRICES {
            for tau in [1, 13, 30] {
                let of = |t: &Table| t.read(t.planes(number).0, tau, cell);
                assert!((of(&short) - of(&long)).abs() < 1e-6);
            }
        }
        let far: Vec<f32> = [90, 97, 400, FARTHEST].map(|tau| long.read(long.planes(9).0, tau, cell)).to_vec();
        assert!(far.windows(2).all(|w| w[0] > w[1]), "{far:?}");
    }
}
