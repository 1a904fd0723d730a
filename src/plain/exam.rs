//! The exam by lines.

mod room;
pub mod second_look;
#[cfg(test)]
mod tests;

use super::{Console, Heard, report};
use crate::core::calendar::{Moment, words};
use crate::core::confidence::Confidence;
use crate::core::event::ExamId;
use crate::core::exam::Move;
use crate::core::form::{FormRequest, supply};
use crate::desk::Desk;
use crate::paper::room as say;
use crate::text::{count, one_line};
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
    // A script has read the rules when it was written.
    if console.interactive && !tutorial(request, console)? {
        return Ok(());
    }
    let Some(id) = desk.start_exam(now().wall, request)? else {
        console.say("The question bank holds no question for this exam.")?;
        return Ok(());
    };
    console.say(&format!("{} exam, seed {}.", request.category.title(), request.seed))?;
    if console.interactive {
        return work_on(desk, &id, now, console);
    }
    sit(desk, &id, now, console)
}

/// What can be done and what holds, while no clock runs; false if she goes back.
fn tutorial(request: &FormRequest, console: &mut Console<'_>) -> anyhow::Result<bool> {
    console.gap()?;
    console.say(say::BEFORE)?;
    help(console)?;
    for rule in say::rules(request.length, request.strict) {
        console.say(rule)?;
    }
    let line = console.ask("Enter begins the exam, q goes back:")?;
    Ok(line.is_some_and(|line| !line.eq_ignore_ascii_case("q")))
}

fn help(console: &mut Console<'_>) -> anyhow::Result<()> {
    for words in HELP {
        console.say(words)?;
    }
    Ok(())
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
    /// Which of the two kinds of break.
    Break,
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
    help(console)?;
    if desk.progress.exam(id).is_some_and(|exam| exam.form.strict) {
        console.say(say::STRICT)?;
    }
    work_on(desk, id, now, console)
}

fn work_on(desk: &mut Desk, id: &ExamId, now: &dyn Fn() -> Moment, console: &mut Console<'_>) -> anyhow::Result<()> {
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
                console.prompt(match awaiting {
                    Awaiting::Line => "Next?",
                    Awaiting::HandIn | Awaiting::End => "y or n?",
                    Awaiting::Break if room.exam()?.rests_left() == 0 => "r break, clock runs; n go on working:",
                    Awaiting::Break => "r clock runs, s clock stops, n go on working:",
                })?;
                awaiting
            }
            Next::Pause => return room.pause(console),
        };
        next = hear(&mut room, awaiting, console)?;
    }
    report::over(desk, id, now, console)
}

const HELP: [&str; 2] = [
    "In the exam: letters or numbers answer. n next, p back, j 12 jumps, f flag, x a strikes out, - clears the answer, l list, t time, r a break, h hand in, q pause, e end for good, ? help.",
    "Help of this program, which the real exam may not have: a capital letter answers and says that you are sure, u b answers b as a guess, u marks an answer as a guess, w and words write a note.",
];

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
        Awaiting::Break => match line {
            "r" => room.go(Move::GoAway, console)?,
            "s" if room.exam()?.rests_left() > 0 => room.go(Move::Rest, console)?,
            "s" => console.say(&say::break_choice(room.exam()?)[1])?,
            _ => {}
        },
        Awaiting::Line => return command(room, line, console),
    }
    Ok(Next::Show)
}

