//! What surrounds every screen: the first line, the keys, a notice, a question that must be answered, the help.

use super::screen::{Context, Hint, Screen, hint};
use super::text::{READING_WIDTH, fitted, wrap};
use super::theme::Theme;
use ratatui::Frame;
use ratatui::layout::{Alignment, Margin, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear, Paragraph};
use unicode_width::UnicodeWidthStr;

/// The smallest window in which anything can be read.
pub const SMALLEST: (u16, u16) = (20, 5);

/// The parts of the window.
#[derive(Clone, Copy, Debug)]
pub struct Parts {
    /// The first line.
    pub head: Rect,
    /// The screen's own area, at most [`READING_WIDTH`] wide, or as wide as the window.
    pub body: Rect,
    /// The line above the keys.
    pub notice: Rect,
    /// The last line.
    pub foot: Rect,
}

/// Divides the window. Small windows lose their margins first.
pub fn parts(area: Rect) -> Parts {
    let roomy = area.height >= 16;
    let margin = if area.width >= 60 { 2 } else { 0 };
    let row = |y: u16| Rect { x: area.x + margin, y: area.y + y, width: area.width - 2 * margin, height: 1 };
    let top = if roomy { 2 } else { 1 };
    let last = area.height.saturating_sub(1);
    let body = Rect {
        x: area.x + margin,
        y: area.y + top,
        width: area.width - 2 * margin,
        height: last.saturating_sub(top + u16::from(roomy)),
    };
    Parts { head: row(0), body, notice: row(last.saturating_sub(1)), foot: row(last) }
}

/// A column of reading width at the left of an area.
pub fn column(area: Rect) -> Rect {
    Rect { width: area.width.min(READING_WIDTH), ..area }
}

/// Draws the first line.
pub fn head(frame: &mut Frame<'_>, area: Rect, title: &str, status: &str, theme: &Theme) {
    let status_width = status.width().min(area.width as usize);
    let room = (area.width as usize).saturating_sub(status_width + usize::from(status_width > 0));
    let line = Line::from(vec![
        Span::styled(fitted(title, room), theme.title),
        Span::raw(if status_width > 0 { " " } else { "" }),
        Span::styled(fitted(status, status_width), theme.strong),
    ]);
    frame.render_widget(Paragraph::new(line), area);
}

/// Draws the keys: as many as fit, and always the way out and the help (unless `?` is typed into a field here).
pub fn foot(frame: &mut Frame<'_>, area: Rect, hints: &[Hint], takes_text: bool, theme: &Theme) {
    let help = hint("?", "help");
    let hints: Vec<&Hint> = hints.iter().chain(Some(&help).filter(|_| !takes_text)).collect();
    let always = |h: &Hint| h.key == "Esc" || *h == help;
    let width_of = |h: &Hint| h.key.width() + 1 + h.words.width() + GAP;
    let needed: usize = hints.iter().filter(|h| always(h)).map(|h| width_of(h)).sum();
    let mut room = (area.width as usize + GAP).saturating_sub(needed);
    let mut spans = vec![];
    for hint in hints {
        if !always(hint) {
            if width_of(hint) > room {
                continue;
            }
            room -= width_of(hint);
        }
        spans.extend(key_spans(hint, theme));
        spans.push(Span::raw(" ".repeat(GAP)));
    }
    frame.render_widget(Paragraph::new(Line::from(spans)), area);
}

/// Cells between two keys.
const GAP: usize = 3;

fn key_spans(hint: &Hint, theme: &Theme) -> [Span<'static>; 3] {
    [Span::styled(hint.key, theme.key), Span::raw(" "), Span::styled(hint.words, theme.quiet)]
}

/// Draws a box with lines in the middle of the screen, scrolled as far as they reach. One cell around it is cleared
/// too, so that no torn words of the screen stand beside its frame. Gives the place of the box.
pub fn dialog(
    frame: &mut Frame<'_>,
    area: Rect,
    title: &str,
    lines: Vec<Line<'static>>,
    scroll: u16,
    theme: &Theme,
) -> Rect {
    let widest = lines.iter().map(Line::width).max().unwrap_or(0).max(title.width() + 2) as u16;
    let width = (widest + 4).min(area.width);
    let height = (lines.len() as u16 + 2).min(area.height);
    let place = Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height };
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(theme.quiet)
        .title(Span::styled(format!(" {title} "), theme.title))
        .padding(ratatui::widgets::Padding::horizontal(1));
    let inner_height = height.saturating_sub(2);
    let last = (lines.len() as u16).saturating_sub(inner_height);
    let around = place.outer(Margin::new(1, 1)).intersection(area);
    frame.render_widget(Clear, around);
    frame.render_widget(Paragraph::new(lines).block(block).scroll((scroll.min(last), 0)), place);
    if last > scroll {
        let edge = Rect { x: place.x + 1, y: place.y + height - 1, width: width.saturating_sub(2), height: 1 };
        more_below(frame, edge, theme);
    }
    // Who reads with the cursor is led to the box, not to what lies behind it.
    if width > 2 && height > 2 {
        frame.set_cursor_position((place.x + 2, place.y + 1));
    }
    place
}

