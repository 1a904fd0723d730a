//! The plan up to the exam day: which objectives to ask today so that the expected points on that day are the most.
//!
//! The plan is made anew at each sitting from what is known then. A missed week leaves no debt: it only leaves fewer
//! days, which raises the price of a second. The method is an index policy: each objective is worth what asking it today
//! gains over asking it on any other day, for each second it takes, at the price at which all plans together take the
//! minutes that are really there (`planner/table.rs`, `planner/price.rs`).

mod card;
mod curve;
mod own;
mod pace;
mod price;
mod table;

pub use pace::minutes_done;

use super::bank::{Objective, ObjectiveId};
use super::calendar::StudyDay;
use super::draw::Draw;
use super::fsrs6::State;
use super::library::Library;
use super::memory::{KNOWN_BEFORE, Memory};
use super::pick::{LEAST_WEIGHT, Reason, Scope, Task, interleave, new_objectives, rules, seconds_each};
use super::progress::{ObjectiveProgress, Progress};
use super::reserve::area_of;
use super::retake;
use card::Card;
use curve::Steepness;
use price::{Share, balance};
use table::{FARTHEST, Plane, Table};

/// The prior Beta of the chance that a rule is known before its first question: so many answers of the mean
/// [`KNOWN_BEFORE`].
const PRIOR_ANSWERS: f64 = 5.0;
/// The chance of guessing one of three options.
const GUESS: f64 = 1.0 / 3.0;
/// The pace that the table's seconds are meant for: the mean of a right and a wrong answer's.
const TABLE_PACE: f64 = 45.0;

/// The last so many days before the exam are short; the very last is for things known.
const TAPER: u16 = 2;
/// New rules may wait as long as they fill no more than this part of all sittings to come before the taper.
const NEW_SHARE: f64 = 0.85;

/// What asking an objective gains, the objective, and why it is asked.
type Ranked<'a> = (f32, &'a ObjectiveId, Reason);

/// What an exam day and the time until then make of a sitting.
#[derive(Clone, Copy, Debug)]
pub struct Planner {
    today: StudyDay,
    /// Days to the exam, at least 1.
    tau: u16,
    /// Minutes a day that can be counted on.
    minutes: f64,
}

/// An objective that was answered before.
struct Known<'a> {
    id: &'a ObjectiveId,
    area: usize,
    progress: &'a ObjectiveProgress,
    memory: Memory,
}

impl Planner {
    /// A plan of today for an exam; on the exam day itself and after it, as on the day before.
    pub fn new(exam: StudyDay, today: StudyDay, minutes: f64) -> Self {
        Self { today, tau: exam.since(today).clamp(1, i32::from(FARTHEST)) as u16, minutes }
    }

    /// How many of `count` questions the taper leaves: five sixths two days before the exam, two thirds on the last day.
    pub fn tapered(&self, count: usize) -> usize {
        match self.tau {
            1 => (count * 2).div_ceil(3),
            2 => (count * 5).div_ceil(6),
            _ => count,
        }
    }

