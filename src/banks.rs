//! Finds, reads and checks question banks: those built into the program, and those of the user.

pub mod check;
pub mod finding;
pub mod reviews;
