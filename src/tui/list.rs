//! A long list with one row in focus, and under it a few lines about that row.

use super::layout::{more_below, scrolled};
use super::text::{cut, window, wrap};
use super::theme::Theme;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

/// Draws `len` rows of which `selected` is always in sight, with the terminal's cursor on it.
///
/// `row` makes the row of a place, given whether it has the focus. `about` stands below the list in full width, cut to
/// what fits; low windows give its lines to the list.
pub fn list(
    frame: &mut Frame<'_>,
    area: Rect,
    len: usize,
    selected: usize,
    row: impl Fn(usize, bool) -> Line<'static>,
    about: &str,
    theme: &Theme,
) {
    let below = if about.is_empty() || area.height < 8 { 0 } else { (area.height / 3).clamp(4, 7) };
    let upper = Rect { height: (area.height - below).min(len.min(usize::from(u16::MAX)) as u16), ..area };
    let mut shown = window(selected, len, upper.height as usize);
    // While there is more below, the last row says so and holds no row of the list.
    let more = shown.end < len && upper.height > 1;
    if more {
        shown = window(selected, len, upper.height as usize - 1);
    }
    let rows: Vec<Line<'static>> = shown.clone().map(|n| row(n, n == selected)).collect();
    scrolled(frame, upper, rows, 0, selected.checked_sub(shown.start), theme);
    if more {
        more_below(frame, Rect { y: upper.y + upper.height - 1, height: 1, ..upper }, theme);
    }
    if below > 1 {
        // One empty row keeps the two apart.
        let place = Rect { y: upper.y + upper.height + 1, height: below - 1, ..area };
        let lines = wrapped_to(about, place.width as usize, place.height as usize);
        let lines: Vec<Line<'_>> = lines.into_iter().map(|l| Line::styled(l, theme.text)).collect();
        frame.render_widget(Paragraph::new(lines), place);
    }
}

/// A row of a list: marked and reversed where it has the focus.
pub fn row(text: &str, focus: bool, width: usize, theme: &Theme) -> Line<'static> {
    let style: Style = if focus { theme.strong.patch(theme.focus) } else { theme.text };
    Line::from(Span::styled(cut(&format!(" {text} "), width), style))
}

/// Text in at most `height` lines, with `…` where something is missing.
fn wrapped_to(text: &str, width: usize, height: usize) -> Vec<String> {
    let mut lines = wrap(text, width);
    if lines.len() > height {
        lines.truncate(height);
        if let Some(last) = lines.last_mut() {
            *last = format!("{}…", cut(last, width.saturating_sub(1)).trim_end_matches('…'));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_marked() {
        assert_eq!(wrapped_to("one two three four", 9, 2), ["one two", "three…"]);
        assert_eq!(wrapped_to("one two", 9, 2), ["one two"]);
    }
}
