//! What the bank can give for an exam.

use super::MINI_ITEMS;
use super::candidates::{askable, is_new};
use crate::core::bank::Category;
use crate::core::event::ExamLength;
use crate::core::library::Library;
use crate::core::progress::Progress;
use crate::core::retake;
use std::collections::BTreeMap;

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

/// What the bank can give for an exam of that category and length. A short one never has more items than a full one.
pub fn supply(library: &Library, progress: &Progress, category: Category, length: ExamLength) -> Supply {
    let rules = rules_by_area(library, progress, category, length);
    let have: Vec<usize> = rules.iter().map(|(available, _)| *available).collect();
    let sums = |length| -> Vec<usize> {
        let wanted = wanted_by_area(library, progress, category, length);
        wanted.into_iter().map(|(scored, unscored)| scored + unscored).collect()
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
        .zip(rules)
        .map(|((area, (wanted, drawn)), (available, unseen))| AreaSupply {
            code: area.code.clone(),
            name: area.name.clone(),
            wanted: *wanted,
            available,
            unseen,
            drawn: drawn.min(available),
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

/// By area: rules that can be asked about, and how many of them by an item never seen.
fn rules_by_area(
    library: &Library,
    progress: &Progress,
    category: Category,
    length: ExamLength,
) -> Vec<(usize, usize)> {
    let mut areas = vec![(0, 0); library.outline().areas.len()];
    let free = askable(library, progress, category, length);
    for (_, objective) in library.objectives() {
        let Some(statement) = library.examined_as(objective, category) else { continue };
        let Some(area) = library.outline().area_index(&statement.area) else { continue };
        let items: Vec<_> = objective.items.iter().filter(|i| free(objective, i)).collect();
        areas[area].0 += usize::from(!items.is_empty());
        areas[area].1 += usize::from(items.iter().any(|i| is_new(progress, i)));
    }
    areas
}

/// Scored and unscored items of each area, in outline order. Short exams lean to where a real exam was lost; full ones
/// keep the outline's weights.
pub(super) fn wanted_by_area(
    library: &Library,
    progress: &Progress,
    category: Category,
    length: ExamLength,
) -> Vec<(usize, usize)> {
    let outline = library.outline();
    let Some(figures) = outline.exams.get(&category) else { return vec![] };
    let of = |counts: &BTreeMap<String, usize>, code: &str| counts.get(code).copied().unwrap_or(0);
    let scored: Vec<f64> = outline.areas.iter().map(|a| of(&figures.scored_items_by_area, &a.code) as f64).collect();
    let unscored: Vec<f64> =
        outline.areas.iter().map(|a| of(&figures.unscored_items_by_area, &a.code) as f64).collect();
    let weights = retake::weights(outline, progress, category);
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

/// Shares `total` out by weight, by largest remainder.
pub(super) fn apportion(weights: &[f64], total: usize) -> Vec<usize> {
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
