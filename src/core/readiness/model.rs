//! Eleven numbers that tell the chance to answer a question never seen before, fitted to this person's first answers.
//!
//! `P = g + (1 - g) σ(η - b)`: g the chance to guess, b the author's forecast of the difficulty. For a rule that was met
//! before, `η = a + k logit R + e (ln(1 + days) - 2) + s (ln(1 + right) - 0.8) + f (ln(1 + wrong) - 0.5) + h + area`:
//! FSRS's recall R and, because FSRS was made for other people and other cards, this person's own corrections of it. For
//! a rule never met, `η = u + h + area`; h is what she brings to both. An answer that was given `n` others ago is fitted
//! with `- d ln(1 + n / 50)` beside, so that what study has added since is not held against her.
//!
//! Two beliefs are fitted: that rules are forgotten as FSRS says (d near nought), and that time does nothing to them but
//! study helps with all (k and e near nought). Each is the most probable fit under its priors (Fisher scoring), with the
//! normal approximation around it, and counts as much as it foretells her answers (Laplace's approximation of the
//! evidence). The priors were chosen on simulated learners other than those whose figures `benches/readiness/` reports,
//! in worlds that contradict one another.

use super::matrix::Matrix;
use super::question::{COMMON, Question, Version};
use crate::core::confidence::{Confidence, ConfidenceMeaning};
use crate::core::firsthand::FirstSight;

/// Prior means and standard deviations of a, k, e, s, f, u, h, d. A rule never met is known with a chance of less than a
/// third.
type Priors = [(f64, f64); COMMON];

const FORGETTING: Priors =
    [(-0.4, 0.6), (1.0, 0.4), (-0.2, 0.8), (0.2, 0.4), (-0.2, 0.4), (-0.8, 0.5), (-0.2, 0.7), (0.0, 0.02), (3.2, 0.1)];

const PARTLY: Priors =
    [(-0.4, 0.6), (1.0, 0.4), (-0.2, 0.8), (0.2, 0.4), (-0.2, 0.4), (-0.8, 0.5), (-0.2, 0.7), (0.0, 0.02), CEIL];

const TIMELESS: Priors =
    [(0.2, 0.8), (0.0, 0.05), (0.0, 0.05), (0.4, 0.2), (-0.2, 0.2), (-0.3, 0.8), (0.0, 0.7), (0.05, 0.1), (3.2, 0.1)];

const PART: f64 = 0.2;

const CEIL: (f64, f64) = (1.4, 0.3);

/// Prior standard deviation of what is particular to an area.
const AREA_SD: f64 = 0.5;

/// Only so many first answers, the latest ones, are fitted: the person has changed since the earlier ones.
const LATEST: usize = 1200;

/// A first answer counts half when so many others have come after it.
const HALF_LIFE: f64 = 1000.0;

/// What a belief makes of the answers.
#[derive(Clone, Debug)]
pub struct Model {
    /// The most probable version of the person.
    pub likeliest: Version,
    /// The inverse of the covariance of her numbers.
    pub information: Matrix,
    /// How much the belief counts, 0 to 1.
    pub weight: f64,
}

/// A first answer as it is fitted.
struct Sample {
    question: Question,
    weight: f64,
    right: bool,
    confidence: Option<Confidence>,
}

impl Sample {
    fn known(&self, version: &Version) -> f64 {
        self.question.known(version).clamp(1e-6, 1.0 - 1e-6)
    }

    /// The chance of this answer, given so surely.
    fn chance(&self, version: &Version, meaning: &ConfidenceMeaning) -> f64 {
        let (known, guess) = (self.known(version), self.question.guess);
        let (if_known, if_not) = meaning.shares(self.confidence);
        if self.right { if_known * known + if_not * (1.0 - known) * guess } else { if_not * (1.0 - known) * (1.0 - guess) }
    }

    /// How the logarithm of that chance changes with the logit, and how much an answer of hers tells of it.
    fn tells(&self, version: &Version, meaning: &ConfidenceMeaning) -> (f64, f64) {
        let (known, guess) = (self.known(version), self.question.guess);
        let slope = self.question.known_slope(version);
        let right = |confidence| {
            let (if_known, if_not) = meaning.shares(confidence);
            (if_known - if_not * guess, if_known * known + if_not * (1.0 - known) * guess)
        };
        let of = |confidence| {
            let (change, chance) = right(confidence);
            change * change / chance
        };
        let told: f64 = match self.confidence {
            None => of(None),
            Some(_) => Confidence::ALL.into_iter().map(|c| of(Some(c))).sum(),
        };
        let (change, chance) = right(self.confidence);
        let first = if self.right { slope * change / chance } else { -slope / (1.0 - known) };
        (first, slope * slope * (told + (1.0 - guess) / (1.0 - known)))
    }
}

