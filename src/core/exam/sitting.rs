//! Sitting an exam: the clock while it is on the screen, and what must be said and saved because time passes.

use super::{ActiveClock, Exam, GAP, Move};
use crate::core::calendar::Moment;
use crate::core::event::{ExamInterrupted, Fact};
use std::time::Duration;

/// How often the clock of a running exam is noted on disk: the most time that a crash can miscount.
const BEAT: Duration = Duration::from_secs(5);

/// When the remaining time of a section is announced, in minutes.
const WARNINGS: [u64; 6] = [60, 30, 15, 10, 5, 1];

/// An exam that is being worked on.
#[derive(Clone, Debug)]
pub struct Sitting {
    clock: ActiveClock,
    beaten: Duration,
    /// Standstills that are not in the log yet.
    gaps: Vec<Duration>,
}

/// What a look at the clock has found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Look {
    /// What must be logged: standstills, and the end of a section or break.
    pub facts: Vec<Fact>,
    /// Minutes left, when a mark was just passed.
    pub warning: Option<u64>,
    /// Active time to be noted, when a note is due.
    pub beat: Option<Duration>,
}

impl Look {
    /// Whether a section or the break is over.
    pub fn is_over(&self) -> bool {
        self.facts.iter().any(|f| matches!(f, Fact::SectionSubmitted(_) | Fact::BreakEnded(_)))
    }
}

impl Sitting {
    /// Goes on at `spent`, after the exam has stood still for `away`.
    pub fn resume(spent: Duration, away: Duration, now: Moment) -> Self {
        let gaps = if away > GAP { vec![away] } else { vec![] };
        Self { clock: ActiveClock::resume(spent, now), beaten: spent, gaps }
    }

    /// Active time of the running section or break.
    pub fn spent(&self) -> Duration {
        self.clock.spent()
    }

    /// What is left of it; `None` without a limit.
    pub fn left(&self, exam: &Exam) -> Option<Duration> {
        Some(exam.limit()?.saturating_sub(self.clock.spent()))
    }

    /// Looks at the clock.
    pub fn look(&mut self, exam: &Exam, now: Moment) -> Look {
        let before = self.left(exam);
        self.gaps.extend(self.clock.tick(now));
        let gap = |gap: &Duration| {
            Fact::ExamInterrupted(ExamInterrupted { exam: exam.id().clone(), ms: gap.as_millis() as u64 })
        };
        let mut look = Look { facts: self.gaps.iter().map(gap).collect(), ..Look::default() };
        look.facts.extend(exam.decide(None, self.clock.spent()));
        if let (Some(before), Some(left), Some(_)) = (before, self.left(exam), exam.section()) {
            let passed = |m: &u64| before.as_secs() > m * 60 && left.as_secs() <= m * 60;
            look.warning = WARNINGS.into_iter().rev().find(passed);
        }
        if self.clock.spent().saturating_sub(self.beaten) >= BEAT {
            self.beaten = self.clock.spent();
            look.beat = Some(self.beaten);
        }
        look
    }

    /// What a move means now; nothing where its time is over.
    pub fn decide(&self, exam: &Exam, mv: Move) -> Vec<Fact> {
        exam.decide(Some(mv), self.clock.spent())
    }

    /// Learns that facts are in the log. A new section or a break starts the clock anew.
    pub fn logged(&mut self, fact: &Fact, now: Moment) {
        match fact {
            Fact::ExamInterrupted(_) if !self.gaps.is_empty() => {
                self.gaps.remove(0);
            }
            Fact::SectionSubmitted(_) | Fact::BreakEnded(_) => {
                self.clock = ActiveClock::resume(Duration::ZERO, now);
                self.beaten = Duration::ZERO;
            }
            _ => {}
        }
    }

    /// How long until the clock shows another second.
    pub fn to_next_second(&self, now: Moment) -> Duration {
        let spent = self.clock.spent() + now.mono.saturating_sub(self.clock.last_look());
        Duration::from_millis(1000 - u64::from(spent.subsec_millis()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::exam;
    use super::*;
    use crate::core::calendar::Stamp;

    fn at(seconds: u64) -> Moment {
        let ms = seconds as i64 * 1000;
        Moment { wall: Stamp { ms, offset_min: 0 }, mono: Duration::from_secs(seconds) }
    }

    #[test]
    fn each_mark_is_announced_once_and_the_end_is_told() {
        let exam = exam(1, 2);
        let mut sitting = Sitting::resume(Duration::ZERO, Duration::ZERO, at(0));
        let mut warnings = vec![];
        let mut over = 0;
        for second in 1..=60 {
            let look = sitting.look(&exam, at(second));
            warnings.extend(look.warning);
            over += usize::from(look.is_over());
        }
        // The limit is one minute: nothing to announce before the end itself.
        assert_eq!((warnings, over), (vec![], 1));
    }

    #[test]
    fn the_clock_is_noted_every_five_seconds() {
        let exam = exam(1, 2);
        let mut sitting = Sitting::resume(Duration::ZERO, Duration::ZERO, at(0));
        let beats = (1..=20).filter(|s| sitting.look(&exam, at(*s)).beat.is_some()).count();
        assert_eq!(beats, 4);
    }

    /// What could not be saved is offered again until it is.
    #[test]
    fn a_standstill_stays_until_it_is_logged() {
        let exam = exam(1, 2);
        let mut sitting = Sitting::resume(Duration::ZERO, Duration::from_mins(12), at(0));
        let first = sitting.look(&exam, at(1)).facts;
        assert_eq!(first.len(), 1);
        assert_eq!(sitting.look(&exam, at(2)).facts, first);
        sitting.logged(&first[0], at(2));
        assert!(sitting.look(&exam, at(3)).facts.is_empty());
    }
}
