//! What the log says, for shells and programs; and the log itself, out and in.

use super::backup::{copies, entries};
use super::open::Setting;
use super::output::{Out, complain};
use crate::core::insight::{Insight, insight};
use crate::core::interval::{LIKELY, Share};
use crate::core::pick::{self, Next, Today};
use crate::core::readiness::readiness;
use crate::core::stats;
use crate::core::weak;
use crate::desk::Desk;
use crate::store::transfer::merge::Merged;
use crate::store::transfer::{Damaged, Exported};
use crate::store::{Store, StoreError};
use crate::text::count;
use crate::text::sanitize::clean;
use anyhow::Context as _;
use std::fs::File;
use std::io::{self, BufReader, Write};
use std::path::Path;
use uuid::Uuid;

/// The desk of the learner, to be read beside an open window; an empty one where nothing was answered yet.
///
/// # Errors
/// The log can't be read.
pub fn desk(setting: &Setting) -> anyhow::Result<Desk> {
    if let Some(desk) = setting.reading_desk()? {
        return Ok(desk);
    }
    let store = Store::in_memory(crate::env::dice(setting.seed))?;
    Ok(Desk::new(store, crate::banks::shipped::shipped_library(), crate::env::dice(setting.seed))?)
}

/// Prints what the rest of today's study comes to: rules that come back, new rules, and minutes. For programs, also how
/// many rules are due by their memory, whatever the day's minutes.
///
/// # Errors
/// The log can't be read or the line can't be written.
pub fn due(setting: &Setting, json: bool, out: &mut Out) -> anyhow::Result<()> {
    let desk = desk(setting)?;
    let today = setting.clock.now().wall.day();
    let next = Today::planned(&desk.library, &desk.progress, today).next;
    let (back, new, minutes) = match &next {
        Next::Sitting(next) => (next.back, next.new, next.minutes),
        Next::Over(_) | Next::Nothing | Next::Unplanned => (0, 0, 0),
    };
    if json {
        let stats = stats::stats(&desk.library, &desk.progress, today);
        let all = pick::minutes_for(&desk.progress, stats.due);
        let value = serde_json::json!({
            "due": stats.due,
            "new": stats.new,
            "minutes": all.ceil() as u64,
            "sitting_back": back,
            "sitting_new": new,
            "sitting_minutes": minutes,
            "answered_today": stats.today,
            "exam_date": stats.exam_date,
            "days_left": stats.days_left,
            "readiness": readiness(&desk.library, &desk.progress, today),
            "gains": weak::gains(&desk.library, &desk.progress, today),
            "open_exam": desk.progress.open_exam().is_some(),
        });
        writeln!(out, "{value}")?;
        return Ok(());
    }
    if let Some(exam) = desk.progress.open_exam() {
        let answered = exam.items().filter(|(_, _, _, slot)| slot.choice.is_some()).count();
        write!(out, "exam open, {answered} of {} answered; ", exam.items().count())?;
    }
    match next {
        Next::Over(_) => writeln!(out, "done for today")?,
        _ => writeln!(out, "{back} to review, {new} new, about {minutes} min")?,
    }
    Ok(())
}

/// Prints what the answers say.
///
/// # Errors
/// The log can't be read or the lines can't be written.
pub fn stats(setting: &Setting, json: bool, out: &mut Out) -> anyhow::Result<()> {
    let desk = desk(setting)?;
    let today = setting.clock.now().wall.day();
    let stats = stats::stats(&desk.library, &desk.progress, today);
    let insight = insight(&desk.library, &desk.progress, today);
    if json {
        let everything = Everything { stats: &stats, insight: &insight };
        writeln!(out, "{}", serde_json::to_string_pretty(&everything)?)?;
        return Ok(());
    }
    let title = desk.progress.settings.category.title();
    let answers = count(stats.answers.of as usize, "answer");
    writeln!(out, "{title}. {answers}, {} right; {} today.", stats.answers.right, stats.today)?;
    match (&stats.exam_date, stats.days_left) {
        (Some(date), Some(0)) => writeln!(out, "Exam on {date}: today.")?,
        (Some(date), Some(days @ 1..)) => writeln!(out, "Exam on {date}, in {}.", count(days as usize, "day"))?,
        (Some(date), Some(_)) => writeln!(out, "Exam on {date}: that day is over.")?,
        _ => {}
    }
    writeln!(out, "{} due, {} not met yet.", count(stats.due, "rule"), stats.new)?;
    if let Some(seconds) = stats.median_seconds {
        writeln!(out, "Pace: half of your study answers took less than {seconds:.0} s.")?;
    }
    standing(&insight, out)?;
    writeln!(out, "\nRight at first sight, by area")?;
    for area in &stats.areas {
        writeln!(
            out,
            "  {:<28} {:<36} rules met {}/{}",
            area.name,
            share_words(&area.first_sight),
            area.objectives_met,
            area.objectives
        )?;
    }
    writeln!(out, "\nBy topic")?;
    for topic in &stats.topics {
        writeln!(
            out,
            "  {:<28} {:<36} rules met {}/{}, {} due",
            clean(&topic.title),
            share_words(&topic.first_sight),
            topic.objectives_met,
            topic.objectives,
            topic.due
        )?;
    }
    if !stats.weakest.is_empty() {
        writeln!(out, "\nShakiest rules, with the chance to recall them tomorrow")?;
        for weak in &stats.weakest {
            let Share { right, of, .. } = weak.answers;
            writeln!(out, "  {right} of {of} right, {}: {}", weak.recall_words(), clean(&weak.title))?;
        }
    }
    writeln!(out, "\nHow sure, how right")?;
    for line in &stats.calibration {
        let words = if line.share.of == 0 { "not said yet".to_owned() } else { share_words(&line.share) };
        writeln!(out, "  {:<9} {words}", line.confidence.id())?;
    }
    if stats.answers.of > 0 {
        writeln!(out, "\n{LIKELY}")?;
    }
    Ok(())
}

