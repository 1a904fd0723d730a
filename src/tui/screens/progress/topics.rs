//! How she does on new questions, by topic, and what is due there.

use super::sheet::{ENOUGH, Sheet, WHISKER_LEGEND, narrow_range, scale, too_few};
use crate::core::stats::{Stats, TopicStats};
use crate::tui::text::{count, cut, fitted, paragraph};
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

const NAME: usize = 24;
/// What stands right of the bar: right of all, range, rules met, due.
const FIGURES: usize = 34;

/// The plot with its sentence.
pub fn lines(stats: &Stats, sheet: &Sheet<'_>) -> Vec<Line<'static>> {
    let theme = sheet.theme;
    let narrow = sheet.is_narrow();
    let bar = if narrow { 10 } else { sheet.width.saturating_sub(NAME + FIGURES) };
    let mut lines = if narrow {
        vec![Line::styled("  0 … 100 %   right   range   due", theme.quiet)]
    } else {
        let head = format!("{:NAME$}{}{:>9}{:>10}{:>9}{:>6}", "", scale(bar), "right", "range", "met", "due");
        vec![Line::styled(head, theme.quiet)]
    };
    for topic in topics(stats) {
        let share = &topic.first_sight;
        let (right, range) = match (share.of, topic.objectives_met) {
            (0, 0) => (String::new(), "not met".into()),
            (0, _) => ("–".into(), String::new()),
            _ => (format!("{}/{}", share.right, share.of), narrow_range(share)),
        };
        let due = if topic.due > 0 { topic.due.to_string() } else { "–".into() };
        let mut spans = vec![];
        if narrow {
            lines.extend(paragraph(&topic.title, sheet.width, theme.text));
            spans.push(Span::raw("  "));
        } else if topic.title.width() < NAME {
            spans.push(Span::styled(fitted(&topic.title, NAME), theme.text));
        } else {
            lines.push(Line::styled(cut(&topic.title, sheet.width), theme.text));
            spans.push(Span::raw(" ".repeat(NAME)));
        }
        spans.extend(sheet.whisker(share, bar));
        if narrow {
            spans.push(Span::styled(format!("{right:>7} {range:>9}{due:>5}"), theme.text));
        } else {
            let met = format!("{}/{}", topic.objectives_met, topic.objectives);
            spans.push(Span::styled(format!("{right:>9}{range:>10}{met:>9}{due:>6}"), theme.text));
        }
        lines.push(Line::from(spans));
    }
    lines.extend(sheet.sentence(&meaning(stats)));
    lines.extend(sheet.legend("Counted: questions at first sight."));
    lines.extend(sheet.legend(WHISKER_LEGEND));
    lines
}

/// Topics that this exam asks about.
fn topics(stats: &Stats) -> impl Iterator<Item = &TopicStats> {
    stats.topics.iter().filter(|t| t.objectives > 0)
}

/// What is due, and where.
fn meaning(stats: &Stats) -> String {
    let answers: u32 = topics(stats).map(|t| t.first_sight.of).sum();
    let unmet = topics(stats).filter(|t| t.objectives_met == 0).count();
    let most = topics(stats).filter(|t| t.due > 0).max_by_key(|t| t.due);
    let due = match most {
        Some(topic) if topic.due == stats.due => {
            format!("{} due now, all in {}.", are(stats.due, "rule"), topic.title)
        }
        Some(topic) => format!("{} due now, {} of them in {}.", are(stats.due, "rule"), topic.due, topic.title),
        None if unmet > 0 => format!("Nothing is due now; {} not met yet.", are(unmet, "topic")),
        None => "Nothing is due now; study goes on with new rules.".into(),
    };
    if answers < ENOUGH { format!("{due} {}", too_few(answers, "how the topics compare")) } else { due }
}

fn are(n: usize, what: &str) -> String {
    format!("{} {}", count(n, what), if n == 1 { "is" } else { "are" })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{sheet, some_stats, text};
    use super::*;

    #[test]
    fn every_topic_has_its_count_range_and_due() {
        for width in [36, 40, 76] {
            let text = text(&lines(&some_stats(), &sheet(width, 20)));
            assert!(text.contains("12/18") && text.contains("52–79 %"), "{text}");
            assert!(text.contains("not met"), "{text}");
            assert!(text.replace('\n', " ").contains("5 rules are due now"), "{text}");
        }
    }

    #[test]
    fn the_sentence_names_where_most_is_due() {
        let mut stats = some_stats();
        assert!(meaning(&stats).starts_with("5 rules are due now, 4 of them in Ethics."), "{}", meaning(&stats));
        stats.due = 4;
        stats.topics[1].due = 0;
        assert!(meaning(&stats).starts_with("4 rules are due now, all in Ethics."));
        stats.due = 0;
        stats.topics[0].due = 0;
        assert_eq!(meaning(&stats), "Nothing is due now; 1 topic is not met yet.");
    }
}
