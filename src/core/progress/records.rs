//! What is kept of each answer, item and objective.

use crate::core::bank::{ItemId, ObjectiveId};
use crate::core::calendar::{Stamp, StudyDay};
use crate::core::confidence::Confidence;
use crate::core::event::EventId;
use crate::core::memory::Memory;

/// One answer, in study or in an exam, as reports count it.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerRecord {
    /// The event that logged it (for an exam: the one that handed the section in).
    pub event: EventId,
    /// When.
    pub at: Stamp,
    /// The place of its item in `Progress::items`.
    pub item: usize,
    /// The place of its objective in `Progress::objectives`.
    pub objective: usize,
    /// The chosen option, in file order.
    pub choice: u8,
    /// Whether it was right.
    pub right: bool,
    /// How sure she was.
    pub confidence: Option<Confidence>,
    /// Whether this was the first time that she saw the item.
    pub first_sight: bool,
    /// Milliseconds taken.
    pub ms: u64,
    /// Whether it was given in an exam.
    pub in_exam: bool,
    /// The chance of recall that the memory of its objective gave just before, 0 to 1; `None` where it says nothing: at
    /// the first answer to the objective, and at another one on the same day.
    pub recall: Option<f32>,
}

/// What is known of one item.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemProgress {
    /// The item.
    pub id: ItemId,
    /// How often it was seen.
    pub times: u32,
    /// When it was last seen.
    pub last: Option<Stamp>,
    /// Whether the last answer was right; `None` if it was never answered.
    pub last_right: Option<bool>,
    /// The confidence of the last answer.
    pub last_confidence: Option<Confidence>,
    /// Marked by the learner.
    pub flagged: bool,
    /// Her note on it.
    pub note: String,
    /// What seems wrong with it to her; empty if nothing does.
    pub doubt: String,
    /// The version that the doubt is about: its content hash.
    pub doubt_hash: String,
}

/// What is known of one objective.
#[derive(Clone, Debug, PartialEq)]
pub struct ObjectiveProgress {
    /// The objective.
    pub id: ObjectiveId,
    /// Its memory; `None` until it was answered.
    pub memory: Option<Memory>,
    /// Answers so far.
    pub answers: u32,
    /// Right answers so far.
    pub right: u32,
    /// The last answer was wrong although she was sure.
    pub sure_and_wrong: bool,
    /// The last answer was wrong.
    pub last_wrong: bool,
    /// The day on which she asked for it, until it is answered in study.
    pub wanted: Option<StudyDay>,
}

impl ObjectiveProgress {
    /// The day from which it is to be asked again; `None` until it was answered. What was wrong at the last answer is
    /// due the next day, however well it was known before; what she asked for is due at once.
    pub fn due(&self) -> Option<StudyDay> {
        let memory = self.memory.as_ref()?;
        let due = if self.last_wrong { memory.last.plus(1) } else { memory.due() };
        Some(self.wanted.map_or(due, |wanted| wanted.min(due)))
    }

    /// Whether she was sure and wrong on this day, and left the sitting before the rule came back.
    pub fn is_owed(&self, day: StudyDay) -> bool {
        self.sure_and_wrong && self.memory.is_some_and(|memory| memory.last == day)
    }
}