/// What `stats --json` prints.
#[derive(serde::Serialize)]
struct Everything<'a> {
    #[serde(flatten)]
    stats: &'a stats::Stats,
    #[serde(flatten)]
    insight: &'a Insight,
}

/// Where she stands, where an hour wins most, and what catches her.
fn standing(insight: &Insight, out: &mut Out) -> anyhow::Result<()> {
    let readiness = &insight.readiness;
    writeln!(out, "\nReadiness (an estimate, no promise)")?;
    writeln!(out, "  {}", readiness.words())?;
    writeln!(out, "  {}", readiness.basis_words())?;
    for chance in readiness.estimate.iter().flat_map(|e| &e.chances) {
        writeln!(out, "  chance to reach {:<3} {}, likely {}", chance.mark, chance.words(), chance.range_words())?;
    }
    if let Some(words) = readiness.narrowing_words() {
        writeln!(out, "  {words}")?;
    }
    writeln!(out, "\nPoints to gain with an hour of practice, by topic")?;
    for gain in insight.gains.topics.iter().filter(|g| g.rules > 0) {
        let seen = count(gain.first_sight as usize, "answer");
        let words = if gain.enough {
            format!("{:.1}, likely {:.1} to {:.1}; {seen}", gain.points_per_hour, gain.low, gain.high)
        } else {
            format!("too little seen to say: {seen}")
        };
        writeln!(out, "  {:<40} {words}", clean(&gain.name))?;
    }
    if insight.traps.iter().any(|t| t.fell > 0) {
        writeln!(out, "\nWrong options that were chosen, of the chances to choose them")?;
    }
    for trap in insight.traps.iter().filter(|t| t.fell > 0).take(5) {
        let range = trap.share().range_words();
        writeln!(out, "  {} of {}, likely {range}: {}", trap.fell, trap.chances, clean(&trap.name))?;
    }
    Ok(())
}

/// A share with its range, or that nothing was counted.
fn share_words(share: &Share) -> String {
    if share.of == 0 {
        return "not met yet".into();
    }
    format!("{} of {} right, likely {}", share.right, share.of, share.range_words())
}

/// Writes the whole profile as lines of JSON.
///
/// # Errors
/// There is no profile, or the file can't be written.
pub fn export(setting: &Setting, path: Option<&Path>, out: &mut Out) -> anyhow::Result<()> {
    let store = Store::read_only(&setting.profiles.folder(&setting.profile)).map_err(|error| setting.advised(error))?;
    let advised = |error: anyhow::Error| error.downcast().map_or_else(|error| error, |error| setting.advised(error));
    let Some(path) = path else {
        left_out(&store.export(out).map_err(advised)?);
        return Ok(());
    };
    let exported = store.export_to(path).map_err(|error| {
        let exists = error.downcast_ref().is_some_and(|e: &io::Error| e.kind() == io::ErrorKind::AlreadyExists);
        let why = if exists { " (an existing file is not replaced)" } else { "" };
        advised(error).context(format!("nothing was written to {}{why}", path.display()))
    })?;
    left_out(&exported);
    let path = path.display().to_string();
    writeln!(out, "{} written to {}.", entries(exported.census.whole), clean(&path))?;
    Ok(())
}

/// What an export does not hold.
fn left_out(exported: &Exported) {
    let Exported { census, damaged_copies } = exported;
    for (n, words) in [
        (census.damaged, format!("{}, damaged", entries(census.damaged))),
        (census.missing, format!("{}, missing", entries(census.missing))),
        (*damaged_copies, format!("{}, damaged", copies(*damaged_copies))),
    ] {
        if n > 0 {
            complain(&format!("left out: {words}; `swprep doctor --fix` brings back what a backup still holds"));
        }
    }
}

