//! What can happen: the vocabulary of the log.
//!
//! Events hold facts (what was shown, what was chosen, when), never conclusions. Their meaning never changes: new
//! fields get a default, new meanings get a new kind. The key and the forecast difficulty are facts of the version of
//! the item that was shown, so that history is judged by the question as it stood, whatever becomes of the bank.

mod exam;

pub use exam::{
    BreakEnded, ExamAbandoned, ExamAnswered, ExamAway, ExamFlagged, ExamHighlighted, ExamId, ExamInterrupted,
    ExamLength, ExamNoted, ExamOpened, ExamReconsidered, ExamRenamed, ExamStarted, ExamStruck, FormItem, KeysShown,
    RestBegan, RestEnded, SectionForm, SectionSubmitted,
};

use super::bank::{Category, Difficulty, ItemId, ObjectiveId};
use super::calendar::Stamp;
use super::confidence::Confidence;
use super::settings::Setting;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The identity of an event: a UUIDv7.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventId(pub uuid::Uuid);

impl std::fmt::Debug for EventId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

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

/// A note of her own on an item; the last one counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemNoted {
    /// The item.
    pub item: ItemId,
    /// The note; empty takes it away.
    pub text: String,
}

/// An item seems wrong or unclear to her.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemDoubted {
    /// The item.
    pub item: ItemId,
    /// The version of it: its content hash.
    pub hash: String,
    /// What seems wrong; empty takes the doubt back.
    pub text: String,
}

/// A rule that she wants to be asked soon, or no longer does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectiveWanted {
    /// The objective.
    pub objective: ObjectiveId,
    /// Whether it is wanted from now on; its next answer in study fulfils the wish.
    pub on: bool,
}

/// The result of a real exam, as it was sent to her.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RealResult {
    /// The day of the exam.
    pub date: Date,
    /// Which exam it was.
    pub category: Category,
    /// Whether it was passed.
    pub passed: bool,
    /// Correct answers of the scored ones, by the code of the area; empty where they were not told.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub areas: BTreeMap<String, Count>,
}

/// So many right of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// How many were right.
    pub right: u32,
    /// Of how many.
    pub of: u32,
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
    /// A note was set down on an item.
    "item.noted" ItemNoted(ItemNoted),
    /// An item was reported as doubtful.
    "item.doubted" ItemDoubted(ItemDoubted),
    /// A rule was sent to study.
    "objective.wanted" ObjectiveWanted(ObjectiveWanted),
    /// The result of a real exam was typed in.
    "result.entered" RealResult(RealResult),
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
    /// A note was set down beside an exam item.
    "exam.noted" ExamNoted(ExamNoted),
    /// Words of an exam item were highlighted.
    "exam.highlighted" ExamHighlighted(ExamHighlighted),
    /// She went away from a running section, or came back.
    "exam.away" ExamAway(ExamAway),
    /// An extra break began.
    "rest.began" RestBegan(RestBegan),
    /// An extra break ended.
    "rest.ended" RestEnded(RestEnded),
    /// A section was handed in.
    "section.submitted" SectionSubmitted(SectionSubmitted),
    /// The break ended.
    "break.ended" BreakEnded(BreakEnded),
    /// The exam stood still.
    "exam.interrupted" ExamInterrupted(ExamInterrupted),
    /// The exam was given up.
    "exam.abandoned" ExamAbandoned(ExamAbandoned),
    /// An item was answered again after the exam, before its key was shown.
    "exam.reconsidered" ExamReconsidered(ExamReconsidered),
    /// Keys of an exam were shown.
    "keys.shown" KeysShown(KeysShown),
    /// An exam was given another name.
    "exam.renamed" ExamRenamed(ExamRenamed),
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
            Self::ExamNoted(f) => Some(&f.exam),
            Self::ExamHighlighted(f) => Some(&f.exam),
            Self::ExamAway(f) => Some(&f.exam),
            Self::RestBegan(f) => Some(&f.exam),
            Self::RestEnded(f) => Some(&f.exam),
            Self::SectionSubmitted(f) => Some(&f.exam),
            Self::BreakEnded(f) => Some(&f.exam),
            Self::ExamInterrupted(f) => Some(&f.exam),
            Self::ExamAbandoned(f) => Some(&f.exam),
            Self::ExamReconsidered(f) => Some(&f.exam),
            Self::KeysShown(f) => Some(&f.exam),
            Self::ExamRenamed(f) => Some(&f.exam),
            Self::Set(_)
            | Self::Answered(_)
            | Self::Retracted(_)
            | Self::ItemFlagged(_)
            | Self::ItemShown(_)
            | Self::ItemNoted(_)
            | Self::ItemDoubted(_)
            | Self::ObjectiveWanted(_)
            | Self::RealResult(_) => None,
        }
    }
}
