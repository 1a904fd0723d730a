//! The report of an exam by lines.

use super::{Console, question};
use crate::core::exam::Exam;
use crate::core::report::{Report, earlier, right};
use crate::desk::Desk;
use crate::paper::lines;
use std::io;

/// Prints the report.
pub fn report(exam: &Exam, desk: &Desk, console: &mut Console<'_>) -> io::Result<()> {
    let report = Report::of(exam, &desk.library);
    console.gap()?;
    for line in lines(&report, &earlier(exam, &desk.progress, &desk.library)) {
        console.say(&line)?;
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
