//! A bank that is large enough for whole exams.

use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// Writes a bank of the learner's own: for each area so many rules, with so many questions each.
pub fn write_large(data_dir: &Path, rules: usize, questions: usize) {
    let outline: Value = serde_json::from_str(include_str!("../../question_banks/outline_2026.json")).unwrap();
    let mut number = 0;
    let mut objectives = vec![];
    for area in ["I", "II", "III"] {
        let statements: Vec<&Value> = outline["statements"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|s| s["area"] == area && s["categories"].as_array().is_some_and(|c| c.len() == 4))
            .map(|s| &s["id"])
            .collect();
        for rule in 0..rules {
            let items: Vec<Value> = (0..questions)
                .map(|_| {
                    number += 1;
                    item(number)
                })
                .collect();
            let id = format!("rehearsal.area_{}.rule_{rule}", area.to_lowercase());
            objectives.push(json!({
                "id": id, "title": format!("Rule {rule} of area {area}"), "statements": [statements[rule % statements.len()]],
                "rule": format!("In the case of number {rule} of area {area} the plain step comes first."),
                "refs": [], "items": items,
            }));
        }
    }
    let bank =
        json!({ "format": "swprep-bank/1", "topic": "rehearsal", "title": "Rehearsal", "objectives": objectives });
    let folder = data_dir.join("banks");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("rehearsal.json"), bank.to_string()).unwrap();
}

fn item(number: usize) -> Value {
    let option = |word: &str, more: Value| {
        let mut option = json!({ "text": format!("Take the {word} step of case {number}"), "why": format!("The {word} step is judged by the case of number {number}.") });
        option.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        option
    };
    json!({
        "id": format!("rehearsal-{number:04}"), "level": "application", "difficulty": "medium",
        "stem": format!("A client brings the case of number {number} to the agency. Which step should the social worker take NEXT?"),
        "options": [
            option("plain", json!({ "key": true })),
            option("early", json!({ "trap": "acts-too-soon" })),
            option("late", json!({ "trap": "right-later" })),
        ],
    })
}
