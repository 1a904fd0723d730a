//! Chance for learners that are made up.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

pub struct Chance(ChaCha8Rng);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// From 0 to below 1.
    pub fn unit(&mut self) -> f64 {
        (self.0.random::<u64>() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn happens(&mut self, chance: f64) -> bool {
        self.unit() < chance
    }

    pub fn below(&mut self, n: usize) -> usize {
        ((self.unit() * n as f64) as usize).min(n.saturating_sub(1))
    }

    /// A normal number (Box and Muller).
    pub fn normal(&mut self, mean: f64, sd: f64) -> f64 {
        let (a, b) = (1.0 - self.unit(), self.unit());
        mean + sd * (-2.0 * a.ln()).sqrt() * (std::f64::consts::TAU * b).cos()
    }

    /// A factor around 1.
    pub fn factor(&mut self, sd: f64) -> f64 {
        self.normal(0.0, sd).exp()
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}
