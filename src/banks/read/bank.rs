//! Reads a bank, its objectives, their items and options, each field by itself.

use super::form;
use super::reader::{Node, Reader, Shape};
use crate::banks::read::{Kept, SPLIT};
use crate::banks::{MAX_ITEMS, OPTIONS, STATEMENTS};
use crate::core::bank::{
    BANK_FORMAT, BankFile, Category, Choice, Difficulty, Item, ItemId, Level, Objective, ObjectiveId, StatementId,
    TopicId, TrapId,
};
use crate::text::sanitize::quoted;
use serde_json::value::RawValue;
use std::collections::HashSet;

const BANK: Shape = Shape {
    name: "bank",
    fields: &[
        ("format", "\"swprep-bank/1\""),
        ("topic", "\"ethics\" (lower-case letters, digits and _)"),
        ("title", "\"Ethics\""),
        ("objectives", "[ … ]"),
    ],
};
const OBJECTIVE: Shape = Shape {
    name: "objective",
    fields: &[
        ("id", "\"topic.group.slug\""),
        ("title", "\"what a person can do who has learned it\""),
        ("statements", "[\"IA-03\"], one to three of the outline"),
        ("rule", "\"the rule in one to three sentences\""),
        ("refs", "[\"nasw-2021#1.07(j)\"]"),
        ("items", "[ … ]"),
    ],
};
const ITEM: Shape = Shape {
    name: "item",
    fields: &[
        ("id", "\"topic-0001\""),
        ("level", "\"recall\", \"application\" or \"reasoning\""),
        ("difficulty", "\"easy\", \"medium\" or \"hard\""),
        ("categories", "[\"masters\"]"),
        ("stem", "\"the scene and the question?\""),
        ("options", "[ … ], three of them"),
        ("fixed_order", "true"),
        ("flip_of", "\"topic-0001\""),
        ("as_of", "\"2026-11-01\""),
        ("jurisdiction", "\"US\""),
    ],
};
const OPTION: Shape = Shape {
    name: "option",
    fields: &[
        ("text", "\"the option as it is read\""),
        ("key", "true"),
        ("trap", "\"right-later\""),
        ("why", "\"why it is right, or why it tempts\""),
    ],
};

const DIFFICULTIES: [Difficulty; 3] = [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard];

