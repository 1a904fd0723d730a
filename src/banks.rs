//! Finds, reads and checks question banks: those built into the program, and those of the user.

pub mod check;
pub mod finding;
pub mod locate;
mod raw;
pub mod read;
pub mod report;
pub mod reviews;
pub mod scenes;
pub mod schema;
pub mod shipped;
pub mod user;

/// The largest bank file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 16 * 1024 * 1024;
/// The most items that one file may hold.
pub const MAX_ITEMS: usize = 20_000;
/// The longest text of one field, in bytes.
pub const MAX_TEXT_BYTES: usize = 64 * 1024;
/// How many options an item may have.
pub const OPTIONS: std::ops::RangeInclusive<usize> = 2..=10;
/// How many statements of the outline an objective may name.
pub const STATEMENTS: std::ops::RangeInclusive<usize> = 1..=3;
/// The most findings that are listed for one file.
pub const MAX_FINDINGS: usize = 10_000;
