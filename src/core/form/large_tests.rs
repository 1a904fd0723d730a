//! What forms of a bank that is large enough must hold to.

use super::*;
use crate::core::bank::{BANK_FORMAT, BankFile, Difficulty, Item, ItemId, Level, Objective};
use crate::core::event::{Fact, FormItem};
use crate::core::library::Origin;
use crate::core::reserve::reserve;
use crate::core::sample;
use std::collections::HashSet;

/// Three rules for each statement, with three items each; every third rule has a pair of flips.
fn large() -> Library {
    let small = sample::library();
    let pattern = small.objectives().next().unwrap().1;
    let mut number = 0;
    let mut objectives = vec![];
    for statement in &small.outline().statements {
        for rule in 0..3 {
            let mut item = |sibling: usize| {
                number += 1;
                let mut item: Item = pattern.items[sibling].clone();
                item.id = format!("large-{number:04}").as_str().into();
                item.level = Level::ALL[number * 7 % 11 % 3];
                item.difficulty = [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard][number * 5 % 13 % 3];
                item.stem = format!("A scene of number {number}. What is the BEST response?");
                let key = item.key_index();
                item.options[key].text = format!("Take the right step in scene {number}");
                item
            };
            let mut items: Vec<Item> = (0..3).map(&mut item).collect();
            if rule == 0 {
                items[1].flip_of = Some(items[0].id.clone());
            }
            objectives.push(Objective {
                id: format!("large.rules.{}-{rule}", statement.id.as_str()).to_lowercase().as_str().into(),
                statements: vec![statement.id.clone()],
                items,
                ..pattern.clone()
            });
        }
    }
    let mut library = Library::new(small.reference.clone());
    let bank = BankFile { format: BANK_FORMAT.into(), topic: "large".into(), title: "Large".into(), objectives };
    assert!(library.add(bank, Origin::Shipped).is_empty());
    library
}

fn full(library: &Library, progress: &Progress, seed: u64) -> ExamStarted {
    let request = FormRequest::standard(Category::Clinical, ExamLength::Full, seed);
    draw_form(library, progress, &request, ExamId("x".into())).unwrap()
}

fn items(form: &ExamStarted) -> Vec<&FormItem> {
    form.sections.iter().flat_map(|s| &s.items).collect()
}

fn logits(items: &[FormItem]) -> f64 {
    items.iter().map(|i| i.shown.difficulty.logit()).sum()
}

#[test]
fn the_outlines_numbers_are_met_to_the_item() {
    let library = large();
    let outline = library.outline();
    let figures = &outline.exams[&Category::Clinical];
    for seed in 0..20 {
        let form = full(&library, &sample::learner(), seed);
        let sizes: Vec<usize> = form.sections.iter().map(|s| s.items.len()).collect();
        assert_eq!(sizes, [61, 61]);
        for section in &form.sections {
            assert_eq!(section.items.iter().filter(|i| i.scored).count(), 55, "seed {seed}");
            assert_eq!(section.limit_ms, Some(7_200_000));
        }
        for area in &outline.areas {
            let of = |scored: bool| {
                let inside = |i: &&&FormItem| library.statement(&i.statement).unwrap().area == area.code;
                items(&form).iter().filter(inside).filter(|i| i.scored == scored).count()
            };
            assert_eq!(of(true), figures.scored_items_by_area[&area.code], "seed {seed}");
            assert_eq!(of(false), figures.unscored_items_by_area[&area.code], "seed {seed}");
        }
    }
}

#[test]
fn parts_have_their_share_and_no_statement_comes_twice_before_all_came_once() {
    let library = large();
    for seed in 0..20 {
        let form = full(&library, &sample::learner(), seed);
        for area in &library.outline().areas {
            let parts = statements_by_part(&library, area, Category::Clinical);
            let all: usize = parts.values().sum();
            let mut drawn: BTreeMap<&str, usize> = BTreeMap::new();
            let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
            for item in items(&form) {
                let statement = library.statement(&item.statement).unwrap();
                if statement.area == area.code {
                    *drawn.entry(&statement.subdomain).or_default() += 1;
                    *uses.entry(statement.id.as_str()).or_default() += 1;
                }
            }
            let total: usize = drawn.values().sum();
            for (part, statements) in &parts {
                let share = (statements * total) as f64 / all as f64;
                assert!((drawn[part] as f64 - share).abs() < 1.0, "seed {seed}: {part} has {}", drawn[part]);
                let twice = uses.iter().filter(|(id, n)| id.starts_with(part) && **n > 1).count();
                let once = uses.iter().filter(|(id, _)| id[..id.find('-').unwrap()] == **part).count();
                assert!(twice == 0 || once == *statements, "seed {seed}: {part}");
            }
        }
    }
}

