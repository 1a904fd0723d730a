//! What a sitting must hold to.

use super::*;
use crate::core::bank::{BANK_FORMAT, BankFile};
use crate::core::event::{ExamId, ExamLength, ExamStarted, Fact, FormItem, ObjectiveWanted, SectionForm};
use crate::core::form::shown;
use crate::core::library::Origin;
use crate::core::sample;
use crate::core::settings::{Setting, TimeFactor};

fn plan_for(progress: &Progress, scope: &Scope, on: i64, count: usize) -> Vec<Task> {
    plan(&sample::library(), progress, scope, sample::day(on), count, 9)
}

#[test]
fn the_first_sitting_is_new_rules_spread_over_the_areas() {
    let library = sample::library();
    let tasks = plan_for(&Progress::default(), &Scope::default(), 0, 12);
    assert_eq!(tasks.len(), 12);
    assert!(tasks.iter().all(|t| t.reason == Reason::New));
    let mut counts = [0; 3];
    for task in &tasks {
        let (_, objective) = library.objective(&task.objective).unwrap();
        let statement = library.examined_as(objective, Category::Clinical).unwrap();
        counts[library.outline().area_index(&statement.area).unwrap()] += 1;
    }
    assert!(counts.iter().all(|c| *c >= 3), "{counts:?}");
}

#[test]
fn due_rules_come_first_and_new_ones_are_never_starved() {
    let library = sample::library();
    let known: Vec<_> = library
        .objectives()
        .take(40)
        .map(|(_, o)| sample::answer(&library, o.items[0].id.as_str(), true, None, 0))
        .collect();
    let progress = Progress::replay(&known);
    let tasks = plan_for(&progress, &Scope::default(), 200, 15);
    let new = tasks.iter().filter(|t| t.reason == Reason::New).count();
    assert_eq!((tasks[0].reason, new, tasks.len()), (Reason::Due, 5, 15));
}

#[test]
fn what_was_wrong_while_sure_is_due_first() {
    let library = sample::library();
    let events = [
        sample::answer(&library, "ethics-0001", false, None, 0),
        sample::answer(&library, "ethics-0004", false, Some(Confidence::Sure), 0),
        sample::answer(&library, "ethics-0007", true, None, 0),
    ];
    let progress = Progress::replay(&events);
    let due = due(&library, &progress, &Scope::default(), sample::day(30));
    let sure = library.item(&"ethics-0004".into()).unwrap().objective.id.clone();
    assert_eq!(due.len(), 3);
    assert_eq!(due[0], &sure);
}

/// What she sent to study comes before all else and says why, known or new, and never twice.
#[test]
fn what_was_asked_for_comes_first() {
    let library = sample::library();
    let rule = |item: &str| library.item(&item.into()).unwrap().objective.id.clone();
    let want =
        |item: &str| sample::event(Fact::ObjectiveWanted(ObjectiveWanted { objective: rule(item), on: true }), 1);
    let events = [
        sample::answer(&library, "ethics-0001", false, Some(Confidence::Sure), 0),
        sample::answer(&library, "ethics-0004", true, Some(Confidence::Sure), 0),
        want("ethics-0004"),
        want("ethics-0007"),
    ];
    let tasks = plan_for(&Progress::replay(&events), &Scope::default(), 1, 60);
    let first: Vec<_> = tasks.iter().filter(|t| t.reason == Reason::Wanted).map(|t| &t.objective).collect();
    assert_eq!(first, [&rule("ethics-0007"), &rule("ethics-0004")]);
    assert_eq!((tasks[0].reason, tasks[1].reason), (Reason::Wanted, Reason::Wanted));
    let all: BTreeSet<_> = tasks.iter().map(|t| &t.objective).collect();
    assert_eq!(all.len(), tasks.len(), "no rule twice");
    let error = Reason::SureAndWrong(sample::day(0));
    assert!(tasks.iter().any(|t| t.objective == rule("ethics-0001") && t.reason == error));
    let exam = sample::event(Fact::Set(Setting::ExamDate(Some(sample::day(20).date()))), 0);
    let planned = plan_for(&Progress::replay(&[&events[..], &[exam]].concat()), &Scope::default(), 1, 60);
    let same = |t: &Task| first.contains(&&t.objective) && t.reason == Reason::Wanted;
    assert!(planned[..2].iter().all(same), "the plan for an exam keeps to it: {:?}", &planned[..2]);
    assert!(planned.iter().any(|t| t.reason == error));
}

