//! Tests of a whole bank: what no single item shows, such as keys that tend to be the longest option.
//!
//! Figures of a small bank vary by chance. Where a test allows for that, its value may lie outside the range as long as
//! chance explains it (|z| up to 2 for fewer than 300 items).

mod guess;
mod keys;
mod repetition;
mod shares;
mod tells;
mod variety;
mod votes;

use super::BankTest;
use super::item::Look;
use super::threads::in_tasks;
use crate::banks::reviews::Reviews;
use crate::banks::scenes::Scenes;
use crate::core::library::Reference;

/// From this many items on, the ranges hold without allowance for chance.
const LARGE: usize = 300;

/// Runs all tests.
pub fn tests(looks: &[Look<'_>], reference: &Reference, reviews: &Reviews, scenes: &Scenes) -> Vec<BankTest> {
    let groups: [&(dyn Fn() -> Vec<BankTest> + Sync); 7] = [
        &|| keys::tests(looks),
        &|| shares::tests(looks, reference),
        &|| repetition::tests(looks),
        &|| vec![variety::test(looks, scenes)],
        &|| tells::tests(looks),
        &|| vec![guess::test(looks)],
        &|| votes::tests(looks, reviews),
    ];
    in_tasks(groups.len(), |n| groups[n]()).into_iter().flatten().collect()
}

/// A test without items to run on.
fn empty(name: &'static str, want: &str) -> BankTest {
    BankTest { name, value: "no items".into(), want: want.into(), ok: true, detail: vec![] }
}

/// How many standard errors a count lies above what chance gives.
fn z_score(hits: usize, of: usize, chance: f64) -> f64 {
    let n = of as f64;
    let error = (n * chance * (1.0 - chance)).sqrt();
    if error > 0.0 { (hits as f64 - n * chance) / error } else { 0.0 }
}

/// The largest count that a share allows; a few are always allowed, since one item of twenty is 5 percent.
fn allowance(share: f64, items: usize, few: usize) -> usize {
    ((share * items as f64) as usize).max(few)
}

/// Names with their counts, the most frequent first, then by name.
fn ranked(counts: std::collections::BTreeMap<String, usize>) -> Vec<(String, usize)> {
    let mut list: Vec<_> = counts.into_iter().collect();
    list.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    list
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Fixture, Rng, approving, rename, synthetic};
    use super::super::{BankTest, bank_tests};
    use crate::banks::reviews::{Reviews, Votes};
    use crate::banks::scenes::Scenes;
    use crate::core::bank::{BankFile, Item, Level};

    fn run(bank: BankFile, reviews: &Reviews) -> Vec<BankTest> {
        bank_tests(&[("ethics.json".to_owned(), bank)], &Fixture::new().reference, reviews, &Scenes::new())
    }

    fn failing(tests: &[BankTest]) -> Vec<&'static str> {
        tests.iter().filter(|t| !t.ok).map(|t| t.name).collect()
    }

    #[test]
    fn a_fair_bank_passes() {
        let bank = synthetic(600, 7);
        let tests = run(bank.clone(), &approving(&bank));
        let failed: Vec<_> = tests.iter().filter(|t| !t.ok).collect();
        assert!(failed.is_empty(), "{failed:#?}");
    }

    #[test]
    fn an_empty_bank_breaks_nothing() {
        let mut bank = synthetic(4, 7);
        bank.objectives.clear();
        assert_eq!(failing(&run(bank, &Reviews::new())), ["review_agreement", "options_only_readers"]);
    }

    /// Each way of telling the key shows in its own test.
    #[test]
    fn a_leaky_bank_is_found() {
        type Leak = fn(&mut Item, &mut Rng);
        let cases: [(&str, Leak); 14] = [
            ("key_longest", |i, _| i.options.iter_mut().filter(|o| o.key).for_each(|o| o.text.push_str(" of hers"))),
            ("key_shortest", |i, _| i.options.iter_mut().filter(|o| !o.key).for_each(|o| o.text.push_str(" of hers"))),
            ("key_length_ratio", |i, _| i.options.iter_mut().filter(|o| o.key).for_each(|o| o.text.push_str(" a b"))),
            ("absolutes", |i, rng| {
                if rng.below(10) == 0 {
                    i.options.iter_mut().filter(|o| !o.key).for_each(|o| o.text.push_str(" only"));
                }
            }),
            ("detail_cues", |i, rng| {
                if rng.below(3) == 0 {
                    i.options.iter_mut().filter(|o| o.key).for_each(|o| o.text.push_str(", as needed"));
                }
            }),
            ("word_tells", |i, rng| {
                if rng.below(4) == 0 {
                    i.options.iter_mut().filter(|o| !o.key).for_each(|o| rename(o, "immediately"));
                }
            }),
            ("options_only_guess", |i, rng| {
                if rng.below(3) == 0 {
                    i.options.iter_mut().filter(|o| o.key).for_each(|o| rename(o, "collaboratively"));
                }
            }),
            ("first_words", |i, rng| {
                if rng.below(2) == 0 {
                    i.options.iter_mut().filter(|o| o.key).for_each(|o| o.text.insert_str(0, "Explore "));
                }
            }),
            ("clang", |i, rng| {
                if rng.below(3) == 0 {
                    i.stem.insert_str(0, "Zebras graze. ");
                    i.options.iter_mut().filter(|o| o.key).for_each(|o| rename(o, "zebras"));
                }
            }),
            ("clang", |i, rng| {
                if rng.below(4) == 0 {
                    i.stem.insert_str(0, "Zebras graze. ");
                    i.options.iter_mut().filter(|o| !o.key).take(1).for_each(|o| rename(o, "zebras"));
                }
            }),
            ("lead_ins", |i, rng| {
                if rng.below(5) == 0 {
                    i.stem.push_str(" What should the worker do first?");
                }
            }),
            ("openings", |i, rng| {
                if rng.below(10) == 0 {
                    i.stem.insert_str(0, "Today a new client comes. ");
                }
            }),
            ("ages", |i, rng| {
                if rng.below(8) == 0 {
                    i.stem.insert_str(0, "A 35-year-old waits. ");
                }
            }),
            ("levels", |i, _| i.level = Level::Recall),
        ];
        for (name, leak) in cases {
            let mut bank = synthetic(600, 7);
            let mut rng = Rng(3);
            bank.objectives.iter_mut().flat_map(|o| &mut o.items).for_each(|item| leak(item, &mut rng));
            let reviews = approving(&bank);
            let tests = run(bank, &reviews);
            assert!(failing(&tests).contains(&name), "{name} not found: {:#?}", tests.iter().find(|t| t.name == name));
        }
    }

    #[test]
    fn votes_are_held_against_the_current_text() {
        let bank = synthetic(600, 7);
        let good = approving(&bank);
        let change = |change: fn(&mut Reviews)| {
            let mut reviews = good.clone();
            change(&mut reviews);
            failing(&run(bank.clone(), &reviews))
        };
        assert_eq!(change(|_| {}), Vec::<&str>::new());
        assert_eq!(change(|r| drop(r.remove("ethics-0001"))), ["reviewed"]);
        assert_eq!(change(|r| r.values_mut().take(1).for_each(|v| v.hash = "0".into())), ["reviewed"]);
        let lone = |r: &mut Reviews| r.values_mut().take(1).for_each(|v| v.full = Some(Votes { votes: 1, agree: 1 }));
        assert_eq!(change(lone), ["reviewed"]);
        let against =
            |r: &mut Reviews| r.values_mut().take(1).for_each(|v| v.full = Some(Votes { votes: 3, agree: 1 }));
        assert_eq!(change(against), ["review_majority"]);
        let split =
            |r: &mut Reviews| r.values_mut().take(120).for_each(|v| v.full = Some(Votes { votes: 2, agree: 1 }));
        assert_eq!(change(split), ["review_agreement"]);
        let guess = |r: &mut Reviews| r.values_mut().for_each(|v| v.options = Some(Votes { votes: 5, agree: 3 }));
        assert_eq!(change(guess), ["options_only_readers"]);
    }
}
