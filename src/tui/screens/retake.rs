//! The result of a real exam: typed in by area, kept for comparison, and what it means for practice.

use crate::core::bank::Category;
use crate::core::calendar::StudyDay;
use crate::core::event::{Fact, RealResult};
use crate::core::report::difference_words;
use crate::core::retake::{failed, parse_count, parse_past_day, since};
use crate::desk::Desk;
use crate::tui::keys::Key;
use crate::tui::layout::{column, scrolled};
use crate::tui::screen::{Context, Effect, Hint, Screen, hint};
use crate::tui::text::{fitted, hanging, paragraph};
use crate::tui::text_field::TextField;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use std::collections::BTreeMap;

/// The longest entry, in characters.
const LONGEST: usize = 20;

/// The width of a row's name.
const NAME: usize = 28;

/// A result that is being typed in.
pub struct Retake {
    row: usize,
    date: TextField,
    passed: bool,
    /// One for each area of the outline.
    areas: Vec<TextField>,
    /// What must be typed instead.
    trouble: Option<String>,
    /// Whether a result is being typed in; otherwise the stored one is compared.
    typing: bool,
}

impl Retake {
    /// Shows the last result that was not passed, or asks for one.
    pub fn new(desk: &Desk, today: StudyDay) -> Self {
        let areas = desk.library.outline().areas.iter().map(|_| TextField::holding("", LONGEST)).collect();
        let date = TextField::holding(&today.date().to_string(), LONGEST);
        let typing = failed(&desk.progress, desk.progress.settings.category).is_none();
        Self { row: 1, date, passed: false, areas, trouble: None, typing }
    }

    fn category(cx: &Context<'_>) -> Category {
        cx.settings().category
    }

    /// The result that is compared, where none is being typed in.
    fn stored<'a>(&self, cx: &Context<'a>) -> Option<&'a RealResult> {
        failed(cx.progress(), Self::category(cx)).filter(|_| !self.typing)
    }

    fn rows(&self) -> usize {
        self.areas.len() + 3
    }

    fn field(&mut self) -> Option<&mut TextField> {
        match self.row {
            0 => Some(&mut self.date),
            1 => None,
            row => self.areas.get_mut(row - 2),
        }
    }

    fn result(&mut self, cx: &Context<'_>) -> Result<RealResult, String> {
        let date = parse_past_day(&self.date.text, cx.today()).inspect_err(|_| self.row = 0)?;
        let mut areas = BTreeMap::new();
        for (n, (field, area)) in self.areas.iter().zip(&cx.library().outline().areas).enumerate() {
            match parse_count(&field.text) {
                Ok(Some(count)) => drop(areas.insert(area.code.clone(), count)),
                Ok(None) => {}
                Err(trouble) => {
                    self.row = n + 2;
                    return Err(format!("{}: {trouble}", area.name));
                }
            }
        }
        Ok(RealResult { date, category: Self::category(cx), passed: self.passed, areas })
    }

    fn save(&mut self, cx: &Context<'_>) -> Vec<Effect> {
        match self.result(cx) {
            Ok(result) => {
                self.typing = false;
                let words = match (result.passed, result.areas.is_empty()) {
                    (true, _) => "Saved. Congratulations.",
                    (false, true) => "Saved. With the numbers by area, practice could lean to them.",
                    (false, false) => "Saved. New rules and short exams now lean to where the points were lost.",
                };
                let done = result.passed || result.areas.is_empty();
                let mut effects = vec![Effect::Log(vec![Fact::RealResult(result)])];
                effects.extend(done.then_some(Effect::Back));
                effects.push(Effect::Notice(words.into()));
                effects
            }
            Err(trouble) => {
                self.trouble = Some(trouble);
                vec![]
            }
        }
    }

    fn entry_lines(&self, cx: &Context<'_>, width: usize) -> (Vec<Line<'static>>, usize) {
        let theme = &cx.theme;
        let mut lines =
            paragraph("Type in what the report of your real exam says. It stays on this computer.", width, theme.text);
        lines.push(Line::default());
        let head = lines.len();
        let areas = cx.library().outline().areas.iter().map(|a| a.name.clone());
        let passed = if self.passed { "passed" } else { "not passed" };
        let mut rows = vec![("Day of the exam".to_owned(), self.date.text.clone()), ("Result".into(), passed.into())];
        rows.extend(areas.zip(&self.areas).map(|(name, field)| (name, field.text.clone())));
        let name = NAME.min(width / 2);
        for (n, (title, value)) in rows.into_iter().enumerate() {
            let mark = if n == self.row { "▏" } else { "" };
            let style = if n == self.row { theme.strong.patch(theme.focus) } else { theme.text };
            lines.push(Line::from(vec![
                Span::styled(format!(" {}", fitted(&title, name)), style),
                Span::styled(format!(" {value}{mark}"), theme.strong),
            ]));
        }
        let style = if self.row + 1 == self.rows() { theme.strong.patch(theme.focus) } else { theme.text };
        lines.push(Line::styled(" Save ", style));
        lines.push(Line::default());
        let words = match (&self.trouble, self.row) {
            (Some(trouble), _) => return (with(lines, paragraph(trouble, width, theme.warning)), head + self.row),
            (None, 0) => "Such as 11/20/2026.",
            (None, 1) => "←→ changes it.",
            (None, row) if row + 1 == self.rows() => "Enter saves it. Areas may stay empty.",
            _ => "Right answers of all, such as 24 of 40; leave it empty if the report does not say.",
        };
        (with(lines, paragraph(words, width, theme.quiet)), head + self.row)
    }

    /// Before and after, by area.
    fn compared(result: &RealResult, cx: &Context<'_>, width: usize) -> Vec<Line<'static>> {
        let theme = &cx.theme;
        let mut lines = vec![Line::styled(format!("The exam of {}", result.date), theme.strong)];
        for change in since(cx.library(), cx.progress(), result) {
            lines.push(Line::default());
            lines.push(Line::styled(change.name, theme.title));
            let before = format!("In the exam {} of {}.", change.before.right, change.before.of);
            let after = match change.after.of {
                0 => "No new question of this area since.".to_owned(),
                of => format!(
                    "New questions since: {} of {of}, likely {}. {}",
                    change.after.right,
                    change.after.range_words(),
                    difference_words(&change.after, &change.before).unwrap_or_default()
                ),
            };
            lines.extend(hanging(vec![Span::raw("  ")], &format!("{before} {after}"), width, theme.text));
        }
        lines.push(Line::default());
        lines.extend(paragraph(
            "New rules, practice and short exams lean to the areas where the points were lost; full exams keep the weights of the real one.",
            width,
            theme.quiet,
        ));
        lines
    }
}

