//! The doubtful questions of an exam once more, without a clock and before any key is shown.

use crate::core::event::{ExamId, ExamReconsidered, Fact, FormItem};
use crate::core::exam::{Exam, Slot};
use crate::core::report::{doubt, doubtful};
use crate::tui::card::Card;
use crate::tui::keys::{Key, moved};
use crate::tui::layout::{column, scrolled};
use crate::tui::screen::{Context, Effect, Hint, Screen, hint};
use crate::tui::text::{count, paragraph};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use std::cell::Cell;

/// A walk through the doubtful questions. What was chosen in the exam is not shown: it would pull the answer towards it.
pub struct SecondLook {
    id: ExamId,
    place: usize,
    focus: Option<usize>,
    scroll: usize,
    deepest: Cell<usize>,
}

impl SecondLook {
    /// The doubtful questions of that exam.
    pub fn new(id: &ExamId) -> Self {
        Self { id: id.clone(), place: 0, focus: None, scroll: 0, deepest: Cell::new(0) }
    }

    fn exam<'a>(&self, cx: &Context<'a>) -> Option<&'a Exam> {
        cx.progress().exam(&self.id)
    }

    /// Sections and places of the questions.
    fn places(&self, cx: &Context<'_>) -> Vec<(usize, usize)> {
        self.exam(cx).map(|exam| doubtful(exam, cx.library())).unwrap_or_default()
    }

    fn open<'a>(&self, cx: &Context<'a>) -> Option<(usize, usize, &'a FormItem, &'a Slot)> {
        let (section, n) = self.places(cx).get(self.place).copied()?;
        let exam = self.exam(cx)?;
        Some((section, n, exam.form.sections.get(section)?.items.get(n)?, exam.slots.get(section)?.get(n)?))
    }

    fn answered(&self, cx: &Context<'_>) -> usize {
        let Some(exam) = self.exam(cx) else { return 0 };
        self.places(cx).iter().filter(|(section, n)| exam.slots[*section][*n].reconsidered.is_some()).count()
    }

    fn turn(&mut self, by: isize, cx: &Context<'_>) {
        self.place = moved(self.place, by, self.places(cx).len());
        self.focus = None;
        self.scroll = 0;
    }

    fn choose(&mut self, place: usize, cx: &Context<'_>) -> Vec<Effect> {
        let Some((section, position, form, _)) = self.open(cx) else { return vec![] };
        let Some(choice) = form.shown.order.get(place).copied() else { return vec![] };
        self.focus = Some(place);
        let exam = self.id.clone();
        vec![Effect::Log(vec![Fact::ExamReconsidered(ExamReconsidered { exam, section, position, choice })])]
    }
}

impl Screen for SecondLook {
    fn title(&self, _cx: &Context<'_>) -> String {
        "Second look".into()
    }

    fn status(&self, cx: &Context<'_>) -> String {
        format!("{}/{}", self.place + 1, self.places(cx).len())
    }

    fn hints(&self, _cx: &Context<'_>) -> Vec<Hint> {
        vec![
            hint("a–c", "answer"),
            hint("Enter", "next"),
            hint("p", "back"),
            hint("↑↓", "choose"),
            hint("Esc", "report"),
        ]
    }

    fn help(&self) -> &'static str {
        "Answer each of these questions as you would now, with all the time that you want. Your answer in the exam is not shown and does not change; the score stays as it is. Keys come only after this."
    }

    fn act(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        let places = self.places(cx).len();
        let Some((_, _, form, slot)) = self.open(cx) else { return vec![Effect::Back] };
        if let Some(place) = key.option().or_else(|| key.sure_option()) {
            return self.choose(place, cx);
        }
        match key {
            Key::Enter if self.focus.is_some_and(|f| form.shown.order.get(f).copied() != slot.reconsidered) => {
                return self.choose(self.focus.unwrap_or(0), cx);
            }
            Key::Enter | Key::Char('n') | Key::Right if self.place + 1 < places => self.turn(1, cx),
            Key::Enter | Key::Char('n') | Key::Right => {
                let open = places - self.answered(cx);
                let words = match open {
                    0 => "All are answered again. The report now tells what the pressure took.".to_owned(),
                    _ => format!("{} still without a second answer; b in the report goes on.", count(open, "question")),
                };
                return vec![Effect::Back, Effect::Notice(words)];
            }
            Key::Char('p') | Key::Left => self.turn(-1, cx),
            Key::Esc => return vec![Effect::Back],
            Key::PageDown | Key::Char(' ') => self.scroll = (self.scroll + 8).min(self.deepest.get()),
            Key::PageUp => self.scroll = self.scroll.saturating_sub(8),
            key => {
                if let Some(step) = key.step() {
                    self.focus = Some(self.focus.map_or(0, |f| moved(f, step, form.shown.order.len())));
                }
            }
        }
        vec![]
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>) {
        let area = column(area);
        let (theme, width) = (&cx.theme, area.width as usize);
        let Some((section, n, form, slot)) = self.open(cx) else { return };
        let sections = self.exam(cx).map_or(1, |e| e.form.sections.len());
        let number = if sections > 1 {
            format!("Section {}, question {}", section + 1, n + 1)
        } else {
            format!("Question {}", n + 1)
        };
        let why = doubt(form, slot, cx.library()).unwrap_or_default();
        let mut lines = paragraph(&format!("{number}: {why} in the exam. No clock runs."), width, theme.quiet);
        lines.push(Line::default());
        let head = lines.len();
        let Some(item) = cx.desk.item_as_shown(&form.shown) else {
            lines.extend(paragraph("No copy of this question was kept. Go on with n.", width, theme.warning));
            scrolled(frame, area, lines, 0, None, theme);
            return;
        };
        let card = Card {
            focus: self.focus,
            chosen: slot.reconsidered,
            spacing: cx.settings().spacing,
            ..Card::of(&item, &form.shown.order)
        }
        .lines(width, theme, cx.library());
        lines.extend(card.lines);
        let deepest = lines.len().saturating_sub(area.height as usize);
        self.deepest.set(deepest);
        let focus = self.focus.unwrap_or(0);
        let line = card.options.get(focus).map(|line| line + head);
        let scroll = super::study::follow(self.scroll, focus, line, area.height as usize, deepest);
        scrolled(frame, area, lines, scroll, line, theme);
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::picture::Script;

    #[test]
    fn it_is_offered_before_the_keys_and_closed_by_them() {
        let over = |keys: &str| Script::new().keys("m <down> <enter> <enter> a f n b s y").keys(keys);
        let text = over("<enter>").text(80, 24);
        assert!(text.contains("A second look?"), "{text}");
        let text = over("b").text(80, 24);
        assert!(text.contains("Second look") && text.contains("1/2") && !text.contains('●'), "{text}");
        let text = over("b c n c n").text(80, 24);
        assert!(text.contains("Report · ") && text.contains("All are answered again"), "{text}");
        let text = over("<enter> n").text(80, 24);
        assert!(text.contains("key is") || text.contains("Right:"), "{text}");
        let text = over("<enter> n <esc> b").text(80, 24);
        assert!(text.contains("have been shown"), "{text}");
    }

    #[test]
    fn it_fits_a_small_window() {
        let text = Script::new().keys("m <down> <enter> <enter> a f n b s y b").text(40, 12);
        assert!(text.contains("in the exam"), "{text}");
    }
}
