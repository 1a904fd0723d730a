//! Questions kept out of study, so that mock exams can be sat with questions never seen before.

use super::bank::{Category, Item, ItemId, Objective};
use super::event::ExamLength;
use super::form::{statements_by_part, supply};
use super::library::Library;
use super::outline::Statement;
use super::progress::Progress;
use std::collections::{BTreeMap, HashSet};

/// What is kept back for full mock exams.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reserve<'a> {
    /// The items; none of them was ever seen.
    pub items: HashSet<&'a ItemId>,
    /// How many exams they fill.
    pub exams: usize,
    /// How many exams the learner wishes to have kept back.
    pub wished: usize,
}

/// An objective with its unseen items that suit, in an order that stays the same for this person.
struct Stock<'a> {
    unseen: Vec<&'a Item>,
    /// How many of them may be kept back: one item of each rule stays for study.
    spare: usize,
    kept: usize,
}

/// A rule with its place in the person's own order.
struct Rule<'a> {
    place: u64,
    statement: &'a Statement,
    stock: Stock<'a>,
}

impl Reserve<'_> {
    /// What the bank is too small for, in a sentence; `None` where it holds what is wished.
    pub fn words(&self) -> Option<String> {
        let kept = match self.exams {
            0 => "none",
            1 => "one",
            2 => "two",
            _ => "three",
        };
        (self.exams < self.wished)
            .then(|| format!("The bank has new questions to keep back for {kept} of {} full exams.", self.wished))
    }
}

/// The questions that are kept back for the next full exams: so many exams as the settings say, as far as one question
/// of each rule, and half of all questions, are left for study.
///
/// Each exam takes one item from as many rules as the outline asks for in each area, those of different statements
/// first. Which ones follows from the person and the item alone, so that the same ones stay kept back from day to day.
pub fn reserve<'a>(library: &'a Library, progress: &Progress) -> Reserve<'a> {
    let category = progress.settings.category;
    let wished = usize::from(progress.settings.reserve);
    let mut reserve = Reserve { wished, ..Reserve::default() };
    if wished == 0 {
        return reserve;
    }
    let quotas: Vec<usize> =
        supply(library, progress, category, ExamLength::Full).areas.iter().map(|a| a.drawn).collect();
    let size: usize = quotas.iter().sum();
    let (mut stocks, all) = stocks(library, progress, category);
    while reserve.exams < wished && size > 0 && reserve.items.len() + size <= all / 2 {
        let Some(exam) = one_exam(&mut stocks, &quotas) else { break };
        reserve.items.extend(exam);
        reserve.exams += 1;
    }
    reserve
}

/// How many full exams of questions never seen can still be drawn, none of their questions twice.
pub fn first_sight_exams(library: &Library, progress: &Progress, category: Category) -> usize {
    let areas = supply(library, progress, category, ExamLength::Full).areas;
    let unseen = unseen_by_area(library, progress, category);
    // An exam takes one item of a rule; so many exams take at most so many of each.
    let fits = |exams: usize| {
        areas
            .iter()
            .zip(&unseen)
            .all(|(area, rules)| rules.iter().map(|n| (*n).min(exams)).sum::<usize>() >= area.drawn * exams)
    };
    let most = areas.iter().map(|a| a.drawn).sum::<usize>();
    if most == 0 { 0 } else { (1..=MOST).take_while(|exams| fits(*exams)).count() }
}

/// More exams than this are not counted.
const MOST: usize = 99;

fn unseen_by_area(library: &Library, progress: &Progress, category: Category) -> Vec<Vec<usize>> {
    let mut areas = vec![vec![]; library.outline().areas.len()];
    let taken = progress.in_open_exam();
    for (_, objective) in library.objectives() {
        let Some(area) = area_of(library, objective, category) else { continue };
        let new = |i: &&Item| !progress.seen(&i.id) && !taken.contains(&i.id);
        let suiting = objective.items.iter().filter(|i| library.suits(objective, i, category));
        areas[area].push(suiting.filter(new).count());
    }
    areas
}

/// The area of the exam that an objective belongs to; `None` where the exam does not ask it.
pub(super) fn area_of(library: &Library, objective: &Objective, category: Category) -> Option<usize> {
    library.outline().area_index(&library.examined_as(objective, category)?.area)
}

/// The rules of each area in the order in which exams take from them, and how many items suit in all.
fn stocks<'a>(library: &'a Library, progress: &Progress, category: Category) -> (Vec<Vec<Stock<'a>>>, usize) {
    let mut all = 0;
    let taken = progress.in_open_exam();
    let mut areas: Vec<Vec<Rule<'_>>> = library.outline().areas.iter().map(|_| vec![]).collect();
    for (_, objective) in library.objectives() {
        let Some(statement) = library.examined_as(objective, category) else { continue };
        let Some(area) = library.outline().area_index(&statement.area) else { continue };
        let suiting: Vec<&Item> = objective.items.iter().filter(|i| library.suits(objective, i, category)).collect();
        all += suiting.len();
        let spare = suiting.len().saturating_sub(1);
        let new = |i: &&Item| !progress.seen(&i.id) && !taken.contains(&i.id);
        let mut unseen: Vec<&Item> = suiting.into_iter().filter(new).collect();
        unseen.sort_by_cached_key(|i| place(progress.seed(), i.id.as_str()));
        let stock = Stock { unseen, spare, kept: 0 };
        areas[area].push(Rule { place: place(progress.seed(), objective.id.as_str()), statement, stock });
    }
    let parts = library.outline().areas.iter().map(|area| statements_by_part(library, area, category));
    (areas.into_iter().zip(parts).map(|(rules, parts)| in_turn(rules, &parts)).collect(), all)
}

