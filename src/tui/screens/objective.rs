//! One rule: what the exam calls it, the rule itself, its sources, and what the learner knows of it.

use super::reread::{Reread, readable};
use crate::core::bank::{Objective, ObjectiveId};
use crate::core::pick::{Scope, Which, practice_items};
use crate::core::remarks::notes_on;
use crate::tui::keys::Key;
use crate::tui::layout::{column, scrolled};
use crate::tui::remarks::note_lines;
use crate::tui::screen::{Context, Effect, Hint, Screen, hint};
use crate::tui::text::{count, cut, hanging, paragraph, wrap};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use std::cell::Cell;
use unicode_width::UnicodeWidthStr;

/// A rule on the screen.
pub struct ObjectiveScreen {
    id: ObjectiveId,
    scroll: usize,
    deepest: Cell<usize>,
}

impl ObjectiveScreen {
    /// The rule of that id.
    pub fn new(id: &ObjectiveId) -> Self {
        Self { id: id.clone(), scroll: 0, deepest: Cell::new(0) }
    }

    fn practice(&self, cx: &Context<'_>) -> Vec<Effect> {
        let scope = Scope { objectives: vec![self.id.clone()], which: Which::All, ..Scope::default() };
        match practice_items(cx.library(), cx.progress(), &scope).count() {
            0 => vec![Effect::Notice(
                "No question of this rule can be asked now: it belongs to another exam, or waits in your open exam."
                    .into(),
            )],
            fit => vec![Effect::Study(scope, fit)],
        }
    }

    fn read_again(&self, cx: &Context<'_>) -> Vec<Effect> {
        if readable(&self.id, cx).is_empty() {
            return vec![Effect::Notice("There is no question of it to read again yet. p asks them.".into())];
        }
        vec![Effect::Open(Box::new(Reread::new(&self.id)))]
    }

    /// What the learner knows of the rule, in sentences.
    fn known(&self, objective: &Objective, cx: &Context<'_>) -> Vec<String> {
        let mut words = vec![];
        match cx.progress().objective(&self.id).and_then(|known| Some((known, known.memory?))) {
            None => words.push("You have not answered a question of it yet.".to_owned()),
            Some((known, memory)) => {
                // What was read today is in every head today; a figure of 100 % would say nothing.
                let recall = if known.right == 0 {
                    "Missed so far.".to_owned()
                } else if memory.last >= cx.today() {
                    "You met it today.".to_owned()
                } else {
                    let percent = memory.recall(cx.today()) * 100.0;
                    format!("The chance that you recall it today is about {percent:.0} %, by estimate.")
                };
                words.push(format!("{}, {} right. {recall}", count(known.answers as usize, "answer"), known.right));
                if known.sure_and_wrong {
                    words.push("At the last answer you were sure, and wrong: it comes back first.".into());
                }
                words.push(match known.due().map(|due| (due.date(), due.since(cx.today()))) {
                    Some((date, days @ 1..)) => {
                        format!("Due for review on {date}, in {}.", count(days as usize, "day"))
                    }
                    _ => "Due for review now.".into(),
                });
            }
        }
        if cx.progress().objective(&self.id).is_some_and(|known| known.wanted.is_some()) {
            words.push("You sent it to study: your next sitting asks it first.".into());
        }
        let seen = objective.items.iter().filter(|i| cx.progress().seen(&i.id)).count();
        words.push(match (objective.items.len(), seen) {
            (0, _) => "It has no question yet.".into(),
            (all, 0) => format!("It has {}; you have seen none.", count(all, "question")),
            (all, seen) if seen == all => format!("It has {}; you have seen every one.", count(all, "question")),
            (all, seen) => format!("It has {}; you have seen {seen}.", count(all, "question")),
        });
        let waiting = seen.saturating_sub(readable(&self.id, cx).len());
        if waiting > 0 {
            words.push(format!("{} in your open exam; to be read when it is over.", count(waiting, "seen question")));
        }
        words
    }

