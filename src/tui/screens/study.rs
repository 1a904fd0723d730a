//! Study and practice: a question, at once its reasons, then the next.

use crate::core::confidence::Confidence;
use crate::core::event::{Event, Fact, ItemFlagged};
use crate::core::pick::{self, Scope};
use crate::core::study::Study;
use crate::tui::card::{Card, letter, rule_lines};
use crate::tui::keys::{Key, moved};
use crate::tui::layout::{column, scrolled};
use crate::tui::screen::{Context, Effect, Hint, Screen, hint};
use crate::tui::text::{count, paragraph};
use crate::tui::theme::Theme;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use std::cell::Cell;
use std::time::Duration;

/// A sitting on the screen.
pub struct StudyScreen {
    study: Study,
    scope: Scope,
    focus: usize,
    shown_at: Duration,
    scroll: usize,
    /// How far down the last drawing could be scrolled; drawing is the only place where the height is known.
    deepest: Cell<usize>,
}

impl StudyScreen {
    /// Begins a sitting of `count` questions.
    pub fn begin(session: String, scope: Scope, count: usize, cx: &Context<'_>) -> Self {
        let study = Study::begin(session, cx.library(), cx.progress(), &scope, cx.today(), count, cx.seed);
        Self { study, scope, focus: 0, shown_at: cx.now.mono, scroll: 0, deepest: Cell::new(0) }
    }

    /// The option at a place on the screen, as a file position.
    fn option_at(&self, place: usize) -> Option<u8> {
        self.study.question.as_ref()?.shown.order.get(place).copied()
    }

    fn choose(&mut self, place: usize, confidence: Option<Confidence>, cx: &Context<'_>) -> Vec<Effect> {
        let Some(option) = self.option_at(place) else { return vec![] };
        self.focus = place;
        self.study.choose(Some(option));
        if self.study.question.as_ref().is_some_and(|q| q.chosen.is_none()) {
            return vec![Effect::Notice(format!(
                "Option {} is struck out. Press x on it to bring it back.",
                letter(place)
            ))];
        }
        if confidence.is_some() || !cx.settings().ask_confidence { self.give(confidence, cx) } else { vec![] }
    }

    fn give(&self, confidence: Option<Confidence>, cx: &Context<'_>) -> Vec<Effect> {
        let taken = cx.now.mono.saturating_sub(self.shown_at);
        self.study.decide(confidence, taken).map(|fact| vec![Effect::Log(vec![fact])]).unwrap_or_default()
    }

    fn asking_confidence(&self) -> bool {
        self.study.given.is_none() && self.study.question.as_ref().is_some_and(|q| q.chosen.is_some())
    }

