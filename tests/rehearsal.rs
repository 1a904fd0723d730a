//! Whole exams in a pseudo-terminal, with a clock that the test drives.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a failing test should say where; it waits by the clock"
)]

mod support;

use support::clock::Clock;
use support::{ENTER, ESC, Pty, bank, json, welcome};
use tempfile::TempDir;

/// A data directory with a large bank, and a program in it whose clock the test drives, at its first screen.
fn start(dir: &TempDir, clock: &Clock, args: &[&str]) -> Pty {
    Pty::start(dir.path(), args, &[clock.env()])
}

/// Lets time pass in steps that are no interruption.
fn work_for(p: &mut Pty, clock: &Clock, seconds: u64) {
    for n in 0..seconds.div_ceil(29) {
        p.pass(clock, (seconds - n * 29).min(29));
    }
}

/// Lets the program look at its clock, and waits until it has.
fn look(p: &mut Pty) {
    p.send("f").until("flagged").send("f").gone("flagged");
}

/// Answers the first questions of a section of 61 that stands at its first one.
fn answer(p: &mut Pty, keys: &[&str], questions: usize) {
    for n in 1..=questions {
        p.until(&format!(" {n}/61")).send(keys[n % keys.len()]).until("●");
        if n < questions {
            p.send(ENTER);
        }
    }
}

/// The whole day: both sections, the break, the second section out of time, the report.
#[test]
fn a_full_exam_from_its_first_question_to_its_report() {
    let dir = tempfile::tempdir().unwrap();
    bank::write_large(dir.path(), 60, 1);
    let clock = Clock::new(dir.path().join("clock"));
    let mut p = start(&dir, &clock, &[]);
    welcome(&mut p);
    p.send("m").until("122 questions, 4 h").send(ENTER).until("begins").send(ENTER).until("1/61").until("1:59:");
    answer(&mut p, &["b"], 61);
    work_for(&mut p, &clock, 60);
    p.send("s").until("61 of 61 answered").send("y").until("Break");
    // A break ends by itself, and says so before.
    clock.pass(10);
    p.until("9:4");
    p.send(ENTER).until("section 2 of 2").until("1/61").until("1:59:");
    answer(&mut p, &["c"], 10);
    work_for(&mut p, &clock, 2 * 3600 - 15 * 60);
    p.send("p").until(" 9/61");
    work_for(&mut p, &clock, 15 * 60);
    p.until("Report").until("Section 2 ran out of time.").send("q");
    assert_eq!(p.end(), 0);

    let exam = &json(&dir, &["history", "--json"])[0];
    let answers = exam["answers"].as_array().unwrap();
    assert_eq!((answers.len(), exam["items"].as_u64(), exam["score"]["of"].as_u64()), (122, Some(122), Some(110)));
    assert_eq!((exam["timed_out"].clone(), exam["complete"].as_bool()), (serde_json::json!([2]), Some(true)));
    assert_eq!(exam["interruptions"][0], 0, "work is no interruption");
    // Unscored questions move no number.
    let right =
        |scored: bool| answers.iter().filter(|a| a["scored"] == scored && a["choice"] == a["key"]).count() as u64;
    assert_eq!(exam["score"]["right"].as_u64(), Some(right(true)));
    assert!(right(false) > 0, "some unscored ones were right, and would have shown");
    assert_eq!(answers.iter().filter(|a| a["scored"] == false).count(), 12);
    assert_eq!(answers.iter().filter(|a| !a["choice"].is_null()).count(), 71);
}

/// Setting the wall clock, or a machine asleep, changes the time left by nothing.
#[test]
fn neither_a_clock_set_anew_nor_a_sleep_changes_the_time_left() {
    const TEN_YEARS: i64 = 3650 * 86_400;
    let dir = tempfile::tempdir().unwrap();
    bank::write_large(dir.path(), 60, 1);
    let clock = Clock::new(dir.path().join("clock"));
    let mut p = start(&dir, &clock, &["exam", "--length", "mini"]);
    p.until("begins").send(ENTER).until("1/30");
    let before = p.time_left().unwrap();
    for (key, shown) in [("a", "●"), (ENTER, "2/30"), ("p", "1/30")] {
        for jump in [TEN_YEARS, -2 * TEN_YEARS, TEN_YEARS] {
            clock.jump(jump);
            look(&mut p);
        }
        // Asleep for an hour: the monotonic clock stands still (Linux), or runs on (Windows).
        clock.jump(3600);
        look(&mut p);
        clock.pass(3600);
        look(&mut p);
        p.send(key).until(shown);
    }
    let after = p.time_left().unwrap();
    assert!(after <= before && after + 30 >= before, "{before} s were left, now {after} s");
    p.send("s").until("1 of 30 answered").send("y").until("Report").send("q");
    assert_eq!(p.end(), 0);
    let exam = &json(&dir, &["history", "--json"])[0];
    let (times, seconds) = (exam["interruptions"][0].as_u64(), exam["interruptions"][1].as_u64().unwrap());
    assert!(times == Some(6) && seconds.abs_diff(6 * 3600) <= 6, "{times:?} interruptions of {seconds} s");
}

/// A section that is over stays closed, however the program ended.
#[test]
fn a_section_that_was_handed_in_stays_closed_after_a_kill() {
    let dir = tempfile::tempdir().unwrap();
    bank::write_large(dir.path(), 60, 1);
    let clock = Clock::new(dir.path().join("clock"));
    let mut p = start(&dir, &clock, &["exam"]);
    p.until("begins").send(ENTER).until("1/61").send("a").until("●");
    p.send("s").until("1 of 61 answered").send("y").until("Break");
    p.kill();
    let mut p = start(&dir, &clock, &["resume"]);
    p.until("Break").send(ENTER).until("section 2 of 2").until("1/61");
    p.send(ESC).until("Leave?").send("y").until("An exam waits");
    p.kill();
    let mut p = start(&dir, &clock, &["resume"]);
    p.until("section 2 of 2").until("1/61");
}
