//! Drawing the form of an exam by the outline's weights.

mod candidates;
mod cues;
mod sections;
mod spread;
mod supply;

pub use supply::{AreaSupply, Supply, supply};

use super::bank::Category;
use super::draw::Draw;
use super::event::{ExamId, ExamLength, ExamStarted, SectionForm, Shown};
use super::library::{ItemRef, Library};
use super::outline::Area;
use super::progress::Progress;
use super::settings::TimeFactor;
use std::collections::BTreeMap;

/// What exam is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormRequest {
    /// Whose exam.
    pub category: Category,
    /// How long.
    pub length: ExamLength,
    /// How much time.
    pub time: TimeFactor,
    /// Breaks beyond the one between sections in which the clock stands still.
    pub extra_breaks: u8,
    /// Whether the clock runs on while the program does not.
    pub strict: bool,
    /// What it is drawn with.
    pub seed: u64,
    /// A name, if she gave one.
    pub name: Option<String>,
}

impl FormRequest {
    /// An exam in standard time.
    pub fn standard(category: Category, length: ExamLength, seed: u64) -> Self {
        Self { category, length, time: TimeFactor::Standard, extra_breaks: 0, strict: false, seed, name: None }
    }
}

/// Draws a form by the outline's weights; `None` where the bank has no item for the category.
pub fn draw_form(library: &Library, progress: &Progress, request: &FormRequest, exam: ExamId) -> Option<ExamStarted> {
    let figures = library.outline().exams.get(&request.category)?;
    let supply = supply(library, progress, request.category, request.length);
    if supply.drawn() == 0 {
        return None;
    }
    let mut draw = Draw::new(request.seed);
    let by_area = candidates::candidates(library, progress, request.category, request.length, &mut draw);
    let sections = if request.length == ExamLength::Full { figures.section_items.len().min(supply.drawn()) } else { 1 };
    let wanted = supply::wanted_by_area(library, progress, request.category, request.length);
    let (mut mix, mut cues) = (spread::Mix::of(&by_area), cues::Cues::default());
    // A short bank has as many unscored items less as it has items less.
    let (all, unscored) =
        wanted.iter().fold((0, 0), |(all, u), (scored, unscored)| (all + scored + unscored, u + unscored));
    let total = (unscored * supply.drawn() + all / 2).checked_div(all).unwrap_or(0);
    let shares: Vec<f64> = supply.areas.iter().map(|a| if unscored > 0 { a.drawn as f64 } else { 0.0 }).collect();
    let unscored_by_area = supply::apportion(&shares, total);
    let mut areas = vec![];
    for (((area, drawn), have), unscored) in
        library.outline().areas.iter().zip(&supply.areas).zip(by_area).zip(unscored_by_area)
    {
        let parts = statements_by_part(library, area, request.category);
        areas.push((spread::spread(have, drawn.drawn, &parts, &mut mix, &mut cues), unscored));
    }
    let sections = sections::deal(areas, sections, &mut draw)
        .into_iter()
        .map(|items| SectionForm { limit_ms: limit_ms(figures, request.time, items.len()), items })
        .collect();
    Some(ExamStarted {
        exam,
        name: request.name.clone(),
        category: request.category,
        length: request.length,
        time: request.time,
        seed: request.seed,
        break_ms: u64::from(figures.scheduled_break.minutes) * 60_000,
        extra_breaks: request.extra_breaks,
        strict: request.strict,
        sections,
    })
}

/// An item as it will be shown, its options in an order of their own.
pub fn shown(item: &ItemRef<'_>, draw: &mut Draw) -> Shown {
    Shown {
        item: item.item.id.clone(),
        hash: item.item.content_hash(),
        objective: item.objective.id.clone(),
        key: item.item.key_index() as u8,
        difficulty: item.item.difficulty,
        order: draw.option_order(item.item.options.len(), item.item.fixed_order),
    }
}

/// The time for so many items in milliseconds: as many minutes for each as in a whole exam; `None` without a limit.
pub fn limit_ms(figures: &super::outline::ExamFigures, time: TimeFactor, items: usize) -> Option<u64> {
    let minutes: u32 = figures.section_minutes.iter().sum();
    let per_item = f64::from(minutes) * 60_000.0 / figures.items.max(1) as f64;
    time.multiple().map(|multiple| (per_item * items as f64 * multiple).round() as u64)
}

/// How many statements of each part of an area a category's exam may ask about.
pub(super) fn statements_by_part<'a>(
    library: &'a Library,
    area: &'a Area,
    category: Category,
) -> BTreeMap<&'a str, usize> {
    let outline = library.outline();
    let examined =
        |part: &str| outline.statements.iter().filter(|s| s.subdomain == part && outline.examines(category, s)).count();
    area.subdomains.iter().map(|part| (part.code.as_str(), examined(&part.code))).collect()
}

/// Seeds that the program chooses lie below this: few enough digits to be written down.
pub const SEEDS: u64 = 1_000_000;

/// Items of a mini exam.
pub const MINI_ITEMS: usize = 30;

#[cfg(test)]
mod large_tests;
#[cfg(test)]
mod tests;
