//! The doubtful questions of an exam once more, without a clock and before any key is shown.

use super::super::{Console, question};
use crate::core::calendar::Moment;
use crate::core::event::{ExamId, ExamReconsidered, Fact};
use crate::core::report::{Report, doubt, doubtful, second_look_left};
use crate::desk::Desk;
use crate::paper::room::second_look_offer;
use crate::text::letter;

/// Offers a second look where one is still possible, and takes it where she wants it.
pub fn offer(desk: &mut Desk, id: &ExamId, now: &dyn Fn() -> Moment, console: &mut Console<'_>) -> anyhow::Result<()> {
    let left = desk.progress.exam(id).map_or(0, |exam| second_look_left(exam, &desk.library));
    if left == 0 {
        return Ok(());
    }
    console.gap()?;
    console.say(&second_look_offer(left))?;
    if console.ask("Look again first? y or n:")?.is_some_and(|line| line.eq_ignore_ascii_case("y")) {
        look(desk, id, now, console)?;
    }
    Ok(())
}

/// Asks them one by one. What was chosen in the exam is not said: it would pull the answer towards it.
fn look(desk: &mut Desk, id: &ExamId, now: &dyn Fn() -> Moment, console: &mut Console<'_>) -> anyhow::Result<()> {
    let places = desk.progress.exam(id).map(|exam| doubtful(exam, &desk.library)).unwrap_or_default();
    for (number, (section, position)) in places.iter().copied().enumerate() {
        let Some(exam) = desk.progress.exam(id) else { return Ok(()) };
        let slot = &exam.slots[section][position];
        let form = &exam.form.sections[section].items[position];
        let Some(item) = desk.item_as_shown(&form.shown).filter(|_| slot.reconsidered.is_none()) else { continue };
        let why = doubt(form, slot, &desk.library).unwrap_or_default();
        let order = form.shown.order.clone();
        console.gap()?;
        console.say(&format!("Second look, {} of {}: {why} in the exam. No clock runs.", number + 1, places.len()))?;
        question::ask(&item, &order, &[], console)?;
        let last = letter(order.len().saturating_sub(1)).to_ascii_lowercase();
        let choice = loop {
            match console.ask(&format!("Answer a to {last}, n leaves it, q stops:"))?.as_deref() {
                None | Some("q") => return Ok(()),
                Some("n" | "") => break None,
                Some(line) => match question::option(line, &order) {
                    Some(option) => break Some(option),
                    None => console.say("Please type the letter of an option.")?,
                },
            }
        };
        let Some(choice) = choice else { continue };
        let exam = id.clone();
        let fact = Fact::ExamReconsidered(ExamReconsidered { exam, section, position, choice });
        match desk.log(now().wall, vec![fact]) {
            Ok(_) => console.say("Saved.")?,
            Err(error) => console.say(&format!("NOT SAVED: {error}. Nothing was changed."))?,
        }
    }
    let Some(exam) = desk.progress.exam(id) else { return Ok(()) };
    console.gap()?;
    console.say("Where the points were lost, with your second answers:")?;
    for (miss, n) in Report::of(exam, &desk.library).misses {
        console.say(&format!("  {}: {n}", miss.title()))?;
    }
    Ok(())
}
