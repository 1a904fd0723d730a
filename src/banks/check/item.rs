//! One item as the rules see it, and the place where they report.

use super::words::Text;
use crate::banks::finding::{Finding, Severity};
use crate::core::bank::{BankFile, Item, Objective};
use crate::core::library::{Origin, Reference};
use std::collections::HashSet;

/// Where something stands: file, objective, item. Findings are listed in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file's number.
    pub file: usize,
    /// The objective's number in the file.
    pub objective: Option<usize>,
    /// The item's number in the objective.
    pub item: Option<usize>,
}

/// An item with its words found.
pub struct Look<'a> {
    /// Where it stands.
    pub place: Place,
    /// Its objective.
    pub objective: &'a Objective,
    /// The item itself.
    pub item: &'a Item,
    /// The stem's words.
    pub stem: Text<'a>,
    /// The options' words.
    pub options: Vec<Text<'a>>,
    /// The reasons' words; empty where only stem and options matter.
    pub whys: Vec<Text<'a>>,
    /// The key's place, if there is exactly one.
    pub key: Option<usize>,
    /// The item from which this one and its flips descend.
    pub root: &'a str,
}

impl<'a> Look<'a> {
    /// Reads an item's stem and options.
    pub fn new(place: Place, objective: &'a Objective, item: &'a Item) -> Self {
        let mut keys = (0..item.options.len()).filter(|&n| item.options[n].key);
        let key = match (keys.next(), keys.next()) {
            (Some(n), None) => Some(n),
            _ => None,
        };
        Self {
            place,
            objective,
            item,
            stem: Text::new(&item.stem),
            options: item.options.iter().map(|o| Text::new(&o.text)).collect(),
            whys: vec![],
            key,
            root: root(objective, item),
        }
    }

    /// Reads its reasons as well.
    pub fn with_whys(mut self) -> Self {
        self.whys = self.item.options.iter().map(|o| Text::new(&o.why)).collect();
        self
    }

    /// The item's id.
    pub fn id(&self) -> &'a str {
        self.item.id.as_str()
    }

    /// The stem, the options and the reasons, each with the field that it stands in.
    pub fn texts(&self) -> impl Iterator<Item = (String, &Text<'a>)> {
        let options = self.options.iter().enumerate().map(|(n, text)| (format!("/options/{n}/text"), text));
        let whys = self.whys.iter().enumerate().map(|(n, text)| (format!("/options/{n}/why"), text));
        std::iter::once(("/stem".to_owned(), &self.stem)).chain(options).chain(whys)
    }

    /// The key, then the distractors, if there is one key and at least one distractor.
    pub fn parts(&self) -> Option<(&Text<'a>, Vec<&Text<'a>>)> {
        let key = self.key?;
        let distractors: Vec<_> =
            self.options.iter().enumerate().filter(|&(n, _)| n != key).map(|(_, text)| text).collect();
        (!distractors.is_empty()).then_some((&self.options[key], distractors))
    }
}

/// Follows `flip_of` to the item that the scene was first written for.
fn root<'a>(objective: &'a Objective, item: &'a Item) -> &'a str {
    let mut at = item;
    // The bound ends the walk where a careless bank's flips run in a circle.
    for _ in 0..objective.items.len() {
        let Some(next) = at.flip_of.as_ref().and_then(|id| objective.items.iter().find(|i| i.id == *id)) else { break };
        at = next;
    }
    at.id.as_str()
}

/// How a rule weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// Unusable or unfair, whoever wrote it.
    Fatal,
    /// Not good enough to be shipped; in a user's own bank a matter of review.
    Block,
    /// For a person to read and decide.
    Review,
}

/// What the rules know beside the item: who wrote the bank, and what it may refer to.
pub struct Context<'a> {
    /// Where the bank comes from.
    pub origin: Origin,
    /// The outline, sources and traps.
    pub reference: &'a Reference,
    /// Ids of sources.
    pub sources: HashSet<&'a str>,
    /// Ids of traps.
    pub traps: HashSet<&'a str>,
}

impl<'a> Context<'a> {
    /// Prepares the sets.
    pub fn new(reference: &'a Reference, origin: Origin) -> Self {
        Self {
            origin,
            reference,
            sources: reference.sources.iter().map(|s| s.id.as_str()).collect(),
            traps: reference.traps.iter().map(|t| t.id.as_str()).collect(),
        }
    }
}

/// Collects findings.
pub struct Sink<'a> {
    files: &'a [(String, BankFile)],
    origin: Origin,
    /// What was found so far, with its place.
    pub found: Vec<(Place, Finding)>,
}

impl<'a> Sink<'a> {
    /// An empty collection.
    pub fn new(files: &'a [(String, BankFile)], origin: Origin) -> Self {
        Self { files, origin, found: vec![] }
    }

    /// Adds a finding. `at` is the pointer from the item (objective, file) on, such as `/options/1/text`.
    pub fn report(&mut self, place: Place, rule: (Grade, &'static str), at: &str, message: String, mend: &str) {
        let (grade, name) = rule;
        let severity = match (grade, self.origin) {
            (Grade::Fatal, _) | (Grade::Block, Origin::Shipped) => Severity::Error,
            _ => Severity::Review,
        };
        let Some((file, bank)) = self.files.get(place.file) else { return };
        let objective = place.objective.and_then(|n| bank.objectives.get(n));
        let item = objective.zip(place.item).and_then(|(o, n)| o.items.get(n));
        let mut pointer = String::new();
        if let Some(n) = place.objective {
            pointer = format!("/objectives/{n}");
        }
        if let Some(n) = place.item {
            pointer = format!("{pointer}/items/{n}");
        }
        pointer.push_str(at);
        let id = item.map(|i| i.id.0.clone()).or_else(|| objective.map(|o| o.id.0.clone()));
        let finding = Finding { severity, rule: name, file: file.clone(), pointer, id, message, mend: mend.to_owned() };
        self.found.push((place, finding));
    }
}

/// All items of all files, in order.
pub fn places(files: &[(String, BankFile)]) -> Vec<(Place, &Objective, &Item)> {
    let mut all = vec![];
    for (file, (_, bank)) in files.iter().enumerate() {
        for (o, objective) in bank.objectives.iter().enumerate() {
            for (i, item) in objective.items.iter().enumerate() {
                all.push((Place { file, objective: Some(o), item: Some(i) }, objective, item));
            }
        }
    }
    all
}
