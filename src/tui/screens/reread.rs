//! The questions of one rule that have been seen, to be read again with every reason.

use crate::core::bank::{Item, ObjectiveId};
use crate::core::event::Event;
use crate::tui::card::{Card, rule_lines};
use crate::tui::keys::Key;
use crate::tui::layout::column;
use crate::tui::remarks::{self, Remarks, Subject};
use crate::tui::screen::{Context, Effect, Hint, Screen, hint};
use crate::tui::text::{count, paragraph};
use crate::tui::walk::Walk;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// The questions of a rule that may be read: seen before, and not waiting in the open exam.
pub fn readable<'a>(id: &ObjectiveId, cx: &Context<'a>) -> Vec<&'a Item> {
    let taken = cx.progress().in_open_exam();
    let Some((_, objective)) = cx.library().objective(id) else { return vec![] };
    objective.items.iter().filter(|i| cx.progress().seen(&i.id) && !taken.contains(&i.id)).collect()
}

/// A walk through the seen questions of a rule.
pub struct Reread {
    id: ObjectiveId,
    walk: Walk,
    remarks: Remarks,
}

impl Reread {
    /// The seen questions of that rule.
    pub fn new(id: &ObjectiveId) -> Self {
        Self { id: id.clone(), walk: Walk::default(), remarks: Remarks::default() }
    }

    fn subject(&self, item: &Item) -> Subject {
        Subject { item: item.id.clone(), hash: item.content_hash(), objective: self.id.clone() }
    }

    fn mark(&self, cx: &Context<'_>) -> Vec<Effect> {
        readable(&self.id, cx).get(self.walk.place()).map(|i| Effect::turn_mark(&i.id, cx)).unwrap_or_default()
    }

    /// How it went with a question so far.
    fn history(item: &Item, cx: &Context<'_>) -> String {
        let Some(known) = cx.progress().item(&item.id) else { return String::new() };
        let last = match known.last_right {
            Some(true) => "✓ right at the last answer",
            Some(false) => "✗ missed at the last answer",
            None => "– not answered",
        };
        let day = known.last.map(|l| format!(", on {}", l.day().date())).unwrap_or_default();
        format!("{last}, seen {}{day}.", count(known.times as usize, "time"))
    }
}

impl Screen for Reread {
    fn title(&self, cx: &Context<'_>) -> String {
        let topic = cx.library().objective(&self.id).map_or("", |(t, _)| t.title.as_str());
        format!("Seen questions · {topic}")
    }

    fn status(&self, cx: &Context<'_>) -> String {
        let items = readable(&self.id, cx);
        let marked = items.get(self.walk.place()).is_some_and(|i| cx.is_marked(&i.id));
        format!("{}{}/{}", if marked { "marked  " } else { "" }, self.walk.place() + 1, items.len())
    }

    fn hints(&self, _cx: &Context<'_>) -> Vec<Hint> {
        self.remarks.hints().unwrap_or_else(|| {
            let mut hints = vec![
                hint("n", "next"),
                hint("p", "back"),
                hint("↑↓", "scroll"),
                hint("m", "mark"),
                hint("Esc", "rule"),
            ];
            hints.extend(remarks::HINTS);
            hints
        })
    }

    fn takes_text(&self) -> bool {
        self.remarks.is_typing()
    }

    fn help(&self) -> &'static str {
        "The questions of this rule that you have met, with every reason. They are shown as they stand in the bank now, in the bank's order of options. s sends the rule to study, w writes a note, ! says what seems wrong; all of it stays on this computer."
    }

    fn act(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        let subject = readable(&self.id, cx).get(self.walk.place()).map(|item| self.subject(item));
        if let Some(effects) = self.remarks.act(key, subject, cx) {
            return effects;
        }
        match key {
            Key::Char('m') => return self.mark(cx),
            Key::Esc => return vec![Effect::Back],
            key => self.walk.act(key, readable(&self.id, cx).len()),
        }
        vec![]
    }

    fn logged(&mut self, events: &[Event], _cx: &Context<'_>) -> Vec<Effect> {
        self.remarks.logged(events);
        vec![]
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>) {
        let window = area;
        let area = column(area);
        let (theme, width) = (&cx.theme, area.width as usize);
        let items = readable(&self.id, cx);
        let Some((item, (_, objective))) = items.get(self.walk.place()).zip(cx.library().objective(&self.id)) else {
            return;
        };
        let mut lines = paragraph(&Self::history(item, cx), width, theme.quiet);
        lines.push(Line::default());
        let order: Vec<u8> = (0..item.options.len().min(usize::from(u8::MAX)) as u8).collect();
        let card = Card { reveal: true, ..Card::of(item, &order) };
        lines.extend(card.lines(width, theme, cx.library()).lines);
        lines.extend(remarks::lines(&self.subject(item), width, cx));
        lines.extend(rule_lines(objective, cx.library(), width, theme));
        self.walk.draw(frame, area, lines, theme);
        self.remarks.draw(frame, window, theme);
    }
}
