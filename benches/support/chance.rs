//! Chance for simulations: even and normal numbers from a seed.

#![allow(dead_code, reason = "each benchmark uses a part of it")]

use swprep::core::draw::Draw;

pub struct Chance(Draw);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(Draw::new(seed))
    }

    /// Between 0 and 1.
    pub fn even(&mut self) -> f64 {
        (self.0.below(1 << 30) as f64 + 0.5) / f64::from(1 << 30)
    }

    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.even()
    }

    pub fn normal(&mut self, mean: f64, sd: f64) -> f64 {
        let radius = (-2.0 * self.even().ln()).sqrt();
        mean + sd * radius * (std::f64::consts::TAU * self.even()).cos()
    }

    /// A factor around 1.
    pub fn factor(&mut self, sd: f64) -> f64 {
        self.normal(0.0, sd).exp()
    }

    pub fn happens(&mut self, chance: f64) -> bool {
        self.even() < chance
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0.below(n)
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        self.0.shuffle(list);
    }
}
