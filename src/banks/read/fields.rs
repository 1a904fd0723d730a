//! Reads fields one by one: text, true or false, a word of a closed list, lists. A faulty one yields None and a finding.

use super::reader::{Node, Reader};
use crate::banks::MAX_TEXT_BYTES;
use crate::banks::finding::Severity;
use crate::banks::raw::{self, Kind};
use crate::core::near;
use crate::text::sanitize;
use crate::text::sanitize::{clean, quoted};
use serde_json::value::RawValue;

/// The most entries of a list of names.
pub const MAX_LIST: usize = 100;

impl Reader<'_> {
    /// A field that must be there.
    pub fn required<'a>(&mut self, node: &Node<'a>, field: &'static str) -> Option<&'a RawValue> {
        let value = node.get(field);
        if value.is_none() {
            self.missing(node, field);
        }
        value
    }

    /// A text that must be there.
    pub fn text(&mut self, node: &Node, field: &'static str) -> Option<String> {
        let value = self.required(node, field)?;
        self.text_of(value, node.at(field), &ticked(field))
    }

    /// A text that may be left out: None where it is faulty, `Some(None)` where it is left out.
    #[expect(clippy::option_option, reason = "faulty, left out and given are three things")]
    pub fn optional_text(&mut self, node: &Node, field: &'static str) -> Option<Option<String>> {
        match node.get(field).filter(|value| Kind::of(value) != Kind::Null) {
            None => Some(None),
            Some(value) => self.text_of(value, node.at(field), &ticked(field)).map(Some),
        }
    }

    /// True or false; false where it is left out.
    pub fn flag(&mut self, node: &Node, field: &'static str) -> Option<bool> {
        let Some(value) = node.get(field) else { return Some(false) };
        let flag = serde_json::from_str(value.get()).ok();
        if flag.is_none() {
            let message = format!("`{field}` is {}, but should be true or false.", Kind::of(value).name());
            self.error("wrong-type", node.at(field), message, "Write true or false, without quotes.");
        }
        flag
    }

    /// A word of a closed list.
    pub fn one_of<T: Copy>(&mut self, node: &Node, field: &'static str, known: &[(&'static str, T)]) -> Option<T> {
        let value = self.required(node, field)?;
        self.word(value, node.at(field), &ticked(field), known)
    }

    /// A list of words of a closed list, empty where it is left out.
    pub fn some_of<T: Copy>(
        &mut self,
        node: &Node,
        field: &'static str,
        known: &[(&'static str, T)],
    ) -> Option<Vec<T>> {
        let Some(value) = node.get(field) else { return Some(vec![]) };
        self.each(value, &node.at(field), field, |reader, value, at, label| reader.word(value, at, label, known))
    }

    /// A list of texts that must be there.
    pub fn texts(&mut self, node: &Node, field: &'static str) -> Option<Vec<String>> {
        let value = self.required(node, field)?;
        self.each(value, &node.at(field), field, Self::text_of)
    }

    /// The elements of a list that must be there.
    pub fn list<'a>(&mut self, node: &Node<'a>, field: &'static str) -> Option<Vec<&'a RawValue>> {
        let value = self.required(node, field)?;
        self.elements(value, node.at(field), &ticked(field))
    }

    /// Reads every element of a list, and yields the list where all of them are sound.
    fn each<T>(
        &mut self,
        value: &RawValue,
        pointer: &str,
        field: &str,
        mut read: impl FnMut(&mut Self, &RawValue, String, &str) -> Option<T>,
    ) -> Option<Vec<T>> {
        let elements = self.elements(value, pointer.to_owned(), &ticked(field))?;
        if elements.len() > MAX_LIST {
            let message = format!("`{field}` has {} entries, at most {MAX_LIST} are read.", elements.len());
            self.error("list-too-long", pointer.to_owned(), message, "Remove some of them.");
            return None;
        }
        // Read all of them before anything is given up, so that every fault is listed.
        let read: Vec<Option<T>> = elements
            .into_iter()
            .enumerate()
            .map(|(n, value)| read(self, value, format!("{pointer}/{n}"), &format!("Entry {} of `{field}`", n + 1)))
            .collect();
        read.into_iter().collect()
    }

    fn elements<'a>(&mut self, value: &'a RawValue, pointer: String, label: &str) -> Option<Vec<&'a RawValue>> {
        let elements = raw::elements(value);
        if elements.is_none() {
            let message = format!("{label} is {}, but should be a list [ … ].", Kind::of(value).name());
            self.error("wrong-type", pointer, message, "Put it between [ and ].");
        }
        elements
    }

    fn word<T: Copy>(
        &mut self,
        value: &RawValue,
        pointer: String,
        label: &str,
        known: &[(&'static str, T)],
    ) -> Option<T> {
        let text = self.string(value, pointer.clone(), label)?;
        let found = known.iter().find(|(word, _)| *word == text).map(|(_, meaning)| *meaning);
        if found.is_none() {
            let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
            let mend = match near::nearest(&text, words.iter().copied(), 1).first() {
                Some(meant) => format!("Write \"{meant}\" if that is meant; the words are {}.", words.join(", ")),
                None => format!("Write one of these: {}.", words.join(", ")),
            };
            self.error("unknown-value", pointer, format!("{label} can't be \"{}\".", quoted(&text)), mend);
        }
        found
    }

    /// A text as it may be shown.
    fn text_of(&mut self, value: &RawValue, pointer: String, label: &str) -> Option<String> {
        let text = self.string(value, pointer.clone(), label)?;
        if text.len() > MAX_TEXT_BYTES {
            let message = format!("{label} is longer than {} KB.", MAX_TEXT_BYTES / 1024);
            self.error("text-too-long", pointer, message, "Shorten it.");
            return None;
        }
        let shown = if sanitize::is_clean(&text) {
            text
        } else {
            let message = format!("{label} holds characters that can't be shown; they are left out.");
            let mend = "Remove control characters, tabs and invisible characters from the text.";
            self.lapse(Severity::Review, "control-characters", pointer.clone(), message, mend);
            clean(&text).into_owned()
        };
        if shown.trim().is_empty() {
            self.error("empty-text", pointer, format!("{label} is empty."), "Write the text.");
            return None;
        }
        Some(shown)
    }

    /// A text as it is written.
    fn string(&mut self, value: &RawValue, pointer: String, label: &str) -> Option<String> {
        match Kind::of(value) {
            Kind::Text => {
                let text = serde_json::from_str(value.get()).ok();
                if text.is_none() {
                    let message = format!("{label} holds half of a \\u pair.");
                    self.error("broken-escape", pointer, message, "Write the character itself instead of \\u….");
                }
                text
            }
            kind => {
                let message = format!("{label} is {}, but should be a text.", kind.name());
                self.error("wrong-type", pointer, message, "Write a text in double quotes.");
                None
            }
        }
    }
}

/// A field's name as messages hold it.
fn ticked(field: &str) -> String {
    format!("`{field}`")
}
