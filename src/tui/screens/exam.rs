//! The exam room: one item at a time, the clock, the grid of all items, handing in, the break.

mod acts;
mod dialogs;
mod grid;

use super::report::ReportScreen;
use crate::core::calendar::{clock_text, words};
use crate::core::event::{Event, ExamId, ExamInterrupted, Fact};
use crate::core::exam::{ActiveClock, Exam, GAP, Move, Phase};
use crate::tui::card::Card;
use crate::tui::keys::Key;
use crate::tui::layout::{column, scrolled};
use crate::tui::screen::{Context, Effect, Hint, Screen, hint};
use crate::tui::text::paragraph;
use ratatui::Frame;
use ratatui::layout::Rect;
use std::cell::Cell;
use std::time::Duration;

/// How often a running exam's clock is noted on disk.
const BEAT: Duration = Duration::from_secs(5);
/// When the remaining time is announced in words.
const WARNINGS: [u64; 4] = [30 * 60, 10 * 60, 5 * 60, 60];
/// A hidden clock shows itself for the last five minutes.
const ALWAYS_SHOWN: Duration = Duration::from_mins(5);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Item,
    Grid,
    HandIn,
    Leave,
}

/// An exam on the screen.
pub struct ExamScreen {
    id: ExamId,
    clock: ActiveClock,
    beaten: Duration,
    /// How long the exam stood still before it was resumed; logged at the first look at the time.
    away: Duration,
    mode: Mode,
    focus: usize,
    /// Whether the arrows have been used on this item: then Enter answers, otherwise it goes on.
    moved: bool,
    cell: usize,
    scroll: usize,
    deepest: Cell<usize>,
    columns: Cell<usize>,
}

impl ExamScreen {
    /// Goes on with an exam where it was left; `None` if it is over or unknown.
    pub fn resume(id: &ExamId, cx: &Context<'_>) -> Option<Self> {
        let exam = cx.progress().exam(id).filter(|e| e.is_open())?;
        let (spent, away) = cx.desk.clock_of(exam, cx.now.wall);
        Some(Self {
            id: id.clone(),
            clock: ActiveClock::resume(spent, cx.now),
            beaten: spent,
            away,
            mode: Mode::Item,
            focus: 0,
            moved: false,
            cell: exam.position,
            scroll: 0,
            deepest: Cell::new(0),
            columns: Cell::new(1),
        })
    }

    fn exam<'a>(&self, cx: &Context<'a>) -> Option<&'a Exam> {
        cx.progress().exam(&self.id)
    }

    fn left(&self, exam: &Exam) -> Option<Duration> {
        Some(exam.limit()?.saturating_sub(self.clock.spent()))
    }

    /// Counts the time, and gives what follows from it: a standstill, a section that is over.
    fn pass_time(&mut self, cx: &Context<'_>) -> Vec<Effect> {
        let mut facts = vec![];
        let away = Some(std::mem::take(&mut self.away)).filter(|away| *away > GAP);
        for gap in away.into_iter().chain(self.clock.tick(cx.now)) {
            facts.push(Fact::ExamInterrupted(ExamInterrupted { exam: self.id.clone(), ms: gap.as_millis() as u64 }));
        }
        let Some(exam) = self.exam(cx) else { return vec![Effect::Back] };
        facts.extend(exam.decide(None, self.clock.spent()));
        if facts.is_empty() { vec![] } else { vec![Effect::Log(facts)] }
    }

    /// Does a move, unless the time for it is over.
    fn go(&self, mv: Move, cx: &Context<'_>) -> Vec<Effect> {
        let Some(exam) = self.exam(cx) else { return vec![] };
        let facts = exam.decide(Some(mv), self.clock.spent());
        if facts.is_empty() { vec![] } else { vec![Effect::Log(facts)] }
    }

    fn turn_to(&mut self, position: usize, cx: &Context<'_>) -> Vec<Effect> {
        self.focus = 0;
        self.moved = false;
        self.scroll = 0;
        self.cell = position;
        self.go(Move::Open(position), cx)
    }

    fn time_words(&self, exam: &Exam) -> String {
        match self.left(exam) {
            Some(left) => format!("{} left in this section.", words(left)),
            None => format!("No time limit. {} so far.", words(self.clock.spent())),
        }
    }

    fn draw_item(&self, exam: &Exam, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>) {
        let (theme, width) = (&cx.theme, area.width as usize);
        let Some((form, slot)) = exam.open_item() else { return };
        let Some(item) = cx.desk.item_as_shown(&form.shown) else {
            let words = "This question is no longer in the bank and no copy of it was kept. Go on with n.";
            scrolled(frame, area, paragraph(words, width, theme.warning), 0, None, theme);
            return;
        };
        let card = Card {
            item: &item,
            order: &form.shown.order,
            focus: Some(self.focus).filter(|_| self.moved),
            chosen: slot.choice,
            struck: &slot.struck,
            reveal: false,
        }
        .lines(width, theme, cx.library());
        let deepest = card.lines.len().saturating_sub(area.height as usize);
        self.deepest.set(deepest);
        let line = card.options.get(self.focus).copied();
        let scroll = super::study::follow(self.scroll, self.focus, line, area.height as usize, deepest);
        scrolled(frame, area, card.lines, scroll, line, theme);
    }
}

