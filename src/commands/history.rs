//! Past exams: the list, one report on the screen or in a file, two beside each other, another name.

use super::data::desk;
use super::open::Setting;
use super::output::Out;
use crate::cli::{HistoryArgs, HistoryCommand};
use crate::core::calendar::words;
use crate::core::event::{ExamId, ExamRenamed, Fact, KeysShown};
use crate::core::exam::{Exam, NAME_LENGTH};
use crate::core::interval::{LIKELY, Share};
use crate::core::progress::Progress;
use crate::core::report::{Report, keys_are_free};
use crate::desk::Desk;
use crate::paper::{Column, Document, Format, compare, exam_json, exam_title, pretty};
use crate::store::{StoreError, report_file};
use crate::text::one_line;
use crate::text::sanitize::shown_path;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

/// Runs a command on past exams.
///
/// # Errors
/// The log can't be read or written, there is no such exam, or the output can't be written.
pub fn run(setting: &Setting, args: HistoryArgs, out: &mut Out) -> anyhow::Result<()> {
    let Some(command) = args.command else { return list(setting, args.json.json, out) };
    anyhow::ensure!(
        !args.json.json,
        "--json is for the list alone; one report for programs is: swprep history show N --format json"
    );
    match command {
        HistoryCommand::Show { exam, format, out: path, force, with_keys } => {
            let wanted = Wanted { format, path: path.as_deref(), force, with_keys };
            show(setting, &exam, &wanted, out)
        }
        HistoryCommand::Rename { exam, name } => rename(setting, &exam, &name, out),
        HistoryCommand::Compare { one, other } => beside(setting, &one, &other, out),
    }
}

/// How a report is wanted.
struct Wanted<'a> {
    format: Format,
    path: Option<&'a Path>,
    force: bool,
    with_keys: bool,
}

/// The exam that a word of the command line means.
fn find<'a>(progress: &'a Progress, word: &str) -> anyhow::Result<&'a Exam> {
    let exams = &progress.exams;
    anyhow::ensure!(!exams.is_empty(), "{NO_EXAM}");
    let found = match word.parse::<usize>() {
        Ok(number) => number.checked_sub(1).and_then(|n| exams.iter().rev().nth(n)),
        Err(_) if word == "last" => exams.iter().rev().find(|exam| !exam.is_open()).or(exams.last()),
        Err(_) => exams.iter().find(|exam| exam.id().0.eq_ignore_ascii_case(word)),
    };
    found.ok_or_else(|| {
        anyhow::anyhow!(
            "there is no exam {:?}; use a number from 1 (the newest) to {}, as `swprep history` lists them, or last",
            one_line(word),
            exams.len()
        )
    })
}

/// An exam that is over.
fn find_over<'a>(progress: &'a Progress, word: &str) -> anyhow::Result<&'a Exam> {
    let exam = find(progress, word)?;
    anyhow::ensure!(
        !exam.is_open(),
        "the exam of {} is still open, so it has no report yet; go on with it by `swprep resume`",
        exam.started.local_text()
    );
    Ok(exam)
}

const NO_EXAM: &str = "No exam yet. Begin one with `swprep exam`, or m on the first screen.";

fn list(setting: &Setting, json: bool, out: &mut Out) -> anyhow::Result<()> {
    let desk = desk(setting)?;
    let exams = &desk.progress.exams;
    if json {
        let values =
            exams.iter().rev().map(|exam| exam_json(exam, &desk.library)).collect::<serde_json::Result<_>>()?;
        writeln!(out, "{}", pretty(&serde_json::Value::Array(values))?)?;
        return Ok(());
    }
    if exams.is_empty() {
        writeln!(out, "{NO_EXAM}")?;
    }
    for (number, exam) in (1..).zip(exams.iter().rev()) {
        writeln!(out, "{number:>3}  {}", line(exam, &desk))?;
    }
    if exams.iter().any(|exam| !exam.is_open()) {
        writeln!(out, "{LIKELY}")?;
    }
    Ok(())
}

