//! Looking a profile over, and mending it.

use super::backup::{copies, entries, local};
use super::open::{Setting, with_user_banks};
use super::output::Out;
use crate::banks::shipped::shipped_library;
use crate::store::doctor::{self, Examination, Level};
use crate::store::salvage::{self, Repaired};
use crate::text::sanitize::clean;
use serde_json::json;
use std::io::Write;
use std::process::ExitCode;

/// Runs the command. The exit code is 0 where all is well, 1 where something should be seen to, 2 for damage.
///
/// # Errors
/// It was to be mended and could not be; all is as it was then.
pub fn run(setting: &Setting, fix: bool, as_json: bool, out: &mut Out) -> anyhow::Result<ExitCode> {
    let folder = setting.folder()?;
    let now = setting.clock.now().wall.ms;
    let closed = fix && folder.is_dir() && doctor::close_to_others(&folder);
    let mut seen = doctor::examine(&folder, now);
    let mut repaired = None;
    if fix && seen.worst() == Some(Level::Damage) {
        repaired = Some(salvage::repair(&folder, now).map_err(|error| setting.advised(error))?);
        seen = doctor::examine(&folder, now);
    }
    look_at_banks(setting, &mut seen);
    if as_json {
        let value = json!({
            "profile": setting.profile, "examination": seen, "repair": repaired, "closed_to_others": closed,
        });
        writeln!(out, "{value}")?;
    } else {
        if fix {
            tell_mended(repaired.as_ref(), closed, out)?;
        }
        tell(setting, &seen, repaired.is_some(), out)?;
    }
    Ok(ExitCode::from(match seen.worst() {
        None => 0,
        Some(Level::Warning) => 1,
        Some(Level::Damage) => 2,
    }))
}

/// Banks of her own are read as at a start.
fn look_at_banks(setting: &Setting, seen: &mut Examination) {
    let files = setting.user_banks();
    if files.is_empty() {
        return;
    }
    let (_, troubles) = with_user_banks(shipped_library(), &files);
    for trouble in troubles {
        seen.find(Level::Warning, trouble, "`swprep bank check` with the path of the file lists every fault.");
    }
}

/// What was mended.
fn tell_mended(repaired: Option<&Repaired>, closed: bool, out: &mut Out) -> anyhow::Result<()> {
    if closed {
        writeln!(out, "Other accounts of this computer could read your progress. Now they can't.\n")?;
    }
    let Some(repaired) = repaired else {
        if !closed {
            writeln!(out, "There was nothing to mend.\n")?;
        }
        return Ok(());
    };
    writeln!(out, "Mended.")?;
    writeln!(out, "  before   {} could be read in the damaged file", entries(repaired.readable_before))?;
    writeln!(out, "  after    {}, {} of them from backups", entries(repaired.readable_after), repaired.from_backups)?;
    if repaired.set_aside > 0 {
        writeln!(out, "  aside    {} damaged and in no backup; kept, and not counted", entries(repaired.set_aside))?;
    }
    if repaired.copies_set_aside > 0 {
        writeln!(out, "  aside    {} damaged and in no backup; kept", copies(repaired.copies_set_aside))?;
    }
    if repaired.lost > 0 {
        writeln!(out, "  gone     {} that nothing whole is left of here", entries(repaired.lost))?;
        writeln!(out, "           `swprep sync DIR` brings back what a folder of yours still holds of them")?;
    }
    writeln!(out, "  kept     the damaged file, in {}\n", path(&repaired.kept))?;
    Ok(())
}

fn tell(setting: &Setting, seen: &Examination, mended: bool, out: &mut Out) -> anyhow::Result<()> {
    let heading = match seen.worst() {
        None if seen.schema.is_none() => "There is no progress file yet.",
        None => "All is well.",
        Some(Level::Warning) => "Nothing is lost; something should be seen to.",
        Some(Level::Damage) if mended => "Something is still damaged.",
        Some(Level::Damage) => "Something is damaged. Nothing was changed.",
    };
    writeln!(out, "{heading}")?;
    for finding in &seen.findings {
        writeln!(out, "  ! {}\n    {}", clean(&finding.what), clean(&finding.mend))?;
    }
    writeln!(out, "\nProfile    {}, in {}", setting.profile, path(&seen.folder))?;
    if let Some(schema) = seen.schema {
        writeln!(out, "File       {} KB, form {schema}", seen.bytes.div_ceil(1024))?;
        let aside = if seen.set_aside > 0 { format!(", {} set aside", seen.set_aside) } else { String::new() };
        if seen.counted {
            let (whole, damaged, missing) = (seen.entries, seen.damaged, seen.missing);
            writeln!(out, "Entries    {whole} whole, {damaged} damaged, {missing} missing{aside}")?;
        } else {
            writeln!(
                out,
                "Entries    can't be counted in this state; `swprep doctor --fix` saves what is left{aside}"
            )?;
        }
        if seen.copies_set_aside > 0 {
            writeln!(out, "Questions  {} set aside", copies(seen.copies_set_aside))?;
        }
        writeln!(out, "Closed     {}", closed(seen))?;
    }
    let last = seen.last_backup_ms.map(|ms| format!(", the last of {}", local(setting, ms))).unwrap_or_default();
    writeln!(out, "Backups    {} of {} whole{last}", seen.backups_whole, seen.backups)?;
    let journal = seen.journal_mode.as_deref().unwrap_or("?");
    let disk = seen.file_system.as_deref().map(|fs| format!(", disk {fs}")).unwrap_or_default();
    if let Some(free) = seen.free_bytes {
        writeln!(out, "Room       {} MB free", free >> 20)?;
    }
    writeln!(out, "Database   SQLite {}, journal {journal}{disk}", seen.sqlite)?;
    Ok(())
}

fn closed(seen: &Examination) -> &'static str {
    match (seen.open_now, seen.closed_in_order) {
        (true, _) => "open in a window now",
        (false, true) => "in order",
        (false, false) => "not in order the last time; all that was saved is there",
    }
}

fn path(path: &std::path::Path) -> String {
    clean(&path.display().to_string()).into_owned()
}
