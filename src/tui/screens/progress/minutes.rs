//! A calendar of minutes: a column for each week, a row for each day of the week.

use super::sheet::{Sheet, short_date, write_at};
use crate::core::recall_map::DayMinutes;
use crate::tui::text::count;
use jiff::civil::Date;
use ratatui::text::{Line, Span};

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// Cells left of the weeks.
const NAME: usize = 5;

/// The calendar with its sentence; `goal` is the minutes a day that she has set herself.
pub fn lines(days: &[DayMinutes], goal: u16, sheet: &Sheet<'_>) -> Vec<Line<'static>> {
    let theme = sheet.theme;
    let mut lines = sheet.legend("Minutes of study a day (mock exams are not in it)");
    lines.extend(sheet.legend(&format!("█ {goal} or more  ▓ half of it  ░ less  · none")));
    lines.push(Line::default());
    let known: Vec<(Date, f64)> = days.iter().filter_map(|d| Some((d.date.parse().ok()?, d.minutes))).collect();
    let Some((first, _)) = known.first() else { return lines };
    let offset = first.weekday().to_monday_zero_offset() as usize;
    let weeks = (offset + known.len()).div_ceil(7);
    let column = (sheet.width.saturating_sub(NAME) / weeks.max(1)).clamp(1, 5);
    let mut dates = vec![' '; NAME + weeks * column + 6];
    let mut written = 0;
    for week in 0..weeks {
        let at = NAME + week * column;
        if let Some((date, _)) = known.get((week * 7).saturating_sub(offset))
            && at >= written
        {
            let text = short_date(&date.to_string());
            write_at(&mut dates, at, &text);
            written = at + text.len() + 2;
        }
    }
    lines.push(Line::styled(dates.into_iter().collect::<String>().trim_end().to_owned(), theme.quiet));
    for (row, name) in DAYS.iter().enumerate() {
        let mut spans = vec![Span::styled(format!("{name:<NAME$}"), theme.quiet)];
        for week in 0..weeks {
            let day = (week * 7 + row).checked_sub(offset).and_then(|n| known.get(n));
            let (sign, style) = match day {
                None => (" ", theme.text),
                Some((_, minutes)) if *minutes <= 0.0 => ("·", theme.quiet),
                Some((_, minutes)) if *minutes >= f64::from(goal) => ("█", theme.plot),
                Some((_, minutes)) if *minutes * 2.0 >= f64::from(goal) => ("▓", theme.plot),
                Some(_) => ("░", theme.plot),
            };
            let wide = column.saturating_sub(1).max(1);
            spans.push(Span::styled(sign.repeat(wide), style));
            spans.push(Span::raw(" ".repeat(column - wide)));
        }
        lines.push(Line::from(spans));
    }
    lines.extend(sheet.sentence(&meaning(days)));
    lines
}

/// How much she studies. No debt is counted.
fn meaning(days: &[DayMinutes]) -> String {
    let week = |days: &[DayMinutes]| days.iter().map(|d| d.minutes).sum::<f64>();
    let recent = week(&days[days.len().saturating_sub(7)..]);
    let all = week(days);
    let active = days.iter().filter(|d| d.minutes > 0.0).count();
    match active {
        0 => "No study in these weeks yet. Ten minutes are a beginning.".into(),
        _ => format!(
            "{} in the last seven days, {all:.0} in all, on {active} of {} days; a day off is no debt.",
            count(recent.round() as usize, "minute"),
            days.len()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{sheet, text};
    use super::*;
    use crate::core::calendar::StudyDay;

    #[test]
    fn every_day_stands_in_its_week_and_row() {
        // 2026-11-24 is a Tuesday; 84 days before it the calendar begins on a Wednesday.
        let days: Vec<DayMinutes> = (0..84)
            .map(|n| DayMinutes {
                date: StudyDay(20_781 - 83 + n).date().to_string(),
                minutes: if n == 83 {
                    20.0
                } else if n == 82 {
                    8.0
                } else {
                    0.0
                },
            })
            .collect();
        for width in [40, 76] {
            let drawn = text(&lines(&days, 20, &sheet(width, 18)));
            let row = |name: &str| drawn.lines().find(|l| l.starts_with(name)).unwrap().trim_end().to_owned();
            assert!(row("Tue").ends_with('█') && row("Mon").ends_with('░') && row("Wed").ends_with('·'), "{drawn}");
            assert!(drawn.replace('\n', " ").contains("28 minutes in the last seven days"), "{drawn}");
        }
    }
}
