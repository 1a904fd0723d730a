//! The three first questions by lines.

use super::Console;
use crate::core::bank::Category;
use crate::core::calendar::Moment;
use crate::core::event::Fact;
use crate::core::settings::{Setting, Settings};
use crate::desk::Desk;

/// Asks for exam, date and minutes; false where the input ended before.
pub fn welcome(desk: &mut Desk, now: &dyn Fn() -> Moment, console: &mut Console<'_>) -> anyhow::Result<bool> {
    console.say("Welcome to swprep: practice for the social work licensing exams. It is not affiliated with ASWB. Nothing leaves this computer. Three questions; Enter takes the default.")?;
    let names = Category::ALL.map(Category::id).join(", ");
    let Some(category) = answer(console, &format!("Which exam ({names})? [clinical]"), |line| {
        if line.is_empty() { Some(Category::Clinical) } else { Category::from_id(&line.replace(' ', "_")) }
    })?
    else {
        return Ok(false);
    };
    let Some(date) = answer(console, "When is it (2027-03-15)? [not known yet]", |line| {
        if line.is_empty() { Some(None) } else { line.parse().ok().map(Some) }
    })?
    else {
        return Ok(false);
    };
    let Some(minutes) = answer(console, "How many minutes a day? [20]", |line| {
        if line.is_empty() { Some(20) } else { line.parse().ok().filter(|m| Settings::MINUTES.contains(m)) }
    })?
    else {
        return Ok(false);
    };
    let choices =
        [Setting::Category(category), Setting::ExamDate(date), Setting::MinutesPerDay(minutes), Setting::Welcomed];
    desk.log(now().wall, choices.into_iter().map(Fact::Set).collect())?;
    Ok(true)
}

/// Asks until the line makes sense; `None` at the end of the input.
fn answer<T>(console: &mut Console<'_>, prompt: &str, read: impl Fn(&str) -> Option<T>) -> anyhow::Result<Option<T>> {
    loop {
        let Some(line) = console.ask(prompt)? else { return Ok(None) };
        if let Some(value) = read(line.trim().to_lowercase().as_str()) {
            return Ok(Some(value));
        }
        console.say("That was not understood.")?;
    }
}
