//! The fold: what counts, what does not, and that replaying equals living.

use super::*;
use crate::core::event::{ExamLength, ItemDoubted, ItemFlagged, ItemNoted, ItemShown, ObjectiveWanted, Retracted};
use crate::core::exam::Move;
use crate::core::form::{FormRequest, draw_form};
use crate::core::sample;
use proptest::prelude::*;
use std::time::Duration;

/// Its evaluation is gone, but the reasons were read: the second answer is no first sight.
#[test]
fn what_was_taken_back_counts_as_seen_and_no_more() {
    let library = sample::library();
    let wrong = sample::answer(&library, "ethics-0001", false, None, 0);
    let retracted = sample::event(Fact::Retracted(Retracted { event: wrong.id }), 0);
    let right = sample::answer(&library, "ethics-0001", true, None, 0);
    let with = Progress::replay(&[wrong.clone(), retracted.clone(), right.clone()]);
    let without = Progress::replay(&[right]);
    assert_eq!(with.answers.len(), 1);
    assert!(with.answers[0].right && !with.answers[0].first_sight);
    let (with_it, without_it) = (&with.objectives()[0], &without.objectives()[0]);
    assert_eq!((with_it.answers, with_it.right, with_it.last_wrong), (1, 1, false));
    let stability = |known: &ObjectiveProgress| known.memory.unwrap().stability;
    assert!(stability(with_it) < stability(without_it), "the question was known already");
    assert_eq!(with.items()[0].times, 2);
    let alone = Progress::replay(&[wrong, retracted]);
    assert!(alone.seen(&"ethics-0001".into()) && alone.objectives().is_empty());
    assert_eq!(alone.items()[0].last_right, None);
}

#[test]
fn a_question_left_without_an_answer_is_seen() {
    let library = sample::library();
    let shown = sample::event(Fact::ItemShown(ItemShown { item: "ethics-0001".into() }), 0);
    let progress = Progress::replay(&[shown, sample::answer(&library, "ethics-0001", true, None, 1)]);
    assert!(!progress.answers[0].first_sight);
    assert_eq!((progress.answers.len(), progress.items()[0].times), (1, 2));
}

#[test]
fn a_mark_that_was_taken_back_never_was() {
    let mark = sample::event(Fact::ItemFlagged(ItemFlagged { item: "ethics-0001".into(), on: true }), 0);
    let retracted = sample::event(Fact::Retracted(Retracted { event: mark.id }), 0);
    assert!(Progress::replay(&[mark, retracted]).items().is_empty());
}

/// A rule known for weeks keeps much of its stability after one miss, and is asked tomorrow all the same.
#[test]
fn what_was_wrong_last_is_due_the_next_day() {
    let library = sample::library();
    let answer = |right, day| sample::answer(&library, "ethics-0001", right, None, day);
    let mut events = vec![answer(true, 0), answer(true, 10), answer(true, 60), answer(false, 200)];
    let known = |events: &[Event]| Progress::replay(events).objectives()[0].clone();
    assert!(known(&events).memory.unwrap().due() > sample::day(201), "the memory alone would wait longer");
    assert_eq!(known(&events).due(), Some(sample::day(201)));
    events.push(answer(true, 201));
    assert!(known(&events).due() > Some(sample::day(202)));
}

/// A wish makes the rule due at once, whatever its memory says, until it is answered in study.
#[test]
fn what_was_asked_for_is_due_until_it_is_answered() {
    let library = sample::library();
    let objective = library.item(&"ethics-0001".into()).unwrap().objective.id.clone();
    let want =
        |on, day| sample::event(Fact::ObjectiveWanted(ObjectiveWanted { objective: objective.clone(), on }), day);
    let answer = |day| sample::answer(&library, "ethics-0001", true, None, day);
    let known = |events: &[Event]| Progress::replay(events).objectives()[0].clone();
    let mut events = vec![answer(0), answer(20), want(true, 21)];
    assert_eq!(known(&events).due(), Some(sample::day(21)));
    events.push(want(false, 21));
    assert!(known(&events).due() > Some(sample::day(22)), "a wish can be taken back");
    events.extend([want(true, 21), answer(21)]);
    assert!(known(&events).due() > Some(sample::day(22)) && known(&events).wanted.is_none());
    let new = known(&[want(true, 3)]);
    assert_eq!((new.wanted, new.due()), (Some(sample::day(3)), None), "a rule never answered stays new");
}

#[test]
fn an_exam_does_not_fulfil_a_wish() {
    let library = sample::library();
    let mut progress = Progress::default();
    let request = FormRequest::standard(progress.settings.category, ExamLength::Items(1), 1);
    let form = draw_form(&library, &progress, &request, ExamId("x".into())).unwrap();
    let objective = form.sections[0].items[0].shown.objective.clone();
    let want = Fact::ObjectiveWanted(ObjectiveWanted { objective: objective.clone(), on: true });
    for fact in [want, Fact::ExamStarted(form)] {
        progress.evolve(&sample::event(fact, 0));
    }
    for mv in [Move::Open(0), Move::Choose(0, None), Move::Submit] {
        for fact in progress.open_exam().unwrap().decide(Some(mv), Duration::from_secs(1)) {
            progress.evolve(&sample::event(fact, 0));
        }
    }
    let known = progress.objective(&objective).unwrap();
    assert!(known.memory.is_some() && known.wanted.is_some());
}

