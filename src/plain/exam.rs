//! The exam by lines.

mod room;

use super::{Console, Heard, report};
use crate::core::calendar::{Moment, words};
use crate::core::event::ExamId;
use crate::core::exam::{Move, Phase};
use crate::core::form::{FormRequest, supply};
use crate::desk::Desk;
use crate::text::count;
use room::Room;
use std::time::Duration;

/// How often the clock is looked at while waiting for a line.
const LOOK: Duration = Duration::from_secs(1);

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
    let unseen: usize = supply.areas.iter().map(|a| a.unseen.min(a.drawn)).sum();
    if unseen < supply.drawn() {
        console.say(&format!("{unseen} of {} are new to you.", count(supply.drawn(), "question")))?;
    }
    let Some(id) = desk.start_exam(now().wall, request)? else {
        console.say("The question bank holds no question for this exam.")?;
        return Ok(());
    };
    console.say(&format!("{} exam, seed {}.", request.category.title(), request.seed))?;
    sit(desk, &id, now, console)
}

/// What the next line will be read as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Awaiting {
    /// An answer or a command.
    Line,
    /// Yes or no to handing in.
    HandIn,
    /// Yes or no to ending the exam for good.
    End,
}

/// What follows after a line.
enum Next {
    /// Print the question, then wait.
    Show,
    /// Wait for another line.
    Wait(Awaiting),
    /// Leave; the exam stays open.
    Pause,
}

/// Goes on with an exam until it is over, paused, or the input ends.
pub fn sit(desk: &mut Desk, id: &ExamId, now: &dyn Fn() -> Moment, console: &mut Console<'_>) -> anyhow::Result<()> {
    console.say(HELP)?;
    let mut room = Room::enter(desk, id, now)?;
    room.tick(console)?;
    room.go(Move::Open(room.exam()?.position), console)?;
    let mut next = Next::Show;
    while room.exam()?.is_open() {
        let awaiting = match next {
            Next::Show => {
                room.show(console)?;
                Awaiting::Line
            }
            Next::Wait(awaiting) => {
                console.prompt(if awaiting == Awaiting::Line { "Next?" } else { "y or n?" })?;
                awaiting
            }
            Next::Pause => return room.pause(console),
        };
        next = hear(&mut room, awaiting, console)?;
    }
    if let Some(exam) = room.desk.progress.exam(id) {
        report::report(exam, room.desk, console)?;
        report::missed(exam, room.desk, console)?;
    }
    Ok(())
}

const HELP: &str = "Letters or numbers answer. n next, p back, j 12 jumps, f flag, x a strikes out, c clears the answer, l list, t time, h hand in, q pause, e end for good, ? help.";

/// Waits for a line while the clock runs, and does what it says.
fn hear(room: &mut Room<'_>, awaiting: Awaiting, console: &mut Console<'_>) -> anyhow::Result<Next> {
    loop {
        let heard = console.hear(LOOK)?;
        if room.tick(console)? {
            return Ok(Next::Show);
        }
        match heard {
            Heard::Nothing => {}
            Heard::Line(line) => return obey(room, awaiting, &line, console),
            Heard::End => {
                // A script that has answered everything is done; a person whose line broke is not.
                if !console.interactive && room.open_items()? == 0 && room.exam()?.section().is_some() {
                    room.go(Move::Submit, console)?;
                    return Ok(Next::Show);
                }
                return Ok(Next::Pause);
            }
        }
    }
}

fn obey(room: &mut Room<'_>, awaiting: Awaiting, line: &str, console: &mut Console<'_>) -> anyhow::Result<Next> {
    let yes = line.eq_ignore_ascii_case("y");
    match awaiting {
        Awaiting::HandIn if yes => room.go(Move::Submit, console)?,
        Awaiting::End if yes => room.go(Move::Abandon, console)?,
        Awaiting::HandIn | Awaiting::End => {}
        Awaiting::Line => return command(room, line, console),
    }
    Ok(Next::Show)
}

fn command(room: &mut Room<'_>, line: &str, console: &mut Console<'_>) -> anyhow::Result<Next> {
    let exam = room.exam()?;
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    match (exam.phase, word) {
        (_, "q") => return Ok(Next::Pause),
        (_, "e") => {
            console
                .say("The exam is over then and stays in your history as ended early. This can't be undone. End it?")?;
            return Ok(Next::Wait(Awaiting::End));
        }
        (_, "?" | "help") => {
            console.say(HELP)?;
            return Ok(Next::Wait(Awaiting::Line));
        }
        (Phase::Break(_), _) => {
            room.go(Move::EndBreak, console)?;
            return Ok(Next::Show);
        }
        _ => {}
    }
    let (position, items) = (exam.position, exam.running().map_or(0, |(items, _)| items.len()));
    let Some((form, slot)) = exam.open_item() else { return Ok(Next::Pause) };
    let (order, struck) = (form.shown.order.clone(), slot.struck.clone());
    if let Some(option) = super::question::option(line, &order) {
        if struck.contains(&option) {
            console.say("That option is struck out; x and its letter bring it back.")?;
            return Ok(Next::Wait(Awaiting::Line));
        }
        room.go(Move::Choose(option, None), console)?;
        if room.exam()?.open_item().is_some_and(|(_, slot)| slot.choice == Some(option)) {
            console.say("Saved.")?;
        }
        if position + 1 < items {
            room.go(Move::Open(position + 1), console)?;
            return Ok(Next::Show);
        }
        console.say("That was the last question; h hands in, l lists all, p goes back.")?;
        return Ok(Next::Wait(Awaiting::Line));
    }
    let mv = match word {
        "n" | "" if position + 1 < items => Move::Open(position + 1),
        "n" | "" | "h" => {
            let open = room.open_items()?;
            if open > 0 {
                console.say(&format!("{} without an answer; open ones count as wrong.", count(open, "question")))?;
            }
            console.say("Hand in for good?")?;
            return Ok(Next::Wait(Awaiting::HandIn));
        }
        "p" => Move::Open(position.saturating_sub(1)),
        "j" => match rest.trim().parse::<usize>() {
            Ok(n) if (1..=items).contains(&n) => Move::Open(n - 1),
            _ => return say(&format!("Type j and a number from 1 to {items}."), console),
        },
        "f" => Move::Flag,
        "c" => Move::Clear,
        "x" => match super::question::option(rest.trim(), &order) {
            Some(option) => Move::Strike(option),
            None => return say("Type x and the letter of an option.", console),
        },
        "l" => return say(&room.list()?, console),
        "t" => {
            return match room.left()? {
                Some(left) => say(&format!("{} left.", words(left)), console),
                None => say("No time limit.", console),
            };
        }
        _ => return say("Not understood; ? lists what can be typed.", console),
    };
    room.go(mv, console)?;
    Ok(Next::Show)
}

fn say(words: &str, console: &mut Console<'_>) -> anyhow::Result<Next> {
    console.say(words)?;
    Ok(Next::Wait(Awaiting::Line))
}
