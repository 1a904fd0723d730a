//! What one first answer tells of a version of the person: that it was right or wrong, and how sure she said she was.
//!
//! A right answer may be a guess. How sure she was tells them apart as far as her own answers show that it does: where
//! she says the same whether she knows or not, it tells nothing.

use super::question::{Grasp, Question, Version};
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

    /// Of a version with that grasp: the chance of a right answer, given so surely.
    fn rightly(&self, known: f64, (if_known, if_not): (f64, f64)) -> f64 {
        if_known * known + if_not * (1.0 - known) * self.question.guess
    }

    /// The chance of this answer, given so surely.
    pub fn chance(&self, version: &Version, meaning: &Meaning) -> f64 {
        let known = clamped(self.question.grasp(version).known);
        let shares = meaning.shares(self.confidence);
        if self.right { self.rightly(known, shares) } else { shares.1 * (1.0 - known) * (1.0 - self.question.guess) }
    }

    /// How the logarithm of that chance changes with the number before the row of the question, and Fisher's
    /// information that an answer to the question holds of it.
    pub fn tells(&self, grasp: &Grasp, meaning: &Meaning) -> (f64, f64) {
        let (known, guess) = (clamped(grasp.known), self.question.guess);
        let rise = |(if_known, if_not): (f64, f64)| if_known - if_not * guess;
        let told = |shares| rise(shares) * rise(shares) / self.rightly(known, shares);
        let shares = meaning.shares(self.confidence);
        let of_right = match self.confidence {
            None => told(shares),
            Some(_) => Confidence::ALL.into_iter().map(|c| told(meaning.shares(Some(c)))).sum(),
        };
        let change = if self.right { rise(shares) / self.rightly(known, shares) } else { -1.0 / (1.0 - known) };
        (grasp.slope * change, grasp.slope * grasp.slope * (of_right + (1.0 - guess) / (1.0 - known)))
    }
}

fn clamped(chance: f64) -> f64 {
    chance.clamp(1e-6, 1.0 - 1e-6)
}

/// What each confidence means: P(confidence | known) and P(confidence | not known).
pub struct Meaning([(f64, f64); 4]);

impl Meaning {
    fn of(counts: &ConfidenceMeaning) -> Self {
        let [guessing, leaning, sure] = Confidence::ALL.map(|c| counts.shares(Some(c)));
        Self([guessing, leaning, sure, counts.shares(None)])
    }

    /// Before any answer.
    pub fn unknown() -> Self {
        Self::of(&ConfidenceMeaning::default())
    }

    /// What it has meant if she grasps each sample so: one step of expectation and maximization.
    pub fn learned(&self, samples: &[Sample], grasps: &[Grasp]) -> Self {
        let mut counts = ConfidenceMeaning::default();
        for (sample, grasp) in samples.iter().zip(grasps).filter(|(s, _)| s.confidence.is_some()) {
            let known = clamped(grasp.known);
            let shares = self.shares(sample.confidence);
            let known = if sample.right { shares.0 * known / sample.rightly(known, shares) } else { 0.0 };
            counts.learn(sample.confidence, known);
        }
        Self::of(&counts)
    }

    fn shares(&self, confidence: Option<Confidence>) -> (f64, f64) {
        self.0[confidence.map_or(3, |c| c as usize)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::calendar::StudyDay;
    use crate::core::readiness::question::COMMON;

    fn sample(right: bool, confidence: Option<Confidence>) -> Sample {
        let (day, difficulty, guess) = (StudyDay(20_000), 0.0, 1.0 / 3.0);
        let answer = FirstSight { objective: 0, day, right, confidence, difficulty, guess, before: None, after: None };
        Sample::new(&answer, 0, 0)
    }

    fn version() -> Version {
        let mut numbers = vec![0.0; COMMON + 1];
        numbers[COMMON - 1] = 2.0;
        Version::new(numbers)
    }

    #[test]
    fn a_sure_right_answer_speaks_for_knowing_a_guessed_one_hardly() {
        let told = |right, confidence| {
            let sample = sample(right, confidence);
            sample.tells(&sample.question.grasp(&version()), &Meaning::unknown())
        };
        let (silent, sure) = (told(true, None), told(true, Some(Confidence::Sure)));
        assert!(sure.0 > silent.0 && told(true, Some(Confidence::Guessing)).0 < 0.0, "{sure:?} {silent:?}");
        assert!(sure.1 > silent.1, "an answer tells more where she says how sure she is");
        assert!((told(false, None).0 - told(false, Some(Confidence::Sure)).0).abs() < 1e-12, "wrong is wrong");
    }

    #[test]
    fn all_answers_that_a_question_can_get_have_the_chance_of_one() {
        let meaning = Meaning::unknown();
        let chance = |right, confidence| sample(right, confidence).chance(&version(), &meaning);
        let all = Confidence::ALL.into_iter().flat_map(|c| [(true, Some(c)), (false, Some(c))]);
        assert!((all.map(|(right, c)| chance(right, c)).sum::<f64>() - 1.0).abs() < 1e-12);
        assert!((chance(true, None) + chance(false, None) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn her_own_answers_decide_what_sure_means() {
        let mut meaning = Meaning::unknown();
        let answers: Vec<Sample> = (0..300).map(|n| sample(n % 2 == 0, Some(Confidence::Sure))).collect();
        let grasps: Vec<Grasp> = answers.iter().map(|s| s.question.grasp(&version())).collect();
        for _ in 0..10 {
            meaning = meaning.learned(&answers, &grasps);
        }
        let (if_known, if_not) = meaning.shares(Some(Confidence::Sure));
        assert!(if_known - if_not < 0.12, "{if_known} {if_not}");
    }
}
