//! Practice for the social work licensing exams, in a terminal.
//!
//! `main → { tui, plain, commands } → { store, banks } → core`: every `use` points right. ARCHITECTURE.md has the map.

pub mod banks;
pub mod commands;
pub mod core;
