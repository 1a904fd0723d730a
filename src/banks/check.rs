//! The rules of a good item and a good bank.

use super::finding::Finding;
use super::reviews::Reviews;
use crate::core::bank::BankFile;
use crate::core::library::{Origin, Reference};

/// A test of a whole bank.
#[derive(Clone, Debug, PartialEq)]
pub struct BankTest {
    /// What is measured.
    pub name: String,
    /// What was found.
    pub value: f64,
    /// What is wanted, in words.
    pub want: String,
    /// Whether the value is as wanted.
    pub ok: bool,
}

/// Checks every item by itself and against the others.
pub fn check_items(_files: &[(String, BankFile)], _reference: &Reference, _origin: Origin) -> Vec<Finding> {
    vec![]
}

/// Measures the bank as a whole.
pub fn bank_tests(_files: &[(String, BankFile)], _reference: &Reference, _reviews: &Reviews) -> Vec<BankTest> {
    vec![]
}