/// The rules of an area in an order in which every beginning of it is spread: over the parts by the number of their
/// statements, and in each part over the statements.
fn in_turn<'a>(mut rules: Vec<Rule<'a>>, parts: &BTreeMap<&str, usize>) -> Vec<Stock<'a>> {
    rules.sort_by_key(|rule| rule.place);
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    let mut queues: BTreeMap<&str, Vec<(usize, Stock<'_>)>> = BTreeMap::new();
    for rule in rules {
        let turn = uses.entry(rule.statement.id.as_str()).or_default();
        queues.entry(rule.statement.subdomain.as_str()).or_default().push((*turn, rule.stock));
        *turn += 1;
    }
    let mut order = vec![];
    for (part, mut queue) in queues {
        queue.sort_by_key(|(turn, _)| *turn);
        let statements = parts.get(part).copied().unwrap_or(0).max(1) as f64;
        let shares = (1..=queue.len()).map(|n| n as f64 / statements);
        order.extend(shares.zip(queue.into_iter().map(|(_, stock)| stock)));
    }
    order.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    order.into_iter().map(|(_, stock)| stock).collect()
}

/// The items of one exam, taken from the rules that have given least; `None` where an area has too few.
fn one_exam<'a>(areas: &mut [Vec<Stock<'a>>], quotas: &[usize]) -> Option<Vec<&'a ItemId>> {
    let mut chosen = vec![];
    for (rules, quota) in areas.iter_mut().zip(quotas) {
        let mut able: Vec<&mut Stock<'a>> =
            rules.iter_mut().filter(|s| s.kept < s.spare && s.kept < s.unseen.len()).collect();
        if able.len() < *quota {
            return None;
        }
        able.sort_by_key(|s| s.kept);
        for stock in able.into_iter().take(*quota) {
            chosen.push(&stock.unseen[stock.kept].id);
            stock.kept += 1;
        }
    }
    Some(chosen)
}

/// A place in an order that is chance for each person and the same at every time (FNV-1a, 64 bits).
fn place(seed: u64, id: &str) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325_u64;
    seed.to_le_bytes()
        .iter()
        .chain(id.as_bytes())
        .fold(start, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::event::{Fact, ItemShown};
    use crate::core::sample;
    use crate::core::settings::Setting;

    fn with_reserve(exams: u8) -> Progress {
        let mut progress = Progress::default();
        progress.evolve(&sample::event(Fact::Set(Setting::Reserve(exams)), 0));
        progress
    }

    fn see(progress: &mut Progress, item: &ItemId) {
        progress.evolve(&sample::event(Fact::ItemShown(ItemShown { item: item.clone() }), 1));
    }

    #[test]
    fn one_question_of_each_rule_stays_for_study_and_half_of_all() {
        let library = sample::library();
        let progress = with_reserve(4);
        let reserve = reserve(&library, &progress);
        assert!(reserve.exams == 1 && reserve.words().is_some(), "{} exams", reserve.exams);
        assert!(reserve.items.len() * 2 <= library.items().count());
        for (_, objective) in library.objectives() {
            assert!(objective.items.iter().any(|i| !reserve.items.contains(&i.id)), "{:?}", objective.id);
        }
    }

    /// What is kept back today is kept back tomorrow, whatever else was seen meanwhile.
    #[test]
    fn the_same_questions_stay_kept_back() {
        let library = sample::library();
        let mut progress = with_reserve(1);
        let first = reserve(&library, &progress).items;
        let others: Vec<_> = library.items().map(|i| &i.item.id).filter(|id| !first.contains(id)).collect();
        for item in others {
            see(&mut progress, item);
            assert_eq!(reserve(&library, &progress).items, first);
        }
    }

    #[test]
    fn two_people_have_other_reserves() {
        let library = sample::library();
        let (one, two) = (with_reserve(1), with_reserve(1));
        assert_ne!(one.seed(), two.seed(), "the events of the sample have identities of their own");
        assert_ne!(reserve(&library, &one).items, reserve(&library, &two).items);
    }

    #[test]
    fn nobody_is_made_to_keep_anything_back() {
        assert_eq!(reserve(&sample::library(), &with_reserve(0)), Reserve::default());
    }

    #[test]
    fn exams_at_first_sight_are_counted_without_a_repeat() {
        let library = sample::library();
        let mut progress = with_reserve(1);
        let category = progress.settings.category;
        let all = first_sight_exams(&library, &progress, category);
        // Sixty rules of three items, and an exam that takes one of nearly each.
        assert_eq!(all, 3);
        for item in library.items().step_by(3) {
            see(&mut progress, &item.item.id);
        }
        assert_eq!(first_sight_exams(&library, &progress, category), 2);
    }
}
