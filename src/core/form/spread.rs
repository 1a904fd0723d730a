//! Choosing the items of an area: fresh ones first, spread over its parts and statements, in the bank's own mix of
//! levels and difficulties, and none that gives another away.

use super::candidates::Candidate;
use super::cues::Cues;
use super::supply::apportion;
use crate::core::bank::{Item, Level};
use crate::core::library::ItemRef;
use crate::core::outline::Statement;
use std::collections::BTreeMap;

/// An item of the form.
pub(super) struct Chosen<'a> {
    /// The item.
    pub item: ItemRef<'a>,
    /// The statement that it stands for.
    pub statement: &'a Statement,
}

/// The mix of levels and difficulties: what the bank holds, and what the form holds so far.
pub(super) struct Mix {
    /// Mean difficulty of the bank, in logits.
    mean: f64,
    /// Share of each level in the bank.
    shares: BTreeMap<Level, f64>,
    sum: f64,
    levels: BTreeMap<Level, usize>,
    items: usize,
}

impl Mix {
    /// The mix of the items that could be asked.
    pub fn of(areas: &[Vec<Candidate<'_>>]) -> Self {
        let items: Vec<&Item> = areas.iter().flatten().flat_map(|c| &c.items).map(|i| i.item).collect();
        let all = items.len().max(1) as f64;
        let mut shares: BTreeMap<Level, f64> = BTreeMap::new();
        for item in &items {
            *shares.entry(item.level).or_default() += 1.0 / all;
        }
        let mean = items.iter().map(|i| i.difficulty.logit()).sum::<f64>() / all;
        Self { mean, shares, sum: 0.0, levels: BTreeMap::new(), items: 0 }
    }

    /// How far the form would be from the bank's mix with one more item: logits and items too many, added up.
    fn distance(&self, item: &Item) -> f64 {
        let items = (self.items + 1) as f64;
        let difficulty = (self.sum + item.difficulty.logit() - self.mean * items).abs();
        let share = self.shares.get(&item.level).copied().unwrap_or(0.0);
        let level = (self.levels.get(&item.level).copied().unwrap_or(0) + 1) as f64 - share * items;
        difficulty + level.max(0.0)
    }

    fn add(&mut self, item: &Item) {
        self.items += 1;
        self.sum += item.difficulty.logit();
        *self.levels.entry(item.level).or_default() += 1;
    }
}

/// Takes `n` items of an area, one of each rule at the most.
///
/// In this order: an item never seen; one that was kept back for full exams; a part of the area that has not its share
/// yet, by the number of its statements (`parts`); a statement that was taken least; an item seen longest ago; one that
/// keeps the mix. Ties fall to the order of the candidates, which is random. What would give a chosen item away is taken
/// only where nothing else is left.
pub(super) fn spread<'a>(
    mut have: Vec<Candidate<'a>>,
    n: usize,
    parts: &BTreeMap<&str, usize>,
    mix: &mut Mix,
    cues: &mut Cues,
) -> Vec<Chosen<'a>> {
    let weights: Vec<f64> = parts.values().map(|w| *w as f64).collect();
    let mut open: BTreeMap<&str, usize> = parts.keys().copied().zip(apportion(&weights, n)).collect();
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    let mut chosen = vec![];
    let mut clashing = vec![];
    while chosen.len() < n {
        let rank = |c: &Candidate<'_>| {
            let full = open.get(c.statement.subdomain.as_str()).copied().unwrap_or(0) == 0;
            let times = uses.get(c.statement.id.as_str()).copied().unwrap_or(0);
            (c.last_seen.is_some(), c.free, full, times, c.last_seen)
        };
        let Some(best) = have.iter().map(rank).min() else { break };
        let equal = (0..have.len()).filter(|place| rank(&have[*place]) == best);
        let options = equal.flat_map(|place| (0..have[place].items.len()).map(move |sibling| (place, sibling)));
        let distance = |(place, sibling): &(usize, usize)| mix.distance(have[*place].items[*sibling].item);
        let Some((place, sibling)) = options.min_by(|a, b| distance(a).total_cmp(&distance(b))) else { break };
        let item = have[place].items[sibling];
        if cues.clash(item.item) {
            // Another item of the rule may do; where none does, the rule waits to the end.
            have[place].items.remove(sibling);
            if have[place].items.is_empty() {
                let rule = have.remove(place);
                clashing.push(Candidate { items: vec![item], ..rule });
            }
            continue;
        }
        take(item, have.remove(place).statement, &mut chosen, &mut open, &mut uses);
        mix.add(item.item);
        cues.add(item.item);
    }
    for rule in clashing {
        if chosen.len() < n {
            let item = rule.items[0];
            take(item, rule.statement, &mut chosen, &mut open, &mut uses);
            mix.add(item.item);
            cues.add(item.item);
        }
    }
    chosen
}

fn take<'a>(
    item: ItemRef<'a>,
    statement: &'a Statement,
    chosen: &mut Vec<Chosen<'a>>,
    open: &mut BTreeMap<&str, usize>,
    uses: &mut BTreeMap<&'a str, usize>,
) {
    if let Some(left) = open.get_mut(statement.subdomain.as_str()) {
        *left = left.saturating_sub(1);
    }
    *uses.entry(statement.id.as_str()).or_default() += 1;
    chosen.push(Chosen { item, statement });
}
