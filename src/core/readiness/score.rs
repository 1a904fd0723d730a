//! From chances of single questions to the score of a form: many possible versions of the person, each with her form.

use super::matrix::Root;
use super::model::Model;
use super::question::{COMMON, Chances, Question, Version};
use super::syllabus::Syllabus;
use crate::core::draw::Draw;

/// How many versions of the person are tried.
pub const VERSIONS: usize = 64;

/// What all models get wrong together, in logits: one standard deviation.
const MODEL_ERROR: f64 = 0.05;

/// Versions around each model, as many as it counts, always drawn with the same chance, so that equal answers give equal
/// figures.
pub fn versions(models: &[Model]) -> Vec<Version> {
    let mut draw = Draw::new(0x5ead);
    let mut versions = Vec::with_capacity(VERSIONS);
    for model in models {
        let pairs = (model.weight * (VERSIONS / 2) as f64).round() as usize;
        let Some(root) = model.information.root() else { continue };
        let numbers = &model.likeliest.numbers;
        for n in 0..pairs {
            let chance: Vec<f64> = numbers.iter().map(|_| normal(&mut draw)).collect();
            let shift = MODEL_ERROR * quantile((n as f64 + 0.5) / pairs as f64);
            let step = root.backward(&chance);
            // Each version has its mirror image, so that their mean is the fit itself.
            for sign in [1.0, -1.0] {
                let moved = numbers.iter().zip(&step).enumerate().map(|(n, (number, s))| {
                    // What is met and what is new are wrong together: both count the number of their area.
                    number + sign * (s + if n >= COMMON { shift } else { 0.0 })
                });
                versions.push(model.likeliest.moved(moved.collect()));
            }
        }
    }
    versions
}

/// The score of one version on a form: mean and standard deviation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    /// Mean.
    pub mean: f64,
    /// Standard deviation: the luck of the form.
    pub sd: f64,
}

/// The scores of all versions, and by area the share that each would answer rightly.
pub fn scores(syllabus: &Syllabus<'_>, questions: &[Question], versions: &[Version]) -> (Vec<Scored>, Vec<Vec<f64>>) {
    let areas = syllabus.areas.len();
    // Of each version and area: weight, chance, chance squared.
    let mut sums = vec![(0.0, 0.0, 0.0); versions.len() * areas];
    let mut chances = Chances::new(versions);
    for (rule, question) in syllabus.rules.iter().zip(questions) {
        for (sums, chance) in sums.chunks_mut(areas.max(1)).zip(chances.of(question)) {
            let sum = &mut sums[rule.area];
            sum.0 += rule.points;
            sum.1 += rule.points * chance;
            sum.2 += rule.points * chance * chance;
        }
    }
    let mut shares: Vec<Vec<f64>> = vec![vec![]; areas];
    let mut scored = Vec::with_capacity(versions.len());
    for n in 0..versions.len() {
        let sums = &sums[n * areas..(n + 1) * areas];
        let (mut mean, mut variance) = (0.0, 0.0);
        for ((area, sum), shares) in syllabus.areas.iter().zip(sums).zip(&mut shares) {
            if sum.0 <= 0.0 {
                continue;
            }
            let (share, square) = (sum.1 / sum.0, sum.2 / sum.0);
            shares.push(share);
            mean += area.points * share;
            // Rules are drawn without repeating one: where a form takes most of them, which ones is little luck.
            let left = (1.0 - area.points / area.rules.max(1) as f64).max(0.0);
            variance += area.points * ((share - square) + left * (square - share * share));
        }
        scored.push(Scored { mean, sd: variance.max(0.25).sqrt() });
    }
    (scored, shares)
}

/// The chance of at least `mark` in each version.
pub fn chances(scores: &[Scored], mark: u32) -> Vec<f64> {
    scores.iter().map(|s| below((s.mean - f64::from(mark) + 0.5) / s.sd)).collect()
}

/// The score below which a share `part` of all forms of all versions lies.
pub fn score_at(scores: &[Scored], part: f64) -> f64 {
    let (mut low, mut high) = (-50.0, 400.0);
    for _ in 0..40 {
        let middle = f64::midpoint(low, high);
        let reached = scores.iter().map(|s| below((middle - s.mean) / s.sd)).sum::<f64>() / scores.len().max(1) as f64;
        if reached < part {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// The mean.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// The range that holds four of five values.
pub fn range(values: &[f64]) -> (f64, f64) {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |part: f64| sorted.get(((sorted.len() as f64 - 1.0) * part).round() as usize).copied().unwrap_or(0.0);
    (at(0.1), at(0.9))
}

/// How much the variance of the mean score falls if `answers` more questions of that kind are answered, as a factor of
/// the standard deviation saved, in points.
pub fn points_saved(root: &Root, direction: &[f64], row: &[f64], information: f64) -> f64 {
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let spread = root.solve_square(row);
    let variance = product(direction, &root.solve_square(direction));
    let saved = product(direction, &spread).powi(2) * information / (1.0 + information * product(row, &spread));
    variance.max(0.0).sqrt() - (variance - saved).max(0.0).sqrt()
}

/// A standard normal number (Box and Muller).
fn normal(draw: &mut Draw) -> f64 {
    const STEPS: usize = 1 << 30;
    let mut even = || (draw.below(STEPS) as f64 + 0.5) / STEPS as f64;
    (-2.0 * even().ln()).sqrt() * (std::f64::consts::TAU * even()).cos()
}

/// The standard normal distribution function (Abramowitz and Stegun 26.2.17; error below 1e-7).
pub fn below(z: f64) -> f64 {
    const TERMS: [f64; 5] = [0.319_381_530, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429];
    let t = 1.0 / (1.0 + 0.231_641_9 * z.abs());
    let series = TERMS.iter().rev().fold(0.0, |sum, term| (sum + term) * t);
    let tail = (-z * z / 2.0).exp() / std::f64::consts::TAU.sqrt() * series;
    if z > 0.0 { 1.0 - tail } else { tail }
}

/// The inverse of [`below`], by halving.
fn quantile(part: f64) -> f64 {
    let (mut low, mut high) = (-6.0, 6.0);
    for _ in 0..50 {
        let middle = f64::midpoint(low, high);
        if below(middle) < part {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_distribution_is_the_tabled_one() {
        for (z, p) in [(0.0, 0.5), (1.0, 0.841_345), (-1.281_552, 0.1), (2.5, 0.993_790)] {
            assert!((below(z) - p).abs() < 1e-5, "{z}");
            assert!((quantile(p) - z).abs() < 1e-3);
        }
    }

    #[test]
    fn a_single_version_has_the_interval_of_its_form() {
        let scores = [Scored { mean: 72.0, sd: 5.0 }];
        assert!((score_at(&scores, 0.1) - (72.0 - 5.0 * 1.281_55)).abs() < 1e-3);
        assert!((chances(&scores, 72)[0] - below(0.1)).abs() < 1e-9);
    }
}
