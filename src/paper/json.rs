//! A report for programs; docs/json.md describes every field.

use super::document::{Document, Questions};
use crate::core::exam::Exam;
use crate::core::library::Library;
use crate::core::report::Report;
use crate::text::sanitize::unwanted;
use serde_json::{Result, Value};
use std::fmt::Write as _;

/// What would tell the keys of a running exam.
const TELLING: [&str; 16] = [
    "score",
    "answered",
    "left_open",
    "areas",
    "subdomains",
    "levels",
    "task_words",
    "traps",
    "first_sight",
    "seen_before",
    "changes",
    "sure",
    "guessed",
    "rushed",
    "misses",
    "pace",
];

/// An exam with its report and answers. While it is open, everything that would tell its keys is `null`.
///
/// # Errors
/// None in practice: a report is plain data.
pub fn exam_json(exam: &Exam, library: &Library) -> Result<Value> {
    let open = exam.is_open();
    let mut value = serde_json::to_value(Report::of(exam, library))?;
    value["open"] = open.into();
    let answer = |(section, _, item, slot): (usize, usize, &crate::core::event::FormItem, &crate::core::exam::Slot)| {
        serde_json::json!({
            "section": section + 1,
            "item": item.shown.item,
            "choice": slot.choice,
            "key": if open { None } else { Some(item.shown.key) },
            "order": item.shown.order,
            "scored": if open { None } else { Some(item.scored) },
            "flagged": slot.flagged,
            "ms": slot.ms,
        })
    };
    value["answers"] = exam.items().map(answer).collect();
    if open {
        for field in TELLING {
            value[field] = Value::Null;
        }
    }
    Ok(value)
}

/// One report by itself: the exam as in the list, with its questions.
pub fn json(document: &Document<'_>, library: &Library) -> Result<String> {
    let mut value = exam_json(document.exam, library)?;
    value["questions"] = Value::Null;
    value["withheld"] = Value::Null;
    match &document.questions {
        Questions::Shown(questions) => value["questions"] = serde_json::to_value(questions)?,
        Questions::Withheld(why) => {
            value["withheld"] = why.as_str().into();
            for answer in value["answers"].as_array_mut().into_iter().flatten() {
                answer["key"] = Value::Null;
            }
        }
    }
    Ok(pretty(&value)? + "\n")
}

/// A value as indented text in which whatever could steer a terminal is written as its number.
///
/// # Errors
/// None in practice.
pub fn pretty(value: &Value) -> Result<String> {
    let text = serde_json::to_string_pretty(value)?;
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if unwanted(c) {
            // All of these have numbers of at most four digits; writing to a string can't fail.
            let _ = write!(safe, "\\u{:04x}", u32::from(c));
        } else {
            safe.push(c);
        }
    }
    Ok(safe)
}

#[cfg(test)]
mod tests {
    use super::super::document::tests::document;
    use super::*;
    use crate::core::event::ExamLength;
    use crate::core::exam::Phase;
    use crate::core::sample::sat;

    /// Two running exams that differ only in what is right look the same.
    #[test]
    fn an_open_exam_does_not_say_what_is_right() {
        let seen = |right: bool| {
            let (mut exam, library) = sat(ExamLength::Items(4), |_| Some(right));
            exam.phase = Phase::Section(0);
            let mut value = exam_json(&exam, &library).unwrap();
            for answer in value["answers"].as_array_mut().unwrap() {
                assert!(answer["key"].is_null());
                answer["choice"] = Value::Null;
            }
            value
        };
        assert_eq!(seen(true), seen(false));
    }

    #[test]
    fn a_hostile_name_comes_back_whole_and_steers_nothing() {
        let (mut exam, library) = sat(ExamLength::Items(3), |_| Some(true));
        let name = "a\u{1b}[31m\u{9b}2J\u{202e}\"b";
        exam.form.name = Some(name.into());
        let text = json(&document(&exam, &library, true), &library).unwrap();
        assert!(!text.chars().any(unwanted), "{text:?}");
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["name"], name);
        assert_eq!(value["questions"].as_array().map(Vec::len), Some(3));
        assert!(value["withheld"].is_null() && value["questions"][0]["options"][0]["why"].is_string());
    }
}
