//! Backups: making one, listing them, going back to one.

use super::open::Setting;
use super::output::{Out, confirmed};
use crate::core::calendar::Stamp;
use crate::env;
use crate::store::backup::{self, Backup, Why};
use crate::store::restore::{self, Difference};
use crate::text::count;
use crate::text::sanitize::clean;
use serde_json::json;
use std::io::Write;
use std::path::Path;

/// Makes a backup.
///
/// # Errors
/// The profile is open elsewhere or damaged, or the copy can't be written.
pub fn make(setting: &Setting, out: &mut Out) -> anyhow::Result<()> {
    let store = setting.store_patiently()?;
    match store.back_up(setting.clock.now().wall, Why::Asked).map_err(|e| setting.advised(e))? {
        Some(made) => {
            let path = made.path.display().to_string();
            writeln!(out, "Backed up and checked: {}, in {}", entries(made.events), clean(&path))?;
        }
        None => writeln!(out, "Nothing was logged yet, so there is nothing to back up.")?,
    }
    Ok(())
}

/// Prints the backups, the newest first.
///
/// # Errors
/// The lines can't be written.
pub fn list(setting: &Setting, as_json: bool, out: &mut Out) -> anyhow::Result<()> {
    let backups = backup::list(&setting.folder()?);
    if as_json {
        let one = |(n, b): (usize, &Backup)| {
            json!({
                "number": n + 1, "made": local(setting, b.at_ms), "entries": b.events, "reason": b.why.id(),
                "bytes": b.bytes, "file": b.path.display().to_string(),
            })
        };
        let value: Vec<_> = backups.iter().enumerate().map(one).collect();
        writeln!(out, "{}", json!({ "backups": value }))?;
        return Ok(());
    }
    if backups.is_empty() {
        writeln!(
            out,
            "No backup yet. The first is made after your first exam or day of study, or by `swprep backup`."
        )?;
        return Ok(());
    }
    for (n, b) in (1..).zip(&backups) {
        writeln!(out, "{n:>3}  {}  {:>14}  {}", local(setting, b.at_ms), entries(b.events), b.why.words())?;
    }
    writeln!(out, "\n`swprep restore N` shows what going back would change, and asks first.")?;
    Ok(())
}

/// Shows what going back would change, asks, and goes back.
///
/// # Errors
/// There is no such backup, it is damaged, the profile is open elsewhere, or the disk refused; nothing was changed then.
pub fn restore(setting: &Setting, wanted: &str, yes: bool, out: &mut Out) -> anyhow::Result<()> {
    let folder = setting.folder()?;
    let backup = find(&folder, wanted)?;
    let difference = restore::difference(&folder, &backup).map_err(|error| setting.advised(error))?;
    for line in preview(setting, &backup, &difference) {
        writeln!(out, "{line}")?;
    }
    if difference.is_none() {
        return Ok(());
    }
    let sure = || {
        confirmed("Go back to it? Type yes:", "yes", "nothing was changed; add --yes to go back without being asked")
    };
    if !yes && !sure()? {
        writeln!(out, "Nothing was changed.")?;
        return Ok(());
    }
    let at = setting.clock.now().wall;
    let kept = restore::restore(&folder, &backup, at.ms, env::dice(setting.identity_seed))
        .map_err(|error| setting.advised(error))?;
    writeln!(out, "Done. What was there before is kept in {}", clean(&kept.display().to_string()))?;
    Ok(())
}

fn find(folder: &Path, wanted: &str) -> anyhow::Result<Backup> {
    let mut backups = backup::list(folder);
    anyhow::ensure!(!backups.is_empty(), "there is no backup yet; `swprep backup` makes one");
    let place = match wanted {
        "last" => Some(0),
        number => number.parse::<usize>().ok().and_then(|n| n.checked_sub(1)),
    };
    let place = place.or_else(|| {
        let file = Path::new(wanted).file_name()?;
        backups.iter().position(|b| b.path.file_name() == Some(file))
    });
    match place {
        Some(place) if place < backups.len() => Ok(backups.swap_remove(place)),
        _ => anyhow::bail!("there is no backup {wanted:?}; `swprep restore` lists the {} there are", backups.len()),
    }
}

fn preview(setting: &Setting, backup: &Backup, difference: &Difference) -> Vec<String> {
    let mut lines = vec![format!(
        "The backup was made {} ({}). It is whole and holds {}.",
        local(setting, backup.at_ms),
        backup.why.words(),
        entries(backup.events)
    )];
    if difference.damaged {
        lines.push("The file now is damaged and could not be compared to its end.".into());
    } else {
        lines.push(format!("Your file now holds {}.", entries(difference.now)));
    }
    if difference.is_none() {
        lines.push("Both hold the same: there is nothing to go back to.".into());
        return lines;
    }
    let left_out: u64 = difference.left_out.values().sum();
    if left_out > 0 {
        let since = difference.from_ms.map(|ms| format!(", since {}", local(setting, ms))).unwrap_or_default();
        lines.push(format!("Going back leaves out {}{since}: {}.", entries(left_out), kinds(difference)));
    }
    if left_out > 0 {
        lines.push("If you sync, the next `swprep sync` brings back what its folder holds of them.".into());
    }
    if difference.back > 0 {
        lines.push(format!("It brings back {} that the file now does not hold.", entries(difference.back)));
    }
    lines.push("First a backup is made of what is there now, so that you can change your mind.".into());
    lines
}

/// What is left out, in words that say more than the names of kinds.
fn kinds(difference: &Difference) -> String {
    let of = |wanted: &dyn Fn(&str) -> bool| -> u64 {
        difference.left_out.iter().filter(|(kind, _)| wanted(kind)).map(|(_, n)| n).sum()
    };
    let answers = of(&|kind| matches!(kind, "answer.given" | "exam.answered"));
    let exams = of(&|kind| kind == "exam.started");
    let others = of(&|kind| !matches!(kind, "answer.given" | "exam.answered" | "exam.started"));
    let parts = [(answers, "answer"), (exams, "exam begun"), (others, "other entry")];
    let words = |n: u64, one: &str| match one {
        "exam begun" if n != 1 => format!("{n} exams begun"),
        "other entry" if n != 1 => format!("{n} other entries"),
        one => count(n as usize, one),
    };
    parts.iter().filter(|(n, _)| *n > 0).map(|(n, one)| words(*n, one)).collect::<Vec<_>>().join(", ")
}

/// So many entries, in words.
pub fn entries(n: u64) -> String {
    if n == 1 { "1 entry".into() } else { format!("{n} entries") }
}

/// So many copies of questions as they were asked, in words.
pub fn copies(n: u64) -> String {
    if n == 1 { "1 copy of a question".into() } else { format!("{n} copies of questions") }
}

/// A moment in local time.
pub fn local(setting: &Setting, ms: i64) -> String {
    Stamp { ms, ..setting.clock.now().wall }.local_text()
}
