//! Drawing the form of an exam by the outline's weights.

use super::bank::{Category, ItemId, StatementId};
use super::calendar::Stamp;
use super::draw::Draw;
use super::event::{ExamId, ExamLength, ExamStarted, FormItem, SectionForm, Shown};
use super::library::{ItemRef, Library};
use super::progress::Progress;
use super::settings::TimeFactor;
use std::collections::{BTreeMap, HashSet};

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

/// What one area can give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaSupply {
    /// The area's code.
    pub code: String,
    /// The area's title.
    pub name: String,
    /// Items that the outline's weight asks for.
    pub wanted: usize,
    /// Items that can be drawn: one for each objective.
    pub available: usize,
    /// How many of those she has never seen.
    pub unseen: usize,
    /// Items that will be drawn.
    pub drawn: usize,
}

/// What the bank can give for an exam.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supply {
    /// By area.
    pub areas: Vec<AreaSupply>,
}

impl Supply {
    /// Items that the exam should have.
    pub fn wanted(&self) -> usize {
        self.areas.iter().map(|a| a.wanted).sum()
    }

    /// Items that it will have.
    pub fn drawn(&self) -> usize {
        self.areas.iter().map(|a| a.drawn).sum()
    }

    /// Whether the bank is too small for the exam that was asked for.
    pub fn is_short(&self) -> bool {
        self.drawn() < self.wanted()
    }

    /// Items that she has never seen, among those that will be drawn.
    pub fn unseen(&self) -> usize {
        self.areas.iter().map(|a| a.unseen.min(a.drawn)).sum()
    }

    /// The sentence that tells her before she begins; `None` where nothing is missing.
    pub fn words(&self) -> Option<String> {
        self.is_short().then(|| {
            format!(
                "The question bank is not large enough for {} questions yet. This exam has {}, in the same proportions.",
                self.wanted(),
                self.drawn()
            )
        })
    }
}

/// A candidate for the form, with the statement it stands for.
struct Candidate<'a> {
    item: ItemRef<'a>,
    statement: StatementId,
    last_seen: Option<Stamp>,
}

/// What the bank can give for an exam of that category and length. A short one never has more items than a full one.
pub fn supply(library: &Library, progress: &Progress, category: Category, length: ExamLength) -> Supply {
    let by_area = candidates(library, progress, category, &mut Draw::new(0));
    let have: Vec<usize> = by_area.iter().map(Vec::len).collect();
    let sums = |length| -> Vec<usize> {
        wanted_by_area(library, category, length).into_iter().map(|(scored, unscored)| scored + unscored).collect()
    };
    let wanted = sums(length);
    let total = match length {
        ExamLength::Half | ExamLength::Mini => fitting(&wanted, &have).min(fitting(&sums(ExamLength::Full), &have)),
        ExamLength::Full | ExamLength::Items(_) => fitting(&wanted, &have),
    };
    let weights: Vec<f64> = wanted.iter().map(|n| *n as f64).collect();
    let drawn = apportion(&weights, total);
    let areas = library
        .outline()
        .areas
        .iter()
        .zip(wanted.iter().zip(drawn))
        .zip(&by_area)
        .map(|((area, (wanted, drawn)), have)| AreaSupply {
            code: area.code.clone(),
            name: area.name.clone(),
            wanted: *wanted,
            available: have.len(),
            unseen: have.iter().filter(|c| c.last_seen.is_none()).count(),
            drawn: drawn.min(have.len()),
        })
        .collect();
    Supply { areas }
}

/// How many items fit where each area has so many and all must keep the proportions that are wanted.
fn fitting(wanted: &[usize], have: &[usize]) -> usize {
    let factor = wanted
        .iter()
        .zip(have)
        .filter(|(wanted, _)| **wanted > 0)
        .map(|(wanted, have)| *have as f64 / *wanted as f64)
        .fold(1.0_f64, f64::min);
    // The tiny addition keeps a whole number whole against rounding.
    (wanted.iter().sum::<usize>() as f64 * factor + 1e-9).floor() as usize
}

