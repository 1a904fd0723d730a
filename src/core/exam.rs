//! The timed exam: what may be done, and what has been done.
//!
//! [`Exam::decide`] holds every rule and changes nothing; [`Exam::evolve`] holds none and can't fail. Living and
//! resuming after a crash are the same fold.

mod clock;
mod sitting;

pub use clock::{ActiveClock, GAP};
pub use sitting::{Look, Sitting};

use super::bank::ItemId;
use super::calendar::Stamp;
use super::event::{
    BreakEnded, ExamAbandoned, ExamAnswered, ExamFlagged, ExamId, ExamOpened, ExamStarted, ExamStruck, Fact, FormItem,
    SectionSubmitted,
};
use std::time::Duration;

/// Where an exam stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Section `0`, `1`, … is being worked on.
    Section(usize),
    /// The break before section `1`, ….
    Break(usize),
    /// It is over.
    Ended(Ending),
}

/// How an exam ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Its last section was handed in, or ran out of time.
    Complete,
    /// It was given up before.
    Abandoned,
}

/// What has become of one item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slot {
    /// The chosen option, in file order.
    pub choice: Option<u8>,
    /// Earlier choices, oldest first.
    pub earlier: Vec<u8>,
    /// Flagged for a second look.
    pub flagged: bool,
    /// Struck options, in file order, sorted.
    pub struck: Vec<u8>,
    /// Has been on the screen.
    pub opened: bool,
    /// Milliseconds that it was on the screen.
    pub ms: u64,
}

/// What a person can do in an exam.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Turn to an item of the section.
    Open(usize),
    /// Choose an option (file order) of the open item, or clear it.
    Choose(Option<u8>),
    /// Flag the open item, or take the flag away.
    Flag,
    /// Strike out an option (file order) of the open item, or restore it.
    Strike(u8),
    /// Hand in the section.
    Submit,
    /// Go on after the break.
    EndBreak,
    /// Give the exam up.
    Abandon,
}

/// An exam as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Exam {
    /// Its form and terms.
    pub form: ExamStarted,
    /// When it began.
    pub started: Stamp,
    /// When something last happened in it.
    pub touched: Stamp,
    /// When it ended.
    pub ended: Option<Stamp>,
    /// Where it stands.
    pub phase: Phase,
    /// The open item of the running section.
    pub position: usize,
    /// What has become of each item, by section.
    pub slots: Vec<Vec<Slot>>,
    /// Active milliseconds of each section.
    pub spent_ms: Vec<u64>,
    /// Milliseconds of breaks.
    pub break_spent_ms: u64,
    /// Milliseconds of each standstill.
    pub interruptions: Vec<u64>,
    /// Sections that ran out of time.
    pub timed_out: Vec<usize>,
    /// By section: whether each item had never been seen when the exam began.
    pub first_sight: Vec<Vec<bool>>,
}

impl Exam {
    /// An exam that has just begun; `seen` tells which items the person has met before.
    pub fn begin(form: ExamStarted, started: Stamp, seen: impl Fn(&ItemId) -> bool) -> Self {
        let slots = form.sections.iter().map(|s| vec![Slot::default(); s.items.len()]).collect();
        let spent_ms = vec![0; form.sections.len()];
        let first_sight =
            form.sections.iter().map(|s| s.items.iter().map(|i| !seen(&i.shown.item)).collect()).collect();
        Self {
            form,
            started,
            touched: started,
            ended: None,
            phase: Phase::Section(0),
            position: 0,
            slots,
            spent_ms,
            break_spent_ms: 0,
            interruptions: vec![],
            timed_out: vec![],
            first_sight,
        }
    }

    /// Its identity.
    pub fn id(&self) -> &ExamId {
        &self.form.exam
    }

    /// Whether it can still be worked on.
    pub fn is_open(&self) -> bool {
        !matches!(self.phase, Phase::Ended(_))
    }

    /// The running section, if one runs.
    pub fn section(&self) -> Option<usize> {
        match self.phase {
            Phase::Section(n) => Some(n),
            Phase::Break(_) | Phase::Ended(_) => None,
        }
    }

