//! How this person forgets, learned from her answers.
//!
//! Weights fitted for one person do not make better plans, but two numbers do: they keep the plan right for people, and
//! for kinds of memory, that are not like the average.

use super::curve::Habit;
use crate::core::progress::Progress;

const STEEPNESSES: [f32; 7] = [0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0];
const HOLDS: [f32; 5] = [1.0, 0.8, 0.65, 0.5, 0.35];

/// The habits among which one is chosen.
pub const HABITS: [Habit; STEEPNESSES.len() * HOLDS.len()] = habits();

const fn habits() -> [Habit; STEEPNESSES.len() * HOLDS.len()] {
    let mut habits = [Habit::DEFAULT; STEEPNESSES.len() * HOLDS.len()];
    let mut n = 0;
    while n < habits.len() {
        habits[n] = Habit { steepness: STEEPNESSES[n % STEEPNESSES.len()], hold: HOLDS[n / STEEPNESSES.len()] };
        n += 1;
    }
    habits
}

/// So many answers back are looked at.
const ANSWERS: usize = 600;
/// The spread of each number that is taken for likely beforehand, as a standard deviation of its logarithm.
const SPREAD: f32 = 0.5;
/// The chance of guessing one of three options.
const GUESS: f32 = 1.0 / 3.0;
/// What item difficulties that nobody knows make of a logit.
const BLUR: f32 = 1.1;

/// The number of the most likely habit: the prior times the chances of her later answers.
pub fn habit(progress: &Progress) -> usize {
    let later = progress.answers.iter().rev().filter_map(|a| {
        let before = a.before?;
        if std::env::var("FIRST").is_ok() && !a.first_sight { return None; }
        Some((before.stability, a.at.day().since(before.last) as f32, a.right))
    });
    let later: Vec<(f32, f32, bool)> = later.take(ANSWERS).collect();
    let score = |habit: &Habit| {
        let prior = -0.5 * ((habit.steepness.ln() / SPREAD).powi(2) + (habit.hold.ln() / SPREAD).powi(2));
        let chance = |(stability, days, right): &(f32, f32, bool)| {
            let recall = habit.recall(*stability, *days).own.clamp(0.001, 0.999);
            let known = 1.0 / (1.0 + ((1.0 - recall) / recall).powf(1.0 / BLUR));
            let chance = GUESS + (1.0 - GUESS) * known;
            if *right { chance.ln() } else { (1.0 - chance).ln() }
        };
        prior + later.iter().map(chance).sum::<f32>()
    };
    if let Ok(g) = std::env::var("GAMMA") { return g.parse().unwrap(); }
    let scores = HABITS.map(|habit| score(&habit));
    let best = scores.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
    best.map_or(0, |(n, _)| { if std::env::var("SHOW").is_ok() { println!("g {} {} {}", progress.answers.len(), HABITS[n].steepness, HABITS[n].hold); } n })
}
