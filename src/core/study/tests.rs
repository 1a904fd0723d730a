//! What happens in a sitting.

use super::*;
use crate::core::sample;

struct Sitting {
    library: Library,
    progress: Progress,
    log: Vec<Event>,
    study: Study,
}

impl Sitting {
    fn begin(count: usize) -> Self {
        let library = sample::library();
        let progress = Progress::default();
        let study = Study::begin("s".into(), &library, &progress, &Scope::default(), sample::day(0), count, 4);
        Self { library, progress, log: vec![], study }
    }

    fn answer(&mut self, right: bool, confidence: Option<Confidence>) -> ObjectiveId {
        let shown = self.study.question.clone().unwrap().shown;
        let option = shown.order.iter().copied().find(|o| (*o == shown.key) == right);
        self.study.choose(option);
        let fact = self.study.decide(confidence, Duration::from_secs(9)).unwrap();
        let event = sample::event(fact, 0);
        self.progress.evolve(&event);
        self.study.evolve(&event);
        self.log.push(event);
        shown.objective
    }

    fn next(&mut self) {
        self.study.next(&self.library, &self.progress);
    }
}

#[test]
fn an_answer_is_given_once() {
    let mut s = Sitting::begin(3);
    s.answer(true, None);
    assert!(s.study.given.as_ref().unwrap().right());
    s.study.choose(Some(0));
    assert!(s.study.decide(None, Duration::ZERO).is_none(), "the question is answered already");
    assert_eq!(s.progress.answers.len(), 1);
}

#[test]
fn a_miss_comes_back_in_the_sitting_and_sooner_if_she_was_sure() {
    for (confidence, after) in [(None, 4), (Some(Confidence::Sure), 2)] {
        let mut s = Sitting::begin(8);
        let missed = s.answer(false, confidence);
        for n in 1..=after {
            s.next();
            let question = s.study.question.clone().unwrap();
            assert_eq!(question.shown.objective == missed, n == after, "after {n}");
            if n == after {
                assert_eq!(question.reason, Reason::Again);
                assert_ne!(question.shown.item, s.log[0].fact_item(), "another question of the same rule");
            }
            s.answer(true, None);
        }
    }
}

#[test]
fn a_struck_option_is_not_chosen_by_accident() {
    let mut s = Sitting::begin(1);
    let option = s.study.question.as_ref().unwrap().shown.order[0];
    s.study.strike(option);
    s.study.choose(Some(option));
    assert!(s.study.decide(None, Duration::ZERO).is_none());
    s.study.strike(option);
    s.study.choose(Some(option));
    assert!(s.study.decide(None, Duration::ZERO).is_some());
}

#[test]
fn undo_asks_the_same_question_again_and_loses_none() {
    let mut s = Sitting::begin(4);
    let first = s.study.question.clone().unwrap().shown;
    s.answer(false, None);
    s.next();
    let second = s.study.question.clone().unwrap().shown;
    let left = s.study.left();
    s.study.undo().unwrap();
    assert_eq!(s.study.question.as_ref().unwrap().shown, first);
    assert!(s.study.done.is_empty());
    // The second question waits again; the repetition of the miss is gone.
    assert_eq!(s.study.left(), left);
    s.answer(true, None);
    s.next();
    assert_eq!(s.study.question.as_ref().unwrap().shown.item, second.item);
}

#[test]
fn a_sitting_ends_when_everything_is_asked() {
    let mut s = Sitting::begin(2);
    s.answer(true, None);
    s.next();
    let shaky = s.answer(false, None);
    s.next();
    assert_eq!(s.study.open_misses(), [&shaky]);
    s.answer(true, None);
    s.next();
    assert!(s.study.question.is_none() && s.study.open_misses().is_empty());
    assert_eq!((s.study.done.len(), s.study.right()), (3, 2));
}

impl Event {
    fn fact_item(&self) -> ItemId {
        match &self.fact {
            Fact::Answered(a) => a.shown.item.clone(),
            _ => unreachable!(),
        }
    }
}
