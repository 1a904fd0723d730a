//! What today's study comes to, told before it begins: from the same plan that the sitting then runs.

use super::{Reason, Scope, Task, minutes_for, plan, questions_in};
use crate::core::bank::ObjectiveId;
use crate::core::calendar::StudyDay;
use crate::core::count::count;
use crate::core::library::Library;
use crate::core::progress::Progress;
use crate::core::stats::{minutes_left, minutes_studied};

/// Minutes and questions of the sitting that is next on a day: what is left of the day's minutes, or as much again once
/// they are reached.
pub fn next_sitting(progress: &Progress, day: StudyDay) -> (u16, usize) {
    let minutes = minutes_left(progress, day).unwrap_or(progress.settings.minutes_per_day);
    (minutes, questions_in(progress, minutes))
}

/// The seed of a sitting: by chance, but for today's study, which is told before it begins. That one follows from the
/// person, the day and the answers so far, so that it is the same wherever it is told or begun.
pub fn seed_of(scope: &Scope, progress: &Progress, day: StudyDay, chance: u64) -> u64 {
    if *scope == Scope::default() { todays_seed(progress, day) } else { chance }
}

fn todays_seed(progress: &Progress, day: StudyDay) -> u64 {
    let turn = u64::from(day.0.unsigned_abs()) << 32 | progress.answers.len() as u64;
    progress.seed() ^ turn.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Today's study.
#[derive(Clone, Debug, PartialEq)]
pub struct Today {
    day: StudyDay,
    /// Minutes of study on the day so far.
    pub done: f64,
    /// Minutes a day that she wishes to study.
    pub wished: u16,
    /// What comes next.
    pub next: Next,
}

/// What comes next.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// A sitting, not planned yet.
    Unplanned,
    /// A sitting.
    Sitting(Sitting),
    /// Nothing: nothing is due and no rule is new.
    Nothing,
    /// The day's minutes are reached; and what comes after them, once that is planned.
    Over(Option<Beyond>),
}

/// What comes after the day's minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beyond {
    /// How many rules come back in tomorrow's sitting, where that can be known.
    pub back_tomorrow: Option<usize>,
    /// Whether a sitting that is begun all the same has something to ask.
    pub more: bool,
}

/// The sitting that is next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sitting {
    /// About how many minutes it takes.
    pub minutes: u16,
    /// How many of its questions are of rules asked before.
    pub back: usize,
    /// How many are of new rules.
    pub new: usize,
    /// The rule that is asked first.
    pub first: ObjectiveId,
    /// The topic of that rule. Its own title would give the answer away.
    pub topic: String,
    /// Why it is asked.
    pub reason: Reason,
}

impl Today {
    /// Today's study as far as it can be told without a plan.
    pub fn unplanned(progress: &Progress, day: StudyDay) -> Self {
        let over = minutes_left(progress, day).is_none();
        Self {
            day,
            done: minutes_studied(progress, day),
            wished: progress.settings.minutes_per_day,
            next: if over { Next::Over(None) } else { Next::Unplanned },
        }
    }

    /// Today's study with its plan. That takes some milliseconds.
    pub fn planned(library: &Library, progress: &Progress, day: StudyDay) -> Self {
        let mut today = Self::unplanned(progress, day);
        today.next = match today.next {
            Next::Over(_) => {
                let more = Sitting::next(library, progress, day).is_some();
                Next::Over(Some(Beyond { back_tomorrow: back_tomorrow(library, progress, day), more }))
            }
            _ => Sitting::next(library, progress, day).map_or(Next::Nothing, Next::Sitting),
        };
        today
    }

    /// What to do now, in a sentence or two: `key` begins. With the first reason or, where there is little room, without.
    pub fn words(&self, key: &str, with_reason: bool) -> String {
        let begun = self.done > 0.0;
        let so_far = match (self.done as u64).max(1) {
            minutes if begun => format!("{minutes} of about {} minutes done today. ", self.wished),
            _ => String::new(),
        };
        let sitting = match &self.next {
            Next::Over(None) => return "Done for today.".into(),
            Next::Over(Some(beyond)) => return format!("Done for today. {}", beyond.words(key)),
            Next::Nothing => {
                let more = if begun { "more " } else { "" };
                return format!("{so_far}Nothing {more}is due today, and no rule is new. {ELSE}");
            }
            Next::Unplanned if begun => return format!("{so_far}{key} goes on."),
            Next::Unplanned => return format!("{key} begins today's study."),
            Next::Sitting(sitting) => sitting,
        };
        let questions = count(sitting.questions(), "question");
        let what = if begun {
            format!("{so_far}{key} goes on with {questions}.")
        } else {
            let minutes = count(sitting.minutes.into(), "minute");
            format!("{key} begins today's study: about {minutes}, {questions}.")
        };
        if !with_reason {
            return what;
        }
        format!("{what} First: {}; {}.", sitting.topic, sitting.reason.words(self.day))
    }
}

impl Beyond {
    fn words(self, key: &str) -> String {
        let back = match self.back_tomorrow {
            None => "",
            Some(0) => "No rule comes back tomorrow. ",
            Some(1) => "1 rule comes back tomorrow. ",
            Some(rules) => &format!("{rules} rules come back tomorrow. "),
        };
        if self.more {
            format!("{back}{key} goes on, if you like.")
        } else {
            format!("{back}No more is due, and no rule is new. {ELSE}")
        }
    }
}

/// What there is where the plan has nothing to ask.
const ELSE: &str = "Practice and a mock exam are there, if you like.";

impl Sitting {
    fn next(library: &Library, progress: &Progress, day: StudyDay) -> Option<Self> {
        let (minutes, count) = next_sitting(progress, day);
        let tasks = todays_plan(library, progress, day, count);
        let first = tasks.first()?;
        let (topic, _) = library.objective(&first.objective)?;
        // The last days before the exam are shorter, and the bank may hold less than fits; and no sitting is shorter than
        // a few questions, however little of the day is left.
        let needed = minutes_for(progress, tasks.len()).round().max(1.0) as u16;
        let back = tasks.iter().filter(|t| t.reason != Reason::New).count();
        Some(Self {
            minutes: if tasks.len() < count { needed } else { needed.max(minutes) },
            back,
            new: tasks.len() - back,
            first: first.objective.clone(),
            topic: topic.title.clone(),
            reason: first.reason,
        })
    }

    /// How many questions it asks.
    pub fn questions(&self) -> usize {
        self.back + self.new
    }
}

fn todays_plan(library: &Library, progress: &Progress, day: StudyDay, count: usize) -> Vec<Task> {
    plan(library, progress, &Scope::default(), day, count, todays_seed(progress, day))
}

/// How many rules come back in tomorrow's sitting. What is left for the day of the exam itself is not foretold.
fn back_tomorrow(library: &Library, progress: &Progress, day: StudyDay) -> Option<usize> {
    let tomorrow = day.plus(1);
    let exam = progress.settings.exam_date.map(StudyDay::of);
    if exam.is_some_and(|exam| exam == day || exam == tomorrow) {
        return None;
    }
    let (_, count) = next_sitting(progress, tomorrow);
    let tasks = todays_plan(library, progress, tomorrow, count);
    Some(tasks.iter().filter(|t| t.reason != Reason::New).count())
}

#[cfg(test)]
mod tests;
