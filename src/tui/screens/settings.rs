//! The learner's choices. Each change is saved as it is made.

use crate::core::bank::Category;
use crate::core::calendar::StudyDay;
use crate::core::event::Fact;
use crate::core::settings::{Setting, Settings, Spacing, ThemeName, TimeFactor};
use crate::tui::date_field::{DateField, Typed, echo, stepped};
use crate::tui::keys::{Key, moved};
use crate::tui::layout::{column, scrolled};
use crate::tui::screen::{Context, Effect, Hint, Screen, hint};
use crate::tui::text::{count, cut, paragraph, window};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Cells of a row's name.
const NAME: usize = 19;
/// Minutes a day move by so many.
const MINUTES_STEP: u16 = 5;

/// The most lines that the words about a choice need in the small window.
const WORDS: usize = 3;

/// A choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    Exam,
    Date,
    Minutes,
    Sureness,
    Time,
    Clock,
    Breaks,
    Reserve,
    Layout,
    Colors,
}

impl Row {
    const ALL: [Self; 10] = [
        Self::Exam,
        Self::Date,
        Self::Minutes,
        Self::Sureness,
        Self::Time,
        Self::Clock,
        Self::Breaks,
        Self::Reserve,
        Self::Layout,
        Self::Colors,
    ];

    fn title(self) -> &'static str {
        match self {
            Self::Exam => "Exam",
            Self::Date => "Exam date",
            Self::Minutes => "Minutes a day",
            Self::Sureness => "Ask how sure I am",
            Self::Time => "Time in exams",
            Self::Clock => "Hide the clock",
            Self::Breaks => "Extra breaks",
            Self::Reserve => "Kept for exams",
            Self::Layout => "Options",
            Self::Colors => "Colors",
        }
    }

    /// What the choice does; at most three lines of forty cells.
    fn words(self) -> &'static str {
        match self {
            Self::Exam => "Questions and weights follow this exam. Your answers stay when you change it.",
            Self::Date => "Enter types a date, ←→ moves it by a day. Empty is no date.",
            Self::Minutes => "How long a day's study is. You can stop at any moment and go on after.",
            Self::Sureness => "One key press with each answer. A lucky guess then comes back sooner.",
            Self::Time => "For mock exams that you begin from now on, if you have extra time.",
            Self::Clock => "In exams the time left shows only in the last minutes; t tells it.",
            Self::Breaks => "In exams with the clock stopped, if they were granted to you.",
            Self::Reserve => "So many full exams of new questions are kept out of study.",
            Self::Layout => "How a question is laid out, in study and in exams.",
            Self::Colors => "auto keeps your terminal's colors. You see the choice at once.",
        }
    }

    fn value(self, settings: &Settings) -> String {
        let yes_no = |on| if on { "yes" } else { "no" }.to_owned();
        match self {
            Self::Exam => settings.category.title().into(),
            Self::Date => settings.exam_date.map_or_else(|| "none".into(), |d| d.to_string()),
            Self::Minutes => settings.minutes_per_day.to_string(),
            Self::Sureness => yes_no(settings.ask_confidence),
            Self::Time => settings.time_factor.title().into(),
            Self::Clock => yes_no(settings.hide_clock),
            Self::Breaks => settings.extra_breaks.to_string(),
            Self::Reserve => count(usize::from(settings.reserve), "full exam"),
            Self::Layout => settings.spacing.title().into(),
            Self::Colors => settings.theme.id().into(),
        }
    }

    /// The choice one step on or back. At the ends it stays, or begins anew where `round` is set.
    fn stepped(self, settings: &Settings, by: isize, round: bool, today: StudyDay) -> Setting {
        match self {
            Self::Exam => Setting::Category(neighbor(&Category::ALL, settings.category, by, round)),
            Self::Date => Setting::ExamDate(Some(stepped(settings.exam_date, by as i32, today))),
            Self::Minutes => Setting::MinutesPerDay(more_minutes(settings.minutes_per_day, by)),
            Self::Sureness => Setting::AskConfidence(!settings.ask_confidence),
            Self::Time => Setting::TimeFactor(neighbor(&TimeFactor::ALL, settings.time_factor, by, round)),
            Self::Clock => Setting::HideClock(!settings.hide_clock),
            Self::Breaks => Setting::ExtraBreaks(number(settings.extra_breaks, by, Settings::MOST_EXTRA_BREAKS, round)),
            Self::Reserve => Setting::Reserve(number(settings.reserve, by, Settings::MOST_RESERVE, round)),
            Self::Layout => Setting::Spacing(neighbor(&Spacing::ALL, settings.spacing, by, round)),
            Self::Colors => Setting::Theme(neighbor(&ThemeName::ALL, settings.theme, by, round)),
        }
    }
}

