//! The exam-day score of every policy in every world, with the same minutes.

use crate::ours::Sitting;
use crate::rivals::{Policy, Unit};
use crate::run::{Time, Who, scores};
use crate::table::{Verdicts, mean};
use crate::world::{Kind, World};

const TIMES: [Time; 3] =
    [Time { minutes: 15, days: 60 }, Time { minutes: 30, days: 60 }, Time { minutes: 45, days: 14 }];
/// By so many points ours is to lead FSRS at 0.9 per objective, in the FSRS-6 world at 15 minutes a day.
const LEAD: f64 = 8.0;
const PLAIN: Policy = Policy::Fsrs(Unit::Objective, 0.9);

pub fn print(base: u64, learners: usize, verdicts: &mut Verdicts) {
    for kind in Kind::ALL {
        for half in [false, true] {
            world(World { kind, half }, base, learners, verdicts);
        }
    }
}

fn world(world: World, base: u64, learners: usize, verdicts: &mut Verdicts) {
    let heads = TIMES.map(|t| format!("{:>14}", format!("{} min x {} d", t.minutes, t.days)));
    println!("\n{:<34}{}", world.name(), heads.join("  "));
    let [ours, screen] =
        [Sitting::Plan, Sitting::Screen].map(|s| TIMES.map(|time| scores(world, time, Who::Ours(s), base, learners)));
    row("ours", &ours);
    row("ours, confident errors at once too", &screen);
    let mut rivals: Vec<[Vec<f64>; 3]> = vec![];
    for policy in
        [Policy::Random, Policy::WrongFirst, Policy::Leitner, Policy::Sm2, Policy::Fsrs(Unit::Item, 0.9), PLAIN]
    {
        let theirs = TIMES.map(|time| scores(world, time, Who::Rival(policy), base, learners));
        row(&policy.name(), &theirs);
        if policy == PLAIN && world == World::FSRS {
            let (lead, _) = mean(&difference(&ours[0], &theirs[0]));
            let bar = format!("{}: {lead:.1} points before {}, wanted {LEAD}", world.name(), policy.name());
            verdicts.judge(lead >= LEAD, &bar);
        }
        rivals.push(theirs);
    }
    let tuned = TIMES.map(|time| tuned(world, time, base, learners));
    rivals.push(tuned.clone().map(|(scores, _)| scores));
    row(&Policy::Spread(0.0, 0.0).name(), &tuned.clone().map(|(scores, _)| scores));
    println!("{:<34}{}", "  its retention, part of the days", tuned.map(|(_, how)| format!("{how:>14}")).join("  "));
    let leads = [0, 1, 2].map(|t| {
        let best = rivals.iter().max_by(|a, b| mean(&a[t]).0.total_cmp(&mean(&b[t]).0)).unwrap();
        difference(&ours[t], &best[t])
    });
    let marks = [0, 1, 2].map(|t| {
        let (lead, range) = mean(&leads[t]);
        let Time { minutes, days } = TIMES[t];
        let bar = format!("{}, {minutes} min x {days} d: {lead:+.1} ±{range:.1} to the best rival", world.name());
        format!("{:>14}", verdicts.judge(lead > range, &bar))
    });
    row("ours before the best of them", &leads);
    println!("{:<34}{}", "", marks.join("  "));
}

/// The setting of new cards spread that does best for these very learners: more than anybody could know beforehand.
fn tuned(world: World, time: Time, base: u64, learners: usize) -> (Vec<f64>, String) {
    let tried = Policy::spreads().map(|policy| (scores(world, time, Who::Rival(policy), base, learners), policy));
    let (best, policy) = tried.max_by(|a, b| mean(&a.0).0.total_cmp(&mean(&b.0).0)).unwrap();
    let Policy::Spread(retention, part) = policy else { return (best, String::new()) };
    (best, format!("{retention}, {part}"))
}

fn difference(ours: &[f64], theirs: &[f64]) -> Vec<f64> {
    ours.iter().zip(theirs).map(|(a, b)| a - b).collect()
}

fn row(name: &str, figures: &[Vec<f64>; 3]) {
    let cell = |scores: &Vec<f64>| {
        let (mean, range) = mean(scores);
        format!("{:>14}", format!("{mean:.1} ±{range:.1}"))
    };
    println!("{name:<34}{}", figures.each_ref().map(cell).join("  "));
}
