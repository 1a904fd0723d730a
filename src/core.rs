//! The rules: questions, exams, memory and reports.
//!
//! Everything here is pure. It is given the time, the seed and the data, and returns what follows from them. It knows
//! no clock, no files, no database and no terminal; `tests/architecture.rs` holds it to that.

pub mod bank;
pub mod calendar;
pub mod calibration;
pub mod confidence;
pub mod count;
pub mod draw;
pub mod event;
pub mod exam;
pub mod firsthand;
pub mod form;
pub mod fsrs6;
pub mod insight;
pub mod interval;
pub mod library;
pub mod memory;
pub mod near;
pub mod outline;
pub mod pick;
pub mod planner;
pub mod progress;
pub mod readiness;
pub mod recall_map;
pub mod remarks;
pub mod report;
pub mod reserve;
pub mod retake;
#[cfg(test)]
pub(crate) mod sample;
pub mod settings;
pub mod stats;
pub mod study;
pub mod traps;
pub mod weak;
