//! A sitting of study or practice: one question, at once its reasons, then the next.
//!
//! The sitting itself holds only what is on the screen and what is still to come. Every answer is an event of its own,
//! so that a sitting may end at any moment and nothing is lost.

use super::bank::{ItemId, ObjectiveId};
use super::calendar::StudyDay;
use super::confidence::Confidence;
use super::draw::Draw;
use super::event::{Answered, Event, EventId, Fact, ItemShown, Shown};
use super::form::shown;
use super::library::Library;
use super::pick::{Reason, Scope, Task, Which, exam_ahead, plan, sibling};
use super::progress::Progress;
use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

/// How many questions pass before a missed rule comes back.
const AFTER_MISS: usize = 3;
/// How many before one that was missed although she was sure.
const AFTER_SURE_MISS: usize = 1;
/// How often a missed rule comes back in a sitting.
#[derive(Clone, Copy, Debug)]
struct Repeats {
    /// After a miss of which she was sure.
    sure: usize,
    /// After any other.
    unsure: usize,
}

impl Repeats {
    /// With an exam ahead only confident errors come back at once, and once: the minutes of a second go at the others
    /// bring more on another day. Without one, twice, then the rule waits for tomorrow; in practice, whose number of
    /// questions she chose, once.
    fn of(scope: &Scope, progress: &Progress, day: StudyDay) -> Self {
        match scope.which {
            Which::Plan if exam_ahead(progress, day).is_some() => Self { sure: 1, unsure: 0 },
            Which::Plan | Which::Rules => Self { sure: 2, unsure: 2 },
            _ => Self { sure: 1, unsure: 1 },
        }
    }

    fn after(self, confidence: Option<Confidence>) -> usize {
        if confidence == Some(Confidence::Sure) { self.sure } else { self.unsure }
    }
}

/// The question on the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The item as it is shown.
    pub shown: Shown,
    /// Why it is asked.
    pub reason: Reason,
    /// Struck options, in file order.
    pub struck: Vec<u8>,
    /// The option chosen but not yet given, while confidence is asked.
    pub chosen: Option<u8>,
}

/// An answer that was given, with the question it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// The question.
    pub question: Question,
    /// The option, in file order.
    pub choice: u8,
    /// How sure she was.
    pub confidence: Option<Confidence>,
    /// The event that logged it.
    pub event: EventId,
}

impl Given {
    /// Whether it was right.
    pub fn right(&self) -> bool {
        self.choice == self.question.shown.key
    }
}

/// A sitting.
#[derive(Clone, Debug)]
pub struct Study {
    /// Its name in the log.
    pub session: String,
    /// What is asked now; `None` when the sitting is over.
    pub question: Option<Question>,
    /// The answer to it, once given.
    pub given: Option<Given>,
    /// Answers of this sitting, in order.
    pub done: Vec<Given>,
    repeats: Repeats,
    queue: VecDeque<Task>,
    asked: BTreeSet<ItemId>,
    draw: Draw,
}

impl Study {
    /// Plans a sitting of `count` questions and asks the first.
    pub fn begin(
        session: String,
        library: &Library,
        progress: &Progress,
        scope: &Scope,
        day: StudyDay,
        count: usize,
        seed: u64,
    ) -> Self {
        let queue = plan(library, progress, scope, day, count, seed).into();
        let mut study = Self {
            session,
            repeats: Repeats::of(scope, progress, day),
            question: None,
            given: None,
            done: vec![],
            queue,
            asked: BTreeSet::new(),
            draw: Draw::new(seed ^ 0x5eed),
        };
        study.next(library, progress);
        study
    }

    /// Questions still to come after this one.
    pub fn left(&self) -> usize {
        self.queue.len()
    }

    /// The number of the question on the screen among those that were planned; a repeat has the number before it.
    pub fn number(&self) -> usize {
        let open = self.question.iter().filter(|_| self.given.is_none()).map(|q| q.reason);
        self.done.iter().map(|g| g.question.reason).chain(open).filter(|r| *r != Reason::Again).count()
    }

    /// Questions planned for this sitting, repeats apart.
    pub fn planned(&self) -> usize {
        self.number() + self.queue.iter().filter(|t| t.reason != Reason::Again).count()
    }

    /// Repeats of missed rules still to be answered, the one on the screen among them.
    pub fn repeats_left(&self) -> usize {
        let open = self.question.iter().filter(|_| self.given.is_none()).map(|q| q.reason);
        self.queue.iter().map(|t| t.reason).chain(open).filter(|r| *r == Reason::Again).count()
    }

    /// Right answers so far.
    pub fn right(&self) -> usize {
        self.done.iter().filter(|g| g.right()).count()
    }

