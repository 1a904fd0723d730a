//! All items of a section at a glance, each with its state as a mark and in the legend as a word.

use crate::core::exam::{Exam, Slot};
use crate::tui::layout::scrolled;
use crate::tui::theme::Theme;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// The width of a cell: number, answer mark, flag mark, space.
const CELL: usize = 7;

/// The mark of an item's answer.
fn mark(slot: &Slot) -> &'static str {
    match (slot.choice, slot.opened) {
        (Some(_), _) => "●",
        (None, true) => "○",
        (None, false) => "·",
    }
}

/// Draws the grid and gives the number of its columns.
pub fn draw(exam: &Exam, cell: usize, frame: &mut Frame<'_>, area: Rect, theme: &Theme) -> usize {
    let Some((_, slots)) = exam.running() else { return 1 };
    let columns = (area.width as usize / CELL).max(1);
    let count = |wanted: &dyn Fn(&Slot) -> bool| slots.iter().filter(|s| wanted(s)).count();
    let mut lines = vec![
        Line::styled(
            format!(
                "● {} answered   ○ {} seen   · {} not seen   F {} flagged",
                count(&|s| s.choice.is_some()),
                count(&|s| s.choice.is_none() && s.opened),
                count(&|s| s.choice.is_none() && !s.opened),
                count(&|s| s.flagged)
            ),
            theme.text,
        ),
        Line::default(),
    ];
    let head = lines.len();
    for (row, slots) in slots.chunks(columns).enumerate() {
        let spans: Vec<Span<'static>> = slots
            .iter()
            .enumerate()
            .flat_map(|(column, slot)| {
                let n = row * columns + column;
                let flag = if slot.flagged { "F" } else { " " };
                let style = if n == cell { theme.strong.patch(theme.focus) } else { theme.text };
                [Span::styled(format!("{:>3} {}{flag}", n + 1, mark(slot)), style), Span::raw(" ")]
            })
            .collect();
        lines.push(Line::from(spans));
    }
    let line = head + cell / columns;
    let scroll = (line + 2).saturating_sub(area.height as usize);
    scrolled(frame, area, lines, scroll, Some(line), theme);
    columns
}