fn neighbor<T: Copy + PartialEq>(all: &[T], now: T, by: isize, round: bool) -> T {
    let place = all.iter().position(|t| *t == now).unwrap_or(0);
    let next = if round { (place + 1) % all.len() } else { moved(place, by, all.len()) };
    all.get(next).copied().unwrap_or(now)
}

/// A number from 0 to `most`, one step on or back.
fn number(now: u8, by: isize, most: u8, round: bool) -> u8 {
    let all: Vec<u8> = (0..=most).collect();
    neighbor(&all, now, by, round)
}

/// Minutes a day one step on or back, in whole steps and inside their range.
pub fn more_minutes(minutes: u16, by: isize) -> u16 {
    let next = if by > 0 {
        (minutes / MINUTES_STEP + 1) * MINUTES_STEP
    } else {
        (minutes.div_ceil(MINUTES_STEP).saturating_sub(1)) * MINUTES_STEP
    };
    next.clamp(*Settings::MINUTES.start(), *Settings::MINUTES.end())
}

/// How far off a date is, in words.
fn distance(date: Option<jiff::civil::Date>, today: StudyDay) -> String {
    match date.map(|d| StudyDay::of(d).since(today)) {
        None => String::new(),
        Some(0) => "today".into(),
        Some(days @ 1..) => format!("in {}", count(days as usize, "day")),
        Some(_) => "over".into(),
    }
}

/// The choices on the screen.
pub struct SettingsScreen {
    row: usize,
    /// The date while it is typed.
    typing: Option<DateField>,
}

impl SettingsScreen {
    /// Opens with the first choice in focus.
    pub fn new(_cx: &Context<'_>) -> Self {
        Self { row: 0, typing: None }
    }

    fn row(&self) -> Row {
        Row::ALL[self.row.min(Row::ALL.len() - 1)]
    }

    fn change(&self, by: isize, round: bool, cx: &Context<'_>) -> Vec<Effect> {
        set(self.row().stepped(cx.settings(), by, round, cx.today()), cx)
    }

    fn act_on_typing(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        let Some(field) = self.typing.as_mut() else { return vec![] };
        match field.press(key, cx.today()) {
            Typed::More => vec![],
            Typed::Cancelled => {
                self.typing = None;
                vec![]
            }
            Typed::Entered(date) => {
                self.typing = None;
                set(Setting::ExamDate(date), cx)
            }
        }
    }

    fn type_date(&mut self, key: Key, cx: &Context<'_>) {
        let mut field = match key {
            Key::Char(_) => DateField::default(),
            _ => DateField::holding(cx.settings().exam_date),
        };
        if key != Key::Enter {
            field.press(key, cx.today());
        }
        self.typing = Some(field);
    }
}

/// Logs a choice, if it is another than before.
fn set(setting: Setting, cx: &Context<'_>) -> Vec<Effect> {
    let mut changed = cx.settings().clone();
    changed.apply(&setting);
    if changed == *cx.settings() { vec![] } else { vec![Effect::Log(vec![Fact::Set(setting)])] }
}

impl Screen for SettingsScreen {
    fn title(&self, _cx: &Context<'_>) -> String {
        "Settings".into()
    }

    fn status(&self, _cx: &Context<'_>) -> String {
        if self.typing.is_some() { String::new() } else { "saved as you change them".into() }
    }

