//! Where in a file's text a finding points to.

use super::finding::Finding;
use super::raw;
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::ops::Range;

/// The byte range of the value that a JSON pointer names.
///
/// Where the value is missing, the opening bracket of the innermost value that is there. Of doubled members the last
/// one counts, as it does for most readers of JSON. None where the text is no JSON.
pub fn locate(text: &str, pointer: &str) -> Option<Range<usize>> {
    Places::new(text).value(pointer)
}

/// The line and the column of a byte, both counted from 1; the column counts characters.
pub fn line_column(text: &str, at: usize) -> (usize, usize) {
    Places::new(text).line_column(at)
}

/// Finds many places in one text, without reading it anew for each.
pub struct Places<'a> {
    text: &'a str,
    line_starts: Vec<usize>,
    /// Values that were looked into, by pointer.
    inside: HashMap<String, Inside<'a>>,
    /// A byte whose column is known, so that long lines are not counted from their beginning each time.
    known: (usize, usize),
}

/// A value, one level deep.
struct Inside<'a> {
    value: &'a RawValue,
    members: HashMap<String, &'a RawValue>,
    elements: Vec<&'a RawValue>,
}

impl<'a> Inside<'a> {
    fn of(value: &'a RawValue) -> Self {
        let members = raw::members(value).map(|m| m.0.into_iter().collect()).unwrap_or_default();
        Self { value, members, elements: raw::elements(value).unwrap_or_default() }
    }

    /// The member or element that a part of a pointer names.
    fn part(&self, name: &str) -> Option<&'a RawValue> {
        if self.members.is_empty() { self.elements.get(name.parse::<usize>().ok()?) } else { self.members.get(name) }
            .copied()
    }
}

impl<'a> Places<'a> {
    /// Prepares a text.
    pub fn new(text: &'a str) -> Self {
        // The mark at the beginning of a file takes up no column.
        let first = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let line_starts = std::iter::once(first).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, line_starts, inside: HashMap::new(), known: (0, 1) }
    }

    /// The text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The byte range that a finding is about; empty where it is the whole file.
    pub fn of(&mut self, finding: &Finding) -> Range<usize> {
        let found = match finding.rule {
            "json" => raw::root(self.text).err().map(|fault| fault.at..self.after(fault.at)),
            "utf8" => self.text.find(char::REPLACEMENT_CHARACTER).map(|at| at..self.after(at)),
            "unknown-field" | "duplicate-field" => self.key(&finding.pointer),
            _ => self.value(&finding.pointer),
        };
        found.unwrap_or(0..0)
    }

    /// As [`locate`].
    pub fn value(&mut self, pointer: &str) -> Option<Range<usize>> {
        let (value, found) = self.find(pointer)?;
        let start = self.offset(value);
        Some(if found { start..start + value.get().len() } else { start..self.after(start) })
    }

    /// As [`line_column`].
    pub fn line_column(&mut self, at: usize) -> (usize, usize) {
        let at = self.text.floor_char_boundary(at).max(self.line_starts[0]);
        let line = self.line_starts.partition_point(|start| *start <= at);
        let start = self.line_starts[line - 1];
        let (from, column) = if (start..=at).contains(&self.known.0) { self.known } else { (start, 1) };
        self.known = (at, column + self.text[from..at].chars().count());
        (line, self.known.1)
    }

    /// The range of the name of the member that a pointer names.
    fn key(&mut self, pointer: &str) -> Option<Range<usize>> {
        let (value, true) = self.find(pointer)? else { return self.value(pointer) };
        let before = self.text[..self.offset(value)].trim_end().strip_suffix(':')?.trim_end();
        let inner = before.strip_suffix('"')?;
        // The opening quote is the last one that no odd run of backslashes stands before.
        let open = inner
            .rmatch_indices('"')
            .map(|(at, _)| at)
            .find(|at| inner[..*at].bytes().rev().take_while(|b| *b == b'\\').count().is_multiple_of(2))?;
        Some(open..before.len())
    }

    /// The value that a pointer names, or the innermost one around it that is there; and which of both.
    fn find(&mut self, pointer: &str) -> Option<(&'a RawValue, bool)> {
        if self.inside.is_empty() {
            self.inside.insert(String::new(), Inside::of(raw::root(self.text).ok()?));
        }
        let mut reached = String::new();
        for part in pointer.split('/').skip(1) {
            let around = self.inside.get(&reached)?;
            let Some(value) = around.part(&unescape(part)) else { return Some((around.value, false)) };
            reached.push('/');
            reached.push_str(part);
            if !self.inside.contains_key(&reached) {
                self.inside.insert(reached.clone(), Inside::of(value));
            }
        }
        Some((self.inside.get(&reached)?.value, true))
    }

    /// Where a value begins: both are slices of one text, so the difference of their addresses is the offset.
    fn offset(&self, value: &RawValue) -> usize {
        value.get().as_ptr().addr().saturating_sub(self.text.as_ptr().addr())
    }

    /// The byte after the character at `at`.
    fn after(&self, at: usize) -> usize {
        at + self.text[at..].chars().next().map_or(0, char::len_utf8)
    }
}

/// A part of a pointer as the name it stands for (RFC 6901).
fn unescape(part: &str) -> String {
    part.replace("~1", "/").replace("~0", "~")
}

/// A name as part of a pointer (RFC 6901).
pub(super) fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\u{feff}{\n  \"é\": [1, {\"a/b\": true, \"x\\\"\" : \"ü\", \"a/b\": null}],\n  \"n\": {} }";

    #[test]
    fn a_pointer_leads_to_its_value_or_to_what_should_hold_it() {
        let at = |pointer: &str| &TEXT[locate(TEXT, pointer).unwrap()];
        assert_eq!(at("/é/0"), "1");
        assert_eq!(at("/é/1/a~1b"), "null", "the last of two");
        assert_eq!(at("/é/1/missing"), "{");
        assert_eq!(at("/é/7"), "[");
        assert_eq!(at("/n"), "{}");
        assert_eq!(at("/n/deep/er"), "{");
        assert_eq!(at("").len(), TEXT.len() - 3);
        assert_eq!(locate("{ nonsense", "/a"), None);
    }

    #[test]
    fn a_key_is_found_by_its_value() {
        let mut places = Places::new(TEXT);
        let key = places.key("/é/1/x\"").unwrap();
        assert_eq!(&TEXT[key], "\"x\\\"\"");
    }

    #[test]
    fn columns_count_characters_in_any_order() {
        let mut places = Places::new("ab\nüüx\n");
        for _ in 0..2 {
            assert_eq!(places.line_column(7), (2, 3));
            assert_eq!(places.line_column(5), (2, 2));
            assert_eq!(places.line_column(0), (1, 1));
            assert_eq!(places.line_column(8), (2, 4));
            assert_eq!(places.line_column(99), (3, 1));
        }
    }
}
