//! Where she stands: the score that a form of new questions would give, with its range, and the chance to reach the
//! marks around which most forms are passed. Never a promise, and never a number without what it rests on.
//!
//! Only answers to questions never seen before are evidence. See [`model`] for the formula and `benches/readiness/` for
//! what it is worth.

pub mod alike;
pub mod answer;
pub mod matrix;
pub mod model;
pub mod past;
pub mod question;
mod score;
pub mod syllabus;
#[cfg(test)]
mod tests;
pub mod words;

pub use score::{below, mean, range};

use super::calendar::StudyDay;
use super::event::ExamLength;
use super::exam::Ending;
use super::exam::Phase;
use super::firsthand::{FirstSight, Trace};
use super::library::Library;
use super::progress::Progress;
use super::report::right;
use model::Model;
use question::{COMMON, Question, Version};
use serde::Serialize;
use syllabus::Syllabus;

/// Fewer first answers than this give no number.
pub const LEAST_ANSWERS: u32 = 50;

/// An area of more weight than this must have been met.
const LARGE_AREA: f64 = 0.10;

/// More answers from one area, when it is asked which area would narrow the range most.
const MORE_ANSWERS: f64 = 20.0;

/// The chance to reach a mark.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Chance {
    /// The raw score.
    pub mark: u32,
    /// The chance to reach it, 0 to 1.
    pub chance: f64,
    /// Lower end of its range.
    pub low: f64,
    /// Upper end of its range.
    pub high: f64,
}

/// What a form of new questions on a day would give.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The day.
    pub day: String,
    /// The expected score.
    pub score: f64,
    /// Lower end: one form in ten would give less.
    pub low: u32,
    /// Upper end: one form in ten would give more.
    pub high: u32,
    /// Of so many scored questions.
    pub out_of: u32,
    /// The chance to reach each mark.
    pub chances: Vec<Chance>,
}

/// What is known of an area.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AreaBasis {
    /// Its code.
    pub code: String,
    /// Its title.
    pub name: String,
    /// Scored questions of a form.
    pub questions: u32,
    /// Answers at first sight.
    pub first_sight: u32,
    /// Rules of which a question was answered at first sight.
    pub rules_met: usize,
    /// Rules in the bank.
    pub rules: usize,
    /// The share of new questions that she would answer rightly; `None` without a number.
    pub share: Option<f64>,
    /// Lower end of that share's range.
    pub low: f64,
    /// Upper end of that share's range.
    pub high: f64,
}

/// The last whole mock exam.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LastMock {
    /// Its date.
    pub date: String,
    /// Right answers of the scored ones.
    pub right: u32,
    /// Scored questions.
    pub of: u32,
    /// How many of those had never been seen before.
    pub first_sight: u32,
}

/// The area from which more answers would narrow the range most.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Narrowing {
    /// Its code.
    pub code: String,
    /// Its title.
    pub name: String,
    /// How much the range of the expected score would narrow with twenty more answers from there, in points.
    pub points: f64,
}

/// Why there is no number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// Answers at first sight that are still needed.
    pub answers: u32,
    /// Areas of which no new question was answered, by title.
    pub areas: Vec<String>,
    /// Of those, areas for which the bank has no rules.
    pub without_rules: Vec<String>,
}

/// Where she stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Readiness {
    /// On the day of the exam if nothing more is studied until then; without a date, as `today`.
    pub estimate: Option<Estimate>,
    /// If the form were taken today.
    pub today: Option<Estimate>,
    /// Whether `estimate` is for the day of the exam.
    pub for_exam_day: bool,
    /// Why there is no number, where there is none.
    pub missing: Option<Missing>,
    /// Answers at first sight that it rests on.
    pub first_sight: u32,
    /// By area.
    pub areas: Vec<AreaBasis>,
    /// The last whole mock exam.
    pub last_mock: Option<LastMock>,
    /// Which area would narrow it most.
    pub narrowing: Option<Narrowing>,
}

/// Where she stands on a day.
pub fn readiness(library: &Library, progress: &Progress, today: StudyDay) -> Readiness {
    readiness_with(library, progress, today, &mut None)
}

/// The same with a fit of the same log, bank and exam, which is kept for the next use.
pub fn readiness_with(library: &Library, progress: &Progress, today: StudyDay, fit: &mut Option<Fit>) -> Readiness {
    let syllabus = Syllabus::of(library, progress, progress.settings.category);
    let forecast = Forecast::with(&syllabus, progress, today.plus(1), fit.take());
    let readiness = forecast.readiness(library, progress, today);
    *fit = Some(forecast.into_fit());
    readiness
}

/// All that follows from the first answers before a day.
pub struct Forecast<'a> {
    syllabus: &'a Syllabus<'a>,
    traces: Vec<Option<Trace>>,
    /// By place of an objective: whether a question of it was answered at first sight.
    met: Vec<bool>,
    /// By area: answers at first sight.
    answers: Vec<u32>,
    fit: Fit,
}

