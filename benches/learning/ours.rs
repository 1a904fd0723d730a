//! The program's own plan, through its library, its log and its choice of questions.

use crate::bank::{bank, place};
use crate::run::Time;
use crate::world::Learner;
use std::collections::BTreeSet;
use std::time::Duration;
use swprep::core::bank::{Item, ItemId};
use swprep::core::calendar::{DAY_MS, Stamp, StudyDay};
use swprep::core::draw::Draw;
use swprep::core::event::{Answered, Event, EventId, Fact, Shown};
use swprep::core::form::shown;
use swprep::core::library::Library;
use swprep::core::pick::{Reason, Scope, plan, questions_in, sibling};
use swprep::core::progress::Progress;
use swprep::core::settings::Setting;
use swprep::core::study::Study;

pub const FIRST_DAY: i32 = 20_000;

/// How a sitting goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sitting {
    /// The plan's questions, one after the other: as the rivals, nothing twice on one day.
    Plan,
    /// As on the screen: confident errors come back in the same sitting.
    Screen,
}

pub struct Ours<'a> {
    pub learner: Learner,
    library: &'a Library,
    progress: Progress,
    events: u128,
}

pub fn event(number: &mut u128, fact: Fact, day: i32) -> Event {
    *number += 1;
    let at = Stamp { ms: i64::from(day) * DAY_MS + DAY_MS / 2, offset_min: 0 };
    Event { id: EventId(uuid::Uuid::from_u128(*number)), at, fact }
}

pub fn library_for(learner: &Learner, rules: usize) -> Library {
    bank(rules, |rule, sibling| learner.label(rule, sibling))
}

impl<'a> Ours<'a> {
    pub fn new(learner: Learner, library: &'a Library, time: Time) -> Self {
        let mut ours = Self { learner, library, progress: Progress::default(), events: 0 };
        let exam = StudyDay(FIRST_DAY + time.days).date();
        for setting in [Setting::Reserve(0), Setting::MinutesPerDay(time.minutes), Setting::ExamDate(Some(exam))] {
            ours.log(Fact::Set(setting), 0);
        }
        ours
    }

    fn log(&mut self, fact: Fact, day: i32) -> Event {
        let event = event(&mut self.events, fact, FIRST_DAY + day);
        self.progress.evolve(&event);
        event
    }

    /// Studies every day up to the exam, sitting after sitting until the minutes are used up.
    pub fn study(&mut self, time: Time, sitting: Sitting, seed: u64) {
        for day in 0..time.days {
            let mut left = time.on(day) * 60.0;
            // The plan shortens the last days by itself: what is asked for is a whole day.
            let whole = f64::from(time.minutes) / time.on(day);
            for n in 0..9 {
                let before = left;
                let count = questions_in(&self.progress, (left / 60.0 * whole).ceil().max(1.0) as u16);
                let seed = seed ^ (day as u64) << 8 ^ n << 40;
                match sitting {
                    Sitting::Plan => self.by_plan(day, count, &mut left, seed),
                    Sitting::Screen => self.by_screen(day, count, &mut left, seed),
                }
                if left <= 0.0 || before <= left {
                    break;
                }
            }
        }
    }

    fn by_plan(&mut self, day: i32, count: usize, left: &mut f64, seed: u64) {
        let today = StudyDay(FIRST_DAY + day);
        let mut draw = Draw::new(seed);
        let mut asked: BTreeSet<ItemId> = BTreeSet::new();
        for task in plan(self.library, &self.progress, &Scope::default(), today, count, seed) {
            // What an earlier sitting of the day still owes is left to the next day.
            if task.reason == Reason::SureAndWrong(today) {
                continue;
            }
            if *left <= 0.0 {
                return;
            }
            let found = sibling(self.library, &self.progress, &task.objective, &asked, &mut draw).unwrap();
            asked.insert(found.item.id.clone());
            let answer = self.answer(&shown(&found, &mut draw), day, left);
            self.log(answer, day);
        }
    }

    fn by_screen(&mut self, day: i32, count: usize, left: &mut f64, seed: u64) {
        let today = StudyDay(FIRST_DAY + day);
        let mut study = Study::begin("s".into(), self.library, &self.progress, &Scope::default(), today, count, seed);
        while let Some(question) = study.question.clone().filter(|_| *left > 0.0) {
            let Fact::Answered(answer) = self.answer(&question.shown, day, left) else { return };
            study.choose(Some(answer.choice));
            let taken = Duration::from_millis(u64::from(answer.ms));
            let event = self.log(study.decide(answer.confidence, taken).unwrap(), day);
            study.evolve(&event);
            study.next(self.library, &self.progress);
        }
    }

    fn answer(&mut self, shown: &Shown, day: i32, left: &mut f64) -> Fact {
        let (rule, sibling) = place(shown.item.as_str());
        let answer = self.learner.answer(rule, sibling, day);
        *left -= answer.seconds;
        Fact::Answered(Answered {
            session: "s".into(),
            shown: shown.clone(),
            choice: if answer.right { shown.key } else { (shown.key + 1) % 3 },
            confidence: Some(answer.confidence),
            ms: (answer.seconds * 500.0) as u32,
            struck: vec![],
        })
    }
}

/// An answer to an item, as it is logged.
pub fn answered(library: &Library, item: &Item, right: bool, draw: &mut Draw) -> Fact {
    let shown = shown(&library.item(&item.id).unwrap(), draw);
    let choice = if right { shown.key } else { (shown.key + 1) % 3 };
    Fact::Answered(Answered { session: "s".into(), shown, choice, confidence: None, ms: 20_000, struck: vec![] })
}
