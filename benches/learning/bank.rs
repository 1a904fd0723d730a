//! A made-up bank: the real outline, 250 rules in ten topics, three questions each.

use swprep::banks::shipped::shipped_library;
use swprep::core::bank::{BANK_FORMAT, BankFile, Category, Choice, Difficulty, Item, Level, Objective, StatementId};
use swprep::core::library::{Library, Origin};
use swprep::core::progress::Progress;
use swprep::core::retake;

pub const SIBLINGS: usize = 3;
const TOPICS: usize = 10;
/// Rules of each area out of ten: not in proportion to the outline, as in real banks.
const OUT_OF_TEN: [usize; 3] = [3, 5, 2];

/// The bank, and what each rule counts in the exam; together 1.
pub fn bank(rules: usize, difficulty: impl Fn(usize, usize) -> Difficulty) -> Library {
    let reference = shipped_library().reference.clone();
    let statements: Vec<Vec<StatementId>> = reference
        .outline
        .areas
        .iter()
        .map(|area| {
            let examined = reference.outline.statements.iter();
            let examined =
                examined.filter(|s| s.area == area.code && reference.outline.examines(Category::Clinical, s));
            examined.map(|s| s.id.clone()).collect()
        })
        .collect();
    let mut library = Library::new(reference);
    for topic in 0..TOPICS {
        let name = format!("topic_{topic}");
        let objectives = (topic..rules).step_by(TOPICS).map(|rule| {
            let ten = rule / TOPICS % 10;
            let area = if ten < OUT_OF_TEN[0] { 0 } else { 1 + usize::from(ten >= OUT_OF_TEN[0] + OUT_OF_TEN[1]) };
            Objective {
                id: format!("{name}.rules.rule_{rule}").as_str().into(),
                title: format!("Rule {rule}"),
                statements: vec![statements[area][rule / 7 % statements[area].len()].clone()],
                rule: String::new(),
                refs: vec![],
                items: (0..SIBLINGS).map(|n| item(&name, rule, n, difficulty(rule, n))).collect(),
            }
        });
        let objectives = objectives.collect();
        let file =
            BankFile { format: BANK_FORMAT.into(), topic: name.as_str().into(), title: name.clone(), objectives };
        assert!(library.add(file, Origin::Shipped).is_empty());
    }
    library
}

fn item(topic: &str, rule: usize, sibling: usize, difficulty: Difficulty) -> Item {
    let option = |n: usize| Choice { text: format!("{n}"), key: n == 0, trap: None, why: String::new() };
    Item {
        id: format!("{topic}-{:05}", rule * SIBLINGS + sibling).as_str().into(),
        level: Level::Application,
        difficulty,
        categories: vec![],
        stem: format!("{rule} {sibling}"),
        options: (0..3).map(option).collect(),
        fixed_order: false,
        flip_of: None,
        as_of: None,
        jurisdiction: None,
    }
}

/// The rule and the sibling that an item of the bank is.
pub fn place(item: &str) -> (usize, usize) {
    let number: usize = item.rsplit('-').next().unwrap().parse().unwrap();
    (number / SIBLINGS, number % SIBLINGS)
}

/// What each rule counts in the exam; together 1.
pub fn weights(library: &Library, rules: usize) -> Vec<f64> {
    let outline = library.outline();
    let by_area = retake::weights(outline, &Progress::default(), Category::Clinical);
    let mut area = vec![0; rules];
    for item in library.items() {
        let statement = library.examined_as(item.objective, Category::Clinical).unwrap();
        area[place(item.item.id.as_str()).0] = outline.area_index(&statement.area).unwrap();
    }
    let count = |a: usize| area.iter().filter(|b| **b == a).count() as f64;
    area.iter().map(|a| by_area[*a] / count(*a)).collect()
}
