//! A desk with made-up questions and answers, and pictures of screens: for tests.

use crate::core::bank::{BankFile, Choice, Difficulty, Item, ItemId, Level, Objective, ObjectiveId};
use crate::core::calendar::{Moment, Stamp};
use crate::core::confidence::Confidence;
use crate::core::event::{Answered, Fact, Shown};
use crate::core::library::{Library, Origin, Reference};
use crate::core::sample;
use crate::desk::Desk;
use crate::store::{Dice, Store};
use crate::tui::layout::{foot, head, parts};
use crate::tui::screen::{Context, Effect, Screen};
use crate::tui::theme::Theme;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Cell;
use std::time::Duration;

/// 2026-11-24, 19:00 in New York.
const NOW: Stamp = Stamp { ms: 1_795_564_800_000, offset_min: -300 };

/// A desk and the time.
pub struct Trial {
    /// The desk.
    pub desk: Desk,
}

impl Trial {
    /// So many answers over the last four weeks, most of them right.
    pub fn with_answers(answers: usize) -> Self {
        let mut desk = Desk::new(Store::in_memory(dice()).unwrap(), library(), dice()).unwrap();
        let items: Vec<_> = desk.library.items().map(|i| (i.objective.id.clone(), i.item.id.clone())).collect();
        let mut chance = dice();
        for n in 0..answers {
            let (objective, item) = items[n * 7 % (items.len() * (n + 40) / (answers + 40)).max(1)].clone();
            let roll = chance() >> 33;
            let back = 26 * (answers - n) / answers;
            let at = Stamp { ms: NOW.ms - back as i64 * 86_400_000 + n as i64 * 1000, ..NOW };
            let confidence = Confidence::ALL[(roll % 7 % 3) as usize];
            let right = roll % 10 < 5 + confidence as u64 * 2;
            desk.log(at, vec![answer(objective, item, confidence, right)]).unwrap();
        }
        Self { desk }
    }

    /// What a screen may look at.
    pub fn context(&self) -> Context<'_> {
        let now = Moment { wall: NOW, mono: Duration::ZERO };
        Context { now, seed: 7, desk: &self.desk, theme: Theme::of(self.desk.progress.settings.theme) }
    }

    /// Carries out what is to be logged.
    pub fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            if let Effect::Log(facts) = effect {
                self.desk.log(NOW, facts).unwrap();
            }
        }
    }
}

/// A screen as text, with its first and last line.
pub fn picture(screen: &dyn Screen, trial: &Trial, width: u16, height: u16) -> String {
    drawn(screen, trial, width, height).backend().to_string()
}

/// What stands left of the terminal's cursor, in its row.
pub fn before_cursor(screen: &dyn Screen, trial: &Trial, width: u16, height: u16) -> String {
    let mut terminal = drawn(screen, trial, width, height);
    let place = terminal.get_cursor_position().unwrap();
    let buffer = terminal.backend().buffer();
    (0..place.x).filter_map(|x| buffer.cell((x, place.y))).map(Cell::symbol).collect()
}

fn drawn(screen: &dyn Screen, trial: &Trial, width: u16, height: u16) -> Terminal<TestBackend> {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    let cx = trial.context();
    terminal
        .draw(|frame| {
            let parts = parts(frame.area());
            head(frame, parts.head, &screen.title(&cx), &screen.status(&cx), &cx.theme);
            screen.draw(frame, parts.body, &cx);
            foot(frame, parts.foot, &screen.hints(&cx), screen.takes_text(), &cx.theme);
        })
        .unwrap();
    terminal
}

fn dice() -> Dice {
    let mut n = 0_u64;
    Box::new(move || {
        n += 1;
        n.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    })
}

fn answer(objective: ObjectiveId, item: ItemId, confidence: Confidence, right: bool) -> Fact {
    Fact::Answered(Answered {
        session: "s".into(),
        shown: Shown {
            item,
            hash: "0".into(),
            objective,
            key: 1,
            difficulty: Difficulty::Medium,
            order: vec![2, 0, 1],
        },
        choice: u8::from(right),
        confidence: Some(confidence),
        ms: 40_000,
        struck: vec![],
    })
}

fn library() -> Library {
    let mut library = Library::new(Reference { outline: sample::outline(), sources: vec![], traps: vec![] });
    let topics = [
        ("ethics", "Ethics", "IA-03", 24),
        ("human_development_and_the_environment", "Human development, diversity and the environment", "IIA-01", 20),
        ("trauma_informed_care", "Trauma-informed care", "IIIB-02", 12),
        ("evidence_based_practice", "Evidence-based practice", "IIIC-01", 8),
    ];
    for (topic, title, statement, rules) in topics {
        let objectives = (0..rules).map(|n| objective(topic, statement, n)).collect();
        let bank = BankFile { format: "swprep-bank/1".into(), topic: topic.into(), title: title.into(), objectives };
        assert!(library.add(bank, Origin::Shipped).is_empty());
    }
    library
}

fn objective(topic: &str, statement: &str, n: usize) -> Objective {
    let option = |text: &str, key| Choice { text: text.into(), key, trap: None, why: "Because.".into() };
    let item = |m: usize| Item {
        id: format!("{topic}-{n:02}{m:02}").as_str().into(),
        level: Level::Application,
        difficulty: Difficulty::Medium,
        categories: vec![],
        stem: "What should the social worker do FIRST?".into(),
        options: vec![option("Wait", false), option("Act", true), option("Ask", false)],
        fixed_order: false,
        flip_of: None,
        as_of: None,
        jurisdiction: None,
    };
    Objective {
        id: format!("{topic}.group.rule-{n:02}").as_str().into(),
        title: format!("Tell rule {n} of this topic from its neighbor where both seem to fit the scene"),
        statements: vec![statement.into()],
        rule: "The rule.".into(),
        refs: vec![],
        items: (0..4).map(item).collect(),
    }
}
