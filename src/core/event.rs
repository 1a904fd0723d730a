//! What can happen: the vocabulary of the log.
//!
//! Events hold facts (what was shown, what was chosen, when), never conclusions. Their meaning never changes: new
//! fields get a default, new meanings get a new kind. The key and the forecast difficulty are facts of the version of
//! the item that was shown, so that history is judged by the question as it stood, whatever becomes of the bank.

use super::bank::{Category, Difficulty, ItemId, ObjectiveId, StatementId};
use super::calendar::Stamp;
use super::confidence::Confidence;
use super::settings::{Setting, TimeFactor};
use serde::{Deserialize, Serialize};

/// The identity of an event: a UUIDv7.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventId(pub uuid::Uuid);

impl std::fmt::Debug for EventId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// The identity of an exam: the text form of a UUID.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ExamId(pub String);

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its identity.
    pub id: EventId,
    /// When it happened.
    pub at: Stamp,
    /// What happened.
    pub fact: Fact,
}

/// An item as it was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The item.
    pub item: ItemId,
    /// The version of it: its content hash.
    pub hash: String,
    /// The objective that it tests.
    pub objective: ObjectiveId,
    /// The place of the key, in file order.
    pub key: u8,
    /// The author's forecast.
    pub difficulty: Difficulty,
    /// The options from top to bottom, as file positions.
    pub order: Vec<u8>,
}

/// An answer in study or practice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The sitting that it belongs to.
    pub session: String,
    /// What was shown.
    pub shown: Shown,
    /// The chosen option, in file order.
    pub choice: u8,
    /// How sure she was, where she was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// Milliseconds from showing to choosing.
    pub ms: u32,
    /// Options struck out before, in file order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub struck: Vec<u8>,
}

/// An event that is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retracted {
    /// The event that no longer counts.
    pub event: EventId,
}

/// A mark set on an item, or taken away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemFlagged {
    /// The item.
    pub item: ItemId,
    /// Whether it is marked from now on.
    pub on: bool,
}

/// An item that was on the screen in study and left without an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemShown {
    /// The item.
    pub item: ItemId,
}

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
    /// The longest break between two sections, in milliseconds.
    pub break_ms: u64,
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

/// Declares the kinds of facts: the name in the log, the variant, what it holds.
macro_rules! facts {
    ($($(#[$doc:meta])* $kind:literal $variant:ident($body:ty),)*) => {
        /// What happened.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Fact { $($(#[$doc])* $variant($body),)* }

        impl Fact {
            /// The name of its kind in the log.
            pub fn kind(&self) -> &'static str {
                match self { $(Self::$variant(_) => $kind,)* }
            }

            /// What it holds, as JSON.
            ///
            /// # Errors
            /// None in practice: every body is plain data.
            pub fn to_json(&self) -> serde_json::Result<String> {
                match self { $(Self::$variant(body) => serde_json::to_string(body),)* }
            }

            /// Reads a fact back.
            ///
            /// # Errors
            /// The kind is unknown (a newer version wrote it), or the body is not what the kind holds.
            pub fn from_json(kind: &str, body: &str) -> Result<Self, String> {
                match kind {
                    $($kind => serde_json::from_str(body).map(Self::$variant).map_err(|e| e.to_string()),)*
                    _ => Err(format!("unknown kind of event: {kind}")),
                }
            }
        }
    };
}

facts! {
    /// A choice was made in settings.
    "settings.changed" Set(Setting),
    /// An item was answered in study or practice.
    "answer.given" Answered(Answered),
    /// An earlier event no longer counts.
    "event.retracted" Retracted(Retracted),
    /// An item was marked.
    "item.flagged" ItemFlagged(ItemFlagged),
    /// An item was read and left without an answer.
    "item.shown" ItemShown(ItemShown),
    /// An exam began.
    "exam.started" ExamStarted(ExamStarted),
    /// An exam item was turned to.
    "exam.opened" ExamOpened(ExamOpened),
    /// An exam item was answered.
    "exam.answered" ExamAnswered(ExamAnswered),
    /// An exam item was flagged.
    "exam.flagged" ExamFlagged(ExamFlagged),
    /// An option of an exam item was struck out.
    "exam.struck" ExamStruck(ExamStruck),
    /// A section was handed in.
    "section.submitted" SectionSubmitted(SectionSubmitted),
    /// The break ended.
    "break.ended" BreakEnded(BreakEnded),
    /// The exam stood still.
    "exam.interrupted" ExamInterrupted(ExamInterrupted),
    /// The exam was given up.
    "exam.abandoned" ExamAbandoned(ExamAbandoned),
}

impl Fact {
    /// The exam that the fact belongs to, if it belongs to one.
    pub fn exam(&self) -> Option<&ExamId> {
        match self {
            Self::ExamStarted(f) => Some(&f.exam),
            Self::ExamOpened(f) => Some(&f.exam),
            Self::ExamAnswered(f) => Some(&f.exam),
            Self::ExamFlagged(f) => Some(&f.exam),
            Self::ExamStruck(f) => Some(&f.exam),
            Self::SectionSubmitted(f) => Some(&f.exam),
            Self::BreakEnded(f) => Some(&f.exam),
            Self::ExamInterrupted(f) => Some(&f.exam),
            Self::ExamAbandoned(f) => Some(&f.exam),
            Self::Set(_) | Self::Answered(_) | Self::Retracted(_) | Self::ItemFlagged(_) | Self::ItemShown(_) => None,
        }
    }
}
