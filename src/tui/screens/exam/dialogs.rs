//! What stands between the questions of an exam: handing in, pausing, the break.

use crate::core::calendar::clock_text;
use crate::core::exam::Exam;
use crate::paper::room;
use crate::tui::layout::{dialog, scrolled};
use crate::tui::text::{count, paragraph};
use crate::tui::theme::Theme;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use std::time::Duration;

/// Below this width the sentences are shorter, so that the answers still fit below them.
const NARROW: usize = 50;

/// Asks whether the section is to be handed in.
pub fn hand_in(exam: &Exam, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    let width = width_inside(area);
    let Some((items, slots)) = exam.running() else { return };
    let open = slots.iter().filter(|s| s.choice.is_none()).count();
    let flagged = slots.iter().filter(|s| s.flagged).count();
    let section = exam.section().unwrap_or(0) + 1;
    let mut lines = vec![Line::styled(format!("{} of {} answered.", items.len() - open, items.len()), theme.strong)];
    if open > 0 {
        let words = if width < NARROW {
            format!("{open} open. Open ones count as wrong.")
        } else {
            format!("{} without an answer; they count as wrong, so a guess can only help.", count(open, "question"))
        };
        lines.extend(paragraph(&words, width, theme.warning));
    }
    if flagged > 0 {
        lines.extend(paragraph(&format!("{flagged} flagged for a second look."), width, theme.text));
    }
    let after = match (section < exam.form.sections.len(), width < NARROW) {
        (false, _) => "After this the exam is over and you see your report.".to_owned(),
        (true, true) => format!("Section {section} then stays closed. A break follows."),
        (true, false) => {
            format!("After this, section {section} can't be opened again. A break follows; the clock stands still.")
        }
    };
    lines.extend(paragraph(&after, width, theme.text));
    lines.push(Line::default());
    let keys = ["y  hand in", "n  go on working", "u  first unanswered"];
    lines.extend(answers(if open > 0 { &keys } else { &keys[..2] }, width, theme));
    dialog(
        frame,
        area,
        if exam.form.sections.len() > 1 { "Hand in this section?" } else { "Hand in?" },
        lines,
        0,
        theme,
    );
}

/// Asks whether the exam is to be paused.
pub fn leave(exam: &Exam, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    let width = width_inside(area);
    let mut lines = paragraph(&room::leaving(exam), width, theme.text);
    lines.push(Line::default());
    lines.extend(answers(&["y  leave", "n  go on working", "e  end it for good"], width, theme));
    dialog(frame, area, "Leave?", lines, 0, theme);
}

/// Asks whether the exam is to be ended before it is handed in.
pub fn end(frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    let width = width_inside(area);
    let mut lines = paragraph(room::ENDING, width, theme.text);
    lines.push(Line::default());
    lines.extend(answers(&["y  end it for good", "n  go on working"], width, theme));
    dialog(frame, area, "End the exam?", lines, 0, theme);
}

/// Asks which kind of break it is to be.
pub fn pause(exam: &Exam, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    let width = width_inside(area);
    let mut lines: Vec<Line<'static>> =
        room::break_choice(exam).iter().flat_map(|words| paragraph(words, width, theme.text)).collect();
    lines.push(Line::default());
    let keys = ["r  break, clock runs", "s  break, clock stops", "n  go on working"];
    let shown = if exam.rests_left() > 0 { &keys[..] } else { &[keys[0], keys[2]] };
    lines.extend(answers(shown, width, theme));
    dialog(frame, area, "A break?", lines, 0, theme);
}

/// What Enter does where the question is covered by a break; `None` where it is not.
pub fn going_on(exam: &Exam) -> Option<&'static str> {
    room::break_words(exam).map(|words| words.enter)
}

/// Draws a break, with what is left of it or of the section.
pub fn draw_break(exam: &Exam, left: Option<Duration>, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    let width = area.width as usize;
    let Some(words) = room::break_words(exam) else { return };
    let mut lines = vec![Line::styled(words.head, theme.strong), Line::default()];
    if let Some(left) = left {
        lines.push(Line::styled(format!("{} {}.", clock_text(left), words.of), theme.text));
    }
    lines.extend(paragraph(words.end, width, theme.text));
    lines.push(Line::default());
    lines.push(Line::styled(format!("Enter  {}", words.enter), theme.key));
    scrolled(frame, area, lines, 0, Some(0), theme);
}

/// The keys of a question, in as many lines as they need.
fn answers(keys: &[&str], width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut rows: Vec<String> = vec![];
    for key in keys {
        match rows.last_mut() {
            Some(row) if row.len() + 5 + key.len() <= width => *row = format!("{row}     {key}"),
            _ => rows.push((*key).to_owned()),
        }
    }
    rows.into_iter().map(|row| Line::styled(row, theme.key)).collect()
}

fn width_inside(area: Rect) -> usize {
    (area.width as usize).saturating_sub(4).min(60)
}
