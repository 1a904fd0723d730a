//! What a plan must hold to.

use super::*;
use crate::core::bank::{Category, ItemId};
use crate::core::confidence::Confidence;
use crate::core::event::Fact;
use crate::core::pick::{plan, questions_in, sibling};
use crate::core::sample;
use crate::core::settings::Setting;
use std::collections::{BTreeMap, BTreeSet};

const EXAM: i64 = 20;

fn learner(exam: Option<i64>) -> Progress {
    let mut progress = sample::learner();
    set(&mut progress, Setting::ExamDate(exam.map(|day| sample::day(day).date())));
    set(&mut progress, Setting::MinutesPerDay(15));
    progress
}

fn set(progress: &mut Progress, setting: Setting) {
    progress.evolve(&sample::event(Fact::Set(setting), 0));
}

fn plan_on(progress: &Progress, day: i64, count: usize, seed: u64) -> Vec<Task> {
    plan(&sample::library(), progress, &Scope::default(), sample::day(day), count, seed)
}

/// A day of study by the plan; two answers of three are right. Gives what was asked.
fn study(progress: &mut Progress, day: i64) -> Vec<Task> {
    let library = sample::library();
    let tasks = plan_on(progress, day, questions_in(progress, 15), 3);
    for (n, task) in tasks.iter().enumerate() {
        let item = sibling(&library, progress, &task.objective, &BTreeSet::new(), &mut Draw::new(1)).unwrap();
        progress.evolve(&sample::answer(&library, item.item.id.as_str(), n % 3 > 0, None, day));
    }
    tasks
}

fn areas(tasks: &[Task]) -> BTreeMap<usize, usize> {
    let library = sample::library();
    let mut areas = BTreeMap::new();
    for task in tasks {
        let area = area_of(&library, library.objective(&task.objective).unwrap().1, Category::Clinical).unwrap();
        *areas.entry(area).or_default() += 1;
    }
    areas
}

#[test]
fn every_rule_is_met_before_the_taper() {
    // Sixty rules in ten days of nine minutes, and in thirty of very little time.
    for (exam, minutes) in [(10, 9), (30, 4)] {
        let mut progress = learner(Some(exam));
        set(&mut progress, Setting::MinutesPerDay(minutes));
        let library = sample::library();
        for day in 0..exam {
            let tasks = plan_on(&progress, day, questions_in(&progress, minutes), 3);
            if exam - day <= 2 {
                let all = library.objectives().count();
                assert_eq!(progress.objectives().len(), all, "not all met {} days before", exam - day);
            }
            for task in tasks {
                let item = sibling(&library, &progress, &task.objective, &BTreeSet::new(), &mut Draw::new(1)).unwrap();
                progress.evolve(&sample::answer(&library, item.item.id.as_str(), false, None, day));
            }
        }
    }
}

#[test]
fn the_last_two_days_are_short_and_the_last_is_for_what_is_known() {
    let mut progress = learner(Some(EXAM));
    for day in 0..3 {
        study(&mut progress, day);
    }
    let all = plan_on(&progress, EXAM - 3, 12, 1).len();
    let last_but_one = plan_on(&progress, EXAM - 2, 12, 1);
    let last = plan_on(&progress, EXAM - 1, 12, 1);
    assert_eq!((all, last_but_one.len(), last.len()), (12, 10, 8));
    assert!(plan_on(&progress, EXAM - 3, 12, 1).iter().any(|t| t.reason == Reason::New), "new rules are left");
    for task in &last {
        let known = progress.objective(&task.objective);
        assert!(known.is_some_and(|k| k.right > 0), "{task:?}");
    }
    assert!(!plan_on(&learner(Some(1)), 0, 12, 1).is_empty(), "who begins on the last day is not sent away");
}

/// A week and more away leaves no debt: the next sitting is as long as any.
#[test]
fn missed_days_are_planned_anew() {
    let mut progress = learner(Some(40));
    for day in 0..8 {
        study(&mut progress, day);
    }
    let count = questions_in(&progress, 15);
    let tasks = study(&mut progress, 17);
    assert!(tasks.len() <= count && tasks.len() >= count - 1, "{} of {count}", tasks.len());
    let minutes = crate::core::stats::minutes_studied(&progress, sample::day(17));
    assert!(minutes <= 15.5, "{minutes}");
}

