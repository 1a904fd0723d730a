//! The exam's rules, and the property that resuming equals living.

use super::*;
use crate::core::bank::{Category, Difficulty};
use crate::core::event::{Event, EventId, ExamLength, SectionForm, Shown};
use crate::core::settings::TimeFactor;
use proptest::prelude::*;

pub(super) fn exam(sections: usize, items: usize) -> Exam {
    let item = |n: usize| FormItem {
        shown: Shown {
            item: format!("t-{n:04}").as_str().into(),
            hash: "0".into(),
            objective: "t.g.o".into(),
            key: 0,
            difficulty: Difficulty::Medium,
            order: vec![2, 0, 1],
        },
        statement: "IA-01".into(),
        scored: true,
    };
    let form = ExamStarted {
        exam: ExamId("x".into()),
        name: None,
        category: Category::Clinical,
        length: ExamLength::Mini,
        time: TimeFactor::Standard,
        seed: 1,
        break_ms: 600_000,
        sections: (0..sections)
            .map(|s| SectionForm { limit_ms: Some(60_000), items: (0..items).map(|n| item(s * items + n)).collect() })
            .collect(),
    };
    Exam::begin(form, Stamp::default(), |_| false)
}

/// Plays moves at times, applying what is decided, and returns the log.
fn play(exam: &mut Exam, moves: &[(Option<Move>, u64)]) -> Vec<Fact> {
    let mut log = vec![];
    for (mv, ms) in moves {
        for fact in exam.decide(*mv, Duration::from_millis(*ms)) {
            exam.evolve(&fact, Stamp::default());
            log.push(fact);
        }
    }
    log
}

#[test]
fn a_section_handed_in_never_opens_again() {
    let mut e = exam(2, 3);
    play(&mut e, &[(Some(Move::Open(0)), 0), (Some(Move::Choose(Some(0))), 10), (Some(Move::Submit), 20)]);
    assert_eq!(e.phase, Phase::Break(1));
    let before = e.slots[0].clone();
    play(&mut e, &[(Some(Move::Open(1)), 0), (Some(Move::Choose(Some(1))), 5), (Some(Move::EndBreak), 1000)]);
    assert_eq!(e.phase, Phase::Section(1));
    play(&mut e, &[(Some(Move::Open(2)), 30), (Some(Move::Choose(Some(2))), 40)]);
    assert_eq!(e.slots[0], before);
}

#[test]
fn time_up_hands_the_section_in_at_its_limit_and_refuses_the_late_answer() {
    let mut e = exam(1, 3);
    let log = play(&mut e, &[(Some(Move::Open(0)), 0), (Some(Move::Choose(Some(1))), 61_000)]);
    assert!(matches!(log[1], Fact::SectionSubmitted(SectionSubmitted { spent_ms: 60_000, at_limit: true, .. })));
    assert_eq!(e.phase, Phase::Ended(Ending::Complete));
    assert_eq!(e.slots[0][0].choice, None);
}

#[test]
fn the_break_ends_by_itself() {
    let mut e = exam(2, 1);
    play(&mut e, &[(Some(Move::Submit), 5), (None, 599_999)]);
    assert_eq!(e.phase, Phase::Break(1));
    play(&mut e, &[(None, 600_000)]);
    assert_eq!(e.phase, Phase::Section(1));
    assert_eq!(e.spent_ms[1], 0, "the break does not run the section's clock");
}

#[test]
fn time_is_booked_on_the_item_that_was_open() {
    let mut e = exam(1, 3);
    play(&mut e, &[(Some(Move::Open(0)), 0), (Some(Move::Open(2)), 700), (Some(Move::Choose(Some(0))), 1000)]);
    let ms: Vec<u64> = e.slots[0].iter().map(|s| s.ms).collect();
    assert_eq!(ms, [700, 0, 300]);
}

#[test]
fn changed_answers_are_remembered_in_order() {
    let mut e = exam(1, 1);
    let choose = |o| Some(Move::Choose(Some(o)));
    play(&mut e, &[(Some(Move::Open(0)), 0), (choose(0), 1), (choose(2), 2), (choose(2), 3), (choose(0), 4)]);
    assert_eq!((e.slots[0][0].choice, &e.slots[0][0].earlier), (Some(0), &vec![0, 2]));
}

fn any_move() -> impl Strategy<Value = Option<Move>> {
    prop_oneof![
        Just(None),
        (0..9_usize).prop_map(|n| Some(Move::Open(n))),
        prop::option::of(0..5_u8).prop_map(|o| Some(Move::Choose(o))),
        Just(Some(Move::Flag)),
        (0..5_u8).prop_map(|o| Some(Move::Strike(o))),
        Just(Some(Move::Submit)),
        Just(Some(Move::EndBreak)),
        Just(Some(Move::Abandon)),
    ]
}

proptest! {
    /// Whatever is done, reading the log back gives the exam as it was lived, and no section is submitted twice.
    #[test]
    fn replay_equals_live(moves in prop::collection::vec((any_move(), 0..70_000_u64), 0..60)) {
        let mut live = exam(2, 5);
        let log = play(&mut live, &moves);
        let mut again = exam(2, 5);
        let mut submitted = vec![];
        for fact in &log {
            let event = Event {
                id: EventId(uuid::Uuid::nil()),
                at: Stamp::default(),
                fact: Fact::from_json(fact.kind(), &fact.to_json().unwrap()).unwrap(),
            };
            if let Fact::SectionSubmitted(s) = &event.fact {
                submitted.push(s.section);
            }
            again.evolve(&event.fact, event.at);
        }
        prop_assert_eq!(&again, &live);
        let mut once = submitted.clone();
        once.dedup();
        prop_assert_eq!(once, submitted);
        for (spent, section) in live.spent_ms.iter().zip(&live.form.sections) {
            prop_assert!(section.limit_ms.is_none_or(|limit| *spent <= limit));
        }
    }
}
