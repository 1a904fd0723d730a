//! Answers that were changed.

use crate::core::event::FormItem;
use crate::core::exam::{Exam, Slot};
use serde::Serialize;

/// What a change of an answer did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// From wrong to right.
    ToRight,
    /// From right to wrong.
    ToWrong,
    /// From one wrong option to another.
    WrongToWrong,
}

impl Effect {
    /// What became of an item's first answer; `None` where the last one is the same, or where there is none.
    pub fn of(item: &FormItem, slot: &Slot) -> Option<Self> {
        let (first, last) = (slot.changed_from()?, slot.choice?);
        Some(match (first == item.shown.key, last == item.shown.key) {
            (true, _) => Self::ToWrong,
            (false, true) => Self::ToRight,
            (false, false) => Self::WrongToWrong,
        })
    }

    /// In words.
    pub fn title(self) -> &'static str {
        match self {
            Self::ToRight => "to right",
            Self::ToWrong => "away from right",
            Self::WrongToWrong => "from wrong to wrong",
        }
    }
}

/// One changed answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The section, from 1.
    pub section: usize,
    /// The item's number in it, from 1.
    pub number: usize,
    /// The first choice, by its place on the screen from 0.
    pub from: usize,
    /// The last choice, by its place on the screen from 0.
    pub to: usize,
    /// What it did.
    pub effect: Effect,
}

/// What became of answers that were changed. Scored items only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// From wrong to right.
    pub to_right: u32,
    /// From right to wrong.
    pub to_wrong: u32,
    /// From one wrong option to another.
    pub wrong_to_wrong: u32,
    /// Each of them, in the order of the exam.
    pub ledger: Vec<Change>,
}

impl Changes {
    /// Reads an exam.
    pub fn of(exam: &Exam) -> Self {
        let mut changes = Self::default();
        for (section, n, item, slot) in exam.items().filter(|(_, _, item, _)| item.scored) {
            let Some(effect) = Effect::of(item, slot) else { continue };
            *match effect {
                Effect::ToRight => &mut changes.to_right,
                Effect::ToWrong => &mut changes.to_wrong,
                Effect::WrongToWrong => &mut changes.wrong_to_wrong,
            } += 1;
            let place = |option: Option<u8>| item.shown.order.iter().position(|o| Some(*o) == option).unwrap_or(0);
            let (from, to) = (place(slot.changed_from()), place(slot.choice));
            changes.ledger.push(Change { section: section + 1, number: n + 1, from, to, effect });
        }
        changes
    }
}
