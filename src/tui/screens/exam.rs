//! The exam room: one item at a time, the clock, the grid of all items, handing in, the break.

mod acts;
mod dialogs;
mod grid;
mod tools;

use super::report::ReportScreen;
use crate::core::calendar::{clock_text, words};
use crate::core::event::{Event, ExamId, Fact};
use crate::core::exam::{Exam, Look, Move, Phase, Sitting};
use crate::paper::room;
use crate::tui::card::Card;
use crate::tui::keys::Key;
use crate::tui::layout::{column, scrolled};
use crate::tui::screen::{Context, Effect, Hint, Screen, hint};
use crate::tui::text::{count, hanging, paragraph};
use crate::tui::text_field::TextField;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use std::cell::Cell;
use std::time::Duration;

/// How often a hidden clock is looked at.
const HIDDEN_LOOK: Duration = Duration::from_secs(5);
/// A hidden clock shows itself for the last five minutes.
const ALWAYS_SHOWN: Duration = Duration::from_mins(5);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Mode {
    Item,
    /// Highlighting, with the cursor on a word of the stem.
    Highlight(u16),
    /// Typing a note.
    Note(TextField),
    Grid,
    /// Choosing between the two kinds of break.
    Pause,
    HandIn,
    Leave,
    End,
}

/// An exam on the screen.
pub struct ExamScreen {
    id: ExamId,
    sitting: Sitting,
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
            sitting: Sitting::resume(exam, spent, away, cx.now),
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

    /// Looks at the clock, and gives what follows from it.
    fn look(&mut self, exam: &Exam, cx: &Context<'_>) -> (Look, Vec<Effect>) {
        let look = self.sitting.look(exam, cx.now);
        let mut effects = vec![];
        if !look.facts.is_empty() {
            effects.push(Effect::Log(look.facts.clone()));
        }
        if let Some(spent) = look.beat {
            effects.push(Effect::Beat(self.id.clone(), exam.phase, spent));
        }
        if let Some(minutes) = look.warning {
            effects.push(Effect::Notice(format!("{}{}", count(minutes as usize, "minute"), room::left_in(exam))));
        }
        (look, effects)
    }

    /// Does a move, unless the time for it is over.
    fn go(&self, mv: Move, cx: &Context<'_>) -> Vec<Effect> {
        let Some(exam) = self.exam(cx) else { return vec![] };
        let facts = self.sitting.decide(exam, mv);
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
        match self.sitting.left(exam) {
            Some(left) => format!("{}{}", words(left), room::left_in(exam)),
            None => format!("No time limit. {} so far.", words(self.sitting.spent())),
        }
    }

    /// The answer to a question that stands above the exam; `None` if none stands there.
    fn act_on_dialog(&mut self, key: Key, exam: &Exam, cx: &Context<'_>) -> Option<Vec<Effect>> {
        let yes = matches!(key, Key::Char('y' | 'Y'));
        let effects = match (&self.mode, key) {
            (Mode::Item | Mode::Grid | Mode::Highlight(_) | Mode::Note(_), _) => return None,
            (Mode::Pause, Key::Char('r') | Key::Enter) => self.go(Move::GoAway, cx),
            (Mode::Pause, Key::Char('s')) if exam.rests_left() > 0 => self.go(Move::Rest, cx),
            (Mode::HandIn, _) if yes => self.go(Move::Submit, cx),
            (Mode::HandIn, Key::Char('u')) => {
                let open = exam.running().and_then(|(_, slots)| slots.iter().position(|s| s.choice.is_none()));
                open.map(|n| self.turn_to(n, cx)).unwrap_or_default()
            }
            (Mode::Leave, _) if yes => vec![Effect::Back],
            (Mode::Leave, Key::Char('e')) => {
                self.mode = Mode::End;
                return Some(vec![]);
            }
            (Mode::End, _) if yes => self.go(Move::Abandon, cx),
            (_, Key::Char('n' | 'N') | Key::Esc) => vec![],
            _ => return Some(vec![]),
        };
        self.mode = Mode::Item;
        Some(effects)
    }

