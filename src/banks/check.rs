//! The rules of a good item and a good bank.

use super::finding::Finding;
use super::reviews::Reviews;
use crate::core::bank::BankFile;
use crate::core::library::{Origin, Reference};

/// One figure of a whole bank, held against what it should be.
#[derive(Clone, Debug, PartialEq)]
pub struct BankTest {
    /// A stable short name, such as `key_longest`.
    pub name: &'static str,
    /// What was found.
    pub value: String,
    /// What it should be.
    pub want: String,
    /// Whether it is.
    pub ok: bool,
    /// What stands behind it: the words, items or counts that a writer needs for a mend.
    pub detail: Vec<String>,
}

/// Checks every item by itself and against the others.
pub fn check_items(_files: &[(String, BankFile)], _reference: &Reference, _origin: Origin) -> Vec<Finding> {
    vec![]
}

/// Measures the bank as a whole.
pub fn bank_tests(_files: &[(String, BankFile)], _reference: &Reference, _reviews: &Reviews) -> Vec<BankTest> {
    vec![]
}
