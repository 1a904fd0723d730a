//! JSON one level at a time, each value still knowing its place in the text; and what is wrong with a text that is no
//! JSON.

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// The members of an object in file order, doubles included.
pub(super) struct Members<'a>(pub Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Seen;
        impl<'de> Visitor<'de> for Seen {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = vec![];
                while let Some((Name(name), value)) = map.next_entry()? {
                    members.push((name, value));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Seen)
    }
}

/// A member's name. It is read as bytes, because a broken `\u` escape in a name must not hide the whole object.
struct Name(String);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Name;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Name, E> {
                Ok(Name(String::from_utf8_lossy(bytes).into_owned()))
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}

/// The kinds of JSON values.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    List,
    Text,
    Bool,
    Null,
    Number,
}

impl Kind {
    /// The kind of a value, by its first character.
    pub fn of(value: &RawValue) -> Self {
        match value.get().as_bytes().first() {
            Some(b'{') => Self::Object,
            Some(b'[') => Self::List,
            Some(b'"') => Self::Text,
            Some(b't' | b'f') => Self::Bool,
            Some(b'n') => Self::Null,
            _ => Self::Number,
        }
    }

    /// The kind in words, with its article.
    pub fn name(self) -> &'static str {
        match self {
            Self::Object => "an object { … }",
            Self::List => "a list [ … ]",
            Self::Text => "a text",
            Self::Bool => "true or false",
            Self::Null => "null",
            Self::Number => "a number",
        }
    }
}

/// The members of a value, where it is an object.
pub(super) fn members(value: &RawValue) -> Option<Members<'_>> {
    serde_json::from_str(value.get()).ok()
}

/// The elements of a value, where it is a list.
pub(super) fn elements(value: &RawValue) -> Option<Vec<&RawValue>> {
    serde_json::from_str(value.get()).ok()
}

/// The whole text as one value, or what is wrong with it.
pub(super) fn root(text: &str) -> Result<&RawValue, SyntaxFault> {
    serde_json::from_str(text.strip_prefix('\u{feff}').unwrap_or(text)).map_err(|error| SyntaxFault::new(text, &error))
}

/// Why a text is no JSON.
pub(super) struct SyntaxFault {
    /// The byte where reading stopped.
    pub at: usize,
    /// What is wrong, in one sentence.
    pub message: String,
    /// How to mend it, in one sentence.
    pub mend: &'static str,
}

impl SyntaxFault {
    fn new(text: &str, error: &serde_json::Error) -> Self {
        let whole = error.to_string();
        let said = whole.split(" at line ").next().unwrap_or_default();
        let mut at = offset(text, error);
        let before = text[..at].trim_end();
        let (message, mend) = if before.ends_with(',') && text[at..].starts_with([']', '}']) {
            at = before.len() - 1;
            ("a comma stands before a closing bracket", "Take that comma away.")
        } else if error.is_eof() {
            ("the file ends too early", "Close every text with a double quote, and every [ and { with ] and }.")
        } else {
            in_words(said)
        };
        Self { at, message: format!("This is not valid JSON: {message}."), mend }
    }
}

/// The reader's message in plain words, and its mend.
fn in_words(said: &str) -> (&str, &'static str) {
    if said.starts_with("trailing characters") {
        ("something follows after the end", "Keep one { … } in a file and remove what follows its last }.")
    } else if said.starts_with("control character") {
        (
            "a text holds a line break or a tab",
            "Close the text on its own line; write \\n for a line break, \\t for a tab.",
        )
    } else if said.starts_with("key must be a string") {
        ("the name of a field is wanted here", "Put names of fields in double quotes, and no comma after the last one.")
    } else if said.starts_with("expected value") {
        (
            "a value is wanted here",
            "Put texts in double quotes, and nothing else but numbers, true, false, [ … ] or { … }.",
        )
    } else if said.starts_with("invalid escape") {
        ("this use of \\ is unknown", "Write \\\\ for a backslash and \\\" for a double quote.")
    } else {
        (said, "Look at this line and at the end of the one before: a comma, a colon or a double quote may be missing.")
    }
}

/// The byte that a reader's line and column mean.
fn offset(text: &str, error: &serde_json::Error) -> usize {
    let before: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    // The mark at the beginning of a file is not counted by the reader, which never saw it.
    let mark = if error.line() <= 1 && text.starts_with('\u{feff}') { 3 } else { 0 };
    text.floor_char_boundary((before + mark + error.column().saturating_sub(1)).min(text.trim_end().len()))
}
