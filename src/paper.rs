//! The report of an exam in words: the same on every screen, on paper and in a file.

pub mod item;
mod parts;
pub mod remarks;
pub mod room;
mod summary;

pub use parts::{Part, footnote, parts};
pub use summary::{score_range, summary, warnings};
