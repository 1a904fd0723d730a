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
        Self::of(&Scope::default(), count)
    }

    fn of(scope: &Scope, count: usize) -> Self {
        let library = sample::library();
        let progress = sample::learner();
        let study = Study::begin("s".into(), &library, &progress, scope, sample::day(0), count, 4);
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

    /// Answers everything, one rule always wrongly; gives how often that rule was asked.
    fn times_asked(&mut self, missed: &ObjectiveId) -> usize {
        while let Some(question) = self.study.question.clone() {
            self.answer(question.shown.objective != *missed, None);
            self.next();
        }
        self.study.done.iter().filter(|g| g.question.shown.objective == *missed).count()
    }

    fn reason(&self) -> Option<Reason> {
        self.study.question.as_ref().map(|q| q.reason)
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

/// The repeat of a miss that never was would be a riddle.
#[test]
fn undo_at_the_repeat_takes_the_repeat_away_too() {
    let mut s = Sitting::begin(2);
    s.answer(false, Some(Confidence::Sure));
    s.next();
    s.answer(true, None);
    s.next();
    assert_eq!(s.reason(), Some(Reason::Again));
    s.study.undo().unwrap();
    assert_eq!((s.reason(), s.study.repeats_left()), (Some(Reason::New), 1), "the miss itself still stands");
    s.study.undo().unwrap();
    assert_eq!((s.reason(), s.study.repeats_left(), s.study.left()), (Some(Reason::New), 0, 1));
    // Alone in its sitting, the repeat follows the miss at once.
    let mut s = Sitting::begin(1);
    s.answer(false, None);
    s.next();
    assert_eq!(s.reason(), Some(Reason::Again));
    s.study.undo().unwrap();
    assert_eq!((s.reason(), s.study.left()), (Some(Reason::New), 0));
    s.answer(true, None);
    s.next();
    assert!(s.study.question.is_none());
}

#[test]
fn undo_of_a_right_answer_leaves_the_repeats_of_others_alone() {
    let rule = sample::library().objectives().next().unwrap().1.id.clone();
    let scope = Scope { objectives: vec![rule], which: Which::All, ..Scope::default() };
    let mut s = Sitting::of(&scope, 3);
    s.answer(true, None);
    s.next();
    s.answer(false, None);
    assert_eq!(s.study.repeats_left(), 0, "another question of the rule waits anyway");
    s.next();
    s.answer(false, None);
    assert_eq!(s.study.repeats_left(), 1);
    s.study.undo().unwrap();
    s.study.undo().unwrap();
    assert_eq!((s.study.repeats_left(), s.study.left()), (0, 1));
}

#[test]
fn undo_works_when_the_sitting_is_over() {
    let mut s = Sitting::begin(1);
    s.answer(true, None);
    s.next();
    assert!(s.study.question.is_none());
    assert_eq!(s.study.undo(), Some(s.log[0].id));
    assert!(s.study.question.is_some() && s.study.done.is_empty());
}

#[test]
fn a_sitting_that_was_stopped_names_the_open_question_and_can_be_taken_up_again() {
    let mut s = Sitting::begin(3);
    let first = s.study.question.clone().unwrap();
    s.answer(true, None);
    s.next();
    let open = s.study.question.clone().unwrap();
    let Some(Fact::ItemShown(fact)) = s.study.stop() else { panic!("the open question was on the screen") };
    assert_eq!(fact.item, open.shown.item);
    assert!(s.study.question.is_none() && s.study.stop().is_none());
    s.study.undo().unwrap();
    assert_eq!(s.study.question.as_ref().unwrap().shown, first.shown);
    assert_eq!(s.study.left(), 2);
    s.answer(true, None);
    assert!(s.study.stop().is_none(), "what was answered is in the log already");
}

#[test]
fn repeats_are_counted_apart_from_what_was_planned() {
    let mut s = Sitting::begin(4);
    let count = |s: &Sitting| (s.study.number(), s.study.planned(), s.study.repeats_left());
    assert_eq!(count(&s), (1, 4, 0));
    s.answer(false, Some(Confidence::Sure));
    assert_eq!(count(&s), (1, 4, 1));
    s.next();
    assert_eq!(count(&s), (2, 4, 1));
    s.answer(true, None);
    s.next();
    assert_eq!(s.reason(), Some(Reason::Again));
    assert_eq!(count(&s), (2, 4, 1));
    s.answer(true, None);
    assert_eq!(count(&s), (2, 4, 0));
}

#[test]
fn a_rule_that_will_not_stay_waits_for_tomorrow() {
    let mut s = Sitting::begin(5);
    let rule = s.study.question.clone().unwrap().shown.objective;
    assert_eq!(s.times_asked(&rule), 3, "once, and twice again");
    assert_eq!((s.study.done.len(), s.study.open_misses()), (7, vec![&rule]));
    let scope = Scope { topics: vec!["ethics".into()], which: Which::Unseen, ..Scope::default() };
    let mut s = Sitting::of(&scope, 5);
    let rule = s.study.question.clone().unwrap().shown.objective;
    assert_eq!(s.times_asked(&rule), 2, "she chose five questions, so once again is enough");
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