    /// At most `count` questions of today: what is owed of an earlier sitting, what she asked for, then confident errors,
    /// yesterday's in any case, then by what they gain. The seed decides between new rules that are alike.
    pub fn tasks(&self, library: &Library, progress: &Progress, scope: &Scope, count: usize, seed: u64) -> Vec<Task> {
        let count = self.tapered(count);
        let rules = rules(library, progress, scope);
        let (known, unmet) = sort_out(library, progress, &rules);
        let weights = weights(library, progress);
        let table = Table::shared(self.tau, own::steepness(progress));
        let new_cards: Vec<Card> = known_chances(library, progress)
            .into_iter()
            .map(|c| Card::new(c as f32, self.tau, table.steepness))
            .collect();
        let cards: Vec<Card> = known.iter().map(|k| self.card(k, table.steepness)).collect();
        let shares = |n: usize| Share { card: &new_cards[n], weight: weights[n], count: unmet[n] as f32 };
        let mut shares: Vec<Share<'_>> = (0..unmet.len()).filter(|n| unmet[*n] > 0).map(shares).collect();
        shares.extend(known.iter().zip(&cards).map(|(k, card)| Share { card, weight: weights[k.area], count: 1.0 }));
        let seconds = self.minutes * 60.0 * f64::from(self.tau) * TABLE_PACE / seconds_each(progress);
        let lambda = balance(&table, &shares, seconds as f32);
        let prices: Vec<f32> = weights.iter().map(|w| lambda / w).collect();
        let values: Vec<Plane> = prices.iter().map(|price| table.at_price(*price)).collect();
        let gain = |area: usize, card: &Card| weights[area] * card.gain(&table, &values[area], prices[area]);

        let is_wanted = |o: &&&Objective| {
            progress.objective(&o.id).is_some_and(|known| known.wanted.is_some() && !known.is_owed(self.today))
        };
        let wanted = rules.iter().filter(is_wanted).map(|o| (0.0, &o.id, Reason::Wanted));
        let open =
            known.iter().zip(&cards).filter(|(k, _)| k.memory.last < self.today || k.progress.is_owed(self.today));
        let (mut owed, mut lead, mut old, mut unsure) = (vec![], vec![], vec![], vec![]);
        for (k, card) in open {
            let reason = Reason::of(k.progress, self.today);
            match reason {
                Reason::Wanted => {}
                Reason::SureAndWrong(last) if last == self.today => owed.push((0.0, k.id, reason)),
                Reason::SureAndWrong(last) if last.plus(1) == self.today => {
                    lead.push((-k.memory.recall(self.today) as f32, k.id, reason));
                }
                _ if self.tau > 1 || k.progress.right > 0 => old.push((gain(k.area, card), k.id, reason)),
                _ => unsure.push((gain(k.area, card), k.id, reason)),
            }
        }
        // The last day leaves out what was never answered rightly, unless nothing else is there.
        if old.is_empty() {
            old = unsure;
        }
        let category = progress.settings.category;
        let area = |id: &ObjectiveId| area_of(library, library.objective(id)?.1, category);
        let new_gains: Vec<f32> = new_cards.iter().enumerate().map(|(n, card)| gain(n, card)).collect();
        let places = count * new_gains.len();
        let mut new: Vec<Ranked<'_>> = new_objectives(library, progress, &rules, places, &mut Draw::new(seed))
            .into_iter()
            .filter_map(|id| Some((new_gains[area(id)?], id, Reason::New)))
            .collect();
        for list in [&mut lead, &mut old, &mut new] {
            list.sort_by(|a, b| b.0.total_cmp(&a.0));
        }
        let mut lead: Vec<Ranked<'_>> = owed.into_iter().chain(wanted).chain(lead).collect();
        lead.truncate(count);
        let each_day = self.minutes * 60.0 / seconds_each(progress);
        let free = count - lead.len();
        let rest = self.share_out(free, old, new, self.urgent(free, unmet.iter().sum(), each_day));
        let task = |(_, id, reason): Ranked<'_>| Task { objective: id.clone(), item: None, reason };
        let mut tasks: Vec<Task> = lead.into_iter().chain(rest).map(task).collect();
        tasks.sort_by_key(|t| match t.reason {
            Reason::SureAndWrong(last) if last == self.today => 0,
            Reason::Wanted => 1,
            Reason::SureAndWrong(_) => 2,
            _ => 3,
        });
        interleave(tasks)
    }