/// What her confidence has meant, if she is that version.
fn learned(version: &Version, samples: &[Sample], before: &ConfidenceMeaning) -> ConfidenceMeaning {
    let mut meaning = ConfidenceMeaning::default();
    for sample in samples.iter().filter(|s| s.right || s.confidence.is_some()) {
        let known = sample.known(version);
        let (if_known, if_not) = before.shares(sample.confidence);
        let rightly = if_known * known;
        let known = if sample.right { rightly / (rightly + if_not * (1.0 - known) * sample.question.guess) } else { 0.0 };
        meaning.learn(sample.confidence, known);
    }
    meaning
}

/// Fits the first answers, but for those whose rule was met on the same day: they tell of the last minutes, not of an
/// exam. `area_of` tells the area of an objective by its place, `None` where another exam asks it. The belief that
/// counts most comes first.
pub fn fit(answers: &[&FirstSight], areas: usize, area_of: &[Option<usize>]) -> Vec<Model> {
    let samples: Vec<Sample> = answers
        .iter()
        .rev()
        .filter(|a| a.before.is_none_or(|trace| trace.memory.last < a.day))
        .filter_map(|a| Some((*a, (*area_of.get(a.objective)?)?)))
        .take(LATEST)
        .enumerate()
        .map(|(n, (answer, area))| {
            let question = Question::answered(answer, area, n);
            let weight = 0.5_f64.powf(n as f64 / HALF_LIFE);
            Sample { question, weight, right: answer.right, confidence: answer.confidence }
        })
        .collect();
    let beliefs: Vec<(Model, f64)> = [(FORGETTING, 0.85_f64 - PART), (PARTLY, PART), (TIMELESS, 0.15)]
        .iter()
        .filter_map(|(priors, before)| {
            let (model, evidence) = belief(priors, areas, &samples)?;
            Some((model, evidence + before.ln()))
        })
        .collect();
    let best = beliefs.iter().map(|(_, evidence)| *evidence).fold(f64::NEG_INFINITY, f64::max);
    let all: f64 = beliefs.iter().map(|(_, evidence)| (evidence - best).exp()).sum();
    let mut models: Vec<Model> =
        beliefs.into_iter().map(|(model, evidence)| Model { weight: (evidence - best).exp() / all, ..model }).collect();
    models.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    models
}

/// The fit of one belief, with the logarithm of its evidence.
fn belief(priors: &Priors, areas: usize, samples: &[Sample]) -> Option<(Model, f64)> {
    let size = COMMON + areas;
    let prior = |n: usize| priors.get(n).copied().unwrap_or((0.0, AREA_SD));
    let mut likeliest = Version::new((0..size).map(|n| prior(n).0).collect());
    let mut information = Matrix::zero(size);
    let mut meaning = ConfidenceMeaning::default();
    for _ in 0..25 {
        information = Matrix::zero(size);
        let mut slope = vec![0.0; size];
        for (n, slope) in slope.iter_mut().enumerate() {
            let (mean, sd) = prior(n);
            *slope = (mean - likeliest.numbers[n]) / (sd * sd);
            information.add(n, n, 1.0 / (sd * sd));
        }
        meaning = learned(&likeliest, samples, &meaning);
        for sample in samples {
            let row = sample.question.row(&likeliest, areas);
            let (first, second) = sample.tells(&likeliest, &meaning);
            for (s, x) in slope.iter_mut().zip(&row) {
                *s += sample.weight * first * x;
            }
            information.add_square(&row, sample.weight * second);
        }
        let step = information.root()?.solve_square(&slope);
        let longest = step.iter().fold(0.0_f64, |m, s| m.max(s.abs()));
        // A step of more than one logit would leave the region in which the approximation holds.
        let scale = if longest > 1.0 { 1.0 / longest } else { 1.0 };
        let numbers = likeliest.numbers.iter().zip(&step).map(|(number, s)| number + scale * s).collect();
        likeliest = Version::new(numbers);
        if longest < 1e-4 {
            break;
        }
    }
    let likelihood: f64 = samples.iter().map(|s| s.weight * s.chance(&likeliest, &meaning).ln()).sum();
    let under_prior: f64 = likeliest
        .numbers
        .iter()
        .enumerate()
        .map(|(n, number)| {
            let (mean, sd) = prior(n);
            -0.5 * ((number - mean) / sd).powi(2) - sd.ln()
        })
        .sum();
    let evidence = likelihood + under_prior - information.root()?.half_log_determinant();
    Some((Model { likeliest, information, weight: 1.0 }, evidence))
}
