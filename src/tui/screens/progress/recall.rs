//! What would be left of the rules met so far if nothing more were studied.

use super::sheet::{ENOUGH, Sheet, short_date, too_few, write_at};
use crate::core::calendar::StudyDay;
use crate::core::stats::Stats;
use crate::tui::text::paragraph;
use ratatui::text::{Line, Span};

/// Cells left of the plot.
const AXIS: usize = 6;

/// The plot with its sentence.
pub fn lines(stats: &Stats, sheet: &Sheet<'_>) -> Vec<Line<'static>> {
    let theme = sheet.theme;
    let values = from_tomorrow(stats);
    if values.is_empty() || stats.answers.of < ENOUGH {
        return paragraph(&meaning(stats), sheet.width, theme.strong);
    }
    let mut lines = sheet.legend("Estimated recall of the rules met so far, if nothing more is studied");
    let cell = (sheet.width.saturating_sub(AXIS) / values.len()).clamp(1, 2);
    let height = sheet.height.saturating_sub(8).clamp(4, 12) / 2 * 2;
    let exam = exam_place(stats);
    if let Some(place) = exam {
        lines.push(Line::styled(exam_row(place * cell, values.len() * cell), theme.strong));
    }
    for row in (0..height).rev() {
        let label = match row {
            row if row + 1 == height => "100 %┤",
            row if row + 1 == height / 2 => " 50 %┤",
            _ => "     │",
        };
        let mut spans = vec![Span::styled(label, theme.quiet)];
        for (day, value) in values.iter().enumerate() {
            let sign = block(*value, row, height);
            if exam == Some(day) && sign == ' ' {
                spans.push(Span::styled(format!("{:<cell$}", "│"), theme.strong));
            } else {
                spans.push(Span::styled(sign.to_string().repeat(cell), theme.plot));
            }
        }
        lines.push(Line::from(spans));
    }
    let (axis, dates) = axis(stats, cell);
    lines.push(Line::styled(format!("  0 %└{axis}"), theme.quiet));
    lines.push(Line::styled(format!("{:AXIS$}{dates}", ""), theme.quiet));
    lines.extend(sheet.sentence(&meaning(stats)));
    lines
}

/// The forecast without today: what was read today is in every head today, and says nothing.
fn from_tomorrow(stats: &Stats) -> &[f64] {
    stats.recall_forecast.get(1..).unwrap_or_default()
}

/// The part of a column that a row holds, in eighths of a cell.
fn block(value: f64, row: usize, height: usize) -> char {
    const EIGHTHS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let filled = (value.clamp(0.0, 1.0) * (height * 8) as f64).round() as usize;
    EIGHTHS[filled.saturating_sub(row * 8).min(8)]
}

/// The exam's day in the plot, if it lies inside.
fn exam_place(stats: &Stats) -> Option<usize> {
    usize::try_from(stats.days_left? - 1).ok().filter(|place| *place < from_tomorrow(stats).len())
}

/// The row above the plot with the exam's mark at a cell.
fn exam_row(at: usize, len: usize) -> String {
    let (after, before) = ("▼ exam", "exam ▼");
    let size = after.chars().count();
    let mut row = vec![' '; AXIS + len];
    if at + size <= len {
        write_at(&mut row, AXIS + at, after);
    } else {
        write_at(&mut row, AXIS + at + 1 - size, before);
    }
    row.into_iter().collect()
}

/// The line under the plot and its dates: tomorrow, then every ten days from today.
fn axis(stats: &Stats, cell: usize) -> (String, String) {
    let days = from_tomorrow(stats).len();
    let len = days * cell;
    let (mut line, mut dates) = (vec!['─'; len], vec![' '; len]);
    for day in (1..=days).filter(|day| *day == 1 || day.is_multiple_of(10)) {
        let place = (day - 1) * cell;
        line[place] = '┬';
        let text = if day == 1 { "tomorrow".to_owned() } else { date_after(stats, day) };
        let at = if day == 1 { 0 } else { place.saturating_sub(text.len() / 2).min(len.saturating_sub(text.len())) };
        // In a narrow plot the second date would run into the first.
        if day == 1 || at > "tomorrow".len() {
            write_at(&mut dates, at, &text);
        }
    }
    (line.into_iter().collect(), dates.into_iter().collect())
}

/// The date `days` after the last day of the statistics.
fn date_after(stats: &Stats, days: usize) -> String {
    let today = stats.days.last().and_then(|d| d.date.parse().ok()).map(StudyDay::of);
    today.map_or_else(|| format!("+{days}"), |d| short_date(&d.plus(days as i32).date().to_string()))
}

/// What the forecast says for the exam's day, or for the last day of the plot.
fn meaning(stats: &Stats) -> String {
    let values = from_tomorrow(stats);
    let (Some(tomorrow), Some(last)) = (values.first(), values.last()) else {
        return "No rule is met yet. The curve begins once a few questions are answered.".into();
    };
    if stats.answers.of < ENOUGH {
        return too_few(stats.answers.of, "how fast you forget");
    }
    let days = values.len();
    let (end, when) = match (exam_place(stats), stats.days_left) {
        (_, Some(0)) => return "Your exam is today. What you have met is as fresh as it can be.".into(),
        (Some(place), _) => (values.get(place).unwrap_or(last), "on your exam day".to_owned()),
        (None, Some(left @ 1..)) => (last, format!("in {days} days (your exam comes later, in {left})")),
        (None, _) => (last, format!("in {days} days")),
    };
    let new = match stats.new {
        0 => String::new(),
        1 => " 1 rule is not met yet and not in here.".into(),
        n => format!(" {n} rules are not met yet and not in here."),
    };
    let (end, tomorrow) = (end * 100.0, tomorrow * 100.0);
    if exam_place(stats) == Some(0) {
        return format!(
            "Your exam is tomorrow; about {tomorrow:.0} % of the rules you have met should come to mind.{new}"
        );
    }
    format!(
        "Without more study you would recall about {end:.0} % of the rules you have met {when}; tomorrow {tomorrow:.0} %.{new}"
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::{sheet, some_stats, text};
    use super::*;

    #[test]
    fn columns_stand_as_high_as_the_scale_says() {
        let column = |value| (0..4).map(|row| block(value, row, 4)).collect::<String>();
        assert_eq!((column(1.0), column(0.5), column(0.0)), ("████".into(), "██  ".into(), "    ".into()));
        assert_eq!(column(0.9), "███▅");
    }

    #[test]
    fn the_exam_is_marked_over_its_own_day() {
        let mut stats = some_stats();
        for (width, cell) in [(40, 1), (76, 2)] {
            for days in [1, 10, 30] {
                stats.days_left = Some(days);
                let text = text(&lines(&stats, &sheet(width, 18)));
                let row = text.lines().find(|l| l.contains('▼')).unwrap();
                let at = row.chars().position(|c| c == '▼').unwrap();
                assert_eq!(at, AXIS + (days as usize - 1) * cell, "{text}");
            }
            stats.days_left = Some(31);
            assert!(!text(&lines(&stats, &sheet(width, 18))).contains('▼'));
        }
    }

    #[test]
    fn the_sentence_speaks_of_the_exam_day_if_it_is_inside() {
        let mut stats = some_stats();
        stats.days_left = Some(10);
        assert!(meaning(&stats).contains("85 % of the rules you have met on your exam day; tomorrow 94 %"));
        stats.days_left = Some(1);
        assert!(meaning(&stats).starts_with("Your exam is tomorrow; about 94 %"));
        stats.days_left = Some(0);
        assert!(meaning(&stats).starts_with("Your exam is today.") && !meaning(&stats).contains('%'));
        stats.days_left = Some(64);
        assert!(meaning(&stats).contains("in 30 days (your exam comes later, in 64)"));
        stats.days_left = None;
        assert!(meaning(&stats).contains("65 % of the rules you have met in 30 days; tomorrow"));
    }

    #[test]
    fn a_few_answers_draw_no_curve() {
        let mut stats = some_stats();
        stats.answers = crate::core::interval::Share::new(5, 9);
        let few = text(&lines(&stats, &sheet(76, 18)));
        assert!(few.contains("Too few answers") && !few.contains('%') && !few.contains('█'), "{few}");
        stats.recall_forecast = vec![];
        assert!(text(&lines(&stats, &sheet(76, 18))).contains("No rule is met yet"));
    }

    #[test]
    fn today_is_not_in_the_curve() {
        let mut stats = some_stats();
        stats.recall_forecast[0] = 1.0;
        let drawn = text(&lines(&stats, &sheet(76, 18)));
        assert!(drawn.contains("tomorrow ") && drawn.contains("Dec 4") && !drawn.contains("today"), "{drawn}");
        assert!(text(&lines(&stats, &sheet(40, 18))).contains("tomorrow"));
    }
}
