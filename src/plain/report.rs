//! The report of an exam by lines.

use super::exam::second_look;
use super::{Console, question, remarks};
use crate::core::calendar::Moment;
use crate::core::event::{ExamId, Fact, KeysShown};
use crate::core::exam::Exam;
use crate::core::report::{Report, earlier, right};
use crate::desk::Desk;
use crate::paper::item::{story, verdict};
use crate::paper::lines;
use crate::text::count;
use std::io;

/// Prints the report.
fn report(exam: &Exam, desk: &Desk, console: &mut Console<'_>) -> io::Result<()> {
    let report = Report::of(exam, &desk.library);
    console.gap()?;
    for line in lines(&report, &earlier(exam, &desk.progress, &desk.library)) {
        console.say(&line)?;
    }
    Ok(())
}

/// Tells how an exam went, and goes through what was missed if she wants to. A second look comes before the keys: a
/// person is asked about it, a script only when it asks for the keys.
pub fn over(desk: &mut Desk, id: &ExamId, now: &dyn Fn() -> Moment, console: &mut Console<'_>) -> anyhow::Result<()> {
    let Some(exam) = desk.progress.exam(id) else { return Ok(()) };
    report(exam, desk, console)?;
    if console.interactive {
        second_look::offer(desk, id, now, console)?;
    }
    let Some(exam) = desk.progress.exam(id) else { return Ok(()) };
    let missed = exam.items().filter(|(_, _, item, slot)| slot.opened && !right(item, slot));
    let missed: Vec<(usize, usize)> = missed.map(|(section, n, ..)| (section, n)).collect();
    if missed.is_empty() {
        return Ok(());
    }
    let words = format!("Go through the {} now? y or n:", count(missed.len(), "missed question"));
    if console.ask(&words)?.as_deref() != Some("y") {
        return Ok(());
    }
    if !console.interactive {
        second_look::offer(desk, id, now, console)?;
    }
    if desk.progress.exam(id).is_some_and(|exam| !exam.keys_shown)
        && let Err(error) = desk.log(now().wall, vec![Fact::KeysShown(KeysShown { exam: id.clone() })])
    {
        // Keys that were seen without a trace would let a later second look pass for an honest one.
        console.say(&format!("NOT SAVED: {error}. Mend the cause; the questions wait."))?;
        return Ok(());
    }
    for (section, n) in missed {
        if !one_missed(desk, id, (section, n), now, console)? {
            break;
        }
    }
    Ok(())
}

/// Prints one missed question with every reason, and takes what she has to say about it; false if she stops.
fn one_missed(
    desk: &mut Desk,
    id: &ExamId,
    (section, n): (usize, usize),
    now: &dyn Fn() -> Moment,
    console: &mut Console<'_>,
) -> anyhow::Result<bool> {
    let Some(exam) = desk.progress.exam(id) else { return Ok(false) };
    let (form, slot) = (&exam.form.sections[section].items[n], &exam.slots[section][n]);
    let Some(item) = desk.item_as_shown(&form.shown) else { return Ok(true) };
    let shown = form.shown.clone();
    console.gap()?;
    question::ask(&item, &shown.order, &[], console)?;
    console.say(&verdict(form, slot))?;
    console.say(&story(exam, section, n).join(" "))?;
    let objective = desk.library.objective(&shown.objective).map(|(_, o)| o);
    question::explain(&item, &shown.order, slot.choice, objective, &desk.library, console)?;
    remarks::tell(&shown, desk, console)?;
    loop {
        let Some(line) = console.ask(remarks::PROMPT)? else { return Ok(false) };
        match line.as_str() {
            "q" => return Ok(false),
            "" | "n" => return Ok(true),
            line => {
                if !remarks::obey(line, &shown, desk, now, console)? {
                    console.say("That was not understood.")?;
                }
            }
        }
    }
}