    /// Her notes on its questions, those apart that wait in the open exam.
    fn notes(&self, cx: &Context<'_>, width: usize) -> Vec<Line<'static>> {
        let theme = &cx.theme;
        let mut lines = vec![];
        for item in readable(&self.id, cx) {
            let notes = note_lines(&notes_on(cx.progress(), &item.id), width, theme);
            if !notes.is_empty() {
                lines.push(Line::styled(cut(&item.stem, width), theme.quiet));
                lines.extend(notes);
            }
        }
        lines
    }

    fn lines(&self, objective: &Objective, cx: &Context<'_>, width: usize) -> Vec<Line<'static>> {
        let (theme, library) = (&cx.theme, cx.library());
        let category = cx.settings().category;
        let mut lines = paragraph(&objective.title, width, theme.strong);
        let mut section = |title: &'static str, body: Vec<Line<'static>>| {
            lines.push(Line::default());
            lines.push(Line::styled(title, theme.title));
            lines.extend(body);
        };
        section("The rule", paragraph(&objective.rule, width, theme.text));
        let known = self.known(objective, cx);
        section("What you know", known.iter().flat_map(|w| paragraph(w, width, theme.text)).collect());
        let mut body = vec![];
        for id in &objective.statements {
            let Some(statement) = library.statement(id) else {
                body.push(Line::styled(id.0.clone(), theme.text));
                continue;
            };
            let head = vec![Span::styled(format!("{id}  "), theme.quiet)];
            body.extend(hanging(head, &statement.label, width, theme.strong));
            body.extend(paragraph(&statement.scope, width, theme.text));
            if !library.outline().examines(category, statement) {
                let words = format!("The {} exam does not ask this.", category.title());
                body.extend(paragraph(&words, width, theme.warning));
            }
        }
        section("Where the exam asks it", body);
        let notes = self.notes(cx, width);
        if !notes.is_empty() {
            section("Your notes", notes);
        }
        let mut body = vec![];
        for reference in &objective.refs {
            body.extend(paragraph(&library.cite(reference), width, theme.text));
            let id = reference.split('#').next().unwrap_or_default();
            if let Some(source) = library.reference.sources.iter().find(|s| s.id == id) {
                let mut lines = address_lines(&source.url, width);
                let checked = format!("checked {}", source.checked);
                match lines.last_mut().filter(|l| l.width() + 2 + checked.width() <= width) {
                    Some(last) => *last = format!("{last}, {checked}"),
                    None => lines.push(checked),
                }
                body.extend(lines.into_iter().map(|l| Line::styled(l, theme.quiet)));
            }
        }
        section("Sources", body);
        lines
    }
}

/// A web address in lines, broken after a slash where one is at hand and never inside a word that fits.
fn address_lines(address: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for part in address.split_inclusive('/') {
        for piece in wrap(part, width) {
            match lines.last_mut().filter(|l| l.width() + piece.width() <= width) {
                Some(line) => line.push_str(&piece),
                None => lines.push(piece),
            }
        }
    }
    lines.retain(|l| !l.is_empty());
    lines
}

impl Screen for ObjectiveScreen {
    fn title(&self, cx: &Context<'_>) -> String {
        let topic = cx.library().objective(&self.id).map_or("", |(t, _)| t.title.as_str());
        format!("Rule · {topic}")
    }

    fn hints(&self, _cx: &Context<'_>) -> Vec<Hint> {
        vec![hint("p", "practice it"), hint("r", "read seen questions"), hint("↑↓", "scroll"), hint("Esc", "back")]
    }

    fn help(&self) -> &'static str {
        "p asks this rule's questions now. r shows those that you have seen, with every reason. Questions that you have not seen stay closed, so that they can still test you. The recall estimate comes from your answers and the days since; it is an estimate, not a mark."
    }

    fn act(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        match key {
            Key::Char('p') => self.practice(cx),
            Key::Char('r') => self.read_again(cx),
            Key::Esc | Key::Left => vec![Effect::Back],
            key => {
                self.scroll = key.scrolled(self.scroll, self.deepest.get());
                vec![]
            }
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>) {
        let area = column(area);
        let (theme, width) = (&cx.theme, area.width as usize);
        let lines = match cx.library().objective(&self.id) {
            Some((_, objective)) => self.lines(objective, cx, width),
            None => paragraph("This rule is no longer in the bank.", width, theme.warning),
        };
        let deepest = lines.len().saturating_sub(area.height as usize);
        self.deepest.set(deepest);
        let scroll = self.scroll.min(deepest);
        scrolled(frame, area, lines, scroll, Some(scroll), theme);
    }
}

#[cfg(test)]
mod tests {
    use super::address_lines;
    use crate::tui::picture::Script;

    const KEY: &str = "Ask the client what she wants";

    /// Walks down the whole screen.
    fn all_of(mut script: Script) -> String {
        let mut text = String::new();
        for _ in 0..6 {
            text += &script.text(80, 24);
            script = script.keys("<space>");
        }
        text
    }

    #[test]
    fn a_rule_tells_everything_but_its_unseen_questions() {
        let text = all_of(Script::new().keys("l <enter> <enter>"));
        for words in [
            "Rule 1 of ethics",
            "IA-01",
            "Recognize how the profession",
            "Sample Code of Ethics (Sample Association, 2021), 1.07(j)",
            "https://example.org/code",
            "have not answered",
            "3 questions; you have seen none",
        ] {
            assert!(text.contains(words), "{words} is missing:\n{text}");
        }
        assert!(!text.contains("sample.rule"), "names of the bank are no words for a learner: {text}");
        assert!(!text.contains(KEY) && !text.contains("client who has missed"), "{text}");
        let script = Script::new().keys("l <enter> <enter> r");
        assert!(script.text(80, 24).contains("no question of it to read again"));
    }

    #[test]
    fn only_seen_questions_can_be_read_again() {
        let script = Script::new().keys("l <enter> <enter> p a s <esc> <esc> <enter>");
        assert!(script.text(80, 24).contains("3 questions; you have seen 1."));
        let text = script.keys("r").text(80, 24);
        assert!(text.contains("1/1") && text.contains(KEY), "{text}");
    }

    #[test]
    fn what_is_known_fades_and_falls_due() {
        let script = Script::new().keys("l <enter> <enter> p a s <esc> <esc>");
        let text = script.days(30).keys("<enter>").text(80, 24);
        assert!(text.contains("recall it today is about") && text.contains("Due for review now."), "{text}");
    }

    #[test]
    fn a_rule_that_was_only_missed_has_no_recall_figure() {
        let script = Script::new().keys("l <enter> <enter> p b s <esc> <esc>");
        let text = script.days(30).keys("<enter>").text(80, 24);
        assert!(text.contains("1 answer, 0 right. Missed so far.") && !text.contains("recall it"), "{text}");
    }

    /// What was written beside its questions stands on the page of the rule; the open exam's questions stay closed.
    #[test]
    fn a_rule_shows_her_notes_and_that_she_asked_for_it() {
        let script = Script::new().keys("l <enter> <enter> p a s w h m <enter> s <esc> <esc> <enter>");
        let text = all_of(script);
        assert!(text.contains("Your notes") && text.contains("Your note  hm"), "{text}");
        assert!(text.contains("You sent it to study") && text.contains("Due for review now."), "{text}");
        assert!(!all_of(Script::new().keys("l <enter> <enter>")).contains("Your notes"));
    }

    #[test]
    fn an_address_breaks_at_its_slashes() {
        let address = "https://www.socialworkers.org/About/Ethics/Code-of-Ethics/Code-of-Ethics-English";
        let want = ["https://www.socialworkers.org/About/", "Ethics/Code-of-Ethics/", "Code-of-Ethics-English"];
        assert_eq!(address_lines(address, 40), want);
        assert_eq!(address_lines("https://a.org/b", 40), ["https://a.org/b"]);
        for width in 1..50 {
            assert_eq!(address_lines(address, width).concat(), address, "nothing is lost");
        }
    }

    #[test]
    fn questions_of_the_open_exam_stay_closed_though_they_were_seen() {
        let seen =
            Script::new().keys("l <enter> <enter> p a s <enter> a s <enter> a s <enter> a s <enter> a s <enter> <esc>");
        let text = seen.keys("<esc> <esc> <esc> m <enter> <enter> a <esc> y l <enter> <enter>").text(80, 24);
        assert!(text.contains("you have seen every one."), "{text}");
        assert!(text.contains("1 seen question in your open exam"), "{text}");
    }
}