fn command(room: &mut Room<'_>, line: &str, console: &mut Console<'_>) -> anyhow::Result<Next> {
    let exam = room.exam()?;
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    match word {
        "q" => return Ok(Next::Pause),
        "e" => {
            console.say(&format!("{} End it?", say::ENDING))?;
            return Ok(Next::Wait(Awaiting::End));
        }
        "?" | "help" => {
            help(console)?;
            return Ok(Next::Show);
        }
        _ if say::break_words(exam).is_some() => {
            let back = if exam.away { Move::ComeBack } else { Move::EndBreak };
            room.go(back, console)?;
            return Ok(Next::Show);
        }
        _ => {}
    }
    let (position, items) = (exam.position, exam.running().map_or(0, |(items, _)| items.len()));
    let Some((form, slot)) = exam.open_item() else { return Ok(Next::Pause) };
    let (order, given) = (form.shown.order.clone(), (slot.choice, slot.confidence));
    if let Some(option) = super::question::option(line, &order) {
        let sure = line.starts_with(|c: char| c.is_ascii_uppercase());
        return answer(room, option, Some(Confidence::Sure).filter(|_| sure), console);
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
        "-" => Move::Clear,
        "u" => match (super::question::option(rest.trim(), &order), given) {
            (Some(option), _) => return answer(room, option, Some(Confidence::Guessing), console),
            (None, (None, _)) => return say(&format!("{} u b answers b as a guess.", say::GUESS_OF_NOTHING), console),
            (None, (Some(option), confidence)) => {
                let guess = Some(Confidence::Guessing).filter(|_| confidence != Some(Confidence::Guessing));
                room.go(Move::Choose(option, guess), console)?;
                return say(say::guess_words(guess.is_some()), console);
            }
        },
        "w" => return note(room, rest, console),
        "r" => {
            for words in say::break_choice(exam) {
                console.say(&words)?;
            }
            return Ok(Next::Wait(Awaiting::Break));
        }
        "x" => match super::question::option(rest.trim(), &order) {
            Some(option) => Move::Strike(option),
            None => return say("Type x and the letter of an option.", console),
        },
        "l" => return say(&room.list()?, console),
        "t" => {
            return match room.left()? {
                Some(left) => say(&format!("{}{}", words(left), say::left_in(exam)), console),
                None => say("No time limit.", console),
            };
        }
        _ => return say("Not understood; ? lists what can be typed.", console),
    };
    room.go(mv, console)?;
    Ok(Next::Show)
}

/// Answers the open question and goes on to the next.
fn answer(
    room: &mut Room<'_>,
    option: u8,
    confidence: Option<Confidence>,
    console: &mut Console<'_>,
) -> anyhow::Result<Next> {
    let (position, items) = (room.exam()?.position, room.exam()?.running().map_or(0, |(items, _)| items.len()));
    if room.exam()?.open_item().is_some_and(|(_, slot)| slot.struck.contains(&option)) {
        return say("That option is struck out; x and its letter bring it back.", console);
    }
    room.go(Move::Choose(option, confidence), console)?;
    let wanted = (Some(option), confidence);
    if room.exam()?.open_item().is_some_and(|(_, slot)| (slot.choice, slot.confidence) == wanted) {
        console.say(match confidence {
            Some(Confidence::Sure) => "Saved, and sure.",
            Some(Confidence::Guessing) => "Saved, as a guess.",
            _ => "Saved.",
        })?;
    }
    if position + 1 < items {
        room.go(Move::Open(position + 1), console)?;
        return Ok(Next::Show);
    }
    say("That was the last question; h hands in, l lists all, p goes back.", console)
}

/// Sets a note down beside the open question.
fn note(room: &mut Room<'_>, text: &str, console: &mut Console<'_>) -> anyhow::Result<Next> {
    let text = one_line(text);
    let known = room.exam()?.open_item().map(|(_, slot)| slot.note.clone()).unwrap_or_default();
    if text.is_empty() {
        return say(&super::remarks::how_to_note(&known), console);
    }
    room.go(Move::Note(if text == "-" { String::new() } else { text }), console)?;
    let kept = room.exam()?.open_item().is_some_and(|(_, slot)| slot.note != known);
    if kept { say("Note saved.", console) } else { say("The note is as it was.", console) }
}

fn say(words: &str, console: &mut Console<'_>) -> anyhow::Result<Next> {
    console.say(words)?;
    Ok(Next::Wait(Awaiting::Line))
}
