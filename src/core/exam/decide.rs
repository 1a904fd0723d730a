//! What may be done in an exam: every rule stands here.

use super::{Exam, Phase};
use crate::core::confidence::Confidence;
use crate::core::event::{
    BreakEnded, ExamAbandoned, ExamAnswered, ExamAway, ExamFlagged, ExamHighlighted, ExamId, ExamNoted, ExamOpened,
    ExamStruck, Fact, RestBegan, RestEnded, SectionSubmitted,
};
use std::time::Duration;

/// The longest note, in characters.
pub const NOTE_LENGTH: usize = 500;

/// What a person can do in an exam.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move {
    /// Turn to an item of the section.
    Open(usize),
    /// Choose an option (file order) of the open item, saying how sure she is or not.
    Choose(u8, Option<Confidence>),
    /// Take the answer of the open item away.
    Clear,
    /// Flag the open item, or take the flag away.
    Flag,
    /// Strike out an option (file order) of the open item, or restore it.
    Strike(u8),
    /// Highlight exactly these words of the open item's stem.
    Highlight(Vec<u16>),
    /// Set a note down beside the open item; an empty one takes it away.
    Note(String),
    /// Go away while the clock runs.
    GoAway,
    /// Come back to the item.
    ComeBack,
    /// Begin an extra break, in which the clock stands still.
    Rest,
    /// Hand in the section.
    Submit,
    /// Go on after a break.
    EndBreak,
    /// Give the exam up.
    Abandon,
}

impl Exam {
    /// Extra breaks that can still be taken.
    pub fn rests_left(&self) -> usize {
        usize::from(self.form.extra_breaks).saturating_sub(self.rests.len())
    }

    /// What follows from a move (or from time alone) after `spent` of active time in the running section or break.
    pub fn decide(&self, mv: Option<Move>, spent: Duration) -> Vec<Fact> {
        let exam = self.id().clone();
        let spent_ms = spent.as_millis() as u64;
        let over = self.limit().is_some_and(|limit| spent >= limit);
        let rest_ms = spent_ms.min(self.form.break_ms);
        match (self.phase, mv) {
            (Phase::Break(_), Some(Move::Abandon)) => vec![Fact::ExamAbandoned(ExamAbandoned { exam, spent_ms: 0 })],
            (Phase::Rest(section), Some(Move::Abandon)) => {
                let spent_ms = self.spent_ms.get(section).copied().unwrap_or(0);
                vec![Fact::ExamAbandoned(ExamAbandoned { exam, spent_ms })]
            }
            (Phase::Break(_), mv) if over || mv == Some(Move::EndBreak) => {
                vec![Fact::BreakEnded(BreakEnded { exam, spent_ms: rest_ms })]
            }
            (Phase::Rest(_), mv) if over || mv == Some(Move::EndBreak) => {
                vec![Fact::RestEnded(RestEnded { exam, spent_ms: rest_ms })]
            }
            (Phase::Section(section), _) if over => {
                // An answer that comes after the end is refused; the section ends at its limit, however late we look.
                let limit = self.limit().unwrap_or_default().as_millis() as u64;
                vec![Fact::SectionSubmitted(SectionSubmitted { exam, section, spent_ms: limit, at_limit: true })]
            }
            (Phase::Section(section), Some(mv)) => self.decide_move(mv, section, spent_ms),
            (Phase::Ended(_) | Phase::Break(_) | Phase::Rest(_), _) | (Phase::Section(_), None) => vec![],
        }
    }

    fn decide_move(&self, mv: Move, section: usize, spent_ms: u64) -> Vec<Fact> {
        let (exam, position) = (self.id().clone(), self.position);
        match mv {
            Move::Submit => {
                return vec![Fact::SectionSubmitted(SectionSubmitted { exam, section, spent_ms, at_limit: false })];
            }
            Move::Abandon => return vec![Fact::ExamAbandoned(ExamAbandoned { exam, spent_ms })],
            Move::Rest if self.rests_left() > 0 => return vec![Fact::RestBegan(RestBegan { exam, spent_ms })],
            Move::GoAway if !self.away => {
                return vec![Fact::ExamAway(ExamAway { exam, on: true, spent_ms })];
            }
            Move::ComeBack if self.away => {
                return vec![Fact::ExamAway(ExamAway { exam, on: false, spent_ms })];
            }
            _ => {}
        }
        let Some((item, slot)) = self.open_item().filter(|_| !self.away) else { return vec![] };
        let known = |option: u8| item.shown.order.contains(&option);
        match mv {
            Move::Open(to) if to < self.slots[section].len() && (to != position || !slot.opened) => {
                vec![Fact::ExamOpened(ExamOpened { exam, position: to, spent_ms })]
            }
            Move::Choose(option, confidence)
                if known(option)
                    && !slot.struck.contains(&option)
                    && (slot.choice, slot.confidence) != (Some(option), confidence) =>
            {
                vec![Fact::ExamAnswered(ExamAnswered { exam, position, choice: Some(option), confidence, spent_ms })]
            }
            Move::Clear if slot.choice.is_some() => vec![cleared(exam, position, spent_ms)],
            Move::Flag => vec![Fact::ExamFlagged(ExamFlagged { exam, position, on: !slot.flagged, spent_ms })],
            Move::Strike(option) if known(option) => {
                let on = !slot.struck.contains(&option);
                let mut facts = vec![];
                if slot.choice == Some(option) {
                    // An option that is ruled out can't stay the answer.
                    facts.push(cleared(exam.clone(), position, spent_ms));
                }
                facts.push(Fact::ExamStruck(ExamStruck { exam, position, option, on, spent_ms }));
                facts
            }
            Move::Highlight(mut words) => {
                words.sort_unstable();
                words.dedup();
                if words == slot.highlights {
                    return vec![];
                }
                vec![Fact::ExamHighlighted(ExamHighlighted { exam, position, words, spent_ms })]
            }
            Move::Note(text) => {
                let text: String = text.trim().chars().take(NOTE_LENGTH).collect();
                if text == slot.note {
                    return vec![];
                }
                vec![Fact::ExamNoted(ExamNoted { exam, position, text, spent_ms })]
            }
            _ => vec![],
        }
    }
}

fn cleared(exam: ExamId, position: usize, spent_ms: u64) -> Fact {
    Fact::ExamAnswered(ExamAnswered { exam, position, choice: None, confidence: None, spent_ms })
}
