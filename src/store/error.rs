//! Why a profile can't be read or written, in words.

use super::DATABASE;
use rusqlite::ErrorCode;
use std::path::{Path, PathBuf};

/// Why a profile can't be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another window is writing.
    #[error("the profile is open in another window of swprep{}", holder(*pid))]
    InUse {
        /// The process that writes, where the lock names it.
        pid: Option<u32>,
        /// Since when, in UTC milliseconds.
        since_ms: Option<i64>,
    },
    /// A newer version made the file.
    #[error(
        "{} was made by a newer version of swprep (schema {found}, this one knows {known}); nothing was changed", path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest schema known here.
        known: i64,
    },
    /// The file belongs to another program.
    #[error("{} is not a swprep profile", .0.display())]
    Foreign(PathBuf),
    /// The file is damaged, so that what it says can't be relied on.
    #[error("the progress file is damaged ({0}); nothing was changed")]
    Damaged(String),
    /// The file is empty or gone, although there are backups of it.
    #[error("{} is empty or gone, although there are backups of it; nothing was changed", .0.display())]
    Gone(PathBuf),
    /// A backup is not what it should be.
    #[error("the backup {} can't be used: {cause}", path.display())]
    BadBackup {
        /// The backup.
        path: PathBuf,
        /// What is wrong with it.
        cause: String,
    },
    /// The database would not keep what it was set to, so that a saved answer would not be safe.
    #[error("the database here can't promise to keep an answer ({0}); nothing was changed")]
    Unsafe(String),
    /// The disk is full, or a limit on the size of files was met.
    #[error("there is no room left on the disk")]
    Full,
    /// The folder or file can't be written or read.
    #[error("can't use {}: {cause}", path.display())]
    Unusable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        cause: String,
    },
    /// A file of the profile is a link, so that two names would lead to one log.
    #[error("{} is a link to another file, so nothing new can be saved", .0.display())]
    Link(PathBuf),
    /// The folder is not her own.
    #[error("{} belongs to another user of this computer", .0.display())]
    OfAnother(PathBuf),
    /// The log lies in memory only.
    #[error("there is no folder for reports")]
    NoFolder,
    /// There is a file of that name.
    #[error("{} is there already; nothing was written", .0.display())]
    Exists(PathBuf),
    /// A repair found nothing that could be saved.
    #[error("nothing in the progress file can be read, and there is no backup; a copy of it lies in {}", .0.display())]
    Hopeless(PathBuf),
    /// The folder for other devices holds another log, as it seems.
    #[error(
        "that folder holds {0} entries of somebody else, or of a device of yours that began by itself; nothing was changed"
    )]
    Stranger(u64),
    /// The folder for other devices is the profile's own, or around it.
    #[error("{} can't be carried to other devices, because the open progress file would go with it", .0.display())]
    WithTheLog(PathBuf),
    /// SQLite refused.
    #[error("the progress file refused: {0}")]
    Sql(rusqlite::Error),
    /// An event could not be put into words; this is a fault of the program.
    #[error("an event could not be written: {0}")]
    Encode(#[from] serde_json::Error),
    /// The profile does not exist.
    #[error("there is no profile named {0}")]
    NoProfile(String),
    /// The profile exists already.
    #[error("there is already a profile named {0}")]
    ProfileExists(String),
    /// The name can't be a profile's name.
    #[error("a profile's name needs at least one letter from a to z or a digit: {0:?}")]
    BadName(String),
}

impl StoreError {
    /// What the person at the keyboard can do about it; `None` where the message says it all.
    pub fn mend(&self, profile: &str) -> Option<String> {
        Some(match self {
            Self::InUse { .. } => format!(
                "close the other window, or use another profile with --profile NAME (this is {profile}); \
                 what only reads, such as `swprep stats`, works beside it"
            ),
            Self::Damaged(_) | Self::Gone(_) => {
                "`swprep doctor` shows what is damaged, and `swprep doctor --fix` keeps \
                 a copy and brings back all that can be read"
                    .into()
            }
            Self::Hopeless(_) => {
                "`swprep profile new NAME` begins anew beside it; `swprep import` and `swprep sync` bring \
                                 back what an export or a folder of yours still holds"
                    .into()
            }
            Self::Stranger(_) => {
                "if all of it is yours, add --join this once: both are put together, which can't be undone".into()
            }
            Self::WithTheLog(_) => {
                "make a folder elsewhere for this, or keep your progress elsewhere with --data-dir DIR".into()
            }
            Self::Newer { .. } => "use the newer version for this profile".into(),
            Self::Full => "free some room and try again; everything that was saved before is safe".into(),
            Self::Unusable { .. } | Self::Unsafe(_) => "name a folder that you can write to with --data-dir DIR".into(),
            Self::Link(path) if path.file_name().is_some_and(|name| name == DATABASE) => {
                "close swprep and put the file itself there in place of the link; it holds your answers".into()
            }
            Self::Link(_) => "delete that link; none of your answers are in it, and swprep makes the file anew".into(),
            Self::OfAnother(_) => "run swprep as that user, or name a folder of your own with --data-dir DIR".into(),
            Self::Foreign(_) | Self::Sql(_) => "nothing was changed; `swprep doctor` looks closer".into(),
            _ => return None,
        })
    }

    /// Whether the file itself is damaged, empty or gone.
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Damaged(_) | Self::Gone(_))
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(error.to_string()),
            Some(ErrorCode::DiskFull) => Self::Full,
            // A limit on the size of files looks like a disk that can't be written.
            Some(ErrorCode::SystemIoFailure) if error.sqlite_error().is_some_and(|e| e.extended_code == WRITE) => {
                Self::Full
            }
            _ => Self::Sql(error),
        }
    }
}

/// SQLite's SQLITE_IOERR_WRITE.
const WRITE: i32 = 778;

fn holder(pid: Option<u32>) -> String {
    pid.map(|pid| format!(" (process {pid})")).unwrap_or_default()
}

/// The error for a file or folder that can't be used.
pub(super) fn unusable(path: &Path, cause: &dyn std::fmt::Display) -> StoreError {
    StoreError::Unusable { path: path.to_owned(), cause: cause.to_string() }
}

/// The same for what the system said; a full disk has a name of its own.
pub(super) fn failed(path: &Path, cause: &std::io::Error) -> StoreError {
    use std::io::ErrorKind::{FileTooLarge, StorageFull};
    if matches!(cause.kind(), StorageFull | FileTooLarge) { StoreError::Full } else { unusable(path, cause) }
}
