//! The collector of findings, and one JSON object as the reader sees it.

use crate::banks::finding::{Finding, Severity};
use crate::banks::locate::escape;
use crate::banks::raw::{self, Kind};
use crate::banks::{MAX_FINDINGS, read::whole_file};
use crate::core::library::Origin;
use crate::core::near;
use crate::text::sanitize::quoted;
use serde_json::value::RawValue;
use std::collections::{HashMap, HashSet};

/// Reads one file and collects what is wrong with it.
pub struct Reader<'f> {
    file: &'f str,
    pub(super) origin: Origin,
    findings: Vec<Finding>,
    /// The item or objective that is being read.
    pub(super) id: Option<String>,
    pub(super) objective_ids: HashSet<String>,
    pub(super) item_ids: HashSet<String>,
    pub(super) item_count: usize,
}

/// A kind of object: its name with article, and its fields with an example of each.
pub struct Shape {
    /// Its name in messages.
    pub name: &'static str,
    /// Its fields; an example follows each name.
    pub fields: &'static [(&'static str, &'static str)],
}

/// An object of which no value was read yet.
pub struct Node<'a> {
    /// Where it is.
    pub pointer: String,
    shape: &'static Shape,
    members: HashMap<String, &'a RawValue>,
}

impl<'a> Node<'a> {
    /// The value of a field. `null` stands for a field that is not there, where it may be left out.
    pub fn get(&self, field: &str) -> Option<&'a RawValue> {
        self.members.get(field).copied()
    }

    /// The pointer to a field.
    pub fn at(&self, field: &str) -> String {
        format!("{}/{}", self.pointer, escape(field))
    }
}

impl<'f> Reader<'f> {
    /// A reader of the file of that name.
    pub fn new(file: &'f str, origin: Origin) -> Self {
        Self {
            file,
            origin,
            findings: vec![],
            id: None,
            objective_ids: HashSet::new(),
            item_ids: HashSet::new(),
            item_count: 0,
        }
    }

    /// What was found; where it was too much, the last finding says so.
    pub fn into_findings(mut self) -> Vec<Finding> {
        if self.findings.len() > MAX_FINDINGS {
            self.findings.truncate(MAX_FINDINGS);
            let message = "The file has more faults than can be listed.".to_owned();
            self.findings.push(whole_file(self.file, "too-many-faults", message, "Mend these and check again."));
        }
        self.findings
    }

    /// Adds an error.
    pub fn error(&mut self, rule: &'static str, pointer: String, message: String, mend: impl Into<String>) {
        self.add(Severity::Error, rule, pointer, message, mend.into());
    }

    /// Adds something that a user's bank may do and a shipped one may not.
    pub fn lapse(
        &mut self,
        in_users: Severity,
        rule: &'static str,
        pointer: String,
        message: String,
        mend: impl Into<String>,
    ) {
        let severity = if self.origin == Origin::Shipped { Severity::Error } else { in_users };
        self.add(severity, rule, pointer, message, mend.into());
    }

    fn add(&mut self, severity: Severity, rule: &'static str, pointer: String, message: String, mend: String) {
        if self.findings.len() <= MAX_FINDINGS {
            let (file, id) = (self.file.to_owned(), self.id.clone());
            self.findings.push(Finding { severity, rule, file, pointer, id, message, mend });
        }
    }

    /// Opens an object: says which of its fields are unknown or doubled. From here on findings carry its id, if its
    /// kind has one.
    pub fn open<'a>(&mut self, value: &'a RawValue, pointer: String, shape: &'static Shape) -> Option<Node<'a>> {
        let members = raw::members(value);
        if shape.fields.iter().any(|(field, _)| *field == "id") {
            let id = members.iter().flat_map(|m| m.0.iter().rev()).find(|(name, _)| name == "id");
            self.id = id.and_then(|(_, id)| serde_json::from_str::<String>(id.get()).ok()).map(|id| quoted(&id));
        }
        let Some(members) = members else {
            let message = format!("The {} is {}, but should be an object {{ … }}.", shape.name, Kind::of(value).name());
            self.error("wrong-type", pointer, message, "Put its fields between { and }.");
            return None;
        };
        let mut node = Node { pointer, shape, members: HashMap::new() };
        let mut doubled = HashSet::new();
        for (name, value) in members.0 {
            let before = node.members.insert(name.clone(), value);
            if before.is_some() && doubled.insert(name.clone()) {
                let message = format!("The field `{}` is there twice.", quoted(&name));
                self.error("duplicate-field", node.at(&name), message, "Keep one of them.");
            } else if before.is_none() && !shape.fields.iter().any(|(field, _)| *field == name) {
                self.unknown(&node, &name);
            }
        }
        Some(node)
    }

    /// Says that a field is missing.
    pub fn missing(&mut self, node: &Node, field: &'static str) {
        let example = node.shape.fields.iter().find(|(name, _)| *name == field).map_or("…", |(_, example)| example);
        let message = format!("The {} has no `{field}`.", node.shape.name);
        self.error("missing-field", node.at(field), message, format!("Add \"{field}\": {example}."));
    }

    fn unknown(&mut self, node: &Node, name: &str) {
        if self.findings.len() > MAX_FINDINGS {
            return;
        }
        let known = node.shape.fields.iter().map(|(field, _)| *field);
        let mend = match near::nearest(name, known.clone(), 1).first() {
            Some(meant) => format!("Write `{meant}` if that is meant, or remove it."),
            None => {
                format!(
                    "Remove it; the fields of the {} are {}.",
                    node.shape.name,
                    known.collect::<Vec<_>>().join(", ")
                )
            }
        };
        let message = format!("The {} has no field of the name `{}`.", node.shape.name, quoted(name));
        self.lapse(Severity::Warning, "unknown-field", node.at(name), message, mend);
    }
}
