//! Hours of study to the same score, against the best tuned rival.

use crate::chance::Chance;
use crate::ours::Sitting;
use crate::rivals::Policy;
use crate::run::{Time, Who, scores};
use crate::table::Verdicts;
use crate::world::World;

const DAYS: i32 = 60;
const BUDGETS: [u16; 8] = [5, 7, 9, 11, 13, 15, 18, 22];
/// The score to be reached, in percent.
const GOAL: f64 = 85.0;
/// Ours is to need at most this part of the hours.
const RATIO: f64 = 0.9;
const RESAMPLES: usize = 1000;

/// The scores of all learners, for each budget.
type Curve = Vec<Vec<f64>>;

pub fn print(base: u64, learners: usize, verdicts: &mut Verdicts) {
    let curve = |who: Who| -> Curve {
        BUDGETS.map(|minutes| scores(World::FSRS, Time { minutes, days: DAYS }, who, base, learners)).into()
    };
    let [ours, screen] = [Sitting::Plan, Sitting::Screen].map(|sitting| curve(Who::Ours(sitting)));
    let all: Vec<usize> = (0..learners).collect();
    let rivals = Policy::spreads().map(|policy| (curve(Who::Rival(policy)), policy));
    let needed = |curve: &Curve| hours(curve, &all).unwrap_or(f64::INFINITY);
    let (theirs, policy) = rivals.min_by(|a, b| needed(&a.0).total_cmp(&needed(&b.0))).unwrap();
    let mut chance = Chance::new(base);
    let mut ratios: Vec<f64> = (0..RESAMPLES)
        .filter_map(|_| {
            let chosen: Vec<usize> = (0..learners).map(|_| chance.below(learners)).collect();
            Some(hours(&ours, &chosen)? / hours(&theirs, &chosen)?)
        })
        .collect();
    ratios.sort_by(f64::total_cmp);
    let at = |part: f64| ratios.get((part * ratios.len() as f64) as usize).copied().unwrap_or(f64::NAN);
    let ratio = needed(&ours) / needed(&theirs);
    println!("\n{}: hours to {GOAL} %, {DAYS} days", World::FSRS.name());
    println!("{:<34}{:>14.1}", "ours", needed(&ours));
    println!("{:<34}{:>14.1}", "ours, confident errors at once too", needed(&screen));
    println!("{:<34}{:>14.1}  {policy:?}", Policy::Spread(0.0, 0.0).name(), needed(&theirs));
    let bar = format!("hours to {GOAL} %: {ratio:.2} of the best tuned rival, wanted {RATIO}");
    let mark = verdicts.judge(ratio <= RATIO, &bar);
    println!("{:<34}{:>14}  {mark}", "ratio", format!("{ratio:.2} [{:.2}, {:.2}]", at(0.025), at(0.975)));
}

/// Hours at which the mean score of the chosen learners reaches the goal, between two budgets by a straight line.
fn hours(curve: &Curve, chosen: &[usize]) -> Option<f64> {
    let means: Vec<f64> =
        curve.iter().map(|s| chosen.iter().map(|n| s[*n]).sum::<f64>() / chosen.len() as f64).collect();
    let above = means.iter().position(|m| *m >= GOAL).filter(|n| *n > 0)?;
    let (low, high) = (means[above - 1], means[above]);
    let minutes = |n: usize| f64::from(BUDGETS[n]);
    let minutes = minutes(above - 1) + (GOAL - low) / (high - low) * (minutes(above) - minutes(above - 1));
    Some(minutes * f64::from(DAYS) / 60.0)
}
