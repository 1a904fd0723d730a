//! A large bank: the shipped items over and over, each text replaced by as many words of chance.
//!
//! Which word may follow which is learned from the shipped texts, so that words are as frequent and as long as there,
//! and no two items are alike.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use swprep::core::bank::{BANK_FORMAT, BankFile, Item, Objective};
use swprep::core::draw::Draw;
use swprep::core::library::{ItemRef, Library};

const TOPICS: usize = 10;
const SIBLINGS: usize = 3;

/// Writes `items` items into files of one topic each.
pub fn write(folder: &Path, shipped: &Library, items: usize) {
    fs::create_dir_all(folder).unwrap();
    let mut prose = Prose::new(shipped);
    let patterns: Vec<ItemRef<'_>> = shipped.items().collect();
    let mut patterns = patterns.iter().cycle();
    for n in 0..TOPICS {
        let topic = format!("own_{n}");
        let mut number = 0;
        let mut objectives = vec![];
        while number < items / TOPICS {
            let pattern = patterns.next().unwrap();
            let group = (0..SIBLINGS.min(items / TOPICS - number)).map(|_| {
                number += 1;
                prose.item(patterns.next().unwrap().item, &format!("{topic}-{number:04}"))
            });
            let group: Vec<Item> = group.collect();
            objectives.push(Objective {
                id: format!("{topic}.rules.rule_{number}").as_str().into(),
                title: prose.like(&pattern.objective.title, ""),
                rule: prose.like(&pattern.objective.rule, "."),
                items: group,
                ..pattern.objective.clone()
            });
        }
        let bank = BankFile {
            format: BANK_FORMAT.into(),
            topic: topic.as_str().into(),
            title: format!("A topic of my own, number {n}"),
            objectives,
        };
        fs::write(folder.join(format!("{topic}.json")), serde_json::to_string_pretty(&bank).unwrap()).unwrap();
    }
}

struct Prose {
    words: Vec<String>,
    /// The places in `words` of what may follow a word.
    after: BTreeMap<String, Vec<usize>>,
    draw: Draw,
}

impl Prose {
    fn new(shipped: &Library) -> Self {
        let texts = shipped.items().flat_map(|i| {
            i.item.options.iter().flat_map(|o| [&o.text, &o.why]).chain([&i.item.stem, &i.objective.rule])
        });
        let words: Vec<String> = texts
            .flat_map(|t| t.split_whitespace())
            .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
            .filter(|w| !w.is_empty())
            .collect();
        let mut after: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (n, pair) in words.windows(2).enumerate() {
            after.entry(pair[0].clone()).or_default().push(n + 1);
        }
        Self { words, after, draw: Draw::new(7) }
    }

    /// As many words as a text has, three or more.
    fn like(&mut self, text: &str, end: &str) -> String {
        let mut made = String::with_capacity(text.len() + 20);
        let mut place = self.draw.below(self.words.len());
        for n in 0..text.split_whitespace().count().max(3) {
            let word = &self.words[place];
            let mut letters = word.chars();
            match letters.next().filter(|_| n == 0) {
                Some(first) => made.extend(first.to_uppercase().chain(letters)),
                None => made = made + " " + word,
            }
            let next = self.after.get(word).map_or(&[][..], Vec::as_slice);
            place = next.get(self.draw.below(next.len())).copied().unwrap_or(0);
        }
        made + end
    }

    /// An item whose texts are of chance, but for the question at the end of the stem.
    fn item(&mut self, pattern: &Item, id: &str) -> Item {
        let mut item = pattern.clone();
        item.id = id.into();
        item.flip_of = None;
        let (scene, question) = item.stem.rsplit_once(". ").unwrap_or(("", &item.stem));
        let sentences: Vec<String> = scene.split(". ").map(|s| self.like(s, ".")).collect();
        item.stem = format!("{} {question}", sentences.join(" "));
        for option in &mut item.options {
            option.text = self.like(&option.text, "");
            let sentences: Vec<String> = option.why.split_inclusive(". ").map(|s| self.like(s, ".")).collect();
            option.why = sentences.join(" ");
        }
        item
    }
}
