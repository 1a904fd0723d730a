//! What the answers so far say: by area, topic, confidence and day, always with how much it rests on.

use super::bank::{Objective, ObjectiveId};
use super::calendar::StudyDay;
use super::confidence::Confidence;
use super::interval::Share;
use super::library::Library;
use super::memory::Memory;
use super::pick::{Scope, due};
use super::progress::{AnswerRecord, ObjectiveProgress, Progress};
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// One area of the outline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AreaStats {
    /// Its code.
    pub code: String,
    /// Its title.
    pub name: String,
    /// Its share of the exam in percent.
    pub weight_percent: f64,
    /// Answers at first sight: only these say how she would do on new questions.
    pub first_sight: Share,
    /// Objectives answered at least once.
    pub objectives_met: usize,
    /// Objectives in the bank.
    pub objectives: usize,
}

/// One topic.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TopicStats {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Answers at first sight.
    pub first_sight: Share,
    /// Objectives answered at least once.
    pub objectives_met: usize,
    /// Objectives in the bank.
    pub objectives: usize,
    /// Objectives due today.
    pub due: usize,
}

/// One objective that is shaky.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WeakObjective {
    /// Its id.
    pub id: ObjectiveId,
    /// Its title.
    pub title: String,
    /// The estimated chance of recall tomorrow, 0 to 1: what was answered today is fresh and says nothing yet.
    pub recall_tomorrow: f64,
    /// Answers so far.
    pub answers: Share,
}

/// Above this recall the rule was read today or nearly so, and the figure would flatter.
const JUST_READ: f64 = 0.98;

impl WeakObjective {
    /// How well it sits, in words. A figure would flatter a rule that was never answered rightly or was just read.
    pub fn recall_words(&self) -> String {
        match self.answers.right {
            0 => "missed so far".into(),
            _ if self.recall_tomorrow > JUST_READ => "just read".into(),
            _ => format!("tomorrow about {:.0} %", self.recall_tomorrow * 100.0),
        }
    }
}

/// How often she was right at one confidence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Calibration {
    /// What she said.
    pub confidence: Confidence,
    /// How often it was right.
    pub share: Share,
}

/// Answers of one day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DayCount {
    /// The day's date.
    pub date: String,
    /// Answers.
    pub answers: u32,
    /// Right ones.
    pub right: u32,
}

/// Everything that the answers say.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stats {
    /// The category's file name.
    pub category: &'static str,
    /// The exam's date, if one is set.
    pub exam_date: Option<String>,
    /// Days until it.
    pub days_left: Option<i32>,
    /// All answers and how many were right.
    pub answers: Share,
    /// Answers of today.
    pub today: u32,
    /// Objectives due today.
    pub due: usize,
    /// Objectives never answered.
    pub new: usize,
    /// By area.
    pub areas: Vec<AreaStats>,
    /// By topic.
    pub topics: Vec<TopicStats>,
    /// The shakiest objectives met so far, shakiest first; at most ten.
    pub weakest: Vec<WeakObjective>,
    /// By confidence.
    pub calibration: Vec<Calibration>,
    /// The last 28 days, oldest first.
    pub days: Vec<DayCount>,
    /// Mean estimated recall of the category's objectives that were met, for today and the next 30 days, if nothing more is studied.
    pub recall_forecast: Vec<f64>,
    /// The median seconds of a study answer.
    pub median_seconds: Option<f64>,
    /// Entries of the log that are damaged or missing; above none, the numbers may be wrong by them.
    pub left_out: u64,
}

/// Reads the answers, as of a day.
pub fn stats(library: &Library, progress: &Progress, today: StudyDay) -> Stats {
    let category = progress.settings.category;
    let everything = Scope::default();
    let due_now: HashSet<_> = due(library, progress, &everything, today).into_iter().collect();
    let (areas, topics) = groups(library, progress, &due_now);
    let exam_day = progress.settings.exam_date.map(StudyDay::of);
    let right = progress.answers.iter().filter(|a| a.right).count() as u32;
    Stats {
        category: category.id(),
        exam_date: progress.settings.exam_date.map(|d| d.to_string()),
        days_left: exam_day.map(|d| d.since(today)),
        answers: Share::new(right, progress.answers.len() as u32),
        today: progress.answers_on(today).count() as u32,
        due: due_now.len(),
        new: areas.iter().map(|a| a.objectives - a.objectives_met).sum(),
        areas,
        topics,
        weakest: weakest(library, progress, today),
        calibration: calibration(progress),
        days: days(progress, today),
        recall_forecast: forecast(library, progress, today, 30),
        median_seconds: median_seconds(progress),
        left_out: progress.left_out,
    }
}

