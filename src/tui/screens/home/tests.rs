//! What the first screen says, and when it finds out.

use crate::core::calendar::{DAY_MS, Moment, Stamp};
use crate::core::event::Fact;
use crate::core::sample;
use crate::core::settings::Setting;
use crate::tui::keys::Key;
use crate::tui::picture::{EVENING, Script};
use crate::tui::screen::Later;
use std::time::Duration;

/// A study question that takes a minute, and its answer.
fn minute(script: Script) -> Script {
    script.pass(60).keys("a s <enter>")
}

#[test]
fn the_days_minutes_fill_until_it_is_done() {
    let settings = [Setting::Welcomed, Setting::Reserve(0), Setting::MinutesPerDay(10)];
    let script = Script::with(sample::library(), &settings, None);
    assert!(script.text(80, 24).contains("about 10 minutes"));
    let script = minute(minute(script.keys("s"))).keys("<esc> <esc>");
    let text = script.text(80, 24);
    assert!(text.contains("4 of about 10 minutes done today. Enter goes on with 7 questions. First:"), "{text}");
    let script = minute(minute(minute(script.keys("s")))).keys("<esc> <esc>");
    let text = script.text(80, 24);
    assert!(text.contains("Done for today. 3 rules come back tomorrow."), "{text}");
    assert!(script.keys("<enter>").text(80, 24).contains("Study"), "there may be more");
}

#[test]
fn the_key_line_says_what_enter_does_and_not_the_whole_menu() {
    let script = Script::new();
    let last = |script: &Script| script.text(80, 24).trim_end().lines().last().unwrap_or_default().to_owned();
    assert_eq!(last(&script).trim(), "Enter begin   q quit   ↑↓ choose   ? help");
    let script = script.keys("<down> <down>");
    assert!(last(&script).contains("Enter open"));
    let told = flowing(&script, 80, 24);
    assert!(told.contains("s begins today's study: about") && !told.contains("Enter begins"), "{told}");
    assert!(script.keys("<enter>").text(80, 24).starts_with("  Mock exam"), "Enter opens what is marked");
    let script = Script::new().keys("m <enter> <enter> a <esc> y");
    assert!(last(&script).contains("Enter resume"));
    assert!(flowing(&script, 80, 24).contains(" left. All answers are saved. Enter resumes it."));
    assert!(flowing(&script.keys("<down>"), 80, 24).contains(" r resumes it."));
}

#[test]
fn the_breaks_time_is_not_called_the_exams() {
    let text = Script::new().keys("m <enter> <enter> a s y <esc> y").text(80, 24);
    assert!(text.contains("An exam waits: break") && !text.contains(" left. All"), "{text}");
}

/// The text of a window as one line.
fn flowing(script: &Script, width: u16, height: u16) -> String {
    script.text(width, height).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn learner(exam: Option<&str>) -> Script {
    let date = exam.map(|date| date.parse().unwrap());
    let settings = [Setting::Welcomed, Setting::Reserve(0), Setting::MinutesPerDay(10), Setting::ExamDate(date)];
    Script::with(sample::library(), &settings, None)
}

#[test]
fn what_is_said_to_come_first_is_asked_first() {
    for exam in [None, Some("2026-12-20")] {
        let mut script = learner(exam);
        for reason in ["new rule", "you were sure and wrong yesterday", "you were sure and wrong yesterday"] {
            let text = flowing(&script, 80, 24);
            let said = text.split("First: ").nth(1).and_then(|rest| rest.split('.').next()).unwrap().to_owned();
            let (topic, why) = said.split_once("; ").unwrap();
            assert_eq!(why, reason, "{text}");
            script = script.keys("s");
            let asked = script.text(80, 24);
            assert!(asked.starts_with(&format!("  Study · {topic} · {why} ")), "{said}\n{asked}");
            script = script.keys("a s <enter> a s <enter> b s <enter> <esc> <esc>").days(1);
        }
    }
}

#[test]
fn days_away_are_no_debt() {
    for exam in [None, Some("2026-12-20")] {
        let script = minute(minute(minute(minute(minute(learner(exam).keys("s")))))).keys("<esc> <esc>").days(9);
        let text = flowing(&script, 80, 24);
        assert!(text.contains("Enter begins today's study: about 10 minutes, 11 questions. First: "), "{text}");
    }
}

#[test]
fn a_small_window_keeps_the_menu_and_may_lose_the_reason() {
    let script = Script::new();
    assert!(flowing(&script, 80, 24).contains("First: "));
    let small = flowing(&script, 40, 12);
    assert!(small.contains("about 20 minutes, 22 questions. Every answer") && !small.contains("First: "), "{small}");
    let script = script.keys("s a s <enter> <esc> <esc>").days(1);
    let small = script.text(40, 12);
    assert!(flowing(&script, 40, 12).contains("; you were sure and wrong yesterday."), "{small}");
    assert!(small.contains("g  Progress"), "{small}");
}

/// The first picture does not wait for the plan, and no key makes it anew that changes nothing.
#[test]
fn a_plan_is_made_after_the_picture_and_kept() {
    let at =
        |days: i64| Moment { wall: Stamp { ms: EVENING.ms + days * DAY_MS, ..EVENING }, mono: Duration::from_secs(9) };
    let mut script = learner(None);
    for key in [Key::Down, Key::Char('j'), Key::Up, Key::Tab, Key::PageDown, Key::Char('z')] {
        script.app.press(key, at(0));
        assert_eq!(script.app.later(at(0)), Later::Nothing, "{key:?}");
    }
    script.app.desk.log(EVENING, vec![Fact::Set(Setting::MinutesPerDay(5))]).unwrap();
    assert!(flowing(&script, 80, 24).contains("Welcome. s begins today's study. Every answer"));
    assert_eq!(script.app.later(at(0)), Later::Done);
    assert!(flowing(&script, 80, 24).contains("about 5 minutes, 5 questions. First: "));
    assert_eq!(script.app.later(at(0)), Later::Nothing);
    assert_eq!(script.app.later(at(1)), Later::Done, "another day");
    script.app.banks_arrived(vec![sample::own_bank()], vec![]);
    assert_eq!(script.app.later(at(1)), Later::Done, "other questions");
    assert_eq!(script.keys("m <enter> <enter> a <esc> y").app.later(at(1)), Later::Nothing, "an exam waits");
}
