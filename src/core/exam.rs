//! The timed exam: what may be done, and what has been done.
//!
//! [`Exam::decide`] holds every rule and changes nothing; [`Exam::evolve`] holds none and can't fail. Living and
//! resuming after a crash are the same fold.

mod clock;
mod decide;
mod evolve;
mod sitting;
mod slot;

pub use clock::{ActiveClock, GAP};
pub use decide::{Move, NOTE_LENGTH};
pub use sitting::{Look, Sitting};
pub use slot::Slot;

use super::bank::ItemId;
use super::calendar::Stamp;
use super::event::{ExamId, ExamStarted, FormItem};
use std::time::Duration;

/// The longest name of an exam, in characters.
pub const NAME_LENGTH: usize = 60;

/// Where an exam stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Section `0`, `1`, … is being worked on.
    Section(usize),
    /// An extra break within section `0`, `1`, …
    Rest(usize),
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
    /// Milliseconds of the breaks between sections.
    pub break_spent_ms: u64,
    /// Milliseconds of each extra break.
    pub rests: Vec<u64>,
    /// Whether she is away from the running section while its clock runs.
    pub away: bool,
    /// Milliseconds for which she was away while the clock ran.
    pub away_ms: u64,
    /// Milliseconds of each standstill.
    pub interruptions: Vec<u64>,
    /// Sections that ran out of time.
    pub timed_out: Vec<usize>,
    /// By section: whether each item had never been seen when the exam began.
    pub first_sight: Vec<Vec<bool>>,
    /// Whether keys of it have been shown.
    pub keys_shown: bool,
    /// Whether entries of the log are damaged or missing, so that some of its answers may be.
    pub doubtful: bool,
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
            rests: vec![],
            away: false,
            away_ms: 0,
            interruptions: vec![],
            timed_out: vec![],
            first_sight,
            keys_shown: false,
            doubtful: false,
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
            Phase::Rest(_) | Phase::Break(_) | Phase::Ended(_) => None,
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
            Phase::Break(_) | Phase::Rest(_) => Some(Duration::from_millis(self.form.break_ms)),
            Phase::Ended(_) => None,
        }
    }

    /// The active time of what is running now, as far as it is logged.
    pub fn logged(&self) -> Duration {
        Duration::from_millis(match self.phase {
            Phase::Section(n) => self.spent_ms.get(n).copied().unwrap_or(0),
            Phase::Rest(_) | Phase::Break(_) | Phase::Ended(_) => 0,
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
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod wild_clock;