/// Reads an exported profile in.
///
/// # Errors
/// The file can't be read or is no whole export, or the profile can't be written; nothing was changed then.
pub fn import(setting: &Setting, path: &Path, damaged: Damaged, out: &mut Out) -> anyhow::Result<()> {
    let file = File::open(path).with_context(|| format!("can't read {}", path.display()))?;
    let mut store = setting.store_patiently()?;
    let imported = store
        .import(BufReader::new(file), damaged, setting.clock.now().wall)
        .with_context(|| format!("nothing was read in from {}", path.display()))?;
    let Merged { added, known, .. } = imported.merged;
    writeln!(out, "{} added, {known} were there already.", entries(added))?;
    for line in &imported.faults {
        complain(&format!("left out: {}", clean(line)));
    }
    tell(&imported.merged);
    Ok(())
}

/// Brings the log and a folder together that other devices use as well.
///
/// # Errors
/// The folder is no place for this, or the profile or the folder can't be written. What was done until then is sound.
pub fn sync(setting: &Setting, folder: &Path, join: bool, json: bool, out: &mut Out) -> anyhow::Result<()> {
    let mut store = setting.store_patiently()?;
    let synced = store.sync(folder, setting.clock.now().wall, join).map_err(|error| match error {
        // Its advice is about the place of the progress file.
        StoreError::Unusable { ref path, .. } if lies_in(path, folder) => {
            anyhow::anyhow!("{error}; your progress is safe. The folder must be there and be one that you can write to")
        }
        error => setting.advised(error),
    })?;
    if json {
        writeln!(out, "{}", serde_json::to_string(&synced)?)?;
        return Ok(());
    }
    writeln!(out, "{} came from other devices, {} went to the folder.", entries(synced.merged.added), synced.sent)?;
    if synced.damaged_copies > 0 {
        complain(&format!(
            "not sent: {}, damaged; `swprep doctor --fix` brings back what a backup still holds",
            copies(synced.damaged_copies)
        ));
    }
    for line in &synced.skipped {
        complain(&format!("passed over, and tried again next time: {}", clean(line)));
    }
    if synced.conflict_copies > 0 {
        complain(&format!(
            "{} that a service made {} passed over; nothing is lost by that",
            count(synced.conflict_copies as usize, "second or partial file"),
            if synced.conflict_copies == 1 { "was" } else { "were" }
        ));
    }
    for gap in &synced.gaps {
        let (has, it, comes) = one_or_more(gap.missing, ("has", "it", "comes"), ("have", "they", "come"));
        complain(&format!(
            "{} of device {} {has} not come yet; {it} {comes} with a later sync, unless that device has lost what is \
             missing. There is nothing to do here",
            entries(gap.missing),
            short(gap.device)
        ));
    }
    tell(&synced.merged);
    Ok(())
}

/// Whether a path is a folder or within it; the folder may be named by a link.
fn lies_in(path: &Path, folder: &Path) -> bool {
    path.starts_with(folder) || folder.canonicalize().is_ok_and(|folder| path.starts_with(folder))
}

/// What is out of the ordinary about entries from elsewhere, each with the next step or that there is none.
fn tell(merged: &Merged) {
    if merged.unreadable > 0 {
        let n = merged.unreadable;
        let (was, it, counts) = one_or_more(n, ("was", "it is", "counts"), ("were", "they are", "count"));
        complain(&format!(
            "{} {was} made by a newer version of swprep; {it} kept and {counts} once you use that version here, too",
            entries(n)
        ));
    }
    if merged.contradicting > 0 {
        let n = merged.contradicting;
        let (does, was) = one_or_more(n, ("does", "was"), ("do", "were"));
        complain(&format!(
            "{} {does} not fit what is here and {was} left out; what is here was not changed, and there is nothing to do",
            entries(n)
        ));
    }
    for device in &merged.forked {
        complain(&format!(
            "two copies of the profile wrote as device {}, as happens where its folder was copied; the answers of both \
             are kept, and there is nothing to do",
            short(*device)
        ));
    }
    if merged.renamed {
        complain(
            "another copy of this profile wrote as the same device, so this one goes on as a new device; nothing is \
             lost, and there is nothing to do",
        );
    }
}

/// The words for one or for more.
fn one_or_more<T>(n: u64, one: T, more: T) -> T {
    if n == 1 { one } else { more }
}

/// As much of a device's name as tells a few devices apart.
fn short(device: Uuid) -> String {
    device.simple().to_string().chars().take(4).collect()
}
