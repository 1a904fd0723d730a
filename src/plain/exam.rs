//! The exam by lines.

use super::{Console, Heard, question, report};
use crate::core::calendar::{Moment, words};
use crate::core::event::{ExamId, ExamInterrupted, Fact};
use crate::core::exam::{ActiveClock, Exam, GAP, Move, Phase};
use crate::core::form::{FormRequest, supply};
use crate::desk::Desk;
use crate::text::count;
use std::time::Duration;

/// How often the clock is looked at and noted while waiting for a line.
const LOOK: Duration = Duration::from_secs(1);
const BEAT: Duration = Duration::from_secs(5);
/// When the remaining time is announced, in minutes.
const WARNINGS: [u64; 5] = [60, 30, 15, 5, 1];

/// Draws a form and sits the exam.
pub fn begin(
    desk: &mut Desk,
    request: &FormRequest,
    now: &dyn Fn() -> Moment,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let supply = supply(&desk.library, &desk.progress, request.category, request.length);
    if let Some(short) = supply.words() {
        console.say(&short)?;
    }
    if let Some(id) = desk.start_exam(now().wall, request)? {
        console.say(&format!("{} exam, seed {}.", request.category.title(), request.seed))?;
        sit(desk, &id, now, console)
    } else {
        console.say("The question bank holds no question for this exam.")?;
        Ok(())
    }
}

/// What follows after a line.
enum Next {
    Stay,
    Ask,
    Pause,
}

/// Goes on with an exam until it is over, paused, or the input ends.
pub fn sit(desk: &mut Desk, id: &ExamId, now: &dyn Fn() -> Moment, console: &mut Console<'_>) -> anyhow::Result<()> {
    console.say(
        "a to c answers; n next, p back, j 12 jumps; f flag, x a strikes out; l list, t time; h hand in; q pause.",
    )?;
    let mut room = Room::enter(desk, id, now);
    room.tick(console)?;
    room.go(Some(Move::Open(room.exam()?.position)))?;
    let mut asked = false;
    loop {
        if !room.exam()?.is_open() {
            break;
        }
        if !asked {
            room.show(console)?;
            asked = true;
        }
        match console.hear(LOOK)? {
            Heard::Nothing => {
                if room.tick(console)? {
                    asked = false;
                }
            }
            Heard::Line(line) => {
                if room.tick(console)? {
                    asked = false;
                    continue;
                }
                match room.line(&line, console)? {
                    Next::Ask => asked = false,
                    Next::Stay => console.prompt("Next?")?,
                    Next::Pause => return room.pause(console),
                }
            }
            Heard::End => {
                // A script that has answered everything is done; a person whose line broke is not.
                if !console.interactive && room.open_items()? == 0 {
                    room.go(Some(Move::Submit))?;
                    asked = false;
                    continue;
                }
                return room.pause(console);
            }
        }
    }
    let library = &room.desk.library;
    if let Some(exam) = room.desk.progress.exam(id) {
        report::report(exam, library, console)?;
        report::missed(exam, room.desk, console)?;
    }
    Ok(())
}

/// An exam with its running clock.
struct Room<'a> {
    desk: &'a mut Desk,
    id: &'a ExamId,
    now: &'a dyn Fn() -> Moment,
    clock: ActiveClock,
    beaten: Duration,
    /// How long the exam stood still before it was resumed; logged at the first look at the time.
    away: Duration,
}

impl<'a> Room<'a> {
    fn enter(desk: &'a mut Desk, id: &'a ExamId, now: &'a dyn Fn() -> Moment) -> Self {
        let at = now();
        let (spent, away) = desk.progress.exam(id).map(|e| desk.clock_of(e, at.wall)).unwrap_or_default();
        Self { desk, id, now, clock: ActiveClock::resume(spent, at), beaten: spent, away }
    }

    fn exam(&self) -> anyhow::Result<&Exam> {
        self.desk.progress.exam(self.id).ok_or_else(|| anyhow::anyhow!("the exam is gone from the log"))
    }