/// How many objectives of the category were answered at least once, and how many there are.
pub fn objectives_met(library: &Library, progress: &Progress) -> (usize, usize) {
    let category = progress.settings.category;
    let examined = library.objectives().filter(|(_, o)| library.examined_as(o, category).is_some());
    examined.fold((0, 0), |(met, all), (_, o)| (met + usize::from(progress.memory(&o.id).is_some()), all + 1))
}

fn groups(library: &Library, progress: &Progress, due: &HashSet<&ObjectiveId>) -> (Vec<AreaStats>, Vec<TopicStats>) {
    let category = progress.settings.category;
    let mut areas: Vec<AreaStats> = library
        .outline()
        .areas
        .iter()
        .map(|a| AreaStats {
            code: a.code.clone(),
            name: a.name.clone(),
            weight_percent: a.weight_percent.get(&category).copied().unwrap_or(0.0),
            first_sight: Share::default(),
            objectives_met: 0,
            objectives: 0,
        })
        .collect();
    let mut topics: Vec<TopicStats> = library
        .topics()
        .iter()
        .map(|t| TopicStats {
            id: t.id.0.clone(),
            title: t.title.clone(),
            first_sight: Share::default(),
            objectives_met: 0,
            objectives: 0,
            due: 0,
        })
        .collect();
    let mut first: HashMap<usize, Share> = HashMap::new();
    for answer in progress.answers.iter().filter(|a| a.first_sight) {
        let share = first.entry(answer.objective).or_default();
        *share = share.with(answer.right);
    }
    let places: HashMap<&ObjectiveId, usize> =
        progress.objectives().iter().enumerate().map(|(n, o)| (&o.id, n)).collect();
    for (topic_place, topic) in library.topics().iter().enumerate() {
        for objective in &topic.objectives {
            let Some(statement) = library.examined_as(objective, category) else { continue };
            let Some(area) = library.outline().area_index(&statement.area) else { continue };
            let share = places.get(&objective.id).and_then(|n| first.get(n)).copied().unwrap_or_default();
            let met = usize::from(progress.memory(&objective.id).is_some());
            let (area, topic) = (&mut areas[area], &mut topics[topic_place]);
            area.first_sight = Share::new(area.first_sight.right + share.right, area.first_sight.of + share.of);
            topic.first_sight = Share::new(topic.first_sight.right + share.right, topic.first_sight.of + share.of);
            area.objectives += 1;
            topic.objectives += 1;
            area.objectives_met += met;
            topic.objectives_met += met;
            topic.due += usize::from(due.contains(&objective.id));
        }
    }
    (areas, topics)
}

/// The objectives that were answered, are in the bank, and belong to the category.
fn met<'a>(
    library: &'a Library,
    progress: &'a Progress,
) -> impl Iterator<Item = (&'a ObjectiveProgress, &'a Objective, Memory)> {
    let category = progress.settings.category;
    progress.objectives().iter().filter_map(move |known| {
        let (_, objective) = library.objective(&known.id)?;
        library.examined_as(objective, category)?;
        Some((known, objective, known.memory?))
    })
}

/// The rules most likely to be missed tomorrow, the shakiest first, at most ten.
fn weakest(library: &Library, progress: &Progress, today: StudyDay) -> Vec<WeakObjective> {
    let mut weak: Vec<WeakObjective> = met(library, progress)
        .map(|(known, objective, memory)| WeakObjective {
            id: known.id.clone(),
            title: objective.title.clone(),
            recall_tomorrow: memory.recall(today.plus(1)),
            answers: Share::new(known.right, known.answers),
        })
        .collect();
    // A rule that was missed more often than known is shaky however short ago its reasons were read.
    let shakiness =
        |w: &WeakObjective| w.recall_tomorrow * (f64::from(w.answers.right) + 1.0) / (f64::from(w.answers.of) + 2.0);
    weak.sort_by(|a, b| shakiness(a).total_cmp(&shakiness(b)).then_with(|| a.id.cmp(&b.id)));
    weak.truncate(10);
    weak
}

fn calibration(progress: &Progress) -> Vec<Calibration> {
    Confidence::ALL
        .into_iter()
        .rev()
        .map(|confidence| {
            let given = progress.answers.iter().filter(|a| a.confidence == Some(confidence));
            let right = given.clone().filter(|a| a.right).count() as u32;
            Calibration { confidence, share: Share::new(right, given.count() as u32) }
        })
        .collect()
}

fn days(progress: &Progress, today: StudyDay) -> Vec<DayCount> {
    let first = today.plus(-27);
    let mut counts = [(0_u32, 0_u32); 28];
    for answer in &progress.answers {
        let place = answer.at.day().since(first);
        if let Some(count) = usize::try_from(place).ok().and_then(|n| counts.get_mut(n)) {
            count.0 += 1;
            count.1 += u32::from(answer.right);
        }
    }
    counts
        .iter()
        .enumerate()
        .map(|(n, (answers, right))| DayCount {
            date: first.plus(n as i32).date().to_string(),
            answers: *answers,
            right: *right,
        })
        .collect()
}