fn with(mut lines: Vec<Line<'static>>, more: Vec<Line<'static>>) -> Vec<Line<'static>> {
    lines.extend(more);
    lines
}

impl Screen for Retake {
    fn title(&self, cx: &Context<'_>) -> String {
        format!("Real exam · {}", Self::category(cx).title())
    }

    fn hints(&self, cx: &Context<'_>) -> Vec<Hint> {
        if self.stored(cx).is_some() {
            return vec![hint("n", "type in another result"), hint("Esc", "back")];
        }
        let enter = if self.row + 1 == self.rows() { "save" } else { "next" };
        vec![hint("Enter", enter), hint("↑↓", "choose"), hint("Esc", "back")]
    }

    fn help(&self) -> &'static str {
        "The report of an exam that was not passed tells the right answers of each area. Typed in here, they let practice lean to where the points were lost, and later you see beside them how new questions of each area have gone since."
    }

    fn takes_text(&self) -> bool {
        self.typing && self.row != 1 && self.row + 1 < self.rows()
    }

    fn act(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        if self.stored(cx).is_some() {
            match key {
                Key::Char('n') => *self = Self { typing: true, ..Self::new(cx.desk, cx.today()) },
                Key::Esc | Key::Enter => return vec![Effect::Back],
                _ => {}
            }
            return vec![];
        }
        self.trouble = None;
        match key {
            Key::Esc => return vec![Effect::Back],
            Key::Enter if self.row + 1 == self.rows() => return self.save(cx),
            Key::Enter | Key::Down | Key::Tab => self.row = (self.row + 1).min(self.rows() - 1),
            Key::Up | Key::BackTab => self.row = self.row.saturating_sub(1),
            Key::Left | Key::Right | Key::Char(' ') if self.row == 1 => self.passed = !self.passed,
            key => {
                if let Some(field) = self.field() {
                    field.press(key);
                }
            }
        }
        vec![]
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>) {
        let area = column(area);
        let width = area.width as usize;
        if let Some(result) = self.stored(cx) {
            scrolled(frame, area, Self::compared(result, cx, width), 0, Some(0), &cx.theme);
            return;
        }
        let (lines, cursor) = self.entry_lines(cx, width);
        let scroll = (cursor + 4).saturating_sub(area.height as usize);
        scrolled(frame, area, lines, scroll, Some(cursor), &cx.theme);
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::picture::Script;

    fn typed(text: &str) -> String {
        text.chars().map(|c| if c == ' ' { "<space> ".to_owned() } else { format!("{c} ") }).collect()
    }

    fn at_areas() -> Script {
        Script::new().keys("m <end> <up> <enter> <enter>")
    }

    #[test]
    fn a_report_is_typed_in_and_stands_beside_what_came_since() {
        let keys =
            format!("{} <enter> {} <enter> {} <enter> <enter>", typed("30 of 40"), typed("15/35"), typed("25/35"));
        let script = at_areas().keys(&keys);
        let text = script.text(80, 30);
        assert!(
            text.contains("In the exam 15 of 35.") && text.contains("No new question of this area since."),
            "{text}"
        );
        assert_eq!(script.app.desk.progress.results.len(), 1);
    }

    #[test]
    fn a_slip_is_named_with_its_row_and_nothing_is_saved() {
        let script = at_areas().keys(&format!("{} <end> <down> <down> <down> <enter>", typed("40/30")));
        let text = script.text(80, 24);
        assert!(text.contains("Values and Ethics: The first number is at most the second"), "{text}");
        assert!(script.app.desk.progress.results.is_empty());
    }

    #[test]
    fn the_small_window_shows_the_row_that_is_typed_in() {
        let script = at_areas().keys(&format!("<down> <down> {}", typed("7/9")));
        let text = script.text(40, 12);
        assert!(text.contains("7/9"), "{text}");
    }
}