    fn act_on_confidence(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        match key {
            Key::Char('s' | '1') => self.give(Some(Confidence::Sure), cx),
            Key::Char('l' | '2') | Key::Enter => self.give(Some(Confidence::Leaning), cx),
            Key::Char('g' | '3') => self.give(Some(Confidence::Guessing), cx),
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
            Key::Esc => vec![Effect::Back],
            Key::Tab => {
                self.focus = (self.focus + 1) % options.max(1);
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
                    self.focus = moved(self.focus, step, options);
                }
                vec![]
            }
        }
    }

    fn act_on_reasons(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        match key {
            Key::Char(' ') | Key::PageDown if self.scroll < self.deepest.get() => {
                self.scroll = (self.scroll + 8).min(self.deepest.get());
                vec![]
            }
            Key::Enter | Key::Char('n' | ' ') | Key::Right => self.go_on(cx),
            Key::Char('m') => self.mark(cx),
            Key::Char('u') => self.undo(),
            Key::Esc => vec![Effect::Back],
            key => {
                if let Some(step) = key.step() {
                    self.scroll = moved(self.scroll, step, self.deepest.get() + 1);
                }
                vec![]
            }
        }
    }

    fn go_on(&mut self, cx: &Context<'_>) -> Vec<Effect> {
        self.study.next(cx.library(), cx.progress());
        self.fresh(cx);
        vec![]
    }

    fn fresh(&mut self, cx: &Context<'_>) {
        self.focus = 0;
        self.scroll = 0;
        self.shown_at = cx.now.mono;
    }

    fn mark(&self, cx: &Context<'_>) -> Vec<Effect> {
        let Some(question) = &self.study.question else { return vec![] };
        let item = question.shown.item.clone();
        let on = !cx.progress().item(&item).is_some_and(|i| i.flagged);
        let words = if on { "Marked. Practice can ask for marked questions." } else { "The mark is taken away." };
        vec![Effect::Log(vec![Fact::ItemFlagged(ItemFlagged { item, on })]), Effect::Notice(words.into())]
    }

    fn undo(&mut self) -> Vec<Effect> {
        match self.study.done.last() {
            Some(given) => vec![Effect::Retract(given.event)],
            None => vec![Effect::Notice("There is no answer of this sitting to take back.".into())],
        }
    }

    fn summary(&self, cx: &Context<'_>, width: usize) -> Vec<Line<'static>> {
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
            lines.push(Line::styled("Still shaky; they come back tomorrow:", theme.title));
            for id in misses {
                let title = cx.library().objective(id).map_or(id.as_str(), |(_, o)| o.title.as_str());
                lines.extend(crate::tui::text::hanging(vec!["  ".into()], title, width, theme.text));
            }
        }
        lines.push(Line::default());
        lines.extend(paragraph("Enter asks more. Esc goes back. Everything is saved.", width, theme.quiet));
        lines
    }

    fn verdict(&self, theme: &Theme, width: usize) -> Vec<Line<'static>> {
        let Some(given) = &self.study.given else { return vec![] };
        let shown = &given.question.shown;
        let key = shown.order.iter().position(|o| *o == shown.key).unwrap_or(0);
        let (text, style) = match (given.right(), given.confidence) {
            (true, Some(Confidence::Guessing)) => {
                (format!("✓ Right, by a guess: {}. It counts as not yet known.", letter(key)), theme.right)
            }
            (true, _) => (format!("✓ Right: {}.", letter(key)), theme.right),
            (false, Some(Confidence::Sure)) => {
                (format!("✗ The answer is {}. You were sure, so this rule comes back first.", letter(key)), theme.wrong)
            }
            (false, _) => (format!("✗ The answer is {}.", letter(key)), theme.wrong),
        };
        paragraph(&text, width, style)
    }
}

impl Screen for StudyScreen {
    fn title(&self, cx: &Context<'_>) -> String {
        let kind = if self.scope.which == pick::Which::Plan { "Study" } else { "Practice" };
        let Some(question) = &self.study.question else { return kind.to_owned() };
        let topic = cx.library().item(&question.shown.item).map_or("", |i| i.topic.title.as_str());
        format!("{kind} · {topic} · {}", question.reason.title())
    }

    fn status(&self, cx: &Context<'_>) -> String {
        let Some(question) = &self.study.question else { return String::new() };
        let asked = self.study.done.len() + usize::from(self.study.given.is_none());
        let marked = cx.progress().item(&question.shown.item).is_some_and(|i| i.flagged);
        let saved = if self.study.given.is_some() { "saved  " } else { "" };
        format!("{saved}{}{asked}/{}", if marked { "marked  " } else { "" }, asked + self.study.left())
    }

    fn hints(&self, cx: &Context<'_>) -> Vec<Hint> {
        let mut hints = if self.study.question.is_none() {
            vec![hint("Enter", "more"), hint("Esc", "back")]
        } else if self.study.given.is_some() {
            vec![
                hint("Enter", "next"),
                hint("Space", "read on"),
                hint("m", "mark"),
                hint("u", "undo"),
                hint("Esc", "stop"),
            ]
        } else if self.asking_confidence() {
            vec![hint("s", "sure"), hint("l", "leaning"), hint("g", "guessing"), hint("Esc", "choose again")]
        } else {
            vec![hint("a–c", "answer"), hint("x", "strike"), hint("m", "mark"), hint("Esc", "stop"), hint("u", "undo")]
        };
        if self.study.question.is_some() && self.study.given.is_none() && cx.settings().ask_confidence {
            hints.push(hint("A–C", "answer, sure"));
        }
        hints
    }

