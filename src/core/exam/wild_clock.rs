//! Ten thousand exams on clocks that jump, stand still and crash: the time left is right to five seconds, in the learner's
//! favor, and living equals resuming.

use super::tests::exam;
use super::*;
use crate::core::calendar::{DAY_MS, Moment};
use crate::core::event::Fact;
use proptest::prelude::*;

/// What befalls a running exam.
#[derive(Clone, Debug)]
enum Step {
    /// The program looks at its clock after so many milliseconds, as it does once a second at least.
    Look(u64),
    /// It does so for a while.
    Work(u64),
    /// The wall clock is set by so many minutes.
    Set(i64),
    /// The computer sleeps for so many seconds; the monotonic clock stands still (Linux, macOS) or runs on (Windows).
    Sleep(u64, bool),
    /// The program is killed so many milliseconds after its last look, and begins again after some seconds.
    Kill(u64, u64),
    /// It is left as it should be, and begins again after some seconds.
    Leave(u64),
    /// She does something.
    Do(Move),
}

fn step() -> impl Strategy<Value = Step> {
    let jump = prop_oneof![Just(-60), Just(60), -5_256_000..=5_256_000_i64, -200..=200_i64,];
    let does = prop_oneof![
        (0..5_usize).prop_map(Move::Open),
        (0..3_u8).prop_map(|option| Move::Choose(option, None)),
        Just(Move::Flag),
        Just(Move::GoAway),
        Just(Move::ComeBack),
        Just(Move::Rest),
        Just(Move::EndBreak),
        Just(Move::Submit),
    ];
    prop_oneof![
        4 => (0..=1000_u64).prop_map(Step::Look),
        4 => (1..40_u64).prop_map(Step::Work),
        2 => jump.prop_map(Step::Set),
        2 => (0..40_000_u64, any::<bool>()).prop_map(|(seconds, runs_on)| Step::Sleep(seconds, runs_on)),
        2 => (0..=1000_u64, 0..100_000_u64).prop_map(|(after, away)| Step::Kill(after, away)),
        1 => (0..100_000_u64).prop_map(Step::Leave),
        4 => does.prop_map(Step::Do),
    ]
}

/// A machine with a program on it, and what is really true.
struct World {
    now: Moment,
    exam: Exam,
    sitting: Sitting,
    log: Vec<Fact>,
    beat: Option<(Phase, Duration)>,
    /// Time that the program really ran in this section or break.
    truth: Duration,
    /// Sleeps that must be told.
    sleeps: usize,
}

impl World {
    fn new() -> Self {
        let exam = fresh();
        let now = Moment { wall: Stamp { ms: 1_772_950_000_000, offset_min: -300 }, mono: Duration::from_secs(3) };
        let sitting = Sitting::resume(&exam, Duration::ZERO, Duration::ZERO, now);
        Self { now, exam, sitting, log: vec![], beat: None, truth: Duration::ZERO, sleeps: 0 }
    }

    fn pass(&mut self, ms: u64) {
        self.now.mono += Duration::from_millis(ms);
        self.now.wall.ms += ms as i64;
        self.truth += Duration::from_millis(ms);
    }

    fn save(&mut self, facts: Vec<Fact>) {
        for fact in facts {
            let phase = self.exam.phase;
            self.exam.evolve(&fact, self.now.wall);
            self.sitting.logged(&fact, &self.exam, self.now);
            if self.exam.phase != phase {
                self.truth = self.exam.logged();
            }
            self.log.push(fact);
        }
    }

    fn look(&mut self) {
        let look = self.sitting.look(&self.exam, self.now);
        self.save(look.facts);
        if let Some(spent) = look.beat.filter(|_| self.exam.is_open()) {
            // The beat of a phase that has just ended names that phase no more.
            self.beat = Some((self.exam.phase, spent.min(self.sitting.spent())));
        }
    }

    /// Begins again from what is on disk; gives the time that was lost.
    fn resume(&mut self, away: u64) -> Duration {
        let mut again = fresh();
        for fact in &self.log {
            again.evolve(fact, self.now.wall);
        }
        // When it was touched is the wall clock's affair.
        again.touched = self.exam.touched;
        again.ended = self.exam.ended;
        assert_eq!(again, self.exam, "living and resuming differ");
        let spent = again.resumed_at(self.beat);
        let away = Duration::from_secs(away);
        self.now = Moment {
            wall: Stamp { ms: self.now.wall.ms + away.as_millis() as i64, ..self.now.wall },
            mono: Duration::from_millis(7),
        };
        self.sleeps += usize::from(away > GAP && self.exam.is_open());
        self.sitting = Sitting::resume(&again, spent, away, self.now);
        assert!(spent <= self.truth, "time was taken: {spent:?} of {:?}", self.truth);
        std::mem::replace(&mut self.truth, spent).saturating_sub(spent)
    }
}

fn fresh() -> Exam {
    let mut exam = exam(2, 5);
    exam.form.extra_breaks = 1;
    for section in &mut exam.form.sections {
        section.limit_ms = Some(240_000);
    }
    exam
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn no_clock_takes_time_from_her(steps in prop::collection::vec(step(), 1..40)) {
        let mut world = World::new();
        for step in steps {
            match step {
                Step::Look(ms) => {
                    world.pass(ms);
                    world.look();
                }
                Step::Work(seconds) => {
                    for _ in 0..seconds {
                        world.pass(1000);
                        world.look();
                    }
                }
                Step::Set(minutes) => {
                    world.now.wall.ms += minutes * 60_000;
                    // A jump forward of less than a week can't be told from a sleep, and is told as one.
                    world.sleeps += usize::from(minutes > 0 && minutes * 60_000 < 7 * DAY_MS && world.exam.is_open());
                    world.look();
                }
                Step::Sleep(seconds, runs_on) => {
                    world.look();
                    let slept = Duration::from_secs(seconds);
                    world.now.wall.ms += slept.as_millis() as i64;
                    if runs_on {
                        world.now.mono += slept;
                        // A short one can't be told from work there.
                        world.truth += if slept <= GAP { slept } else { Duration::ZERO };
                    }
                    world.sleeps += usize::from(slept > GAP && world.exam.is_open());
                    world.look();
                }
                Step::Kill(after, away) => {
                    world.pass(after);
                    let lost = world.resume(away);
                    prop_assert!(lost <= Duration::from_secs(5), "{lost:?} were lost");
                    world.look();
                }
                Step::Leave(away) => {
                    world.look();
                    world.beat = Some((world.exam.phase, world.sitting.spent()));
                    let lost = world.resume(away);
                    prop_assert!(world.exam.phase != world.beat.map_or(world.exam.phase, |b| b.0) || lost == Duration::ZERO);
                    world.look();
                }
                Step::Do(mv) => {
                    world.look();
                    let facts = world.sitting.decide(&world.exam, mv);
                    world.save(facts);
                }
            }
            if !world.exam.is_open() {
                break;
            }
            prop_assert_eq!(world.sitting.spent(), world.truth, "no more and no less than the program ran");
        }
        prop_assert_eq!(world.exam.interruptions.len(), world.sleeps);
        for (section, spent) in world.exam.spent_ms.iter().enumerate() {
            prop_assert!(*spent <= 240_000);
            prop_assert!(!world.exam.timed_out.contains(&section) || *spent == 240_000);
        }
    }
}
