//! How she does on new questions, by area of the exam.

use super::sheet::{ENOUGH, Sheet, WHISKER_LEGEND, WORDS, scale, share_words, too_few};
use crate::core::stats::{AreaStats, Stats};
use ratatui::text::{Line, Span};

/// The plot with its sentence.
pub fn lines(stats: &Stats, sheet: &Sheet<'_>) -> Vec<Line<'static>> {
    let theme = sheet.theme;
    let widest = stats.areas.iter().map(|a| a.code.len()).max().unwrap_or(0) + 2;
    let room = sheet.width.saturating_sub(widest);
    let bar = if sheet.is_narrow() { room } else { room.saturating_sub(WORDS) };
    let indent = || Span::raw(" ".repeat(widest));
    let mut lines = sheet.legend("Right at first sight, out of all questions that were new to you");
    lines.push(Line::from(vec![indent(), Span::styled(scale(bar), theme.quiet)]));
    for area in &stats.areas {
        let facts = facts(area);
        let name = Span::styled(format!("{:<widest$}{}", area.code, area.name), theme.strong);
        let words = share_words(&area.first_sight, area.objectives_met > 0);
        let mut drawn = vec![indent()];
        drawn.extend(sheet.whisker(&area.first_sight, bar));
        if sheet.is_narrow() {
            lines.push(Line::from(name));
            lines.push(Line::from(drawn));
            lines.push(Line::from(vec![indent(), Span::styled(words, theme.text)]));
            lines.push(Line::from(vec![indent(), Span::styled(facts, theme.quiet)]));
        } else {
            lines.push(Line::from(vec![name, Span::styled(format!("   {facts}"), theme.quiet)]));
            drawn.push(Span::styled(format!("  {words}"), theme.text));
            lines.push(Line::from(drawn));
            lines.push(Line::default());
        }
    }
    if !sheet.is_narrow() {
        lines.pop();
    }
    lines.extend(sheet.sentence(&meaning(stats)));
    lines.extend(sheet.legend(WHISKER_LEGEND));
    lines
}

fn facts(area: &AreaStats) -> String {
    let weight = format!("{:.0} % of exam", area.weight_percent);
    if area.objectives == 0 {
        return format!("{weight}, no rules in the bank");
    }
    format!("{weight}, {} of {} rules met", area.objectives_met, area.objectives)
}

/// What the plot says: which area to turn to, if that can be told.
fn meaning(stats: &Stats) -> String {
    let total: u32 = stats.areas.iter().map(|a| a.first_sight.of).sum();
    if total < ENOUGH {
        return too_few(total, "how you do on new questions");
    }
    if let Some(thin) =
        stats.areas.iter().filter(|a| a.first_sight.of < ENOUGH && a.objectives > 0).min_by_key(|a| a.first_sight.of)
    {
        let what = format!("in area {} ({})", thin.code, thin.name);
        return too_few(thin.first_sight.of, &what) + " A few questions from there would tell the most.";
    }
    let value = |a: &&AreaStats| a.first_sight.value().unwrap_or(0.0);
    let counted = || stats.areas.iter().filter(|a| a.first_sight.of > 0);
    let (Some(worst), Some(best)) = (
        counted().min_by(|a, b| value(a).total_cmp(&value(b))),
        counted().max_by(|a, b| value(a).total_cmp(&value(b))),
    ) else {
        return too_few(total, "how you do on new questions");
    };
    if worst.first_sight.high < best.first_sight.low {
        format!(
            "Area {} ({}) is your weakest for now, and {:.0} % of the exam: study there is likely to win the most.",
            worst.code, worst.name, worst.weight_percent
        )
    } else {
        "No area is clearly weaker than another: the ranges overlap, so study them all.".into()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{sheet, some_stats, text};
    use super::*;
    use crate::core::interval::Share;

    #[test]
    fn unseen_areas_say_so_and_counts_stand_beside_every_bar() {
        let text = text(&lines(&some_stats(), &sheet(76, 20)));
        assert!(text.contains("12 of 18 right, likely 52 to 79 %"), "{text}");
        assert!(text.contains("not met yet") && !text.contains("0 of 0"), "{text}");
        assert!(text.contains("36 % of exam, 24 of 80 rules met"), "{text}");
    }

    #[test]
    fn a_weakness_is_named_only_where_the_ranges_part() {
        let mut stats = some_stats();
        for (area, right) in stats.areas.iter_mut().zip([20, 22, 24]) {
            area.first_sight = Share::new(right, 30);
        }
        assert!(meaning(&stats).starts_with("No area is clearly weaker"));
        stats.areas[1].first_sight = Share::new(8, 30);
        assert!(meaning(&stats).starts_with("Area II (Assessment and Planning) is your weakest"));
        stats.areas[1].first_sight = Share::new(0, 2);
        assert!(meaning(&stats).starts_with("Too few answers to say in area II"));
    }
}