#[test]
fn nothing_is_due_on_the_day_it_was_answered() {
    let library = sample::library();
    let progress = Progress::replay(&[sample::answer(&library, "ethics-0001", false, None, 0)]);
    assert!(due(&library, &progress, &Scope::default(), sample::day(0)).is_empty());
    assert_eq!(due(&library, &progress, &Scope::default(), sample::day(1)).len(), 1);
}

#[test]
fn no_more_than_two_of_one_topic_in_a_row_while_others_are_at_hand() {
    let tasks = plan_for(&Progress::default(), &Scope::default(), 0, 30);
    for window in tasks.windows(3) {
        let topics: Vec<_> = window.iter().map(|t| t.objective.topic()).collect();
        assert!(topics.iter().any(|t| *t != topics[0]), "{topics:?}");
    }
}

#[test]
fn practice_gives_what_was_asked_for() {
    let library = sample::library();
    let events = [
        sample::answer(&library, "ethics-0001", false, None, 0),
        sample::answer(&library, "ethics-0002", true, Some(Confidence::Guessing), 0),
        sample::answer(&library, "ethics-0003", true, None, 0),
    ];
    let progress = Progress::replay(&events);
    let of = |which| {
        let scope = Scope { topics: vec!["ethics".into()], which, ..Scope::default() };
        plan_for(&progress, &scope, 0, 100).into_iter().filter_map(|t| t.item).collect::<Vec<_>>()
    };
    assert_eq!(of(Which::Missed), ["ethics-0001".into()]);
    assert_eq!(of(Which::Guessed), ["ethics-0002".into()]);
    assert_eq!(of(Which::Flagged), []);
    assert_eq!(of(Which::All).len(), 60);
    assert_eq!(of(Which::Unseen).len(), 57);
}

#[test]
fn each_chosen_rule_is_asked_once() {
    let library = sample::library();
    let objectives: Vec<_> = library.objectives().take(4).map(|(_, o)| o.id.clone()).collect();
    let scope = Scope { objectives: objectives.clone(), which: Which::Rules, ..Scope::default() };
    let tasks = plan_for(&Progress::default(), &scope, 0, 100);
    assert!(tasks.iter().all(|t| t.item.is_none() && t.reason == Reason::Chosen));
    let asked: BTreeSet<_> = tasks.iter().map(|t| t.objective.clone()).collect();
    assert_eq!((tasks.len(), asked), (4, objectives.into_iter().collect()));
    assert_eq!(plan_for(&Progress::default(), &scope, 0, 3).len(), 3);
}

/// A sitting that plans it would silently be one question shorter.
#[test]
fn a_rule_without_a_question_to_ask_is_not_planned() {
    let all = sample::library();
    let mut objectives = all.topics()[0].objectives[..2].to_vec();
    objectives[0].items.iter_mut().for_each(|i| i.categories = vec![Category::Bachelors]);
    let [unfit, fit] = [0, 1].map(|n| objectives[n].id.clone());
    let firsts = [0, 1].map(|n| objectives[n].items[0].id.clone());
    let mut bank = Library::new(all.reference.clone());
    let file = BankFile { format: BANK_FORMAT.into(), topic: "ethics".into(), title: "Ethics".into(), objectives };
    assert!(bank.add(file, Origin::Shipped).is_empty());
    let fresh = plan(&bank, &Progress::default(), &Scope::default(), sample::day(0), 9, 1);
    assert_eq!(fresh.iter().map(|t| &t.objective).collect::<Vec<_>>(), [&fit]);
    let known = firsts.map(|id| sample::answer(&bank, id.as_str(), true, None, 0));
    let mut progress = Progress::replay(&known);
    assert_eq!(due(&bank, &progress, &Scope::default(), sample::day(99)), [&fit]);
    assert!(exhausted(&bank, &progress, &unfit), "no question that suits her is unseen");
    assert!(!exhausted(&bank, &progress, &fit));
    // Every question of the other rule waits in an exam.
    let items = bank.items().filter(|i| i.objective.id == fit).map(|i| FormItem {
        shown: shown(&i, &mut Draw::new(1)),
        statement: i.objective.statements[0].clone(),
        scored: true,
    });
    let exam = ExamStarted {
        exam: ExamId("x".into()),
        name: None,
        category: progress.settings.category,
        length: ExamLength::Items(3),
        time: TimeFactor::Standard,
        seed: 1,
        break_ms: 0,
        extra_breaks: 0,
        strict: false,
        sections: vec![SectionForm { limit_ms: None, items: items.collect() }],
    };
    progress.evolve(&sample::event(Fact::ExamStarted(exam), 1));
    assert!(due(&bank, &progress, &Scope::default(), sample::day(99)).is_empty());
}

