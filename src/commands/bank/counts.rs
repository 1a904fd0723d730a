//! How many questions there are: by topic, area and level, and which statements of the outline have one.

use crate::core::bank::{BankFile, Level};
use crate::core::library::Reference;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// The most statements without an item that are named.
const NAMED: usize = 30;

/// Counts over several bank files.
pub struct Counts<'a> {
    reference: &'a Reference,
    files: usize,
    items: usize,
    /// Objectives and items by topic.
    topics: BTreeMap<&'a str, (usize, usize)>,
    areas: BTreeMap<&'a str, usize>,
    levels: BTreeMap<Level, usize>,
    /// Statements that an objective with items names.
    covered: BTreeSet<&'a str>,
}

impl<'a> Counts<'a> {
    /// Counts files. An item is counted in the area of its objective's main statement.
    pub fn new(files: &'a [(String, BankFile)], reference: &'a Reference) -> Self {
        let (topics, areas, levels) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let mut counts =
            Self { reference, files: files.len(), items: 0, topics, areas, levels, covered: BTreeSet::new() };
        for (_, bank) in files {
            let topic = counts.topics.entry(bank.topic.as_str()).or_default();
            for objective in &bank.objectives {
                let items = objective.items.len();
                topic.0 += 1;
                topic.1 += items;
                counts.items += items;
                let mut statements = objective.statements.iter().filter_map(|id| reference.outline.statement(id));
                if let Some(main) = statements.next() {
                    *counts.areas.entry(&main.area).or_default() += items;
                    counts.covered.extend(statements.chain([main]).map(|statement| statement.id.as_str()));
                }
                for item in &objective.items {
                    *counts.levels.entry(item.level).or_default() += 1;
                }
            }
        }
        counts
    }

    /// All items.
    pub fn items(&self) -> usize {
        self.items
    }

    /// Statements of the outline without an item, in outline order.
    fn missing(&self) -> Vec<&str> {
        let all = self.reference.outline.statements.iter().map(|statement| statement.id.as_str());
        all.filter(|id| !self.covered.contains(id)).collect()
    }

    /// The counts for machines.
    pub fn json(&self) -> Value {
        let topics: BTreeMap<&str, Value> = self
            .topics
            .iter()
            .map(|(topic, (objectives, items))| (*topic, json!({"objectives": objectives, "items": items})))
            .collect();
        let levels: BTreeMap<&str, usize> = self.levels.iter().map(|(level, items)| (level.id(), *items)).collect();
        json!({
            "files": self.files,
            "items": self.items,
            "topics": topics,
            "areas": self.areas,
            "levels": levels,
            "statements": {
                "covered": self.covered.len(),
                "of": self.reference.outline.statements.len(),
                "missing": self.missing(),
            },
        })
    }

    /// The counts for people.
    ///
    /// # Errors
    /// Where `out` can't be written to.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "Items: {} (files: {})", self.items, self.files)?;
        let width = self.topics.keys().map(|topic| topic.len()).chain([32]).max().unwrap_or(0);
        writeln!(out, "  by topic")?;
        for (topic, (objectives, items)) in &self.topics {
            writeln!(out, "    {topic:width$} {items:6}   (objectives: {objectives})")?;
        }
        writeln!(out, "  by area")?;
        for area in &self.reference.outline.areas {
            let items = self.areas.get(area.code.as_str()).copied().unwrap_or(0);
            writeln!(out, "    {:width$} {items:6}", format!("{:3} {}", area.code, area.name))?;
        }
        writeln!(out, "  by level")?;
        for level in Level::ALL {
            writeln!(out, "    {:width$} {:6}", level.id(), self.levels.get(&level).copied().unwrap_or(0))?;
        }
        let (missing, of) = (self.missing(), self.reference.outline.statements.len());
        writeln!(out, "Statements of the outline with an item: {} of {of}", self.covered.len())?;
        if (1..=NAMED).contains(&missing.len()) {
            writeln!(out, "  without: {}", missing.join(", "))?;
        }
        Ok(())
    }
}