impl Screen for ExamScreen {
    fn title(&self, cx: &Context<'_>) -> String {
        let Some(exam) = self.exam(cx) else { return "Exam".into() };
        let name = exam.form.name.as_deref().unwrap_or("Mock exam");
        match (exam.section(), exam.form.sections.len()) {
            (Some(n), 2..) => format!("{name} · section {} of {}", n + 1, exam.form.sections.len()),
            _ => name.to_owned(),
        }
    }

    fn status(&self, cx: &Context<'_>) -> String {
        let Some(exam) = self.exam(cx) else { return String::new() };
        let Some((items, slots)) = exam.running() else { return String::new() };
        let flag = if slots.get(exam.position).is_some_and(|s| s.flagged) { "flagged  " } else { "" };
        let clock = match self.left(exam) {
            Some(left) if !cx.settings().hide_clock || left <= ALWAYS_SHOWN => format!("  {}", clock_text(left)),
            _ => String::new(),
        };
        format!("{flag}{}/{}{clock}", exam.position + 1, items.len())
    }

    fn hints(&self, cx: &Context<'_>) -> Vec<Hint> {
        if self.exam(cx).is_some_and(|e| matches!(e.phase, Phase::Break(_))) {
            return vec![hint("Enter", "begin the next section"), hint("Esc", "pause")];
        }
        match self.mode {
            Mode::Item => vec![
                hint("a–c", "answer"),
                hint("Enter", "next"),
                hint("p", "back"),
                hint("f", "flag"),
                hint("g", "all items"),
                hint("s", "hand in"),
                hint("x", "strike"),
                hint("t", "time"),
                hint("Backspace", "clear the answer"),
                hint("Esc", "pause"),
            ],
            Mode::Grid => vec![
                hint("s", "hand in"),
                hint("Enter", "open"),
                hint("u", "unanswered"),
                hint("f", "flagged"),
                hint("Esc", "back"),
            ],
            Mode::HandIn => vec![hint("y", "hand in"), hint("Esc", "go on working"), hint("u", "first unanswered")],
            Mode::Leave => vec![hint("y", "leave"), hint("Esc", "go on working")],
        }
    }

