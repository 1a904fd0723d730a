//! How sure she was, and how right.

use super::sheet::{ENOUGH, Sheet, WHISKER_LEGEND, WORDS, scale, share_words, too_few};
use crate::core::confidence::Confidence;
use crate::core::interval::Share;
use crate::core::stats::Stats;
use crate::tui::text::count;
use ratatui::text::{Line, Span};

const NAME: usize = 10;

/// The plot with its sentence; `asking` is whether her answers ask for it at all.
pub fn lines(stats: &Stats, sheet: &Sheet<'_>, asking: bool) -> Vec<Line<'static>> {
    let theme = sheet.theme;
    let bar = sheet.width.saturating_sub(if sheet.is_narrow() { NAME } else { NAME + WORDS });
    let mut lines = sheet.legend("How often you were right, by how sure you said you were (repeats included)");
    lines.push(Line::from(vec![Span::raw(" ".repeat(NAME)), Span::styled(scale(bar), theme.quiet)]));
    for row in &stats.calibration {
        let words = match row.share.of {
            0 => "not said yet".into(),
            _ => share_words(&row.share, true),
        };
        let mut spans = vec![Span::styled(format!("{:<NAME$}", row.confidence.id()), theme.strong)];
        spans.extend(sheet.whisker(&row.share, bar));
        if sheet.is_narrow() {
            lines.push(Line::from(spans));
            lines.push(Line::styled(format!("  {words}"), theme.text));
        } else {
            spans.push(Span::styled(format!("  {words}"), theme.text));
            lines.push(Line::from(spans));
        }
    }
    lines.extend(sheet.sentence(&meaning(stats, asking)));
    lines.extend(sheet.legend(WHISKER_LEGEND));
    lines
}

/// Whether her sureness can be trusted.
fn meaning(stats: &Stats, asking: bool) -> String {
    let of = |confidence| {
        stats.calibration.iter().find(|c| c.confidence == confidence).map_or_else(Share::default, |c| c.share)
    };
    let (sure, guessing) = (of(Confidence::Sure), of(Confidence::Guessing));
    let total: u32 = stats.calibration.iter().map(|c| c.share.of).sum();
    if total == 0 && !asking {
        return "You are not asked how sure you are. Settings can turn the question on.".into();
    }
    if total < ENOUGH {
        return too_few(total, "whether your sureness can be trusted");
    }
    if sure.of >= ENOUGH && sure.low < 0.8 {
        let wrong = sure.of - sure.right;
        return format!(
            "Sure, and still wrong {} of {}: slow down there and read the reasons; such rules come back first.",
            wrong,
            count(sure.of as usize, "time")
        );
    }
    if guessing.of >= ENOUGH && guessing.low > 0.5 {
        return "Your guesses are right more often than wrong: you know more than you trust yourself to.".into();
    }
    if sure.of >= ENOUGH {
        return "When you are sure, you can rely on it so far; spend your time on the others.".into();
    }
    too_few(sure.of, "what your \"sure\" means")
}

#[cfg(test)]
mod tests {
    use super::super::tests::{sheet, some_stats, text};
    use super::*;

    #[test]
    fn each_confidence_has_its_count() {
        for width in [40, 76] {
            let text = text(&lines(&some_stats(), &sheet(width, 18), true));
            assert!(text.contains("sure") && text.contains("14 of 20 right"), "{text}");
            assert!(text.contains("not said yet"), "{text}");
        }
    }

    #[test]
    fn an_unreliable_sure_is_said_plainly_and_a_reliable_one_too() {
        let mut stats = some_stats();
        assert!(meaning(&stats, true).starts_with("Sure, and still wrong 6 of 20 times"));
        stats.calibration[0].share = Share::new(58, 60);
        assert!(meaning(&stats, true).starts_with("When you are sure, you can rely on it"));
        for row in &mut stats.calibration {
            row.share = Share::default();
        }
        assert!(meaning(&stats, true).starts_with("Too few answers"));
        assert!(meaning(&stats, false).starts_with("You are not asked"));
    }
}