/// Draws a form; `None` where the bank has no item for the category.
pub fn draw_form(library: &Library, progress: &Progress, request: &FormRequest, exam: ExamId) -> Option<ExamStarted> {
    let figures = library.outline().exams.get(&request.category)?;
    let supply = supply(library, progress, request.category, request.length);
    if supply.drawn() == 0 {
        return None;
    }
    let mut draw = Draw::new(request.seed);
    let by_area = candidates(library, progress, request.category, &mut draw);
    let sections = if request.length == ExamLength::Full { figures.section_items.len().min(supply.drawn()) } else { 1 };
    let mut forms: Vec<Vec<FormItem>> = vec![vec![]; sections];
    let wanted = wanted_by_area(library, request.category, request.length);
    let mut turn = 0;
    for ((area, have), (scored, unscored)) in supply.areas.iter().zip(by_area).zip(wanted) {
        let unscored = (unscored * area.drawn).checked_div(scored + unscored).unwrap_or(0);
        let mut chosen = spread(have, area.drawn);
        draw.shuffle(&mut chosen);
        for (n, candidate) in chosen.into_iter().enumerate() {
            // Dealing in turn gives every section the same share of each area and of the unscored items.
            forms[turn % sections].push(FormItem {
                shown: shown(&candidate.item, &mut draw),
                statement: candidate.statement,
                scored: n >= unscored,
            });
            turn += 1;
        }
    }
    let sections = forms
        .into_iter()
        .map(|mut items| {
            draw.shuffle(&mut items);
            SectionForm { limit_ms: limit_ms(figures, request.time, items.len()), items }
        })
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

/// Scored and unscored items of each area, in outline order.
fn wanted_by_area(library: &Library, category: Category, length: ExamLength) -> Vec<(usize, usize)> {
    let outline = library.outline();
    let Some(figures) = outline.exams.get(&category) else { return vec![] };
    let of = |counts: &BTreeMap<String, usize>, code: &str| counts.get(code).copied().unwrap_or(0);
    let scored: Vec<f64> = outline.areas.iter().map(|a| of(&figures.scored_items_by_area, &a.code) as f64).collect();
    let unscored: Vec<f64> =
        outline.areas.iter().map(|a| of(&figures.unscored_items_by_area, &a.code) as f64).collect();
    let weights: Vec<f64> =
        outline.areas.iter().map(|a| a.weight_percent.get(&category).copied().unwrap_or(0.0)).collect();
    match length {
        ExamLength::Full => scored.into_iter().zip(unscored).map(|(s, u)| (s as usize, u as usize)).collect(),
        ExamLength::Half => {
            let halves = figures.section_items.len().max(1);
            let scored = apportion(&scored, figures.scored_items / halves);
            let unscored = apportion(&unscored, figures.unscored_items / halves);
            scored.into_iter().zip(unscored).collect()
        }
        ExamLength::Mini => apportion(&weights, MINI_ITEMS).into_iter().map(|n| (n, 0)).collect(),
        ExamLength::Items(n) => apportion(&weights, usize::from(n)).into_iter().map(|n| (n, 0)).collect(),
    }
}

/// Seeds that the program chooses lie below this: few enough digits to be written down.
pub const SEEDS: u64 = 1_000_000;

/// Items of a mini exam.
pub const MINI_ITEMS: usize = 30;

/// Shares `total` out by weight, by largest remainder.
fn apportion(weights: &[f64], total: usize) -> Vec<usize> {
    let sum: f64 = weights.iter().sum();
    if sum <= 0.0 {
        return vec![0; weights.len()];
    }
    let exact: Vec<f64> = weights.iter().map(|w| w / sum * total as f64).collect();
    let mut parts: Vec<usize> = exact.iter().map(|x| x.floor() as usize).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|a, b| (exact[*b] - exact[*b].floor()).total_cmp(&(exact[*a] - exact[*a].floor())));
    let missing = total - parts.iter().sum::<usize>();
    for place in order.into_iter().take(missing) {
        parts[place] += 1;
    }
    parts
}

/// The best item of each objective, by area: unseen first, then the one seen longest ago.
fn candidates<'a>(
    library: &'a Library,
    progress: &Progress,
    category: Category,
    draw: &mut Draw,
) -> Vec<Vec<Candidate<'a>>> {
    let mut areas: Vec<Vec<Candidate<'_>>> = library.outline().areas.iter().map(|_| vec![]).collect();
    let taken: HashSet<&ItemId> = progress.in_open_exam();
    for (topic, objective) in library.objectives() {
        let Some(statement) = library.examined_as(objective, category) else { continue };
        let Some(area) = library.outline().area_index(&statement.area) else { continue };
        let mut siblings: Vec<_> = objective
            .items
            .iter()
            .filter(|i| library.suits(objective, i, category) && !taken.contains(&i.id))
            .map(|item| (progress.item(&item.id).and_then(|p| p.last), item))
            .collect();
        draw.shuffle(&mut siblings);
        let Some((last_seen, item)) = siblings.into_iter().min_by_key(|(last, _)| *last) else { continue };
        areas[area].push(Candidate {
            item: ItemRef { topic, objective, item },
            statement: statement.id.clone(),
            last_seen,
        });
    }
    for area in &mut areas {
        draw.shuffle(area);
        area.sort_by_key(|c| c.last_seen);
    }
    areas
}

/// Takes `n` candidates: unseen ones first, and within that each statement once before any statement twice.
fn spread(mut have: Vec<Candidate<'_>>, n: usize) -> Vec<Candidate<'_>> {
    let mut uses: BTreeMap<StatementId, usize> = BTreeMap::new();
    let mut chosen = vec![];
    while chosen.len() < n && !have.is_empty() {
        let best = (0..have.len()).min_by_key(|place| {
            let c = &have[*place];
            (c.last_seen.is_some(), uses.get(&c.statement).copied().unwrap_or(0), *place)
        });
        let Some(best) = best else { break };
        let candidate = have.remove(best);
        *uses.entry(candidate.statement.clone()).or_default() += 1;
        chosen.push(candidate);
    }
    chosen
}

#[cfg(test)]
mod tests;