    fn help(&self) -> &'static str {
        "Answer with a letter or a number, or go to an option with the arrows and press Enter. Each answer is saved as you give it and can be changed until you hand the section in. The clock runs only while this screen is open: a crash, a closed laptop or a pause stops it, and the report says so. Flag, strike-out and the list of all items help you to come back to what is open."
    }

    fn act(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        let due = self.pass_time(cx);
        if !due.is_empty() {
            return due;
        }
        let Some(exam) = self.exam(cx) else { return vec![Effect::Back] };
        match (self.mode, key) {
            (Mode::HandIn, Key::Char('y' | 'Y')) => {
                self.mode = Mode::Item;
                return self.go(Move::Submit, cx);
            }
            (Mode::HandIn, Key::Char('u')) => {
                self.mode = Mode::Item;
                let open = exam.running().and_then(|(_, slots)| slots.iter().position(|s| s.choice.is_none()));
                return open.map(|n| self.turn_to(n, cx)).unwrap_or_default();
            }
            (Mode::Leave, Key::Char('y' | 'Y')) => return vec![Effect::Back],
            (Mode::HandIn | Mode::Leave, Key::Char('n' | 'N') | Key::Esc) => {
                self.mode = Mode::Item;
                return vec![];
            }
            (Mode::HandIn | Mode::Leave, _) => return vec![],
            (Mode::Item | Mode::Grid, _) => {}
        }
        if matches!(exam.phase, Phase::Break(_)) {
            return match key {
                Key::Enter => self.go(Move::EndBreak, cx),
                Key::Esc => {
                    self.mode = Mode::Leave;
                    vec![]
                }
                _ => vec![],
            };
        }
        if self.mode == Mode::Grid { self.act_on_grid(key, exam, cx) } else { self.act_on_item(key, exam, cx) }
    }

    fn tick(&mut self, cx: &Context<'_>) -> Vec<Effect> {
        let before = self.exam(cx).and_then(|e| self.left(e));
        let mut effects = self.pass_time(cx);
        let Some(exam) = self.exam(cx) else { return vec![Effect::Back] };
        if exam.open_item().is_some_and(|(_, slot)| !slot.opened) && effects.is_empty() {
            effects.extend(self.go(Move::Open(exam.position), cx));
        }
        if let (Some(before), Some(now)) = (before, self.left(exam)) {
            let crossed = WARNINGS.iter().find(|s| before.as_secs() > **s && now.as_secs() <= **s);
            if let (Some(seconds), Some(_)) = (crossed, exam.section()) {
                effects.push(Effect::Notice(format!("{} left in this section.", words(Duration::from_secs(*seconds)))));
            }
        }
        if self.clock.spent().saturating_sub(self.beaten) >= BEAT {
            self.beaten = self.clock.spent();
            effects.push(Effect::Beat(self.id.clone(), exam.phase, self.beaten));
        }
        effects
    }

    fn logged(&mut self, events: &[Event], cx: &Context<'_>) -> Vec<Effect> {
        let Some(exam) = self.exam(cx) else { return vec![] };
        if events.iter().any(|e| matches!(e.fact, Fact::SectionSubmitted(_) | Fact::BreakEnded(_))) {
            self.clock = ActiveClock::resume(Duration::ZERO, cx.now);
            self.beaten = Duration::ZERO;
            self.mode = Mode::Item;
            self.focus = 0;
            self.moved = false;
            self.scroll = 0;
        }
        match exam.phase {
            Phase::Ended(_) => vec![Effect::Replace(Box::new(ReportScreen::new(&self.id)))],
            Phase::Section(_) if exam.open_item().is_some_and(|(_, s)| !s.opened) => {
                self.go(Move::Open(exam.position), cx)
            }
            _ => vec![],
        }
    }

    fn leave(&mut self, cx: &Context<'_>) -> Vec<Effect> {
        self.clock.tick(cx.now);
        match self.exam(cx) {
            Some(exam) if exam.is_open() => vec![Effect::Beat(self.id.clone(), exam.phase, self.clock.spent())],
            _ => vec![],
        }
    }

    fn wake_in(&self, cx: &Context<'_>) -> Option<Duration> {
        let exam = self.exam(cx).filter(|e| e.is_open())?;
        let spent = self.clock.spent() + cx.now.mono.saturating_sub(self.clock.last_look());
        let to_second = Duration::from_millis(1000 - u64::from(spent.subsec_millis()));
        let hidden = cx.settings().hide_clock && self.left(exam).is_none_or(|l| l > ALWAYS_SHOWN + BEAT);
        Some(if hidden { BEAT } else { to_second })
    }

    fn ask_before_quitting(&self, _cx: &Context<'_>) -> Option<&'static str> {
        Some("Your answers are saved and the clock stops. You can go on later at the same question with the same time.")
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>) {
        let Some(exam) = self.exam(cx) else { return };
        let body = column(area);
        if matches!(exam.phase, Phase::Break(_)) {
            dialogs::draw_break(self.left(exam).unwrap_or_default(), frame, body, &cx.theme);
        } else if self.mode == Mode::Grid {
            let columns = grid::draw(exam, self.cell, frame, body, &cx.theme);
            self.columns.set(columns);
        } else {
            self.draw_item(exam, frame, body, cx);
        }
        match self.mode {
            Mode::HandIn => dialogs::hand_in(exam, frame, area, &cx.theme),
            Mode::Leave => dialogs::leave(frame, area, &cx.theme),
            Mode::Item | Mode::Grid => {}
        }
    }
}
