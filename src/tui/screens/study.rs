//! Study and practice: a question, at once its reasons, then the next.

mod page;
#[cfg(test)]
mod tests;
mod words;

use crate::core::confidence::Confidence;
use crate::core::event::{Event, Fact};
use crate::core::pick::{self, Reason, Scope, Which};
use crate::core::study::Study;
use crate::tui::card::letter;
use crate::tui::keys::{Key, moved};
use crate::tui::layout::{column, scrolled};
use crate::tui::remarks::{self, Remarks, Subject};
use crate::tui::screen::{Context, Effect, Hint, Screen, hint};
use page::{Drawn, Place};
use ratatui::Frame;
use ratatui::layout::Rect;
use std::cell::Cell;
use std::time::Duration;

pub(super) use page::follow;

/// A sitting on the screen.
pub struct StudyScreen {
    study: Study,
    scope: Scope,
    /// For how many questions it was begun.
    count: usize,
    focus: usize,
    shown_at: Duration,
    place: Place,
    /// What the last drawing of this text showed; `None` until it is drawn.
    drawn: Cell<Option<Drawn>>,
    remarks: Remarks,
}

impl StudyScreen {
    /// Begins a sitting of `count` questions.
    pub fn begin(session: String, scope: Scope, count: usize, cx: &Context<'_>) -> Self {
        let study = Study::begin(session, cx.library(), cx.progress(), &scope, cx.today(), count, cx.seed);
        let shown_at = cx.now.mono;
        let (place, drawn) = (Place::Line(0), Cell::new(None));
        Self { study, scope, count, focus: 0, shown_at, place, drawn, remarks: Remarks::default() }
    }

    /// The option at a place on the screen, as a file position.
    fn option_at(&self, place: usize) -> Option<u8> {
        self.study.question.as_ref()?.shown.order.get(place).copied()
    }

    fn choose(&mut self, place: usize, confidence: Option<Confidence>, cx: &Context<'_>) -> Vec<Effect> {
        let Some(option) = self.option_at(place) else { return vec![] };
        if self.study.question.as_ref().is_some_and(|q| q.struck.contains(&option)) {
            return vec![Effect::Notice(format!(
                "Option {} is struck out. Press x on it to bring it back.",
                letter(place)
            ))];
        }
        self.turn_to(place);
        self.study.choose(Some(option));
        if confidence.is_some() || !cx.settings().ask_confidence { self.give(confidence, cx) } else { vec![] }
    }

    /// Puts the cursor on an option and brings it into sight.
    fn turn_to(&mut self, place: usize) {
        self.focus = place;
        self.place = Place::Option(self.top());
    }

    /// The line that stands at the top.
    fn top(&self) -> usize {
        self.drawn.get().map_or(0, |d| d.scroll)
    }

    /// Scrolls by so many lines from what is in sight. What was not drawn yet can't be scrolled.
    fn scroll(&mut self, step: isize) {
        if let Some(drawn) = self.drawn.get() {
            self.place = Place::Line(moved(drawn.scroll, step, drawn.deepest + 1));
        }
    }

    /// Scrolls by pages.
    fn turn_pages(&mut self, by: isize) {
        if let Some(drawn) = self.drawn.get() {
            self.scroll(by * drawn.page());
        }
    }

    fn give(&self, confidence: Option<Confidence>, cx: &Context<'_>) -> Vec<Effect> {
        let taken = cx.now.mono.saturating_sub(self.shown_at);
        self.study.decide(confidence, taken).map(|fact| vec![Effect::Log(vec![fact])]).unwrap_or_default()
    }

    fn asking_confidence(&self) -> bool {
        self.study.given.is_none() && self.study.question.as_ref().is_some_and(|q| q.chosen.is_some())
    }

    fn act_on_confidence(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        if let Some(place) = key.sure_option() {
            return self.choose(place, Some(Confidence::Sure), cx);
        }
        if let Some(place) = key.option() {
            return self.choose(place, None, cx);
        }
        match key {
            Key::Char('s') => self.give(Some(Confidence::Sure), cx),
            Key::Char('l') | Key::Enter => self.give(Some(Confidence::Leaning), cx),
            Key::Char('g') => self.give(Some(Confidence::Guessing), cx),
            Key::Esc | Key::Backspace => {
                self.study.choose(None);
                vec![]
            }
            _ => vec![],
        }
    }