/// What was fitted to some first answers. It stays the same from one day to the next where none is added.
#[derive(Clone, Debug)]
pub struct Fit {
    /// How many answers there were, of whatever exam: those of one log before a day are told by their number.
    sights: usize,
    /// What each belief makes of them, the likelier first.
    models: Vec<Model>,
    /// Versions of the person that they leave possible.
    versions: Vec<Version>,
}

impl<'a> Forecast<'a> {
    /// What the first answers before `until` say.
    pub fn of(syllabus: &'a Syllabus<'a>, progress: &Progress, until: StudyDay) -> Self {
        Self::with(syllabus, progress, until, None)
    }

    /// The same; a `fit` of the same log, bank and exam is taken over where it is of the same answers.
    pub fn with(syllabus: &'a Syllabus<'a>, progress: &Progress, until: StudyDay, fit: Option<Fit>) -> Self {
        let sights: Vec<&FirstSight> = progress.first_sights().all().iter().filter(|a| a.day < until).collect();
        let mut answers = vec![0; syllabus.areas.len()];
        let mut met = vec![false; progress.objectives().len()];
        for sight in &sights {
            met[sight.objective] = true;
            if let Some(area) = syllabus.area_of.get(sight.objective).copied().flatten() {
                answers[area] += 1;
            }
        }
        let fit = fit.filter(|fit| fit.sights == sights.len()).unwrap_or_else(|| {
            let models = model::fit(&sights, syllabus.areas.len(), &syllabus.area_of);
            let versions = score::versions(&models);
            Fit { sights: sights.len(), models, versions }
        });
        Self { syllabus, traces: progress.first_sights().traces_before(until), met, answers, fit }
    }

    /// What was fitted, for [`Self::with`].
    pub fn into_fit(self) -> Fit {
        self.fit
    }

    /// Versions of the person that the answers leave possible.
    pub fn versions(&self) -> &[Version] {
        &self.fit.versions
    }

    /// What first answers show of a rule, by its place in the syllabus.
    pub fn trace(&self, rule: usize) -> Option<&Trace> {
        let place = self.syllabus.rules.get(rule)?.place?;
        self.traces.get(place)?.as_ref()
    }

    /// Whether a question of a rule was answered at first sight, by its place in the syllabus.
    pub fn is_met(&self, rule: usize) -> bool {
        let place = self.syllabus.rules.get(rule).and_then(|r| r.place);
        place.and_then(|n| self.met.get(n)).copied().unwrap_or(false)
    }

