//! Where she stands: the score that a form of new questions would give, the chances to reach the usual marks, and how
//! both have moved of late.

use super::sheet::{Sheet, short_date, whisker_over, write_at};
use crate::core::calendar::StudyDay;
use crate::core::readiness::{Estimate, Readiness};
use crate::tui::text::paragraph;
use ratatui::text::{Line, Span};

/// The least score on the scale; guessing alone gives about so many.
const LEAST: f64 = 30.0;

/// Cells left of the bars.
const NAME: usize = 11;

/// Cells that a chance's words need beside its bar.
const WORDS: usize = 30;

/// The plot with its sentence.
pub fn lines(readiness: &Readiness, daily: &[(StudyDay, Option<Estimate>)], sheet: &Sheet<'_>) -> Vec<Line<'static>> {
    let theme = sheet.theme;
    let Some(estimate) = &readiness.estimate else {
        let mut lines = paragraph(&readiness.words(), sheet.width, theme.strong);
        lines.push(Line::default());
        lines.extend(sheet.legend(&readiness.basis_words()));
        return lines;
    };
    let mut lines = paragraph(&readiness.words(), sheet.width, theme.strong);
    if readiness.for_exam_day
        && let Some(today) = readiness.today.as_ref().filter(|t| *t != estimate)
    {
        let words = format!("Taken today: about {:.0}, likely {} to {}.", today.score, today.low, today.high);
        lines.extend(paragraph(&words, sheet.width, theme.text));
    }
    lines.push(Line::default());
    lines.extend(band(estimate, sheet));
    lines.push(Line::default());
    lines.extend(chances(estimate, sheet));
    lines.push(Line::default());
    lines.extend(fan(estimate, daily, sheet));
    lines.push(Line::default());
    lines.extend(sheet.legend(&readiness.basis_words()));
    lines.extend(readiness.narrowing_words().iter().flat_map(|words| sheet.legend(words)));
    lines.extend(sheet.legend(
        "● what is expected; ├─┤ likely: four of five forms lie inside; ▒ where most passing marks lie. An estimate, no promise.",
    ));
    lines
}

/// The cell of a score on a scale of that width.
fn cell(score: f64, estimate: &Estimate, width: usize) -> usize {
    let part = (score - LEAST) / (f64::from(estimate.out_of) - LEAST);
    ((part.clamp(0.0, 1.0) * width as f64) as usize).min(width.saturating_sub(1))
}

/// The lowest and the highest mark.
fn marks(estimate: &Estimate) -> Option<(u32, u32)> {
    Some((estimate.chances.first()?.mark, estimate.chances.last()?.mark))
}

/// The expected score with its range over the usual band.
fn band(estimate: &Estimate, sheet: &Sheet<'_>) -> Vec<Line<'static>> {
    let theme = sheet.theme;
    let width = sheet.width.saturating_sub(NAME);
    let at = |score: f64| cell(score, estimate, width);
    let mut scale = vec![' '; width];
    let mut ends = vec![LEAST as u32, estimate.out_of];
    ends.extend(marks(estimate).into_iter().flat_map(|(low, high)| [low, high]));
    for score in ends {
        let text = score.to_string();
        write_at(&mut scale, at(f64::from(score)).min(width.saturating_sub(text.len())), &text);
    }
    let (low, middle, high) = (at(f64::from(estimate.low)), at(estimate.score), at(f64::from(estimate.high)));
    let usual = marks(estimate).map(|(low, high)| at(f64::from(low))..=at(f64::from(high)));
    let bar = (0..width).map(|n| {
        let inside = usual.as_ref().is_some_and(|band| band.contains(&n));
        match n {
            n if n == middle => Span::styled("●", theme.strong),
            n if n == low => Span::styled("├", theme.strong),
            n if n == high => Span::styled("┤", theme.strong),
            n if low < n && n < high => Span::styled(if inside { "═" } else { "─" }, theme.strong),
            _ if inside => Span::styled("▒", theme.plot),
            _ => Span::styled("·", theme.quiet),
        }
    });
    let mut drawn = vec![Span::styled(format!("{:<NAME$}", format!("of {}", estimate.out_of)), theme.strong)];
    drawn.extend(bar);
    vec![Line::styled(format!("{:NAME$}{}", "", scale.into_iter().collect::<String>()), theme.quiet), Line::from(drawn)]
}

/// The chance to reach each mark.
fn chances(estimate: &Estimate, sheet: &Sheet<'_>) -> Vec<Line<'static>> {
    let theme = sheet.theme;
    let narrow = sheet.is_narrow();
    let width = sheet.width.saturating_sub(if narrow { NAME } else { NAME + WORDS });
    let title =
        if narrow { "Chance to reach" } else { "Chance to reach that many on a form of new questions like these" };
    let mut lines = sheet.legend(title);
    for chance in &estimate.chances {
        let mut spans = vec![Span::styled(format!("{:<NAME$}", chance.mark), theme.strong)];
        spans.extend(sheet.ranged(&whisker_over(chance.low, chance.chance, chance.high, width)));
        let words = chance.whole_words();
        if narrow {
            lines.push(Line::from(spans));
            lines.push(Line::styled(format!("  {words}"), theme.text));
        } else {
            spans.push(Span::styled(format!("  {words}"), theme.text));
            lines.push(Line::from(spans));
        }
    }
    lines
}

/// The forecasts of the last days as columns: the range as a line, the expected score as a point.
fn fan(estimate: &Estimate, daily: &[(StudyDay, Option<Estimate>)], sheet: &Sheet<'_>) -> Vec<Line<'static>> {
    const ROWS: usize = 7;
    const AXIS: usize = 5;
    let theme = sheet.theme;
    let column = (sheet.width.saturating_sub(AXIS) / daily.len().max(1)).clamp(1, 4);
    let row = |score: f64| cell(score, estimate, ROWS);
    let mut lines = sheet.legend("Forecast of each of the last days, for a form taken that day");
    for n in (0..ROWS).rev() {
        let score = LEAST + (f64::from(estimate.out_of) - LEAST) * n as f64 / ROWS as f64;
        let mut spans = vec![Span::styled(format!("{score:>3.0} ┤"), theme.quiet)];
        let usual =
            marks(estimate).is_some_and(|(low, high)| (row(f64::from(low))..=row(f64::from(high))).contains(&n));
        for (_, forecast) in daily {
            let (sign, style) = match forecast {
                Some(f) if row(f.score) == n => ("●", theme.strong),
                Some(f) if (row(f64::from(f.low))..=row(f64::from(f.high))).contains(&n) => ("│", theme.plot),
                _ if usual => ("▒", theme.quiet),
                _ => (" ", theme.text),
            };
            let rest = if usual { "▒" } else { " " };
            spans.push(Span::styled(sign, style));
            spans.push(Span::styled(rest.repeat(column - 1), theme.quiet));
        }
        lines.push(Line::from(spans));
    }
    let mut dates = vec![' '; daily.len() * column];
    if let (Some((first, _)), last) = (daily.first(), "today") {
        write_at(&mut dates, 0, &short_date(&first.date().to_string()));
        let at = dates.len().saturating_sub(column - 1 + last.len());
        write_at(&mut dates, at, last);
    }
    lines.push(Line::styled(format!("{:AXIS$}{}", "", dates.into_iter().collect::<String>()), theme.quiet));
    lines
}

#[cfg(test)]
mod tests {
    use super::super::tests::{sheet, text};
    use super::*;
    use crate::core::readiness::{Chance, Missing};

    fn estimate() -> Estimate {
        let chance = |mark, chance| Chance { mark, chance, low: chance - 0.2, high: chance + 0.15 };
        Estimate {
            day: "2026-11-24".into(),
            score: 74.2,
            low: 66,
            high: 82,
            out_of: 110,
            chances: vec![chance(66, 0.84), chance(72, 0.62), chance(78, 0.31)],
        }
    }

    fn some() -> Readiness {
        Readiness {
            estimate: Some(estimate()),
            today: Some(estimate()),
            for_exam_day: false,
            missing: None,
            first_sight: 140,
            areas: vec![],
            last_mock: None,
            narrowing: None,
        }
    }

    #[test]
    fn score_range_band_and_chances_stand_where_the_scale_says() {
        for width in [40, 76] {
            let daily = vec![(StudyDay(20_780), None), (StudyDay(20_781), Some(estimate()))];
            let drawn = text(&lines(&some(), &daily, &sheet(width, 20)));
            let row = drawn.lines().find(|l| l.starts_with("of 110")).unwrap();
            let place = |c: char| row.chars().position(|x| x == c).unwrap();
            assert!(place('├') < place('●') && place('●') < place('┤') && row.contains('═'), "{drawn}");
            let drawn = drawn.replace('\n', " ");
            assert!(drawn.contains("62 %, likely 42 to 77 %") && drawn.contains("no promise"), "{drawn}");
            assert!(drawn.contains("About 74 of 110") && drawn.contains("today"), "{drawn}");
        }
    }

    #[test]
    fn without_a_number_it_says_why_and_draws_nothing() {
        let missing = Missing { answers: 12, areas: vec!["Assessment".into()], without_rules: vec![] };
        let none = Readiness { estimate: None, today: None, missing: Some(missing), ..some() };
        let drawn = text(&lines(&none, &[], &sheet(76, 20)));
        assert!(drawn.contains("12 more new questions") && drawn.contains("Assessment"), "{drawn}");
        assert!(!drawn.contains('●') && !drawn.contains('%'), "{drawn}");
    }
}
