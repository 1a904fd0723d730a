//! What a sitting says: how an answer went, how sure she is, and how the sitting went in the end.

use super::StudyScreen;
use crate::core::confidence::Confidence;
use crate::core::pick::Scope;
use crate::core::study::Given;
use crate::tui::card::letter;
use crate::tui::screen::Context;
use crate::tui::text::{count, hanging, paragraph};
use crate::tui::theme::Theme;
use ratatui::text::Line;

/// Whether the answer was right, and what follows.
pub fn verdict(given: &Given, theme: &Theme, width: usize) -> Vec<Line<'static>> {
    let shown = &given.question.shown;
    let key = letter(shown.order.iter().position(|o| *o == shown.key).unwrap_or(0));
    let (text, style) = match (given.right(), given.confidence) {
        (true, Some(Confidence::Guessing)) => {
            (format!("✓ Right, by a guess: {key}. It counts as not yet known."), theme.right)
        }
        (true, _) => (format!("✓ Right: {key}."), theme.right),
        (false, Some(Confidence::Sure)) => {
            (format!("✗ The answer is {key}. You were sure, so this rule comes back first."), theme.wrong)
        }
        (false, _) => (format!("✗ The answer is {key}."), theme.wrong),
    };
    paragraph(&text, width, style)
}

/// Asks for the confidence, in one line of a window of forty columns.
pub fn how_sure(theme: &Theme, width: usize) -> Vec<Line<'static>> {
    let words = if width < 60 {
        "How sure? s sure  l leaning  g guess"
    } else {
        "How sure are you?   s sure   l or Enter leaning   g guess"
    };
    paragraph(words, width, theme.strong)
}

impl StudyScreen {
    /// The page at the end of the sitting, or where it was stopped.
    pub(super) fn summary(&self, cx: &Context<'_>, width: usize) -> Vec<Line<'static>> {
        let theme = &cx.theme;
        let done = &self.study.done;
        if done.is_empty() {
            let words = if self.scope == Scope::default() {
                "Nothing is due and no new rule is left today. Practice (p on the first screen) asks whatever you like, and a mock exam waits as well."
            } else {
                "No question fits this choice. Esc goes back; choose more topics, or another kind of question."
            };
            return paragraph(words, width, theme.text);
        }
        let mut lines = vec![Line::styled(
            format!("Done: {} of {} right.", self.study.right(), count(done.len(), "answer")),
            theme.strong,
        )];
        let misses = self.study.open_misses();
        if misses.is_empty() {
            lines.extend(paragraph("Nothing is left open from this sitting.", width, theme.text));
        } else {
            lines.push(Line::default());
            lines.push(Line::styled("Still shaky; they come back by tomorrow:", theme.title));
            for id in misses {
                let title = cx.library().objective(id).map_or(id.as_str(), |(_, o)| o.title.as_str());
                lines.extend(hanging(vec!["  ".into()], title, width, theme.text));
            }
        }
        lines.push(Line::default());
        lines.extend(paragraph("Enter asks more. Esc goes back. Everything is saved.", width, theme.quiet));
        lines
    }
}
