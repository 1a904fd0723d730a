//! What the exam room says: before a section is handed in, before a pause, in the break.

use crate::core::calendar::clock_text;
use crate::core::exam::Exam;
use crate::tui::text::{count, paragraph};
use crate::tui::theme::Theme;
use ratatui::text::Line;
use std::time::Duration;

/// What is missing, and what handing in means.
pub fn hand_in(exam: &Exam, theme: &Theme, width: usize) -> Vec<Line<'static>> {
    let Some((items, slots)) = exam.running() else { return vec![] };
    let open = slots.iter().filter(|s| s.choice.is_none()).count();
    let flagged = slots.iter().filter(|s| s.flagged).count();
    let mut lines = vec![Line::styled(format!("{} of {} answered.", items.len() - open, items.len()), theme.strong)];
    if open > 0 {
        let words =
            format!("{} without an answer; they count as wrong, so a guess can only help.", count(open, "question"));
        lines.extend(paragraph(&words, width, theme.warning));
    }
    if flagged > 0 {
        lines.push(Line::styled(format!("{} flagged for a second look.", count(flagged, "question")), theme.text));
    }
    let after = match exam.section() {
        Some(section) if section + 1 < exam.form.sections.len() => format!(
            "After this, section {} can't be opened again. A break follows; the clock stands still.",
            section + 1
        ),
        _ => "After this the exam is over and you see your report.".to_owned(),
    };
    lines.extend(paragraph(&after, width, theme.text));
    lines.push(Line::default());
    lines.push(Line::styled("y  hand in     n  go on     u  first unanswered", theme.key));
    lines
}

/// What a pause means.
pub fn leave(theme: &Theme, width: usize) -> Vec<Line<'static>> {
    let words = "Your answers are saved and the clock stops. You can go on later at the same question with the same time. To end the exam for good, hand it in (s).";
    let mut lines = paragraph(words, width, theme.text);
    lines.push(Line::default());
    lines.push(Line::styled("y  pause and leave     n  go on working", theme.key));
    lines
}

/// The break, with what is left of it.
pub fn rest(left: Duration, theme: &Theme, width: usize) -> Vec<Line<'static>> {
    let mut lines = vec![Line::styled("Break. The exam's clock stands still.", theme.strong), Line::default()];
    lines.push(Line::styled(format!("{} of the break left.", clock_text(left)), theme.text));
    let words = "The next section begins by itself when the break is over. The section you have handed in can't be opened again.";
    lines.extend(paragraph(words, width, theme.text));
    lines.push(Line::default());
    lines.push(Line::styled("Enter  begin the next section now", theme.key));
    lines
}
