//! What a form asks about: each rule of the bank with the number of scored questions that it may expect.

use crate::core::bank::{Category, Objective};
use crate::core::library::{Library, Topic};
use crate::core::outline::Statement;
use crate::core::progress::Progress;
use std::collections::HashMap;

/// One rule of the exam.
#[derive(Clone, Copy, Debug)]
pub struct Rule<'a> {
    /// Its topic.
    pub topic: &'a Topic,
    /// The rule.
    pub objective: &'a Objective,
    /// The statement under which it is examined.
    pub statement: &'a Statement,
    /// The place of its area in the outline.
    pub area: usize,
    /// Its place in `Progress::objectives`, if it was met.
    pub place: Option<usize>,
    /// Scored questions of a form that it may expect; over an area they add up to the area's.
    pub points: f64,
    /// Mean difficulty of its questions, in logits.
    pub difficulty: f64,
    /// The chance to guess one of its questions.
    pub guess: f64,
}

/// One area of the exam.
#[derive(Clone, Debug)]
pub struct Quota {
    /// Its code.
    pub code: String,
    /// Its title.
    pub name: String,
    /// Scored questions of a form.
    pub points: f64,
    /// Its share of the exam, 0 to 1.
    pub weight: f64,
    /// Rules of the bank.
    pub rules: usize,
}

/// The whole exam of a category as the bank can ask it.
#[derive(Clone, Debug, Default)]
pub struct Syllabus<'a> {
    /// The rules, in file order.
    pub rules: Vec<Rule<'a>>,
    /// The areas, in outline order.
    pub areas: Vec<Quota>,
    /// By place in `Progress::objectives`: the area, where the exam asks about it.
    pub area_of: Vec<Option<usize>>,
}

impl<'a> Syllabus<'a> {
    /// The exam of that category. As in a drawn form, the parts of an area count by the number of their statements, and
    /// the rules of a part count equally.
    pub fn of(library: &'a Library, progress: &Progress, category: Category) -> Self {
        let outline = library.outline();
        let figures = outline.exams.get(&category);
        let scored = |code: &str| figures.and_then(|f| f.scored_items_by_area.get(code)).copied().unwrap_or(0) as f64;
        let all: f64 = outline.areas.iter().map(|a| scored(&a.code)).sum();
        let mut areas: Vec<Quota> = outline
            .areas
            .iter()
            .map(|a| Quota {
                code: a.code.clone(),
                name: a.name.clone(),
                points: scored(&a.code),
                weight: scored(&a.code) / all.max(1.0),
                rules: 0,
            })
            .collect();
        let mut rules = vec![];
        let mut parts: HashMap<&str, (f64, f64)> = HashMap::new();
        let mut area_of = vec![None; progress.objectives().len()];
        for (topic, objective) in library.objectives() {
            let Some(statement) = library.examined_as(objective, category) else { continue };
            let Some(area) = outline.area_index(&statement.area) else { continue };
            let place = progress.objective_at(&objective.id);
            if let Some(slot) = place.and_then(|n| area_of.get_mut(n)) {
                *slot = Some(area);
            }
            let items = objective.items.len().max(1) as f64;
            let difficulty = objective.items.iter().map(|i| i.difficulty.logit()).sum::<f64>() / items;
            let guess = objective.items.iter().map(|i| 1.0 / i.options.len().max(1) as f64).sum::<f64>() / items;
            rules.push(Rule { topic, objective, statement, area, place, points: 0.0, difficulty, guess });
            areas[area].rules += 1;
            parts.entry(&statement.subdomain).or_default().0 += 1.0;
        }
        for statement in outline.statements.iter().filter(|s| outline.examines(category, s)) {
            if let Some(part) = parts.get_mut(statement.subdomain.as_str()) {
                part.1 += 1.0;
            }
        }
        let share = |rule: &Rule<'_>| parts.get(rule.statement.subdomain.as_str()).map_or(0.0, |(n, s)| s / n);
        let mut sums = vec![0.0; areas.len()];
        for rule in &rules {
            sums[rule.area] += share(rule);
        }
        for rule in &mut rules {
            rule.points = areas[rule.area].points * share(rule) / sums[rule.area].max(f64::MIN_POSITIVE);
        }
        Self { rules, areas, area_of }
    }
}
