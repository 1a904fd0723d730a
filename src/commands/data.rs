//! What the log says, for shells and programs; and the log itself, out and in.

use super::open::Setting;
use super::output::Out;
use crate::core::calendar::words;
use crate::core::pick;
use crate::core::report::Report;
use crate::core::stats;
use crate::desk::Desk;
use crate::store::Store;
use anyhow::Context as _;
use std::fs::{File, OpenOptions};
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;
use std::time::Duration;

/// The desk of the learner; an empty one where nothing was answered yet.
fn desk(setting: &Setting) -> anyhow::Result<Desk> {
    if let Some(desk) = setting.reading_desk()? {
        return Ok(desk);
    }
    let store = Store::in_memory(crate::env::dice(setting.seed))?;
    Ok(Desk::new(store, crate::banks::shipped::shipped_library(), crate::env::dice(setting.seed))?)
}

/// Prints how much is due.
///
/// # Errors
/// The log can't be read or the line can't be written.
pub fn due(setting: &Setting, json: bool, out: &mut Out) -> anyhow::Result<()> {
    let desk = desk(setting)?;
    let today = setting.clock.now().wall.day();
    let stats = stats::stats(&desk.library, &desk.progress, today);
    let seconds = 20.0 * 60.0 / pick::questions_in(&desk.progress, 20) as f64;
    let minutes = (stats.due as f64 * seconds / 60.0).ceil() as u64;
    if json {
        let value = serde_json::json!({
            "due": stats.due,
            "new": stats.new,
            "minutes": minutes,
            "answered_today": stats.today,
            "exam_date": stats.exam_date,
            "days_left": stats.days_left,
            "open_exam": desk.progress.open_exam().is_some(),
        });
        writeln!(out, "{value}")?;
    } else {
        writeln!(out, "{} due, about {minutes} min", stats.due)?;
    }
    Ok(())
}

/// Prints what the answers say.
///
/// # Errors
/// The log can't be read or the lines can't be written.
pub fn stats(setting: &Setting, json: bool, out: &mut Out) -> anyhow::Result<()> {
    let desk = desk(setting)?;
    let stats = stats::stats(&desk.library, &desk.progress, setting.clock.now().wall.day());
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(&stats)?)?;
        return Ok(());
    }
    let title = desk.progress.settings.category.title();
    writeln!(out, "{title}. {} answers, {} right; {} today.", stats.answers.of, stats.answers.right, stats.today)?;
    if let (Some(date), Some(days)) = (&stats.exam_date, stats.days_left) {
        writeln!(out, "Exam on {date}: {days} days.")?;
    }
    writeln!(out, "{} rules due, {} not met yet.\n", stats.due, stats.new)?;
    writeln!(
        out,
        "First answers to questions new to you, by area (range: the truth lies inside in four cases of five)"
    )?;
    for area in &stats.areas {
        let share = &area.first_sight;
        writeln!(
            out,
            "  {:<28} {:>3} of {:<3}  {:>3.0} to {:.0} %   rules met {}/{}",
            area.name,
            share.right,
            share.of,
            share.low * 100.0,
            share.high * 100.0,
            area.objectives_met,
            area.objectives
        )?;
    }
    writeln!(out, "\nBy topic")?;
    for topic in &stats.topics {
        let share = &topic.first_sight;
        writeln!(
            out,
            "  {:<28} {:>3} of {:<3}  rules met {}/{}, due {}",
            crate::text::sanitize::clean(&topic.title),
            share.right,
            share.of,
            topic.objectives_met,
            topic.objectives,
            topic.due
        )?;
    }
    if !stats.weakest.is_empty() {
        writeln!(out, "\nShakiest rules")?;
        for weak in &stats.weakest {
            writeln!(
                out,
                "  {} of {} right, recall tomorrow about {:.0} %: {}",
                weak.answers.right,
                weak.answers.of,
                weak.recall_tomorrow * 100.0,
                crate::text::sanitize::clean(&weak.title)
            )?;
        }
    }
    writeln!(out, "\nHow sure, how right")?;
    for line in &stats.calibration {
        writeln!(out, "  {:<9} {} of {} right", line.confidence.id(), line.share.right, line.share.of)?;
    }
    Ok(())
}