impl Reader<'_> {
    /// Reads a whole bank: what is usable of it, and where that stands in the file.
    pub fn bank(&mut self, value: &RawValue) -> (Option<BankFile>, Kept) {
        let Some(node) = self.open(value, String::new(), &BANK) else { return (None, Kept::default()) };
        let format = self.text(&node, "format").filter(|format| {
            let known = format == BANK_FORMAT;
            if !known {
                let message = "This version of swprep does not know this `format`.".to_owned();
                self.error("format", node.at("format"), message, format!("Write \"{BANK_FORMAT}\"."));
            }
            known
        });
        let topic = self.text(&node, "topic").filter(|topic| {
            let good = form::is_topic(topic);
            if !good {
                let mend = "Use lower-case letters, digits and _, beginning with a letter, such as grief_and_loss.";
                self.error("id-form", node.at("topic"), "The `topic` has the wrong form.".to_owned(), mend);
            }
            good
        });
        let title = self.text(&node, "title");
        let mut kept = Kept::default();
        let mut objectives = vec![];
        let values = self.list(&node, "objectives");
        if values.as_ref().is_some_and(Vec::is_empty) {
            let message = "There are no objectives.".to_owned();
            self.error("empty-list", node.at("objectives"), message, "Write at least one objective.");
        }
        let values = values.unwrap_or_default();
        let too_many = values.len() > MAX_ITEMS;
        for (n, value) in values.into_iter().enumerate().take(MAX_ITEMS) {
            if let Some((objective, items)) = self.objective(value, format!("/objectives/{n}"), topic.as_deref()) {
                objectives.push(objective);
                kept.0.push((n, items));
            }
        }
        if too_many || self.item_count > MAX_ITEMS {
            self.id = None;
            let message = format!("The file holds more than {MAX_ITEMS} items or objectives; the rest is not read.");
            self.error("too-many-items", node.at("objectives"), message, SPLIT);
        }
        let bank = match (format, topic, title) {
            (Some(format), Some(topic), Some(title)) if !objectives.is_empty() => {
                Some(BankFile { format, topic: TopicId(topic), title, objectives })
            }
            _ => None,
        };
        (bank, kept)
    }

    fn objective(&mut self, value: &RawValue, at: String, topic: Option<&str>) -> Option<(Objective, Vec<usize>)> {
        let node = self.open(value, at, &OBJECTIVE)?;
        let id = self.text(&node, "id").filter(|id| {
            let form = format!("{}.group.slug", topic.unwrap_or("topic"));
            let good = form::is_objective(id, topic.unwrap_or_else(|| id.split('.').next().unwrap_or_default()));
            if !good {
                let mend = format!("Write {form} in lower-case letters, digits and _.");
                self.error("id-form", node.at("id"), "The objective's `id` has the wrong form.".to_owned(), mend);
            }
            good && self.first(&node, id, |reader| &mut reader.objective_ids)
        });
        let title = self.text(&node, "title");
        let statements = self.texts(&node, "statements").filter(|ids| {
            let good = STATEMENTS.contains(&ids.len());
            if !good {
                let message = format!("The objective names {} statements of the outline.", ids.len());
                self.error("statement-count", node.at("statements"), message, "Name one to three, the main one first.");
            }
            good
        });
        let rule = self.text(&node, "rule");
        let refs = self.texts(&node, "refs");
        let values = self.list(&node, "items");
        if values.as_ref().is_some_and(Vec::is_empty) {
            self.error(
                "empty-list",
                node.at("items"),
                "The objective has no items.".to_owned(),
                "Write at least one item.",
            );
        }
        let (mut items, mut places) = (vec![], vec![]);
        for (n, value) in values.unwrap_or_default().into_iter().enumerate() {
            self.item_count += 1;
            if self.item_count > MAX_ITEMS {
                break;
            }
            if let Some(item) = self.item(value, format!("{}/{n}", node.at("items")), topic) {
                items.push(item);
                places.push(n);
            }
        }
        let statements = statements?.into_iter().map(StatementId).collect();
        let objective = Objective { id: ObjectiveId(id?), title: title?, statements, rule: rule?, refs: refs?, items };
        (!places.is_empty()).then_some((objective, places))
    }

    fn item(&mut self, value: &RawValue, at: String, topic: Option<&str>) -> Option<Item> {
        let node = self.open(value, at, &ITEM)?;
        let id = self.text(&node, "id").filter(|id| {
            let good = form::is_item(id, topic.unwrap_or_else(|| id.rsplit_once('-').unwrap_or_default().0));
            if !good {
                let mend = format!("Write {}-0001, with a number of its own.", topic.unwrap_or("topic"));
                self.error("id-form", node.at("id"), "The item's `id` has the wrong form.".to_owned(), mend);
            }
            good && self.first(&node, id, |reader| &mut reader.item_ids)
        });
        let level = self.one_of(&node, "level", &Level::ALL.map(|level| (level.id(), level)));
        let difficulty = self.one_of(&node, "difficulty", &DIFFICULTIES.map(|d| (d.id(), d)));
        let categories = self.some_of(&node, "categories", &Category::ALL.map(|c| (c.id(), c)));
        let stem = self.text(&node, "stem");
        let options = self.options(&node);
        let fixed_order = self.flag(&node, "fixed_order");
        let flip_of = self.optional_text(&node, "flip_of");
        let as_of = self.optional_text(&node, "as_of").filter(|date| {
            let good = date.as_deref().is_none_or(form::is_date);
            if !good {
                let mend = "Write year, month and day with two digits each: 2026-11-01.";
                self.error("date-form", node.at("as_of"), "`as_of` is no date.".to_owned(), mend);
            }
            good
        });
        let jurisdiction = self.optional_text(&node, "jurisdiction");
        Some(Item {
            id: ItemId(id?),
            level: level?,
            difficulty: difficulty?,
            categories: categories?,
            stem: stem?,
            options: options?,
            fixed_order: fixed_order?,
            flip_of: flip_of?.map(ItemId),
            as_of: as_of?,
            jurisdiction: jurisdiction?,
        })
    }

    fn options(&mut self, node: &Node) -> Option<Vec<Choice>> {
        let values = self.list(node, "options")?;
        let right_number = OPTIONS.contains(&values.len());
        if !right_number {
            let message = match values.len() {
                1 => "The item has 1 option.".to_owned(),
                count => format!("The item has {count} options."),
            };
            self.error("options-count", node.at("options"), message, "Write three, with exactly one key.");
        }
        let (mut keys, mut options) = (vec![], vec![]);
        for (n, value) in values.into_iter().take(*OPTIONS.end()).enumerate() {
            let option = self.open(value, format!("{}/{n}", node.at("options")), &OPTION);
            let key = option.as_ref().and_then(|node| self.flag(node, "key"));
            keys.push(key);
            options.push(option.and_then(|node| self.option(&node, key)));
        }
        let known: Option<Vec<bool>> = keys.into_iter().collect();
        let count = known?.into_iter().filter(|key| *key).count();
        if right_number && count != 1 {
            let message =
                if count == 0 { "No option is the key.".to_owned() } else { format!("{count} options are keys.") };
            self.error("one-key", node.at("options"), message, "Write \"key\": true in exactly one option.");
        }
        if right_number && count == 1 { options.into_iter().collect() } else { None }
    }

    fn option(&mut self, node: &Node, key: Option<bool>) -> Option<Choice> {
        let text = self.text(node, "text");
        let trap = self.optional_text(node, "trap");
        let why = self.text(node, "why");
        Some(Choice { text: text?, key: key?, trap: trap?.map(TrapId), why: why? })
    }

    /// Notes an id, and says so where it is taken.
    fn first(&mut self, node: &Node, id: &str, ids: fn(&mut Self) -> &mut HashSet<String>) -> bool {
        let first = ids(self).insert(id.to_owned());
        if !first {
            let mend = "Give it an id of its own; ids that were used once are never used anew.";
            self.error("id-duplicate", node.at("id"), format!("The id {} is there twice.", quoted(id)), mend);
        }
        first
    }
}
