//! Reads a bank file: at once where nothing is wrong with it, else piece by piece, so that every fault is listed and
//! everything without a fault is kept.

mod bank;
mod fields;
mod form;
mod reader;
#[cfg(test)]
mod samples;
mod sound;

use super::finding::{Finding, Severity};
use super::{MAX_FILE_BYTES, raw};
use crate::core::bank::BankFile;
use crate::core::library::Origin;
pub use form::is_topic;
use reader::Reader;
#[cfg(test)]
pub(crate) use samples::sample;
use std::borrow::Cow;

/// Reads a bank file's text.
///
/// Returns what is usable of it, and everything that is wrong with its form. Objectives and items with an error are
/// left out, but for names of fields that are unknown: what they stand for was never read. None where nothing is left.
pub fn read(name: &str, text: &str, origin: Origin) -> (Option<BankFile>, Vec<Finding>) {
    if text.len() <= MAX_FILE_BYTES
        && let Ok(bank) = serde_json::from_str::<BankFile>(text.strip_prefix('\u{feff}').unwrap_or(text))
        && sound::is_sound(&bank)
    {
        return (Some(bank), vec![]);
    }
    let examined = examine(name, text, origin);
    (examined.bank, examined.findings)
}

/// A bank file that was read piece by piece.
#[derive(Debug)]
pub struct Examined {
    /// What is usable.
    pub bank: Option<BankFile>,
    /// What is wrong with the file's form.
    pub findings: Vec<Finding>,
    /// Where the objectives and items of `bank` stand in the file.
    pub kept: Kept,
}

/// The places in the file of what was kept: of each objective, and of each of its items.
#[derive(Debug, Default)]
pub struct Kept(Vec<(usize, Vec<usize>)>);

impl Kept {
    /// A pointer into what was kept as a pointer into the file.
    pub fn in_file(&self, pointer: &str) -> String {
        let mut parts: Vec<Cow<str>> = pointer.split('/').map(Cow::from).collect();
        if let Some(objective) = parts.get(2).and_then(|part| part.parse().ok()).and_then(|n: usize| self.0.get(n)) {
            parts[2] = objective.0.to_string().into();
            if let Some(item) = parts.get(4).and_then(|part| part.parse().ok()).and_then(|n: usize| objective.1.get(n))
                && parts[3] == "items"
            {
                parts[4] = item.to_string().into();
            }
        }
        parts.join("/")
    }
}

/// Reads a bank file piece by piece, as [`read`] does where something is wrong.
pub fn examine(name: &str, text: &str, origin: Origin) -> Examined {
    let refused = |rule, message, mend: &str| {
        let findings = vec![whole_file(name, rule, message, mend)];
        Examined { bank: None, findings, kept: Kept::default() }
    };
    if text.len() > MAX_FILE_BYTES {
        return refused("file-too-large", too_large(text.len() as u64), SPLIT);
    }
    match raw::root(text) {
        Err(fault) => refused("json", fault.message, fault.mend),
        Ok(value) => {
            let mut reader = Reader::new(name, origin);
            let (bank, kept) = reader.bank(value);
            Examined { bank, findings: reader.into_findings(), kept }
        }
    }
}

/// A file's bytes as text, or the finding that says why they are none. The text may then be shown with
/// [`String::from_utf8_lossy`].
///
/// # Errors
/// The finding, where the bytes are not UTF-8.
pub fn decode<'a>(name: &str, bytes: &'a [u8]) -> Result<&'a str, Box<Finding>> {
    std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].split(|b| *b == b'\n').count();
        let message = format!("Line {line} holds bytes that are no text in UTF-8.");
        Box::new(whole_file(name, "utf8", message, "Save the file with the encoding UTF-8."))
    })
}

/// An error that concerns a whole file.
pub(super) fn whole_file(name: &str, rule: &'static str, message: String, mend: &str) -> Finding {
    Finding {
        severity: Severity::Error,
        rule,
        file: name.to_owned(),
        pointer: String::new(),
        id: None,
        message,
        mend: mend.to_owned(),
    }
}

