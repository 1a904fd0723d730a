//! The report of an exam in words: the same on every screen, on paper and in a file.

mod compare;
mod document;
mod html;
pub mod item;
mod json;
mod lines;
mod markdown;
mod parts;
mod question;
pub mod remarks;
pub mod room;
mod summary;

pub use compare::{Column, Comparison, Pair, compare};
pub use document::{Document, Format, MADE_BY, Questions, exam_title};
pub use json::{exam_json, pretty};
pub use lines::lines;
pub use parts::{Part, footnote, parts};
pub use question::{Choice, Outcome, Question};
pub use summary::{score_range, score_words, summary, warnings};
