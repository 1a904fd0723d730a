//! What is worth a second look before the keys are shown, and what that look says about each miss.

use super::changes::Effect;
use super::right;
use crate::core::bank::Item;
use crate::core::confidence::Confidence;
use crate::core::event::FormItem;
use crate::core::exam::{Exam, Slot};
use crate::core::library::Library;
use serde::Serialize;

/// Milliseconds in which a word can be read. Silent reading of nonfiction lies between 175 and 300 words a minute
/// (Brysbaert 2019, <https://doi.org/10.1016/j.jml.2019.104047>); who was faster than 300 did not read it all.
const WORD_MS: u64 = 200;

/// Whether an answer was given faster than its question can be read.
pub fn rushed(item: &Item, slot: &Slot) -> bool {
    let options = item.options.iter().map(|o| o.text.as_str());
    let words: usize = options.chain([item.stem.as_str()]).map(|t| t.split_whitespace().count()).sum();
    slot.choice.is_some() && slot.ms < words as u64 * WORD_MS
}

/// Why an item is worth a second look; `None` if it is not.
pub fn doubt(form: &FormItem, slot: &Slot, library: &Library) -> Option<&'static str> {
    let item = || library.item(&form.shown.item).map(|found| found.item);
    match slot {
        slot if !slot.opened => None,
        slot if slot.choice.is_none() => Some("left open"),
        slot if slot.confidence == Some(Confidence::Guessing) => Some("guessed"),
        slot if slot.changed_from().is_some() => Some("changed"),
        slot if slot.flagged => Some("flagged"),
        slot if item().is_some_and(|item| rushed(item, slot)) => Some("answered very fast"),
        _ => None,
    }
}

/// The items worth a second look before the keys are shown: section and place, in the order of the exam.
pub fn doubtful(exam: &Exam, library: &Library) -> Vec<(usize, usize)> {
    let doubts = exam.items().filter(|(_, _, form, slot)| doubt(form, slot, library).is_some());
    doubts.map(|(section, n, _, _)| (section, n)).collect()
}

/// How many of those wait for a second look; none once keys have been shown.
pub fn second_look_left(exam: &Exam, library: &Library) -> usize {
    if exam.is_open() || exam.keys_shown {
        return 0;
    }
    let open = |(_, _, form, slot): &(usize, usize, &FormItem, &Slot)| {
        slot.reconsidered.is_none() && doubt(form, slot, library).is_some()
    };
    exam.items().filter(open).count()
}

/// Whether its keys may be shown without taking anything from her: it is over, and no second look is left to be spoiled.
pub fn keys_are_free(exam: &Exam, library: &Library) -> bool {
    !exam.is_open() && (exam.keys_shown || second_look_left(exam, library) == 0)
}

/// Why an item was missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Miss {
    /// The first answer was right.
    ChangedAway,
    /// Answered rightly when there was no clock.
    Pressure,
    /// The section's time ended before it was answered.
    RanOut,
    /// Left open although there was time.
    LeftOpen,
    /// Wrong although she was sure.
    SureAndWrong,
    /// Wrong again without a clock, or wrong without a doubt.
    NotKnown,
}

impl Miss {
    /// All kinds, in the order in which they are told.
    pub const ALL: [Self; 6] =
        [Self::NotKnown, Self::SureAndWrong, Self::Pressure, Self::ChangedAway, Self::RanOut, Self::LeftOpen];

    /// In words.
    pub fn title(self) -> &'static str {
        match self {
            Self::ChangedAway => "changed away from the right answer",
            Self::Pressure => "right when you had time: lost under pressure",
            Self::RanOut => "the time ran out",
            Self::LeftOpen => "left open",
            Self::SureAndWrong => "sure, and wrong",
            Self::NotKnown => "did not know",
        }
    }

    /// Why this item was missed; `None` where it was not.
    pub fn of(exam: &Exam, section: usize, item: &FormItem, slot: &Slot) -> Option<Self> {
        if right(item, slot) {
            return None;
        }
        Some(match slot {
            slot if slot.choice.is_none() && exam.timed_out.contains(&section) => Self::RanOut,
            slot if Effect::of(item, slot) == Some(Effect::ToWrong) => Self::ChangedAway,
            slot if slot.reconsidered == Some(item.shown.key) => Self::Pressure,
            slot if slot.choice.is_none() => Self::LeftOpen,
            slot if slot.confidence == Some(Confidence::Sure) => Self::SureAndWrong,
            _ => Self::NotKnown,
        })
    }
}

/// How many scored items were missed for each reason, those that occur, in the order of [`Miss::ALL`].
pub fn misses(exam: &Exam) -> Vec<(Miss, u32)> {
    let scored = exam.items().filter(|(_, _, item, _)| item.scored);
    let found: Vec<Miss> = scored.filter_map(|(section, _, item, slot)| Miss::of(exam, section, item, slot)).collect();
    let count = |miss: Miss| (miss, found.iter().filter(|m| **m == miss).count() as u32);
    Miss::ALL.into_iter().map(count).filter(|(_, n)| *n > 0).collect()
}
