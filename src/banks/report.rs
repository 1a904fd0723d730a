//! Findings as a compiler would print them: what, where, a line of the file with a caret, and the mend.

use super::finding::{Finding, Severity};
use super::locate::Places;
use crate::text::count;
use crate::text::sanitize::{clean, unwanted};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::collections::HashMap;
use std::ops::Range;

/// The longest line that is shown as a whole, in characters.
const WHOLE: usize = 100;

/// How much of a longer line is shown before and after the place, in characters.
const AROUND: (usize, usize) = (30, 60);

/// How far around the place the text is looked at, in bytes: enough for [`WHOLE`] characters of four.
const LOOK: usize = 4 * WHOLE;

/// Prints findings about files whose texts it holds.
pub struct Reporter<'a> {
    files: HashMap<&'a str, Places<'a>>,
    renderer: Renderer,
}

impl<'a> Reporter<'a> {
    /// A reporter on files, given by name and text.
    pub fn new(files: impl IntoIterator<Item = (&'a str, &'a str)>, color: bool) -> Self {
        let files = files.into_iter().map(|(name, text)| (name, Places::new(text))).collect();
        Self { files, renderer: if color { Renderer::styled() } else { Renderer::plain() } }
    }

    /// The byte where the finding is, its line and its column; None where its file could not be read.
    pub fn place(&mut self, finding: &Finding) -> Option<(usize, usize, usize)> {
        let places = self.files.get_mut(finding.file.as_str())?;
        let start = places.of(finding).start;
        let (line, column) = places.line_column(start);
        Some((start, line, column))
    }

    /// The finding in words, ending with a new line.
    pub fn show(&mut self, finding: &Finding) -> String {
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Review => Level::NOTE.with_name("review"),
        };
        let (file, id) = (one_line(&finding.file), finding.id.as_deref().map(one_line));
        let group = level.primary_title(one_line(&finding.message)).id(finding.rule);
        let help = Level::HELP.message(one_line(&finding.mend));
        let Some(places) = self.files.get_mut(finding.file.as_str()) else {
            return self.print(group.element(Origin::path(file)).element(help));
        };
        let range = places.of(finding);
        let (line, column) = places.line_column(range.start);
        let excerpt = Excerpt::new(places.text(), &range);
        let annotation = AnnotationKind::Primary.span(excerpt.range.clone()).label(id);
        let snippet = Snippet::source(excerpt.text.as_str()).path(&file).line_start(line).annotation(annotation);
        let shown = self.print(group.element(snippet).element(help));
        // Of a long line only a part was given, so the column that was printed is that in the part.
        shown.replacen(&format!("{file}:{line}:{}", excerpt.column), &format!("{file}:{line}:{column}"), 1)
    }

    fn print(&self, group: Group<'_>) -> String {
        self.renderer.render(&[group]) + "\n"
    }
}

/// One sentence on all findings.
pub fn summary(findings: &[Finding]) -> String {
    let found = |severity| findings.iter().filter(|f| f.severity == severity).count();
    let parts: Vec<String> = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Review, "review")]
        .into_iter()
        .map(|(severity, name)| (found(severity), name))
        .filter(|(found, _)| *found > 0)
        .map(|(found, name)| count(found, name))
        .collect();
    if parts.is_empty() { "No faults found.".to_owned() } else { format!("Found {}.", parts.join(", ")) }
}

fn one_line(text: &str) -> String {
    clean(text).replace('\n', " ")
}

/// A line of a file as it may be shown, or the part of it around a place.
struct Excerpt {
    text: String,
    /// The place in `text`, in bytes, up to the end of the line.
    range: Range<usize>,
    /// The place in `text`, in characters from 1.
    column: usize,
}

impl Excerpt {
    fn new(text: &str, range: &Range<usize>) -> Self {
        // A line may be as long as the file, so no more of it is looked at than can be shown.
        let from = text.floor_char_boundary(range.start.saturating_sub(LOOK));
        let to = text.floor_char_boundary(range.start + LOOK);
        let before = text[from..range.start].rsplit('\n').next().unwrap_or_default();
        let rest = text[range.start..to].split('\n').next().unwrap_or_default();
        let whole =
            (from == 0 || before.len() < range.start - from) && (to == text.len() || rest.len() < to - range.start);
        let whole = whole && before.chars().count() + rest.chars().count() <= WHOLE;
        // A value of many lines is marked at its first character only.
        let many_lines = range.len() > rest.len() && rest.len() < to - range.start;
        let marked =
            if many_lines { rest.chars().next().map_or(0, char::len_utf8) } else { range.len().min(rest.len()) };
        let (marked, after) = rest.split_at(rest.floor_char_boundary(marked));

        let start = before.char_indices().rev().nth(AROUND.0).map(|(at, c)| at + c.len_utf8()).filter(|_| !whole);
        let room = if whole { WHOLE } else { AROUND.1 };
        let shown = first(marked, room);
        let shown_after = first(after, room - shown.chars().count());
        let mut out = if start.is_some() { "…".to_owned() } else { String::new() };
        out.extend(before[start.unwrap_or(0)..].chars().map(visible));
        let (column, place) = (out.chars().count() + 1, out.len());
        out.extend(shown.chars().map(visible));
        let range = place..out.len();
        out.extend(shown_after.trim_end_matches('\r').chars().map(visible));
        if shown.len() < marked.len() || shown_after.len() < after.len() {
            out.push('…');
        }
        Self { text: out, range, column }
    }
}

