use super::*;
use crate::core::confidence::Confidence;
use crate::core::event::{Fact, RealResult};
use crate::core::library::Library;
use crate::core::sample;
use crate::core::settings::Setting;

/// So many first answers, one question of each rule and then another, right where `right` says so.
fn lived(answers: usize, right: impl Fn(usize) -> bool) -> (Library, Progress) {
    lived_saying(answers, right, |_| None)
}

/// The same with what she says of how sure she is.
fn lived_saying(
    answers: usize,
    right: impl Fn(usize) -> bool,
    says: impl Fn(usize) -> Option<Confidence>,
) -> (Library, Progress) {
    let library = sample::library();
    let mut progress = Progress::default();
    let sibling = |m: usize| library.items().skip(m).step_by(3).map(|i| i.item.id.clone());
    let items = sibling(0).chain(sibling(1));
    for (n, id) in items.take(answers).enumerate() {
        progress.evolve(&sample::answer(&library, id.as_str(), right(n), says(n), n as i64 / 20));
    }
    (library, progress)
}

#[test]
fn a_question_seen_before_moves_nothing() {
    let (library, mut progress) = lived(90, |n| n % 4 > 0);
    let before = readiness(&library, &progress, sample::day(6));
    assert!(before.estimate.is_some());
    for right in [true, false] {
        for item in ["ethics-0001", "ethics-0004"] {
            progress.evolve(&sample::answer(&library, item, right, None, 5));
        }
        assert_eq!(readiness(&library, &progress, sample::day(6)), before);
    }
    progress.evolve(&sample::answer(&library, "ethics-0060", true, None, 5));
    let after = readiness(&library, &progress, sample::day(6));
    assert!(after != before && after.first_sight == 91, "a new question does");
}

#[test]
fn more_right_answers_raise_the_score_and_every_chance() {
    let of = |every: usize| {
        let (library, progress) = lived(100, |n| n % every > 0);
        readiness(&library, &progress, sample::day(6)).estimate.unwrap()
    };
    let (worse, better) = (of(2), of(5));
    assert!(worse.score + 5.0 < better.score, "{worse:?} {better:?}");
    assert_eq!(better.chances.iter().map(|c| c.mark).collect::<Vec<_>>(), [66, 72, 78]);
    for (a, b) in worse.chances.iter().zip(&better.chances) {
        assert!(a.chance < b.chance && b.low <= b.chance && b.chance <= b.high);
    }
    assert!(better.chances.windows(2).all(|c| c[0].chance > c[1].chance));
    assert!(f64::from(better.low) < better.score && better.score < f64::from(better.high) && better.out_of == 110);
}

#[test]
fn to_say_the_same_of_every_answer_moves_little() {
    let of = |says: Option<Confidence>| {
        let (library, progress) = lived_saying(120, |n| n * 7919 % 101 < 66, |_| says);
        readiness(&library, &progress, sample::day(6)).today.unwrap()
    };
    let silent = of(None);
    for always in Confidence::ALL {
        let same = of(Some(always));
        assert!((same.score - silent.score).abs() < 4.0, "{always:?}: {same:?} {silent:?}");
    }
}

#[test]
fn below_fifty_answers_there_is_no_number_but_a_reason() {
    let (library, progress) = lived(49, |_| true);
    let said = readiness(&library, &progress, sample::day(4));
    assert_eq!((said.estimate.as_ref(), said.today.as_ref(), said.first_sight), (None, None, 49));
    assert!(said.words().contains("1 more new question answered"), "{}", said.words());
    assert!(said.narrowing.is_none() && said.areas.iter().all(|a| a.share.is_none()));
    let (library, progress) = lived(50, |_| true);
    assert!(readiness(&library, &progress, sample::day(4)).estimate.is_some());
}

