//! A small sound bank for tests, and ways to spoil it.

use crate::core::bank::BankFile;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

/// The text of a bank without faults.
pub fn sample_text() -> &'static str {
    include_str!("../../../tests/sample_bank.json")
}

/// A bank without faults: two objectives, three items.
pub fn sample() -> BankFile {
    serde_json::from_str(sample_text()).unwrap()
}

/// The sample with up to three of its values spoiled.
pub fn mutated() -> impl Strategy<Value = String> {
    let spoil = (any::<Index>(), 0..5, select(spoils()));
    prop::collection::vec(spoil, 0..4).prop_map(|spoils| {
        let mut bank: Value = serde_json::from_str(sample_text()).unwrap();
        for (place, how, with) in spoils {
            spoil_one(&mut bank, place, how, with);
        }
        bank.to_string()
    })
}

fn spoils() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(7),
        json!(""),
        json!(" \n"),
        json!("knots"),
        json!("knots-0002"),
        json!("knots.choice.join"),
        json!("2026-02-30"),
        json!("\u{1b}[31mred"),
        json!("\u{200b}"),
        json!([]),
        json!({}),
        json!(["IA-01", "IA-02"]),
        json!(["masters"]),
    ]
}

fn spoil_one(bank: &mut Value, place: Index, how: i32, with: Value) {
    let mut all = vec![];
    pointers(bank, &mut String::new(), &mut all);
    let pointer = place.get(&all).clone();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match (bank.pointer_mut(parent).unwrap(), how) {
        (Value::Object(members), 0) => drop(members.remove(name)),
        (Value::Object(members), 1) => drop(members.insert(format!("{name}s"), with)),
        (Value::Array(elements), 0) => drop(elements.remove(name.parse().unwrap())),
        (Value::Array(elements), 1) => elements.push(elements[0].clone()),
        _ => *bank.pointer_mut(&pointer).unwrap() = with,
    }
}

fn pointers(value: &Value, at: &mut String, all: &mut Vec<String>) {
    let parts: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(elements) => elements.iter().enumerate().map(|(n, value)| (n.to_string(), value)).collect(),
        _ => vec![],
    };
    for (name, value) in parts {
        let length = at.len();
        at.push('/');
        at.push_str(&name);
        all.push(at.clone());
        pointers(value, at, all);
        at.truncate(length);
    }
}
