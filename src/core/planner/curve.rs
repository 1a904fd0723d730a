//! How a person forgets, as the plan sees it: FSRS-6's curve, steeper or flatter.

use crate::core::fsrs6::log_recall;

/// How steeply this person forgets, against FSRS-6's default: the exponent of its curve is multiplied by it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Steepness(pub f32);

/// Chances of recall after some days.
#[derive(Clone, Copy, Debug)]
pub struct Recall {
    /// By the default curve: what the memory's next step depends on.
    pub default: f32,
    /// By this person's curve: how likely a right answer is.
    pub own: f32,
}

impl Steepness {
    /// The chances of recall after `days`.
    pub fn recall(self, stability: f32, days: f32) -> Recall {
        let log = log_recall(stability, days);
        Recall { default: log.exp(), own: (self.0 * log).exp() }
    }
}
