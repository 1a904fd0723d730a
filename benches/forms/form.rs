//! What is measured of one form.

use std::collections::{BTreeMap, BTreeSet};
use swprep::core::bank::{Category, Item};
use swprep::core::event::{ExamStarted, FormItem};
use swprep::core::library::Library;
use swprep::core::outline::Area;

/// The ability of the candidate whose score is forecast, in logits.
const ABILITY: f64 = 0.6;

/// A form, measured.
pub struct Form {
    pub items: usize,
    /// Scored items by area.
    pub scored: Vec<usize>,
    parts: BTreeMap<String, usize>,
    pub siblings: usize,
    pub repeated: usize,
    pub flips: usize,
    /// Keys of three words or more that stand in the stem of another item.
    pub told: usize,
    /// Keys by their place on the screen.
    pub places: [usize; 3],
    /// Expected percent right.
    pub expected: f64,
    pub sections_apart: f64,
    pub ids: Vec<String>,
}

impl Form {
    pub fn read(library: &Library, form: &ExamStarted) -> Self {
        let all: Vec<&FormItem> = form.sections.iter().flat_map(|s| &s.items).collect();
        let items: Vec<&Item> = all.iter().map(|i| library.item(&i.shown.item).unwrap().item).collect();
        let mut scored = vec![0; library.outline().areas.len()];
        let mut parts: BTreeMap<String, usize> = BTreeMap::new();
        let mut places = [0; 3];
        for item in &all {
            let statement = library.statement(&item.statement).unwrap();
            let area = library.outline().area_index(&statement.area).unwrap();
            scored[area] += usize::from(item.scored);
            *parts.entry(statement.subdomain.clone()).or_default() += 1;
            if item.shown.order.len() == 3 {
                places[item.shown.order.iter().position(|o| *o == item.shown.key).unwrap()] += 1;
            }
        }
        let distinct = |ids: BTreeSet<&str>| all.len() - ids.len();
        let ids: BTreeSet<&str> = items.iter().map(|i| i.id.as_str()).collect();
        let flips = items.iter().filter(|i| i.flip_of.as_ref().is_some_and(|of| ids.contains(of.as_str()))).count();
        let sections: Vec<f64> = form.sections.iter().map(|s| expected(&s.items)).collect();
        Self {
            items: all.len(),
            scored,
            parts,
            siblings: distinct(all.iter().map(|i| i.shown.objective.as_str()).collect()),
            repeated: distinct(ids.clone()),
            flips,
            told: told(&items),
            places,
            expected: sections.iter().sum::<f64>() / sections.len() as f64,
            sections_apart: (sections[0] - sections[sections.len() - 1]).abs(),
            ids: ids.into_iter().map(str::to_owned).collect(),
        }
    }

    /// Items of a part of an area.
    pub fn part(&self, code: &str) -> usize {
        self.parts.get(code).copied().unwrap_or(0)
    }

    /// The share of a part in its area, by the number of its statements.
    pub fn part_share(library: &Library, category: Category, area: &Area, part: &str) -> f64 {
        let outline = library.outline();
        let examined = outline.statements.iter().filter(|s| s.area == area.code && outline.examines(category, s));
        let (inside, all) =
            examined.fold((0_usize, 0_usize), |(n, all), s| (n + usize::from(s.subdomain == part), all + 1));
        inside as f64 / all as f64
    }
}

/// Expected percent right: a three-parameter logistic with the chance of guessing one of the options.
fn expected(items: &[FormItem]) -> f64 {
    let chance = |item: &FormItem| {
        let guess = 1.0 / item.shown.order.len() as f64;
        guess + (1.0 - guess) / (1.0 + (item.shown.difficulty.logit() - ABILITY).exp())
    };
    100.0 * items.iter().map(chance).sum::<f64>() / items.len() as f64
}

fn told(items: &[&Item]) -> usize {
    let plain = |text: &str| {
        let words: Vec<String> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
        format!(" {} ", words.join(" "))
    };
    let stems: Vec<String> = items.iter().map(|i| plain(&i.stem)).collect();
    let keys: Vec<String> = items.iter().map(|i| plain(&i.options[i.key_index()].text)).collect();
    let long = |key: &str| key.split_whitespace().count() >= 3;
    let others = |n: usize, key: &str| stems.iter().enumerate().any(|(m, stem)| m != n && stem.contains(key));
    keys.iter().enumerate().filter(|(n, key)| long(key) && others(*n, key)).count()
}