    fn hints(&self, _cx: &Context<'_>) -> Vec<Hint> {
        if self.typing.is_some() {
            return vec![hint("Enter", "save"), hint("Esc", "cancel"), hint("Backspace", "delete")];
        }
        let mut hints = vec![hint("←→", "change"), hint("Esc", "back"), hint("↑↓", "choose")];
        match self.row() {
            Row::Date => hints.extend([hint("Enter", "type a date"), hint("+ -", "a day on or back")]),
            _ => hints.push(hint("Enter", "next value")),
        }
        hints
    }

    fn help(&self) -> &'static str {
        "Every change is saved at once and can be changed again at any time. Nothing here deletes answers. Dates are typed as 2027-01-12, 1/12/2027 or Jan 12 2027."
    }

    fn takes_text(&self) -> bool {
        self.typing.is_some()
    }

    fn act(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        if self.typing.is_some() {
            return self.act_on_typing(key, cx);
        }
        match (key, self.row()) {
            (Key::Esc, _) => return vec![Effect::Back],
            (Key::Enter | Key::Backspace | Key::Char('0'..='9'), Row::Date) => self.type_date(key, cx),
            (Key::Enter | Key::Char(' '), _) => return self.change(1, self.row() != Row::Date, cx),
            (Key::Right | Key::Char('+' | '='), _) => return self.change(1, false, cx),
            (Key::Left | Key::Char('-'), _) => return self.change(-1, false, cx),
            (Key::Tab, _) => self.row = (self.row + 1) % Row::ALL.len(),
            (Key::BackTab, _) => self.row = (self.row + Row::ALL.len() - 1) % Row::ALL.len(),
            (key, _) => {
                if let Some(step) = key.step() {
                    self.row = moved(self.row, step, Row::ALL.len());
                }
            }
        }
        vec![]
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>) {
        let theme = &cx.theme;
        let area = column(area);
        let width = area.width as usize;
        let mut lines = vec![];
        // Where not all rows fit beside the words, those around the chosen one are shown.
        let rows = window(self.row, Row::ALL.len(), (area.height as usize).saturating_sub(WORDS));
        let cursor = self.row - rows.start;
        for row in Row::ALL[rows].iter().copied() {
            let focus = row == self.row();
            let style = if focus { theme.strong.patch(theme.focus) } else { theme.text };
            let mut text = format!(" {:<NAME$}", row.title());
            match self.typing.as_ref().filter(|_| focus) {
                Some(field) => text.push_str(&field.text),
                None => text.push_str(&row.value(cx.settings())),
            }
            let mut spans = vec![Span::styled(cut(&format!("{text} "), width), style)];
            if row == Row::Date && self.typing.is_none() {
                let room = width.saturating_sub(text.len() + 2);
                spans.push(Span::styled(
                    cut(&format!(" {}", distance(cx.settings().exam_date, cx.today())), room),
                    theme.quiet,
                ));
            }
            lines.push(Line::from(spans));
        }
        if area.height as usize > Row::ALL.len() + WORDS {
            lines.push(Line::default());
        }
        match self.typing.as_ref() {
            Some(DateField { trouble: Some(trouble), .. }) => lines.extend(paragraph(trouble, width, theme.warning)),
            Some(field) => {
                let words = echo(&field.text, cx.today())
                    .unwrap_or_else(|| "Such as 1/12/2027 or Jan 12 2027; nothing for no date.".into());
                lines.extend(paragraph(&words, width, theme.text));
            }
            None => lines.extend(paragraph(self.row().words(), width, theme.text)),
        }
        scrolled(frame, area, lines, 0, Some(cursor), theme);
        if let Some(field) = &self.typing {
            let x = (1 + NAME + field.text.len()).min(width.saturating_sub(1)) as u16;
            if cursor < area.height as usize {
                frame.set_cursor_position((area.x + x, area.y + cursor as u16));
            }
        }
    }
}

#[cfg(test)]
mod tests;
