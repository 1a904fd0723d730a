//! Study and practice by lines.

use super::{Console, question};
use crate::core::calendar::Moment;
use crate::core::confidence::Confidence;
use crate::core::pick::{Scope, Which, seed_of};
use crate::core::study::Study;
use crate::desk::Desk;
use crate::text::{count, letter};

/// Runs a sitting until it is over, stopped, or the input ends.
pub fn study(
    desk: &mut Desk,
    scope: &Scope,
    questions: usize,
    now: &dyn Fn() -> Moment,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let session = desk.new_name(now().wall);
    let day = now().wall.day();
    let chance = desk.roll();
    let seed = seed_of(scope, &desk.progress, day, chance);
    let mut study = Study::begin(session, &desk.library, &desk.progress, scope, day, questions, seed);
    if study.question.is_none() {
        let plan = scope.which == Which::Plan;
        console.say(if plan {
            "Nothing is due and no new rule is left here today."
        } else {
            "No question fits this choice."
        })?;
        return Ok(());
    }
    while study.question.is_some() {
        if !one(desk, &mut study, now, console)? {
            break;
        }
    }
    if let Some(shown) = study.stop() {
        // Whether it is noted that she saw the last question changes no answer.
        let _ = desk.log(now().wall, vec![shown]);
    }
    let done = study.done.len();
    console.say(&format!("{} answered, {} right. Everything is saved.", count(done, "question"), study.right()))?;
    for id in study.open_misses() {
        if let Some((_, objective)) = desk.library.objective(id) {
            console.say(&format!("Still shaky: {}", objective.title))?;
        }
    }
    Ok(())
}

/// Asks one question; false if the sitting is to stop.
fn one(
    desk: &mut Desk,
    study: &mut Study,
    now: &dyn Fn() -> Moment,
    console: &mut Console<'_>,
) -> anyhow::Result<bool> {
    let Some(asked) = study.question.clone() else { return Ok(false) };
    let order = asked.shown.order.clone();
    let Some(found) = desk.library.item(&asked.shown.item) else { return Ok(false) };
    console.gap()?;
    console.say(&format!(
        "Question {} of {}. {}, {}.",
        study.number(),
        study.planned(),
        found.topic.title,
        asked.reason.words(now().wall.day())
    ))?;
    question::ask(found.item, &order, &asked.struck, console)?;
    let shown_at = now().mono;
    loop {
        let prompt = format!(
            "Answer a to {}, u undo the last, q stop:",
            letter(order.len().saturating_sub(1)).to_ascii_lowercase()
        );
        let Some(line) = console.ask(&prompt)? else { return Ok(false) };
        match line.as_str() {
            "q" => return Ok(false),
            "u" => {
                if let Some(event) = study.done.last().map(|g| g.event) {
                    desk.retract(now().wall, event)?;
                    study.undo();
                    console.say("The last answer is taken back.")?;
                    return Ok(true);
                }
                console.say("There is no answer of this sitting to take back.")?;
            }
            text => match question::option(text, &order) {
                Some(option) => {
                    study.choose(Some(option));
                    break;
                }
                None => console.say("Please type the letter of an option.")?,
            },
        }
    }
    let taken = now().mono.saturating_sub(shown_at);
    let confidence = if desk.progress.settings.ask_confidence { confidence(console)? } else { None };
    let Some(fact) = study.decide(confidence, taken) else { return Ok(true) };
    match desk.log(now().wall, vec![fact]) {
        Ok(events) => {
            for event in &events {
                study.evolve(event);
            }
            explain(desk, study, console)?;
            study.next(&desk.library, &desk.progress);
        }
        // The question stands again, unanswered.
        Err(error) => {
            console.say(&format!("NOT SAVED: {error}. Nothing was changed; mend the cause and answer again."))?;
        }
    }
    Ok(true)
}

fn explain(desk: &Desk, study: &Study, console: &mut Console<'_>) -> anyhow::Result<()> {
    let Some(given) = &study.given else { return Ok(()) };
    let shown = &given.question.shown;
    let key = question::letter_of(shown.key, &shown.order);
    console.say(&if given.right() {
        format!("Right: {key}. Saved.")
    } else {
        format!("The answer is {key}. Saved.")
    })?;
    if let Some(found) = desk.library.item(&shown.item) {
        let objective = Some(found.objective);
        question::explain(found.item, &shown.order, Some(given.choice), objective, &desk.library, console)?;
    }
    Ok(())
}

fn confidence(console: &mut Console<'_>) -> anyhow::Result<Option<Confidence>> {
    loop {
        let line = console.ask("How sure? s sure, l leaning, g guessing:")?;
        return Ok(match line.as_deref() {
            Some("s") => Some(Confidence::Sure),
            Some("l") => Some(Confidence::Leaning),
            Some("g") => Some(Confidence::Guessing),
            // The answer counts even where the input ends before she said how sure she was.
            None | Some("") => None,
            Some(_) => {
                console.say("Please type s, l or g, or nothing.")?;
                continue;
            }
        });
    }
}
