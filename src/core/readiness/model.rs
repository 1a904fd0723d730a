//! Ten numbers that tell the chance to answer a question never seen before, fitted to this person's first answers.
//!
//! `P = g + (1 - g) σ(η - b)`: g the chance to guess, b the author's forecast of the difficulty. For a rule that was met
//! before, `η = a + k logit R + e (ln(1 + days) - 2) + s (ln(1 + right) - 0.8) + f (ln(1 + wrong) - 0.5) + h + area`:
//! FSRS's recall R and, because FSRS was made for other people and other cards, this person's own corrections of it. For
//! a rule never met, `η = u + h + area`; h is what she brings to both. The fit is the most probable one under the priors
//! below (Fisher scoring), and its uncertainty the normal approximation around it. The priors were chosen on simulated
//! learners other than those of `benches/readiness/`, in worlds that contradict one another.

use super::matrix::Matrix;
use crate::core::calendar::StudyDay;
use crate::core::firsthand::{FirstSight, Trace};
use crate::core::memory::sigmoid;

/// Numbers that do not belong to an area: a, k, e, s, f, u, h.
pub const COMMON: usize = 7;

/// Prior means of the common numbers. A rule never met is known with a chance of less than a third.
const PRIOR_MEAN: [f64; COMMON] = [0.0, 1.0, -0.2, 0.2, -0.2, -0.8, -0.2];

/// Prior standard deviations of the common numbers.
const PRIOR_SD: [f64; COMMON] = [0.5, 0.4, 0.8, 0.4, 0.4, 0.5, 0.7];

/// What stands beside the common numbers where the rule was never met.
const NEVER_MET: [f64; COMMON] = [0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0];

/// Prior standard deviation of what is particular to an area.
const AREA_SD: f64 = 0.3;

/// Only so many first answers, the latest ones, are fitted: the person has changed since the earlier ones.
const LATEST: usize = 1200;

/// A first answer counts half when so many others have come after it.
const HALF_LIFE: f64 = 400.0;

/// A question as the model sees it.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// What stands beside a, k, e, s, f, u, h.
    pub features: [f64; COMMON],
    /// Its area.
    pub area: usize,
    /// Its difficulty in logits.
    pub difficulty: f64,
    /// The chance to guess it.
    pub guess: f64,
}

impl Question {
    /// A question on a day, of a rule of which first answers have shown so much.
    ///
    /// What was read today is asked as if it were tomorrow: a reason that was just read would flatter.
    pub fn new(trace: Option<&Trace>, day: StudyDay, area: usize, difficulty: f64, guess: f64) -> Self {
        let features = trace.map_or(NEVER_MET, |trace| {
            let day = day.max(trace.memory.last.plus(1));
            features(trace, day)
        });
        Self { features, area, difficulty, guess }
    }

    /// The chance to answer it rightly.
    pub fn chance(&self, numbers: &[f64]) -> f64 {
        self.guess + (1.0 - self.guess) * sigmoid(self.logit(numbers))
    }

    fn logit(&self, numbers: &[f64]) -> f64 {
        let common: f64 = self.features.iter().zip(numbers).map(|(x, n)| x * n).sum();
        common + numbers.get(COMMON + self.area).copied().unwrap_or(0.0) - self.difficulty
    }

    /// How the chance changes with the numbers: the factor that stands before the question's row.
    pub fn slope(&self, numbers: &[f64]) -> f64 {
        let known = sigmoid(self.logit(numbers));
        (1.0 - self.guess) * known * (1.0 - known)
    }

    /// The question's row: what stands beside each number.
    pub fn row(&self, areas: usize) -> Vec<f64> {
        let mut row = self.features.to_vec();
        row.resize(COMMON + areas, 0.0);
        if let Some(own) = row.get_mut(COMMON + self.area) {
            *own = 1.0;
        }
        row
    }
}

fn features(trace: &Trace, day: StudyDay) -> [f64; COMMON] {
    let recall = trace.memory.recall(day).clamp(0.01, 0.99);
    let days = f64::from(day.since(trace.memory.last).max(0));
    let (wins, fails) = (f64::from(trace.wins), f64::from(trace.fails));
    [1.0, (recall / (1.0 - recall)).ln(), days.ln_1p() - 2.0, wins.ln_1p() - 0.8, fails.ln_1p() - 0.5, 0.0, 1.0]
}

/// The numbers of a person: the most probable ones, and how sure they are.
#[derive(Clone, Debug)]
pub struct Model {
    /// The most probable numbers.
    pub numbers: Vec<f64>,
    /// The inverse of their covariance.
    pub information: Matrix,
}

impl Model {
    /// Fits the first answers; `area_of` tells the area of an objective by its place, `None` where another exam asks it.
    pub fn fit(answers: &[&FirstSight], areas: usize, area_of: &[Option<usize>]) -> Self {
        let size = COMMON + areas;
        let prior_mean = |n: usize| PRIOR_MEAN.get(n).copied().unwrap_or(0.0);
        let prior_precision = |n: usize| PRIOR_SD.get(n).copied().unwrap_or(AREA_SD).powi(-2);
        let mut numbers: Vec<f64> = (0..size).map(prior_mean).collect();
        let rows: Vec<(Question, Vec<f64>, f64, bool)> = answers
            .iter()
            .rev()
            .filter_map(|a| Some((*a, (*area_of.get(a.objective)?)?)))
            .take(LATEST)
            .enumerate()
            .map(|(n, (answer, area))| {
                let features = answer.before.as_ref().map_or(NEVER_MET, |t| features(t, answer.day));
                let question = Question { features, area, difficulty: answer.difficulty, guess: answer.guess };
                (question, question.row(areas), 0.5_f64.powf(n as f64 / HALF_LIFE), answer.right)
            })
            .collect();
        let mut information = Matrix::zero(size);
        for _ in 0..12 {
            information = Matrix::zero(size);
            let mut slope: Vec<f64> = (0..size).map(|n| prior_precision(n) * (prior_mean(n) - numbers[n])).collect();
            for n in 0..size {
                information.add(n, n, prior_precision(n));
            }
            for (question, row, weight, right) in &rows {
                let chance = question.chance(&numbers).clamp(1e-6, 1.0 - 1e-6);
                let factor = weight * question.slope(&numbers) / (chance * (1.0 - chance));
                let miss = if *right { 1.0 - chance } else { -chance };
                for (s, x) in slope.iter_mut().zip(row) {
                    *s += factor * miss * x;
                }
                information.add_square(row, factor * question.slope(&numbers));
            }
            let Some(root) = information.root() else { break };
            let step = root.solve_square(&slope);
            let longest = step.iter().fold(0.0_f64, |m, s| m.max(s.abs()));
            // A step of more than one logit would leave the region in which the approximation holds.
            let scale = if longest > 1.0 { 1.0 / longest } else { 1.0 };
            for (number, s) in numbers.iter_mut().zip(&step) {
                *number += scale * s;
            }
            if longest < 1e-4 {
                break;
            }
        }
        Self { numbers, information }
    }
}
