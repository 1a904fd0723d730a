//! The exam's rules, and the property that resuming equals living.

use super::*;
use crate::core::bank::{Category, Difficulty};
use crate::core::confidence::Confidence;
use crate::core::event::{
    Event, EventId, ExamLength, ExamReconsidered, Fact, KeysShown, SectionForm, SectionSubmitted, Shown,
};
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
        extra_breaks: 0,
        strict: false,
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
        for fact in exam.decide(mv.clone(), Duration::from_millis(*ms)) {
            exam.evolve(&fact, Stamp::default());
            log.push(fact);
        }
    }
    log
}

#[test]
fn a_section_handed_in_never_opens_again() {
    let mut e = exam(2, 3);
    play(&mut e, &[(Some(Move::Open(0)), 0), (Some(Move::Choose(0, None)), 10), (Some(Move::Submit), 20)]);
    assert_eq!(e.phase, Phase::Break(1));
    let before = e.slots[0].clone();
    play(&mut e, &[(Some(Move::Open(1)), 0), (Some(Move::Choose(1, None)), 5), (Some(Move::EndBreak), 1000)]);
    assert_eq!(e.phase, Phase::Section(1));
    play(&mut e, &[(Some(Move::Open(2)), 30), (Some(Move::Choose(2, None)), 40)]);
    assert_eq!(e.slots[0], before);
}

#[test]
fn time_up_hands_the_section_in_at_its_limit_and_refuses_the_late_answer() {
    let mut e = exam(1, 3);
    let log = play(&mut e, &[(Some(Move::Open(0)), 0), (Some(Move::Choose(1, None)), 61_000)]);
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
    play(&mut e, &[(Some(Move::Open(0)), 0), (Some(Move::Open(2)), 700), (Some(Move::Choose(0, None)), 1000)]);
    let ms: Vec<u64> = e.slots[0].iter().map(|s| s.ms).collect();
    assert_eq!(ms, [700, 0, 300]);
}

#[test]
fn changed_answers_are_remembered_in_order() {
    let mut e = exam(1, 1);
    let choose = |o| Some(Move::Choose(o, None));
    play(&mut e, &[(Some(Move::Open(0)), 0), (choose(0), 1), (choose(2), 2), (choose(2), 3), (choose(0), 4)]);
    assert_eq!((e.slots[0][0].choice, &e.slots[0][0].earlier), (Some(0), &vec![0, 2]));
}

#[test]
fn saying_how_sure_she_is_is_no_change_of_the_answer() {
    let mut e = exam(1, 1);
    let choose = |o, c| Some(Move::Choose(o, c));
    let moves =
        [(choose(0, None), 1), (choose(0, Some(Confidence::Guessing)), 2), (choose(0, Some(Confidence::Guessing)), 3)];
    assert_eq!(play(&mut e, &moves).len(), 2);
    let slot = &e.slots[0][0];
    assert_eq!((slot.confidence, slot.changed_from(), slot.answered_ms), (Some(Confidence::Guessing), None, Some(1)));
}

#[test]
fn time_away_runs_but_is_booked_on_no_item_and_nothing_can_be_answered_meanwhile() {
    let mut e = exam(1, 2);
    play(&mut e, &[(Some(Move::Open(0)), 0), (Some(Move::GoAway), 1000), (Some(Move::Choose(0, None)), 3000)]);
    assert_eq!((e.away, e.slots[0][0].choice), (true, None));
    play(&mut e, &[(Some(Move::ComeBack), 5000), (Some(Move::Open(1)), 6000)]);
    assert_eq!((e.slots[0][0].ms, e.away_ms, e.spent_ms[0]), (2000, 4000, 6000));
    play(&mut e, &[(Some(Move::GoAway), 7000), (None, 60_000)]);
    assert_eq!((e.phase, e.away), (Phase::Ended(Ending::Complete), false), "the time ran out while she was away");
}

#[test]
fn an_extra_break_stops_the_sections_clock_and_ends_by_itself() {
    let mut e = exam(1, 2);
    e.form.extra_breaks = 1;
    play(&mut e, &[(Some(Move::Open(0)), 0), (Some(Move::Rest), 30_000), (None, 600_000)]);
    assert_eq!((e.phase, e.rests.clone(), e.logged()), (Phase::Section(0), vec![600_000], Duration::from_secs(30)));
    assert!(e.decide(Some(Move::Rest), Duration::from_secs(31)).is_empty(), "only one was granted");
}

#[test]
fn answering_again_counts_only_between_the_end_and_the_first_key() {
    let again =
        |choice| Fact::ExamReconsidered(ExamReconsidered { exam: ExamId("x".into()), section: 0, position: 0, choice });
    let mut e = exam(1, 1);
    play(&mut e, &[(Some(Move::Open(0)), 0), (Some(Move::Choose(1, None)), 5)]);
    e.evolve(&again(2), Stamp::default());
    assert_eq!(e.slots[0][0].reconsidered, None, "the exam still runs");
    play(&mut e, &[(Some(Move::Submit), 9)]);
    e.evolve(&again(0), Stamp::default());
    e.evolve(&Fact::KeysShown(KeysShown { exam: ExamId("x".into()) }), Stamp::default());
    e.evolve(&again(2), Stamp::default());
    assert_eq!((e.slots[0][0].reconsidered, e.slots[0][0].choice), (Some(0), Some(1)));
}

fn any_move() -> impl Strategy<Value = Option<Move>> {
    prop_oneof![
        Just(None),
        (0..9_usize).prop_map(|n| Some(Move::Open(n))),
        (0..5_u8, 0..4_usize).prop_map(|(o, c)| Some(Move::Choose(o, Confidence::ALL.get(c).copied()))),
        Just(Some(Move::Clear)),
        prop::collection::vec(0..90_u16, 0..5).prop_map(|w| Some(Move::Highlight(w))),
        "[a-z ]{0,9}".prop_map(|t| Some(Move::Note(t))),
        Just(Some(Move::GoAway)),
        Just(Some(Move::ComeBack)),
        Just(Some(Move::Rest)),
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
        live.form.extra_breaks = 2;
        let log = play(&mut live, &moves);
        let mut again = exam(2, 5);
        again.form.extra_breaks = 2;
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
