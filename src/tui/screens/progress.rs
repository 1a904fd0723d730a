//! What the answers say so far, one plot to a page, each with a sentence on what it means.

mod areas;
mod catches;
mod days;
mod gain;
mod kept;
mod map;
mod minutes;
mod outcomes;
mod recall;
mod shaky;
pub(super) mod sheet;
mod standing;
mod sureness;
#[cfg(test)]
mod tests;
mod topics;

use crate::core::bank::ObjectiveId;
use crate::core::calibration;
use crate::core::insight::CALENDAR_DAYS;
use crate::core::pick::questions_in;
use crate::core::recall_map;
use crate::tui::keys::{Key, moved};
use crate::tui::layout::{column, scrolled};
use crate::tui::screen::{Context, Effect, Hint, Later, Screen, hint};
use crate::tui::theme::Theme;
use kept::Kept;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use shaky::Rules;
use sheet::Sheet;
use std::cell::Cell;

/// A plot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    Standing,
    Gain,
    Shaky,
    Areas,
    Topics,
    Map,
    Recall,
    Sureness,
    Traps,
    Days,
    Minutes,
}

impl Page {
    const ALL: [Self; 11] = [
        Self::Standing,
        Self::Gain,
        Self::Shaky,
        Self::Areas,
        Self::Topics,
        Self::Map,
        Self::Recall,
        Self::Sureness,
        Self::Traps,
        Self::Days,
        Self::Minutes,
    ];

    fn title(self) -> &'static str {
        match self {
            Self::Standing => "Readiness",
            Self::Gain => "To gain",
            Self::Shaky => "Shaky rules",
            Self::Areas => "Areas",
            Self::Topics => "Topics",
            Self::Map => "Recall map",
            Self::Recall => "Recall ahead",
            Self::Sureness => "How sure",
            Self::Traps => "Traps",
            Self::Days => "Days",
            Self::Minutes => "Minutes",
        }
    }

    /// Whether a row of the page can be chosen.
    fn is_list(self) -> bool {
        matches!(self, Self::Gain | Self::Shaky | Self::Traps)
    }
}

/// The plots on the screen.
pub struct ProgressScreen {
    page: usize,
    scroll: usize,
    /// The marked row on a page with rows to choose.
    selected: usize,
    /// How far down the last drawing could be scrolled; drawing is the only place where the height is known.
    deepest: Cell<usize>,
    kept: Kept,
}

impl ProgressScreen {
    /// Opens with where she stands.
    pub fn new(_cx: &Context<'_>) -> Self {
        Self { page: 0, scroll: 0, selected: 0, deepest: Cell::new(0), kept: Kept::default() }
    }

    fn page(&self) -> Page {
        Page::ALL[self.page.min(Page::ALL.len() - 1)]
    }

    fn turn(&mut self, to: usize) {
        self.page = to % Page::ALL.len();
        self.scroll = 0;
        self.selected = 0;
    }

    fn act_on_rows(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        match self.page() {
            Page::Shaky => {
                let figures = self.kept.figures(cx);
                let rules = &figures.stats(cx).weakest;
                self.move_mark(key, rules.len());
                match key {
                    Key::Enter => {
                        let marked = rules.get(self.selected).map(|r| r.id.clone());
                        shaky::practice(marked.into_iter().collect(), cx)
                    }
                    Key::Char('a') => shaky::practice(rules.iter().map(|r| r.id.clone()).collect(), cx),
                    _ => vec![],
                }
            }
            Page::Gain => {
                let figures = self.kept.figures(cx);
                let rows = gain::rows(figures.gains(cx));
                self.move_mark(key, rows.len());
                match (key, rows.get(self.selected)) {
                    (Key::Enter, row) => {
                        shaky::practice(row.map_or_else(Vec::new, |gain| first(&gain.objectives, cx)), cx)
                    }
                    _ => vec![],
                }
            }
            _ => {
                let figures = self.kept.figures(cx);
                let (traps, _) = figures.catches(cx);
                self.move_mark(key, traps.len());
                if key == Key::Enter { catches::drill(traps.get(self.selected), cx) } else { vec![] }
            }
        }
    }

    fn move_mark(&mut self, key: Key, rows: usize) {
        self.selected = self.selected.min(rows.saturating_sub(1));
        if let Some(step) = key.step() {
            self.selected = moved(self.selected, step, rows);
        }
    }

