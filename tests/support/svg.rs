//! A screen as an SVG picture: the buffer that was drawn, on dark paper.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr;

/// Width and height of a cell, and the margin around all of them, in pixels.
const CELL: (u16, u16) = (9, 19);
const MARGIN: u16 = 14;
const PAPER: &str = "#14161c";
const INK: &str = "#d8dade";

/// A stretch of a row in one style.
struct Run {
    x: u16,
    cells: u16,
    text: String,
    ink: &'static str,
    paper: &'static str,
    style: Modifier,
}

/// The buffer as a picture; `title` says in words what is to be seen.
pub fn svg(buffer: &Buffer, title: &str) -> String {
    let (width, height) = (buffer.area.width * CELL.0 + 2 * MARGIN, buffer.area.height * CELL.1 + 2 * MARGIN);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" font-size=\"15\" \
         font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" xml:space=\"preserve\">\n\
         <title>{}</title>\n<rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{PAPER}\"/>\n",
        escaped(title)
    );
    for y in 0..buffer.area.height {
        for run in runs(buffer, y) {
            draw(&mut out, &run, y);
        }
    }
    out + "</svg>\n"
}

/// The stretches of a row, without those that would leave no mark.
fn runs(buffer: &Buffer, y: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = vec![];
    let mut x = 0;
    while x < buffer.area.width {
        let cell = &buffer[(x, y)];
        let cells = cell.symbol().width().max(1) as u16;
        let (ink, paper) = colours(cell);
        match runs.last_mut() {
            Some(run) if (run.ink, run.paper, run.style) == (ink, paper, cell.modifier) => {
                run.text += cell.symbol();
                run.cells += cells;
            }
            _ => runs.push(Run { x, cells, text: cell.symbol().to_owned(), ink, paper, style: cell.modifier }),
        }
        x += cells;
    }
    runs.retain(|run| run.paper != PAPER || !run.text.trim().is_empty());
    runs
}

fn draw(out: &mut String, run: &Run, y: u16) {
    let (left, top) = (MARGIN + run.x * CELL.0, MARGIN + y * CELL.1);
    if run.paper != PAPER {
        let (width, height) = (run.cells * CELL.0, CELL.1);
        writeln!(out, "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" fill=\"{}\"/>", run.paper)
            .unwrap();
    }
    let words = run.text.trim_end();
    let start = words.len() - words.trim_start().len();
    let (skipped, words) = (words[..start].width() as u16, &words[start..]);
    if words.is_empty() {
        return;
    }
    let mut style = String::new();
    for (modifier, attribute) in [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::DIM, " opacity=\"0.65\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
        (Modifier::CROSSED_OUT, " text-decoration=\"line-through\""),
    ] {
        if run.style.contains(modifier) {
            style += attribute;
        }
    }
    // The width is written down, so that any font keeps the columns.
    let (x, y, length) = (left + skipped * CELL.0, top + 14, words.width() as u16 * CELL.0);
    writeln!(
        out,
        "<text x=\"{x}\" y=\"{y}\" textLength=\"{length}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{}\"{style}>{}</text>",
        run.ink,
        escaped(words)
    )
    .unwrap();
}

/// Ink and paper of a cell; a reversed cell has them the other way round.
fn colours(cell: &Cell) -> (&'static str, &'static str) {
    let ink = colour(cell.fg).unwrap_or(INK);
    let paper = colour(cell.bg).unwrap_or(PAPER);
    if cell.modifier.contains(Modifier::REVERSED) { (paper, ink) } else { (ink, paper) }
}

/// The terminal's sixteen colors, and what the dark theme takes from the 256, as this paper shows them; `None` is the
/// theme's ground.
fn colour(color: Color) -> Option<&'static str> {
    Some(match color {
        Color::Black => "#14161c",
        Color::DarkGray => "#7c818c",
        Color::Gray | Color::Indexed(248) => "#a9adb6",
        Color::White => "#ffffff",
        Color::Cyan | Color::LightCyan | Color::Indexed(116) => "#6cd3e0",
        Color::Green | Color::LightGreen | Color::Indexed(114) => "#7fd88f",
        Color::Red | Color::LightRed | Color::Indexed(210) => "#ff8585",
        Color::Yellow | Color::LightYellow | Color::Indexed(222) => "#f2d36b",
        Color::Blue | Color::LightBlue => "#7fb0ff",
        Color::Magenta | Color::LightMagenta => "#d89bf0",
        Color::Reset | Color::Rgb(..) | Color::Indexed(_) => return None,
    })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
