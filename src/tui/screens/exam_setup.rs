//! Before an exam: how long, how much time, and what it will hold.

use super::retake::Retake;
use super::tutorial::Tutorial;
use crate::core::calendar::words;
use crate::core::event::ExamLength;
use crate::core::form::{FormRequest, SEEDS, Supply, limit_ms, supply};
use crate::core::reserve::{first_sight_exams, reserve};
use crate::core::settings::TimeFactor;
use crate::tui::keys::{Key, moved};
use crate::tui::layout::{column, scrolled};
use crate::tui::screen::{Context, Effect, Hint, Screen, hint};
use crate::tui::text::{count, paragraph};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use std::cell::Cell;
use std::time::Duration;

/// A half exam that is hardly shorter than the full one is no choice.
const WORTH_A_ROW: usize = 10;

/// The choice of an exam.
pub struct ExamSetup {
    row: usize,
    time: TimeFactor,
    strict: bool,
    /// The exams that can be chosen, and what the bank gives for each.
    lengths: Vec<(ExamLength, Supply)>,
    scroll: usize,
    deepest: Cell<usize>,
}

impl ExamSetup {
    /// Opens with the settings' time and the full exam chosen.
    pub fn new(cx: &Context<'_>) -> Self {
        let category = cx.settings().category;
        let of = |length| (length, supply(cx.library(), cx.progress(), category, length));
        let (full, half) = (of(ExamLength::Full), of(ExamLength::Half));
        let mut lengths = vec![];
        if half.1.drawn() + WORTH_A_ROW <= full.1.drawn() {
            lengths.push(half);
        }
        lengths.insert(0, full);
        lengths.push(of(ExamLength::Mini));
        Self { row: 0, time: cx.settings().time_factor, strict: false, lengths, scroll: 0, deepest: Cell::new(0) }
    }

    /// The row of the time.
    fn time_row(&self) -> usize {
        self.lengths.len()
    }

    /// The row of the clock.
    fn clock_row(&self) -> usize {
        self.lengths.len() + 1
    }

    /// The row of real exams; the one after it leads back.
    fn real_row(&self) -> usize {
        self.lengths.len() + 2
    }

    fn rows(&self) -> usize {
        self.lengths.len() + 4
    }

    fn length(&self) -> Option<ExamLength> {
        self.lengths.get(self.row).map(|(length, _)| *length)
    }

    fn change_time(&mut self, by: isize) {
        let place = TimeFactor::ALL.iter().position(|t| *t == self.time).unwrap_or(0);
        self.time = TimeFactor::ALL[moved(place, by, TimeFactor::ALL.len())];
    }

    fn begin(&self, length: ExamLength, cx: &Context<'_>) -> Vec<Effect> {
        let request = FormRequest {
            time: self.time,
            strict: self.strict,
            extra_breaks: cx.settings().extra_breaks,
            ..FormRequest::standard(cx.settings().category, length, cx.seed % SEEDS)
        };
        vec![Effect::Replace(Box::new(Tutorial::new(request)))]
    }

    /// What a length is, in words; in few, where the window is narrow.
    fn describe(&self, length: ExamLength, supply: &Supply, cx: &Context<'_>, width: usize) -> String {
        let drawn = supply.drawn();
        let figures = cx.library().outline().exams.get(&cx.settings().category);
        let limit = figures.and_then(|f| limit_ms(f, self.time, drawn)).map(Duration::from_millis);
        let limit = limit.map_or_else(|| "no time limit".to_owned(), words);
        let (name, about) = match length {
            ExamLength::Full => ("Full", "two sections and a break, "),
            ExamLength::Half => ("Half", "one section, "),
            ExamLength::Mini | ExamLength::Items(_) => ("Mini", "a first impression, "),
        };
        format!("{name}    {}{}, {limit}", if width < 60 { "" } else { about }, count(drawn, "question"))
    }

