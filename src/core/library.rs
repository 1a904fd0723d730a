//! All questions at hand: every topic of every bank, found by id.

use super::bank::{BankFile, Category, Item, ItemId, Objective, ObjectiveId, StatementId, TopicId};
use super::outline::{Outline, Statement};
use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Where a topic comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Built into the program.
    Shipped,
    /// A file of the user's own.
    User,
}

/// A work that a rule rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// The name used in `refs`.
    pub id: String,
    /// Title.
    pub title: String,
    /// Publisher, court or journal.
    pub publisher: String,
    /// Year of the edition in force.
    pub year: u16,
    /// Where it can be read or found.
    pub url: String,
    /// Edition, where there are several.
    #[serde(default)]
    pub edition: Option<String>,
    /// The day on which the entry was last checked.
    pub checked: String,
    /// How far the work was read.
    #[serde(default)]
    pub note: Option<String>,
}

/// Why a distractor tempts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trap {
    /// The name used in banks.
    pub id: String,
    /// Its name as people read it.
    pub name: String,
    /// What it looks like.
    pub hint: String,
}

/// What banks refer to: the outline, the sources, the traps.
#[derive(Clone, Debug, Default)]
pub struct Reference {
    /// What is examined.
    pub outline: Outline,
    /// Works cited.
    pub sources: Vec<Source>,
    /// Kinds of temptation.
    pub traps: Vec<Trap>,
}

/// One topic with its objectives.
#[derive(Clone, Debug)]
pub struct Topic {
    /// Its id.
    pub id: TopicId,
    /// Its name as people read it.
    pub title: String,
    /// Where it comes from.
    pub origin: Origin,
    /// Its objectives, in file order.
    pub objectives: Vec<Objective>,
}

/// An item together with what it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct ItemRef<'a> {
    /// Its topic.
    pub topic: &'a Topic,
    /// Its objective.
    pub objective: &'a Objective,
    /// The item.
    pub item: &'a Item,
}

/// All questions at hand. It never changes while the program runs, except that user banks may join it.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// What the banks refer to.
    pub reference: Reference,
    topics: Vec<Topic>,
    items: HashMap<ItemId, (u32, u32, u32), FixedState>,
    objectives: HashMap<ObjectiveId, (u32, u32), FixedState>,
    statements: HashMap<StatementId, u32, FixedState>,
}

impl Library {
    /// An empty library.
    pub fn new(reference: Reference) -> Self {
        let statements =
            reference.outline.statements.iter().enumerate().map(|(n, s)| (s.id.clone(), index(n))).collect();
        Self { reference, statements, ..Self::default() }
    }

    /// Adds a bank. Files of one topic join; an objective or item whose id is taken is left out and returned by name.
    pub fn add(&mut self, bank: BankFile, origin: Origin) -> Vec<String> {
        let mut refused = vec![];
        let place = self.topics.iter().position(|t| t.id == bank.topic).unwrap_or_else(|| {
            self.topics.push(Topic { id: bank.topic, title: bank.title, origin, objectives: vec![] });
            self.topics.len() - 1
        });
        let mut number = self.topics[place].objectives.len();
        let mut objectives = bank.objectives;
        objectives.retain_mut(|objective| {
            if self.objectives.contains_key(&objective.id) {
                refused.push(objective.id.0.clone());
                return false;
            }
            objective.items.retain(|item| {
                let free = !self.items.contains_key(&item.id);
                if !free {
                    refused.push(item.id.0.clone());
                }
                free
            });
            self.objectives.insert(objective.id.clone(), (index(place), index(number)));
            for (n, item) in objective.items.iter().enumerate() {
                self.items.insert(item.id.clone(), (index(place), index(number), index(n)));
            }
            number += 1;
            true
        });
        let joined = &mut self.topics[place].objectives;
        if joined.is_empty() {
            // They stay where they were read: a large bank is not copied.
            *joined = objectives;
        } else {
            joined.append(&mut objectives);
        }
        refused
    }

    /// The outline.
    pub fn outline(&self) -> &Outline {
        &self.reference.outline
    }

    /// All topics.
    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    /// The topic of that id.
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.topics.iter().find(|t| t.id.as_str() == id)
    }

    /// The item of that id, with its surroundings.
    pub fn item(&self, id: &ItemId) -> Option<ItemRef<'_>> {
        let &(t, o, i) = self.items.get(id)?;
        let topic = &self.topics[t as usize];
        let objective = &topic.objectives[o as usize];
        Some(ItemRef { topic, objective, item: &objective.items[i as usize] })
    }

    /// The objective of that id, with its topic.
    pub fn objective(&self, id: &ObjectiveId) -> Option<(&Topic, &Objective)> {
        let &(t, o) = self.objectives.get(id)?;
        let topic = &self.topics[t as usize];
        Some((topic, &topic.objectives[o as usize]))
    }

    /// All objectives with their topics, in file order.
    pub fn objectives(&self) -> impl Iterator<Item = (&Topic, &Objective)> {
        self.topics.iter().flat_map(|t| t.objectives.iter().map(move |o| (t, o)))
    }

    /// All items, in file order.
    pub fn items(&self) -> impl Iterator<Item = ItemRef<'_>> {
        self.objectives()
            .flat_map(|(topic, objective)| objective.items.iter().map(move |item| ItemRef { topic, objective, item }))
    }

    /// The statement of that id.
    pub fn statement(&self, id: &StatementId) -> Option<&Statement> {
        self.statements.get(id).map(|&n| &self.reference.outline.statements[n as usize])
    }

    /// The statement under which `category` examines the objective: the first of its statements in that outline.
    pub fn examined_as(&self, objective: &Objective, category: Category) -> Option<&Statement> {
        objective
            .statements
            .iter()
            .filter_map(|id| self.statement(id))
            .find(|s| self.reference.outline.examines(category, s))
    }

    /// Whether an item belongs to a category's exam.
    pub fn suits(&self, objective: &Objective, item: &Item, category: Category) -> bool {
        self.examined_as(objective, category).is_some() && self.reference.outline.is_for(category, item)
    }

    /// A reference of an objective in words: title, year, and the place.
    pub fn cite(&self, reference: &str) -> String {
        let (id, place) = reference.split_once('#').unwrap_or((reference, ""));
        let Some(source) = self.reference.sources.iter().find(|s| s.id == id) else { return reference.to_owned() };
        let name = format!("{} ({}, {})", source.title, source.publisher, source.year);
        if place.is_empty() { name } else { format!("{name}, {place}") }
    }

    /// A trap's name in words.
    pub fn trap_name<'a>(&'a self, id: &'a str) -> &'a str {
        self.reference.traps.iter().find(|t| t.id == id).map_or(id, |t| &t.name)
    }
}

/// A position as it is stored; banks are bounded far below the limit (`banks::MAX_ITEMS`).
fn index(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
