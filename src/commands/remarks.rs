//! What she has written beside questions, to be read, kept or sent by her own hand.

use super::data::desk;
use super::open::Setting;
use super::output::Out;
use crate::core::bank::{Item, ItemId};
use crate::core::library::Library;
use crate::core::remarks::{doubts, notes, waiting};
use crate::desk::Desk;
use crate::text::one_line;
use crate::text::{count, cut};
use std::borrow::Cow;
use std::io::Write;

/// So many cells of a stem tell which question it is.
const FIRST_WORDS: usize = 76;

/// How doubts are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For the person at the keyboard.
    Text,
    /// For programs.
    Json,
    /// To be sent to the authors.
    Markdown,
}

/// Prints her notes, by question.
///
/// # Errors
/// The log can't be read or the lines can't be written.
pub fn print_notes(setting: &Setting, json: bool, out: &mut Out) -> anyhow::Result<()> {
    let desk = desk(setting)?;
    let found = notes(&desk.progress);
    if json {
        let list: Vec<serde_json::Value> = found
            .iter()
            .map(|n| {
                let place = Place::of(n.item, &desk.library);
                let in_exams: Vec<_> = n
                    .in_exams
                    .iter()
                    .map(|(exam, text)| serde_json::json!({ "exam": exam.id(), "started": exam.started.local_text(), "text": text }))
                    .collect();
                serde_json::json!({
                    "item": n.item,
                    "topic": place.topic,
                    "rule": place.rule,
                    "stem": place.stem,
                    "note": n.note,
                    "in_exams": in_exams,
                })
            })
            .collect();
        writeln!(out, "{}", serde_json::to_string_pretty(&list)?)?;
        return Ok(());
    }
    if found.is_empty() {
        writeln!(out, "No note yet. In a review, in study after the answer and in the exam room, w writes one.")?;
    }
    for n in &found {
        let place = Place::of(n.item, &desk.library);
        writeln!(out, "{}  {}", one_line(n.item.as_str()), one_line(place.rule.unwrap_or(NO_LONGER_THERE)))?;
        if let Some(stem) = place.stem {
            writeln!(out, "  {}", cut(&one_line(stem), FIRST_WORDS))?;
        }
        for (exam, text) in &n.in_exams {
            writeln!(out, "  In the exam of {}: {}", exam.started.local_text(), one_line(text))?;
        }
        if !n.note.is_empty() {
            writeln!(out, "  Note: {}", one_line(n.note))?;
        }
    }
    tell_waiting(&desk, out)
}

/// Prints what seems wrong to her. Nothing is sent.
///
/// # Errors
/// The log can't be read or the lines can't be written.
pub fn print_doubts(setting: &Setting, form: Form, out: &mut Out) -> anyhow::Result<()> {
    let desk = desk(setting)?;
    let found = doubts(&desk.progress);
    let stem = |item: &Option<Cow<'_, Item>>| item.as_ref().map(|item| one_line(&item.stem));
    if form == Form::Json {
        let list: Vec<serde_json::Value> = found
            .iter()
            .map(|d| {
                let place = Place::of(&d.id, &desk.library);
                serde_json::json!({
                    "item": d.id,
                    "hash": d.doubt_hash,
                    "topic": place.topic,
                    "rule": place.rule,
                    "doubt": d.doubt,
                    "stem": stem(&desk.item_of_version(&d.id, &d.doubt_hash)),
                    "edited": place.hash.as_ref() != Some(&d.doubt_hash),
                })
            })
            .collect();
        writeln!(out, "{}", serde_json::to_string_pretty(&list)?)?;
        return Ok(());
    }
    if form == Form::Markdown {
        writeln!(out, "# Questions that seem wrong\n")?;
    } else if found.is_empty() {
        writeln!(out, "No doubt yet. In a review and in study after the answer, ! says what seems wrong.")?;
    }
    for d in &found {
        let place = Place::of(&d.id, &desk.library);
        let item = desk.item_of_version(&d.id, &d.doubt_hash);
        let (id, hash) = (one_line(d.id.as_str()), one_line(&d.doubt_hash));
        let topic = one_line(place.topic.unwrap_or(NO_LONGER_THERE));
        let edited = place.hash.is_some_and(|now| now != d.doubt_hash);
        let stem = stem(&item).unwrap_or_else(|| "No copy of this version was kept.".into());
        if form == Form::Markdown {
            writeln!(out, "## {id}\n\nTopic: {topic}. Version: {hash}.")?;
            if edited {
                writeln!(out, "The question has been edited since.")?;
            }
            writeln!(out, "\n> {stem}\n\n{}\n", one_line(&d.doubt))?;
        } else {
            writeln!(out, "{id}  {topic}, version {hash}{}", if edited { ", edited since" } else { "" })?;
            writeln!(out, "  {}\n  Doubt: {}", cut(&stem, FIRST_WORDS), one_line(&d.doubt))?;
        }
    }
    if form == Form::Text {
        tell_waiting(&desk, out)?;
        if !found.is_empty() {
            writeln!(out, "\nNothing was sent. `swprep doubts --md > doubts.md` writes a page that you can send.")?;
        }
    }
    Ok(())
}

/// Says that remarks on the open exam's questions wait for its end.
fn tell_waiting(desk: &Desk, out: &mut Out) -> anyhow::Result<()> {
    match waiting(&desk.progress) {
        0 => {}
        n => writeln!(out, "Left out until your open exam is over: {}.", count(n, "question"))?,
    }
    Ok(())
}

const NO_LONGER_THERE: &str = "no longer in the bank";

/// Where a question stands in the bank now.
#[derive(Default)]
struct Place<'a> {
    topic: Option<&'a str>,
    rule: Option<&'a str>,
    stem: Option<&'a str>,
    hash: Option<String>,
}

impl<'a> Place<'a> {
    fn of(id: &ItemId, library: &'a Library) -> Self {
        let Some(found) = library.item(id) else { return Self::default() };
        Self {
            topic: Some(found.topic.id.as_str()),
            rule: Some(&found.objective.title),
            stem: Some(&found.item.stem),
            hash: Some(found.item.content_hash()),
        }
    }
}
