//! What every form must hold to.

use super::supply::apportion;
use super::*;
use crate::core::event::{Fact, FormItem};
use crate::core::library::Library;
use crate::core::sample;
use std::collections::HashSet;

fn request(length: ExamLength, seed: u64) -> FormRequest {
    FormRequest::standard(Category::Clinical, length, seed)
}

fn draw(library: &Library, progress: &Progress, length: ExamLength, seed: u64) -> ExamStarted {
    draw_form(library, progress, &request(length, seed), ExamId("x".into())).unwrap()
}

fn items(form: &ExamStarted) -> Vec<&FormItem> {
    form.sections.iter().flat_map(|s| &s.items).collect()
}

fn by_area(library: &Library, form: &ExamStarted) -> Vec<usize> {
    let mut counts = vec![0; library.outline().areas.len()];
    for item in items(form) {
        let statement = library.statement(&item.statement).unwrap();
        counts[library.outline().area_index(&statement.area).unwrap()] += 1;
    }
    counts
}

#[test]
fn no_form_asks_a_rule_twice_and_areas_follow_the_outline() {
    let library = sample::library();
    for seed in 0..200 {
        let form = draw(&library, &Progress::default(), ExamLength::Mini, seed);
        let mut objectives: Vec<_> = items(&form).iter().map(|i| i.shown.objective.clone()).collect();
        assert_eq!(objectives.len(), MINI_ITEMS);
        objectives.sort();
        objectives.dedup();
        assert_eq!(objectives.len(), MINI_ITEMS, "seed {seed} asks a rule twice");
        // 36, 32 and 32 % of 30 are 10.8, 9.6 and 9.6.
        assert_eq!(by_area(&library, &form), [11, 10, 9], "seed {seed}");
    }
}

#[test]
fn a_seed_is_a_promise() {
    let library = sample::library();
    let draw = |seed| draw(&library, &Progress::default(), ExamLength::Mini, seed);
    assert_eq!(draw(7), draw(7));
    assert_ne!(draw(7).sections, draw(8).sections);
}

#[test]
fn items_that_were_never_seen_come_first() {
    let library = sample::library();
    // Everything has been seen, except the last sibling of each objective.
    let seen: Vec<_> = library
        .objectives()
        .flat_map(|(_, o)| &o.items[..2])
        .map(|i| sample::answer(&library, i.id.as_str(), true, None, 0))
        .collect();
    let mut progress = sample::learner();
    for event in &seen {
        progress.evolve(event);
    }
    let form = draw(&library, &progress, ExamLength::Mini, 3);
    assert!(items(&form).iter().all(|i| !progress.seen(&i.shown.item)));
}

#[test]
fn a_bank_that_is_too_small_says_so_and_keeps_the_proportions() {
    let library = sample::library();
    let supply = supply(&library, &Progress::default(), Category::Clinical, ExamLength::Full);
    assert!(supply.is_short());
    let words = supply.words().unwrap();
    assert!(words.contains("122") && words.contains(&supply.drawn().to_string()), "{words}");
    let form = draw(&library, &Progress::default(), ExamLength::Full, 1);
    assert_eq!(items(&form).len(), supply.drawn());
    let counts = by_area(&library, &form);
    assert!(counts[0] >= counts[1] && counts[1].abs_diff(counts[2]) <= 1, "{counts:?}");
}

#[test]
fn a_full_exam_has_two_even_sections_with_unscored_items_and_a_break() {
    let library = sample::library();
    let form = draw(&library, &Progress::default(), ExamLength::Full, 5);
    let sizes: Vec<usize> = form.sections.iter().map(|s| s.items.len()).collect();
    assert_eq!(sizes.len(), 2);
    assert!(sizes[0].abs_diff(sizes[1]) <= 1, "{sizes:?}");
    assert!(items(&form).iter().any(|i| !i.scored));
    assert_eq!(form.break_ms, 600_000);
    // 240 minutes for 122 items, for as many items as there are.
    let limit: u64 = form.sections.iter().filter_map(|s| s.limit_ms).sum();
    assert!(limit.abs_diff(items(&form).len() as u64 * 14_400_000 / 122) < 1000);
}

#[test]
fn more_time_and_no_limit() {
    let library = sample::library();
    let limit = |time| {
        let request = FormRequest { time, ..request(ExamLength::Mini, 1) };
        draw_form(&library, &Progress::default(), &request, ExamId("x".into())).unwrap().sections[0].limit_ms
    };
    let (standard, double) = (limit(TimeFactor::Standard).unwrap(), limit(TimeFactor::Double).unwrap());
    assert!(double.abs_diff(2 * standard) <= 1);
    assert_eq!(limit(TimeFactor::Untimed), None);
}

