//! How sure a person says she is, and what that has turned out to mean for her.

use serde::{Deserialize, Serialize};

/// How sure a person says she is of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// She guesses.
    Guessing,
    /// She leans to it.
    Leaning,
    /// She is sure.
    Sure,
}

impl Confidence {
    /// All, from the least sure on.
    pub const ALL: [Self; 3] = [Self::Guessing, Self::Leaning, Self::Sure];

    /// The word on screens and in files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Guessing => "guessing",
            Self::Leaning => "leaning",
            Self::Sure => "sure",
        }
    }
}

/// What each confidence has meant for this person: how often it went with knowing and with not knowing.
///
/// Each answer adds the chance that it was known (none for a wrong one) to the known count of its confidence, and the
/// rest to the unknown count. The starting counts are those of an honest learner in simulation.
#[derive(Clone, Debug, PartialEq)]
pub struct ConfidenceMeaning {
    known: [f64; 3],
    unknown: [f64; 3],
}

impl Default for ConfidenceMeaning {
    fn default() -> Self {
        Self { known: [1.0, 5.0, 14.0], unknown: [10.0, 7.0, 3.0] }
    }
}

impl ConfidenceMeaning {
    /// P(confidence | known) and P(confidence | not known); 1 where none was given.
    pub fn shares(&self, confidence: Option<Confidence>) -> (f64, f64) {
        let Some(confidence) = confidence else { return (1.0, 1.0) };
        let share = |counts: &[f64; 3]| counts[confidence as usize] / counts.iter().sum::<f64>();
        (share(&self.known), share(&self.unknown))
    }

    /// The likelihood ratio P(confidence | not known) / P(confidence | known); 1 where none was given.
    pub fn likelihood_ratio(&self, confidence: Option<Confidence>) -> f64 {
        let (known, unknown) = self.shares(confidence);
        unknown / known
    }

    /// Learns from an answer that was known with the chance `known` (0 to 1).
    pub fn learn(&mut self, confidence: Option<Confidence>, known: f64) {
        if let Some(confidence) = confidence {
            self.known[confidence as usize] += known;
            self.unknown[confidence as usize] += 1.0 - known;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sure_speaks_for_knowing_and_guessing_against() {
        let meaning = ConfidenceMeaning::default();
        assert!(meaning.likelihood_ratio(Some(Confidence::Sure)) < 0.5);
        assert!(meaning.likelihood_ratio(Some(Confidence::Guessing)) > 2.0);
        assert!((meaning.likelihood_ratio(None) - 1.0).abs() < f64::EPSILON);
    }

    /// A person who says "sure" to everything teaches the program that her "sure" says little.
    #[test]
    fn an_empty_sure_loses_its_weight() {
        let mut meaning = ConfidenceMeaning::default();
        let before = meaning.likelihood_ratio(Some(Confidence::Sure));
        for _ in 0..60 {
            meaning.learn(Some(Confidence::Sure), 0.3);
        }
        assert!(meaning.likelihood_ratio(Some(Confidence::Sure)) > before);
    }
}
