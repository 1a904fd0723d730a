//! A report as Markdown.

use super::document::{Document, MADE_BY, Questions};
use super::parts::Part;
use super::question::{Choice, Question};
use super::{footnote, parts, score_range, summary, warnings};
use crate::core::report::Line;
use crate::text::sanitize::clean;

/// The report as a text in Markdown.
pub fn markdown(document: &Document<'_>) -> String {
    let report = &document.report;
    let mut out = vec![format!("# {}", escape(&document.title())), escape(&document.subtitle().join(", ")) + "."];
    out.extend(warnings(report).iter().map(|words| format!("> **{}**", escape(words))));
    let range = score_range(report);
    let range = if range.is_empty() { range } else { format!(" · {}", escape(range.trim_start())) };
    out.push(format!("**{} of {} right**{range}", report.score.right, report.score.of));
    out.extend(summary(report).iter().map(|words| escape(words)));
    for part in parts(report, &document.earlier) {
        out.extend(section(&part));
    }
    out.extend(footnote(report).map(escape));
    out.push("## The questions".to_owned());
    match &document.questions {
        Questions::Withheld(why) => out.push(escape(why)),
        Questions::Shown(questions) => out.extend(questions.iter().flat_map(question)),
    }
    out.push("---".to_owned());
    out.push(escape(MADE_BY));
    out.join("\n\n") + "\n"
}

fn section(part: &Part) -> Vec<String> {
    let mut out = vec![format!("## {}", escape(part.title))];
    if !part.rows.is_empty() {
        let row = |row: &Line| {
            let share = row.share.value().map_or_else(String::new, |value| format!("{:.0} %", value * 100.0));
            let likely = if row.share.of > 0 { row.share.range_words() } else { String::new() };
            let count = format!("{} of {}", row.share.right, row.share.of);
            format!("| {} | {count} | {share} | {likely} |", escape(&row.name))
        };
        let mut table = vec!["| | Right | Share | Likely |".to_owned(), "|:--|--:|--:|:--|".to_owned()];
        table.extend(part.rows.iter().map(row));
        out.push(table.join("\n"));
    }
    if !part.counts.is_empty() {
        out.push(
            part.counts.iter().map(|(name, n)| format!("- {n} × {}", escape(name))).collect::<Vec<_>>().join("\n"),
        );
    }
    out.extend(part.words.iter().map(|words| escape(words)));
    out
}

fn question(question: &Question) -> Vec<String> {
    let mut out = vec![
        format!("### {} {}", question.outcome.sign(), escape(&question.heading)),
        format!("**{}** {}", escape(&question.verdict), escape(&question.facts.join("; "))),
    ];
    match &question.stem {
        Some(stem) => out.push(escape(stem)),
        None => out.push("No copy of this question was kept.".to_owned()),
    }
    if question.edited && question.stem.is_some() {
        out.push("This question has been edited since; it stands here as it was asked.".to_owned());
    }
    if !question.options.is_empty() {
        out.push(question.options.iter().map(option).collect::<Vec<_>>().join("\n"));
    }
    if !question.note.is_empty() {
        out.push(format!("**Your note.** {}", escape(&question.note)));
    }
    out.extend(question.rule.as_ref().map(|rule| format!("**The rule.** {}", escape(rule))));
    if !question.sources.is_empty() {
        let sources = question.sources.iter().map(|source| format!("- Source: {}", escape(source)));
        out.push(sources.collect::<Vec<_>>().join("\n"));
    }
    out
}

fn option(option: &Choice) -> String {
    let marks: Vec<&str> = option.marks();
    let marks = if marks.is_empty() { String::new() } else { format!(" — *{}*", marks.join(", ")) };
    let text = escape(&option.text);
    let text = if option.key { format!("**{text}**") } else { text };
    let trap = option.trap.as_ref().map_or_else(String::new, |trap| format!("  \n  The trap: {}.", escape(trap)));
    format!("- {}. {text}{marks}  \n  {}{trap}", option.letter, escape(&option.why))
}

/// Text in which no character means anything to Markdown or HTML, on one line.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let text = clean(text);
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        // At the start of a line these make a list, a heading's underline, or a number of a list.
        let digits = word.trim_end_matches(['.', ')']);
        let ends_a_number = out.is_empty() && digits.len() < word.len() && digits.bytes().all(|b| b.is_ascii_digit());
        for c in word.chars() {
            let starts = out.is_empty() && matches!(c, '-' | '+' | '=' | ':');
            let always = matches!(
                c,
                '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!' | '$'
            );
            if starts || always || ends_a_number && matches!(c, '.' | ')') {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::document::tests::document;
    use super::*;
    use crate::core::event::ExamLength;
    use crate::core::sample::sat;

    #[test]
    fn no_text_is_taken_for_markup() {
        for (text, want) in [
            ("<b>x</b> & co", r"\<b\>x\</b\> \& co"),
            ("1. first\n2) second", r"1\. first 2) second"),
            ("# a | b", r"\# a \| b"),
            ("- *x* [l](u) `c`", r"\- \*x\* \[l\](u) \`c\`"),
            ("3.5 of 7.", "3.5 of 7."),
            ("a\u{1b}[31mb\u{202e}", "ab"),
        ] {
            assert_eq!(escape(text), want);
        }
    }

    #[test]
    fn every_part_stands_in_it() {
        let (mut exam, library) = sat(ExamLength::Mini, |n| (n < 25).then_some(n % 3 != 0));
        exam.form.name = Some("# not *a* heading".into());
        let text = markdown(&document(&exam, &library, true));
        assert!(text.starts_with("# \\# not \\*a\\* heading\n\nClinical exam, mini exam, 30 questions"), "{text}");
        for part in parts(&document(&exam, &library, true).report, &[]) {
            assert!(text.contains(&format!("\n## {}\n", part.title)), "{}", part.title);
        }
        assert_eq!(text.matches("\n### ").count(), 30);
        for sign in ["### ✓ Question 2", "### ✗ Question 1", "### – Question 30"] {
            assert!(text.contains(sign), "{sign}");
        }
        assert_eq!(text.matches("*the key").count(), 30);
        assert!(text.contains("**The rule.**") && text.contains("- Source: Sample Code of Ethics"), "{text}");
    }
}