/// Also one that is begun after the damage was found: some of what it rests on may be missing.
#[test]
fn every_exam_of_a_damaged_log_is_doubtful() {
    let library = sample::library();
    let mut progress = Progress::default();
    let start = |progress: &mut Progress, name: &str| {
        let request = FormRequest::standard(progress.settings.category, ExamLength::Items(1), 1);
        let form = draw_form(&library, progress, &request, ExamId(name.into())).unwrap();
        progress.evolve(&sample::event(Fact::ExamStarted(form), 0));
    };
    start(&mut progress, "before");
    assert!(!progress.exams[0].doubtful);
    progress.leave_out(2);
    start(&mut progress, "after");
    assert!(progress.exams.iter().all(|exam| exam.doubtful));
    progress.leave_out(0);
    assert!(progress.exams.iter().all(|exam| !exam.doubtful));
}

#[test]
fn the_last_note_and_the_last_doubt_count() {
    let item = || "ethics-0001".into();
    let note = |text: &str| sample::event(Fact::ItemNoted(ItemNoted { item: item(), text: text.into() }), 0);
    let doubt = |hash: &str, text: &str| {
        sample::event(Fact::ItemDoubted(ItemDoubted { item: item(), hash: hash.into(), text: text.into() }), 0)
    };
    let progress = Progress::replay(&[note("a"), note("b"), doubt("old", "x"), doubt("new", "y")]);
    let known = &progress.items()[0];
    assert_eq!((known.note.as_str(), known.doubt.as_str(), known.doubt_hash.as_str()), ("b", "y", "new"));
    assert!(!progress.seen(&item()), "a note is no meeting");
}

#[test]
fn only_the_first_meeting_is_first_sight() {
    let library = sample::library();
    let events = [0, 1].map(|day| sample::answer(&library, "ethics-0001", true, None, day));
    let first: Vec<bool> = Progress::replay(&events).answers.iter().map(|a| a.first_sight).collect();
    assert_eq!(first, [true, false]);
}

/// An exam's answers count once the section is handed in; opened items that were left open are seen, not wrong.
#[test]
fn an_exam_feeds_memory_when_it_is_handed_in() {
    let library = sample::library();
    let mut progress = Progress::default();
    let request = FormRequest::standard(progress.settings.category, ExamLength::Items(5), 1);
    let form = draw_form(&library, &progress, &request, ExamId("x".into())).unwrap();
    progress.evolve(&sample::event(Fact::ExamStarted(form), 0));
    let moves = [Move::Open(0), Move::Choose(0, None), Move::Open(1), Move::Open(2), Move::Choose(2, None)];
    for mv in moves {
        for fact in progress.open_exam().unwrap().decide(Some(mv), Duration::from_secs(1)) {
            progress.evolve(&sample::event(fact, 0));
        }
    }
    assert!(progress.answers.is_empty(), "a running exam tells nothing");
    assert_eq!(progress.in_open_exam().len(), 5);
    for fact in progress.open_exam().unwrap().decide(Some(Move::Submit), Duration::from_secs(9)) {
        progress.evolve(&sample::event(fact, 0));
    }
    assert_eq!(progress.answers.len(), 2);
    assert!(progress.open_exam().is_none());
    let seen = progress.exams[0].items().filter(|(_, _, i, _)| progress.seen(&i.shown.item)).count();
    assert_eq!(seen, 3);
}

proptest! {
    /// Reading the log gives what living gave, whatever was answered when.
    #[test]
    fn replay_equals_live(steps in prop::collection::vec((1..61_usize, any::<bool>(), 0..4_usize, 0..3_i64), 1..60)) {
        let library = sample::library();
        let mut day = 0;
        let mut live = Progress::default();
        let mut log = vec![];
        for (item, right, confidence, days) in steps {
            day += days;
            let confidence = Confidence::ALL.get(confidence).copied();
            let event = sample::answer(&library, &format!("ethics-{item:04}"), right, confidence, day);
            live.evolve(&event);
            log.push(event);
        }
        let again = Progress::replay(&log);
        prop_assert_eq!(&again.answers, &live.answers);
        prop_assert_eq!(again.objectives(), live.objectives());
        prop_assert_eq!(again.items(), live.items());
        prop_assert_eq!(&again.meaning, &live.meaning);
        for known in live.objectives() {
            let memory = known.memory.unwrap();
            prop_assert!(memory.stability.is_finite() && memory.stability > 0.0);
            prop_assert!((1.0..=10.0).contains(&memory.difficulty));
        }
    }
}