    fn draw_item(&self, exam: &Exam, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>) {
        let (theme, width) = (&cx.theme, area.width as usize);
        let Some((form, slot)) = exam.open_item() else { return };
        let Some(item) = cx.desk.item_as_shown(&form.shown) else {
            let words = "This question is no longer in the bank and no copy of it was kept. Go on with n.";
            scrolled(frame, area, paragraph(words, width, theme.warning), 0, None, theme);
            return;
        };
        let mut card = Card {
            focus: Some(self.focus).filter(|_| self.moved),
            chosen: slot.choice,
            struck: &slot.struck,
            spacing: cx.settings().spacing,
            highlights: &slot.highlights,
            word: if let Mode::Highlight(word) = self.mode { Some(word) } else { None },
            ..Card::of(&item, &form.shown.order)
        }
        .lines(width, theme, cx.library());
        if !slot.note.is_empty() {
            card.lines.push(Line::default());
            card.lines.extend(hanging(vec![Span::styled("Note  ", theme.title)], &slot.note, width, theme.text));
        }
        let deepest = card.lines.len().saturating_sub(area.height as usize);
        self.deepest.set(deepest);
        if let Some(line) = card.word {
            let scroll = (line + 2).saturating_sub(area.height as usize);
            scrolled(frame, area, card.lines, scroll, Some(line), theme);
            return;
        }
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
        let clock = match self.sitting.left(exam) {
            Some(left) if !cx.settings().hide_clock || left <= ALWAYS_SHOWN => format!("  {}", clock_text(left)),
            _ => String::new(),
        };
        format!("{flag}{}/{}{clock}", exam.position + 1, items.len())
    }

    fn hints(&self, cx: &Context<'_>) -> Vec<Hint> {
        let asking = matches!(self.mode, Mode::HandIn | Mode::Leave | Mode::End);
        if let Some(exam) = self.exam(cx).filter(|_| !asking)
            && let Some(on) = dialogs::going_on(exam)
        {
            return vec![hint("Enter", on), hint("Esc", "leave")];
        }
        match &self.mode {
            Mode::Highlight(_) => vec![
                hint("Space", "mark the word"),
                hint("←→", "word"),
                hint("Backspace", "clear all"),
                hint("Enter", "done"),
            ],
            Mode::Note(_) => vec![hint("Enter", "keep the note"), hint("Esc", "leave it as it was")],
            Mode::Pause if self.exam(cx).is_none_or(|e| e.rests_left() == 0) => {
                vec![hint("r", "clock runs"), hint("Esc", "go on working")]
            }
            Mode::Pause => vec![hint("r", "clock runs"), hint("s", "clock stops"), hint("Esc", "go on working")],
            Mode::Item => vec![
                hint("a–c", "answer"),
                hint("Enter", "next"),
                hint("p", "back"),
                hint("f", "flag"),
                hint("g", "all items"),
                hint("s", "hand in"),
                hint("x", "strike"),
                hint("t", "time"),
                hint("h", "highlight"),
                hint("w", "write a note"),
                hint("r", "break"),
                hint("v", "layout"),
                hint("A–C", "answer, and sure"),
                hint("u", "mark the answer as a guess"),
                hint("Backspace", "clear the answer"),
                hint("Esc", "leave"),
            ],
            Mode::Grid => vec![
                hint("s", "hand in"),
                hint("Enter", "open"),
                hint("u", "unanswered"),
                hint("f", "flagged"),
                hint("Esc", "back"),
            ],
            Mode::HandIn => vec![hint("y", "hand in"), hint("Esc", "go on working"), hint("u", "first unanswered")],
            Mode::Leave => vec![hint("y", "leave"), hint("Esc", "go on working"), hint("e", "end it for good")],
            Mode::End => vec![hint("y", "end it for good"), hint("Esc", "go on working")],
        }
    }

