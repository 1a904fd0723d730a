//! Whether a bank that was read at once has no fault of form: the quick way to know that a file needs no examining.

use super::form;
use crate::banks::{MAX_ITEMS, OPTIONS, STATEMENTS};
use crate::core::bank::{BANK_FORMAT, BankFile, Item, Objective};
use std::collections::HashSet;

/// Whether examining the file would find nothing.
pub fn is_sound(bank: &BankFile) -> bool {
    let objectives: HashSet<&str> = bank.objectives.iter().map(|o| o.id.as_str()).collect();
    let count: usize = bank.objectives.iter().map(|o| o.items.len()).sum();
    let items: HashSet<&str> = bank.objectives.iter().flat_map(|o| &o.items).map(|item| item.id.as_str()).collect();
    bank.format == BANK_FORMAT
        && form::is_topic(bank.topic.as_str())
        && form::is_text(&bank.title)
        && (1..=MAX_ITEMS).contains(&objectives.len())
        && objectives.len() == bank.objectives.len()
        && count <= MAX_ITEMS
        && items.len() == count
        && bank.objectives.iter().all(|o| objective(o, bank.topic.as_str()))
}

fn objective(objective: &Objective, topic: &str) -> bool {
    form::is_objective(objective.id.as_str(), topic)
        && form::is_text(&objective.title)
        && form::is_text(&objective.rule)
        && STATEMENTS.contains(&objective.statements.len())
        && objective.statements.iter().all(|id| form::is_text(id.as_str()))
        && objective.refs.len() <= super::fields::MAX_LIST
        && objective.refs.iter().all(|text| form::is_text(text))
        && !objective.items.is_empty()
        && objective.items.iter().all(|i| item(i, topic))
}

fn item(item: &Item, topic: &str) -> bool {
    form::is_item(item.id.as_str(), topic)
        && item.categories.len() <= super::fields::MAX_LIST
        && OPTIONS.contains(&item.options.len())
        && item.options.iter().filter(|option| option.key).count() == 1
        && item.as_of.as_deref().is_none_or(form::is_date)
        && form::item_texts(item).all(form::is_text)
}