/// The mend for a file that is too large.
pub(super) const SPLIT: &str = "Split it into several files of the same topic.";

/// The message for a file that is too large.
pub(super) fn too_large(bytes: u64) -> String {
    let mega = |n: u64| n.div_ceil(1024 * 1024);
    format!("The file is too large: {} MB, at most {} MB are read.", mega(bytes), mega(MAX_FILE_BYTES as u64))
}

#[cfg(test)]
mod tests {
    use super::samples::{mutated, sample_text};
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn what_was_left_out_does_not_shift_the_places_of_the_rest() {
        let text = sample_text().replacen("\"level\": \"application\"", "\"level\": \"high\"", 1);
        let examined = examine("t.json", &text, Origin::User);
        let bank = examined.bank.unwrap();
        assert_eq!(bank.objectives[0].items[0].id.as_str(), "knots-0002");
        assert_eq!(examined.kept.in_file("/objectives/0/items/0/stem"), "/objectives/0/items/1/stem");
        assert_eq!(examined.kept.in_file("/objectives/0/rule"), "/objectives/0/rule");
        assert_eq!(examined.kept.in_file(""), "");
        assert_eq!(examined.findings.len(), 1);
    }

    /// The quick way must see each of these by itself.
    #[test]
    fn nothing_unsound_is_let_through() {
        let second = "/objectives/0/items/1";
        for (pointer, value) in [
            ("/format", json!("swprep-bank/2")),
            ("/topic", json!("Knots")),
            ("/title", json!(" ")),
            ("/objectives", json!([])),
            ("/objectives/1/id", json!("knots.choice.loop")),
            ("/objectives/1/title", json!("")),
            ("/objectives/1/rule", json!("")),
            ("/objectives/1/statements", json!([])),
            ("/objectives/1/statements", json!(["IA-01", "IA-02", "IA-03", "IA-04"])),
            ("/objectives/1/statements", json!([""])),
            ("/objectives/1/refs", json!([""])),
            ("/objectives/1/refs", json!(vec!["x"; 101])),
            ("/objectives/1/items", json!([])),
            (&format!("{second}/id"), json!("knots-0001")),
            (&format!("{second}/categories"), json!(vec!["masters"; 101])),
            (&format!("{second}/as_of"), json!("soon")),
            (&format!("{second}/flip_of"), json!("")),
            (&format!("{second}/options/0/key"), json!(true)),
            (&format!("{second}/options/1/key"), json!(false)),
            (&format!("{second}/options/1/text"), json!("a\tb")),
            (&format!("{second}/options/2/trap"), json!("right-later\u{202e}")),
        ] {
            let mut bank: serde_json::Value = serde_json::from_str(sample_text()).unwrap();
            let (parent, name) = pointer.rsplit_once('/').unwrap();
            match bank.pointer_mut(parent).unwrap() {
                serde_json::Value::Array(elements) => elements[name.parse::<usize>().unwrap()] = value.clone(),
                members => members[name] = value.clone(),
            }
            let (_, findings) = read("t.json", &bank.to_string(), Origin::Shipped);
            assert_eq!(findings.len(), 1, "{pointer} {value}: {findings:?}");
            assert!(findings[0].pointer.starts_with(pointer.trim_end_matches("/0/key").trim_end_matches("/1/key")));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        /// The quick way and the thorough way must be of one mind, or start-up and `bank check` would differ.
        #[test]
        fn both_ways_of_reading_agree(text in mutated()) {
            let quick = serde_json::from_str::<BankFile>(&text).ok().filter(sound::is_sound);
            let thorough = examine("t.json", &text, Origin::Shipped);
            prop_assert_eq!(quick.is_some(), thorough.findings.is_empty(), "{:?}", thorough.findings);
            if quick.is_some() {
                prop_assert_eq!(quick, thorough.bank);
            }
        }
    }
}
