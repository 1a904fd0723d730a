//! Before an exam: how long, how much time, and what it will hold.

use crate::core::calendar::words;
use crate::core::event::ExamLength;
use crate::core::form::{FormRequest, Supply, supply};
use crate::core::settings::TimeFactor;
use crate::tui::keys::{Key, moved};
use crate::tui::layout::{column, scrolled};
use crate::tui::screen::{Context, Effect, Hint, Screen, hint};
use crate::tui::text::paragraph;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use std::cell::Cell;
use std::time::Duration;

const LENGTHS: [ExamLength; 3] = [ExamLength::Full, ExamLength::Half, ExamLength::Mini];
const ROWS: usize = LENGTHS.len() + 2;

/// The choice of an exam.
pub struct ExamSetup {
    row: usize,
    time: TimeFactor,
    supplies: Vec<Supply>,
    scroll: usize,
    deepest: Cell<usize>,
}

impl ExamSetup {
    /// Opens with the settings' time and the full exam chosen.
    pub fn new(cx: &Context<'_>) -> Self {
        let category = cx.settings().category;
        let supplies = LENGTHS.iter().map(|l| supply(cx.library(), cx.progress(), category, *l)).collect();
        Self { row: 0, time: cx.settings().time_factor, supplies, scroll: 0, deepest: Cell::new(0) }
    }

    fn length(&self) -> Option<ExamLength> {
        LENGTHS.get(self.row).copied()
    }

    fn change_time(&mut self, by: isize) {
        let place = TimeFactor::ALL.iter().position(|t| *t == self.time).unwrap_or(0);
        self.time = TimeFactor::ALL[moved(place, by, TimeFactor::ALL.len())];
    }

    fn begin(length: ExamLength, time: TimeFactor, cx: &Context<'_>) -> Vec<Effect> {
        let request = FormRequest { category: cx.settings().category, length, time, seed: cx.seed, name: None };
        vec![Effect::StartExam(request)]
    }

    /// What a length is, in words; in few, where the window is narrow.
    fn describe(&self, n: usize, cx: &Context<'_>, width: usize) -> String {
        let figures = cx.library().outline().exams.get(&cx.settings().category);
        let (items, minutes): (usize, u32) = figures.map_or((0, 0), |f| (f.items, f.section_minutes.iter().sum()));
        let drawn = self.supplies[n].drawn();
        let limit = self.time.multiple().map_or_else(
            || "no time limit".to_owned(),
            |m| {
                let seconds = f64::from(minutes) * 60.0 / items.max(1) as f64 * drawn as f64 * m;
                words(Duration::from_secs_f64(seconds))
            },
        );
        let (name, about) = match LENGTHS[n] {
            ExamLength::Full => ("Full", "two sections and a break, "),
            ExamLength::Half => ("Half", "one section, "),
            ExamLength::Mini | ExamLength::Items(_) => ("Mini", "a first impression, "),
        };
        format!("{name}    {}{drawn} questions, {limit}", if width < 60 { "" } else { about })
    }
}

impl Screen for ExamSetup {
    fn title(&self, cx: &Context<'_>) -> String {
        format!("Mock exam · {}", cx.settings().category.title())
    }

    fn hints(&self, _cx: &Context<'_>) -> Vec<Hint> {
        vec![
            hint("Enter", "begin"),
            hint("↑↓", "choose"),
            hint("←→", "time"),
            hint("Esc", "back"),
            hint("Space", "read on"),
        ]
    }

    fn help(&self) -> &'static str {
        "A mock exam is drawn by the outline's weights from questions you have not seen yet, as far as there are any. No rule is asked twice. The answers are shown at the end."
    }

    fn act(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        match key {
            Key::Esc => return vec![Effect::Back],
            Key::Left => self.change_time(-1),
            Key::Right => self.change_time(1),
            Key::Enter | Key::Char(' ') if self.row == LENGTHS.len() => {
                let place = TimeFactor::ALL.iter().position(|t| *t == self.time).unwrap_or(0);
                self.time = TimeFactor::ALL[(place + 1) % TimeFactor::ALL.len()];
            }
            Key::Enter => return self.length().map_or_else(|| vec![Effect::Back], |l| Self::begin(l, self.time, cx)),
            Key::Char(' ') | Key::PageDown => self.scroll = (self.scroll + 5).min(self.deepest.get()),
            Key::PageUp => self.scroll = self.scroll.saturating_sub(5),
            Key::Tab => {
                self.row = (self.row + 1) % ROWS;
                self.scroll = 0;
            }
            key => {
                if let Some(step) = key.step() {
                    self.row = moved(self.row, step, ROWS);
                    self.scroll = 0;
                }
            }
        }
        vec![]
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>) {
        let theme = &cx.theme;
        let area = column(area);
        let width = area.width as usize;
        let mut lines = vec![Line::styled("Which exam?", theme.strong), Line::default()];
        let mut cursor = 0;
        for n in 0..ROWS {
            let text = match n {
                n if n < LENGTHS.len() => self.describe(n, cx, width),
                n if n == LENGTHS.len() => format!("Time    {} (←→ changes it)", self.time.title()),
                _ => "Back".to_owned(),
            };
            if n == self.row {
                cursor = lines.len();
            }
            let style = if n == self.row { theme.strong.patch(theme.focus) } else { theme.text };
            lines.push(Line::from(Span::styled(crate::tui::text::cut(&format!(" {text} "), width), style)));
        }
        lines.push(Line::default());
        if let Some(supply) = self.supplies.get(self.row) {
            if let Some(short) = supply.words() {
                lines.extend(paragraph(&short, width, theme.warning));
            }
            let unseen: usize = supply.areas.iter().map(|a| a.unseen.min(a.drawn)).sum();
            if supply.drawn() > 0 && unseen < supply.drawn() {
                let words = format!(
                    "{unseen} of these questions are new to you; the others you have met before, so your score will look better than it is.",
                );
                lines.extend(paragraph(&words, width, theme.text));
            }
            let note = match LENGTHS[self.row] {
                ExamLength::Full => {
                    "The full exam follows the real one: scored and unscored questions mixed, each section closed for good once handed in, a break of up to ten minutes."
                }
                ExamLength::Half => "As long as one section of the full exam.",
                ExamLength::Mini | ExamLength::Items(_) => {
                    "A short exam says little about your score. It shows you the exam room."
                }
            };
            lines.extend(paragraph(note, width, theme.quiet));
        }
        self.deepest.set(lines.len().saturating_sub(area.height as usize));
        // A window too low even for the rows still shows the chosen one.
        let scroll = self.scroll.max((cursor + 1).saturating_sub(area.height as usize));
        scrolled(frame, area, lines, scroll, Some(cursor), theme);
    }
}
