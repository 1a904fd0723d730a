//! Twelve numbers that tell the chance to answer a question never seen before, fitted to this person's first answers.
//!
//! `P = g + (1 - g) σ(c) σ(η - b)`: g the chance to guess, b the author's forecast of the difficulty, σ(c) the share of
//! new questions that can be answered by knowing their rule alone. For a rule that was met before, `η = a + k logit R +
//! e (ln(1 + days) - 2) + s (ln(1 + right) - 0.8) + f (ln(1 + wrong) - 0.5) + h + area`: FSRS's recall R and, because
//! FSRS was made for other people and other cards, this person's own corrections of it. For a rule never met,
//! `η = u + h + area`; h is what she brings to both. An answer that was given `n` others ago is fitted with
//! `- d ln(1 + n / 50)` beside, so that what study has added since is not held against her.
//!
//! Three beliefs are fitted: that rules are forgotten as FSRS says (d near nought); the same, but that a rule known
//! answers only four questions of five (c); and that time does nothing to rules but study helps with all (k and e near
//! nought). Each is the most probable fit under its priors (Fisher scoring) with what her confidence has meant (see
//! [`super::answer`]) and the normal approximation around it, and counts as much as it foretells her answers (Laplace's
//! approximation of the evidence). The priors were chosen on simulated learners other than those whose figures
//! `benches/readiness/` reports, in worlds that contradict one another.

use super::answer::{Meaning, Sample};
use super::matrix::Matrix;
use super::question::{C, COMMON, Grasp, Version};
use crate::core::firsthand::FirstSight;

/// Prior means and standard deviations of a, k, e, s, f, u, h, d, c. A rule never met is known with a chance of a third.
type Priors = [(f64, f64); COMMON];

const FORGETTING: Priors =
    [(-0.1, 0.8), (1.0, 0.4), (-0.2, 0.8), (0.2, 0.4), (-0.2, 0.4), (-0.8, 0.6), (0.0, 0.7), (0.0, 0.02), (3.2, 0.1)];

const PARTLY: Priors = {
    let mut priors = FORGETTING;
    priors[C] = (1.4, 0.3);
    priors
};

const TIMELESS: Priors =
    [(0.2, 0.8), (0.0, 0.05), (0.0, 0.05), (0.4, 0.2), (-0.2, 0.2), (-0.3, 0.8), (0.0, 0.7), (0.05, 0.1), (3.2, 0.1)];

/// The beliefs, with how much each counts before any answer.
const BELIEFS: [(Priors, f64); 3] = [(FORGETTING, 0.7), (PARTLY, 0.15), (TIMELESS, 0.15)];

/// Prior standard deviation of what is particular to an area.
const AREA_SD: f64 = 0.5;

/// Only so many first answers, the latest ones, are fitted: the person has changed since the earlier ones.
const LATEST: usize = 1200;

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
        .map(|(n, (answer, area))| Sample::new(answer, area, n))
        .collect();
    let beliefs: Vec<(Model, f64)> = BELIEFS
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
    let mut meaning = Meaning::unknown();
    let mut row = vec![0.0; size];
    for _ in 0..20 {
        information = Matrix::zero(size);
        let mut slope = vec![0.0; size];
        for (n, slope) in slope.iter_mut().enumerate() {
            let (mean, sd) = prior(n);
            *slope = (mean - likeliest.numbers[n]) / (sd * sd);
            information.add(n, n, 1.0 / (sd * sd));
        }
        let grasps: Vec<Grasp> = samples.iter().map(|s| s.question.grasp(&likeliest)).collect();
        meaning = meaning.learned(samples, &grasps);
        for (sample, grasp) in samples.iter().zip(&grasps) {
            let (rise, told) = sample.tells(grasp, &meaning);
            sample.question.write_row(grasp, &mut row);
            for (s, x) in slope.iter_mut().zip(&row) {
                *s += sample.weight * rise * x;
            }
            information.add_square(&row, sample.weight * told);
        }
        let step = information.root()?.solve_square(&slope);
        let longest = step.iter().fold(0.0_f64, |m, s| m.max(s.abs()));
        // A step of more than one logit would leave the region in which the approximation holds.
        let scale = if longest > 1.0 { 1.0 / longest } else { 1.0 };
        let numbers = likeliest.numbers.iter().zip(&step).map(|(number, s)| number + scale * s).collect();
        likeliest = Version::new(numbers);
        if longest < 1e-3 {
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