#[test]
fn the_same_seed_gives_the_same_plan() {
    let mut progress = learner(Some(EXAM));
    study(&mut progress, 0);
    let plans = [7, 7, 8].map(|seed| plan_on(&progress, 2, 15, seed));
    assert_eq!(plans[0], plans[1]);
    assert_ne!(plans[0], plans[2]);
}

#[test]
fn without_a_date_and_after_it_what_is_due_decides() {
    let mut progress = learner(None);
    for day in 0..3 {
        study(&mut progress, day);
    }
    let without = plan_on(&progress, 9, 15, 5);
    let library = sample::library();
    let due = crate::core::pick::due(&library, &progress, &Scope::default(), sample::day(9));
    assert_eq!(&without[0].objective, due[0]);
    assert!(without.iter().filter(|t| t.reason != Reason::New).all(|t| due.contains(&&t.objective)));
    set(&mut progress, Setting::ExamDate(Some(sample::day(8).date())));
    assert_eq!(plan_on(&progress, 9, 15, 5), without);
    set(&mut progress, Setting::ExamDate(Some(sample::day(60).date())));
    assert_ne!(plan_on(&progress, 9, 15, 5), without);
}

#[test]
fn a_confident_error_comes_first_the_next_day_and_says_why() {
    let library = sample::library();
    let mut progress = learner(Some(EXAM));
    for n in 1..=12 {
        let item = ItemId(format!("ethics-{:04}", n * 3));
        let confidence = if n == 8 { Confidence::Sure } else { Confidence::Leaning };
        progress.evolve(&sample::answer(&library, item.as_str(), n % 4 > 0, Some(confidence), 0));
    }
    let tasks = plan_on(&progress, 1, 12, 1);
    let sure = &library.item(&"ethics-0024".into()).unwrap().objective.id;
    assert_eq!((&tasks[0].objective, tasks[0].reason), (sure, Reason::SureAndWrong(sample::day(0))));
    assert_eq!(tasks[0].reason.words(sample::day(1)), "you were sure and wrong yesterday");
    let today = plan_on(&progress, 0, 12, 1);
    assert_eq!((&today[0].objective, today[0].reason), (sure, Reason::SureAndWrong(sample::day(0))));
    assert!(today[1..].iter().all(|t| t.reason == Reason::New), "nothing else twice on one day");
}

#[test]
fn time_goes_where_the_points_are() {
    let library = sample::library();
    let mut progress = learner(Some(EXAM));
    for item in library.items().step_by(3) {
        progress.evolve(&sample::answer(&library, item.item.id.as_str(), false, None, 0));
    }
    let even = areas(&plan_on(&progress, 5, 20, 1));
    // A real exam that was lost in the second area alone.
    let count = |right| crate::core::event::Count { right, of: 40 };
    let result = crate::core::event::RealResult {
        date: sample::day(0).date(),
        category: Category::Clinical,
        passed: false,
        areas: [("I", 40), ("II", 5), ("III", 40)].map(|(code, right)| (code.to_owned(), count(right))).into(),
    };
    progress.evolve(&sample::event(Fact::RealResult(result), 1));
    let leaning = areas(&plan_on(&progress, 5, 20, 1));
    assert!(leaning.get(&1) > even.get(&1), "{even:?} {leaning:?}");
}

#[test]
fn more_time_lowers_the_price() {
    let table = Table::new(60, Steepness(1.0));
    let card = Card::known(State { stability: 2.0, difficulty: 6.0 }, 3, 60, Steepness(1.0));
    let shares = |count| [Share { card: &card, weight: 1.0, count }];
    let price = |seconds| balance(&table, &shares(100.0), seconds);
    assert!(price(60_000.0) < price(20_000.0) && price(20_000.0) < price(5_000.0));
}
