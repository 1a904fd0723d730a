//! What facts make of an exam. No rule stands here, and nothing can fail.

use super::{Ending, Exam, Phase, Slot};
use crate::core::calendar::Stamp;
use crate::core::event::Fact;

/// The longest time that a log can tell of, in milliseconds: a year. Sums of such times stay numbers.
const LONGEST_MS: u64 = 366 * 24 * 60 * 60 * 1000;

impl Exam {
    /// Applies a fact of this exam; facts of other exams, and facts that no longer fit, change nothing.
    pub fn evolve(&mut self, fact: &Fact, at: Stamp) {
        if fact.exam() != Some(self.id()) {
            return;
        }
        if self.is_open() {
            self.touched = at;
            self.evolve_open(fact, at);
        } else if let Fact::ExamReconsidered(f) = fact {
            let slot = self.slots.get_mut(f.section).and_then(|s| s.get_mut(f.position));
            if let Some(slot) = slot.filter(|_| !self.keys_shown) {
                slot.reconsidered = Some(f.choice);
            }
        }
        match fact {
            Fact::KeysShown(_) if !self.is_open() => self.keys_shown = true,
            Fact::ExamRenamed(f) => self.form.name.clone_from(&f.name),
            _ => {}
        }
    }

    fn evolve_open(&mut self, fact: &Fact, at: Stamp) {
        match fact {
            Fact::ExamOpened(f) => {
                if let Some(slot) = self.slot_at(f.position, f.spent_ms) {
                    slot.opened = true;
                    self.position = f.position;
                }
            }
            Fact::ExamAnswered(f) => {
                if let Some(slot) = self.slot_at(f.position, f.spent_ms) {
                    slot.opened = true;
                    if slot.choice != f.choice {
                        slot.earlier.extend(slot.choice);
                        slot.answered_ms = f.choice.map(|_| f.spent_ms);
                    }
                    slot.choice = f.choice;
                    slot.confidence = f.confidence;
                }
            }
            Fact::ExamFlagged(f) => {
                if let Some(slot) = self.slot_at(f.position, f.spent_ms) {
                    slot.flagged = f.on;
                }
            }
            Fact::ExamStruck(f) => {
                if let Some(slot) = self.slot_at(f.position, f.spent_ms) {
                    slot.struck.retain(|o| *o != f.option);
                    if f.on {
                        slot.struck.push(f.option);
                        slot.struck.sort_unstable();
                    }
                }
            }
            Fact::ExamHighlighted(f) => {
                if let Some(slot) = self.slot_at(f.position, f.spent_ms) {
                    slot.highlights.clone_from(&f.words);
                }
            }
            Fact::ExamNoted(f) => {
                if let Some(slot) = self.slot_at(f.position, f.spent_ms) {
                    slot.note.clone_from(&f.text);
                }
            }
            Fact::ExamAway(f) if self.section().is_some() => {
                self.pass_time(f.spent_ms);
                self.away = f.on;
            }
            Fact::RestBegan(f) => {
                if let Some(section) = self.section() {
                    self.pass_time(f.spent_ms);
                    self.away = false;
                    self.phase = Phase::Rest(section);
                }
            }
            Fact::RestEnded(f) => {
                if let Phase::Rest(section) = self.phase {
                    self.rests.push(possible(f.spent_ms));
                    self.phase = Phase::Section(section);
                }
            }
            Fact::SectionSubmitted(f) if self.section() == Some(f.section) => {
                self.pass_time(f.spent_ms);
                self.away = false;
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
                    self.break_spent_ms += possible(f.spent_ms);
                    self.phase = Phase::Section(next);
                }
            }
            Fact::ExamInterrupted(f) => self.interruptions.push(possible(f.ms)),
            Fact::ExamAbandoned(f) => {
                self.pass_time(f.spent_ms);
                self.away = false;
                self.end(Ending::Abandoned, at);
            }
            _ => {}
        }
    }

    /// An item of the running section, after the time until now was booked.
    fn slot_at(&mut self, position: usize, spent_ms: u64) -> Option<&mut Slot> {
        self.pass_time(spent_ms)?.get_mut(position)
    }

    /// Books active time on the open item, or on being away, and gives the running section's slots.
    fn pass_time(&mut self, spent_ms: u64) -> Option<&mut Vec<Slot>> {
        let section = self.section()?;
        let spent = self.spent_ms.get_mut(section)?;
        let slots = self.slots.get_mut(section)?;
        let spent_ms = possible(spent_ms);
        let passed = spent_ms.saturating_sub(*spent);
        if self.away {
            self.away_ms += passed;
        } else if let Some(open) = slots.get_mut(self.position).filter(|s| s.opened) {
            open.ms += passed;
        }
        *spent = spent_ms.max(*spent);
        Some(slots)
    }

    fn end(&mut self, how: Ending, at: Stamp) {
        self.phase = Phase::Ended(how);
        self.ended = Some(at);
    }
}

/// A time of a log, which may say anything.
fn possible(ms: u64) -> u64 {
    ms.min(LONGEST_MS)
}
