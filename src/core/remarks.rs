//! What she has written beside questions: notes in study and exams, and what seems wrong with a question.

use super::bank::{ItemId, ObjectiveId};
use super::event::{Fact, ItemDoubted, ItemNoted, ObjectiveWanted};
use super::exam::{Exam, NOTE_LENGTH};
use super::progress::{ItemProgress, Progress};
use std::collections::HashSet;

/// The longest note or doubt, in characters.
pub const LENGTH: usize = NOTE_LENGTH;

/// The fact that sets a note down on an item; `None` where nothing changes.
pub fn noted(progress: &Progress, item: &ItemId, text: &str) -> Option<Fact> {
    let text = fit(text);
    let known = progress.item(item).map_or("", |known| known.note.as_str());
    (text != known).then(|| Fact::ItemNoted(ItemNoted { item: item.clone(), text }))
}

/// The fact that reports a version of an item as doubtful, or takes that back; `None` where nothing changes.
pub fn doubted(progress: &Progress, item: &ItemId, hash: &str, text: &str) -> Option<Fact> {
    let text = fit(text);
    let known = progress.item(item).map_or(("", ""), |known| (known.doubt.as_str(), known.doubt_hash.as_str()));
    let same = text == known.0 && (text.is_empty() || hash == known.1);
    (!same).then(|| Fact::ItemDoubted(ItemDoubted { item: item.clone(), hash: hash.to_owned(), text }))
}

/// The fact that sends a rule to study, or takes that back.
pub fn wanted(progress: &Progress, objective: &ObjectiveId) -> ObjectiveWanted {
    let on = progress.objective(objective).is_none_or(|known| known.wanted.is_none());
    ObjectiveWanted { objective: objective.clone(), on }
}

fn fit(text: &str) -> String {
    text.trim().chars().take(LENGTH).collect()
}

/// Her notes on one item.
#[derive(Clone, Debug)]
pub struct Notes<'a> {
    /// The item.
    pub item: &'a ItemId,
    /// The note that was set down in a review or in study; empty if there is none.
    pub note: &'a str,
    /// The notes of exams that are over, oldest first.
    pub in_exams: Vec<(&'a Exam, &'a str)>,
}

/// Every item with a note, in the order of first meeting. What waits in the open exam is left out.
pub fn notes(progress: &Progress) -> Vec<Notes<'_>> {
    let taken = progress.in_open_exam();
    let mut notes: Vec<Notes<'_>> = progress
        .items()
        .iter()
        .filter(|known| !taken.contains(&known.id))
        .map(|known| Notes { item: &known.id, note: &known.note, in_exams: vec![] })
        .collect();
    let written: HashSet<&ItemId> = exam_notes(progress).map(|(_, item, _)| item).collect();
    notes.retain(|n| !n.note.is_empty() || written.contains(n.item));
    for found in &mut notes {
        found.in_exams = exam_notes(progress).filter(|(_, id, _)| *id == found.item).map(|(e, _, t)| (e, t)).collect();
    }
    notes
}

/// Her notes on one item, whether it waits in the open exam or not.
pub fn notes_on<'a>(progress: &'a Progress, item: &'a ItemId) -> Notes<'a> {
    let note = progress.item(item).map_or("", |known| known.note.as_str());
    let in_exams = exam_notes(progress).filter(|(_, id, _)| *id == item).map(|(exam, _, text)| (exam, text)).collect();
    Notes { item, note, in_exams }
}

/// Notes of exams that are over.
fn exam_notes(progress: &Progress) -> impl Iterator<Item = (&Exam, &ItemId, &str)> {
    let over = progress.exams.iter().filter(|exam| !exam.is_open());
    let slots = over.flat_map(|exam| exam.items().map(move |(_, _, item, slot)| (exam, &item.shown.item, slot)));
    slots.filter(|(_, _, slot)| !slot.note.is_empty()).map(|(exam, item, slot)| (exam, item, slot.note.as_str()))
}

/// Every item that seems wrong to her, in the order of first meeting. What waits in the open exam is left out.
pub fn doubts(progress: &Progress) -> Vec<&ItemProgress> {
    let taken = progress.in_open_exam();
    progress.items().iter().filter(|known| !known.doubt.is_empty() && !taken.contains(&known.id)).collect()
}

/// How many questions with a note or a doubt wait in the open exam: their remarks might tell a key.
pub fn waiting(progress: &Progress) -> usize {
    let written = |id: &&ItemId| progress.item(id).is_some_and(|k| !k.note.is_empty() || !k.doubt.is_empty());
    progress.in_open_exam().into_iter().filter(written).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::event::{ExamId, ExamLength};
    use crate::core::exam::Move;
    use crate::core::form::{FormRequest, draw_form};
    use crate::core::sample;
    use std::time::Duration;

    fn log(progress: &mut Progress, fact: Option<Fact>) -> bool {
        fact.map(|fact| progress.evolve(&sample::event(fact, 0))).is_some()
    }

    #[test]
    fn a_note_and_a_doubt_are_set_down_once_and_taken_back_by_nothing() {
        let (mut progress, item) = (Progress::default(), ItemId::from("ethics-0001"));
        let fact = noted(&progress, &item, "  mind the  fact ");
        assert!(log(&mut progress, fact));
        assert_eq!(progress.item(&item).unwrap().note, "mind the  fact");
        assert!(noted(&progress, &item, "mind the  fact").is_none(), "nothing changes");
        let fact = doubted(&progress, &item, "h1", &"x".repeat(LENGTH + 9));
        assert!(log(&mut progress, fact));
        assert_eq!(progress.item(&item).unwrap().doubt.len(), LENGTH);
        let text = progress.item(&item).unwrap().doubt.clone();
        assert!(doubted(&progress, &item, "h1", &text).is_none());
        assert!(doubted(&progress, &item, "h2", &text).is_some(), "another version is doubted anew");
        for fact in [noted(&progress, &item, " "), doubted(&progress, &item, "h1", "")] {
            assert!(log(&mut progress, fact));
        }
        assert!(notes(&progress).is_empty() && doubts(&progress).is_empty());
        assert!(doubted(&progress, &item, "h2", "").is_none(), "there is nothing to take back");
    }

    #[test]
    fn notes_of_an_exam_are_told_when_it_is_over() {
        let library = sample::library();
        let mut progress = Progress::default();
        let request = FormRequest::standard(progress.settings.category, ExamLength::Items(2), 1);
        let form = draw_form(&library, &progress, &request, ExamId("x".into())).unwrap();
        let item = form.sections[0].items[0].shown.item.clone();
        progress.evolve(&sample::event(Fact::ExamStarted(form), 0));
        let fact = noted(&progress, &item, "from before");
        log(&mut progress, fact);
        let fact = doubted(&progress, &item, "h", "why?");
        log(&mut progress, fact);
        for (mv, told) in [(Move::Open(0), 0), (Move::Note("look".into()), 0), (Move::Submit, 1)] {
            for fact in progress.open_exam().unwrap().decide(Some(mv), Duration::from_secs(1)) {
                progress.evolve(&sample::event(fact, 0));
            }
            assert_eq!((notes(&progress).len(), doubts(&progress).len()), (told, told));
            assert_eq!(waiting(&progress), 1 - told);
            assert_eq!(notes_on(&progress, &item).in_exams.len(), told);
        }
        let found = &notes(&progress)[0];
        assert_eq!((found.note, found.in_exams[0].1), ("from before", "look"));
    }
}