    fn help(&self) -> &'static str {
        "Answer with a letter, a number, or the arrows and Enter. Then say how sure you are: a right guess counts as less than knowing, and what you got wrong while sure comes back first. (Settings can switch that off.) You may stop at any moment; every answer is saved as you give it, and u takes the last one back."
    }

    fn act(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        if self.study.question.is_none() {
            return match key {
                Key::Enter => {
                    let count = pick::questions_in(cx.progress(), cx.settings().minutes_per_day);
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
        for event in events {
            self.study.evolve(event);
        }
        if self.study.given.is_some() {
            // The first drawing of the reasons begins at the options; usize::MAX says so, as drawing knows the height.
            self.scroll = usize::MAX;
        }
        vec![]
    }

    fn retracted(&mut self, cx: &Context<'_>) {
        self.study.undo();
        self.fresh(cx);
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>) {
        let area = column(area);
        let (theme, width) = (&cx.theme, area.width as usize);
        let Some(question) = &self.study.question else {
            scrolled(frame, area, self.summary(cx, width), 0, Some(0), theme);
            return;
        };
        let Some(found) = cx.library().item(&question.shown.item) else { return };
        let given = self.study.given.as_ref();
        let card = Card {
            item: found.item,
            order: &question.shown.order,
            focus: Some(self.focus),
            chosen: given.map(|g| g.choice).or(question.chosen),
            struck: &question.struck,
            reveal: given.is_some(),
        }
        .lines(width, theme, cx.library());
        let mut lines = card.lines;
        if given.is_some() {
            lines.extend(rule_lines(found.objective, cx.library(), width, theme));
            if pick::exhausted(cx.library(), cx.progress(), &found.objective.id) {
                lines.push(Line::default());
                lines.extend(paragraph("You have seen every question of this rule.", width, theme.quiet));
            }
        }
        let mut fixed = self.verdict(theme, width);
        if self.asking_confidence() {
            fixed = paragraph("How sure are you?   s sure   l leaning   g guessing", width, theme.strong);
        }
        let fixed_height = (fixed.len() as u16 + u16::from(!fixed.is_empty() && area.height > 10)).min(area.height);
        let body = Rect {
            height: area.height - fixed_height,
            y: area.y + if given.is_some() { fixed_height } else { 0 },
            ..area
        };
        let fixed_area = Rect {
            y: if given.is_some() { area.y } else { area.y + area.height - fixed.len() as u16 },
            height: fixed.len() as u16,
            ..area
        };
        scrolled(frame, fixed_area, fixed, 0, None, theme);
        let deepest = lines.len().saturating_sub(body.height as usize);
        self.deepest.set(deepest);
        let first_option = card.options.first().copied().unwrap_or(0);
        let option_line = card.options.get(self.focus).copied();
        let scroll = match (self.scroll, given) {
            (usize::MAX, _) => first_option.min(deepest),
            (scroll, Some(_)) => scroll.min(deepest),
            // While choosing, the option under the cursor must be on the screen.
            (scroll, None) => follow(scroll, self.focus, option_line, body.height as usize, deepest),
        };
        let cursor = if given.is_some() { Some(scroll) } else { option_line };
        scrolled(frame, body, lines, scroll, cursor, theme);
    }
}

/// The scroll position at which the line of the focused option can be seen.
pub(super) fn follow(scroll: usize, focus: usize, line: Option<usize>, height: usize, deepest: usize) -> usize {
    let line = line.unwrap_or(0);
    if focus == 0 || line < scroll + height.saturating_sub(1) && line >= scroll {
        return scroll.min(deepest);
    }
    (line + 3).saturating_sub(height).clamp(scroll.min(deepest), deepest)
}