#[test]
fn sections_and_forms_are_equally_hard() {
    let library = large();
    let mut sums = vec![];
    for seed in 0..50 {
        let form = full(&library, &sample::learner(), seed);
        let [first, second] = [&form.sections[0].items, &form.sections[1].items];
        assert!((logits(first) - logits(second)).abs() <= 4.0, "seed {seed}: more than five steps apart");
        sums.push(logits(first) + logits(second));
        for level in Level::ALL {
            let of = |items: &[FormItem]| {
                items.iter().filter(|i| library.item(&i.shown.item).unwrap().item.level == level).count()
            };
            assert!(of(first).abs_diff(of(second)) <= 8, "seed {seed}: {level:?}");
        }
    }
    let (least, most) = sums.iter().fold((f64::MAX, f64::MIN), |(a, b), s| (a.min(*s), b.max(*s)));
    assert!(most - least < 3.0, "{least} to {most} logits over 122 items");
}

#[test]
fn nothing_gives_another_item_away() {
    let mut library = Library::new(sample::library().reference);
    let mut bank = BankFile {
        format: BANK_FORMAT.into(),
        topic: "large".into(),
        title: "Large".into(),
        objectives: large().objectives().map(|(_, o)| o.clone()).collect(),
    };
    // The stem of every second rule tells the key of the rule after it.
    for n in (0..bank.objectives.len() - 1).step_by(2) {
        let item = &bank.objectives[n + 1].items[0];
        let key = item.options[item.key_index()].text.to_uppercase();
        bank.objectives[n].items.iter_mut().for_each(|i| i.stem = format!("Somebody says: {key}. {}", i.stem));
    }
    assert!(library.add(bank, Origin::Shipped).is_empty());
    let plain = |text: &str| {
        let words: Vec<String> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
        format!(" {} ", words.join(" "))
    };
    for seed in 0..10 {
        let form = full(&library, &sample::learner(), seed);
        let drawn: Vec<&Item> = items(&form).iter().map(|i| library.item(&i.shown.item).unwrap().item).collect();
        assert_eq!(drawn.len(), 122);
        for a in &drawn {
            let key = plain(&a.options[a.key_index()].text);
            for b in drawn.iter().filter(|b| b.id != a.id) {
                assert!(!plain(&b.stem).contains(&key), "seed {seed}: {:?} tells {:?}", b.id, a.id);
                assert_ne!(a.flip_of.as_ref(), Some(&b.id), "seed {seed}");
            }
        }
    }
}

/// Two items that vary one scene give each other away, also where they belong to different rules.
#[test]
fn no_two_variants_of_a_scene_meet() {
    let library = large();
    let mut bank = BankFile {
        format: BANK_FORMAT.into(),
        topic: "large".into(),
        title: "Large".into(),
        objectives: library.objectives().map(|(_, o)| o.clone()).collect(),
    };
    let scene = bank.objectives[0].items[0].id.clone();
    for objective in bank.objectives.iter_mut().skip(1).step_by(3) {
        objective.items.iter_mut().for_each(|i| i.flip_of = Some(scene.clone()));
    }
    let mut varied = Library::new(sample::library().reference);
    assert!(varied.add(bank, Origin::Shipped).is_empty());
    for seed in 0..10 {
        let form = full(&varied, &sample::learner(), seed);
        let variants = |i: &&&FormItem| {
            let item = varied.item(&i.shown.item).unwrap().item;
            item.id == scene || item.flip_of.as_ref() == Some(&scene)
        };
        assert!(items(&form).iter().filter(variants).count() <= 1, "seed {seed}");
        assert_eq!(items(&form).len(), 122);
    }
}

/// Somebody who has seen everything still gets a form that is spread over the outline.
#[test]
fn what_was_seen_is_spread_all_the_same() {
    let library = large();
    let mut progress = sample::learner();
    for (n, item) in library.items().enumerate() {
        progress.evolve(&sample::answer(&library, item.item.id.as_str(), true, None, n as i64 / 40));
    }
    let form = full(&library, &progress, 3);
    let statements: HashSet<_> = items(&form).into_iter().map(|i| i.statement.clone()).collect();
    assert!(statements.len() > 100, "{} of 122 items have a statement of their own", statements.len());
}

/// What is kept back is kept for the full exam, and a short one leaves it alone.
#[test]
fn full_exams_use_the_reserve_and_short_ones_leave_it() {
    let library = large();
    let progress = Progress::default();
    let kept: HashSet<ItemId> = reserve(&library, &progress).items.into_iter().cloned().collect();
    assert_eq!(kept.len(), 244);
    let form = full(&library, &progress, 5);
    assert!(items(&form).iter().all(|i| kept.contains(&i.shown.item)));
    let request = FormRequest::standard(Category::Clinical, ExamLength::Mini, 5);
    let mini = draw_form(&library, &progress, &request, ExamId("y".into())).unwrap();
    assert!(items(&mini).iter().all(|i| !kept.contains(&i.shown.item)));
    let after = Progress::replay(&[sample::event(Fact::ExamStarted(form), 0)]);
    let next = full(&library, &after, 6);
    assert!(
        items(&next).iter().all(|i| !items(&full(&library, &progress, 5)).iter().any(|f| f.shown.item == i.shown.item))
    );
}
