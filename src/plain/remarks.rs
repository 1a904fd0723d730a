//! What can be written beside a question by lines: a note, a doubt, a mark, the wish to study its rule.

use super::Console;
use crate::core::calendar::Moment;
use crate::core::event::{Fact, ItemFlagged, Shown};
use crate::core::pick::{Scope, rules};
use crate::core::remarks::{doubted, noted, notes_on, wanted};
use crate::desk::Desk;
use crate::paper::remarks::study_words;
use crate::text::one_line;
use std::io;

/// What can be typed where a question stands with its key.
pub const PROMPT: &str =
    "Enter next, w and words a note, ! and words what seems wrong, s study its rule, m mark, q stop:";

/// What the note is, and how it is changed.
pub fn how_to_note(note: &str) -> String {
    if note.is_empty() {
        return "Type w and the words of your note.".into();
    }
    format!("Your note: {note} (w and other words replace it, w - takes it away.)")
}

/// Prints her notes and her doubt.
pub fn tell(shown: &Shown, desk: &Desk, console: &mut Console<'_>) -> io::Result<()> {
    let notes = notes_on(&desk.progress, &shown.item);
    for (_, text) in &notes.in_exams {
        console.say(&format!("Note in the exam: {text}"))?;
    }
    if !notes.note.is_empty() {
        console.say(&format!("Your note: {}", notes.note))?;
    }
    if let Some(known) = desk.progress.item(&shown.item).filter(|known| !known.doubt.is_empty()) {
        console.say(&format!("Your doubt: {}", known.doubt))?;
    }
    Ok(())
}

/// Does what a line says about a question; false if the line is none of a remark's.
pub fn obey(
    line: &str,
    shown: &Shown,
    desk: &mut Desk,
    now: &dyn Fn() -> Moment,
    console: &mut Console<'_>,
) -> io::Result<bool> {
    // The doubt needs no space: `!two keys` is as good as `! two keys`.
    let (word, rest) = match line.strip_prefix('!') {
        Some(rest) => ("!", rest),
        None => line.split_once(' ').unwrap_or((line, "")),
    };
    let text = one_line(rest);
    let kept = if text == "-" { "" } else { text.as_str() };
    let progress = &desk.progress;
    let known = progress.item(&shown.item);
    let (fact, words) = match word {
        "w" if text.is_empty() => (None, how_to_note(known.map_or("", |k| k.note.as_str()))),
        "w" => (noted(progress, &shown.item, kept), "Note saved.".into()),
        "!" if text.is_empty() => (None, "Type ! and what seems wrong; ! - takes it back.".into()),
        "!" => (
            doubted(progress, &shown.item, &shown.hash, kept),
            "Saved on this computer. `swprep doubts` prints it for you to send.".into(),
        ),
        "s" => send_to_study(shown, desk),
        "m" => {
            let on = !known.is_some_and(|i| i.flagged);
            let words = if on { "Marked." } else { "The mark is taken away." };
            (Some(Fact::ItemFlagged(ItemFlagged { item: shown.item.clone(), on })), words.into())
        }
        _ => return Ok(false),
    };
    match fact.map(|fact| desk.log(now().wall, vec![fact])) {
        Some(Err(error)) => console.say(&format!("NOT SAVED: {error}. Nothing was changed."))?,
        Some(Ok(_)) | None => console.say(&words)?,
    }
    Ok(true)
}

fn send_to_study(shown: &Shown, desk: &Desk) -> (Option<Fact>, String) {
    let scope = Scope { objectives: vec![shown.objective.clone()], ..Scope::default() };
    let wish = wanted(&desk.progress, &shown.objective);
    if wish.on && rules(&desk.library, &desk.progress, &scope).is_empty() {
        return (None, study_words(None).into());
    }
    let words = study_words(Some(wish.on)).to_owned();
    (Some(Fact::ObjectiveWanted(wish)), words)
}
