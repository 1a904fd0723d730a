//! Looking a profile over without changing it: what is there, what is damaged, what to do about it.

use super::backup::{self, Backup};
use super::connect::reading;
pub use super::guard::close_to_others;
use super::names::{WAL, beside};
use super::salvage::NOT_ITS_HASH;
use super::{StoreError, check, copies, guard, hold, migrate, place, swap};
use crate::core::calendar::DAY_MS;
use rusqlite::Connection;
use serde::Serialize;
use std::fs;
use std::path::{Path, PathBuf};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// It should be seen to, and nothing is lost.
    Warning,
    /// Something is damaged.
    Damage,
}

/// Something to be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How bad it is.
    pub level: Level,
    /// What it is.
    pub what: String,
    /// What to do about it.
    pub mend: String,
}

/// A profile as it was found.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Examination {
    /// Where it lies.
    pub folder: PathBuf,
    /// The kind of file system, where the system tells it.
    pub file_system: Option<String>,
    /// Bytes that are free there, where the system tells it.
    pub free_bytes: Option<u64>,
    /// Bytes of the log, its write-ahead part included.
    pub bytes: u64,
    /// The version of its form.
    pub schema: Option<i64>,
    /// How the database keeps changes: `wal` or another word of SQLite.
    pub journal_mode: Option<String>,
    /// The version of the database built in.
    pub sqlite: String,
    /// Whether a window has it open now.
    pub open_now: bool,
    /// Whether the last window was closed in order; what was saved is safe either way.
    pub closed_in_order: bool,
    /// Whether the entries could be counted: not in a file that can't be read to its end.
    pub counted: bool,
    /// Entries whose checksum is right.
    pub entries: u64,
    /// Entries that are not what was written.
    pub damaged: u64,
    /// Entries that were numbered and are not there.
    pub missing: u64,
    /// Entries that an earlier repair set aside.
    pub set_aside: u64,
    /// Copies of questions that an earlier repair set aside.
    pub copies_set_aside: u64,
    /// Backups, and how many of them are whole.
    pub backups: usize,
    /// How many of the backups are whole.
    pub backups_whole: usize,
    /// When the newest whole backup was made, in UTC milliseconds.
    pub last_backup_ms: Option<i64>,
    /// What there is to say.
    pub findings: Vec<Finding>,
}

impl Examination {
    /// The worst of what was found.
    pub fn worst(&self) -> Option<Level> {
        self.findings.iter().map(|f| f.level).max()
    }

    /// Adds something to be told.
    pub fn find(&mut self, level: Level, what: impl Into<String>, mend: impl Into<String>) {
        self.findings.push(Finding { level, what: what.into(), mend: mend.into() });
    }

    fn damage(&mut self, what: impl Into<String>) {
        self.find(Level::Damage, what, FIX);
    }
}

const FIX: &str = "`swprep doctor --fix` keeps a copy of the damaged file and brings back all that can be read.";

/// With less room than this a disk is nearly full: a few months of study and their backups.
const ROOM: u64 = 50 << 20;

/// Looks a profile over. Nothing is changed.
pub fn examine(profile: &Path, now_ms: i64) -> Examination {
    let path = swap::database(profile);
    let mut seen = Examination {
        folder: profile.to_owned(),
        file_system: place::file_system(profile),
        bytes: size(&path) + size(&beside(&path, WAL)),
        sqlite: rusqlite::version().to_owned(),
        open_now: hold::is_held(profile),
        ..Examination::default()
    };
    seen.closed_in_order = !seen.open_now && size(&beside(&path, WAL)) == 0;
    look_at_backups(profile, &mut seen);
    if size(&path) == 0 {
        if seen.backups > 0 {
            seen.damage("The progress file is empty or gone, although there are backups of it.");
        }
        return seen;
    }
    look_at_place(profile, &path, &mut seen);
    let outcome = reading(&path).and_then(|connection| look_at_log(&connection, &path, now_ms, &mut seen));
    match outcome {
        Ok(()) => {}
        Err(StoreError::Newer { found, known, .. }) => seen.find(
            Level::Warning,
            format!("The file was made by a newer version of swprep (form {found}, this one knows {known})."),
            "Use the newer version for this profile. Nothing here needs mending.",
        ),
        Err(StoreError::Foreign(path)) => {
            seen.find(Level::Warning, format!("{} is no file of swprep.", path.display()), "Name another --data-dir.");
        }
        Err(error @ StoreError::Unusable { .. }) => {
            seen.find(Level::Warning, format!("The file can't be read: {error}."), "See to whose file it is.");
        }
        Err(error) => seen.damage(sentence(&error)),
    }
    seen
}

/// Words that stood within a sentence, as one of their own.
fn as_sentence(words: &str) -> String {
    let mut rest = words.chars();
    let first = rest.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(rest).chain(['.']).collect()
}