    /// The best of both lists. New rules that could not be met in time if they waited come before everything else.
    fn share_out<'a>(
        &self,
        count: usize,
        mut old: Vec<Ranked<'a>>,
        mut new: Vec<Ranked<'a>>,
        urgent: usize,
    ) -> Vec<Ranked<'a>> {
        let wins = |n: &usize| old.get(count - n - 1).is_none_or(|o| new[*n].0 >= o.0);
        let wanted = (0..count.min(new.len())).take_while(wins).count();
        // Where too little else is at hand, new rules fill the sitting, on the last day only if it were empty.
        let few = count.saturating_sub(old.len());
        let take = match self.tau {
            1 if !old.is_empty() => 0,
            1 => few,
            _ => wanted.max(urgent).max(few),
        };
        new.truncate(take.min(count));
        old.truncate(count - new.len());
        let mut rest = new.split_off(urgent.min(new.len()));
        rest.extend(old);
        rest.sort_by(|a, b| b.0.total_cmp(&a.0));
        new.extend(rest);
        new
    }

    /// How many of today's `count` questions must be new rules, if each of the `unmet` ones is to be met before the
    /// taper and no sitting to come can take more than its part of them.
    fn urgent(&self, count: usize, unmet: usize, each_day: f64) -> usize {
        if self.tau <= TAPER {
            return 0;
        }
        let later = f64::from(self.tau - TAPER - 1) * each_day * NEW_SHARE;
        ((unmet as f64 - later) * count as f64 / each_day.max(1.0)).clamp(0.0, count as f64).ceil() as usize
    }

    fn card(&self, known: &Known<'_>, steepness: Steepness) -> Card {
        let Memory { stability, difficulty, last } = known.memory;
        let elapsed = self.today.since(last).clamp(0, 30_000) as u16;
        let state = State { stability, difficulty };
        let first = known.progress.answers == 1 && known.progress.right == 1;
        Card::known(if first { card::known_at_first(state) } else { state }, elapsed, self.tau, steepness)
    }
}

/// The rules that were answered before, and how many of each area were not.
fn sort_out<'a>(library: &Library, progress: &'a Progress, rules: &[&'a Objective]) -> (Vec<Known<'a>>, Vec<usize>) {
    let mut unmet = vec![0; library.outline().areas.len()];
    let mut known = vec![];
    for objective in rules {
        let Some(area) = area_of(library, objective, progress.settings.category) else { continue };
        match progress.objective(&objective.id).and_then(|p| Some((p, p.memory?))) {
            Some((progress, memory)) => known.push(Known { id: &objective.id, area, progress, memory }),
            None => unmet[area] += 1,
        }
    }
    (known, unmet)
}

/// What an objective of each area counts on the exam day, against the mean of all.
fn weights(library: &Library, progress: &Progress) -> Vec<f32> {
    let category = progress.settings.category;
    let of_area = retake::weights(library.outline(), progress, category);
    let mut counts = vec![0_usize; of_area.len()];
    for area in library.objectives().filter_map(|(_, o)| area_of(library, o, category)) {
        counts[area] += 1;
    }
    let all = counts.iter().sum::<usize>() as f64;
    let weight = |(w, n): (&f64, &usize)| (w.max(LEAST_WEIGHT) * all / (*n).max(1) as f64) as f32;
    of_area.iter().zip(&counts).map(weight).collect()
}

/// The chance of each area that a rule never asked is known already: a Beta that learns from the first answers to
/// rules, each counting as known by the chance that it was no guess.
fn known_chances(library: &Library, progress: &Progress) -> Vec<f64> {
    let mut met = vec![false; progress.objectives().len()];
    let prior = (PRIOR_ANSWERS * KNOWN_BEFORE, PRIOR_ANSWERS);
    let mut counts = vec![prior; library.outline().areas.len()];
    for answer in &progress.answers {
        if std::mem::replace(&mut met[answer.objective], true) {
            continue;
        }
        let objective = library.objective(&progress.objectives()[answer.objective].id);
        let area = objective.and_then(|(_, o)| area_of(library, o, progress.settings.category));
        let Some((known, all)) = area.map(|a| &mut counts[a]) else { continue };
        let chance = *known / *all;
        *known += if answer.right { chance / (chance + (1.0 - chance) * GUESS) } else { 0.0 };
        *all += 1.0;
    }
    counts.into_iter().map(|(known, all)| known / all).collect()
}

#[cfg(test)]
mod tests;
