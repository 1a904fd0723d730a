//! Where a question stands on the screen: what scrolls, what stays, and where reading begins.

use super::{StudyScreen, words};
use crate::core::pick;
use crate::core::study::Question;
use crate::tui::card::Card;
use crate::tui::layout::scrolled;
use crate::tui::remarks;
use crate::tui::screen::Context;
use crate::tui::text::paragraph;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// Where the scrolled text is to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// With this line at the top, or the nearest to it that there is.
    Line(usize),
    /// Moved from this line only as far as the option under the cursor needs.
    Option(usize),
    /// With the first reason at the top, the stem above it.
    Reasons,
}

/// What the last drawing showed; drawing is the only place where the height is known.
#[derive(Clone, Copy, Debug)]
pub struct Drawn {
    /// The line at the top.
    pub scroll: usize,
    /// The line that stands at the top when the last one is in sight.
    pub deepest: usize,
    /// The rows of the scrolled part.
    pub height: usize,
}

impl Drawn {
    /// The lines of a page, of which one is seen twice so that the eye finds its place; the mark of more takes a row.
    pub fn page(self) -> isize {
        self.height.saturating_sub(2).max(1) as isize
    }
}

/// The lines of a question, and what stays in sight while they scroll.
struct Page {
    lines: Vec<Line<'static>>,
    /// Above the lines after an answer, below them before it.
    fixed: Vec<Line<'static>>,
    /// The first line of the first reason.
    reasons: usize,
    /// The line of the option under the cursor.
    focused: usize,
}

impl StudyScreen {
    fn page(&self, question: &Question, width: usize, cx: &Context<'_>) -> Option<Page> {
        let theme = &cx.theme;
        let found = cx.library().item(&question.shown.item)?;
        let given = self.study.given.as_ref();
        let card = Card {
            focus: Some(self.focus),
            chosen: given.map(|g| g.choice).or(question.chosen),
            struck: &question.struck,
            reveal: given.is_some(),
            spacing: cx.settings().spacing,
            ..Card::of(found.item, &question.shown.order)
        };
        let drawn = match given {
            Some(_) => card.answered(found.objective, width, theme, cx.library()),
            None => card.lines(width, theme, cx.library()),
        };
        let mut lines = drawn.lines;
        if given.is_some() && pick::exhausted(cx.library(), cx.progress(), &found.objective.id) {
            lines.push(Line::default());
            lines.extend(paragraph("No new question of this rule is left for study.", width, theme.quiet));
        }
        if let Some(subject) = self.subject() {
            lines.extend(remarks::lines(&subject, width, cx));
        }
        let fixed = match given {
            Some(given) => words::verdict(given, theme, width),
            None if self.asking_confidence() => words::how_sure(theme, width),
            None => vec![],
        };
        Some(Page {
            lines,
            fixed,
            reasons: drawn.options.iter().copied().min().unwrap_or(0),
            focused: drawn.options.get(self.focus).copied().unwrap_or(0),
        })
    }

    /// Draws the question on the screen.
    pub(super) fn draw_question(&self, question: &Question, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>) {
        let Some(page) = self.page(question, area.width as usize, cx) else { return };
        let answered = self.study.given.is_some();
        let fixed = (page.fixed.len() as u16).min(area.height);
        let gap = u16::from(fixed > 0 && area.height > 10);
        let height = area.height.saturating_sub(fixed + gap);
        let (body, fixed_y) = if answered {
            (Rect { y: area.y + area.height - height, height, ..area }, area.y)
        } else {
            (Rect { height, ..area }, area.y + area.height - fixed)
        };
        scrolled(frame, Rect { y: fixed_y, height: fixed, ..area }, page.fixed, 0, None, &cx.theme);
        let height = body.height as usize;
        let deepest = page.lines.len().saturating_sub(height);
        let scroll = match self.place {
            Place::Line(line) => line.min(deepest),
            Place::Reasons => page.reasons.min(deepest),
            Place::Option(from) => in_sight(from, page.focused, height, deepest),
        };
        self.drawn.set(Some(Drawn { scroll, deepest, height }));
        let cursor = if answered { scroll } else { page.focused };
        scrolled(frame, body, page.lines, scroll, Some(cursor), &cx.theme);
    }
}

/// The scroll position at which the line of the focused option can be seen; at the first option, the stem's.
pub fn follow(scroll: usize, focus: usize, line: Option<usize>, height: usize, deepest: usize) -> usize {
    if focus == 0 { scroll.min(deepest) } else { in_sight(scroll, line.unwrap_or(0), height, deepest) }
}

/// The scroll position nearest to `from` at which a line and the two below it can be seen.
fn in_sight(from: usize, line: usize, height: usize, deepest: usize) -> usize {
    let from = from.min(deepest);
    if line < from {
        return line;
    }
    if line < from + height.saturating_sub(1) {
        return from;
    }
    (line + 3).saturating_sub(height).clamp(from, deepest)
}
