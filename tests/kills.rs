//! Exams that are killed at every kind of moment: nothing that was shown as done is lost, nothing is done twice, no
//! section opens again, and the clock is right to five seconds in the learner's favor.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a failing test should say where; it measures by the clock"
)]

mod support;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::HashSet;
use std::path::Path;
use std::time::{Duration, Instant};
use support::clock::Clock;
use support::{ENTER, Pty};
use swprep::core::calendar::Stamp;
use swprep::core::event::{Event, Fact};
use swprep::core::exam::{Ending, Exam, Phase};
use swprep::core::library::Library;
use swprep::desk::Desk;
use swprep::store::Store;

/// So often each kind of moment is met.
const ROUNDS: u64 = 60;

/// At what the exam is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    Answer,
    Flag,
    SectionSubmit,
    EndOfBreak,
    FinalSubmit,
}

const MOMENTS: [Moment; 5] =
    [Moment::Answer, Moment::Flag, Moment::SectionSubmit, Moment::EndOfBreak, Moment::FinalSubmit];

impl Moment {
    /// The key that is pressed just before the kill, and what the screen shows once it is saved.
    fn key(self) -> (&'static str, &'static str) {
        match self {
            Self::Answer => ("c", "●"),
            Self::Flag => ("f", "flagged"),
            Self::SectionSubmit => ("y", "Break"),
            Self::EndOfBreak => (ENTER, "section 2 of 2"),
            Self::FinalSubmit => ("y", "Report ·"),
        }
    }

    /// Leads an exam to just before the key.
    fn approach(self, p: &mut Pty) {
        match self {
            Self::Answer | Self::Flag => {}
            Self::SectionSubmit => {
                p.send("b").until("●").send("s").until("Hand in this section?");
            }
            Self::EndOfBreak => {
                Self::SectionSubmit.approach(p);
                p.send("y").until("Break");
            }
            Self::FinalSubmit => {
                Self::EndOfBreak.approach(p);
                p.send(ENTER).until("section 2 of 2").send("a").until("●").send("s").until("Hand in this section?");
            }
        }
    }

    /// Whether the log says that the key was taken.
    fn is_done(self, exam: &Exam) -> bool {
        match self {
            Self::Answer => exam.slots[0][0].choice.is_some(),
            Self::Flag => exam.slots[0][0].flagged,
            Self::SectionSubmit => exam.phase != Phase::Section(0),
            Self::EndOfBreak => exam.phase == Phase::Section(1),
            Self::FinalSubmit => exam.phase == Phase::Ended(Ending::Complete),
        }
    }

    /// What the screen of the next start must show, whether or not the key was taken.
    fn resumed(self, done: bool) -> &'static str {
        match (self, done) {
            (Self::Answer | Self::Flag | Self::SectionSubmit, _) if !(self == Self::SectionSubmit && done) => {
                "section 1 of 2"
            }
            (Self::SectionSubmit, _) | (Self::EndOfBreak, false) => "Break",
            (Self::FinalSubmit, true) => "no exam is open",
            _ => "section 2 of 2",
        }
    }
}

/// The log of a data directory, and what it says.
fn read(data: &Path) -> (Desk, Vec<Event>) {
    let folder = data.join("profiles/default");
    let store = Store::read_only(&folder).unwrap();
    let mut events = vec![];
    store.pages(|page| events.extend(page.events().map(Result::unwrap))).unwrap();
    (Desk::new(store, Library::default(), Box::new(|| 0)).unwrap(), events)
}

/// No event stands twice, and none follows for a section that is over.
fn nothing_is_doubled(events: &[Event]) {
    let mut seen = HashSet::new();
    let mut over = vec![];
    for event in events {
        let what = (over.len(), event.fact.kind(), event.fact.to_json().unwrap());
        assert!(seen.insert(what), "twice in a section: {:?}", event.fact);
        if let Fact::SectionSubmitted(submitted) = &event.fact {
            assert!(!over.contains(&submitted.section), "section {} was handed in twice", submitted.section);
            over.push(submitted.section);
        }
    }
}

/// One exam, killed at one moment.
fn round(moment: Moment, chance: &mut ChaCha8Rng) {
    let dir = tempfile::tempdir().unwrap();
    let clock = Clock::new(dir.path().join("clock"));
    let mut p = Pty::start(dir.path(), &["exam"], &[clock.env()]);
    p.until("begins");
    let before = Instant::now();
    p.send(ENTER);
    p.until("section 1 of 2");
    let running = Instant::now();
    moment.approach(&mut p);
    let mut worked = 0;
    if matches!(moment, Moment::Answer | Moment::Flag) {
        for _ in 0..chance.random_range(0..4) {
            let step = chance.random_range(1..5);
            p.pass(&clock, step);
            worked += step;
        }
    }
    let (key, shown) = moment.key();
    p.send(key);
    let acknowledged = match chance.random_range(0..3) {
        0 => {
            p.until(shown);
            true
        }
        1 => p.see(shown, Duration::from_micros(chance.random_range(0..20_000))),
        _ => false,
    };
    p.kill();
    let (least, most) = (running.elapsed(), before.elapsed());
    let (desk, events) = read(dir.path());
    nothing_is_doubled(&events);
    let exam = desk.progress.exams.last().unwrap();
    let done = moment.is_done(exam);
    assert!(done || !acknowledged, "{moment:?}: shown as done and lost");
    if matches!(moment, Moment::SectionSubmit | Moment::EndOfBreak | Moment::FinalSubmit) {
        let first = exam.slots[0][0].choice;
        assert_eq!(first, Some(exam.form.sections[0].items[0].shown.order[1]), "{moment:?}: an answer was lost");
    } else {
        let (spent, _) = desk.clock_of(exam, Stamp::default());
        let worked = Duration::from_secs(worked);
        assert!(spent <= most + worked, "{moment:?}: {spent:?} of at most {most:?} and {worked:?}");
        assert!(spent + Duration::from_secs(5) >= least + worked, "{moment:?}: {spent:?} of {least:?} and {worked:?}");
    }
    let mut p = Pty::start(dir.path(), &["resume"], &[clock.env()]);
    p.until(moment.resumed(done));
}

#[test]
fn three_hundred_kills_lose_nothing_and_double_nothing() {
    let mut chance = ChaCha8Rng::seed_from_u64(300);
    for _ in 0..ROUNDS {
        for moment in MOMENTS {
            round(moment, &mut chance);
        }
    }
}
