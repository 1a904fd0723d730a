//! What one first answer tells of a version of the person: that it was right or wrong, and how sure she said she was.
//!
//! A right answer may be a guess. How sure she was tells them apart as far as her own answers show that it does: where
//! she says the same whether she knows or not, it tells nothing.

use super::question::{Question, Version};
use crate::core::confidence::{Confidence, ConfidenceMeaning};
use crate::core::firsthand::FirstSight;

/// An answer counts half when so many others have come after it.
const HALF_LIFE: f64 = 1000.0;

/// A first answer as it is fitted.
pub struct Sample {
    /// The question as it stood.
    pub question: Question,
    /// How much it counts, 0 to 1.
    pub weight: f64,
    right: bool,
    confidence: Option<Confidence>,
}

impl Sample {
    /// An answer on a question of that area, given so many others ago.
    pub fn new(answer: &FirstSight, area: usize, ago: usize) -> Self {
        Self {
            question: Question::answered(answer, area, ago),
            weight: 0.5_f64.powf(ago as f64 / HALF_LIFE),
            right: answer.right,
            confidence: answer.confidence,
        }
    }

    fn known(&self, version: &Version) -> f64 {
        self.question.known(version).clamp(1e-6, 1.0 - 1e-6)
    }

    /// The chance of this answer, given so surely.
    pub fn chance(&self, version: &Version, meaning: &ConfidenceMeaning) -> f64 {
        let (known, guess) = (self.known(version), self.question.guess);
        let (if_known, if_not) = meaning.shares(self.confidence);
        if self.right {
            if_known * known + if_not * (1.0 - known) * guess
        } else {
            if_not * (1.0 - known) * (1.0 - guess)
        }
    }

    /// How the logarithm of that chance changes with the number before the row of the question, and Fisher's
    /// information that an answer to the question holds of it.
    pub fn tells(&self, version: &Version, meaning: &ConfidenceMeaning) -> (f64, f64) {
        let (known, guess, slope) = (self.known(version), self.question.guess, self.question.slope_of_known(version));
        // Of a right answer given so surely: how its chance changes with the chance to know, and its chance.
        let right = |confidence| {
            let (if_known, if_not) = meaning.shares(confidence);
            (if_known - if_not * guess, if_known * known + if_not * (1.0 - known) * guess)
        };
        let told = |confidence| {
            let (change, chance) = right(confidence);
            change * change / chance
        };
        let rightly = match self.confidence {
            None => told(None),
            Some(_) => Confidence::ALL.into_iter().map(|c| told(Some(c))).sum(),
        };
        let (change, chance) = right(self.confidence);
        let rise = if self.right { change / chance } else { -1.0 / (1.0 - known) };
        (slope * rise, slope * slope * (rightly + (1.0 - guess) / (1.0 - known)))
    }
}

/// What her confidence has meant if she is that version: one step of expectation and maximisation from `before`.
pub fn meaning(version: &Version, samples: &[Sample], before: &ConfidenceMeaning) -> ConfidenceMeaning {
    let mut meaning = ConfidenceMeaning::default();
    for sample in samples {
        let known = if sample.right {
            let (if_known, _) = before.shares(sample.confidence);
            if_known * sample.known(version) / sample.chance(version, before)
        } else {
            0.0
        };
        meaning.learn(sample.confidence, known);
    }
    meaning
}