    /// The items and their state in the running section.
    pub fn running(&self) -> Option<(&[FormItem], &[Slot])> {
        let n = self.section()?;
        Some((&self.form.sections.get(n)?.items, self.slots.get(n)?))
    }

    /// The open item.
    pub fn open_item(&self) -> Option<(&FormItem, &Slot)> {
        let (items, slots) = self.running()?;
        Some((items.get(self.position)?, slots.get(self.position)?))
    }

    /// All items with what became of them, by section.
    pub fn items(&self) -> impl Iterator<Item = (usize, usize, &FormItem, &Slot)> {
        self.form.sections.iter().zip(&self.slots).enumerate().flat_map(|(s, (section, slots))| {
            section.items.iter().zip(slots).enumerate().map(move |(n, (item, slot))| (s, n, item, slot))
        })
    }

    /// The time limit of what is running now: the section's, or the break's.
    pub fn limit(&self) -> Option<Duration> {
        match self.phase {
            Phase::Section(n) => self.form.sections.get(n)?.limit_ms.map(Duration::from_millis),
            Phase::Break(_) => Some(Duration::from_millis(self.form.break_ms)),
            Phase::Ended(_) => None,
        }
    }

    /// The active time of what is running now, as far as it is logged.
    pub fn logged(&self) -> Duration {
        Duration::from_millis(match self.phase {
            Phase::Section(n) => self.spent_ms.get(n).copied().unwrap_or(0),
            Phase::Break(_) | Phase::Ended(_) => 0,
        })
    }

    /// The active time at which an exam that was left running goes on: as logged, or the last heartbeat if that is later.
    ///
    /// A heartbeat belongs to the phase that it was written in; one from another section or break says nothing.
    pub fn resumed_at(&self, heartbeat: Option<(Phase, Duration)>) -> Duration {
        match heartbeat {
            Some((phase, spent)) if phase == self.phase => spent.max(self.logged()),
            _ => self.logged(),
        }
    }

    /// What follows from a move (or from time alone) after `spent` of active time in the running section or break.
    pub fn decide(&self, mv: Option<Move>, spent: Duration) -> Vec<Fact> {
        let exam = self.id().clone();
        let spent_ms = spent.as_millis() as u64;
        let over = self.limit().is_some_and(|limit| spent >= limit);
        match self.phase {
            Phase::Ended(_) => vec![],
            Phase::Break(_) => {
                if mv == Some(Move::Abandon) {
                    vec![Fact::ExamAbandoned(ExamAbandoned { exam, spent_ms: 0 })]
                } else if over || mv == Some(Move::EndBreak) {
                    vec![Fact::BreakEnded(BreakEnded { exam, spent_ms: spent_ms.min(self.form.break_ms) })]
                } else {
                    vec![]
                }
            }
            Phase::Section(section) if over => {
                // An answer that comes after the end is refused; the section ends at its limit, however late we look.
                let limit = self.limit().unwrap_or_default().as_millis() as u64;
                vec![Fact::SectionSubmitted(SectionSubmitted { exam, section, spent_ms: limit, at_limit: true })]
            }
            Phase::Section(section) => mv.map(|mv| self.decide_move(mv, section, spent_ms)).unwrap_or_default(),
        }
    }

