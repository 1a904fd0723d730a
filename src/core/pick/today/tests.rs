//! What is told before a sitting is what the sitting then does.

use super::*;
use crate::core::confidence::Confidence;
use crate::core::draw::Draw;
use crate::core::event::Fact;
use crate::core::library::Library;
use crate::core::pick::sibling;
use crate::core::sample;
use crate::core::settings::Setting;
use crate::core::study::Study;
use std::collections::BTreeSet;

const EXAM: i64 = 40;

fn learner(exam: Option<i64>) -> Progress {
    let mut progress = sample::learner();
    let date = exam.map(|day| sample::day(day).date());
    for setting in [Setting::Reserve(0), Setting::MinutesPerDay(15), Setting::ExamDate(date)] {
        progress.evolve(&sample::event(Fact::Set(setting), 0));
    }
    progress
}

/// Studies on a day until its minutes are reached; every third answer is wrong.
fn study(progress: &mut Progress, day: i64) {
    let library = sample::library();
    while let Next::Sitting(next) = Today::planned(&library, progress, sample::day(day)).next {
        let tasks = todays_plan(&library, progress, sample::day(day), next.questions());
        for (n, task) in tasks.iter().enumerate() {
            let item = sibling(&library, progress, &task.objective, &BTreeSet::new(), &mut Draw::new(1)).unwrap();
            progress.evolve(&sample::answer(&library, item.item.id.as_str(), n % 3 > 0, None, day));
        }
    }
}

/// The sitting that Enter begins on that day; it must be the one that is told.
fn agreed(progress: &Progress, day: i64) -> (Sitting, String) {
    let (library, day) = (sample::library(), sample::day(day));
    let today = Today::planned(&library, progress, day);
    let Next::Sitting(told) = &today.next else { panic!("{today:?}") };
    let (_, count) = next_sitting(progress, day);
    for chance in [1, 2] {
        let scope = Scope::default();
        let seed = seed_of(&scope, progress, day, chance);
        let study = Study::begin("s".into(), &library, progress, &scope, day, count, seed);
        let asked = study.question.as_ref().unwrap();
        assert_eq!((&asked.shown.objective, asked.reason), (&told.first, told.reason));
        assert_eq!(study.planned(), told.questions());
    }
    let topic = &library.objective(&told.first).unwrap().0.title;
    let words = today.words("Enter", true);
    assert!(words.ends_with(&format!(" First: {topic}; {}.", told.reason.words(day))), "{words}");
    assert!(
        words.starts_with(&today.words("Enter", false)) && !today.words("Enter", false).contains("First"),
        "{words}"
    );
    (told.clone(), words)
}

#[test]
fn the_first_sitting_of_all_is_told_as_it_is_asked() {
    for exam in [None, Some(EXAM)] {
        let (told, words) = agreed(&learner(exam), 0);
        assert_eq!((told.minutes, told.back, told.new, told.reason), (15, 0, 16, Reason::New));
        assert!(words.starts_with("Enter begins today's study: about 15 minutes, 16 questions. First: "), "{words}");
    }
}

#[test]
fn people_begin_with_different_rules() {
    let first: BTreeSet<_> = (0..8).map(|_| agreed(&learner(None), 0).0.first).collect();
    assert!(first.len() > 1, "{first:?}");
}

#[test]
fn what_comes_back_is_told_as_it_is_asked() {
    for exam in [None, Some(EXAM)] {
        let mut progress = learner(exam);
        for day in 0..5 {
            study(&mut progress, day);
        }
        let (told, _) = agreed(&progress, 5);
        assert!(told.back > 0 && told.minutes <= 15, "{told:?}");
        assert_eq!(told.reason, Reason::Missed(sample::day(4)));
    }
}

#[test]
fn a_confident_error_is_told_with_its_day() {
    let library = sample::library();
    for exam in [None, Some(EXAM)] {
        let mut progress = learner(exam);
        for n in 1..=12 {
            let confidence = if n == 8 { Confidence::Sure } else { Confidence::Leaning };
            let item = format!("ethics-{:04}", n * 3);
            progress.evolve(&sample::answer(&library, &item, n % 4 > 0, Some(confidence), 0));
        }
        let (_, words) = agreed(&progress, 1);
        assert!(words.ends_with("First: Ethics; you were sure and wrong yesterday."), "{words}");
    }
}

/// Nine days away leave no debt: what is told, and done, is a day's minutes.
#[test]
fn missed_days_ask_for_no_more_than_a_day() {
    for exam in [None, Some(EXAM)] {
        let mut progress = learner(exam);
        for day in 0..8 {
            study(&mut progress, day);
        }
        let (told, words) = agreed(&progress, 17);
        assert!(told.minutes <= 15 && told.questions() <= questions_in(&progress, 15), "{told:?}");
        assert!(words.starts_with("Enter begins today's study: about 15 minutes, "), "{words}");
        study(&mut progress, 17);
        let minutes = minutes_studied(&progress, sample::day(17));
        assert!((15.0..16.0).contains(&minutes), "{minutes}");
    }
}