    fn act_on_question(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        let options = self.study.question.as_ref().map_or(0, |q| q.shown.order.len());
        if let Some(place) = key.sure_option() {
            return self.choose(place, Some(Confidence::Sure).filter(|_| cx.settings().ask_confidence), cx);
        }
        if let Some(place) = key.option() {
            return self.choose(place, None, cx);
        }
        match key {
            Key::Enter => self.choose(self.focus, None, cx),
            Key::Char('x') => {
                if let Some(option) = self.option_at(self.focus) {
                    self.study.strike(option);
                }
                vec![]
            }
            Key::Char('m') => self.mark(cx),
            Key::Char('u') => self.undo(),
            Key::Esc => self.stop(),
            Key::Tab => {
                self.turn_to((self.focus + 1) % options.max(1));
                vec![]
            }
            Key::PageDown | Key::Char(' ') => {
                self.turn_pages(1);
                vec![]
            }
            Key::PageUp => {
                self.turn_pages(-1);
                vec![]
            }
            // From the first option on, the way up leads to the stem.
            Key::Up | Key::Char('k') if self.focus == 0 => {
                self.scroll(-1);
                vec![]
            }
            key => {
                if let Some(step) = key.step() {
                    self.turn_to(moved(self.focus, step, options));
                }
                vec![]
            }
        }
    }

    /// The question whose reasons are shown.
    fn subject(&self) -> Option<Subject> {
        let shown = self.study.given.as_ref()?.question.shown.clone();
        Some(Subject { item: shown.item, hash: shown.hash, objective: shown.objective })
    }

    fn act_on_reasons(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        if let Some(effects) = self.remarks.act(key, self.subject(), cx) {
            return effects;
        }
        match key {
            Key::Char(' ') => match self.drawn.get() {
                Some(drawn) if drawn.scroll >= drawn.deepest => return self.go_on(cx),
                _ => self.turn_pages(1),
            },
            Key::Enter | Key::Char('n') | Key::Right => return self.go_on(cx),
            Key::Char('m') => return self.mark(cx),
            Key::Char('u') => return self.undo(),
            Key::Esc => return self.stop(),
            Key::PageDown => self.turn_pages(1),
            Key::PageUp => self.turn_pages(-1),
            key => {
                if let Some(step) = key.step() {
                    self.scroll(step);
                }
            }
        }
        vec![]
    }

    /// Leaves the question for the page that says how the sitting went; with nothing answered, the sitting itself.
    fn stop(&mut self) -> Vec<Effect> {
        if self.study.done.is_empty() {
            return vec![Effect::Back];
        }
        self.study.stop().map(|fact| Effect::Log(vec![fact])).into_iter().collect()
    }

    fn go_on(&mut self, cx: &Context<'_>) -> Vec<Effect> {
        self.study.next(cx.library(), cx.progress());
        self.fresh(cx);
        vec![]
    }

    fn fresh(&mut self, cx: &Context<'_>) {
        self.focus = 0;
        self.place = Place::Line(0);
        self.drawn.set(None);
        self.shown_at = cx.now.mono;
    }

    fn mark(&self, cx: &Context<'_>) -> Vec<Effect> {
        self.study.question.as_ref().map(|q| Effect::turn_mark(&q.shown.item, cx)).unwrap_or_default()
    }

    fn undo(&mut self) -> Vec<Effect> {
        match self.study.done.last() {
            Some(given) => vec![Effect::Retract(given.event)],
            None => vec![Effect::Notice("There is no answer of this sitting to take back.".into())],
        }
    }
}

impl Screen for StudyScreen {
    fn title(&self, cx: &Context<'_>) -> String {
        let kind = if self.scope.which == Which::Plan { "Study" } else { "Practice" };
        let kind = self.scope.title.unwrap_or(kind);
        let Some(question) = &self.study.question else { return kind.to_owned() };
        let topic = cx.library().item(&question.shown.item).map_or("", |i| i.topic.title.as_str());
        match question.reason {
            Reason::Chosen => format!("{kind} · {topic}"),
            reason => format!("{kind} · {topic} · {}", reason.words(cx.today())),
        }
    }

