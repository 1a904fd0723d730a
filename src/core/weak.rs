//! Where an hour of study is likely to win most: areas, topics, statements and rules by expected points to gain.
//!
//! The gain of a rule is what one more question of it, with its reasons read, changes in the chance to answer a new one
//! on the day of the exam, times the questions that a form asks of it. It is worked out in every version of the person
//! that her first answers leave possible (see `readiness`), so each figure has its range.

use super::bank::ObjectiveId;
use super::calendar::StudyDay;
use super::confidence::ConfidenceMeaning;
use super::firsthand::Trace;
use super::library::Library;
use super::memory::Evidence;
use super::pick;
use super::progress::Progress;
use super::readiness::question::{Question, Version};
use super::readiness::syllabus::{Rule, Syllabus};
use super::readiness::{Forecast, mean, range};
use serde::Serialize;
use std::collections::BTreeMap;

/// Without a date for the exam, what is remembered after so many days counts.
const HORIZON: i32 = 14;

/// Fewer first answers than this say too little of an area or topic.
const ENOUGH_OF_TOPIC: u32 = 10;

/// And of a statement.
const ENOUGH_OF_STATEMENT: u32 = 5;

/// How many statements and rules are told.
const TOLD: usize = 10;

/// What an hour of study is likely to gain in one place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Gain {
    /// The code or id of the area, topic, statement or rule.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Expected points of a form that an hour there gains.
    pub points_per_hour: f64,
    /// Lower end of its range.
    pub low: f64,
    /// Upper end of its range.
    pub high: f64,
    /// Expected points that going once through all its rules gains.
    pub points: f64,
    /// Answers at first sight.
    pub first_sight: u32,
    /// Rules met, by first answers.
    pub rules_met: usize,
    /// Rules.
    pub rules: usize,
    /// Whether enough was seen to say it; the figures rest on the other answers where not.
    pub enough: bool,
    /// Its rules, those that gain most first.
    #[serde(skip)]
    pub objectives: Vec<ObjectiveId>,
}

/// Where study gains most, best first; what was seen too little comes last.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Gains {
    /// By area.
    pub areas: Vec<Gain>,
    /// By topic.
    pub topics: Vec<Gain>,
    /// By statement, the first ten.
    pub statements: Vec<Gain>,
    /// By rule, the first ten.
    pub objectives: Vec<Gain>,
}

impl Gains {
    /// The rules that gain most, best first: those met, and only where they are fewer than ten, others.
    pub fn weakest(&self) -> Vec<ObjectiveId> {
        self.objectives.iter().flat_map(|g| g.objectives.iter().cloned()).collect()
    }
}

/// A rule with what it gains.
struct Gaining<'a> {
    rule: &'a Rule<'a>,
    first_sight: u32,
    met: bool,
    mean: f64,
    /// In each version.
    gains: Vec<f64>,
}

/// Where study gains most on a day.
pub fn gains(library: &Library, progress: &Progress, today: StudyDay) -> Gains {
    let syllabus = Syllabus::of(library, progress, progress.settings.category);
    let forecast = Forecast::of(&syllabus, progress, today.plus(1));
    let exam = progress.settings.exam_date.map(StudyDay::of).filter(|day| *day > today);
    let target = exam.unwrap_or(today.plus(HORIZON));
    let mut counts = vec![0_u32; progress.objectives().len()];
    for answer in progress.first_sights().all() {
        counts[answer.objective] += 1;
    }
    let mut gaining: Vec<Gaining<'_>> = syllabus
        .rules
        .iter()
        .enumerate()
        .map(|(n, rule)| {
            let trace = forecast.trace(n);
            let gains = of_rule(rule, trace, &forecast, today, target);
            let first_sight = rule.place.map_or(0, |place| counts[place]);
            Gaining { rule, first_sight, met: forecast.is_met(n), mean: mean(&gains), gains }
        })
        .collect();
    gaining.sort_by(|a, b| b.mean.total_cmp(&a.mean).then_with(|| a.rule.objective.id.cmp(&b.rule.objective.id)));
    let per_hour = 3.0 * pick::questions_in(progress, 20) as f64;
    let mut groups = Gains {
        areas: grouped(&gaining, per_hour, ENOUGH_OF_TOPIC, |r| {
            let area = &syllabus.areas[r.area];
            (&area.code, &area.name)
        }),
        topics: grouped(&gaining, per_hour, ENOUGH_OF_TOPIC, |r| (r.topic.id.as_str(), &r.topic.title)),
        statements: grouped(&gaining, per_hour, ENOUGH_OF_STATEMENT, |r| (r.statement.id.as_str(), &r.statement.label)),
        objectives: grouped(&gaining, per_hour, 1, |r| (r.objective.id.as_str(), &r.objective.title)),
    };
    groups.statements.truncate(TOLD);
    groups.objectives.truncate(TOLD);
    groups
}