fn sentence(error: &StoreError) -> String {
    match error {
        StoreError::Damaged(what) => format!("The progress file is damaged: {what}."),
        other => format!("The progress file can't be read to its end: {other}."),
    }
}

fn look_at_log(connection: &Connection, path: &Path, now_ms: i64, seen: &mut Examination) -> Result<(), StoreError> {
    seen.schema = connection.pragma_query_value(None, "user_version", |row| row.get(0)).ok();
    seen.journal_mode = connection.query_row("PRAGMA journal_mode", [], |row| row.get(0)).ok();
    if migrate::refuse_foreign(connection, path)? == 0 {
        // The very first start was cut off before there was a log.
        seen.schema = None;
        return Ok(());
    }
    for fault in check::thorough(connection)?.into_iter().take(3) {
        seen.damage(format!("The progress file is damaged: {fault}."));
    }
    let census = check::census(connection)?;
    seen.counted = true;
    (seen.entries, seen.damaged, seen.missing) = (census.whole, census.damaged, census.missing);
    if census.damaged > 0 {
        seen.damage(format!(
            "{} of {} entries {}. What is damaged is left out of every number.",
            census.damaged,
            census.rows,
            if census.damaged == 1 { "is damaged" } else { "are damaged" }
        ));
    }
    if census.missing > 0 {
        seen.damage(match census.missing {
            1 => "1 entry is missing.".to_owned(),
            n => format!("{n} entries are missing."),
        });
    }
    let damaged = copies::each_whole(connection, |_, _| Ok::<(), StoreError>(()))?;
    if damaged > 0 {
        seen.damage(match damaged {
            1 => "The copy of a question that was asked is damaged.".to_owned(),
            n => format!("{n} copies of questions that were asked are damaged."),
        });
    }
    if census.last_ms > now_ms.saturating_add(DAY_MS) {
        seen.find(
            Level::Warning,
            "Some entries are dated later than now.",
            "See whether the clock of this computer is right. The entries themselves are safe.",
        );
    }
    let aside = |how: &str| {
        let count = format!("SELECT COUNT(*) FROM quarantine WHERE reason {how} ?1");
        connection.query_row(&count, [NOT_ITS_HASH], |row| row.get::<_, i64>(0)).map_or(0, i64::unsigned_abs)
    };
    (seen.set_aside, seen.copies_set_aside) = (aside("<>"), aside("="));
    Ok(())
}

fn look_at_backups(profile: &Path, seen: &mut Examination) {
    let backups = backup::list(profile);
    seen.backups = backups.len();
    let (whole, bad): (Vec<&Backup>, Vec<&Backup>) = backups.iter().partition(|b| b.open_checked().is_ok());
    seen.backups_whole = whole.len();
    seen.last_backup_ms = whole.first().map(|b| b.at_ms);
    if !bad.is_empty() {
        let names: Vec<String> =
            bad.iter().filter_map(|b| Some(b.path.file_name()?.to_string_lossy().into_owned())).collect();
        seen.find(
            Level::Warning,
            format!(
                "{} of {} backups {}: {}.",
                bad.len(),
                backups.len(),
                if bad.len() == 1 { "is damaged" } else { "are damaged" },
                names.join(", ")
            ),
            "`swprep backup` makes a new one. A disk that damages files may be failing: copy the folder elsewhere.",
        );
    }
}

fn look_at_place(profile: &Path, path: &Path, seen: &mut Examination) {
    if let Some(link) = guard::link(profile) {
        let error = StoreError::Link(link);
        seen.find(Level::Warning, format!("{error}."), as_sentence(&error.mend("").unwrap_or_default()));
    }
    if let Some(doubt) = place::doubt(profile, place::is_network(seen.file_system.as_deref())) {
        seen.find(
            Level::Warning,
            doubt,
            "Copy the folder elsewhere while swprep is closed, and name it with --data-dir.",
        );
    }
    seen.free_bytes = place::free_bytes(profile);
    if let Some(free) = seen.free_bytes.filter(|free| *free < ROOM) {
        seen.find(
            Level::Warning,
            format!("The disk is nearly full: {} MB are free.", free >> 20),
            "Free some room. Where there is none, an answer is refused with a word, and nothing is lost.",
        );
    }
    if guard::is_open_to_others(profile) {
        seen.find(
            Level::Warning,
            "Other accounts of this computer can read your progress.",
            "`swprep doctor --fix` closes it to them.",
        );
    }
    if fs::metadata(path).is_ok_and(|m| m.permissions().readonly()) {
        seen.find(Level::Warning, "The progress file is read-only, so nothing new can be saved.", "Make it writable.");
    }
}

fn size(path: &Path) -> u64 {
    path.metadata().map_or(0, |m| m.len())
}
