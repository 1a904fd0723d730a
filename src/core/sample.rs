//! A small library for tests: the real outline, three topics, sixty objectives with three items each.

use super::bank::{BANK_FORMAT, BankFile, Category, Choice, Difficulty, Item, Level, Objective, StatementId};
use super::calendar::{DAY_MS, Stamp, StudyDay};
use super::confidence::Confidence;
use super::draw::Draw;
use super::event::{Answered, Event, EventId, ExamId, ExamLength, Fact};
use super::exam::{Exam, Move};
use super::form;
use super::library::{Library, Origin, Reference, Source, Trap};
use super::outline::Outline;
use super::progress::Progress;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The topics: id and title.
const TOPICS: [(&str, &str); 3] = [
    ("ethics", "Ethics"),
    ("trauma_informed_care", "Trauma-Informed Care"),
    ("evidence_based_practice", "Evidence-Based Practice"),
];

/// Objectives of each topic.
const OBJECTIVES: usize = 20;

/// The outline as it is shipped.
pub fn outline() -> Outline {
    serde_json::from_str(include_str!("../../question_banks/outline_2026.json")).unwrap()
}

/// The sample library, the same at every call.
pub fn library() -> Library {
    let outline = outline();
    // Each topic draws on all three areas in turn, and walks through their statements from the first on.
    let statements: Vec<Vec<(StatementId, String)>> = outline
        .areas
        .iter()
        .map(|area| {
            let inside = outline.statements.iter().filter(|s| s.area == area.code && s.categories.len() == 4);
            inside.map(|s| (s.id.clone(), s.label.clone())).collect()
        })
        .collect();
    let mut library = Library::new(Reference { outline, sources: sources(), traps: traps() });
    for (place, (topic, title)) in TOPICS.into_iter().enumerate() {
        let objectives = (0..OBJECTIVES)
            .map(|n| {
                let area = &statements[(n + place) % statements.len()];
                let (statement, label) = &area[(n / statements.len() + place * 7) % area.len()];
                objective(topic, n, statement, label)
            })
            .collect();
        let bank = BankFile { format: BANK_FORMAT.into(), topic: topic.into(), title: title.into(), objectives };
        assert!(library.add(bank, Origin::Shipped).is_empty());
    }
    library
}

/// A bank of a learner's own: one more topic with one rule.
pub fn own_bank() -> BankFile {
    let statement = library().topics()[0].objectives[0].statements[0].clone();
    let objectives = vec![objective("own", 0, &statement, "A rule of my own")];
    BankFile { format: BANK_FORMAT.into(), topic: "own".into(), title: "My own topic".into(), objectives }
}

fn objective(topic: &str, n: usize, statement: &StatementId, label: &str) -> Objective {
    Objective {
        id: format!("{topic}.sample.rule-{:02}", n + 1).as_str().into(),
        title: label.to_owned(),
        statements: vec![statement.clone()],
        rule: format!(
            "Before anything else is done, learn what the client wants and what the law asks of you. (Rule {} of {topic}.)",
            n + 1
        ),
        refs: vec!["sample-code-2021#1.07(j)".into(), "sample-study-2019".into()],
        items: (0..3).map(|sibling| item(topic, n, sibling)).collect(),
    }
}

fn item(topic: &str, n: usize, sibling: usize) -> Item {
    let number = n * 3 + sibling + 1;
    let who = ["A social worker in a hospital", "A school social worker", "A social worker in private practice"];
    let asked = ["What should the social worker do FIRST?", "What is the BEST response?", "What is most likely?"];
    let mut options = vec![
        Choice {
            text: "Ask the client what she wants to happen and what has been tried".into(),
            key: true,
            trap: None,
            why: "The client's own aims come before any plan, and nothing in the scene calls for haste.".into(),
        },
        Choice {
            text: "Refer the client to a specialist before the next meeting".into(),
            key: false,
            trap: Some("acts-too-soon".into()),
            why: "A referral may help later; nobody yet knows what for. It would be right once the need is known."
                .into(),
        },
        Choice {
            text: "Tell the family what was said, so that they can support her".into(),
            key: false,
            trap: Some("over-discloses".into()),
            why: "It tempts because families help. It would be right with the client's consent.".into(),
        },
    ];
    options.rotate_left(number % 3);
    Item {
        id: format!("{topic}-{number:04}").as_str().into(),
        level: Level::ALL[number % 3],
        difficulty: [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard][number / 3 % 3],
        categories: vec![],
        stem: format!(
            "{} meets a 34-year-old client who has missed two meetings since her move. (Scene {number}.) {}",
            who[sibling],
            asked[n % 3]
        ),
        options,
        fixed_order: false,
        flip_of: None,
        as_of: None,
        jurisdiction: None,
    }
}

