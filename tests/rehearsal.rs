//! Whole exams in a pseudo-terminal, with a clock that the test drives.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::panic,
    reason = "a failing test should say where; it waits by the clock"
)]

mod support;

use assert_cmd::Command;
use serde_json::Value;
use support::clock::Clock;
use support::{Pty, bank};
use tempfile::TempDir;

const ENTER: &str = "\r";
const ESC: &str = "\x1b";

/// What a command prints as JSON.
fn json(dir: &TempDir, args: &[&str]) -> Value {
    let output = Command::cargo_bin("swprep").unwrap().args(args).arg("--data-dir").arg(dir.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A data directory with a large bank, and a program in it whose clock the test drives, at its first screen.
fn start(dir: &TempDir, clock: &Clock, args: &[&str]) -> Pty {
    Pty::start(dir.path(), args, &[clock.env()])
}

fn welcome(p: &mut Pty) {
    p.until("Which exam").send(ENTER).until("When").send(ENTER).until("minutes").send(ENTER).until("Mock exam");
}

/// What is left, in seconds, as the first line shows it.
fn left(p: &mut Pty) -> u64 {
    let text = p.text();
    let clock = text.lines().next().unwrap().split_whitespace().last().unwrap().to_owned();
    clock.split(':').fold(0, |sum, part| sum * 60 + part.parse::<u64>().unwrap_or_else(|_| panic!("{text}")))
}

/// Lets time pass in steps that are no interruption; the program looks at its clock at each.
fn work_for(p: &mut Pty, clock: &Clock, seconds: u64) {
    let mut to_go = seconds;
    while to_go > 0 {
        let step = to_go.min(29);
        to_go -= step;
        let before = left(p);
        clock.pass(step);
        p.send("t").until_text(|text| {
            if text.contains("Report ·") {
                return true;
            }
            let now = text.lines().next().and_then(|l| l.split_whitespace().last()).unwrap_or_default().to_owned();
            let now = now.split(':').try_fold(0, |sum, part| part.parse::<u64>().map(|n| sum * 60 + n));
            now.is_ok_and(|now| now + step <= before)
        });
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
    answer(&mut p, &["a", "b", "c"], 61);
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
    let before = left(&mut p);
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
    let after = left(&mut p);
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