#[test]
fn an_area_never_met_forbids_a_number_and_is_named() {
    let library = sample::library();
    let mut progress = Progress::default();
    let known = |i: &crate::core::library::ItemRef<'_>| {
        library.examined_as(i.objective, progress.settings.category).unwrap().area != "II"
    };
    let ids: Vec<_> = library.items().filter(known).map(|i| i.item.id.clone()).collect();
    for id in &ids {
        progress.evolve(&sample::answer(&library, id.as_str(), true, None, 0));
    }
    let said = readiness(&library, &progress, sample::day(1));
    assert!(said.estimate.is_none() && said.first_sight > 100);
    assert!(said.words().contains("Assessment and Planning") && !said.words().contains("The bank"), "{}", said.words());
}

#[test]
fn the_exam_day_counts_forgetting_and_is_said_to() {
    let (library, mut progress) = lived(110, |n| n % 3 > 0);
    let date = sample::day(60).date();
    progress.settings.apply(&Setting::ExamDate(Some(date)));
    let said = readiness(&library, &progress, sample::day(6));
    let (then, now) = (said.estimate.clone().unwrap(), said.today.clone().unwrap());
    assert!(said.for_exam_day && then.day == date.to_string() && then.score < now.score + 0.5, "{then:?} {now:?}");
    assert!(said.words().contains("if nothing more is studied until then"), "{}", said.words());
    assert!(said.narrowing_words().unwrap().starts_with("Twenty more new questions of area"));
}

#[test]
fn the_area_with_fewest_answers_would_narrow_most() {
    let library = sample::library();
    let mut progress = Progress::default();
    let mut of_third = 0;
    for (n, item) in library.items().enumerate() {
        let area = &library.examined_as(item.objective, progress.settings.category).unwrap().area;
        let day = (n % 3 * 4) as i64;
        of_third += usize::from(area == "III");
        if area != "III" || of_third <= 3 {
            progress.evolve(&sample::answer(&library, item.item.id.as_str(), n % 2 == 0, None, day));
        }
    }
    let narrowing = readiness(&library, &progress, sample::day(12)).narrowing.unwrap();
    assert!(narrowing.code == "III" && narrowing.points > 0.0, "{narrowing:?}");
}

#[test]
fn a_forecast_of_an_earlier_day_is_that_of_the_log_as_it_stood() {
    let (library, progress) = lived(60, |n| n % 3 > 0);
    let then = readiness(&library, &progress, sample::day(2)).today;
    let (library, mut longer) = lived(120, |n| n % 3 > 0);
    let daily = past::daily(&library, &longer, sample::day(5), 4);
    assert_eq!(daily.iter().map(|(day, _)| *day).collect::<Vec<_>>(), (2..6).map(sample::day).collect::<Vec<_>>());
    assert!(then.is_some() && daily[0].1 == then);
    let result = RealResult {
        date: sample::day(3).date(),
        category: longer.settings.category,
        passed: true,
        areas: std::collections::BTreeMap::new(),
    };
    longer.evolve(&sample::event(Fact::RealResult(result), 9));
    let outcome = &past::outcomes(&library, &longer, 8)[0];
    assert_eq!((outcome.real, outcome.passed, outcome.score), (true, Some(true), None));
    let foretold = outcome.forecast.as_ref().unwrap();
    let answers: Vec<_> = longer.first_sights().all().iter().filter(|a| a.day < sample::day(3)).collect();
    assert_eq!((foretold.day.clone(), answers.len()), (sample::day(3).date().to_string(), 60));
}

/// A log with days of many answers, of few and of none, and with a clock that was set back for a while.
fn uneven() -> (Library, Progress) {
    let library = sample::library();
    let mut progress = Progress::default();
    let days = [0, 0, 1, 1, 1, 4, 4, 2, 2, 5, 9, 9];
    let siblings = library.items().step_by(3).chain(library.items().skip(1).step_by(3));
    for (n, item) in siblings.enumerate() {
        let day = days[n * days.len() / 120];
        progress.evolve(&sample::answer(&library, item.item.id.as_str(), n % 4 > 0, None, day));
    }
    (library, progress)
}

