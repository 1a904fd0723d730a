//! What the report says.

use super::*;
use crate::core::event::{ExamId, Fact};
use crate::core::exam::Move;
use crate::core::form::{FormRequest, draw_form};
use crate::core::progress::Progress;
use crate::core::sample;
use std::time::Duration;

/// An exam in which `answer` says what to choose: the key (`Some(true)`), something else, or nothing.
fn sat(length: ExamLength, answer: impl Fn(usize) -> Option<bool>) -> (Exam, Library) {
    let library = sample::library();
    let category = crate::core::bank::Category::Clinical;
    let request = FormRequest::standard(category, length, 3);
    let form = draw_form(&library, &Progress::default(), &request, ExamId("x".into())).unwrap();
    let mut exam = Exam::begin(form, Stamp::default(), |_| false);
    let mut number = 0;
    while exam.is_open() {
        if exam.section().is_none() {
            go(&mut exam, Move::EndBreak);
        }
        for n in 0..exam.running().map_or(0, |(items, _)| items.len()) {
            go(&mut exam, Move::Open(n));
            let key = exam.open_item().unwrap().0.shown.key;
            if let Some(right) = answer(number) {
                go(&mut exam, Move::Choose(if right { key } else { (key + 1) % 3 }, None));
            }
            number += 1;
        }
        go(&mut exam, Move::Submit);
    }
    (exam, library)
}

fn go(exam: &mut Exam, mv: Move) {
    for fact in exam.decide(Some(mv), Duration::from_secs(1)) {
        exam.evolve(&fact, Stamp::default());
    }
}

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
    assert_eq!(
        report.left_open_words().unwrap(),
        "4 questions were left open and count as wrong. Of the 6 answered, 6 were right: likely 79 to 100 %."
    );
    let (exam, library) = sat(ExamLength::Items(2), |n| (n == 0).then_some(true));
    let words = Report::of(&exam, &library).left_open_words().unwrap();
    assert!(words.starts_with("1 question was left open and counts as wrong. Of the 1 answered, 1 was right"));
    let (exam, library) = sat(ExamLength::Items(2), |_| None);
    let words = Report::of(&exam, &library).left_open_words().unwrap();
    assert_eq!(words, "2 questions were left open and count as wrong.");
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
    let words = report.tried_out_words().unwrap();
    assert!(words.starts_with(&format!("{} questions, {} of them scored; the others", report.items, report.score.of)));
    let (exam, library) = sat(ExamLength::Full, |_| None);
    let report = Report::of(&exam, &library);
    assert_eq!((report.unanswered, report.left_open), (report.items, report.score.of));
    let (exam, library) = sat(ExamLength::Mini, |_| None);
    assert_eq!(Report::of(&exam, &library).tried_out_words(), None);
}

#[test]
fn a_full_exam_that_was_short_is_not_told_to_be_full() {
    let (mut exam, library) = sat(ExamLength::Full, |_| Some(true));
    assert!(Report::of(&exam, &library).verdict().contains("shorter than the real exam"));
    exam.phase = Phase::Ended(Ending::Abandoned);
    assert!(Report::of(&exam, &library).verdict().contains("ended early"));
}

#[test]
fn changed_answers_are_told_apart() {
    let library = sample::library();
    let (mut exam, _) = sat(ExamLength::Items(1), |_| Some(true));
    exam.phase = Phase::Section(0);
    let key = exam.open_item().unwrap().0.shown.key;
    go(&mut exam, Move::Choose((key + 1) % 3, None));
    assert_eq!(Report::of(&exam, &library).changes, Changes { to_wrong: 1, ..Changes::default() });
    go(&mut exam, Move::Choose(key, None));
    assert_eq!(Report::of(&exam, &library).changes, Changes::default(), "back where it began");
}

/// A short exam is never held against the passing range.
#[test]
fn a_short_exam_makes_no_comparison() {
    let (exam, library) = sat(ExamLength::Mini, |_| Some(true));
    let report = Report::of(&exam, &library);
    assert!(report.usual.is_none());
    assert!(report.verdict().contains("Only a full exam"));
}

#[test]
fn a_given_up_exam_is_called_so() {
    let (mut exam, library) = sat(ExamLength::Items(3), |_| Some(true));
    exam.phase = Phase::Section(0);
    let fact = Fact::ExamAbandoned(crate::core::event::ExamAbandoned { exam: exam.id().clone(), spent_ms: 5 });
    exam.evolve(&fact, Stamp::default());
    assert!(!Report::of(&exam, &library).complete);
}