/// The first characters of a text.
fn first(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(at, _)| &text[..at])
}

/// A character that leaves the terminal alone and takes up room.
fn visible(c: char) -> char {
    match c {
        '\t' => ' ',
        _ if unwanted(c) => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::banks::read::{examine, sample};
    use crate::core::library::Origin as From;
    use proptest::prelude::*;

    fn finding(rule: &'static str, pointer: &str) -> Finding {
        Finding {
            severity: Severity::Error,
            rule,
            file: "a.json".into(),
            pointer: pointer.into(),
            id: Some("knots-0001".into()),
            message: "The `stem` is empty.".into(),
            mend: "Write the text.".into(),
        }
    }

    fn show(text: &str, finding: &Finding) -> String {
        Reporter::new([("a.json", text)], false).show(finding)
    }

    #[test]
    fn a_finding_looks_like_a_compilers() {
        let want = "\
error[empty-text]: The `stem` is empty.
 --> a.json:3:12
  |
3 |    \"stem\": \"\",
  |            ^^ knots-0001
  |
  = help: Write the text.
";
        assert_eq!(
            show("{\n \"items\": [{\n   \"stem\": \"\",\n \"x\": 1}]}", &finding("empty-text", "/items/0/stem")),
            want
        );
    }

    #[test]
    fn a_file_without_text_is_named_all_the_same() {
        let lost = Finding { file: "b\u{1b}[31m.json".into(), ..finding("unreadable", "") };
        let shown = show("{}", &lost);
        assert!(shown.contains("--> b.json\n") && shown.contains("= help: Write the text."), "{shown}");
    }

    #[test]
    fn of_a_long_line_a_part_is_shown_with_the_true_column() {
        let text = format!("{{\"é\": \"{}\", \"stem\": \"\", \"z\": \"{}\"}}", "é".repeat(300), "z".repeat(300));
        let shown = show(&text, &finding("empty-text", "/stem"));
        assert!(shown.contains("--> a.json:1:319\n"), "{shown}");
        assert!(shown.lines().all(|line| line.chars().count() < 110), "{shown}");
        let mark = shown.lines().find(|line| line.contains('^')).unwrap().find('^').unwrap();
        let line = shown.lines().find(|line| line.starts_with("1 |")).unwrap();
        assert_eq!(line.chars().skip(mark).take(2).collect::<String>(), "\"\"");
    }

    #[test]
    fn a_value_of_many_lines_is_marked_where_it_begins() {
        let shown = show("{\n \"options\": [\n  1\n ]\n}", &finding("one-key", "/options"));
        assert!(shown.contains("\n2 |  \"options\": [\n  |             ^ knots-0001\n"), "{shown}");
    }

    #[test]
    fn colour_is_only_there_when_asked_for() {
        let finding = finding("empty-text", "/stem");
        assert!(!show("{}", &finding).contains('\u{1b}'));
        assert!(Reporter::new([("a.json", "{}")], true).show(&finding).contains("\u{1b}["));
    }

    #[test]
    fn the_summary_counts() {
        let review = Finding { severity: Severity::Review, ..finding("x", "") };
        assert_eq!(summary(&[finding("x", ""), review.clone(), review]), "Found 1 error, 2 reviews.");
        assert_eq!(summary(&[]), "No faults found.");
    }

    proptest! {
        /// Whatever a file holds, its report neither breaks nor steers the terminal.
        #[test]
        fn no_raw_control_character_is_printed(noise in "\\PC*|[\u{0}-\u{9f}\u{200b}-\u{202e}\"{}:,]{0,40}", at in any::<prop::sample::Index>()) {
            let mut text = serde_json::to_string(&sample()).unwrap();
            let at = text.floor_char_boundary(at.index(text.len()));
            text.insert_str(at, &noise);
            for origin in [From::User, From::Shipped] {
                let findings = examine("a.json", &text, origin).findings;
                let mut reporter = Reporter::new([("a.json", text.as_str())], false);
                for finding in findings {
                    let shown = reporter.show(&finding);
                    prop_assert!(!shown.chars().any(unwanted), "{shown:?}");
                }
            }
        }
    }
}
