//! How steeply this person forgets, learned from her answers.
//!
//! Weights fitted for one person do not make better plans, but one number does: it keeps the plan right for people, and
//! for kinds of memory, whose forgetting is another than the average's.

use super::GUESS;
use crate::core::progress::Progress;

/// Multiples of the default curve's exponent among which one is chosen.
pub const STEEPNESSES: [f32; 11] = [0.5, 0.64, 0.8, 1.0, 1.25, 1.6, 2.0, 2.5, 3.2, 4.0, 5.0];

/// So many answers back are looked at.
const ANSWERS: usize = 1200;
/// The spread that is taken for likely beforehand, as a standard deviation of the logarithm.
const SPREAD: f64 = 0.5;
/// What item difficulties that nobody knows make of a logit.
const BLUR: f64 = 1.1;

/// The number of the most likely steepness: the prior times the chances of her later answers, given the recall that the
/// default curve had for them.
pub fn steepness(progress: &Progress) -> usize {
    let mut scores = STEEPNESSES.map(|s| -0.5 * (f64::from(s).ln() / SPREAD).powi(2));
    let later = progress
        .answers
        .iter()
        .rev()
        .filter(|a| a.first_sight)
        .filter_map(|a| Some((f64::from(a.recall?).ln(), a.right)));
    for (log, right) in later.take(ANSWERS) {
        for (score, steepness) in scores.iter_mut().zip(STEEPNESSES) {
            let recall = (f64::from(steepness) * log).exp().clamp(0.001, 0.999);
            let known = 1.0 / (1.0 + ((1.0 - recall) / recall).powf(1.0 / BLUR));
            let chance = GUESS + (1.0 - GUESS) * known;
            *score += if right { chance.ln() } else { (1.0 - chance).ln() };
        }
    }
    let best = scores.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
    best.map_or(0, |(n, _)| n)
}
