//! What the report says.

use super::*;
use crate::core::calendar::Stamp;
use crate::core::event::Fact;
use crate::core::exam::Move;
use crate::core::sample::{self, go, sat};

#[test]
fn every_group_adds_up_to_the_score() {
    let (exam, library) = sat(ExamLength::Mini, |n| Some(n % 3 != 0));
    let report = Report::of(&exam, &library);
    assert_eq!((report.score.right, report.score.of), (20, 30));
    for lines in [&report.areas, &report.subdomains, &report.levels] {
        let sum = lines.iter().fold((0, 0), |s, l| (s.0 + l.share.right, s.1 + l.share.of));
        assert_eq!(sum, (20, 30));
    }
    assert_eq!(report.traps.iter().map(|(_, n)| n).sum::<u32>(), 10);
}

#[test]
fn an_open_question_counts_as_wrong_and_is_named() {
    let (exam, library) = sat(ExamLength::Items(10), |n| (n < 6).then_some(true));
    let report = Report::of(&exam, &library);
    assert_eq!((report.score.right, report.score.of, report.unanswered), (6, 10, 4));
    // The range speaks of what she answered; what she never got to is no sign of what she knows.
    assert_eq!(report.answered, Share::new(6, 6));
    for lines in [&report.areas, &report.subdomains, &report.levels] {
        assert_eq!(lines.iter().map(|l| l.share.of).sum::<u32>(), 6);
    }
}

/// The unscored items may move no number of the report.
#[test]
fn unscored_items_do_not_count() {
    let (exam, library) = sat(ExamLength::Full, |_| Some(true));
    let unscored = exam.items().filter(|(_, _, i, _)| !i.scored).count() as u32;
    let report = Report::of(&exam, &library);
    assert!(unscored > 0);
    assert_eq!(report.score.of, report.items - unscored);
    assert_eq!(report.first_sight.of, report.score.of);
    let (exam, library) = sat(ExamLength::Full, |_| None);
    let report = Report::of(&exam, &library);
    assert_eq!((report.unanswered, report.left_open), (report.items, report.score.of));
}

#[test]
fn changed_answers_are_told_apart() {
    let library = sample::library();
    let (mut exam, _) = sat(ExamLength::Items(1), |_| Some(true));
    exam.phase = Phase::Section(0);
    let key = exam.open_item().unwrap().0.shown.key;
    go(&mut exam, Move::Choose((key + 1) % 3, None));
    let changes = Report::of(&exam, &library).changes;
    assert_eq!((changes.to_wrong, changes.ledger.len(), changes.ledger[0].effect), (1, 1, Effect::ToWrong));
    go(&mut exam, Move::Choose(key, None));
    assert_eq!(Report::of(&exam, &library).changes, Changes::default(), "back where it began");
}

/// A short exam is never held against the passing range.
#[test]
fn a_short_exam_makes_no_comparison() {
    let (exam, library) = sat(ExamLength::Mini, |_| Some(true));
    let report = Report::of(&exam, &library);
    assert!(report.usual.is_none());
}

#[test]
fn a_given_up_exam_is_called_so() {
    let (mut exam, library) = sat(ExamLength::Items(3), |_| Some(true));
    exam.phase = Phase::Section(0);
    let fact = Fact::ExamAbandoned(crate::core::event::ExamAbandoned { exam: exam.id().clone(), spent_ms: 5 });
    exam.evolve(&fact, Stamp::default());
    assert!(!Report::of(&exam, &library).complete);
}
