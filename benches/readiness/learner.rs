//! A learner who studies with the program's log, and forms that she could sit at several moments.

use crate::chance::Chance;
use crate::world::{Asked, Mind, World};
use std::collections::HashMap;
use swprep::core::bank::{BANK_FORMAT, BankFile, Category, Choice, Difficulty, Item, Level, Objective, ObjectiveId};
use swprep::core::calendar::{DAY_MS, Stamp, StudyDay};
use swprep::core::confidence::Confidence;
use swprep::core::event::{Answered, Event, EventId, Fact, Shown};
use swprep::core::library::{Library, Origin, Reference};
use swprep::core::progress::Progress;
use uuid::Uuid;

pub const CATEGORY: Category = Category::Clinical;
pub const SIBLINGS: usize = 6;
/// Days after which she is asked about, and sits a form.
const MOMENTS: [i32; 4] = [6, 15, 30, 60];

/// A bank of so many rules, spread over the statements of the exam.
pub fn library(reference: Reference, rules: usize) -> Library {
    let outline = reference.outline.clone();
    let statements: Vec<_> = outline.statements.iter().filter(|s| outline.examines(CATEGORY, s)).collect();
    let mut chance = Chance::new(99);
    let objectives = (0..rules)
        .map(|n| Objective {
            id: format!("t.g.rule-{n}").as_str().into(),
            title: "A rule".into(),
            statements: vec![statements[n % statements.len()].id.clone()],
            rule: "The rule.".into(),
            refs: vec![],
            items: (0..SIBLINGS).map(|m| item(n, m, &mut chance)).collect(),
        })
        .collect();
    let mut library = Library::new(reference);
    let bank = BankFile { format: BANK_FORMAT.into(), topic: "t".into(), title: "Topic".into(), objectives };
    assert!(library.add(bank, Origin::Shipped).is_empty());
    library
}

fn item(rule: usize, sibling: usize, chance: &mut Chance) -> Item {
    let option = |key| Choice { text: "o".into(), key, trap: None, why: "w".into() };
    Item {
        id: format!("t-{rule}-{sibling}").as_str().into(),
        level: Level::Application,
        difficulty: [Difficulty::Easy, Difficulty::Medium, Difficulty::Medium, Difficulty::Hard][chance.below(4)],
        categories: vec![],
        stem: "What FIRST?".into(),
        options: vec![option(true), option(false), option(false)],
        fixed_order: false,
        flip_of: None,
        as_of: None,
        jurisdiction: None,
    }
}

/// One moment: what the program knows, and the score of a form.
pub struct Moment {
    pub today: StudyDay,
    pub exam: StudyDay,
    pub score: u32,
    /// What somebody who sees into her mind would expect: mean and standard deviation.
    pub truth: (f64, f64),
}

/// What she says of how sure she is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// More or less what she knows.
    AsSheIs,
    /// Sure, whatever she knows.
    AlwaysSure,
}

/// A learner of that seed lives; `at_moment` is told of each moment.
pub fn live(world: World, library: &Library, says: Says, seed: u64, mut at_moment: impl FnMut(&Progress, &Moment)) {
    let mut chance = Chance::new(seed);
    let rules: Vec<&Objective> = library.objectives().map(|(_, o)| o).collect();
    let area = |o: &Objective| {
        let statement = library.examined_as(o, CATEGORY).unwrap();
        library.outline().area_index(&statement.area).unwrap()
    };
    let areas: Vec<usize> = rules.iter().map(|o| area(o)).collect();
    let mut mind = Mind::new(world, &areas, &mut chance);
    // What the author did not foresee, and which questions ask for more than the rule.
    let beyond_share = if world == World::HalfTransfer { 0.3 } else { 0.0 };
    let hidden: Vec<Vec<(f64, bool)>> = rules
        .iter()
        .map(|_| (0..SIBLINGS).map(|_| (chance.normal(0.0, 0.7), chance.happens(beyond_share))).collect())
        .collect();
    let places: HashMap<&ObjectiveId, usize> = rules.iter().enumerate().map(|(n, o)| (&o.id, n)).collect();
    let mut shown_on: Vec<Vec<Option<i32>>> = vec![vec![None; SIBLINGS]; rules.len()];
    let mut progress = Progress::default();
    let mut fresh: Vec<usize> = (0..rules.len()).collect();
    for n in (1..fresh.len()).rev() {
        fresh.swap(n, chance.below(n + 1));
    }
    let budget = chance.between(10.0, 55.0);
    let habit = chance.below(3);
    let diligence = chance.between(0.6, 1.0);
    let mut given = 0;
    for day in 1..=MOMENTS[MOMENTS.len() - 1] {
        let today = StudyDay(20_000 + day);
        let questions = if chance.happens(diligence) { (budget * chance.between(0.5, 1.5)) as usize } else { 0 };
        let mut due: Vec<usize> = progress
            .objectives()
            .iter()
            .filter(|o| o.due().is_some_and(|d| d <= today))
            .filter_map(|o| places.get(&o.id).copied())
            .collect();
        for n in 0..questions {
            let new_first = match habit {
                0 => n % 3 == 2,
                1 => n % 2 == 0,
                _ => chance.happens(0.8),
            };
            let rule = match (new_first, fresh.is_empty(), due.is_empty()) {
                (true, false, _) | (false, false, true) => fresh.pop().unwrap(),
                (_, _, false) => due.remove(chance.below(due.len())),
                (_, true, true) => chance.below(rules.len()),
            };
            // An unseen sibling first, then the one seen longest ago.
            let sibling = (0..SIBLINGS).min_by_key(|s| shown_on[rule][*s].unwrap_or(-1)).unwrap();
            let item = &rules[rule].items[sibling];
            let (noise, beyond) = hidden[rule][sibling];
            let asked = Asked {
                rule,
                difficulty: item.difficulty.logit() + noise,
                guess: 1.0 / 3.0,
                remembered: shown_on[rule][sibling].map_or(0.0, |d| 0.7 * (-f64::from(day - d) / 12.0).exp()),
                beyond,
            };
            let (right, confidence) = mind.answers(&asked, day, &mut chance);
            shown_on[rule][sibling] = Some(day);
            let confidence = if says == Says::AlwaysSure { Confidence::Sure } else { Confidence::ALL[confidence] };
            progress.evolve(&event(&rules[rule].id, item, today, right, confidence, given));
            given += 1;
        }
        if MOMENTS.contains(&day) {
            let gap = [1, 1, 3, 7][chance.below(4)];
            let (score, truth) = form(library, &rules, &areas, &mind, day + gap, beyond_share, &mut chance);
            let exam = today.plus(gap);
            at_moment(&progress, &Moment { today, exam, score, truth });
        }
    }
}