#[test]
fn within_a_day_the_rest_is_told_and_then_that_it_is_done() {
    let library = sample::library();
    for exam in [None, Some(EXAM)] {
        let mut progress = learner(exam);
        for day in 0..3 {
            study(&mut progress, day);
        }
        for item in ["ethics-0001", "ethics-0004", "ethics-0007"] {
            progress.evolve(&sample::answer(&library, item, true, None, 3));
        }
        let (told, words) = agreed(&progress, 3);
        let head = format!("2 of about 15 minutes done today. Enter goes on with {} questions. ", told.questions());
        assert!(words.starts_with(&head) && told.minutes == 13, "{words}");
        study(&mut progress, 3);
        let today = Today::planned(&library, &progress, sample::day(3));
        let Next::Over(Some(Beyond { back_tomorrow: Some(back), more: true })) = today.next else {
            panic!("{today:?}")
        };
        assert_eq!(
            today.words("Enter", true),
            format!("Done for today. {back} rules come back tomorrow. Enter goes on, if you like.")
        );
        assert!(back > 1 && agreed(&progress, 4).0.back == back, "{back}");
    }
}

/// A sitting has three questions at least, and then it takes longer than what is left of the day.
#[test]
fn a_sitting_at_the_end_of_a_day_is_told_as_long_as_it_is() {
    let library = sample::library();
    for exam in [None, Some(EXAM)] {
        let mut progress = learner(exam);
        progress.evolve(&sample::event(Fact::Set(Setting::MinutesPerDay(10)), 0));
        for n in 0..14 {
            progress.evolve(&sample::answer(&library, &format!("ethics-{:04}", n * 3 + 1), true, None, 0));
        }
        assert_eq!(next_sitting(&progress, sample::day(0)), (1, 3), "9 of 10 minutes are done");
        let (told, _) = agreed(&progress, 0);
        assert_eq!((told.questions(), told.minutes), (3, 2), "three times 40 seconds");
    }
}

#[test]
fn the_last_days_are_told_as_short_as_they_are() {
    let mut progress = learner(Some(EXAM));
    study(&mut progress, EXAM - 5);
    study(&mut progress, EXAM - 4);
    let minutes = |ahead: i64| agreed(&progress, EXAM - ahead).0.minutes;
    assert_eq!([minutes(3), minutes(2), minutes(1)], [15, 13, 11]);
    study(&mut progress, EXAM - 1);
    let words = Today::planned(&sample::library(), &progress, sample::day(EXAM - 1)).words("Enter", true);
    assert_eq!(words, "Done for today. Enter goes on, if you like.", "what the day of the exam brings is not foretold");
}

#[test]
fn nothing_left_and_nothing_planned_are_told_too() {
    let progress = learner(None);
    let none = Library::new(sample::library().reference);
    let words = |today: Today| today.words("Enter", true);
    let day = sample::day(0);
    assert_eq!(
        words(Today::planned(&none, &progress, day)),
        "Nothing is due today, and no rule is new. Practice and a mock exam are there, if you like."
    );
    assert_eq!(words(Today::unplanned(&progress, day)), "Enter begins today's study.");
    assert_eq!(Today::unplanned(&progress, day).words("s", true), "s begins today's study.");
}

/// All sixty rules of the sample answered on one day, in forty minutes.
#[test]
fn where_every_rule_was_asked_no_key_is_said_to_go_on() {
    let library = sample::library();
    let day = sample::day(0);
    for exam in [None, Some(EXAM)] {
        for wished in [60, 15] {
            let mut progress = learner(exam);
            progress.evolve(&sample::event(Fact::Set(Setting::MinutesPerDay(wished)), 0));
            for (_, objective) in library.objectives() {
                progress.evolve(&sample::answer(&library, objective.items[0].id.as_str(), true, None, 0));
            }
            let (_, count) = next_sitting(&progress, day);
            assert!(todays_plan(&library, &progress, day, count).is_empty());
            let words = Today::planned(&library, &progress, day).words("Enter", true);
            let head = if wished == 60 {
                "40 of about 60 minutes done today. Nothing more is due today, and no rule is new."
            } else {
                "Done for today. "
            };
            assert!(words.starts_with(head), "{words}");
            assert!(!words.contains("Enter") && words.contains("Practice and a mock exam are there"), "{words}");
            assert_eq!(Today::unplanned(&progress, day).words("Enter", true).contains("Done"), wished == 15);
        }
    }
}
