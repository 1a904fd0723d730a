//! The rules: questions, exams, memory and reports.
//!
//! Everything here is pure. It is given the time, the seed and the data, and returns what follows from them. It knows
//! no clock, no files, no database and no terminal; `tests/architecture.rs` holds it to that.

pub mod bank;
pub mod library;
pub mod near;
pub mod outline;
