//! Answers a day.

use super::sheet::{ENOUGH, Sheet, short_date, too_few, write_at};
use crate::core::stats::{DayCount, Stats};
use crate::tui::text::count;
use ratatui::text::{Line, Span};

/// The least count at the top of the scale.
const LOWEST_TOP: u32 = 10;

/// The plot with its sentence.
pub fn lines(stats: &Stats, sheet: &Sheet<'_>) -> Vec<Line<'static>> {
    let theme = sheet.theme;
    let days = &stats.days;
    // A scale of its own for the first few answers would make one of them look like many.
    let most = days.iter().map(|d| d.answers).max().unwrap_or(0).max(LOWEST_TOP);
    let height = sheet.height.saturating_sub(7).clamp(4, 12);
    let label = most.to_string().len().max(2);
    let cell = (sheet.width.saturating_sub(label + 2) / days.len().max(1)).clamp(1, 3);
    let mut lines = vec![Line::from(vec![
        Span::styled("█", theme.right),
        Span::styled(" right   ", theme.quiet),
        Span::styled("░", theme.wrong),
        Span::styled(
            if sheet.is_narrow() { " wrong, by day" } else { " wrong   answers a day, repeats included" },
            theme.quiet,
        ),
    ])];
    for row in (0..height).rev() {
        let mark = if row + 1 == height { format!("{most:>label$} ┤") } else { format!("{:label$} │", "") };
        let mut spans = vec![Span::styled(mark, theme.quiet)];
        for day in days {
            let (right, wrong) = stack(day, most, height);
            let (sign, style) = match row {
                row if row < right => ("█", theme.right),
                row if row < right + wrong => ("░", theme.wrong),
                _ => (" ", theme.text),
            };
            let bar = cell.saturating_sub(1).max(1);
            spans.push(Span::styled(sign.repeat(bar), style));
            spans.push(Span::raw(" ".repeat(cell - bar)));
        }
        lines.push(Line::from(spans));
    }
    let (axis, dates) = axis(days, cell);
    lines.push(Line::styled(format!("{:>label$} └{axis}", 0), theme.quiet));
    lines.push(Line::styled(format!("{:label$}  {dates}", ""), theme.quiet));
    lines.extend(sheet.sentence(&meaning(stats)));
    if let Some(today) = days.last().filter(|d| d.answers > 0) {
        lines.push(sheet.line(&format!("Today: {}, {} right.", count(today.answers as usize, "answer"), today.right)));
    }
    lines
}

/// How many rows of a day's bar are right and wrong. Nothing that happened rounds to nothing.
fn stack(day: &DayCount, most: u32, height: usize) -> (usize, usize) {
    if day.answers == 0 || most == 0 {
        return (0, 0);
    }
    let rows = |n: u32| (f64::from(n) / f64::from(most) * height as f64).round() as usize;
    let all = rows(day.answers).clamp(1, height);
    let missed = day.answers.saturating_sub(day.right);
    if all == 1 {
        return if missed * 2 >= day.answers { (0, 1) } else { (1, 0) };
    }
    let wrong = rows(missed).max(usize::from(missed > 0)).min(all - usize::from(day.right > 0));
    (all - wrong, wrong)
}

/// The line under the bars, and the dates under it: today, and the same weekday of the weeks before.
fn axis(days: &[DayCount], cell: usize) -> (String, String) {
    let len = days.len() * cell;
    let (mut line, mut dates) = (vec!['─'; len], vec![' '; len]);
    for (n, day) in days.iter().enumerate() {
        let back = days.len() - 1 - n;
        if back.is_multiple_of(7) {
            let text = if back == 0 { "today".to_owned() } else { short_date(&day.date) };
            line[n * cell] = '┬';
            write_at(&mut dates, (n * cell + 1).saturating_sub(text.len()), &text);
        }
    }
    (line.into_iter().collect(), dates.into_iter().collect())
}

/// How steadily she studies. No debt is counted.
fn meaning(stats: &Stats) -> String {
    let answers: u32 = stats.days.iter().map(|d| d.answers).sum();
    let active = stats.days.iter().filter(|d| d.answers > 0).count();
    let span = stats.days.len();
    if answers == 0 && stats.answers.of > 0 {
        return format!(
            "No answers in the last {span} days. Nothing is lost: the plan begins from where you are today."
        );
    }
    if answers < ENOUGH {
        return too_few(answers, "anything about your days");
    }
    let each = (f64::from(answers) / active as f64).round() as usize;
    format!(
        "You studied on {active} of the last {span} days, about {} each; for how you do on new questions, see the areas.",
        count(each, "answer")
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::{sheet, some_stats, text};
    use super::*;

    fn day(answers: u32, right: u32) -> DayCount {
        DayCount { date: "2026-11-24".into(), answers, right }
    }

    #[test]
    fn bars_keep_right_and_wrong_apart_and_lose_no_day() {
        assert_eq!(stack(&day(20, 15), 20, 8), (6, 2));
        assert_eq!(stack(&day(20, 20), 20, 8), (8, 0));
        assert_eq!(stack(&day(20, 0), 20, 8), (0, 8));
        assert_eq!(stack(&day(20, 19), 20, 8), (7, 1));
        assert_eq!(stack(&day(1, 1), 200, 8), (1, 0));
        assert_eq!(stack(&day(2, 1), 200, 8), (0, 1));
        assert_eq!(stack(&day(0, 0), 0, 8), (0, 0));
    }

    #[test]
    fn the_axes_name_the_highest_count_and_the_weeks() {
        for (width, cell) in [(40, 1), (76, 2)] {
            let text = text(&lines(&some_stats(), &sheet(width, 18)));
            assert!(text.contains("20 ┤") && text.contains(" 0 └"), "{text}");
            let dates = text.lines().find(|l| l.contains("today")).unwrap();
            assert!(dates.contains("Nov 3") && dates.contains("Nov 10") && dates.contains("Nov 17"), "{text}");
            let last = "20 ┤".chars().count() + 27 * cell;
            assert_eq!(dates.trim_end().len(), last + 1, "today stands under the last bar: {text}");
        }
    }

    #[test]
    fn a_pause_is_no_debt() {
        let mut stats = some_stats();
        for day in &mut stats.days {
            (day.answers, day.right) = (0, 0);
        }
        assert!(meaning(&stats).contains("Nothing is lost"));
    }
}
