//! Sitting an exam: the clock while it is on the screen, and what must be said and saved because time passes.

use super::{ActiveClock, Exam, GAP, Move};
use crate::core::calendar::Moment;
use crate::core::event::{ExamInterrupted, Fact};
use std::time::Duration;

/// How often the clock of a running exam is noted on disk. It is looked at once a second, so that a crash can miscount
/// five seconds at most.
const BEAT: Duration = Duration::from_secs(4);

/// When the remaining time of a section is announced, in minutes.
const WARNINGS: [u64; 4] = [30, 10, 5, 1];

/// When the end of a break is announced, in minutes before it.
const BREAK_WARNINGS: [u64; 1] = [1];

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
        self.facts.iter().any(ends_phase)
    }
}

impl Sitting {
    /// Goes on at `spent`, after the program was away for `away`. In a strict exam that time has passed as well.
    pub fn resume(exam: &Exam, spent: Duration, away: Duration, now: Moment) -> Self {
        let gaps = if away > GAP { vec![away] } else { vec![] };
        let spent = if exam.form.strict { spent.saturating_add(away) } else { spent };
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
        if let Some(gap) = self.clock.tick(now) {
            self.gaps.push(gap);
            if exam.form.strict {
                self.clock.count(gap);
            }
        }
        let gap = |gap: &Duration| {
            Fact::ExamInterrupted(ExamInterrupted { exam: exam.id().clone(), ms: gap.as_millis() as u64 })
        };
        let mut look = Look { facts: self.gaps.iter().map(gap).collect(), ..Look::default() };
        look.facts.extend(exam.decide(None, self.clock.spent()));
        if let (Some(before), Some(left)) = (before, self.left(exam)) {
            let passed = |m: &&u64| before.as_secs() > **m * 60 && left.as_secs() <= **m * 60;
            let marks = if exam.section().is_some() { WARNINGS.as_slice() } else { &BREAK_WARNINGS };
            look.warning = marks.iter().rev().find(passed).copied();
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

    /// Learns that a fact is in the log, and how the exam stands with it. Each section and each break has a clock of its
    /// own; after an extra break the section's clock goes on where it was.
    pub fn logged(&mut self, fact: &Fact, exam: &Exam, now: Moment) {
        match fact {
            Fact::ExamInterrupted(_) if !self.gaps.is_empty() => {
                self.gaps.remove(0);
            }
            fact if ends_phase(fact) || matches!(fact, Fact::RestBegan(_)) => {
                self.clock = ActiveClock::resume(exam.logged(), now);
                self.beaten = exam.logged();
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

/// Whether a fact ends a section or a break.
fn ends_phase(fact: &Fact) -> bool {
    matches!(fact, Fact::SectionSubmitted(_) | Fact::BreakEnded(_) | Fact::RestEnded(_))
}

#[cfg(test)]
mod tests {
    use super::super::Phase;
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
        let mut sitting = Sitting::resume(&exam, Duration::ZERO, Duration::ZERO, at(0));
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
    fn the_clock_is_noted_every_four_seconds() {
        let exam = exam(1, 2);
        let mut sitting = Sitting::resume(&exam, Duration::ZERO, Duration::ZERO, at(0));
        let beats = (1..=20).filter(|s| sitting.look(&exam, at(*s)).beat.is_some()).count();
        assert_eq!(beats, 5);
    }

    /// What could not be saved is offered again until it is.
    #[test]
    fn a_standstill_stays_until_it_is_logged() {
        let exam = exam(1, 2);
        let mut sitting = Sitting::resume(&exam, Duration::ZERO, Duration::from_mins(12), at(0));
        let first = sitting.look(&exam, at(1)).facts;
        assert_eq!(first.len(), 1);
        assert_eq!(sitting.look(&exam, at(2)).facts, first);
        sitting.logged(&first[0], &exam, at(2));
        assert!(sitting.look(&exam, at(3)).facts.is_empty());
    }

    /// A strict exam gives nothing back: neither for a sleep nor for the time in which the program was closed.
    #[test]
    fn in_a_strict_exam_the_clock_runs_on() {
        let mut exam = exam(1, 2);
        exam.form.strict = true;
        exam.form.sections[0].limit_ms = Some(3_600_000);
        let mut sitting = Sitting::resume(&exam, Duration::from_secs(10), Duration::from_mins(12), at(0));
        assert_eq!(sitting.spent(), Duration::from_secs(730));
        assert_eq!(sitting.look(&exam, at(100)).facts.len(), 2, "both standstills are told");
        assert_eq!(sitting.spent(), Duration::from_secs(830));
        let over = Sitting::resume(&exam, Duration::ZERO, Duration::from_hours(2), at(0)).look(&exam, at(1));
        assert!(over.is_over());
    }

    #[test]
    fn an_extra_break_has_its_own_clock_and_the_sections_goes_on_after_it() {
        let mut exam = exam(1, 2);
        exam.form.extra_breaks = 1;
        exam.form.sections[0].limit_ms = Some(3_600_000);
        let mut sitting = Sitting::resume(&exam, Duration::ZERO, Duration::ZERO, at(0));
        sitting.look(&exam, at(20));
        let mut told = vec![];
        for (mv, second) in [(Move::Rest, 20), (Move::EndBreak, 40)] {
            sitting.look(&exam, at(second));
            for fact in sitting.decide(&exam, mv) {
                exam.evolve(&fact, Stamp::default());
                sitting.logged(&fact, &exam, at(second));
            }
            told.push((exam.phase, sitting.spent().as_secs()));
        }
        assert_eq!(told, [(Phase::Rest(0), 0), (Phase::Section(0), 20)]);
        assert!(sitting.decide(&exam, Move::Rest).is_empty(), "only one was granted");
    }

    #[test]
    fn the_end_of_a_break_is_announced() {
        let mut exam = exam(2, 1);
        exam.phase = Phase::Break(1);
        let mut sitting = Sitting::resume(&exam, Duration::ZERO, Duration::ZERO, at(0));
        let told: Vec<u64> = (1..=600).filter(|s| sitting.look(&exam, at(*s)).warning.is_some()).collect();
        assert_eq!(told, [540]);
    }
}