    fn status(&self, cx: &Context<'_>) -> String {
        let Some(question) = &self.study.question else { return String::new() };
        let marked = cx.is_marked(&question.shown.item);
        let again = match self.study.repeats_left() {
            0 => String::new(),
            n => format!(" +{n} again"),
        };
        format!(
            "{}{}{}/{}{again}",
            if self.study.given.is_some() { "saved  " } else { "" },
            if marked { "marked  " } else { "" },
            self.study.number(),
            self.study.planned()
        )
    }

    fn hints(&self, cx: &Context<'_>) -> Vec<Hint> {
        if let Some(hints) = self.remarks.hints() {
            return hints;
        }
        let mut hints = if self.study.question.is_none() {
            let more = [hint("Enter", "more"), hint("Esc", "back"), hint("u", "undo")];
            if self.study.done.is_empty() { vec![hint("Esc", "back")] } else { more.to_vec() }
        } else if self.study.given.is_some() {
            vec![
                hint("Enter", "next"),
                hint("Space", "read on"),
                hint("m", "mark"),
                hint("u", "undo"),
                hint("Esc", "stop"),
                remarks::HINTS[0],
                remarks::HINTS[1],
                remarks::HINTS[2],
            ]
        } else if self.asking_confidence() {
            vec![
                hint("Enter", "leaning"),
                hint("s", "sure"),
                hint("g", "guess"),
                hint("Esc", "back"),
                hint("a–c", "another"),
                hint("l", "leaning"),
            ]
        } else {
            vec![hint("a–c", "answer"), hint("x", "strike"), hint("m", "mark"), hint("Esc", "stop"), hint("u", "undo")]
        };
        if self.study.question.is_some() && self.study.given.is_none() && cx.settings().ask_confidence {
            hints.push(hint("A–C", "answer, sure"));
        }
        hints
    }

    fn help(&self) -> &'static str {
        "Answer with a letter, a number, or the arrows and Enter. Then say how sure you are, with s, l or g (Enter means leaning); another letter or number changes the answer, and a capital letter answers and says sure in one. A right guess counts as less than knowing, and what you got wrong while sure comes back first. (Settings can switch that off.) You may stop at any moment; every answer is saved as you give it, and u takes the last one back. After the answer, s sends its rule to study, w writes a note and ! says what seems wrong; all of it stays on this computer."
    }

    fn takes_text(&self) -> bool {
        self.remarks.is_typing()
    }

    fn act(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        if self.study.question.is_none() {
            return match key {
                Key::Enter if !self.study.done.is_empty() => {
                    let today = self.scope == Scope::default();
                    let count = if today { pick::next_sitting(cx.progress(), cx.today()).1 } else { self.count };
                    vec![Effect::Study(self.scope.clone(), count)]
                }
                Key::Esc => vec![Effect::Back],
                Key::Char('u') => self.undo(),
                _ => vec![],
            };
        }
        if self.study.given.is_some() {
            self.act_on_reasons(key, cx)
        } else if self.asking_confidence() {
            self.act_on_confidence(key, cx)
        } else {
            self.act_on_question(key, cx)
        }
    }

    fn logged(&mut self, events: &[Event], _cx: &Context<'_>) -> Vec<Effect> {
        self.remarks.logged(events);
        for event in events {
            self.study.evolve(event);
        }
        // A mark is a fact too; only an answer begins the reading.
        if events.iter().any(|e| matches!(e.fact, Fact::Answered(_))) {
            self.place = Place::Reasons;
            self.drawn.set(None);
        }
        vec![]
    }

    fn retracted(&mut self, cx: &Context<'_>) {
        self.study.undo();
        self.fresh(cx);
    }

    fn leave(&mut self, _cx: &Context<'_>) -> Vec<Effect> {
        self.study.stop().map(|fact| Effect::Log(vec![fact])).into_iter().collect()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>) {
        let window = area;
        let area = column(area);
        match &self.study.question {
            Some(question) => self.draw_question(question, frame, area, cx),
            None => scrolled(frame, area, self.summary(cx, area.width as usize), 0, Some(0), &cx.theme),
        }
        self.remarks.draw(frame, window, &cx.theme);
    }
}