/// Marks at the right end of a row that there is more below it; the row must be free.
pub fn more_below(frame: &mut Frame<'_>, row: Rect, theme: &Theme) {
    let text = " more ↓ ";
    let width = (text.width() as u16).min(row.width);
    let place = Rect { x: row.x + row.width - width, y: row.y, width, height: 1 };
    frame.render_widget(Paragraph::new(Span::styled(text, theme.key)), place);
}

/// Draws lines with a scroll position, and puts the terminal's cursor on `cursor` (a line), where it is in sight.
///
/// While there is more below, the last row says so and holds no line; a cursor there moves the lines up by one.
pub fn scrolled(
    frame: &mut Frame<'_>,
    area: Rect,
    lines: Vec<Line<'static>>,
    scroll: usize,
    cursor: Option<usize>,
    theme: &Theme,
) {
    let full = area.height as usize;
    let deepest = lines.len().saturating_sub(full);
    let mut scroll = scroll.min(deepest);
    let mut height = full;
    // A single row can't hold both a line and the mark.
    if scroll < deepest && full > 1 {
        scroll += usize::from(cursor == Some(scroll + full - 1));
        if scroll < deepest {
            height -= 1;
            more_below(frame, Rect { y: area.y + area.height - 1, height: 1, ..area }, theme);
        }
    }
    let shown: Vec<Line<'static>> = lines.into_iter().skip(scroll).take(height).collect();
    frame.render_widget(Paragraph::new(shown), Rect { height: height as u16, ..area });
    if let Some(row) = cursor.and_then(|c| c.checked_sub(scroll)).filter(|row| *row < height) {
        frame.set_cursor_position((area.x, area.y + row as u16));
    }
}

/// The help of a screen.
pub fn help_lines(screen: &dyn Screen, cx: &Context<'_>, width: usize) -> Vec<Line<'static>> {
    let theme = &cx.theme;
    let always =
        [hint("?", "open or close this help"), hint("Ctrl-L", "draw the screen anew"), hint("Ctrl-C", "leave swprep")];
    let hints: Vec<Hint> = screen.hints(cx).into_iter().chain(always).collect();
    let widest = hints.iter().map(|h| h.key.width()).max().unwrap_or(0);
    let mut lines: Vec<Line<'static>> = hints
        .iter()
        .map(|h| {
            Line::from(vec![
                Span::styled(fitted(h.key, widest), theme.key),
                Span::raw("  "),
                Span::styled(h.words, theme.text),
            ])
        })
        .collect();
    if !screen.help().is_empty() {
        lines.push(Line::default());
        lines.extend(wrap(screen.help(), width).into_iter().map(|l| Line::styled(l, theme.text)));
    }
    lines
}

/// Draws the one sentence for a window in which nothing else fits.
pub fn too_small(frame: &mut Frame<'_>, area: Rect) {
    let text = format!("Window too small. swprep needs {} by {}; nothing is lost.", SMALLEST.0, SMALLEST.1);
    let lines: Vec<Line<'_>> = wrap(&text, area.width.max(1) as usize).into_iter().map(Line::from).collect();
    frame.render_widget(Paragraph::new(lines).alignment(Alignment::Left).style(Style::new()), area);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::settings::ThemeName;
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    /// The rows that a drawing leaves in a window of 20 by 5.
    fn rows(draw: impl FnOnce(&mut Frame<'_>, &Theme)) -> Vec<String> {
        let mut terminal = Terminal::new(TestBackend::new(20, 5)).unwrap();
        terminal.draw(|frame| draw(frame, &Theme::of(ThemeName::Mono))).unwrap();
        let buffer = terminal.backend().buffer();
        (0..5).map(|y| (0..20).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned()).collect()
    }

    fn numbered(count: usize) -> Vec<Line<'static>> {
        (0..count).map(|n| Line::from(format!("{n} the line is full"))).collect()
    }

    #[test]
    fn the_mark_of_more_hides_no_text_and_no_line_is_out_of_reach() {
        let at = |scroll, cursor| rows(|f, theme| scrolled(f, f.area(), numbered(7), scroll, cursor, theme));
        for (scroll, last) in [(0, 3), (1, 4)] {
            let shown = at(scroll, None);
            assert_eq!(shown[3], format!("{last} the line is full"));
            assert_eq!(shown[4].trim(), "more ↓");
        }
        assert_eq!(at(2, None)[4], "6 the line is full");
        // The line of the cursor is never the one that gives way.
        assert_eq!(at(0, Some(4))[3], "4 the line is full");
        assert_eq!(at(1, Some(5)), at(2, None));
        assert_eq!(rows(|f, theme| scrolled(f, f.area(), numbered(5), 0, None, theme))[4], "4 the line is full");
    }

    #[test]
    fn no_letters_stand_beside_the_frame_of_a_box() {
        let shown = rows(|frame, theme| {
            let area = frame.area();
            frame.render_widget(Paragraph::new(numbered(5)), area);
            dialog(frame, area, "Box", vec!["yes".into()], 0, theme);
        });
        // The box is 9 wide and 3 high, from the sixth column and the second row on.
        assert_eq!(shown[0], "0 th           ull");
        assert_eq!(shown[2], "2 th │ yes   │ ull");
    }
}