    fn open_items(&self) -> anyhow::Result<usize> {
        Ok(self.exam()?.running().map_or(0, |(_, slots)| slots.iter().filter(|s| s.choice.is_none()).count()))
    }

    fn left(&self) -> anyhow::Result<Option<Duration>> {
        Ok(self.exam()?.limit().map(|limit| limit.saturating_sub(self.clock.spent())))
    }

    /// Counts the time. True if the exam stands elsewhere now: a section ran out, or the break is over.
    fn tick(&mut self, console: &mut Console<'_>) -> anyhow::Result<bool> {
        let before = self.left()?;
        let at = (self.now)();
        let away = Some(std::mem::take(&mut self.away)).filter(|away| *away > GAP);
        for gap in away.into_iter().chain(self.clock.tick(at)) {
            let fact = ExamInterrupted { exam: self.id.clone(), ms: gap.as_millis() as u64 };
            self.desk.log(at.wall, vec![Fact::ExamInterrupted(fact)])?;
        }
        let phase = self.exam()?.phase;
        self.go(None)?;
        if self.exam()?.phase != phase {
            console.gap()?;
            console.say(if matches!(phase, Phase::Break(_)) {
                "The break is over."
            } else {
                "Time is up. The section is handed in."
            })?;
            return Ok(true);
        }
        if let (Some(before), Some(left)) = (before, self.left()?)
            && let Some(minutes) = WARNINGS.iter().find(|m| before.as_secs() > **m * 60 && left.as_secs() <= **m * 60)
        {
            console.gap()?;
            console.say(&format!("{} left.", count(*minutes as usize, "minute")))?;
        }
        if self.clock.spent().saturating_sub(self.beaten) >= BEAT {
            self.beat()?;
        }
        Ok(false)
    }

    fn beat(&mut self) -> anyhow::Result<()> {
        self.beaten = self.clock.spent();
        let phase = self.exam()?.phase;
        self.desk.beat(self.id, phase, self.beaten, (self.now)().wall)?;
        Ok(())
    }

    /// Does a move, and saves what follows from it.
    fn go(&mut self, mv: Option<Move>) -> anyhow::Result<()> {
        let facts = self.exam()?.decide(mv, self.clock.spent());
        if facts.is_empty() {
            return Ok(());
        }
        let phase = self.exam()?.phase;
        let at = (self.now)();
        self.desk.log(at.wall, facts)?;
        if self.exam()?.phase != phase {
            self.clock = ActiveClock::resume(Duration::ZERO, at);
            self.beaten = Duration::ZERO;
            if self.exam()?.section().is_some() {
                self.go(Some(Move::Open(self.exam()?.position)))?;
            }
        }
        Ok(())
    }

    /// Prints the open question, or that it is the break.
    fn show(&self, console: &mut Console<'_>) -> anyhow::Result<()> {
        let exam = self.exam()?;
        console.gap()?;
        if let Phase::Break(_) = exam.phase {
            console.say("Break. The exam's clock stands still. It ends by itself after ten minutes at most.")?;
            console.prompt("Enter begins the next section, q pauses:")?;
            return Ok(());
        }
        let (Some((form, slot)), Some((items, _))) = (exam.open_item(), exam.running()) else { return Ok(()) };
        let flag = if slot.flagged { " Flagged." } else { "" };
        let given = slot
            .choice
            .map_or_else(String::new, |c| format!(" Your answer: {}.", question::letter_of(c, &form.shown.order)));
        console.say(&format!("Question {} of {}.{flag}{given}", exam.position + 1, items.len()))?;
        match self.desk.item_as_shown(&form.shown) {
            Some(item) => question::ask(&item, &form.shown.order, &slot.struck, console)?,
            None => console.say("This question is no longer in the bank and no copy of it was kept.")?,
        }
        console.prompt("Answer?")?;
        Ok(())
    }

