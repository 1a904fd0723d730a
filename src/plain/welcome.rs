//! The first questions, and later changes of what was chosen, by lines.

use super::Console;
use crate::core::bank::Category;
use crate::core::calendar::{Moment, StudyDay};
use crate::core::event::Fact;
use crate::core::settings::{Setting, Settings, TimeFactor, parse_exam_date};
use crate::desk::Desk;

/// Asks for exam, date and minutes at the first run; false where the input ended before.
pub fn welcome(desk: &mut Desk, now: &dyn Fn() -> Moment, console: &mut Console<'_>) -> anyhow::Result<bool> {
    console.say("Welcome to swprep: practice for the social work licensing exams. It is not affiliated with ASWB. Nothing leaves this computer. Three questions; Enter takes what stands in brackets.")?;
    let Some(mut choices) = first(&desk.progress.settings, now().wall.day(), console)? else { return Ok(false) };
    choices.push(Setting::Welcomed);
    desk.log(now().wall, choices.into_iter().map(Fact::Set).collect())?;
    Ok(true)
}

/// Asks for everything that can be chosen.
pub fn settings(desk: &mut Desk, now: &dyn Fn() -> Moment, console: &mut Console<'_>) -> anyhow::Result<()> {
    console.say("Enter keeps what stands in brackets.")?;
    let settings = desk.progress.settings.clone();
    let Some(mut choices) = first(&settings, now().wall.day(), console)? else { return Ok(()) };
    let ask = if settings.ask_confidence { "y" } else { "n" };
    let Some(ask) =
        answer(console, &format!("Ask how sure you are after each answer (y or n)? [{ask}]"), |line| match line {
            "" => Some(settings.ask_confidence),
            "y" => Some(true),
            "n" => Some(false),
            _ => None,
        })?
    else {
        return Ok(());
    };
    let times = TimeFactor::ALL.map(TimeFactor::id).join(", ");
    let prompt = format!("Time in exams, compared with the standard ({times})? [{}]", settings.time_factor.id());
    let Some(time) =
        answer(
            console,
            &prompt,
            |line| {
                if line.is_empty() { Some(settings.time_factor) } else { TimeFactor::from_id(line) }
            },
        )?
    else {
        return Ok(());
    };
    choices.extend([Setting::AskConfidence(ask), Setting::TimeFactor(time)]);
    desk.log(now().wall, choices.into_iter().map(Fact::Set).collect())?;
    console.say("Saved.")?;
    Ok(())
}

/// Exam, date and minutes; `None` at the end of the input.
fn first(settings: &Settings, today: StudyDay, console: &mut Console<'_>) -> anyhow::Result<Option<Vec<Setting>>> {
    let names = Category::ALL.map(Category::id).join(", ");
    let prompt = format!("Which exam ({names})? [{}]", settings.category.id());
    let Some(category) = answer(console, &prompt, |line| {
        if line.is_empty() { Some(settings.category) } else { Category::from_id(&line.replace(' ', "_")) }
    })?
    else {
        return Ok(None);
    };
    let known = settings.exam_date.map_or_else(|| "not known yet".to_owned(), |d| d.to_string());
    let Some(date) =
        answer(console, &format!("When is it, such as 2027-03-15, or none? [{known}]"), |line| match line {
            "" => Some(settings.exam_date),
            "none" => Some(None),
            line => parse_exam_date(line, today).ok().map(Some),
        })?
    else {
        return Ok(None);
    };
    let (fewest, most) = (Settings::MINUTES.start(), Settings::MINUTES.end());
    let prompt = format!("How many minutes a day, {fewest} to {most}? [{}]", settings.minutes_per_day);
    let Some(minutes) = answer(console, &prompt, |line| {
        if line.is_empty() {
            Some(settings.minutes_per_day)
        } else {
            line.parse().ok().filter(|m| Settings::MINUTES.contains(m))
        }
    })?
    else {
        return Ok(None);
    };
    Ok(Some(vec![Setting::Category(category), Setting::ExamDate(date), Setting::MinutesPerDay(minutes)]))
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
