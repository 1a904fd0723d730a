//! Practice for the social work licensing exams, in a terminal.
//!
//! `main → { tui, plain, commands } → { paper, store, banks } → core`: every `use` points right. ARCHITECTURE.md has the map.

pub mod banks;
pub mod cli;
pub mod commands;
pub mod core;
pub mod desk;
pub mod env;
pub mod paper;
pub mod plain;
pub mod store;
pub mod text;
pub mod tui;