    fn line(&mut self, line: &str, console: &mut Console<'_>) -> anyhow::Result<Next> {
        let exam = self.exam()?;
        if let Phase::Break(_) = exam.phase {
            if line == "q" {
                return Ok(Next::Pause);
            }
            self.go(Some(Move::EndBreak))?;
            return Ok(Next::Ask);
        }
        let (position, items) = (exam.position, exam.running().map_or(0, |(items, _)| items.len()));
        let Some(order) = exam.open_item().map(|(item, _)| item.shown.order.clone()) else { return Ok(Next::Pause) };
        if let Some(option) = question::option(line, &order) {
            self.go(Some(Move::Choose(Some(option))))?;
            return self.after_answer(position, items, console);
        }
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "q" => return Ok(Next::Pause),
            "n" | "" if position + 1 < items => self.go(Some(Move::Open(position + 1)))?,
            "n" | "" | "h" => return self.hand_in(console),
            "p" => self.go(Some(Move::Open(position.saturating_sub(1))))?,
            "j" => match rest.trim().parse::<usize>() {
                Ok(n) if (1..=items).contains(&n) => self.go(Some(Move::Open(n - 1)))?,
                _ => {
                    console.say(&format!("Type j and a number from 1 to {items}."))?;
                    return Ok(Next::Stay);
                }
            },
            "f" => self.go(Some(Move::Flag))?,
            "x" => {
                if let Some(option) = question::option(rest.trim(), &order) {
                    self.go(Some(Move::Strike(option)))?;
                } else {
                    console.say("Type x and the letter of an option.")?;
                    return Ok(Next::Stay);
                }
            }
            "l" => {
                self.list(console)?;
                return Ok(Next::Stay);
            }
            "t" => {
                match self.left()? {
                    Some(left) => console.say(&format!("{} left in this section.", words(left)))?,
                    None => console.say("No time limit.")?,
                }
                return Ok(Next::Stay);
            }
            _ => {
                console.say("Not understood. a to c, n, p, j 12, f, x a, l, t, h, or q.")?;
                return Ok(Next::Stay);
            }
        }
        Ok(Next::Ask)
    }

    fn after_answer(&mut self, position: usize, items: usize, console: &mut Console<'_>) -> anyhow::Result<Next> {
        if position + 1 < items {
            self.go(Some(Move::Open(position + 1)))?;
            return Ok(Next::Ask);
        }
        console.say("Saved. That was the last question; h hands in, l lists all, p goes back.")?;
        Ok(Next::Stay)
    }

    fn list(&self, console: &mut Console<'_>) -> anyhow::Result<()> {
        let exam = self.exam()?;
        let Some((_, slots)) = exam.running() else { return Ok(()) };
        let numbers = |wanted: &dyn Fn(usize) -> bool| {
            let found: Vec<String> = (0..slots.len()).filter(|n| wanted(*n)).map(|n| (n + 1).to_string()).collect();
            if found.is_empty() { "none".to_owned() } else { found.join(", ") }
        };
        console.say(&format!("Unanswered: {}", numbers(&|n| slots[n].choice.is_none())))?;
        console.say(&format!("Flagged: {}", numbers(&|n| slots[n].flagged)))?;
        Ok(())
    }

    fn hand_in(&mut self, console: &mut Console<'_>) -> anyhow::Result<Next> {
        let open = self.open_items()?;
        if open > 0 {
            console.say(&format!("{} without an answer; they count as wrong.", count(open, "question")))?;
        }
        let answer = console.ask("Hand in this section for good? y or n:")?;
        // The clock ran while she thought about it.
        if self.tick(console)? {
            return Ok(Next::Ask);
        }
        if answer.as_deref() == Some("y") {
            self.go(Some(Move::Submit))?;
        }
        Ok(Next::Ask)
    }

    fn pause(&mut self, console: &mut Console<'_>) -> anyhow::Result<()> {
        self.clock.tick((self.now)());
        self.beat()?;
        console.gap()?;
        console.say("Paused. Your answers are saved and the clock stands still. `swprep resume` goes on.")?;
        Ok(())
    }
}