fn forecast(library: &Library, progress: &Progress, today: StudyDay, days: i32) -> Vec<f64> {
    let memories: Vec<_> = met(library, progress).map(|(_, _, memory)| memory).collect();
    if memories.is_empty() {
        return vec![];
    }
    (0..=days).map(|n| memories.iter().map(|m| m.recall(today.plus(n))).sum::<f64>() / memories.len() as f64).collect()
}

fn median_seconds(progress: &Progress) -> Option<f64> {
    let mut ms: Vec<u64> = progress.answers.iter().filter(|a| !a.in_exam && a.ms > 0).map(|a| a.ms).collect();
    if ms.is_empty() {
        return None;
    }
    ms.sort_unstable();
    Some(ms[ms.len() / 2] as f64 / 1000.0)
}

/// An answer that took longer was a pause.
const LONGEST_ANSWER_MS: u64 = 300_000;

/// Minutes of study on a day.
pub fn minutes_studied(progress: &Progress, day: StudyDay) -> f64 {
    let ms: u64 = progress.answers_on(day).filter(|a| !a.in_exam).map(study_ms).sum();
    ms as f64 / 60_000.0
}

/// Milliseconds of study that an answer stands for: reading the reasons takes about as long as answering.
pub(super) fn study_ms(answer: &AnswerRecord) -> u64 {
    answer.ms.min(LONGEST_ANSWER_MS) * 2
}

/// Minutes of a day's study that are still to come; `None` once the day's minutes are reached.
pub fn minutes_left(progress: &Progress, day: StudyDay) -> Option<u16> {
    let left = f64::from(progress.settings.minutes_per_day) - minutes_studied(progress, day);
    (left > 0.0).then(|| left.ceil() as u16)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::bank::Category;
    use crate::core::sample;
    use crate::core::settings::Setting;

    fn progress(items: &[(&str, bool)]) -> (Library, Progress) {
        let library = sample::library();
        let events: Vec<_> =
            items.iter().map(|(item, right)| sample::answer(&library, item, *right, None, 0)).collect();
        (library, Progress::replay(&events))
    }

    #[test]
    fn a_rule_never_answered_rightly_has_no_figure() {
        let (library, progress) = progress(&[("ethics-0001", false), ("ethics-0004", true)]);
        for days in [0, 5] {
            let weak = stats(&library, &progress, sample::day(days)).weakest;
            assert_eq!((weak[0].recall_words().as_str(), weak[0].answers.of), ("missed so far", 1));
            assert!(weak[1].recall_words().starts_with("tomorrow about"), "{}", weak[1].recall_words());
        }
        let fresh = WeakObjective { recall_tomorrow: 0.99, answers: Share::new(1, 2), ..weak_sample() };
        assert_eq!(fresh.recall_words(), "just read");
    }

    fn weak_sample() -> WeakObjective {
        let (library, progress) = progress(&[("ethics-0001", true)]);
        stats(&library, &progress, sample::day(0)).weakest.remove(0)
    }

    #[test]
    fn the_forecast_is_of_this_exams_rules_that_are_in_the_bank() {
        let (library, mut progress) = progress(&[("ethics-0001", true), ("ethics-0004", false)]);
        let both = stats(&library, &progress, sample::day(3)).recall_forecast;
        assert_eq!(both.len(), 31);
        assert!(stats(&Library::new(library.reference.clone()), &progress, sample::day(3)).recall_forecast.is_empty());
        for category in Category::ALL {
            progress.settings.apply(&Setting::Category(category));
            let stats = stats(&library, &progress, sample::day(3));
            assert_eq!(stats.recall_forecast.is_empty(), stats.weakest.is_empty(), "{category:?}");
        }
    }

    #[test]
    fn minutes_count_answers_twice_and_no_pause() {
        let (_, mut progress) = progress(&[("ethics-0001", true), ("ethics-0004", false), ("ethics-0007", true)]);
        // Three answers of twenty seconds.
        assert!((minutes_studied(&progress, sample::day(0)) - 2.0).abs() < 1e-9);
        assert!(minutes_studied(&progress, sample::day(1)) == 0.0);
        assert_eq!(minutes_left(&progress, sample::day(0)), Some(18));
        progress.answers[0].ms = 3_600_000;
        assert!(minutes_studied(&progress, sample::day(0)) < 12.0, "an hour is a pause");
        progress.settings.apply(&Setting::MinutesPerDay(5));
        assert_eq!(minutes_left(&progress, sample::day(0)), None);
        progress.answers[0].in_exam = true;
        assert_eq!(minutes_left(&progress, sample::day(0)), Some(4), "an exam is no study");
    }
}
