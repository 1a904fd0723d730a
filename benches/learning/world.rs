//! Made-up learners: how they forget, guess and say how sure they are. None of it is known to any policy.

use crate::bank::SIBLINGS;
use crate::chance::Chance;
use swprep::core::bank::Difficulty;
use swprep::core::confidence::Confidence;

/// How memory works in a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// FSRS-6, every learner with weights of their own.
    Fsrs,
    /// Two traces: a fast one that fades in days, and a slow one with a power law.
    TwoTraces,
    /// Half-lives: recall halves in equal times.
    HalfLife,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::Fsrs, Self::TwoTraces, Self::HalfLife];
}

/// A world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct World {
    pub kind: Kind,
    /// Whether what is learned with one question holds for its siblings in full, or by half.
    pub half: bool,
}

impl World {
    /// The world that FSRS-6 was made for.
    pub const FSRS: Self = Self { kind: Kind::Fsrs, half: false };

    pub fn name(self) -> String {
        let kind = match self.kind {
            Kind::Fsrs => "FSRS-6",
            Kind::TwoTraces => "two traces",
            Kind::HalfLife => "half-life",
        };
        format!("{kind}{}", if self.half { ", half transfer" } else { "" })
    }
}

const W: [f64; 21] = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629,
    1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];

/// The chance of guessing.
const GUESS: f64 = 1.0 / 3.0;
const KNOWN_BEFORE: f64 = 0.3;
/// The spread of the difficulty of items, in logits.
const ITEM_SD: f64 = 0.8;

/// What is remembered of one thing.
#[derive(Clone, Copy, Debug)]
struct Trace {
    /// Stability, strength of the slow trace, or half-life, in days.
    strength: f64,
    difficulty: f64,
    fast: f64,
    last: f64,
}

/// A rule: a trace for each question, and one for the exam's, which is never met before.
struct Rule {
    traces: [Option<Trace>; SIBLINGS + 1],
    ease: f64,
    difficulty: [f64; SIBLINGS],
    seen: [Option<f64>; SIBLINGS],
}

pub struct Answer {
    pub right: bool,
    pub confidence: Confidence,
    pub seconds: f64,
}

/// A learner.
pub struct Learner {
    world: World,
    w: [f64; 21],
    /// Growth, loss and time scale of this person, against the mean.
    growth: f64,
    scale: f64,
    pace: f64,
    /// Chances of sure and leaning, known and unknown.
    sure: [(f64, f64); 2],
    rules: Vec<Rule>,
    chance: Chance,
}

impl Learner {
    pub fn new(world: World, rules: usize, seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let mut w = W;
        for first in &mut w[..4] {
            *first *= chance.factor(0.4);
        }
        w[8] += chance.normal(0.0, 0.3);
        w[10] *= chance.factor(0.2);
        w[11] *= chance.factor(0.3);
        w[20] = (w[20] * chance.factor(0.4)).clamp(0.05, 0.5);
        let (growth, scale, pace) = (chance.factor(0.3), chance.factor(0.4), chance.factor(0.2));
        let known = chance.normal(0.68, 0.1).clamp(0.3, 0.9);
        let unknown = chance.normal(0.18, 0.1).clamp(0.02, 0.6);
        let sure = [(unknown, 0.35), (known, 0.25)];
        let mut learner = Self { world, w, growth, scale, pace, sure, rules: vec![], chance };
        learner.rules = (0..rules).map(|_| learner.rule()).collect();
        learner
    }

    fn rule(&mut self) -> Rule {
        let c = &mut self.chance;
        let before = c.happens(KNOWN_BEFORE).then(|| Trace {
            strength: 20.0 * c.factor(0.6),
            difficulty: c.normal(5.0, 1.5).clamp(1.0, 10.0),
            fast: 0.0,
            last: -10.0,
        });
        Rule {
            traces: [before; SIBLINGS + 1],
            ease: c.normal(0.0, 1.0),
            difficulty: std::array::from_fn(|_| c.normal(0.0, ITEM_SD)),
            seen: [None; SIBLINGS],
        }
    }

    /// How hard the author of a bank takes an item to be: not quite as hard as it is.
    pub fn label(&self, rule: usize, sibling: usize) -> Difficulty {
        let noise = ((rule * SIBLINGS + sibling) as f64 * 12.9898).sin() * 0.8;
        match self.rules[rule].difficulty[sibling] + noise {
            b if b < -0.5 => Difficulty::Easy,
            b if b > 0.5 => Difficulty::Hard,
            _ => Difficulty::Medium,
        }
    }

    fn recall(&self, trace: Option<&Trace>, day: f64) -> f64 {
        let Some(trace) = trace else { return 0.0 };
        let days = (day - trace.last).max(0.0);
        match self.world.kind {
            Kind::Fsrs => {
                let factor = 0.9_f64.powf(-1.0 / self.w[20]) - 1.0;
                (1.0 + factor * days / trace.strength).powf(-self.w[20])
            }
            Kind::TwoTraces => {
                let slow = (1.0 + days / trace.strength).powf(-0.5);
                let fast = if trace.fast > 0.0 { (-days / trace.fast).exp() } else { 0.0 };
                1.0 - (1.0 - slow) * (1.0 - 0.8 * fast)
            }
            Kind::HalfLife => 0.5_f64.powf(days / trace.strength),
        }
    }