    /// Objectives missed in this sitting and not answered rightly since.
    pub fn open_misses(&self) -> Vec<&ObjectiveId> {
        let mut missed: Vec<&ObjectiveId> = vec![];
        for given in &self.done {
            let id = &given.question.shown.objective;
            missed.retain(|m| *m != id);
            if !given.right() {
                missed.push(id);
            }
        }
        missed
    }

    /// Strikes an option out, or restores it. A struck option can't be chosen by accident.
    pub fn strike(&mut self, option: u8) {
        if let Some(question) = self.question.as_mut().filter(|_| self.given.is_none()) {
            if question.struck.contains(&option) {
                question.struck.retain(|o| *o != option);
            } else if question.shown.order.contains(&option) {
                question.struck.push(option);
                if question.chosen == Some(option) {
                    question.chosen = None;
                }
            }
        }
    }

    /// Chooses an option without giving it yet, or takes the choice back.
    pub fn choose(&mut self, option: Option<u8>) {
        if let Some(question) = self.question.as_mut().filter(|_| self.given.is_none()) {
            question.chosen = option.filter(|o| question.shown.order.contains(o) && !question.struck.contains(o));
        }
    }

    /// The fact that gives the chosen option, after `taken` on this question.
    pub fn decide(&self, confidence: Option<Confidence>, taken: Duration) -> Option<Fact> {
        let question = self.question.as_ref().filter(|_| self.given.is_none())?;
        Some(Fact::Answered(Answered {
            session: self.session.clone(),
            shown: question.shown.clone(),
            choice: question.chosen?,
            confidence,
            ms: u32::try_from(taken.as_millis()).unwrap_or(u32::MAX),
            struck: question.struck.clone(),
        }))
    }

    /// Applies the answer once it is in the log: shows the reasons, and brings a missed rule back.
    pub fn evolve(&mut self, event: &Event) {
        let Fact::Answered(answer) = &event.fact else { return };
        let Some(question) = self.question.clone() else { return };
        if answer.session != self.session || answer.shown.item != question.shown.item {
            return;
        }
        let Answered { choice, confidence, .. } = *answer;
        let given = Given { question, choice, confidence, event: event.id };
        let objective = &given.question.shown.objective;
        let waits = self.queue.iter().any(|t| t.objective == *objective);
        let same = self.done.iter().chain(Some(&given)).filter(|g| g.question.shown.objective == *objective);
        let repeated = same.filter(|g| g.question.reason == Reason::Again).count();
        if !given.right() && !waits && repeated < self.repeats.after(confidence) {
            let after = if confidence == Some(Confidence::Sure) { AFTER_SURE_MISS } else { AFTER_MISS };
            let place = after.min(self.queue.len());
            self.queue.insert(place, Task { objective: objective.clone(), item: None, reason: Reason::Again });
        }
        self.done.push(given.clone());
        self.given = Some(given);
    }

    /// Takes the last answer back: the question stands again, unanswered.
    pub fn undo(&mut self) -> Option<EventId> {
        let given = self.done.pop()?;
        self.put_back();
        // The repeat of the miss, whether it was still to come or on the screen already.
        if let Some(place) =
            self.queue.iter().position(|t| t.reason == Reason::Again && t.objective == given.question.shown.objective)
        {
            self.queue.remove(place);
        }
        self.question = Some(Question { chosen: None, ..given.question });
        Some(given.event)
    }

    /// Ends the sitting before its end. The fact says which question was read and left without an answer, if one was.
    /// [`Self::undo`] takes the sitting up again.
    pub fn stop(&mut self) -> Option<Fact> {
        self.put_back().map(|item| Fact::ItemShown(ItemShown { item }))
    }

    /// Clears the screen: a question without an answer goes back to the head of the queue.
    fn put_back(&mut self) -> Option<ItemId> {
        let answered = self.given.take().is_some();
        let current = self.question.take().filter(|_| !answered)?;
        let item = current.shown.item;
        self.asked.remove(&item);
        self.queue.push_front(Task {
            objective: current.shown.objective,
            item: Some(item.clone()),
            reason: current.reason,
        });
        Some(item)
    }

    /// Goes on to the next question.
    pub fn next(&mut self, library: &Library, progress: &Progress) {
        self.given = None;
        self.question = None;
        while let Some(task) = self.queue.pop_front() {
            let item = match &task.item {
                Some(id) => library.item(id),
                None => sibling(library, progress, &task.objective, &self.asked, &mut self.draw),
            };
            // An item may have left the bank meanwhile; the sitting goes on without it.
            if let Some(item) = item {
                self.asked.insert(item.item.id.clone());
                let shown = shown(&item, &mut self.draw);
                self.question = Some(Question { shown, reason: task.reason, struck: vec![], chosen: None });
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests;
