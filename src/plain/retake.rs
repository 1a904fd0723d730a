//! The result of a real exam by lines.

use super::Console;
use crate::core::calendar::Moment;
use crate::core::event::{Fact, RealResult};
use crate::core::report::difference_words;
use crate::core::retake::{failed, parse_count, parse_past_day, since};
use crate::desk::Desk;
use std::collections::BTreeMap;

/// Says what has changed since the last result that was not passed, or asks for one.
pub fn retake(desk: &mut Desk, now: &dyn Fn() -> Moment, console: &mut Console<'_>) -> anyhow::Result<()> {
    let category = desk.progress.settings.category;
    if let Some(result) = failed(&desk.progress, category) {
        console.say(&format!("The exam of {}.", result.date))?;
        for change in since(&desk.library, &desk.progress, result) {
            let (before, after) = (change.before, change.after);
            let words = difference_words(&after, &before).unwrap_or_default();
            console.say(&format!(
                "{}: in the exam {} of {}; new questions since, {} of {}. {words}",
                change.name, before.right, before.of, after.right, after.of
            ))?;
        }
        if console.ask("Type in another result? y or n:")?.as_deref() != Some("y") {
            return Ok(());
        }
    }
    console.say(
        "Type in what the report of your real exam says. It stays on this computer. An empty line leaves a number out.",
    )?;
    let today = now().wall.day();
    let Some(date) = ask(console, "The day of the exam, such as 11/20/2026?", |line| parse_past_day(line, today))?
    else {
        return Ok(());
    };
    let passed = |line: &str| match line {
        "y" => Ok(true),
        "n" => Ok(false),
        _ => Err("Type y or n.".to_owned()),
    };
    let Some(passed) = ask(console, "Passed? y or n:", passed)? else { return Ok(()) };
    let mut areas = BTreeMap::new();
    for area in desk.library.outline().areas.clone() {
        let prompt = format!("{}: right answers of all, such as 24 of 40?", area.name);
        let Some(count) = ask(console, &prompt, parse_count)? else { return Ok(()) };
        if let Some(count) = count {
            areas.insert(area.code, count);
        }
    }
    desk.log(now().wall, vec![Fact::RealResult(RealResult { date, category, passed, areas })])?;
    console.say("Saved.")?;
    Ok(())
}

/// Asks until the line can be read; `None` where the input ends.
fn ask<T>(
    console: &mut Console<'_>,
    prompt: &str,
    read: impl Fn(&str) -> Result<T, String>,
) -> anyhow::Result<Option<T>> {
    loop {
        let Some(line) = console.ask(prompt)? else { return Ok(None) };
        match read(line.trim()) {
            Ok(value) => return Ok(Some(value)),
            Err(trouble) => console.say(&trouble)?,
        }
    }
}
