//! The report of an exam by lines.

use super::{Console, question};
use crate::core::calendar::words;
use crate::core::exam::Exam;
use crate::core::interval::LIKELY;
use crate::core::library::Library;
use crate::core::report::{Line, Report, right};
use crate::desk::Desk;
use crate::text::count;
use std::io;
use std::time::Duration;

/// Prints the report.
pub fn report(exam: &Exam, library: &Library, console: &mut Console<'_>) -> io::Result<()> {
    let report = Report::of(exam, library);
    let score = &report.score;
    console.gap()?;
    let likely =
        if report.left_open == 0 && score.of > 0 { format!(", likely {}", score.range_words()) } else { String::new() };
    console.say(&format!("Report. {} of {} right{likely}.", score.right, score.of))?;
    if !likely.is_empty() {
        console.say(LIKELY)?;
    }
    for section in &report.timed_out {
        console.say(&format!("Section {section} ran out of time."))?;
    }
    for words in [report.left_open_words(), report.tried_out_words()].into_iter().flatten() {
        console.say(&words)?;
    }
    console.say(&report.verdict())?;
    if report.seen_before.of > 0 {
        let (new, seen) = (&report.first_sight, &report.seen_before);
        console.say(&format!(
            "New to you: {} of {} right. Met before: {} of {} right.",
            new.right, new.of, seen.right, seen.of
        ))?;
    }
    lines("By area", &report.areas, console)?;
    lines("By kind of thinking", &report.levels, console)?;
    for (name, times) in report.traps.iter().take(3) {
        console.say(&format!("Trap, {}: {name}", count(*times as usize, "time")))?;
    }
    console.say(&format!("{} in all, {}.", words(Duration::from_secs(report.seconds)), report.time))?;
    if let (times @ 1.., seconds) = report.interruptions {
        console.say(&format!(
            "Interrupted {}, {} in all.",
            count(times, "time"),
            words(Duration::from_secs(seconds))
        ))?;
    }
    Ok(())
}

fn lines(title: &str, rows: &[Line], console: &mut Console<'_>) -> io::Result<()> {
    if !rows.is_empty() {
        console.say(&format!("{title}:"))?;
    }
    for row in rows {
        console.say(&format!("  {}: {} of {}", row.name, row.share.right, row.share.of))?;
    }
    Ok(())
}

/// Prints every missed question with its reasons, if she wants to see them.
pub fn missed(exam: &Exam, desk: &Desk, console: &mut Console<'_>) -> io::Result<()> {
    let missed: Vec<_> = exam.items().filter(|(_, _, item, slot)| slot.opened && !right(item, slot)).collect();
    if missed.is_empty() {
        return Ok(());
    }
    let answer = console.ask(&format!("Go through the {} missed questions now? y or n:", missed.len()))?;
    if answer.as_deref() != Some("y") {
        return Ok(());
    }
    for (_, _, form, slot) in missed {
        let Some(item) = desk.item_as_shown(&form.shown) else { continue };
        let order = &form.shown.order;
        console.gap()?;
        question::ask(&item, order, &[], console)?;
        let given = slot.choice.map_or_else(|| "none".to_owned(), |c| question::letter_of(c, order).to_string());
        console.say(&format!("Your answer: {given}. The key: {}.", question::letter_of(form.shown.key, order)))?;
        let objective = desk.library.objective(&form.shown.objective).map(|(_, o)| o);
        question::explain(&item, order, slot.choice, objective, &desk.library, console)?;
        if console.ask("Enter for the next, q to stop:")?.is_none_or(|l| l == "q") {
            break;
        }
    }
    Ok(())
}
