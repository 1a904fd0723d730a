//! Which items may be asked in an exam.

use crate::core::bank::{Category, Item, ItemId, Objective};
use crate::core::calendar::Stamp;
use crate::core::draw::Draw;
use crate::core::event::ExamLength;
use crate::core::library::{ItemRef, Library};
use crate::core::outline::Statement;
use crate::core::progress::Progress;
use crate::core::reserve::reserve;
use std::collections::HashSet;

/// A rule that can be asked about, with its freshest items.
pub(super) struct Candidate<'a> {
    /// Any of these may be asked; they were last seen at the same time, or never.
    pub items: Vec<ItemRef<'a>>,
    /// The statement that it stands for.
    pub statement: &'a Statement,
    /// When they were last seen; `None` for never.
    pub last_seen: Option<Stamp>,
    /// Whether they were not kept back for full exams.
    pub free: bool,
}

/// Whether an item was never on the screen.
pub(super) fn is_new(progress: &Progress, item: &Item) -> bool {
    !progress.seen(&item.id)
}

/// Tells which items an exam of that length may ask: none of an open exam, and only a full one asks what is kept back.
pub(super) fn askable<'a>(
    library: &'a Library,
    progress: &'a Progress,
    category: Category,
    length: ExamLength,
) -> impl Fn(&Objective, &Item) -> bool + use<'a> {
    let taken = progress.in_open_exam();
    let kept = if length == ExamLength::Full { HashSet::new() } else { reserve(library, progress).items };
    move |objective, item| {
        library.suits(objective, item, category) && !taken.contains(&item.id) && !kept.contains(&item.id)
    }
}

/// The rules of each area, in random order, each with its freshest items: never seen before seen, then those seen
/// longest ago. A full exam takes what was kept back for it before other new items.
pub(super) fn candidates<'a>(
    library: &'a Library,
    progress: &'a Progress,
    category: Category,
    length: ExamLength,
    draw: &mut Draw,
) -> Vec<Vec<Candidate<'a>>> {
    let mut areas: Vec<Vec<Candidate<'_>>> = library.outline().areas.iter().map(|_| vec![]).collect();
    let free = askable(library, progress, category, length);
    let kept: HashSet<&ItemId> =
        if length == ExamLength::Full { reserve(library, progress).items } else { HashSet::new() };
    for (topic, objective) in library.objectives() {
        let Some(statement) = library.examined_as(objective, category) else { continue };
        let Some(area) = library.outline().area_index(&statement.area) else { continue };
        let last = |item: &Item| (progress.item(&item.id).and_then(|p| p.last), !kept.contains(&item.id));
        let Some(best) = objective.items.iter().filter(|i| free(objective, i)).map(last).min() else { continue };
        let fresh = objective.items.iter().filter(|i| free(objective, i) && last(i) == best);
        let mut items: Vec<_> = fresh.map(|item| ItemRef { topic, objective, item }).collect();
        draw.shuffle(&mut items);
        areas[area].push(Candidate { items, statement, last_seen: best.0, free: best.1 });
    }
    for area in &mut areas {
        draw.shuffle(area);
    }
    areas
}