fn sources() -> Vec<Source> {
    let source = |id: &str, title: &str, publisher: &str, year, url: &str| Source {
        id: id.into(),
        title: title.into(),
        publisher: publisher.into(),
        year,
        url: url.into(),
        edition: None,
        checked: "2026-11-24".into(),
        note: None,
    };
    vec![
        source("sample-code-2021", "Sample Code of Ethics", "Sample Association", 2021, "https://example.org/code"),
        source(
            "sample-study-2019",
            "A Sample Study of Missed Meetings",
            "Sample Journal",
            2019,
            "https://example.org/study",
        ),
    ]
}

fn traps() -> Vec<Trap> {
    let trap = |id: &str, name: &str| Trap { id: id.into(), name: name.into(), hint: "…".into() };
    vec![trap("acts-too-soon", "Acts before the facts are known"), trap("over-discloses", "Tells more than is needed")]
}

/// An event that gives an answer to an item of the sample, on a day (0 is the first), right or wrong.
pub fn answer(library: &Library, item: &str, right: bool, confidence: Option<Confidence>, day: i64) -> Event {
    let found = library.item(&item.into()).unwrap();
    let shown = form::shown(&found, &mut Draw::new(1));
    let choice = if right { shown.key } else { (shown.key + 1) % shown.order.len() as u8 };
    let fact = Fact::Answered(Answered { session: "s".into(), shown, choice, confidence, ms: 20_000, struck: vec![] });
    event(fact, day)
}

/// A fact as an event at noon of a day (0 is the first), with an identity of its own.
pub fn event(fact: Fact, day: i64) -> Event {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let id = EventId(uuid::Uuid::from_u128(u128::from(NEXT.fetch_add(1, Ordering::Relaxed))));
    Event { id, at: Stamp { ms: (20_000 + day) * DAY_MS + DAY_MS / 2, offset_min: 0 }, fact }
}

/// The study day of [`event`]'s day.
pub fn day(day: i64) -> StudyDay {
    StudyDay(20_000 + day as i32)
}

/// A learner who has not begun and keeps nothing back for exams.
pub fn learner() -> Progress {
    let mut progress = Progress::default();
    progress.settings.reserve = 0;
    progress
}

/// An exam in which `answer` says what to choose: the key (`Some(true)`), something else, or nothing.
pub fn sat(length: ExamLength, answer: impl Fn(usize) -> Option<bool>) -> (Exam, Library) {
    let library = library();
    let request = form::FormRequest::standard(Category::Clinical, length, 3);
    let form = form::draw_form(&library, &Progress::default(), &request, ExamId("x".into())).unwrap();
    let mut exam = Exam::begin(form, Stamp::default(), |_| false);
    let mut number = 0;
    while exam.is_open() {
        if exam.section().is_none() {
            go(&mut exam, Move::EndBreak);
        }
        for n in 0..exam.running().map_or(0, |(items, _)| items.len()) {
            go(&mut exam, Move::Open(n));
            let key = exam.open_item().unwrap().0.shown.key;
            if let Some(right) = answer(number) {
                go(&mut exam, Move::Choose(if right { key } else { (key + 1) % 3 }, None));
            }
            number += 1;
        }
        go(&mut exam, Move::Submit);
    }
    (exam, library)
}

/// Does a move after a second of the section.
pub fn go(exam: &mut Exam, mv: Move) {
    for fact in exam.decide(Some(mv), Duration::from_secs(1)) {
        exam.evolve(&fact, Stamp::default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::bank::Category;

    #[test]
    fn the_sample_reaches_every_area_for_every_category() {
        let library = library();
        assert_eq!(library.items().count(), TOPICS.len() * OBJECTIVES * 3);
        for category in Category::ALL {
            for area in &library.outline().areas {
                let reached = library
                    .objectives()
                    .filter(|(_, o)| library.examined_as(o, category).is_some_and(|s| s.area == area.code));
                assert_eq!(reached.count(), OBJECTIVES, "{category:?} {}", area.code);
            }
        }
    }
}
