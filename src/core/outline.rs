//! What an exam examines: areas, subdomains, statements, and the figures of each category.

use super::bank::{Category, Item, StatementId};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The whole outline, as read from `question_banks/outline_2026.json`.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Outline {
    /// Figures of each category's exam.
    pub exams: BTreeMap<Category, ExamFigures>,
    /// Content areas in exam order.
    pub areas: Vec<Area>,
    /// Everything that may be examined.
    pub statements: Vec<Statement>,
}

/// The figures of one category's exam.
#[derive(Clone, Debug, Deserialize)]
pub struct ExamFigures {
    /// The category as people read it.
    pub name: String,
    /// The category whose statements are examined (Associate uses Bachelors).
    pub outline: Category,
    /// Items in a whole exam.
    pub items: usize,
    /// Items that count.
    pub scored_items: usize,
    /// Items that are tried out and do not count.
    pub unscored_items: usize,
    /// Items in each section.
    pub section_items: Vec<usize>,
    /// Minutes for each section.
    pub section_minutes: Vec<u32>,
    /// The break between sections.
    pub scheduled_break: ScheduledBreak,
    /// Scored items of a whole exam by area code.
    pub scored_items_by_area: BTreeMap<String, usize>,
    /// Unscored items of a whole exam by area code.
    pub unscored_items_by_area: BTreeMap<String, usize>,
    /// The raw scores between which most forms' passing marks lie.
    pub usual_pass_range: PassRange,
    /// How certain each figure is.
    pub certainty: BTreeMap<String, Certainty>,
}

/// The break between two sections.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct ScheduledBreak {
    /// Its longest duration.
    pub minutes: u32,
    /// Whether the exam's clock stands still meanwhile.
    pub clock_stopped: bool,
}

/// The usual range of passing marks; never a prediction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct PassRange {
    /// Lowest usual mark.
    pub low: u32,
    /// Highest usual mark.
    pub high: u32,
    /// Of how many scored items.
    pub out_of: u32,
}

/// How a figure is known.
#[derive(Clone, Debug, Deserialize)]
pub struct Certainty {
    /// `publisher`, `reported`, `inferred` or `assumed`.
    pub level: String,
    /// Why.
    pub note: String,
}

/// One content area.
#[derive(Clone, Debug, Deserialize)]
pub struct Area {
    /// `I`, `II` or `III`.
    pub code: String,
    /// Its title.
    pub name: String,
    /// Its share of the scored items in percent, by category.
    pub weight_percent: BTreeMap<Category, f64>,
    /// Its parts.
    pub subdomains: Vec<Subdomain>,
}

/// One part of an area.
#[derive(Clone, Debug, Deserialize)]
pub struct Subdomain {
    /// Such as `IA`.
    pub code: String,
    /// Its title.
    pub name: String,
}

/// One thing that may be examined.
#[derive(Clone, Debug, Deserialize)]
pub struct Statement {
    /// Such as `IA-05`.
    pub id: StatementId,
    /// Its area's code.
    pub area: String,
    /// Its subdomain's code.
    pub subdomain: String,
    /// A short name in our own words.
    pub label: String,
    /// What it covers, in our own words.
    pub scope: String,
    /// The outlines that hold it.
    pub categories: Vec<Category>,
}

impl Outline {
    /// The statement of that id.
    pub fn statement(&self, id: &StatementId) -> Option<&Statement> {
        self.statements.iter().find(|s| s.id == *id)
    }

    /// The category whose statements `category` is examined by.
    pub fn outline_of(&self, category: Category) -> Category {
        self.exams.get(&category).map_or(category, |e| e.outline)
    }

    /// Whether `category`'s exam may ask about `statement`.
    pub fn examines(&self, category: Category, statement: &Statement) -> bool {
        statement.categories.contains(&self.outline_of(category))
    }

    /// Whether an item is for `category`, where it names categories.
    pub fn is_for(&self, category: Category, item: &Item) -> bool {
        let named = &item.categories;
        named.is_empty() || named.contains(&category) || named.contains(&self.outline_of(category))
    }

    /// The place of an area in exam order.
    pub fn area_index(&self, code: &str) -> Option<usize> {
        self.areas.iter().position(|a| a.code == code)
    }

    /// The title of a subdomain, or its code where it is unknown.
    pub fn subdomain_name<'a>(&'a self, code: &'a str) -> &'a str {
        self.areas.iter().flat_map(|a| &a.subdomains).find(|s| s.code == code).map_or(code, |s| &s.name)
    }
}
