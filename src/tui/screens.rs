//! One file for each screen.

pub mod compare;
pub mod exam;
pub mod exam_setup;
pub mod export;
pub mod history;
pub mod home;
pub mod library;
pub mod objective;
pub mod practice;
pub mod progress;
pub mod report;
pub mod reread;
pub mod retake;
pub mod review;
pub mod second_look;
pub mod settings;
pub mod study;
#[cfg(test)]
mod trial;
pub mod tutorial;
pub mod welcome;
