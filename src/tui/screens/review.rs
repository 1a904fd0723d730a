//! Every question of an exam again, with what was answered, every reason, the rule and its source.

use crate::core::event::{Event, ExamId, FormItem};
use crate::core::exam::{Exam, Slot};
use crate::core::report::right;
use crate::paper::item::{story, verdict};
use crate::tui::card::{Card, rule_lines};
use crate::tui::keys::Key;
use crate::tui::layout::column;
use crate::tui::remarks::{self, Remarks, Subject};
use crate::tui::screen::{Context, Effect, Hint, Screen, hint};
use crate::tui::text::paragraph;
use crate::tui::walk::Walk;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// A walk through an exam's questions.
pub struct Review {
    id: ExamId,
    missed_only: bool,
    walk: Walk,
    remarks: Remarks,
}

impl Review {
    /// All questions of that exam that were on the screen, or only the missed ones.
    pub fn new(id: &ExamId, missed_only: bool) -> Self {
        Self { id: id.clone(), missed_only, walk: Walk::default(), remarks: Remarks::default() }
    }

    /// Whether there is nothing to walk through.
    pub fn is_empty(&self, cx: &Context<'_>) -> bool {
        self.items(cx).is_empty()
    }

    fn items<'a>(&self, cx: &Context<'a>) -> Vec<(usize, usize, &'a FormItem, &'a Slot)> {
        let Some(exam) = cx.progress().exam(&self.id) else { return vec![] };
        // What was never on the screen keeps its key for another exam.
        exam.items().filter(|(_, _, item, slot)| slot.opened && (!self.missed_only || !right(item, slot))).collect()
    }

    fn mark(&self, cx: &Context<'_>) -> Vec<Effect> {
        let items = self.items(cx);
        items.get(self.walk.place()).map(|(_, _, i, _)| Effect::turn_mark(&i.shown.item, cx)).unwrap_or_default()
    }

    fn subject(&self, cx: &Context<'_>) -> Option<Subject> {
        let (_, _, item, _) = self.items(cx).get(self.walk.place()).copied()?;
        Some(subject(item))
    }
}

impl Screen for Review {
    fn title(&self, cx: &Context<'_>) -> String {
        let kind = if self.missed_only { "Missed questions" } else { "Review" };
        let name = cx.progress().exam(&self.id).and_then(|e: &Exam| e.form.name.clone());
        name.map_or_else(|| kind.to_owned(), |n| format!("{kind} · {n}"))
    }

    fn status(&self, cx: &Context<'_>) -> String {
        let items = self.items(cx);
        match items.get(self.walk.place()) {
            Some((_, _, _, slot)) => {
                let flagged = if slot.flagged { "flagged  " } else { "" };
                format!("{flagged}{}/{}", self.walk.place() + 1, items.len())
            }
            None => String::new(),
        }
    }

    fn hints(&self, _cx: &Context<'_>) -> Vec<Hint> {
        self.remarks.hints().unwrap_or_else(|| {
            let mut hints = vec![hint("n", "next"), hint("p", "back"), hint("m", "mark"), hint("Esc", "report")];
            hints.splice(3..3, remarks::HINTS);
            hints.push(hint("↑↓", "scroll"));
            hints
        })
    }

    fn help(&self) -> &'static str {
        remarks::HELP
    }

    fn takes_text(&self) -> bool {
        self.remarks.is_typing()
    }

    fn act(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        if let Some(effects) = self.remarks.act(key, self.subject(cx), cx) {
            return effects;
        }
        match key {
            Key::Char('m') => return self.mark(cx),
            Key::Esc => return vec![Effect::Back],
            key => self.walk.act(key, self.items(cx).len()),
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
        let items = self.items(cx);
        let open = items.get(self.walk.place());
        let Some((exam, (section, n, form, slot))) = cx.progress().exam(&self.id).zip(open) else { return };
        let (mark, style) = match slot.choice {
            None => ("–", theme.wrong),
            Some(_) if right(form, slot) => ("✓", theme.right),
            Some(_) => ("✗", theme.wrong),
        };
        let mut lines = paragraph(&format!("{mark} {}", verdict(form, slot)), width, style);
        lines.extend(paragraph(&story(exam, *section, *n).join(" "), width, theme.quiet));
        lines.push(Line::default());
        match cx.desk.item_as_shown(&form.shown) {
            Some(item) => {
                let card = Card {
                    chosen: slot.choice,
                    struck: &slot.struck,
                    highlights: &slot.highlights,
                    reveal: true,
                    ..Card::of(&item, &form.shown.order)
                };
                lines.extend(card.lines(width, theme, cx.library()).lines);
                let edited =
                    cx.library().item(&form.shown.item).is_none_or(|i| i.item.content_hash() != form.shown.hash);
                if edited {
                    lines.push(Line::default());
                    lines.extend(paragraph(
                        "This question has been edited since; you see it as it was asked.",
                        width,
                        theme.quiet,
                    ));
                }
            }
            None => lines.extend(paragraph("No copy of this question was kept.", width, theme.warning)),
        }
        lines.extend(remarks::lines(&subject(form), width, cx));
        if let Some((_, objective)) = cx.library().objective(&form.shown.objective) {
            lines.extend(rule_lines(objective, cx.library(), width, theme));
        }
        self.walk.draw(frame, area, lines, theme);
        self.remarks.draw(frame, window, theme);
    }
}

/// The question as it was asked.
fn subject(item: &FormItem) -> Subject {
    let shown = item.shown.clone();
    Subject { item: shown.item, hash: shown.hash, objective: shown.objective }
}
