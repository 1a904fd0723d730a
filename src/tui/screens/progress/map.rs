//! The recall map: every statement of the outline as one sign.

use super::sheet::Sheet;
use crate::core::recall_map::StatementRecall;
use crate::tui::text::{count, paragraph};
use ratatui::text::{Line, Span};

/// Cells left of a row of signs.
const NAME: usize = 6;

/// Statements named below the map.
const NAMED: usize = 6;

/// The map with its sentence.
pub fn lines(map: &[StatementRecall], sheet: &Sheet<'_>) -> Vec<Line<'static>> {
    let theme = sheet.theme;
    let mut lines = sheet.legend("Likely to come to mind tomorrow: one sign for each statement of the outline");
    lines.extend(sheet.legend("█ over 85 %  ▓ over 70 %  ▒ over 50 %  ░ less  · not met  - no rules"));
    lines.push(Line::default());
    let parts = || map.chunk_by(|a, b| a.part == b.part);
    let widest = parts().map(<[_]>::len).max().unwrap_or(0);
    for part in parts() {
        let [first, ..] = part else { continue };
        let signs: String = part.iter().map(sign).collect();
        let mut spans = vec![Span::styled(format!("{:<NAME$}", first.part), theme.strong)];
        // One sign each, so that a row of thirty fits the smallest window.
        spans.push(Span::styled(signs, theme.plot));
        let used: usize = NAME + widest + 2;
        if !sheet.is_narrow() && used + first.part_name.chars().count() <= sheet.width {
            spans.push(Span::styled(format!("{:1$}{2}", "", widest + 2 - part.len(), first.part_name), theme.quiet));
        }
        lines.push(Line::from(spans));
    }
    lines.extend(sheet.sentence(&meaning(map)));
    let weakest = weakest(map);
    for statement in weakest.iter().take(NAMED) {
        let recall = statement.recall.unwrap_or(0.0) * 100.0;
        let words = format!(
            "{} {}: about {recall:.0} %, {} of {} met",
            statement.id,
            statement.name,
            statement.rules_met,
            count(statement.rules, "rule")
        );
        lines.extend(paragraph(&words, sheet.width, theme.text));
    }
    lines
}

fn sign(statement: &StatementRecall) -> char {
    match statement.recall {
        Some(r) if r > 0.85 => '█',
        Some(r) if r > 0.70 => '▓',
        Some(r) if r > 0.50 => '▒',
        Some(_) => '░',
        None if statement.rules == 0 => '-',
        None => '·',
    }
}

/// The statements met, the most forgotten first.
fn weakest(map: &[StatementRecall]) -> Vec<&StatementRecall> {
    let mut met: Vec<&StatementRecall> = map.iter().filter(|s| s.recall.is_some()).collect();
    met.sort_by(|a, b| a.recall.unwrap_or(1.0).total_cmp(&b.recall.unwrap_or(1.0)));
    met
}

fn meaning(map: &[StatementRecall]) -> String {
    let met = map.iter().filter(|s| s.recall.is_some()).count();
    if met == 0 {
        return "No statement is met yet. The map fills as you study.".into();
    }
    let faint = map.iter().filter(|s| s.recall.is_some_and(|r| r <= 0.70)).count();
    let unmet = map.iter().filter(|s| s.recall.is_none() && s.rules > 0).count();
    format!(
        "{met} of {} met, {faint} of them fading (70 % or less), {unmet} still to meet. The most forgotten:",
        count(map.len(), "statement")
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::{sheet, text};
    use super::*;

    fn statement(n: usize, part: &str, recall: Option<f64>) -> StatementRecall {
        StatementRecall {
            id: format!("{part}-{n:02}"),
            name: "Consent".into(),
            part: part.into(),
            part_name: "Ethics".into(),
            rules: 2,
            rules_met: usize::from(recall.is_some()),
            recall,
        }
    }

    #[test]
    fn every_part_is_a_row_of_signs() {
        let map = vec![
            statement(1, "IA", Some(0.9)),
            statement(2, "IA", Some(0.4)),
            statement(3, "IA", None),
            statement(4, "IB", Some(0.6)),
        ];
        for width in [36, 76] {
            let drawn = text(&lines(&map, &sheet(width, 20)));
            assert!(drawn.contains("IA    █░·") && drawn.contains("IB    ▒"), "{drawn}");
            assert!(drawn.replace('\n', " ").contains("3 of 4 statements met, 2 of them fading"), "{drawn}");
            assert!(drawn.contains("IA-02 Consent: about 40 %"), "{drawn}");
        }
        assert!(text(&lines(&[], &sheet(76, 20))).contains("No statement is met yet"));
    }
}
