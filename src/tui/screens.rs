//! One file for each screen.

pub mod exam;
pub mod exam_setup;
pub mod history;
pub mod home;
pub mod library;
pub mod objective;
pub mod practice;
pub mod progress;
pub mod report;
pub mod reread;
pub mod review;
pub mod settings;
pub mod study;
#[cfg(test)]
mod trial;
pub mod welcome;

use crate::core::interval::Share;

/// A share as a bar of `width` cells; the counts beside it say the same in figures.
pub fn bar(share: &Share, width: usize) -> String {
    let filled = (share.value().unwrap_or(0.0) * width as f64).round() as usize;
    "█".repeat(filled.min(width)) + &"░".repeat(width.saturating_sub(filled))
}