    fn help(&self) -> &'static str {
        "Answer with a letter or a number, or go to an option with the arrows and press Enter. Each answer is saved as you give it and can be changed until you hand the section in. Flag, strike-out and the list of all items help you to come back to what is open. Notes, highlights, layouts, capital letters for sure and u for a guess are help of this program; the real exam may not have them. Unless the exam is strict, its clock runs only while this screen is open, and the report tells of every interruption."
    }

    fn act(&mut self, key: Key, cx: &Context<'_>) -> Vec<Effect> {
        let Some(exam) = self.exam(cx) else { return vec![Effect::Back] };
        let (look, mut effects) = self.look(exam, cx);
        if look.is_over() {
            // The key came too late for what it was meant for.
            return effects;
        }
        let answer = if let Some(answer) = self.act_on_dialog(key, exam, cx) {
            answer
        } else if dialogs::going_on(exam).is_some() {
            match key {
                Key::Enter if exam.away => self.go(Move::ComeBack, cx),
                Key::Enter => self.go(Move::EndBreak, cx),
                Key::Esc => {
                    self.mode = Mode::Leave;
                    vec![]
                }
                _ => vec![],
            }
        } else if self.mode == Mode::Grid {
            self.act_on_grid(key, exam, cx)
        } else if matches!(self.mode, Mode::Highlight(_) | Mode::Note(_)) {
            self.act_on_tool(key, exam, cx)
        } else {
            self.act_on_item(key, exam, cx)
        };
        effects.extend(answer);
        effects
    }

    fn tick(&mut self, cx: &Context<'_>) -> Vec<Effect> {
        let Some(exam) = self.exam(cx) else { return vec![Effect::Back] };
        let (look, mut effects) = self.look(exam, cx);
        if !look.is_over() && exam.open_item().is_some_and(|(_, slot)| !slot.opened) {
            effects.extend(self.go(Move::Open(exam.position), cx));
        }
        effects
    }

    fn logged(&mut self, events: &[Event], cx: &Context<'_>) -> Vec<Effect> {
        let Some(exam) = self.exam(cx) else { return vec![] };
        let mut effects = vec![];
        for event in events {
            self.sitting.logged(&event.fact, exam, cx.now);
            if let Fact::SectionSubmitted(submitted) = &event.fact {
                self.mode = Mode::Item;
                if submitted.at_limit {
                    effects.push(Effect::Notice(room::TIME_IS_UP.into()));
                }
            }
        }
        match exam.phase {
            Phase::Ended(_) => effects.insert(0, Effect::Replace(Box::new(ReportScreen::new(&self.id)))),
            Phase::Section(_) if exam.open_item().is_some_and(|(_, s)| !s.opened) => {
                effects.extend(self.turn_to(exam.position, cx));
            }
            _ => {}
        }
        effects
    }

    fn leave(&mut self, cx: &Context<'_>) -> Vec<Effect> {
        let Some(exam) = self.exam(cx).filter(|e| e.is_open()) else { return vec![] };
        self.look(exam, cx);
        vec![Effect::Beat(self.id.clone(), exam.phase, self.sitting.spent())]
    }

    fn wake_in(&self, cx: &Context<'_>) -> Option<Duration> {
        let exam = self.exam(cx).filter(|e| e.is_open())?;
        let to_second = self.sitting.to_next_second(cx.now);
        let left = self.sitting.left(exam);
        let hidden = cx.settings().hide_clock && left.is_none_or(|l| l > ALWAYS_SHOWN + HIDDEN_LOOK);
        Some(if hidden { HIDDEN_LOOK } else { to_second })
    }

    fn takes_text(&self) -> bool {
        matches!(self.mode, Mode::Note(_))
    }

    fn ask_before_quitting(&self, cx: &Context<'_>) -> Option<&'static str> {
        Some(if self.exam(cx).is_some_and(|e| e.form.strict) {
            "Your answers are saved. This exam is strict: its clock runs on while you are away."
        } else {
            "Your answers are saved and the clock stops. You can go on later at the same question with the same time."
        })
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Context<'_>) {
        let Some(exam) = self.exam(cx) else { return };
        let body = column(area);
        if dialogs::going_on(exam).is_some() {
            dialogs::draw_break(exam, self.sitting.left(exam), frame, body, &cx.theme);
        } else if self.mode == Mode::Grid {
            let columns = grid::draw(exam, self.cell, frame, body, &cx.theme);
            self.columns.set(columns);
        } else {
            self.draw_item(exam, frame, body, cx);
        }
        match &self.mode {
            Mode::HandIn => dialogs::hand_in(exam, frame, area, &cx.theme),
            Mode::Leave => dialogs::leave(exam, frame, area, &cx.theme),
            Mode::End => dialogs::end(frame, area, &cx.theme),
            Mode::Pause => dialogs::pause(exam, frame, area, &cx.theme),
            Mode::Note(field) => tools::draw_note(field, frame, area, &cx.theme),
            Mode::Item | Mode::Highlight(_) | Mode::Grid => {}
        }
    }
}
