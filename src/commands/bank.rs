//! `swprep bank …`: look at the question banks, check them, begin a new one.

mod check;
mod counts;
mod files;
mod show;
mod starter;

pub use check::check;
pub use show::{list, show};
pub use starter::new_topic;

use crate::banks::schema::SCHEMA;
use std::io::{self, Write};

/// Writes the JSON schema of bank files.
///
/// # Errors
/// Where `out` can't be written to.
pub fn schema(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(SCHEMA.as_bytes())
}