#[test]
fn the_key_has_no_favourite_place() {
    let library = sample::library();
    for seed in 0..20 {
        let mut counts = [0; 3];
        let form = draw(&library, &Progress::default(), ExamLength::Mini, seed);
        for item in items(&form) {
            counts[item.shown.order.iter().position(|o| *o == item.shown.key).unwrap()] += 1;
        }
        assert_eq!(counts, [10, 10, 10], "seed {seed}");
    }
}

#[test]
fn items_of_an_open_exam_are_not_drawn_again() {
    let library = sample::library();
    let first = draw(&library, &Progress::default(), ExamLength::Mini, 1);
    let progress = Progress::replay(&[sample::event(Fact::ExamStarted(first.clone()), 0)]);
    let second = draw(&library, &progress, ExamLength::Mini, 2);
    let used: HashSet<_> = items(&first).into_iter().map(|i| &i.shown.item).collect();
    assert!(items(&second).iter().all(|i| !used.contains(&i.shown.item)));
}

#[test]
fn an_empty_bank_gives_no_form() {
    let library = Library::new(sample::library().reference);
    assert!(draw_form(&library, &Progress::default(), &request(ExamLength::Full, 1), ExamId("x".into())).is_none());
}

#[test]
fn shares_add_up() {
    assert_eq!(apportion(&[36.0, 32.0, 32.0], 30), [11, 10, 9]);
    assert_eq!(apportion(&[1.0, 1.0, 1.0], 0), [0, 0, 0]);
    assert_eq!(apportion(&[0.0, 0.0], 5), [0, 0]);
    assert_eq!(apportion(&[35.0, 33.0, 32.0], 7).iter().sum::<usize>(), 7);
}

/// A library whose areas have that many rules each.
fn bank(rules: [usize; 3]) -> Library {
    let whole = sample::library();
    let mut library = Library::new(whole.reference.clone());
    let mut left = rules;
    for topic in whole.topics() {
        let mut objectives = topic.objectives.clone();
        objectives.retain(|o| {
            let area = whole.examined_as(o, Category::Clinical).and_then(|s| whole.outline().area_index(&s.area));
            let keep = left[area.unwrap()] > 0;
            left[area.unwrap()] -= usize::from(keep);
            keep
        });
        let (topic, title) = (topic.id.0.as_str(), topic.title.clone());
        let bank = crate::core::bank::BankFile {
            format: crate::core::bank::BANK_FORMAT.into(),
            topic: topic.into(),
            title,
            objectives,
        };
        assert!(library.add(bank, crate::core::library::Origin::Shipped).is_empty());
    }
    library
}

#[test]
fn no_bank_gives_more_than_it_has_nor_a_half_that_is_more_than_a_whole() {
    for rules in [[20, 20, 20], [1, 1, 1], [2, 1, 1], [20, 3, 9], [13, 14, 12], [7, 7, 6], [1, 20, 20], [0, 5, 5]] {
        let library = bank(rules);
        let of = |length| supply(&library, &Progress::default(), Category::Clinical, length);
        let full = of(ExamLength::Full);
        for length in [ExamLength::Full, ExamLength::Half, ExamLength::Mini, ExamLength::Items(7)] {
            let supply = of(length);
            for (area, rules) in supply.areas.iter().zip(rules) {
                assert!(area.drawn <= rules && area.available == rules, "{rules:?} {length:?}: {area:?}");
            }
            assert!(supply.drawn() <= full.drawn() || length == ExamLength::Items(7), "{rules:?} {length:?}");
        }
        let tightest = full.areas.iter().map(|a| a.available as f64 / a.wanted as f64).fold(1.0, f64::min);
        assert_eq!(full.drawn(), (122.0 * tightest + 1e-9).floor() as usize, "{rules:?} wastes questions");
    }
}

#[test]
fn no_section_is_empty() {
    let library = bank([1, 0, 0]);
    let form = draw_form(&library, &Progress::default(), &request(ExamLength::Full, 1), ExamId("x".into()));
    assert!(form.is_none_or(|f| f.sections.iter().all(|s| !s.items.is_empty())));
    for rules in [[1, 1, 1], [2, 1, 1], [2, 2, 2]] {
        let library = bank(rules);
        let Some(form) = draw_form(&library, &Progress::default(), &request(ExamLength::Full, 1), ExamId("x".into()))
        else {
            continue;
        };
        assert!(form.sections.iter().all(|s| !s.items.is_empty()), "{rules:?}");
    }
}