/// Prints past exams.
///
/// # Errors
/// The log can't be read or the lines can't be written.
pub fn history(setting: &Setting, json: bool, out: &mut Out) -> anyhow::Result<()> {
    let desk = desk(setting)?;
    if json {
        let exams: Vec<serde_json::Value> = desk
            .progress
            .exams
            .iter()
            .rev()
            .map(|exam| {
                let mut value = serde_json::to_value(Report::of(exam, &desk.library))?;
                value["open"] = exam.is_open().into();
                value["answers"] = exam
                    .items()
                    .map(|(section, _, item, slot)| {
                        serde_json::json!({
                            "section": section + 1,
                            "item": item.shown.item,
                            "choice": slot.choice,
                            "key": if exam.is_open() { None } else { Some(item.shown.key) },
                            "order": item.shown.order,
                            "scored": if exam.is_open() { None } else { Some(item.scored) },
                            "flagged": slot.flagged,
                            "ms": slot.ms,
                        })
                    })
                    .collect();
                if exam.is_open() {
                    // What would tell the keys of a running exam stays hidden until it is over.
                    for field in [
                        "score",
                        "areas",
                        "subdomains",
                        "levels",
                        "task_words",
                        "traps",
                        "first_sight",
                        "seen_before",
                        "changes",
                    ] {
                        value[field] = serde_json::Value::Null;
                    }
                }
                Ok(value)
            })
            .collect::<serde_json::Result<_>>()?;
        writeln!(out, "{}", serde_json::to_string_pretty(&exams)?)?;
        return Ok(());
    }
    if desk.progress.exams.is_empty() {
        writeln!(out, "No exam yet. Begin one with `swprep exam`, or m on the first screen.")?;
    }
    for exam in desk.progress.exams.iter().rev() {
        let report = Report::of(exam, &desk.library);
        let name = report.name.as_deref().unwrap_or("mock exam");
        if exam.is_open() {
            writeln!(
                out,
                "{}  {name}: open, {} of {} answered",
                report.started,
                report.items - report.unanswered,
                report.items
            )?;
        } else {
            writeln!(
                out,
                "{}  {name}: {} of {}, {}{}",
                report.started,
                report.score.right,
                report.score.of,
                words(Duration::from_secs(report.seconds)),
                if report.complete { "" } else { ", ended early" }
            )?;
        }
    }
    Ok(())
}

/// Writes the whole profile as lines of JSON.
///
/// # Errors
/// There is no profile, or the file can't be written.
pub fn export(setting: &Setting, path: Option<&Path>, out: &mut Out) -> anyhow::Result<()> {
    let store = Store::read_only(&setting.profiles.folder(&setting.profile))?;
    let Some(path) = path else {
        store.export(out)?;
        return Ok(());
    };
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options
        .open(path)
        .with_context(|| format!("can't write {} (an existing file is not replaced)", path.display()))?;
    let mut file = BufWriter::new(file);
    let events = store.export(&mut file)?;
    file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
    writeln!(out, "{events} events written to {}.", path.display())?;
    Ok(())
}

/// Reads an exported profile in.
///
/// # Errors
/// The file can't be read or is no export, or the profile can't be written; nothing was changed then.
pub fn import(setting: &Setting, path: &Path, out: &mut Out) -> anyhow::Result<()> {
    let file = File::open(path).with_context(|| format!("can't read {}", path.display()))?;
    let mut store = setting.store()?;
    let imported =
        store.import(BufReader::new(file)).with_context(|| format!("nothing was read in from {}", path.display()))?;
    writeln!(out, "{} events added, {} were there already.", imported.added, imported.known)?;
    for line in &imported.skipped {
        super::output::complain(&format!("left out: {}", crate::text::sanitize::clean(line)));
    }
    Ok(())
}
