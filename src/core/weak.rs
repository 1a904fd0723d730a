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
use super::readiness::alike::{Alike, Kind};
use super::readiness::question::{Question, Sums, Version};
use super::readiness::syllabus::{Rule, Syllabus};
use super::readiness::{Fit, Forecast, mean, range};
use foldhash::fast::FixedState;
use serde::Serialize;
use std::collections::HashMap;

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
    gains_with(library, progress, today, &mut None)
}

/// The same with a fit of the same log, bank and exam, which is kept for the next use.
pub fn gains_with(library: &Library, progress: &Progress, today: StudyDay, fit: &mut Option<Fit>) -> Gains {
    let syllabus = Syllabus::of(library, progress, progress.settings.category);
    let forecast = Forecast::with(&syllabus, progress, today.plus(1), fit.take());
    let exam = progress.settings.exam_date.map(StudyDay::of).filter(|day| *day > today);
    let target = exam.unwrap_or(today.plus(HORIZON));
    let mut counts = vec![0_u32; progress.objectives().len()];
    for answer in progress.first_sights().all() {
        counts[answer.objective] += 1;
    }
    let mut points = Points::new(forecast.versions(), today, target);
    let mut gaining: Vec<Gaining<'_>> = syllabus
        .rules
        .iter()
        .enumerate()
        .map(|(n, rule)| {
            let gains: Vec<f64> = points.of(rule, forecast.trace(n)).iter().map(|gain| rule.points * gain).collect();
            let first_sight = rule.place.map_or(0, |place| counts[place]);
            Gaining { rule, first_sight, met: forecast.is_met(n), mean: mean(&gains), gains }
        })
        .collect();
    gaining.sort_by(|a, b| b.mean.total_cmp(&a.mean).then_with(|| a.rule.objective.id.cmp(&b.rule.objective.id)));
    let per_hour = 3.0 * pick::questions_in(progress, 20) as f64;
    let grouping = Grouping { gaining: &gaining, per_hour };
    *fit = Some(forecast.into_fit());
    Gains {
        areas: grouping.by(ENOUGH_OF_TOPIC, usize::MAX, |r| {
            let area = &syllabus.areas[r.area];
            (&area.code, &area.name)
        }),
        topics: grouping.by(ENOUGH_OF_TOPIC, usize::MAX, |r| (r.topic.id.as_str(), &r.topic.title)),
        statements: grouping.by(ENOUGH_OF_STATEMENT, TOLD, |r| (r.statement.id.as_str(), &r.statement.label)),
        objectives: grouping.by(1, TOLD, |r| (r.objective.id.as_str(), &r.objective.title)),
    }
}

/// What one more question of a rule gains, one rule after another.
struct Points {
    worth: Worth,
    known: Alike,
}

impl Points {
    fn new(versions: &[Version], today: StudyDay, target: StudyDay) -> Self {
        let worth = Worth { sums: Sums::new(versions), today, target, room: Default::default() };
        Self { worth, known: Alike::default() }
    }

    /// The change of the chance to answer a new question of a rule, in each version.
    fn of(&mut self, rule: &Rule<'_>, trace: Option<&Trace>) -> &[f64] {
        let kind = trace.is_none().then(|| Kind::of(rule));
        self.known.get(kind, |gains| self.worth.work_out(rule, trace, gains))
    }
}

/// What one more question of a rule gains.
struct Worth {
    sums: Sums,
    today: StudyDay,
    target: StudyDay,
    /// Room for the chances now, when asked, after a right and after a wrong answer.
    room: [Vec<f64>; 4],
}

impl Worth {
    fn work_out(&mut self, rule: &Rule<'_>, trace: Option<&Trace>, gains: &mut Vec<f64>) {
        let question = |trace: Option<&Trace>| Question::new(rule, trace, self.target);
        let after = |right: bool| {
            let evidence = Evidence {
                right,
                confidence: None,
                item_difficulty: rule.difficulty,
                options_left: (1.0 / rule.guess.max(0.01)).round() as u8,
                days_since_seen: None,
                day: self.today,
            };
            question(Some(&Trace::after(trace, &evidence, &ConfidenceMeaning::default()).0))
        };
        let questions = [question(trace), Question::new(rule, trace, self.today), after(true), after(false)];
        for (question, room) in questions.iter().zip(&mut self.room) {
            self.sums.work_out(question, room);
        }
        let [now, asked, right, wrong] = &self.room;
        let chances = now.iter().zip(asked).zip(right.iter().zip(wrong));
        let gain = |((now, asked), (right, wrong)): ((&f64, &f64), (&f64, &f64))| {
            (asked * right + (1.0 - asked) * wrong - now).max(0.0)
        };
        gains.clear();
        gains.extend(chances.map(gain));
    }
}

