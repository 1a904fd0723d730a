//! Worlds in which learners learn and forget, none of them the one that the program assumes.

use crate::chance::Chance;
use swprep::core::memory::sigmoid;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum World {
    /// Memory of a rule falls by a power of time, with exponents and speeds of each learner's own.
    Power,
    /// Memory of a rule halves in a time of its own, which doubles or shrinks.
    HalfLife,
    /// As `Power`, but three questions of ten are not understood by knowing the rule alone.
    HalfTransfer,
    /// No memory of rules: an ability for each area that grows with study and sinks in pauses, and rules of very
    /// different difficulty.
    Ability,
}

impl World {
    pub const ALL: [Self; 4] = [Self::Power, Self::HalfLife, Self::HalfTransfer, Self::Ability];

    pub fn name(self) -> &'static str {
        match self {
            Self::Power => "power of time",
            Self::HalfLife => "half-life",
            Self::HalfTransfer => "half transfer",
            Self::Ability => "drifting ability",
        }
    }
}

/// What a learner hides.
pub struct Mind {
    world: World,
    rules: Vec<Known>,
    /// By area.
    ability: Vec<f64>,
    stability: f64,
    growth: f64,
    decay: f64,
    learning: f64,
    slip: f64,
    last: i32,
    honesty: f64,
}

#[derive(Clone, Copy, Default)]
struct Known {
    area: usize,
    hardness: f64,
    /// Days; 0 where the rule was never known.
    strength: f64,
    day: i32,
    seen: f64,
}

/// A question as it is, not as its author thought.
#[derive(Clone, Copy)]
pub struct Asked {
    pub rule: usize,
    /// Logits.
    pub difficulty: f64,
    pub guess: f64,
    /// How much of an answer to this very question is still remembered, 0 to 1.
    pub remembered: f64,
    /// Whether it asks for more than its rule.
    pub beyond: bool,
}

impl Mind {
    pub fn new(world: World, areas: &[usize], chance: &mut Chance) -> Self {
        let gift = chance.normal(0.0, 0.8);
        let ability: Vec<f64> = (0..3).map(|_| gift + chance.normal(-0.1, 0.45)).collect();
        let stability = chance.normal(0.0, 0.4).exp();
        let rules = areas
            .iter()
            .map(|&area| {
                let before = chance.happens(sigmoid(ability[area] - 0.7));
                Known {
                    area,
                    hardness: chance.normal(0.0, 0.6),
                    strength: if before { chance.between(10.0, 200.0) } else { 0.0 },
                    day: -10,
                    seen: 0.0,
                }
            })
            .collect();
        Self {
            world,
            rules,
            ability,
            stability,
            growth: chance.normal(0.0, 0.25).exp(),
            decay: 0.16 * chance.normal(0.0, 0.4).exp(),
            learning: chance.between(0.001, 0.006),
            slip: chance.between(0.01, 0.07),
            last: 0,
            honesty: chance.between(0.4, 0.95),
        }
    }

    fn recall(&self, rule: usize, day: i32) -> f64 {
        let known = self.rules[rule];
        if known.strength <= 0.0 {
            return 0.0;
        }
        let days = f64::from((day - known.day).max(0));
        if self.world == World::HalfLife {
            return 0.5_f64.powf(days / known.strength);
        }
        let factor = 0.9_f64.powf(-1.0 / self.decay) - 1.0;
        (1.0 + factor * days / known.strength).powf(-self.decay)
    }

    /// The chance to know the answer, without guessing.
    pub fn knows(&self, asked: &Asked, day: i32) -> f64 {
        let known = self.rules[asked.rule];
        let rule = if self.world == World::Ability {
            let pause = 0.02 * f64::from((day - self.last - 1).max(0));
            let bump = 0.5 * known.seen.ln_1p();
            sigmoid(1.1 * self.ability[known.area] - 0.3 + bump - pause - 1.2 * known.hardness - asked.difficulty)
        } else {
            let recall = self.recall(asked.rule, day).clamp(0.005, 0.995);
            sigmoid((recall / (1.0 - recall)).ln() - asked.difficulty - 0.3 * known.hardness)
        };
        let rule = if asked.beyond { rule * 0.35 } else { rule };
        (rule + (1.0 - rule) * asked.remembered) * (1.0 - self.slip)
    }

    pub fn right(&self, asked: &Asked, day: i32) -> f64 {
        let knows = self.knows(asked, day);
        knows + (1.0 - knows) * asked.guess
    }

    /// Whether she knew, and what follows from answering and reading the reasons.
    pub fn answers(&mut self, asked: &Asked, day: i32, chance: &mut Chance) -> (bool, usize) {
        let knew = chance.happens(self.knows(asked, day));
        let right = knew || chance.happens(asked.guess);
        let recall = self.recall(asked.rule, day);
        let hardness = (-0.4 * self.rules[asked.rule].hardness).exp();
        let (stability, growth, learning) = (self.stability, self.growth, self.learning);
        let known = &mut self.rules[asked.rule];
        known.seen += 1.0;
        match self.world {
            World::HalfLife => {
                known.strength = match (known.strength > 0.0, knew) {
                    (false, _) => 4.0 * stability * hardness,
                    (true, true) => known.strength * (1.0 + 1.2 * growth * (1.0 - 0.5 * recall)),
                    (true, false) => (known.strength * 0.6).max(3.0 * stability * hardness),
                };
            }
            _ => {
                known.strength = match (known.strength > 0.0, knew) {
                    (false, _) => 1.5 * stability * hardness,
                    (true, true) => {
                        let gain = 6.0 * growth * known.strength.powf(-0.15) * (1.0 - recall).max(0.01);
                        known.strength * (1.0 + gain)
                    }
                    (true, false) => (0.9 * stability * hardness * known.strength.powf(0.25)).max(0.3),
                };
            }
        }
        known.day = day;
        let area = known.area;
        if self.world == World::Ability {
            let pause = 0.02 * f64::from((day - self.last - 1).max(0));
            for (n, ability) in self.ability.iter_mut().enumerate() {
                *ability += if n == area { learning * (1.0 - *ability / 2.0) } else { 0.2 * learning } - pause;
            }
        }
        self.last = day;
        let honest = chance.happens(self.honesty);
        let confidence = match (honest, knew) {
            (true, true) => 2,
            (true, false) => usize::from(chance.happens(0.4)),
            (false, _) => chance.below(3),
        };
        (right, confidence)
    }
}
