//! The forecasts of earlier days, made again from the log as it stood then, and what became of them.

use super::syllabus::Syllabus;
use super::{Estimate, Fit, Forecast};
use crate::core::calendar::StudyDay;
use crate::core::event::ExamLength;
use crate::core::exam::{Ending, Phase};
use crate::core::library::Library;
use crate::core::progress::Progress;
use crate::core::report::right;
use serde::Serialize;

/// A forecast beside what came.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// The day.
    pub date: String,
    /// A real exam, or a whole mock exam.
    pub real: bool,
    /// What the answers before that day foretold; `None` where they were too few.
    pub forecast: Option<Estimate>,
    /// Right answers and scored questions, where they are known.
    pub score: Option<(u32, u32)>,
    /// Whether a real exam was passed.
    pub passed: Option<bool>,
}

/// Forecasts of several days, made one at a time, so that a screen can be drawn between; all of one log, one bank and
/// one exam.
#[derive(Debug, Default)]
pub struct Series {
    days: Vec<Asked>,
    told: Vec<Option<Estimate>>,
    /// Of the last one: it serves the next where the answers are the same.
    fit: Option<Fit>,
}

/// A forecast that is wanted.
#[derive(Clone, Copy, Debug)]
struct Asked {
    /// For a form taken on this day,
    day: StudyDay,
    /// from the answers before this one.
    until: StudyDay,
}

impl Series {
    /// The forecasts of the days before today, the latest first, each from the answers up to it: with today's so many.
    pub fn before(today: StudyDay, days: i32) -> Self {
        let asked = |back: i32| Asked { day: today.plus(-back), until: today.plus(1 - back) };
        Self { days: (1..days).map(asked).collect(), ..Self::default() }
    }

    /// The forecasts for results, each from the answers of the days before it.
    pub fn for_results(results: &[(StudyDay, Outcome)]) -> Self {
        let asked = |(day, _): &(StudyDay, Outcome)| Asked { day: *day, until: *day };
        Self { days: results.iter().map(asked).collect(), ..Self::default() }
    }

    /// Makes the next forecast; whether more are to be made.
    pub fn go_on(&mut self, syllabus: &Syllabus<'_>, library: &Library, progress: &Progress) -> bool {
        if let Some(asked) = self.days.get(self.told.len()) {
            let forecast = Forecast::with(syllabus, progress, asked.until, self.fit.take());
            self.told.push(forecast.on(library, progress, asked.day));
            self.fit = Some(forecast.into_fit());
        }
        !self.is_whole()
    }

    /// Whether all are made.
    pub fn is_whole(&self) -> bool {
        self.told.len() == self.days.len()
    }

    /// Those made so far; `None` where the answers were too few.
    pub fn told(&self) -> &[Option<Estimate>] {
        &self.told
    }

    /// All of them.
    fn whole(mut self, library: &Library, progress: &Progress) -> Vec<Option<Estimate>> {
        let syllabus = Syllabus::of(library, progress, progress.settings.category);
        while self.go_on(&syllabus, library, progress) {}
        self.told
    }
}

/// The forecast of each of the last `days` days, oldest first: for a form taken that day, from the answers up to it.
pub fn daily(library: &Library, progress: &Progress, today: StudyDay, days: i32) -> Vec<(StudyDay, Option<Estimate>)> {
    let told = Series::before(today.plus(1), days + 1).whole(library, progress);
    told.into_iter().enumerate().map(|(back, estimate)| (today.plus(-(back as i32)), estimate)).rev().collect()
}

/// Every real exam and every whole mock exam of this category with the forecast for its day, from the answers of the
/// days before. Newest first, so many at most.
pub fn outcomes(library: &Library, progress: &Progress, most: usize) -> Vec<Outcome> {
    let came = came(progress, most);
    let told = Series::for_results(&came).whole(library, progress);
    came.into_iter().zip(told).map(|((_, outcome), forecast)| Outcome { forecast, ..outcome }).collect()
}

/// The same with the day of each, and no forecast yet.
pub fn came(progress: &Progress, most: usize) -> Vec<(StudyDay, Outcome)> {
    let category = progress.settings.category;
    let real = progress.results.iter().filter(|r| r.category == category).map(|r| {
        let told = r.areas.values().fold((0, 0), |sum, c| (sum.0 + c.right, sum.1 + c.of));
        (StudyDay::of(r.date), Some(r.passed), (told.1 > 0).then_some(told))
    });
    let whole = progress.exams.iter().filter(|e| {
        e.form.category == category && e.form.length == ExamLength::Full && e.phase == Phase::Ended(Ending::Complete)
    });
    let mock = whole.map(|e| {
        let scored = e.items().filter(|(_, _, item, _)| item.scored);
        let told = scored.fold((0, 0), |sum, (_, _, item, slot)| (sum.0 + u32::from(right(item, slot)), sum.1 + 1));
        (e.started.day(), None, Some(told))
    });
    let mut all: Vec<_> = real.chain(mock).collect();
    all.sort_by_key(|(day, _, _)| std::cmp::Reverse(*day));
    let outcome = |(day, passed, score): (StudyDay, Option<bool>, _)| {
        (day, Outcome { date: day.date().to_string(), real: passed.is_some(), forecast: None, score, passed })
    };
    all.into_iter().take(most).map(outcome).collect()
}