#[test]
fn siblings_rotate_unseen_first() {
    let library = sample::library();
    let objective = library.item(&"ethics-0001".into()).unwrap().objective.id.clone();
    let mut events = vec![sample::event(Fact::Set(Setting::Reserve(0)), 0)];
    let mut order = vec![];
    for day in 0..6 {
        let progress = Progress::replay(&events);
        let next = sibling(&library, &progress, &objective, &BTreeSet::new(), &mut Draw::new(day)).unwrap();
        order.push(next.item.id.clone());
        events.push(sample::answer(&library, next.item.id.as_str(), true, None, day as i64));
    }
    assert_eq!(BTreeSet::from_iter(&order[..3]).len(), 3, "each sibling once before any twice");
    assert_eq!(order[..3], order[3..], "then the one seen longest ago");
    assert!(exhausted(&library, &Progress::replay(&events), &objective));
}

#[test]
fn minutes_become_questions_at_her_own_pace() {
    assert_eq!(questions_in(&Progress::default(), 20), 22);
    assert_eq!(questions_in(&Progress::default(), 0), 3);
    let library = sample::library();
    let events: Vec<_> = (1..=12).map(|n| sample::answer(&library, &format!("ethics-{n:04}"), true, None, 0)).collect();
    // Each took 20 seconds to answer, and about as long to read.
    assert_eq!(questions_in(&Progress::replay(&events), 20), 30);
}

#[test]
fn a_drill_asks_only_questions_that_set_the_trap() {
    let library = sample::library();
    let progress = Progress::default();
    let count = |trap: &str| {
        let scope = Scope { traps: vec![trap.into()], which: Which::All, ..Scope::default() };
        practice_items(&library, &progress, &scope).count()
    };
    let all = practice_items(&library, &progress, &Scope::default()).count();
    assert_eq!((count("acts-too-soon"), count("no-such-trap")), (all, 0));
}

/// Who leaves a sitting before a rule came back that she was sure and wrong about finds it first on the same day.
#[test]
fn what_is_owed_of_today_comes_first() {
    let library = sample::library();
    let wrong = |item| sample::answer(&library, item, false, Some(Confidence::Sure), 0);
    let owed = library.item(&"ethics-0004".into()).unwrap().objective.id.clone();
    for exam in [None, Some("2026-12-20".parse().unwrap())] {
        let mut progress = Progress::replay(&[wrong("ethics-0004")]);
        progress.settings.exam_date = exam;
        let tasks = plan_for(&progress, &Scope::default(), 0, 8);
        assert_eq!((&tasks[0].objective, tasks[0].reason), (&owed, Reason::SureAndWrong(sample::day(0))));
        assert_eq!((tasks.len(), tasks.iter().filter(|t| t.objective == owed).count()), (8, 1));
        let elsewhere = Scope { objectives: vec![tasks[1].objective.clone()], ..Scope::default() };
        assert!(plan_for(&progress, &elsewhere, 0, 8).iter().all(|t| t.objective != owed));
        let mut progress =
            Progress::replay(&[wrong("ethics-0004"), sample::answer(&library, "ethics-0004", true, None, 0)]);
        progress.settings.exam_date = exam;
        assert_ne!(plan_for(&progress, &Scope::default(), 0, 8)[0].objective, owed, "it came back, and was right");
    }
}

/// Also of what is owed, no more than two come in a row from one topic.
#[test]
fn what_is_owed_is_mixed_with_other_topics() {
    let library = sample::library();
    let wrong = |item| sample::answer(&library, item, false, Some(Confidence::Sure), 0);
    for exam in [None, Some("2026-12-20".parse().unwrap())] {
        let mut progress = Progress::replay(&["ethics-0001", "ethics-0004", "ethics-0007"].map(wrong));
        progress.settings.exam_date = exam;
        let tasks = plan_for(&progress, &Scope::default(), 0, 8);
        let topics: Vec<_> = tasks.iter().map(|t| t.objective.topic()).collect();
        assert!(topics.windows(3).all(|t| t[0] != t[1] || t[1] != t[2]), "{topics:?}");
        assert_eq!(tasks.iter().filter(|t| t.reason == Reason::SureAndWrong(sample::day(0))).count(), 3);
    }
}