/// Rules by what they gain, the best first.
struct Grouping<'a, 'b> {
    gaining: &'b [Gaining<'a>],
    per_hour: f64,
}

/// Rules of one key, the best first.
struct Group<'a, 'b> {
    id: &'a str,
    name: &'a str,
    rules: Vec<&'b Gaining<'a>>,
    /// Expected points that an hour gains, in each version.
    rates: Vec<f64>,
    points_per_hour: f64,
    first_sight: u32,
}

impl<'a> Grouping<'a, '_> {
    /// The groups of a key, best first, so many at most.
    fn by(&self, enough: u32, most: usize, key: impl Fn(&'a Rule<'a>) -> (&'a str, &'a str)) -> Vec<Gain> {
        let mut keyed: HashMap<(&str, &str), Vec<&Gaining<'_>>, FixedState> = HashMap::default();
        for rule in self.gaining {
            keyed.entry(key(rule.rule)).or_default().push(rule);
        }
        let mut groups: Vec<Group<'_, '_>> =
            keyed.into_iter().map(|((id, name), rules)| self.group(id, name, rules)).collect();
        groups.sort_by(|a, b| {
            let (a_enough, b_enough) = (a.first_sight >= enough, b.first_sight >= enough);
            let by_name = || (a.id, a.name).cmp(&(b.id, b.name));
            b_enough.cmp(&a_enough).then(b.points_per_hour.total_cmp(&a.points_per_hour)).then_with(by_name)
        });
        groups.truncate(most);
        groups.into_iter().map(|group| group.told(enough)).collect()
    }

    fn group<'b>(&self, id: &'a str, name: &'a str, rules: Vec<&'b Gaining<'a>>) -> Group<'a, 'b> {
        // An hour goes to the best rules of the group; a group that fills no hour is worth its pace.
        let best = &rules[..rules.len().min(self.per_hour as usize).max(1)];
        let versions = best.iter().map(|r| r.gains.len()).min().unwrap_or(0);
        let rates: Vec<f64> = (0..versions)
            .map(|v| best.iter().map(|r| r.gains[v]).sum::<f64>() * self.per_hour / best.len() as f64)
            .collect();
        let first_sight = rules.iter().map(|r| r.first_sight).sum();
        Group { id, name, points_per_hour: mean(&rates), rates, first_sight, rules }
    }
}

impl Group<'_, '_> {
    fn told(self, enough: u32) -> Gain {
        let (low, high) = range(&self.rates);
        Gain {
            id: self.id.to_owned(),
            name: self.name.to_owned(),
            points_per_hour: self.points_per_hour,
            low,
            high,
            points: self.rules.iter().map(|r| r.mean).sum(),
            first_sight: self.first_sight,
            rules_met: self.rules.iter().filter(|r| r.met).count(),
            rules: self.rules.len(),
            enough: self.first_sight >= enough,
            objectives: self.rules.iter().map(|r| r.rule.objective.id.clone()).collect(),
        }
    }
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
    fn rules_that_are_alike_gain_what_each_does_alone() {
        let library = sample::library();
        let mut progress = Progress::default();
        for n in 1..=12 {
            progress.evolve(&sample::answer(&library, &format!("ethics-{n:04}"), n % 3 > 0, None, 0));
        }
        for until in [0, 1].map(sample::day) {
            let syllabus = Syllabus::of(&library, &progress, progress.settings.category);
            let forecast = Forecast::of(&syllabus, &progress, until);
            let mut points = Points::new(forecast.versions(), sample::day(6), sample::day(20));
            for (n, rule) in syllabus.rules.iter().enumerate() {
                let trace = forecast.trace(n);
                let mut alone = vec![];
                points.worth.work_out(rule, trace, &mut alone);
                assert_eq!(points.of(rule, trace).to_vec(), alone, "{}", rule.objective.id);
            }
            assert!((2..syllabus.rules.len()).contains(&points.known.kinds()));
        }
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
