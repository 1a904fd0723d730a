//! What all plots share: the paper they are drawn on, bars with their range, short dates.

use crate::core::interval::Share;
use crate::tui::text::paragraph;
use crate::tui::theme::Theme;
use ratatui::text::{Line, Span};

/// Below so many answers a share says nothing yet.
pub const ENOUGH: u32 = 10;

/// The paper of a plot.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// The styles.
    pub theme: &'a Theme,
    /// Cells in a row.
    pub width: usize,
    /// Rows that can be seen at once.
    pub height: usize,
}

impl Sheet<'_> {
    /// Whether things that stand beside one another must go below one another.
    pub fn is_narrow(&self) -> bool {
        self.width < 56
    }

    /// A line of ordinary text, cut at the right.
    pub fn line(&self, text: &str) -> Line<'static> {
        Line::styled(crate::tui::text::cut(text, self.width), self.theme.text)
    }

    /// The sentence under a plot, after an empty line.
    pub fn sentence(&self, text: &str) -> Vec<Line<'static>> {
        let mut lines = vec![Line::default()];
        lines.extend(paragraph(text, self.width, self.theme.strong));
        lines
    }

    /// What the signs of a plot mean.
    pub fn legend(&self, text: &str) -> Vec<Line<'static>> {
        paragraph(text, self.width, self.theme.quiet)
    }

    /// A share and its range as a bar: solid up to the lower end, the range as a whisker, `●` at the share itself.
    pub fn whisker(&self, share: &Share, width: usize) -> Vec<Span<'static>> {
        self.ranged(&whisker_cells(share, width))
    }

    /// The signs of a bar with its range, styled.
    pub fn ranged(&self, cells: &str) -> Vec<Span<'static>> {
        let style = |c: char| match c {
            '█' => self.theme.plot,
            '·' => self.theme.quiet,
            _ => self.theme.strong,
        };
        cells.chars().map(|c| Span::styled(c.to_string(), style(c))).collect()
    }
}

/// What [`Sheet::whisker`] draws; dots only where nothing was counted.
fn whisker_cells(share: &Share, width: usize) -> String {
    let Some(value) = share.value() else { return "·".repeat(width) };
    whisker_over(share.low, value, share.high, width)
}

/// A value with its range, each 0 to 1, over so many cells.
pub fn whisker_over(low: f64, value: f64, high: f64, width: usize) -> String {
    let cell = |x: f64| ((x * width as f64) as usize).min(width.saturating_sub(1));
    let (low, middle, high) = (cell(low), cell(value), cell(high));
    (0..width)
        .map(|n| match n {
            n if n == middle => '●',
            n if n < low => '█',
            n if n == low => '├',
            n if n == high => '┤',
            n if n < high => '─',
            _ => '·',
        })
        .collect()
}

/// What the signs of [`Sheet::whisker`] mean.
pub const WHISKER_LEGEND: &str = "● your share; ├─┤ likely: in four of five such cases the truth lies inside.";

/// The scale above bars of that width: 0, 50 and 100 %.
pub fn scale(width: usize) -> String {
    let half = width / 2;
    if width < 18 {
        return format!("{:<1$}100 %", "0", width.saturating_sub(5));
    }
    format!("{:<half$}{:<2$}100 %", "0", "50", width - half - 5)
}

/// `12 of 18 right, likely 50 to 80 %`, or that nothing was met.
pub fn share_words(share: &Share, met: bool) -> String {
    match (share.of, met) {
        (0, false) => "not met yet".into(),
        (0, true) => "nothing counted yet".into(),
        _ => format!("{} of {} right, likely {}", share.right, share.of, share.range_words()),
    }
}

/// `50–80 %`, for narrow columns.
pub fn narrow_range(share: &Share) -> String {
    format!("{:.0}–{:.0} %", share.low * 100.0, share.high * 100.0)
}

/// Cells that [`share_words`] need beside a bar.
pub const WORDS: usize = 38;

/// Why a plot does not say anything yet.
pub fn too_few(answers: u32, what: &str) -> String {
    format!("Too few answers to say {what}: {} so far.", if answers == 0 { "none".into() } else { answers.to_string() })
}

/// `Nov 24` of `2026-11-24`; a text that is no date stays as it is.
pub fn short_date(date: &str) -> String {
    date.parse::<jiff::civil::Date>().map_or_else(|_| date.to_owned(), |d| d.strftime("%b %-d").to_string())
}

/// Writes `text` into a row of cells, from `at` on; what does not fit is left out.
pub fn write_at(row: &mut [char], at: usize, text: &str) {
    for (cell, c) in row.iter_mut().skip(at).zip(text.chars()) {
        *cell = c;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whisker_shows_share_and_range_where_the_scale_says() {
        // 8 of 10: 80 %, range 60 to 91 %.
        assert_eq!(whisker_cells(&Share::new(8, 10), 20), "████████████├───●─┤·");
        assert_eq!(whisker_cells(&Share::new(0, 3), 10), "●──┤······");
        assert_eq!(whisker_cells(&Share::new(50, 50), 10), "█████████●");
        assert_eq!(whisker_cells(&Share::default(), 5), "·····");
        assert_eq!(scale(20), "0         50   100 %");
    }

    #[test]
    fn nothing_counted_is_not_called_nought_percent() {
        assert_eq!(share_words(&Share::default(), false), "not met yet");
        assert_eq!(share_words(&Share::new(8, 10), true), "8 of 10 right, likely 60 to 91 %");
    }

    #[test]
    fn dates_are_short() {
        assert_eq!((short_date("2026-11-04"), short_date("never")), ("Nov 4".into(), "never".into()));
    }
}