    fn decide_move(&self, mv: Move, section: usize, spent_ms: u64) -> Vec<Fact> {
        let (exam, position) = (self.id().clone(), self.position);
        match mv {
            Move::Submit => {
                return vec![Fact::SectionSubmitted(SectionSubmitted { exam, section, spent_ms, at_limit: false })];
            }
            Move::Abandon => return vec![Fact::ExamAbandoned(ExamAbandoned { exam, spent_ms })],
            _ => {}
        }
        let Some((item, slot)) = self.open_item() else { return vec![] };
        let known = |option: u8| item.shown.order.contains(&option);
        match mv {
            Move::Open(to) if to < self.slots[section].len() && (to != position || !slot.opened) => {
                vec![Fact::ExamOpened(ExamOpened { exam, position: to, spent_ms })]
            }
            Move::Choose(choice)
                if choice != slot.choice && choice.is_none_or(|o| known(o) && !slot.struck.contains(&o)) =>
            {
                vec![Fact::ExamAnswered(ExamAnswered { exam, position, choice, spent_ms })]
            }
            Move::Flag => vec![Fact::ExamFlagged(ExamFlagged { exam, position, on: !slot.flagged, spent_ms })],
            Move::Strike(option) if known(option) => {
                let on = !slot.struck.contains(&option);
                let mut facts = vec![];
                if slot.choice == Some(option) {
                    // An option that is ruled out can't stay the answer.
                    facts.push(Fact::ExamAnswered(ExamAnswered {
                        exam: exam.clone(),
                        position,
                        choice: None,
                        spent_ms,
                    }));
                }
                facts.push(Fact::ExamStruck(ExamStruck { exam, position, option, on, spent_ms }));
                facts
            }
            _ => vec![],
        }
    }

    /// Applies a fact of this exam; facts of other exams, and facts that no longer fit, change nothing.
    pub fn evolve(&mut self, fact: &Fact, at: Stamp) {
        if fact.exam() != Some(self.id()) {
            return;
        }
        self.touched = at;
        match fact {
            Fact::ExamOpened(f) => {
                if let Some(slots) = self.pass_time(f.spent_ms)
                    && let Some(slot) = slots.get_mut(f.position)
                {
                    slot.opened = true;
                    self.position = f.position;
                }
            }
            Fact::ExamAnswered(f) => {
                if let Some(slot) = self.pass_time(f.spent_ms).and_then(|s| s.get_mut(f.position)) {
                    slot.opened = true;
                    slot.earlier.extend(slot.choice);
                    slot.choice = f.choice;
                }
            }
            Fact::ExamFlagged(f) => {
                if let Some(slot) = self.pass_time(f.spent_ms).and_then(|s| s.get_mut(f.position)) {
                    slot.flagged = f.on;
                }
            }
            Fact::ExamStruck(f) => {
                if let Some(slot) = self.pass_time(f.spent_ms).and_then(|s| s.get_mut(f.position)) {
                    slot.struck.retain(|o| *o != f.option);
                    if f.on {
                        slot.struck.push(f.option);
                        slot.struck.sort_unstable();
                    }
                }
            }
            Fact::SectionSubmitted(f) if self.section() == Some(f.section) => {
                self.pass_time(f.spent_ms);
                if f.at_limit {
                    self.timed_out.push(f.section);
                }
                let next = f.section + 1;
                self.position = 0;
                if next < self.form.sections.len() {
                    self.phase = Phase::Break(next);
                } else {
                    self.end(Ending::Complete, at);
                }
            }
            Fact::BreakEnded(f) => {
                if let Phase::Break(next) = self.phase {
                    self.break_spent_ms += f.spent_ms;
                    self.phase = Phase::Section(next);
                }
            }
            Fact::ExamInterrupted(f) if self.is_open() => self.interruptions.push(f.ms),
            Fact::ExamAbandoned(f) if self.is_open() => {
                self.pass_time(f.spent_ms);
                self.end(Ending::Abandoned, at);
            }
            _ => {}
        }
    }

    /// Books active time on the open item, and gives the running section's slots.
    fn pass_time(&mut self, spent_ms: u64) -> Option<&mut Vec<Slot>> {
        let section = self.section()?;
        let spent = self.spent_ms.get_mut(section)?;
        let slots = self.slots.get_mut(section)?;
        if let Some(open) = slots.get_mut(self.position).filter(|s| s.opened) {
            open.ms += spent_ms.saturating_sub(*spent);
        }
        *spent = spent_ms.max(*spent);
        Some(slots)
    }

    fn end(&mut self, how: Ending, at: Stamp) {
        self.phase = Phase::Ended(how);
        self.ended = Some(at);
    }
}

#[cfg(test)]
mod tests;