    /// A trace after a question, whose reasons are always read.
    fn after(&self, before: Option<Trace>, known: bool, ease: f64, day: f64) -> Trace {
        let recall = self.recall(before.as_ref(), day);
        let Some(t) = before else {
            let strength = match self.world.kind {
                Kind::Fsrs => self.w[0],
                Kind::TwoTraces => 0.4 * self.scale,
                Kind::HalfLife => 1.5 * self.scale,
            };
            return Trace { strength, difficulty: (self.w[4] + ease).clamp(1.0, 10.0), fast: 1.5, last: day };
        };
        let growth = self.growth * (-0.25 * ease).exp();
        let (w, s, d) = (&self.w, t.strength, t.difficulty);
        let (strength, difficulty) = match (self.world.kind, known) {
            (Kind::Fsrs, _) if day - t.last < 1.0 => {
                let change = (w[17] * (if known { 0.0 } else { -2.0 } + w[18])).exp() * s.powf(-w[19]);
                (s * if known { change.max(1.0) } else { change }, d)
            }
            (Kind::Fsrs, true) => {
                let gain = w[8].exp() * (11.0 - d) * s.powf(-w[9]) * ((w[10] * (1.0 - recall)).exp() - 1.0);
                (s * (1.0 + gain), d)
            }
            (Kind::Fsrs, false) => {
                let loss = w[11] * d.powf(-w[12]) * ((s + 1.0).powf(w[13]) - 1.0) * (w[14] * (1.0 - recall)).exp();
                (loss.min(s / (w[17] * w[18]).exp()), d + 2.0 * w[6] * (10.0 - d) / 9.0)
            }
            (Kind::TwoTraces, true) => (s * (1.0 + 4.0 * growth * (1.0 - recall)) + 0.2, d),
            (Kind::TwoTraces, false) => ((0.5 * s).max(0.4 * self.scale), d),
            (Kind::HalfLife, true) => (s * (1.0 + 2.5 * growth * (1.0 - recall).powf(0.7)), d),
            (Kind::HalfLife, false) => ((0.5 * s).max(1.5 * self.scale), d),
        };
        Trace {
            strength: strength.max(0.05),
            difficulty: difficulty.clamp(1.0, 10.0),
            fast: 1.5,
            last: day.max(t.last),
        }
    }

    /// A trace after a question on a sibling, of which half is carried over.
    fn half_after(&self, before: Option<Trace>, known: bool, ease: f64, day: f64) -> Trace {
        let after = self.after(before, known, ease, day);
        let Some(before) = before else { return Trace { strength: after.strength / 2.0, ..after } };
        Trace {
            strength: (before.strength * after.strength).sqrt(),
            difficulty: f64::midpoint(before.difficulty, after.difficulty),
            fast: after.fast,
            last: after.last,
        }
    }

    /// Answers a question and reads its reasons.
    pub fn answer(&mut self, rule: usize, sibling: usize, day: i32) -> Answer {
        let day = f64::from(day);
        let r = &self.rules[rule];
        let familiar = r.seen[sibling].map_or(0.0, |seen| 0.6 * (-(day - seen) / 10.0).exp());
        let (mut traces, ease) = (r.traces, r.ease);
        // One draw for all guises of the rule: what is known of one is likely known of the others.
        let draw = self.chance.even();
        let hard = self.rules[rule].difficulty[sibling];
        let recalled = traces.map(|t| draw < known(self.recall(t.as_ref(), day), hard));
        let known = recalled[sibling];
        let right = known || self.chance.happens(familiar) || self.chance.happens(GUESS);
        for (n, (trace, recalled)) in traces.iter_mut().zip(recalled).enumerate() {
            *trace = Some(if self.world.half && n != sibling {
                self.half_after(*trace, recalled, ease, day)
            } else {
                self.after(*trace, recalled, ease, day)
            });
        }
        let r = &mut self.rules[rule];
        (r.traces, r.seen[sibling]) = (traces, Some(day));
        let (sure, leaning) = self.sure[usize::from(known)];
        let said = self.chance.even();
        let confidence = if said < sure {
            Confidence::Sure
        } else if said < sure + leaning {
            Confidence::Leaning
        } else {
            Confidence::Guessing
        };
        let seconds = if right { 35.0 } else { 65.0 } * self.pace * self.chance.factor(0.3);
        Answer { right, confidence, seconds }
    }

    /// The expected score of an exam of questions never seen, in percent.
    pub fn score(&self, weights: &[f64], day: i32) -> f64 {
        let one = |rule: &Rule| {
            let recall = self.recall(rule.traces[SIBLINGS].as_ref(), f64::from(day));
            let at = |b: f64| GUESS + (1.0 - GUESS) * known(recall, b);
            // Gauss and Hermite's three points.
            let far = ITEM_SD * 3.0_f64.sqrt();
            at(0.0) * 2.0 / 3.0 + (at(far) + at(-far)) / 6.0
        };
        100.0 * self.rules.iter().zip(weights).map(|(rule, weight)| weight * one(rule)).sum::<f64>()
    }
}

fn known(recall: f64, difficulty: f64) -> f64 {
    let recall = recall.min(0.995);
    if recall <= 0.0 { 0.0 } else { 1.0 / (1.0 + ((1.0 - recall) / recall) * difficulty.exp()) }
}