/// An exam in a line.
fn line(exam: &Exam, desk: &Desk) -> String {
    let report = Report::of(exam, &desk.library);
    let head = format!("{}  {}", report.started, exam_title(exam));
    if exam.is_open() {
        return format!("{head}: open, {} of {} answered", report.items - report.unanswered, report.items);
    }
    let likely = match (report.left_open, report.answered.of) {
        (0, _) => format!(", likely {}", report.answered.range_words()),
        (open, 0) => format!(", {open} left open"),
        (open, _) => format!(", {open} left open, likely {}", report.answered.range_words()),
    };
    format!(
        "{head}: {} of {}{likely}, {}{}",
        report.score.right,
        report.score.of,
        words(Duration::from_secs(report.seconds)),
        if report.complete { "" } else { ", ended early" }
    )
}

fn show(setting: &Setting, word: &str, wanted: &Wanted<'_>, out: &mut Out) -> anyhow::Result<()> {
    anyhow::ensure!(
        !(wanted.with_keys && wanted.format == Format::Text),
        "a report as text holds no questions; with --with-keys use --format md, html or json"
    );
    let desk = desk(setting)?;
    let exam = find_over(&desk.progress, word)?;
    let item = |shown: &_| desk.item_as_shown(shown);
    let document = Document::of(exam, &desk.progress, &desk.library, &item, wanted.with_keys);
    let Some(document) = document else { return Ok(()) };
    let text = document.write(wanted.format)?;
    // Before anything is logged: what can't be written shows no key.
    let taken = |path: &Path| anyhow::anyhow!("{}; --force writes over it", StoreError::Exists(path.to_owned()));
    if let Some(path) = wanted.path.filter(|path| !wanted.force && path.exists()) {
        return Err(taken(path));
    }
    if wanted.with_keys && !keys_are_free(exam, &desk.library) {
        // Saved first: a second look must not be counted once the keys may have been read.
        log(setting, Fact::KeysShown(KeysShown { exam: exam.id().clone() }))?;
    }
    let Some(path) = wanted.path else {
        out.write_all(text.as_bytes())?;
        return Ok(());
    };
    report_file::write(path, &text, wanted.force).map_err(|error| match error {
        StoreError::Exists(path) => taken(&path),
        error => error.into(),
    })?;
    writeln!(out, "The report was written to {}.", shown_path(path))?;
    Ok(())
}

fn rename(setting: &Setting, word: &str, name: &str, out: &mut Out) -> anyhow::Result<()> {
    let name = one_line(name);
    anyhow::ensure!(name.chars().count() <= NAME_LENGTH, "a name can have at most {NAME_LENGTH} characters");
    let desk = desk(setting)?;
    let exam = find(&desk.progress, word)?;
    let (id, started): (ExamId, String) = (exam.id().clone(), exam.started.local_text());
    drop(desk);
    let words = match name.as_str() {
        "" => format!("The exam of {started} has no name of its own now."),
        name => format!("The exam of {started} is now called {name}."),
    };
    log(setting, Fact::ExamRenamed(ExamRenamed { exam: id, name: (!name.is_empty()).then_some(name) }))?;
    writeln!(out, "{words}")?;
    Ok(())
}

/// Saves a fact in the learner's log, which no other window may hold.
fn log(setting: &Setting, fact: Fact) -> anyhow::Result<()> {
    setting.store_patiently()?.append(setting.clock.now().wall, vec![fact])?;
    Ok(())
}

fn beside(setting: &Setting, one: &str, other: &str, out: &mut Out) -> anyhow::Result<()> {
    let desk = desk(setting)?;
    let (one, other) = (find_over(&desk.progress, one)?, find_over(&desk.progress, other)?);
    anyhow::ensure!(one.id() != other.id(), "both are the same exam; name two, as `swprep history` numbers them");
    let Some(compared) = compare([one.id(), other.id()], &desk.progress, &desk.library) else { return Ok(()) };
    let column = |Column { title, started, score, pace }: &Column| format!("{title}, {started}: {score}; {pace}.");
    writeln!(out, "Earlier  {}", column(&compared.earlier))?;
    writeln!(out, "Later    {}", column(&compared.later))?;
    let share = |share: &Share| match share.of {
        0 => "none".to_owned(),
        of => format!("{} of {of}, likely {}", share.right, share.range_words()),
    };
    for pair in &compared.pairs {
        writeln!(out, "\n{}", pair.name)?;
        writeln!(out, "  earlier {:<32} later {}", share(&pair.earlier), share(&pair.later))?;
        writeln!(out, "  {}", pair.words)?;
    }
    writeln!(out)?;
    for remark in &compared.remarks {
        writeln!(out, "{remark}")?;
    }
    Ok(())
}
