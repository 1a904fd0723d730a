//! The keys of the exam room: on an item, and in the grid of all items.

use super::tools::change_layout;
use super::{ExamScreen, Mode};
use crate::core::confidence::Confidence;
use crate::core::exam::{Exam, Move, NOTE_LENGTH};
use crate::tui::card::letter;
use crate::tui::keys::{Key, moved};
use crate::tui::screen::{Context, Effect};
use crate::tui::text_field::TextField;

impl ExamScreen {
    pub(super) fn act_on_item(&mut self, key: Key, exam: &Exam, cx: &Context<'_>) -> Vec<Effect> {
        let Some((item, slot)) = exam.open_item() else { return vec![] };
        let order = &item.shown.order;
        let last = exam.running().map_or(0, |(items, _)| items.len().saturating_sub(1));
        if let Some(place) = key.option() {
            return self.choose(place, None, exam, cx);
        }
        if let Some(place) = key.sure_option() {
            return self.choose(place, Some(Confidence::Sure), exam, cx);
        }
        match key {
            Key::Enter if order.get(self.focus).copied() != slot.choice && self.moved => {
                self.choose(self.focus, None, exam, cx)
            }
            Key::Char('n') | Key::Right | Key::Enter if exam.position < last => self.turn_to(exam.position + 1, cx),
            // After the last item: what is still open, or the way to hand in.
            Key::Enter if exam.running().is_some_and(|(_, slots)| slots.iter().all(|s| s.choice.is_some())) => {
                self.mode = Mode::HandIn;
                vec![]
            }
            Key::Char('n' | 'g') | Key::Right | Key::Enter => {
                self.mode = Mode::Grid;
                self.cell = exam.position;
                vec![]
            }
            Key::Char('p') | Key::Left => self.turn_to(exam.position.saturating_sub(1), cx),
            Key::Char('f' | 'm') => self.go(Move::Flag, cx),
            Key::Char('x') if !self.moved => {
                self.moved = true;
                vec![Effect::Notice("x strikes out the marked option. Mark one with the arrows, then press x.".into())]
            }
            Key::Char('x') => match order.get(self.focus) {
                Some(option) => self.go(Move::Strike(*option), cx),
                None => vec![],
            },
            Key::Backspace => self.go(Move::Clear, cx),
            Key::Char('u') => self.guess(slot, cx),
            Key::Char('h') => {
                self.mode = Mode::Highlight(slot.highlights.first().copied().unwrap_or(0));
                self.scroll = 0;
                vec![]
            }
            Key::Char('w') => {
                self.mode = Mode::Note(TextField::holding(&slot.note, NOTE_LENGTH));
                vec![]
            }
            Key::Char('v') => change_layout(cx),
            Key::Char('r') => {
                self.mode = Mode::Pause;
                vec![]
            }
            Key::Char('s') => {
                self.mode = Mode::HandIn;
                vec![]
            }
            Key::Char('t') => vec![Effect::Notice(self.time_words(exam))],
            Key::Esc => {
                self.mode = Mode::Leave;
                vec![]
            }
            Key::Tab => {
                self.focus = if self.moved { (self.focus + 1) % order.len().max(1) } else { 0 };
                self.moved = true;
                vec![]
            }
            Key::PageDown | Key::Char(' ') => {
                self.scroll = (self.scroll + 8).min(self.deepest.get());
                vec![]
            }
            Key::PageUp => {
                self.scroll = self.scroll.saturating_sub(8);
                vec![]
            }
            key => {
                if let Some(step) = key.step() {
                    self.focus = if self.moved { moved(self.focus, step, order.len()) } else { self.focus };
                    self.moved = true;
                }
                vec![]
            }
        }
    }

    fn choose(&mut self, place: usize, confidence: Option<Confidence>, exam: &Exam, cx: &Context<'_>) -> Vec<Effect> {
        let Some((item, slot)) = exam.open_item() else { return vec![] };
        let Some(option) = item.shown.order.get(place).copied() else { return vec![] };
        self.focus = place;
        if slot.struck.contains(&option) {
            return vec![Effect::Notice(format!(
                "Option {} is struck out. Press x on it to bring it back.",
                letter(place)
            ))];
        }
        self.go(Move::Choose(option, confidence), cx)
    }

    pub(super) fn act_on_grid(&mut self, key: Key, exam: &Exam, cx: &Context<'_>) -> Vec<Effect> {
        let Some((_, slots)) = exam.running() else { return vec![] };
        let next = |from: usize, wanted: &dyn Fn(usize) -> bool| {
            (1..=slots.len()).map(|n| (from + n) % slots.len()).find(|n| wanted(*n))
        };
        match key {
            Key::Enter => {
                self.mode = Mode::Item;
                return self.turn_to(self.cell, cx);
            }
            Key::Esc | Key::Char('g') => self.mode = Mode::Item,
            Key::Char('s') => self.mode = Mode::HandIn,
            Key::Left => self.cell = moved(self.cell, -1, slots.len()),
            Key::Right => self.cell = moved(self.cell, 1, slots.len()),
            Key::Char('u') => self.cell = next(self.cell, &|n| slots[n].choice.is_none()).unwrap_or(self.cell),
            Key::Char('f') => self.cell = next(self.cell, &|n| slots[n].flagged).unwrap_or(self.cell),
            Key::Up | Key::Char('k') => self.cell = moved(self.cell, -(self.columns.get() as isize), slots.len()),
            Key::Down | Key::Char('j') => self.cell = moved(self.cell, self.columns.get() as isize, slots.len()),
            key => {
                if let Some(step) = key.step() {
                    self.cell = moved(self.cell, step, slots.len());
                }
            }
        }
        vec![]
    }
}
