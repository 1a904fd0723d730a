//! The forecasts of earlier days, made again from the log as it stood then, and what became of them.

use super::syllabus::Syllabus;
use super::{Estimate, Forecast};
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

/// The forecast of each of the last `days` days, oldest first: for a form taken that day, from the answers up to it.
pub fn daily(library: &Library, progress: &Progress, today: StudyDay, days: i32) -> Vec<(StudyDay, Option<Estimate>)> {
    let syllabus = Syllabus::of(library, progress, progress.settings.category);
    let first = progress.first_sights().all().first().map(|a| a.day);
    (0..days)
        .rev()
        .map(|back| today.plus(-back))
        .map(|day| {
            let begun = first.is_some_and(|first| first <= day);
            let estimate =
                begun.then(|| Forecast::of(&syllabus, progress, day.plus(1)).on(library, progress, day)).flatten();
            (day, estimate)
        })
        .collect()
}

/// Every real exam and every whole mock exam of this category with the forecast for its day, from the answers of the
/// days before. Newest first, so many at most.
pub fn outcomes(library: &Library, progress: &Progress, most: usize) -> Vec<Outcome> {
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
    let syllabus = Syllabus::of(library, progress, category);
    let outcome = |(day, passed, score): (StudyDay, Option<bool>, _)| Outcome {
        date: day.date().to_string(),
        real: passed.is_some(),
        forecast: Forecast::of(&syllabus, progress, day).on(library, progress, day),
        score,
        passed,
    };
    all.into_iter().take(most).map(outcome).collect()
}
