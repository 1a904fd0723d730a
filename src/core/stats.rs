//! What the answers so far say: by area, topic, confidence and day, always with how much it rests on.

use super::bank::ObjectiveId;
use super::calendar::StudyDay;
use super::confidence::Confidence;
use super::interval::Share;
use super::library::Library;
use super::pick::{Scope, due};
use super::progress::Progress;
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
    /// Mean estimated recall of the objectives met, for today and the next 30 days, if nothing more is studied.
    pub recall_forecast: Vec<f64>,
    /// The median seconds of a study answer.
    pub median_seconds: Option<f64>,
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
        recall_forecast: forecast(progress, today, 30),
        median_seconds: median_seconds(progress),
    }
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

fn weakest(library: &Library, progress: &Progress, today: StudyDay) -> Vec<WeakObjective> {
    let category = progress.settings.category;
    let mut weak: Vec<WeakObjective> = progress
        .objectives()
        .iter()
        .filter_map(|known| {
            let (_, objective) = library.objective(&known.id)?;
            library.examined_as(objective, category)?;
            Some(WeakObjective {
                id: known.id.clone(),
                title: objective.title.clone(),
                recall_tomorrow: known.memory?.recall(today.plus(1)),
                answers: Share::new(known.right, known.answers),
            })
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

fn forecast(progress: &Progress, today: StudyDay, days: i32) -> Vec<f64> {
    let memories: Vec<_> = progress.objectives().iter().filter_map(|o| o.memory).collect();
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