/// The score of a real form: 110 questions by the outline, none of them seen before.
fn form(
    library: &Library,
    rules: &[&Objective],
    areas: &[usize],
    mind: &Mind,
    day: i32,
    beyond_share: f64,
    chance: &mut Chance,
) -> (u32, (f64, f64)) {
    let figures = &library.outline().exams[&CATEGORY];
    let mut score = 0;
    let (mut mean, mut variance) = (0.0, 0.0);
    for (place, area) in library.outline().areas.iter().enumerate() {
        let mut have: Vec<usize> = (0..rules.len()).filter(|n| areas[*n] == place).collect();
        for _ in 0..figures.scored_items_by_area[&area.code] {
            let rule = have.swap_remove(chance.below(have.len()));
            let item = &rules[rule].items[chance.below(SIBLINGS)];
            let asked = Asked {
                rule,
                difficulty: item.difficulty.logit() + chance.normal(0.0, 0.7),
                guess: 1.0 / 3.0,
                remembered: 0.0,
                beyond: chance.happens(beyond_share),
            };
            score += u32::from(chance.happens(mind.right(&asked, day)));
        }
        // The same for every rule with a few questions each.
        let all: Vec<usize> = (0..rules.len()).filter(|n| areas[*n] == place).collect();
        let mut moments = (0.0, 0.0);
        for rule in &all {
            for n in 0..8 {
                let difficulty = rules[*rule].items[n % SIBLINGS].difficulty.logit() + chance.normal(0.0, 0.7);
                let beyond = chance.happens(beyond_share);
                let asked = Asked { rule: *rule, difficulty, guess: 1.0 / 3.0, remembered: 0.0, beyond };
                let right = mind.right(&asked, day);
                moments.0 += right / (8 * all.len()) as f64;
                moments.1 += right * right / (8 * all.len()) as f64;
            }
        }
        let asked = figures.scored_items_by_area[&area.code] as f64;
        mean += asked * moments.0;
        variance += asked * moments.0 * (1.0 - moments.0)
            - asked * asked / all.len() as f64 * (moments.1 - moments.0 * moments.0);
    }
    (score, (mean, variance.sqrt()))
}

pub fn event(rule: &ObjectiveId, item: &Item, day: StudyDay, right: bool, confidence: Confidence, n: u64) -> Event {
    let shown = Shown {
        item: item.id.clone(),
        hash: String::new(),
        objective: rule.clone(),
        key: 0,
        difficulty: item.difficulty,
        order: vec![0, 1, 2],
    };
    let answered = Answered {
        session: String::new(),
        shown,
        choice: u8::from(!right),
        confidence: Some(confidence),
        ms: 40_000,
        struck: vec![],
    };
    let at = Stamp { ms: i64::from(day.0) * DAY_MS + 12 * 3_600_000 + n as i64, offset_min: 0 };
    Event { id: EventId(Uuid::from_u64_pair(1, n)), at, fact: Fact::Answered(answered) }
}