    /// The names of the pages around the open one, which is marked: as many as fit.
    fn tabs(&self, width: usize, theme: &Theme) -> Line<'static> {
        let size = |n: usize| Page::ALL[n].title().len() + 3;
        let (mut from, mut to) = (self.page, self.page + 1);
        let mut used = size(self.page) + 4;
        loop {
            let after = (to < Page::ALL.len()).then(|| size(to)).filter(|more| used + more <= width);
            if let Some(more) = after {
                used += more;
                to += 1;
            }
            let before = from.checked_sub(1).map(size).filter(|more| used + more <= width);
            if let Some(more) = before {
                used += more;
                from -= 1;
            }
            if after.is_none() && before.is_none() {
                break;
            }
        }
        let mut spans = vec![Span::styled(if from > 0 { "‹ " } else { "" }, theme.key)];
        for page in &Page::ALL[from..to] {
            let style = if *page == self.page() { theme.strong.patch(theme.focus) } else { theme.quiet };
            spans.push(Span::styled(format!(" {} ", page.title()), style));
            spans.push(Span::raw(" "));
        }
        spans.push(Span::styled(if to < Page::ALL.len() { "›" } else { "" }, theme.key));
        Line::from(spans)
    }

    /// The open page's lines; of a page with rows also where the marked one is.
    fn lines(&self, sheet: &Sheet<'_>, cx: &Context<'_>) -> Result<Vec<Line<'static>>, Rules> {
        let (library, progress) = (cx.library(), cx.progress());
        let figures = self.kept.figures(cx);
        let stats = || figures.stats(cx);
        Ok(match self.page() {
            Page::Standing => standing::lines(figures.standing(cx), &figures.daily(cx), sheet),
            Page::Areas => areas::lines(stats(), sheet),
            Page::Topics => topics::lines(stats(), sheet),
            Page::Map => map::lines(&recall_map::recall_map(library, progress, cx.today()), sheet),
            Page::Recall => recall::lines(stats(), sheet),
            Page::Sureness => {
                let mut lines = sureness::lines(stats(), sheet, cx.settings().ask_confidence);
                let (outcomes, told) = figures.outcomes(cx);
                lines.extend(outcomes::lines(&calibration::by_area(library, progress), &outcomes, told, sheet));
                lines
            }
            Page::Days => days::lines(stats(), sheet),
            Page::Minutes => {
                let days = recall_map::minutes(progress, cx.today(), CALENDAR_DAYS);
                minutes::lines(&days, cx.settings().minutes_per_day, sheet)
            }
            Page::Gain => {
                let gains = figures.gains(cx);
                let selected = self.selected.min(gain::rows(gains).len().saturating_sub(1));
                return Err(gain::lines(gains, sheet, selected));
            }
            Page::Traps => {
                let (traps, words) = figures.catches(cx);
                let selected = self.selected.min(traps.len().saturating_sub(1));
                return Err(catches::lines(traps, words, sheet, selected));
            }
            Page::Shaky => {
                let stats = stats();
                let selected = self.selected.min(stats.weakest.len().saturating_sub(1));
                return Err(shaky::lines(stats, sheet, selected));
            }
        })
    }
}

/// The first rules of a list, as many as fit in a day.
fn first(rules: &[ObjectiveId], cx: &Context<'_>) -> Vec<ObjectiveId> {
    let fit = questions_in(cx.progress(), cx.settings().minutes_per_day);
    rules.iter().take(fit).cloned().collect()
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
        match self.page() {
            Page::Shaky => hints.extend([hint("Enter", "practice"), hint("a", "all"), hint("↑↓", "choose")]),
            Page::Gain => hints.extend([hint("Enter", "practice"), hint("↑↓", "choose")]),
            Page::Traps => hints.extend([hint("Enter", "drill"), hint("↑↓", "choose")]),
            _ => hints.push(hint("↑↓", "scroll")),
        }
        hints.push(hint("w", "weakest"));
        hints.extend([hint("Esc", "back"), hint("0–9", "go to a page")]);
        hints
    }

    fn help(&self) -> &'static str {
        "w practices those of the rules you have met that are likely to gain you most points. Shares of questions that were new to you say how you would do on new questions; repeats do not. The fewer answers there are, the wider the range. Recall is an estimate from when you last met each rule and how it went."
    }

    fn act(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        let pages = Page::ALL.len();
        match key {
            Key::Esc => return vec![Effect::Back],
            Key::Right | Key::Tab => self.turn(self.page + 1),
            Key::Left | Key::BackTab => self.turn(self.page + pages - 1),
            Key::Char('0') => self.turn(9),
            Key::Char(c @ '1'..='9') => self.turn(c as usize - '1' as usize),
            Key::Char('w') => return shaky::practice(self.kept.figures(cx).gains(cx).weakest(), cx),
            key if self.page().is_list() => return self.act_on_rows(key, cx),
            key => self.scroll = key.scrolled(self.scroll, self.deepest.get()),
        }
        vec![]
    }

    fn later(&mut self, cx: &Context<'_>) -> Later {
        match self.page() {
            Page::Standing => self.kept.figures(cx).next_day(cx),
            Page::Sureness => self.kept.figures(cx).next_outcome(cx),
            _ => Later::Nothing,
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>) {
        let area = column(area);
        let theme = &cx.theme;
        let gap = if area.height >= 16 { 2 } else { 1 };
        let below = Rect { y: area.y + gap, height: area.height.saturating_sub(gap), ..area };
        frame.render_widget(self.tabs(area.width as usize, theme), Rect { height: area.height.min(1), ..area });
        let sheet = Sheet { theme, width: below.width as usize, height: below.height as usize };
        let (lines, scroll, cursor) = match self.lines(&sheet, cx) {
            Ok(lines) => (lines, self.scroll, self.scroll),
            Err(shown) => {
                // One row more, because the mark of more below would lie over the row's figures.
                let scroll = (shown.span.end + 1).saturating_sub(sheet.height).min(shown.span.start);
                (shown.lines, scroll, shown.focus)
            }
        };
        self.deepest.set(lines.len().saturating_sub(sheet.height));
        scrolled(frame, below, lines, scroll, Some(cursor), theme);
    }
}