    /// One new question of each rule, on a day.
    pub fn questions(&self, day: StudyDay) -> Vec<Question> {
        let question = |(n, rule): (usize, &syllabus::Rule<'_>)| Question::new(rule, self.trace(n), day);
        self.syllabus.rules.iter().enumerate().map(question).collect()
    }

    /// Why there can be no number; `None` where there can.
    pub fn missing(&self) -> Option<Missing> {
        let all: u32 = self.answers.iter().sum();
        let unseen = || {
            let areas = self.syllabus.areas.iter().zip(&self.answers);
            areas.filter(|(area, answers)| **answers == 0 && area.weight > LARGE_AREA).map(|(area, _)| area)
        };
        let missing = Missing {
            answers: LEAST_ANSWERS.saturating_sub(all),
            areas: unseen().map(|a| a.name.clone()).collect(),
            without_rules: unseen().filter(|a| a.rules == 0).map(|a| a.name.clone()).collect(),
        };
        (missing.answers > 0 || !missing.areas.is_empty()).then_some(missing)
    }

    /// What a form on that day would give, whatever it rests on; see [`Self::missing`].
    fn estimate(&self, library: &Library, progress: &Progress, day: StudyDay) -> (Estimate, Vec<Vec<f64>>) {
        let (scores, shares) = score::scores(self.syllabus, &self.questions(day), self.versions());
        let means: Vec<f64> = scores.iter().map(|s| s.mean).collect();
        let marks = library.outline().exams.get(&progress.settings.category).map(|figures| {
            let usual = figures.usual_pass_range;
            [usual.low, u32::midpoint(usual.low, usual.high), usual.high]
        });
        let chance = |mark: u32| {
            let chances = score::chances(&scores, mark);
            let (low, high) = range(&chances);
            let chance = mean(&chances);
            // Where most versions are near to certain, their mean can lie outside of the middle four of five.
            Chance { mark, chance, low: low.min(chance), high: high.max(chance) }
        };
        let at = |part: f64| score::score_at(&scores, part);
        let out_of = self.syllabus.areas.iter().map(|a| a.points).sum::<f64>() as u32;
        let estimate = Estimate {
            day: day.date().to_string(),
            score: mean(&means),
            low: at(0.1).ceil().max(0.0) as u32,
            high: at(0.9).floor().clamp(0.0, f64::from(out_of)) as u32,
            out_of,
            chances: marks.into_iter().flatten().map(chance).collect(),
        };
        (estimate, shares)
    }

    /// What a form on that day would give, where enough is known.
    pub fn on(&self, library: &Library, progress: &Progress, day: StudyDay) -> Option<Estimate> {
        if self.missing().is_some() { None } else { Some(self.estimate(library, progress, day).0) }
    }

    fn readiness(&self, library: &Library, progress: &Progress, today: StudyDay) -> Readiness {
        let exam = progress.settings.exam_date.map(StudyDay::of).filter(|day| *day >= today);
        let missing = self.missing();
        let (mut estimates, mut shares) = ((None, None), vec![]);
        if missing.is_none() {
            let (now, by_area) = self.estimate(library, progress, today);
            shares = by_area;
            let then = exam.filter(|day| *day > today).map(|day| self.estimate(library, progress, day).0);
            estimates = (Some(then.unwrap_or_else(|| now.clone())), Some(now));
        }
        let narrowing = missing.is_none().then(|| self.narrowing(exam.unwrap_or(today))).flatten();
        Readiness {
            estimate: estimates.0,
            today: estimates.1,
            for_exam_day: exam.is_some(),
            missing,
            first_sight: self.answers.iter().sum(),
            areas: self.areas(&shares),
            last_mock: last_mock(progress),
            narrowing,
        }
    }

    fn areas(&self, shares: &[Vec<f64>]) -> Vec<AreaBasis> {
        let mut met = vec![0; self.syllabus.areas.len()];
        for (n, rule) in self.syllabus.rules.iter().enumerate() {
            met[rule.area] += usize::from(self.is_met(n));
        }
        let areas = self.syllabus.areas.iter().enumerate();
        let basis = |(n, area): (usize, &syllabus::Quota)| {
            let shares = shares.get(n).filter(|s| !s.is_empty());
            let (low, high) = shares.map_or((0.0, 1.0), |s| range(s));
            AreaBasis {
                code: area.code.clone(),
                name: area.name.clone(),
                questions: area.points as u32,
                first_sight: self.answers[n],
                rules_met: met[n],
                rules: area.rules,
                share: shares.map(|s| mean(s)),
                low,
                high,
            }
        };
        areas.map(basis).collect()
    }

    /// The area from which more answers would narrow the expected score most: the normal approximation of the fit, with
    /// the information that they would add.
    fn narrowing(&self, day: StudyDay) -> Option<Narrowing> {
        let model = self.fit.models.first()?;
        let root = model.information.root()?;
        let (version, areas) = (&model.likeliest, self.syllabus.areas.len());
        let mut row = vec![0.0; COMMON + areas];
        let mut by_area = vec![(0.0, vec![0.0; COMMON + areas]); areas];
        for (rule, question) in self.syllabus.rules.iter().zip(self.questions(day)) {
            let (chance, grasp) = (question.chance(version), question.grasp(version));
            let slope = (1.0 - question.guess) * grasp.slope;
            question.write_row(&grasp, &mut row);
            let (information, direction) = &mut by_area[rule.area];
            *information += rule.points * slope * slope / (chance * (1.0 - chance)).max(1e-6);
            for (sum, x) in direction.iter_mut().zip(&row) {
                *sum += rule.points * slope * x;
            }
        }
        let mut whole = vec![0.0; COMMON + areas];
        for (_, direction) in &by_area {
            for (sum, x) in whole.iter_mut().zip(direction) {
                *sum += x;
            }
        }
        let best = self.syllabus.areas.iter().zip(&by_area).filter(|(area, _)| area.rules > 0).map(|(area, (w, d))| {
            // The mean row of the area's questions, each counted by how much it tells.
            let slopes = d.get(COMMON..).and_then(|own| own.iter().copied().reduce(f64::max)).unwrap_or(0.0);
            let row: Vec<f64> = d.iter().map(|x| x / slopes.max(1e-9)).collect();
            let information = MORE_ANSWERS * w / area.points.max(1.0);
            (area, score::points_saved(&root, &whole, &row, information))
        });
        let (area, saved) = best.max_by(|a, b| a.1.total_cmp(&b.1))?;
        // The range holds four of five cases: 1.28 standard deviations on either side.
        Some(Narrowing { code: area.code.clone(), name: area.name.clone(), points: saved * 2.0 * 1.281_55 })
    }
}

fn last_mock(progress: &Progress) -> Option<LastMock> {
    let whole = |e: &&super::exam::Exam| {
        e.form.category == progress.settings.category
            && e.form.length == ExamLength::Full
            && e.phase == Phase::Ended(Ending::Complete)
    };
    let exam = progress.exams.iter().rev().find(whole)?;
    let scored = || exam.items().filter(|(_, _, item, _)| item.scored);
    Some(LastMock {
        date: exam.ended.unwrap_or(exam.touched).day().date().to_string(),
        right: scored().filter(|(_, _, item, slot)| right(item, slot)).count() as u32,
        of: scored().count() as u32,
        first_sight: scored().filter(|(section, n, _, _)| exam.first_sight[*section][*n]).count() as u32,
    })
}
