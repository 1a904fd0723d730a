//! The pictures of the README: drawn by the program itself, from the questions that it ships with.
//!
//! After a wanted change: `SWPREP_UPDATE_PICTURES=1 cargo test --test pictures`, then look at `docs/*.svg`.

#![expect(clippy::unwrap_used, reason = "a failing test should say where")]

#[path = "support/svg.rs"]
mod svg;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::path::Path;
use std::time::Duration;
use swprep::banks::shipped::shipped_library;
use swprep::core::bank::{Category, ObjectiveId};
use swprep::core::calendar::{Moment, Stamp};
use swprep::core::draw::Draw;
use swprep::core::event::{ExamId, ExamLength, ExamStarted, Fact, FormItem, SectionForm};
use swprep::core::form::shown;
use swprep::core::library::Library;
use swprep::core::pick::Scope;
use swprep::core::settings::{Setting, ThemeName, TimeFactor};
use swprep::desk::Desk;
use swprep::store::{Dice, Store};
use swprep::tui::app::App;
use swprep::tui::keys::Key;
use swprep::tui::screen::Effect;

/// Tuesday, 24 November 2026, 19:05 in New York.
const EVENING: Stamp = Stamp { ms: 1_795_565_100_000, offset_min: -300 };

/// The rules of the pictures: the questions drawn depend on these alone, so that a growing bank changes no picture.
const RULES: [&str; 6] = [
    "ethics.confidentiality.limits_explained",
    "ethics.confidentiality.subpoena",
    "ethics.confidentiality.duty_to_protect",
    "ethics.confidentiality.several_clients",
    "ethics.confidentiality.least_information",
    "ethics.confidentiality.public_settings",
];

fn dice(seed: u64) -> Dice {
    let mut next = seed;
    Box::new(move || {
        next += 1;
        next
    })
}

/// The program with the shipped questions, in the dark theme.
fn app(seed: u64) -> App {
    let mut store = Store::in_memory(dice(1)).unwrap();
    store.append(EVENING, vec![Fact::Set(Setting::Welcomed)]).unwrap();
    App::new(Desk::new(store, shipped_library(), dice(seed)).unwrap(), Some(ThemeName::Dark))
}

/// The evening, so many seconds later.
fn after(seconds: u64) -> Moment {
    Moment { wall: Stamp { ms: EVENING.ms + seconds as i64 * 1000, ..EVENING }, mono: Duration::from_secs(seconds) }
}

fn press(app: &mut App, keys: &str, now: Moment) {
    for letter in keys.chars() {
        app.press(Key::Char(letter), now);
    }
}

/// Holds that the picture in `docs/` is what the program draws, or renews it.
#[expect(clippy::disallowed_methods, reason = "a test may ask whether to renew a file")]
fn hold(name: &str, title: &str, app: &App, now: Moment, height: u16) {
    let mut terminal = Terminal::new(TestBackend::new(82, height)).unwrap();
    terminal.draw(|frame| app.draw(frame, now)).unwrap();
    let drawn = svg::svg(terminal.backend().buffer(), title);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    if std::env::var_os("SWPREP_UPDATE_PICTURES").is_some() {
        std::fs::write(&path, drawn).unwrap();
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        kept == drawn,
        "docs/{name} is not what the program draws now. If the change is wanted, renew it with \
         SWPREP_UPDATE_PICTURES=1 cargo test --test pictures, and look at it"
    );
}

#[test]
fn a_study_question_with_its_reasons() {
    let mut app = app(10);
    let scope = Scope { objectives: RULES.map(ObjectiveId::from).to_vec(), ..Scope::default() };
    app.perform(vec![Effect::Study(scope, RULES.len())], after(0));
    press(&mut app, "al", after(40));
    hold("study.svg", "A study question after the answer, with a reason for every option", &app, after(45), 44);
}

#[test]
fn a_question_in_the_exam_room() {
    let mut app = app(4);
    let form = form(&app.desk.library);
    app.desk.log(EVENING, vec![Fact::ExamStarted(form)]).unwrap();
    app.perform(vec![Effect::ResumeExam(ExamId("picture".into()))], after(0));
    for second in 1..=180 {
        app.tick(after(second));
    }
    press(&mut app, "anbncnbnanbncnfjjjxb", after(181));
    hold("exam.svg", "A question in the exam room, flagged, with an option struck out", &app, after(181), 18);
}

/// A short exam on the rules of the pictures, two minutes for each question.
fn form(library: &Library) -> ExamStarted {
    let mut draw = Draw::new(5);
    let mut items: Vec<FormItem> = library
        .items()
        .filter(|found| RULES.contains(&found.objective.id.as_str()))
        .map(|found| FormItem {
            shown: shown(&found, &mut draw),
            statement: found.objective.statements[0].clone(),
            scored: true,
        })
        .collect();
    draw.shuffle(&mut items);
    ExamStarted {
        exam: ExamId("picture".into()),
        name: None,
        category: Category::Clinical,
        length: ExamLength::Items(items.len() as u16),
        time: TimeFactor::Standard,
        seed: 5,
        break_ms: 0,
        extra_breaks: 0,
        strict: false,
        sections: vec![SectionForm { limit_ms: Some(items.len() as u64 * 120_000), items }],
    }
}