    /// What is new in the chosen exam, and what would be left after it.
    fn new_words(supply: &Supply, cx: &Context<'_>) -> String {
        let unseen = supply.unseen();
        let mut words = format!("{} of this exam would be new to you.", count(unseen, "question"));
        if unseen < supply.drawn() {
            words.push_str(" The others you have met; they make the score look better than it is.");
        }
        let exams = first_sight_exams(cx.library(), cx.progress(), cx.settings().category);
        words.push_str(" New questions for ");
        match exams {
            0 => words.push_str("a full exam are no longer left."),
            exams => {
                words.push_str(&count(exams, "full exam"));
                words.push_str(if exams == 1 { " are left: this one." } else { " are left, this one counted." });
            }
        }
        if let Some(short) = reserve(cx.library(), cx.progress()).words() {
            words.push(' ');
            words.push_str(&short);
        }
        words
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
            Key::Left | Key::Right | Key::Enter | Key::Char(' ') if self.row == self.clock_row() => {
                self.strict = !self.strict;
            }
            Key::Left => self.change_time(-1),
            Key::Right => self.change_time(1),
            Key::Enter | Key::Char(' ') if self.row == self.time_row() => {
                let place = TimeFactor::ALL.iter().position(|t| *t == self.time).unwrap_or(0);
                self.time = TimeFactor::ALL[(place + 1) % TimeFactor::ALL.len()];
            }
            Key::Enter if self.row == self.real_row() => {
                return vec![Effect::Open(Box::new(Retake::new(cx.desk, cx.today())))];
            }
            Key::Enter => return self.length().map_or_else(|| vec![Effect::Back], |l| self.begin(l, cx)),
            Key::Char(' ') | Key::PageDown => self.scroll = (self.scroll + 5).min(self.deepest.get()),
            Key::PageUp => self.scroll = self.scroll.saturating_sub(5),
            Key::Tab => {
                self.row = (self.row + 1) % self.rows();
                self.scroll = 0;
            }
            key => {
                if let Some(step) = key.step() {
                    self.row = moved(self.row, step, self.rows());
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
        for n in 0..self.rows() {
            let text = match self.lengths.get(n) {
                Some((length, supply)) => self.describe(*length, supply, cx, width),
                None if n == self.time_row() => format!("Time    {} (←→ changes it)", self.time.title()),
                None if n == self.clock_row() && self.strict => "Clock   strict: runs on if you leave".to_owned(),
                None if n == self.clock_row() => "Clock   waits for you if you leave".to_owned(),
                None if n == self.real_row() => "Result of a real exam".to_owned(),
                None => "Back".to_owned(),
            };
            if n == self.row {
                cursor = lines.len();
            }
            let style = if n == self.row { theme.strong.patch(theme.focus) } else { theme.text };
            lines.push(Line::from(Span::styled(crate::tui::text::cut(&format!(" {text} "), width), style)));
        }
        lines.push(Line::default());
        if let Some((length, supply)) = self.lengths.get(self.row) {
            if supply.drawn() > 0 {
                lines.extend(paragraph(&Self::new_words(supply, cx), width, theme.text));
            }
            if let Some(short) = supply.words() {
                lines.extend(paragraph(&short, width, theme.text));
            }
            if self.lengths.iter().all(|(length, _)| *length != ExamLength::Half) {
                lines.push(Line::styled("Half needs a larger bank.", theme.quiet));
            }
            let note = match length {
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

#[cfg(test)]
mod tests {
    use crate::core::library::Library;
    use crate::core::sample;
    use crate::core::settings::Setting;
    use crate::tui::picture::Script;

    #[test]
    fn what_is_new_and_what_remains_is_said_before() {
        let text = Script::new().keys("m").text(80, 24);
        assert!(text.contains("55 questions of this exam would be new to you."), "{text}");
        let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat(&text).contains("New questions for 3 full exams are left, this one counted."), "{text}");
        assert!(text.contains("not large enough for 122 questions yet"), "{text}");
        let through = format!("{} s y", "n ".repeat(30));
        let done = Script::new().keys(&format!("m <enter> <enter> {through} <enter> {through}"));
        let text = done.keys("<esc> m").text(80, 24);
        assert!(flat(&text).contains("New questions for 2 full exams are left"), "{text}");
    }

    #[test]
    fn half_is_no_choice_where_it_is_as_long_as_the_full_exam() {
        let script = Script::new().keys("m");
        let text = script.text(80, 24);
        assert!(text.contains("Half needs a larger bank.") && !text.contains("Half    "), "{text}");
        assert!(script.keys("<down> <enter> <enter>").text(80, 24).contains("1/30"), "the row below is the mini exam");
    }

    #[test]
    fn an_empty_bank_promises_nothing() {
        let empty = Library::new(sample::library().reference);
        let text = Script::with(empty, &[Setting::Welcomed], None).keys("m").text(80, 24);
        assert!(text.contains("0 questions") && !text.contains("new to you"), "{text}");
    }
}
