//! What can happen in an exam.

use super::Shown;
use crate::core::bank::{Category, StatementId};
use crate::core::confidence::Confidence;
use crate::core::settings::TimeFactor;
use serde::{Deserialize, Serialize};

/// The identity of an exam: the text form of a UUID.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ExamId(pub String);

/// How long an exam is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExamLength {
    /// Both sections with the break.
    Full,
    /// One section.
    Half,
    /// Thirty items.
    Mini,
    /// As many as are asked for.
    Items(u16),
}

/// One item of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormItem {
    /// The item as it is shown.
    #[serde(flatten)]
    pub shown: Shown,
    /// The statement for which it was drawn.
    pub statement: StatementId,
    /// Whether it counts.
    pub scored: bool,
}

/// One section of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionForm {
    /// Its time limit in milliseconds; `None` without one.
    pub limit_ms: Option<u64>,
    /// Its items, in order.
    pub items: Vec<FormItem>,
}

/// An exam and its form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamStarted {
    /// The exam.
    pub exam: ExamId,
    /// A name that she gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whose exam it is.
    pub category: Category,
    /// How long it was meant to be.
    pub length: ExamLength,
    /// How much time it gives.
    pub time: TimeFactor,
    /// What the form was drawn with.
    pub seed: u64,
    /// The longest break, in milliseconds.
    pub break_ms: u64,
    /// Breaks beyond the one between sections in which the clock stands still.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub extra_breaks: u8,
    /// Whether the clock runs on while the program does not.
    #[serde(default, skip_serializing_if = "is_false")]
    pub strict: bool,
    /// The form.
    pub sections: Vec<SectionForm>,
}

/// An item of the running section was turned to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamOpened {
    /// The exam.
    pub exam: ExamId,
    /// The item's place in the section, from 0.
    pub position: usize,
    /// Active milliseconds of the section so far.
    pub spent_ms: u64,
}

/// An item was answered, changed or cleared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamAnswered {
    /// The exam.
    pub exam: ExamId,
    /// The item's place in the section, from 0.
    pub position: usize,
    /// The chosen option in file order; `None` clears it.
    pub choice: Option<u8>,
    /// How sure she was, where she said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// Active milliseconds of the section so far.
    pub spent_ms: u64,
}

/// An item was flagged for a second look, or the flag taken away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamFlagged {
    /// The exam.
    pub exam: ExamId,
    /// The item's place in the section, from 0.
    pub position: usize,
    /// Whether it is flagged from now on.
    pub on: bool,
    /// Active milliseconds of the section so far.
    pub spent_ms: u64,
}

/// An option was struck out, or restored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamStruck {
    /// The exam.
    pub exam: ExamId,
    /// The item's place in the section, from 0.
    pub position: usize,
    /// The option, in file order.
    pub option: u8,
    /// Whether it is struck out from now on.
    pub on: bool,
    /// Active milliseconds of the section so far.
    pub spent_ms: u64,
}

/// A note of her own was set down beside an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamNoted {
    /// The exam.
    pub exam: ExamId,
    /// The item's place in the section, from 0.
    pub position: usize,
    /// The note; empty takes it away.
    pub text: String,
    /// Active milliseconds of the section so far.
    pub spent_ms: u64,
}

/// Words of a stem were highlighted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamHighlighted {
    /// The exam.
    pub exam: ExamId,
    /// The item's place in the section, from 0.
    pub position: usize,
    /// The places of all highlighted words of the stem, from 0, sorted.
    pub words: Vec<u16>,
    /// Active milliseconds of the section so far.
    pub spent_ms: u64,
}

/// She went away from the running section, or came back; the clock runs on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamAway {
    /// The exam.
    pub exam: ExamId,
    /// Whether she is away from now on.
    pub on: bool,
    /// Active milliseconds of the section so far.
    pub spent_ms: u64,
}

/// An extra break began; the clock stands still.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestBegan {
    /// The exam.
    pub exam: ExamId,
    /// Active milliseconds of the section so far.
    pub spent_ms: u64,
}

/// An extra break is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestEnded {
    /// The exam.
    pub exam: ExamId,
    /// How long it took, in milliseconds.
    pub spent_ms: u64,
}

/// A section was handed in; it can't be opened again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionSubmitted {
    /// The exam.
    pub exam: ExamId,
    /// The section, from 0.
    pub section: usize,
    /// Its active milliseconds.
    pub spent_ms: u64,
    /// Whether its time had run out.
    pub at_limit: bool,
}

/// The break is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BreakEnded {
    /// The exam.
    pub exam: ExamId,
    /// How long it took, in milliseconds.
    pub spent_ms: u64,
}

/// The program stood still during an exam: sleep, a stop signal, a crash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamInterrupted {
    /// The exam.
    pub exam: ExamId,
    /// For how many milliseconds.
    pub ms: u64,
}

/// An exam was ended before its last section was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamAbandoned {
    /// The exam.
    pub exam: ExamId,
    /// Active milliseconds of the running section.
    pub spent_ms: u64,
}

/// After the exam and before any key was shown, an item was answered again without a clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamReconsidered {
    /// The exam.
    pub exam: ExamId,
    /// The section, from 0.
    pub section: usize,
    /// The item's place in the section, from 0.
    pub position: usize,
    /// The option chosen this time, in file order.
    pub choice: u8,
}

/// Keys of an exam that is over were shown: from now on nothing of it can be answered again without knowing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeysShown {
    /// The exam.
    pub exam: ExamId,
}

/// An exam was given another name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamRenamed {
    /// The exam.
    pub exam: ExamId,
    /// Its name; `None` takes it away.
    pub name: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
fn is_false(on: &bool) -> bool {
    !on
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
fn is_zero(number: &u8) -> bool {
    *number == 0
}
