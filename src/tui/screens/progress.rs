//! What the answers say so far, one plot to a page, each with a sentence on what it means.

mod areas;
mod days;
mod recall;
mod shaky;
pub(super) mod sheet;
mod sureness;
#[cfg(test)]
mod tests;
mod topics;

use crate::core::stats::{Stats, stats, weakest};
use crate::tui::keys::{Key, moved};
use crate::tui::layout::{column, scrolled};
use crate::tui::screen::{Context, Effect, Hint, Screen, hint};
use crate::tui::theme::Theme;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use sheet::Sheet;
use std::cell::Cell;

/// A plot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    Areas,
    Topics,
    Days,
    Recall,
    Sureness,
    Shaky,
}

impl Page {
    const ALL: [Self; 6] = [Self::Areas, Self::Topics, Self::Days, Self::Recall, Self::Sureness, Self::Shaky];

    fn title(self) -> &'static str {
        match self {
            Self::Areas => "Areas",
            Self::Topics => "Topics",
            Self::Days => "Days",
            Self::Recall => "Forecast",
            Self::Sureness => "How sure",
            Self::Shaky => "Shaky rules",
        }
    }
}

/// The plots on the screen.
pub struct ProgressScreen {
    page: usize,
    scroll: usize,
    /// The marked rule on the last page.
    selected: usize,
    /// How far down the last drawing could be scrolled; drawing is the only place where the height is known.
    deepest: Cell<usize>,
}

impl ProgressScreen {
    /// Opens with the areas.
    pub fn new(_cx: &Context<'_>) -> Self {
        Self { page: 0, scroll: 0, selected: 0, deepest: Cell::new(0) }
    }

    fn page(&self) -> Page {
        Page::ALL[self.page.min(Page::ALL.len() - 1)]
    }

    fn turn(&mut self, to: usize) {
        self.page = to % Page::ALL.len();
        self.scroll = 0;
    }

    fn stats(cx: &Context<'_>) -> Stats {
        stats(cx.library(), cx.progress(), cx.today())
    }

    fn act_on_rules(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        let rules = weakest(cx.library(), cx.progress(), cx.today());
        self.selected = self.selected.min(rules.len().saturating_sub(1));
        match key {
            Key::Enter => {
                let marked = rules.into_iter().nth(self.selected).map(|r| r.id);
                shaky::practice(marked.into_iter().collect(), cx)
            }
            Key::Char('a') => shaky::practice(rules.into_iter().map(|r| r.id).collect(), cx),
            key => {
                if let Some(step) = key.step() {
                    self.selected = moved(self.selected, step, rules.len());
                }
                vec![]
            }
        }
    }

    /// The names of the pages with the open one marked; where they do not fit, the open one alone.
    fn tabs(&self, width: usize, theme: &Theme) -> Line<'static> {
        let all: usize = Page::ALL.iter().map(|p| p.title().len() + 3).sum();
        if all > width {
            return Line::from(vec![
                Span::styled("‹ ", theme.key),
                Span::styled(self.page().title(), theme.strong),
                Span::styled(" ›", theme.key),
            ]);
        }
        let mut spans = vec![];
        for page in Page::ALL {
            let style = if page == self.page() { theme.strong.patch(theme.focus) } else { theme.quiet };
            spans.push(Span::styled(format!(" {} ", page.title()), style));
            spans.push(Span::raw(" "));
        }
        Line::from(spans)
    }
}

impl Screen for ProgressScreen {
    fn title(&self, cx: &Context<'_>) -> String {
        format!("Progress · {}", cx.settings().category.title())
    }

    fn status(&self, _cx: &Context<'_>) -> String {
        format!("page {} of {}", self.page + 1, Page::ALL.len())
    }

    fn hints(&self, _cx: &Context<'_>) -> Vec<Hint> {
        let mut hints = vec![hint("←→", "page")];
        if self.page() == Page::Shaky {
            hints.extend([hint("Enter", "practice"), hint("a", "all"), hint("↑↓", "choose")]);
        } else {
            hints.push(hint("↑↓", "scroll"));
        }
        hints.extend([hint("Esc", "back"), hint("1–6", "go to a page")]);
        hints
    }

    fn help(&self) -> &'static str {
        "Shares of questions that were new to you say how you would do on new questions; repeats do not. The fewer answers there are, the wider the range. Recall is an estimate from when you last met each rule and how it went."
    }

    fn act(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        let pages = Page::ALL.len();
        match key {
            Key::Esc => return vec![Effect::Back],
            Key::Right | Key::Tab => self.turn(self.page + 1),
            Key::Left | Key::BackTab => self.turn(self.page + pages - 1),
            Key::Char(c @ '1'..='6') => self.turn(c as usize - '1' as usize),
            key if self.page() == Page::Shaky => return self.act_on_rules(key, cx),
            key => self.scroll = key.scrolled(self.scroll, self.deepest.get()),
        }
        vec![]
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>) {
        let area = column(area);
        let theme = &cx.theme;
        let gap = if area.height >= 16 { 2 } else { 1 };
        let below = Rect { y: area.y + gap, height: area.height.saturating_sub(gap), ..area };
        frame.render_widget(self.tabs(area.width as usize, theme), Rect { height: area.height.min(1), ..area });
        let stats = Self::stats(cx);
        let sheet = Sheet { theme, width: below.width as usize, height: below.height as usize };
        let mut scroll = self.scroll;
        let mut cursor = self.scroll;
        let lines = match self.page() {
            Page::Areas => areas::lines(&stats, &sheet),
            Page::Topics => topics::lines(&stats, &sheet),
            Page::Days => days::lines(&stats, &sheet),
            Page::Recall => recall::lines(&stats, &sheet),
            Page::Sureness => sureness::lines(&stats, &sheet, cx.settings().ask_confidence),
            Page::Shaky => {
                let selected = self.selected.min(stats.weakest.len().saturating_sub(1));
                let shown = shaky::lines(&stats, &sheet, selected);
                cursor = shown.focus;
                // One row more, because the mark of more below would lie over the rule's figures.
                scroll = (shown.span.end + 1).saturating_sub(sheet.height).min(shown.span.start);
                shown.lines
            }
        };
        self.deepest.set(lines.len().saturating_sub(sheet.height));
        scrolled(frame, below, lines, scroll, Some(cursor), theme);
    }
}