#[test]
fn forecasts_that_share_their_work_are_those_made_each_for_itself() {
    let (library, mut progress) = uneven();
    let syllabus = Syllabus::of(&library, &progress, progress.settings.category);
    let alone = |progress: &Progress, until: StudyDay, day: StudyDay| {
        Forecast::of(&syllabus, progress, until).on(&library, progress, day)
    };
    let daily = past::daily(&library, &progress, sample::day(11), 14);
    assert_eq!(daily.first().map(|(day, estimate)| (*day, estimate.is_some())), Some((sample::day(-2), false)));
    assert!(daily.iter().filter(|(_, estimate)| estimate.is_some()).count() >= 8);
    for (day, estimate) in &daily {
        assert_eq!(*estimate, alone(&progress, day.plus(1), *day), "{day:?}");
    }
    for (n, day) in [3, 11, 5, 10, 8, 6].into_iter().enumerate() {
        let result = RealResult {
            date: sample::day(day).date(),
            category: progress.settings.category,
            passed: n % 2 == 0,
            areas: std::collections::BTreeMap::new(),
        };
        progress.evolve(&sample::event(Fact::RealResult(result), 11));
    }
    let outcomes = past::outcomes(&library, &progress, 5);
    assert_eq!(outcomes.len(), 5);
    for (outcome, day) in outcomes.iter().zip([11, 10, 8, 6, 5].map(sample::day)) {
        assert_eq!(outcome.date, day.date().to_string());
        assert_eq!(outcome.forecast, alone(&progress, day, day));
        assert!(outcome.forecast.is_some());
    }
}

#[test]
fn questions_that_are_alike_score_as_each_does_alone() {
    let (library, progress) = lived(30, |n| n % 4 > 0);
    let mut syllabus = Syllabus::of(&library, &progress, progress.settings.category);
    for (n, rule) in syllabus.rules.iter_mut().enumerate() {
        (rule.difficulty, rule.guess) = ([-0.8, 0.0, 0.8][n / 7 % 3], [0.25, 0.33][n / 3 % 2]);
    }
    let forecast = Forecast::of(&syllabus, &progress, sample::day(5));
    let questions = forecast.questions(sample::day(9));
    let (_, shares) = score::scores(&syllabus, &questions, forecast.versions());
    assert!(questions.len() > 50 && forecast.versions().len() > 50);
    for (area, shares) in shares.iter().enumerate() {
        assert_eq!(shares.len(), forecast.versions().len());
        for (version, share) in forecast.versions().iter().zip(shares) {
            let rules = syllabus.rules.iter().zip(&questions).filter(|(rule, _)| rule.area == area);
            let sum = rules.fold((0.0, 0.0), |sum, (rule, question)| {
                (sum.0 + rule.points, sum.1 + rule.points * question.chance(version))
            });
            assert!((share - sum.1 / sum.0).abs() < 1e-12, "area {area}");
        }
    }
}

#[test]
fn no_log_breaks_it() {
    let empty = Library::new(sample::library().reference);
    assert!(readiness(&empty, &Progress::default(), sample::day(0)).words().contains("The bank has no questions yet"));
    let (_, progress) = lived(120, |_| true);
    assert!(readiness(&empty, &progress, sample::day(0)).estimate.is_none());
    for day in [StudyDay(-500_000), StudyDay(500_000)] {
        let (library, progress) = lived(120, |_| true);
        let _ = readiness(&library, &progress, day).words();
    }
}

/// An exam shows no reasons, so it tells what she knows and raises nothing by itself.
#[test]
fn an_exam_that_went_badly_does_not_count_as_learning() {
    let library = sample::library();
    let mut progress = Progress::default();
    let model = crate::core::memory::Evidence {
        right: false,
        confidence: None,
        item_difficulty: 0.0,
        options_left: 3,
        days_since_seen: None,
        day: sample::day(0),
    };
    let mut sights = crate::core::firsthand::FirstSights::default();
    sights.note(0, &model, false);
    assert!(sights.trace(0).is_none() && sights.all().len() == 1);
    sights.note(0, &model, true);
    assert_eq!(sights.trace(0).map(|t| (t.wins, t.fails)), Some((0, 1)));
    progress.evolve(&sample::answer(&library, "ethics-0001", true, None, 0));
    let place = progress.objective_at(&"ethics.sample.rule-01".into()).unwrap();
    assert!(progress.first_sights().trace(place).is_some(), "study does");
}
