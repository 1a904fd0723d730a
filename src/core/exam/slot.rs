//! What has become of one item of an exam.

use crate::core::confidence::Confidence;

/// What has become of one item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slot {
    /// The chosen option, in file order.
    pub choice: Option<u8>,
    /// How sure she was of it, where she said so.
    pub confidence: Option<Confidence>,
    /// Earlier choices, oldest first.
    pub earlier: Vec<u8>,
    /// Active milliseconds of its section when it was last answered.
    pub answered_ms: Option<u64>,
    /// Flagged for a second look.
    pub flagged: bool,
    /// Struck options, in file order, sorted.
    pub struck: Vec<u8>,
    /// Highlighted words of the stem, by place, sorted.
    pub highlights: Vec<u16>,
    /// Her note beside it.
    pub note: String,
    /// Has been on the screen.
    pub opened: bool,
    /// Milliseconds that it was on the screen.
    pub ms: u64,
    /// What she chose when she answered again after the exam, before any key was shown.
    pub reconsidered: Option<u8>,
}

impl Slot {
    /// The first choice, where another one was made later.
    pub fn changed_from(&self) -> Option<u8> {
        self.earlier.first().copied().filter(|first| self.choice.is_some_and(|last| last != *first))
    }
}
