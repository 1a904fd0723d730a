//! Styled lines from text, and windows into long lists.

pub use crate::text::{count, cut, fitted, wrap};

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use std::ops::Range;

/// The widest column of running text; longer lines are hard to read.
pub const READING_WIDTH: u16 = 76;

/// Text as styled lines, the first after `head`, the others indented as far.
pub fn hanging(head: Vec<Span<'static>>, text: &str, width: usize, style: Style) -> Vec<Line<'static>> {
    let indent: usize = head.iter().map(Span::width).sum();
    let mut lines = wrap(text, width.saturating_sub(indent)).into_iter();
    let mut first = head;
    first.push(Span::styled(lines.next().unwrap_or_default(), style));
    let mut all = vec![Line::from(first)];
    all.extend(lines.map(|l| Line::from(vec![Span::raw(" ".repeat(indent)), Span::styled(l, style)])));
    all
}

/// A paragraph as styled lines.
pub fn paragraph(text: &str, width: usize, style: Style) -> Vec<Line<'static>> {
    hanging(vec![], text, width, style)
}

/// The part of a list of `len` that is shown in `height` rows, so that `selected` is in it.
pub fn window(selected: usize, len: usize, height: usize) -> Range<usize> {
    if len <= height {
        return 0..len;
    }
    let start = selected.saturating_sub(height / 2).min(len - height);
    start..start + height
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_holds_the_selected_row() {
        for selected in 0..30 {
            let window = window(selected, 30, 7);
            assert!(window.contains(&selected) && window.len() == 7 && window.end <= 30);
        }
    }
}
