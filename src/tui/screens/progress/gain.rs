//! Where an hour of study is likely to win most points, and practice of it.

use super::shaky::Rules;
use super::sheet::{Sheet, whisker_over};
use crate::core::weak::{Gain, Gains};
use crate::tui::text::{count, hanging, paragraph};
use ratatui::text::{Line, Span};

/// The groups that can be chosen: areas, then topics, then statements, in the order in which they are drawn.
pub fn rows(gains: &Gains) -> Vec<&Gain> {
    gains.areas.iter().chain(&gains.topics).chain(&gains.statements).filter(|g| g.rules > 0).collect()
}

/// The list, with one row marked.
pub fn lines(gains: &Gains, sheet: &Sheet<'_>, selected: usize) -> Rules {
    let theme = sheet.theme;
    let mut lines = paragraph(&meaning(gains), sheet.width, theme.strong);
    let mut rules = Rules { lines: vec![], focus: 0, span: 0..1 };
    let most = rows(gains).iter().filter(|g| g.enough).map(|g| g.high).fold(0.1, f64::max);
    let mut number = 0;
    for (title, groups) in [("By area", &gains.areas), ("By topic", &gains.topics), ("By statement", &gains.statements)]
    {
        let groups: Vec<&Gain> = groups.iter().filter(|g| g.rules > 0).collect();
        if !groups.is_empty() {
            lines.push(Line::default());
            lines.push(Line::styled(format!("{title}, in points an hour"), theme.quiet));
        }
        for gain in groups {
            let focus = lines.len();
            let marked = number == selected;
            let (mark, style) = if marked { ("▸ ", theme.strong.patch(theme.focus)) } else { ("  ", theme.text) };
            lines.extend(hanging(vec![Span::styled(mark, style)], &gain.name, sheet.width, style));
            lines.extend(figures(gain, most, sheet));
            if marked {
                rules.focus = focus;
                rules.span = if number == 0 { 0 } else { focus }..lines.len();
            }
            number += 1;
        }
    }
    lines.push(Line::default());
    lines.extend(sheet.legend(
        "Points of 110 that practice there is expected to gain by your exam day (two weeks on without a date), at your pace; what takes less than an hour gains its part of that; ├─┤ likely: in four of five such cases the truth lies inside.",
    ));
    rules.lines = lines;
    rules
}

fn figures(gain: &Gain, most: f64, sheet: &Sheet<'_>) -> Vec<Line<'static>> {
    const WORDS: usize = 47;
    let theme = sheet.theme;
    let seen = count(gain.first_sight as usize, "answer");
    if !gain.enough {
        return vec![Line::styled(format!("  too little seen to say: {seen}"), theme.quiet)];
    }
    let words = format!("{:.1} an hour, likely {:.1} to {:.1}; {seen}", gain.points_per_hour, gain.low, gain.high);
    let width = if sheet.is_narrow() { sheet.width.saturating_sub(2) } else { sheet.width.saturating_sub(WORDS + 2) };
    let part = |points: f64| (points / most).clamp(0.0, 1.0);
    let mut spans = vec![Span::raw("  ")];
    spans.extend(sheet.ranged(&whisker_over(part(gain.low), part(gain.points_per_hour), part(gain.high), width)));
    if sheet.is_narrow() {
        let words = hanging(vec![Span::raw("  ")], &words, sheet.width, theme.text);
        return std::iter::once(Line::from(spans)).chain(words).collect();
    }
    spans.push(Span::styled(format!("  {words}"), theme.text));
    vec![Line::from(spans)]
}

/// Where to turn, if that can be told.
fn meaning(gains: &Gains) -> String {
    let keys = "Enter practices the marked row, w the rules that gain most.";
    let mut enough = gains.topics.iter().filter(|t| t.enough);
    match (enough.next(), enough.next()) {
        (None, _) => "Too little seen to say where an hour wins most. Study a little in every area first.".into(),
        (Some(best), Some(next)) if best.low > next.high => {
            format!("{} is likely to win most. {} {keys}", best.name, pace(best))
        }
        (Some(best), _) => format!(
            "{} comes first, but the ranges overlap: no topic is clearly the weakest. {} {keys}",
            best.name,
            pace(best)
        ),
    }
}

/// A topic of few rules is done in less than an hour; so what it holds in all stands beside its pace.
fn pace(gain: &Gain) -> String {
    let rules = count(gain.rules, "rule");
    format!("About {:.1} points an hour; {:.1} for going once through its {rules}.", gain.points_per_hour, gain.points)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{sheet, text};
    use super::*;

    fn gain(name: &str, rate: f64, first_sight: u32) -> Gain {
        Gain {
            id: name.into(),
            name: name.into(),
            points_per_hour: rate,
            low: rate * 0.8,
            high: rate * 1.2,
            points: rate,
            first_sight,
            rules_met: 3,
            rules: 5,
            enough: first_sight >= 10,
            objectives: vec![name.into()],
        }
    }

    fn some() -> Gains {
        let topics = vec![gain("Ethics", 4.0, 30), gain("Trauma", 2.0, 20), gain("Evidence", 9.0, 2)];
        Gains { areas: vec![gain("Area", 3.0, 50)], topics, statements: vec![], objectives: vec![] }
    }

    #[test]
    fn every_row_has_its_range_and_count_or_says_that_too_little_was_seen() {
        for width in [40, 76] {
            let drawn = text(&lines(&some(), &sheet(width, 20), 2).lines);
            assert!(
                drawn.contains("4.0 an hour, likely 3.2 to 4.8; 30") && drawn.contains("too little seen"),
                "{drawn}"
            );
            assert!(!drawn.contains("9.0"), "{drawn}");
        }
        let rules = lines(&some(), &sheet(76, 20), 2);
        assert!(text(&rules.lines[rules.span]).contains("▸ Trauma"));
    }

    #[test]
    fn a_topic_is_called_the_weakest_only_where_the_ranges_part() {
        let mut gains = some();
        assert!(meaning(&gains).starts_with(
            "Ethics is likely to win most. About 4.0 points an hour; 4.0 for going once through its 5 rules."
        ));
        gains.topics[1] = gain("Trauma", 3.8, 20);
        assert!(meaning(&gains).contains("no topic is clearly the weakest"));
        gains.topics.truncate(0);
        assert!(meaning(&gains).starts_with("Too little seen"));
    }
}
