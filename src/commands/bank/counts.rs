//! How many questions there are: by topic, area, level, exam and statement of the outline.

use crate::core::bank::{BankFile, Category, Level};
use crate::core::library::Reference;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The most statements without an item that are named.
const NAMED: usize = 30;

/// Counts over several bank files.
pub struct Counts<'a> {
    reference: &'a Reference,
    files: usize,
    items: usize,
    /// Items that are another one with one fact changed.
    flips: usize,
    /// Objectives and items by topic.
    topics: BTreeMap<&'a str, (usize, usize)>,
    areas: BTreeMap<&'a str, usize>,
    levels: BTreeMap<Level, usize>,
    /// Items that an exam may ask.
    exams: BTreeMap<Category, usize>,
    /// Items of the objectives that name a statement.
    statements: BTreeMap<&'a str, usize>,
}

impl<'a> Counts<'a> {
    /// Counts files. An item is counted in the area of its objective's main statement.
    pub fn new(files: &'a [(String, BankFile)], reference: &'a Reference) -> Self {
        let mut counts = Self {
            reference,
            files: files.len(),
            items: 0,
            flips: 0,
            topics: BTreeMap::new(),
            areas: BTreeMap::new(),
            levels: BTreeMap::new(),
            exams: BTreeMap::new(),
            statements: BTreeMap::new(),
        };
        for (_, bank) in files {
            let topic = counts.topics.entry(bank.topic.as_str()).or_default();
            for objective in &bank.objectives {
                let items = objective.items.len();
                topic.0 += 1;
                topic.1 += items;
                counts.items += items;
                let outline = &reference.outline;
                let statements: Vec<_> = objective.statements.iter().filter_map(|id| outline.statement(id)).collect();
                if let Some(main) = statements.first() {
                    *counts.areas.entry(&main.area).or_default() += items;
                }
                for statement in &statements {
                    *counts.statements.entry(statement.id.as_str()).or_default() += items;
                }
                for category in Category::ALL.into_iter().filter(|c| statements.iter().any(|s| outline.examines(*c, s)))
                {
                    let asked = objective.items.iter().filter(|item| outline.is_for(category, item)).count();
                    *counts.exams.entry(category).or_default() += asked;
                }
                for item in &objective.items {
                    *counts.levels.entry(item.level).or_default() += 1;
                    counts.flips += usize::from(item.flip_of.is_some());
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
        all.filter(|id| !self.statements.contains_key(id)).collect()
    }

    fn objectives(&self) -> usize {
        self.topics.values().map(|(objectives, _)| objectives).sum()
    }

    /// The counts for machines.
    pub fn json(&self) -> Value {
        let topics: BTreeMap<&str, Value> = self
            .topics
            .iter()
            .map(|(topic, (objectives, items))| (*topic, json!({"objectives": objectives, "items": items})))
            .collect();
        let levels: BTreeMap<&str, usize> = self.levels.iter().map(|(level, items)| (level.id(), *items)).collect();
        let exams: BTreeMap<&str, usize> = self.exams.iter().map(|(exam, items)| (exam.id(), *items)).collect();
        json!({
            "files": self.files,
            "items": self.items,
            "objectives": self.objectives(),
            "flips": self.flips,
            "topics": topics,
            "areas": self.areas,
            "levels": levels,
            "exams": exams,
            "statements": {
                "items": self.statements,
                "covered": self.statements.len(),
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
        let (items, objectives, flips, files) = (self.items, self.objectives(), self.flips, self.files);
        writeln!(out, "Items: {items} (objectives: {objectives}, flips: {flips}, files: {files})")?;
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
        writeln!(out, "  by exam")?;
        for (exam, items) in &self.exams {
            writeln!(out, "    {:width$} {items:6}", exam.id())?;
        }
        let (missing, of) = (self.missing(), self.reference.outline.statements.len());
        writeln!(out, "Statements of the outline with an item: {} of {of}", self.statements.len())?;
        if (1..=NAMED).contains(&missing.len()) {
            writeln!(out, "  without: {}", missing.join(", "))?;
        }
        if let Some(fewest) = self.statements.values().min().filter(|_| missing.is_empty()) {
            let ids = self.statements.iter().filter(|(_, items)| *items == fewest).map(|(id, _)| *id);
            writeln!(out, "  fewest: {fewest} ({})", ids.collect::<Vec<_>>().join(", "))?;
        }
        Ok(())
    }
}