/// Points that one more question of a rule gains, in each version.
fn of_rule(
    rule: &Rule<'_>,
    trace: Option<&Trace>,
    forecast: &Forecast<'_>,
    today: StudyDay,
    target: StudyDay,
) -> Vec<f64> {
    let question = |trace: Option<&Trace>| Question::new(rule, trace, target);
    let (now, asked) = (question(trace), Question::new(rule, trace, today));
    let after = |right: bool| {
        let evidence = Evidence {
            right,
            confidence: None,
            item_difficulty: rule.difficulty,
            options_left: (1.0 / rule.guess.max(0.01)).round() as u8,
            days_since_seen: None,
            day: today,
        };
        question(Some(&Trace::after(trace, &evidence, &ConfidenceMeaning::default()).0))
    };
    let (right, wrong) = (after(true), after(false));
    let gain = |version: &Version| {
        let chance = asked.chance(version);
        let after = chance * right.chance(version) + (1.0 - chance) * wrong.chance(version);
        rule.points * (after - now.chance(version)).max(0.0)
    };
    forecast.versions.iter().map(gain).collect()
}

/// The groups of a key, best first; `gaining` is sorted, so each group's rules are as well.
fn grouped<'a>(
    gaining: &[Gaining<'a>],
    per_hour: f64,
    enough: u32,
    key: impl Fn(&'a Rule<'a>) -> (&'a str, &'a str),
) -> Vec<Gain> {
    let mut groups: BTreeMap<(&str, &str), Vec<&Gaining<'_>>> = BTreeMap::new();
    for rule in gaining {
        groups.entry(key(rule.rule)).or_default().push(rule);
    }
    let mut gains: Vec<Gain> = groups
        .into_iter()
        .map(|((id, name), rules)| {
            // An hour goes to the best rules of the group; a group that fills no hour is worth its pace.
            let best = &rules[..rules.len().min(per_hour as usize).max(1)];
            let versions = best.iter().map(|r| r.gains.len()).min().unwrap_or(0);
            let rates: Vec<f64> = (0..versions)
                .map(|v| best.iter().map(|r| r.gains[v]).sum::<f64>() * per_hour / best.len() as f64)
                .collect();
            let (low, high) = range(&rates);
            let first_sight = rules.iter().map(|r| r.first_sight).sum();
            Gain {
                id: id.to_owned(),
                name: name.to_owned(),
                points_per_hour: mean(&rates),
                low,
                high,
                points: rules.iter().map(|r| r.mean).sum(),
                first_sight,
                rules_met: rules.iter().filter(|r| r.met).count(),
                rules: rules.len(),
                enough: first_sight >= enough,
                objectives: rules.iter().map(|r| r.rule.objective.id.clone()).collect(),
            }
        })
        .collect();
    gains.sort_by(|a, b| b.enough.cmp(&a.enough).then(b.points_per_hour.total_cmp(&a.points_per_hour)));
    gains
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sample;

    /// Area I is answered wrongly at first and rightly later, the others rightly throughout.
    fn lived() -> (Library, Progress) {
        let library = sample::library();
        let mut progress = Progress::default();
        for (n, item) in library.items().enumerate().filter(|(n, _)| n % 3 < 2) {
            let area = &library.examined_as(item.objective, progress.settings.category).unwrap().area;
            let day = (n % 3 * 4) as i64;
            progress.evolve(&sample::answer(&library, item.item.id.as_str(), area != "I" || n % 3 == 1, None, day));
        }
        (library, progress)
    }

    #[test]
    fn the_shakier_area_gains_most() {
        let (library, progress) = lived();
        let gains = gains(&library, &progress, sample::day(6));
        assert_eq!(gains.areas[0].id, "I", "{:?}", gains.areas);
        let best = &gains.areas[0];
        assert!(best.enough && best.first_sight == 40 && best.rules_met == 20);
        assert!(best.low <= best.points_per_hour && best.points_per_hour <= best.high && best.low > 0.0, "{best:?}");
        assert!(gains.topics.len() == 3 && gains.statements.len() == 10 && gains.weakest().len() == 10);
    }

    #[test]
    fn what_was_hardly_seen_says_so_and_comes_last() {
        let library = sample::library();
        let mut progress = Progress::default();
        for n in 1..=12 {
            progress.evolve(&sample::answer(&library, &format!("ethics-{n:04}"), true, None, 0));
        }
        let gains = gains(&library, &progress, sample::day(1));
        assert_eq!((gains.topics[0].id.as_str(), gains.topics[0].enough), ("ethics", true));
        assert!(gains.topics[1..].iter().all(|t| !t.enough && t.first_sight == 0));
    }
}
