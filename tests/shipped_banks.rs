//! What the built-in questions must hold to, whoever edits them.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail as tests do")]

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use swprep::banks::shipped::shipped_library;
use swprep::commands::bank;
use swprep::core::bank::Category;
use swprep::core::event::{Event, EventId, ExamId, ExamLength, ExamStarted, Fact};
use swprep::core::form::{FormRequest, draw_form};
use swprep::core::library::Library;
use swprep::core::progress::Progress;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("question_banks")
}

#[test]
fn the_check_finds_no_error_and_every_question_was_read_by_two() {
    let mut out = vec![];
    bank::check(Some(&folder()), true, false, &mut out).unwrap();
    let check: Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(check["errors"].as_array().unwrap().len(), 0, "{:#}", check["errors"]);
    for test in [
        "reviewed",
        "review_agreement",
        "review_majority",
        "options_only_readers",
        "word_tells",
        "convergence",
        "scenes",
    ] {
        assert_eq!(check["tests"][test]["ok"], true, "{test}: {:#}", check["tests"][test]);
    }
    let classifier = &check["tests"]["options_only_guess"];
    assert_eq!(classifier["ok"], true, "{classifier:#}");
}

#[test]
fn every_statement_has_three_questions_and_the_bank_its_size() {
    let library = shipped_library();
    let mut by_statement: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, objective) in library.objectives() {
        assert!(objective.items.len() >= 3, "{:?} has {} questions", objective.id, objective.items.len());
        for statement in &objective.statements {
            *by_statement.entry(statement.as_str()).or_default() += objective.items.len();
        }
    }
    for statement in &library.outline().statements {
        let questions = by_statement.get(statement.id.as_str()).copied().unwrap_or(0);
        assert!(questions >= 3, "{:?} has {questions} questions", statement.id);
    }
    let flips = library.items().filter(|i| i.item.flip_of.is_some()).count();
    assert!(library.items().count() >= 540 && library.objectives().count() >= 150 && flips >= 40);
}

/// Whoever sits two mock exams meets no question twice, and enough are left to study.
#[test]
fn two_full_exams_share_no_question_and_enough_are_left() {
    let library = shipped_library();
    for category in Category::ALL {
        let first = full(&library, &Progress::default(), category, 1);
        let mut progress = Progress::default();
        progress.evolve(&begun(first.clone()));
        let second = full(&library, &progress, category, 2);
        let ids = |form: &ExamStarted| -> BTreeSet<String> {
            form.sections.iter().flat_map(|s| &s.items).map(|i| i.shown.item.as_str().to_owned()).collect()
        };
        let (first, second) = (ids(&first), ids(&second));
        assert_eq!((first.len(), second.len()), (122, 122), "{category:?}");
        assert!(first.is_disjoint(&second), "{category:?}");
        let all = library.items().filter(|i| library.suits(i.objective, i.item, category)).count();
        assert!(all - 244 >= 250, "{category:?} has {all} questions");
    }
}

/// The figures in the banks' own page are those of the banks.
#[test]
fn the_page_of_the_banks_tells_their_size() {
    let page = std::fs::read_to_string(folder().join("README.md")).unwrap();
    let library = shipped_library();
    let flips = library.items().filter(|i| i.item.flip_of.is_some()).count();
    for (figure, what) in [
        (library.items().count(), "questions"),
        (library.objectives().count(), "rules"),
        (library.topics().len(), "topics"),
        (flips, "flips"),
    ] {
        assert!(page.contains(&format!("{figure} {what}")), "README.md does not say {figure} {what}");
    }
}

fn full(library: &Library, progress: &Progress, category: Category, seed: u64) -> ExamStarted {
    let request = FormRequest::standard(category, ExamLength::Full, seed);
    draw_form(library, progress, &request, ExamId(format!("exam {seed}"))).unwrap()
}

/// The event that an exam began.
fn begun(form: ExamStarted) -> Event {
    let id = EventId(uuid::Uuid::from_u128(1));
    Event { id, at: swprep::core::calendar::Stamp::default(), fact: Fact::ExamStarted(form) }
}
