//! The page before the clock starts: what can be done in the exam, and by which key.

use super::exam_setup::ExamSetup;
use crate::core::form::FormRequest;
use crate::paper::room;
use crate::tui::keys::Key;
use crate::tui::layout::{column, scrolled};
use crate::tui::screen::{Context, Effect, Hint, Screen, hint};
use crate::tui::text::{hanging, paragraph};
use crate::tui::theme::Theme;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use std::cell::Cell;

/// What is explained before an exam.
pub struct Tutorial {
    request: FormRequest,
    scroll: usize,
    deepest: Cell<usize>,
}

impl Tutorial {
    /// The page before that exam.
    pub fn new(request: FormRequest) -> Self {
        Self { request, scroll: 0, deepest: Cell::new(0) }
    }

    fn lines(&self, theme: &Theme, width: usize) -> Vec<Line<'static>> {
        let mut lines = paragraph(room::BEFORE, width, theme.strong);
        let mut table = |title: &'static str, keys: &[(&str, &str)]| {
            lines.push(Line::default());
            lines.push(Line::styled(title, theme.title));
            for (key, words) in keys {
                let head = vec![Span::styled(format!("  {key:<9}"), theme.key)];
                lines.extend(hanging(head, words, width, theme.text));
            }
        };
        table(
            "In the exam",
            &[
                ("a b c", "answer; another letter changes it, Backspace clears it"),
                ("Enter n", "next question; p goes back"),
                ("f", "flag for a second look"),
                ("x", "strike an option out, or bring it back"),
                ("g", "all questions of the section: unanswered, flagged, jump"),
                ("r", "a break"),
                ("s", "hand the section in"),
            ],
        );
        table(
            "Help of this program, which the real exam may not have",
            &[
                ("h", "highlight words"),
                ("w", "write a note"),
                ("v", "more room, or one option at a time"),
                ("A B C", "answer, and say that you are sure"),
                ("u", "mark an answer as a guess"),
            ],
        );
        lines.push(Line::default());
        for rule in room::rules(self.request.length, self.request.strict) {
            lines.extend(paragraph(rule, width, theme.text));
        }
        lines.push(Line::default());
        lines.push(Line::styled("Enter  begin the exam", theme.key));
        lines
    }
}

impl Screen for Tutorial {
    fn title(&self, _cx: &Context<'_>) -> String {
        "Before the exam begins".into()
    }

    fn hints(&self, _cx: &Context<'_>) -> Vec<Hint> {
        vec![hint("Enter", "begin"), hint("↑↓", "scroll"), hint("Esc", "back")]
    }

    fn help(&self) -> &'static str {
        "Nothing runs here. Enter draws the questions and starts the clock."
    }

    fn act(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        match key {
            Key::Enter => vec![Effect::StartExam(self.request.clone())],
            Key::Esc => vec![Effect::Replace(Box::new(ExamSetup::new(cx)))],
            key => {
                self.scroll = key.scrolled(self.scroll, self.deepest.get());
                vec![]
            }
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>) {
        let area = column(area);
        let lines = self.lines(&cx.theme, area.width as usize);
        self.deepest.set(lines.len().saturating_sub(area.height as usize));
        scrolled(frame, area, lines, self.scroll, Some(self.scroll), &cx.theme);
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::picture::Script;

    #[test]
    fn the_clock_starts_only_after_it() {
        let script = Script::new().keys("m <down> <enter>").pass(3600);
        assert!(script.text(80, 40).contains("The clock starts when the exam begins."));
        let script = script.keys("<enter>");
        assert!(script.text(80, 24).contains("1/30"), "{}", script.text(80, 24));
        assert_eq!(script.app.desk.progress.exams.len(), 1);
    }

    #[test]
    fn escape_leads_back_to_the_choice_and_begins_nothing() {
        let script = Script::new().keys("m <down> <enter> <esc>");
        assert!(script.text(80, 24).contains("Which exam?"));
        assert!(script.app.desk.progress.exams.is_empty());
    }
}
