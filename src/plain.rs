//! The line mode: the same study and exams as lines of text, for screen readers, pipes and simple terminals.
//!
//! Nothing here moves the cursor or writes an escape sequence; every prompt is one line, every answer is one line.

mod console;
mod exam;
mod question;
mod remarks;
mod report;
mod retake;
mod study;
mod welcome;

pub use console::{Console, Heard, Lines, StandardInput};

use crate::core::calendar::Moment;
use crate::core::event::ExamLength;
use crate::core::form::FormRequest;
use crate::core::pick::{self, Scope, Today, Which};
use crate::desk::Desk;
use std::io::IsTerminal;
use std::process::ExitCode;

/// What is to be done.
#[derive(Debug)]
pub enum Task {
    /// Ask.
    Menu,
    /// A sitting.
    Study(Scope, usize),
    /// A new exam.
    Exam(FormRequest),
    /// The open exam.
    Resume,
    /// The result of a real exam.
    Retake,
}

/// Runs a task on standard input and output.
///
/// # Errors
/// What was asked for does not exist, something could not be saved, or the output is gone.
pub fn run(desk: Desk, task: Task, now: &dyn Fn() -> Moment) -> anyhow::Result<ExitCode> {
    let interactive = std::io::stdin().is_terminal();
    let mut input = StandardInput::start();
    let mut out = std::io::stdout().lock();
    let mut console = Console::new(&mut input, &mut out, interactive);
    work(desk, task, now, &mut console)?;
    Ok(ExitCode::SUCCESS)
}

/// Runs a task on any input and output.
///
/// # Errors
/// What was asked for does not exist, something could not be saved, or the output is gone.
pub fn work(mut desk: Desk, task: Task, now: &dyn Fn() -> Moment, console: &mut Console<'_>) -> anyhow::Result<()> {
    for trouble in &desk.troubles {
        console.say(trouble)?;
    }
    let told = desk.troubles.len();
    perform(&mut desk, task, now, console)?;
    for trouble in desk.troubles.iter().skip(told) {
        console.say(trouble)?;
    }
    Ok(())
}

fn perform(desk: &mut Desk, task: Task, now: &dyn Fn() -> Moment, console: &mut Console<'_>) -> anyhow::Result<()> {
    match task {
        Task::Menu => menu(desk, now, console),
        Task::Study(scope, count) => study::study(desk, &scope, count, now, console),
        Task::Exam(request) => exam::begin(desk, &request, now, console),
        Task::Retake => retake::retake(desk, now, console),
        Task::Resume => {
            let open = desk.progress.open_exam().map(|e| e.id().clone());
            let id = open.ok_or_else(|| anyhow::anyhow!("no exam is open; begin one with `swprep --plain exam`"))?;
            exam::sit(desk, &id, now, console)
        }
    }
}

fn menu(desk: &mut Desk, now: &dyn Fn() -> Moment, console: &mut Console<'_>) -> anyhow::Result<()> {
    if !desk.progress.settings.welcomed && !welcome::welcome(desk, now, console)? {
        return Ok(());
    }
    loop {
        let day = now().wall.day();
        let today = Today::planned(&desk.library, &desk.progress, day);
        console.say(&format!("swprep, {}. {}", desk.progress.settings.category.title(), today.words("Enter", true)))?;
        if desk.progress.open_exam().is_some() {
            console.say("An exam waits; all answers are saved. r resumes it.")?;
        }
        console.say("s study, w practice what you missed last time, f full exam, h half exam, m mini exam, r resume, t settings, q quit.")?;
        let Some(line) = console.ask("What now?")? else { return Ok(()) };
        let length = match line.as_str() {
            "s" | "" => {
                let (_, count) = pick::next_sitting(&desk.progress, now().wall.day());
                study::study(desk, &Scope::default(), count, now, console)?;
                continue;
            }
            "w" => {
                let scope = Scope { which: Which::Missed, ..Scope::default() };
                let count = pick::questions_in(&desk.progress, desk.progress.settings.minutes_per_day);
                study::study(desk, &scope, count, now, console)?;
                continue;
            }
            "t" => {
                welcome::settings(desk, now, console)?;
                continue;
            }
            "f" => ExamLength::Full,
            "h" => ExamLength::Half,
            "m" => ExamLength::Mini,
            "r" => {
                match desk.progress.open_exam().map(|e| e.id().clone()) {
                    Some(id) => exam::sit(desk, &id, now, console)?,
                    None => console.say("No exam is open.")?,
                }
                continue;
            }
            "q" => return Ok(()),
            _ => {
                console.say("Please type one of the letters.")?;
                continue;
            }
        };
        if desk.progress.open_exam().is_some() {
            console.say("An exam is still open. Resume it (r) and hand it in before you begin another.")?;
            continue;
        }
        let request = desk.exam_request(length);
        exam::begin(desk, &request, now, console)?;
    }
}
