//! Chance from a seed: the same seed gives the same order on every machine.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A repeatable source of chance.
#[derive(Clone, Debug)]
pub struct Draw(ChaCha8Rng);

impl Draw {
    /// A source that follows from the seed.
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// Puts a slice into random order (Fisher and Yates).
    ///
    /// It is written out because a library's shuffle may change its order between versions, and a seed printed on a
    /// report must give the same form for ever.
    pub fn shuffle<T>(&mut self, slice: &mut [T]) {
        for last in (1..slice.len()).rev() {
            slice.swap(last, self.below(last + 1));
        }
    }

    /// A number from 0 to below `n`; 0 if `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        if n < 2 {
            return 0;
        }
        let n = n as u64;
        // Rejection keeps the draw even where n does not divide 2^64.
        let zone = u64::MAX - u64::MAX % n;
        loop {
            let bits: u64 = self.0.random();
            if bits < zone {
                return (bits % n) as usize;
            }
        }
    }

    /// The order in which an item's options are shown, as file positions.
    pub fn option_order(&mut self, options: usize, fixed: bool) -> Vec<u8> {
        let mut order: Vec<u8> = (0..options.min(usize::from(u8::MAX)) as u8).collect();
        if !fixed {
            self.shuffle(&mut order);
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Printed seeds are promises: this order may never change.
    #[test]
    fn a_seed_gives_the_same_order_for_ever() {
        let mut numbers: Vec<u32> = (0..10).collect();
        Draw::new(7).shuffle(&mut numbers);
        let mut again: Vec<u32> = (0..10).collect();
        Draw::new(7).shuffle(&mut again);
        assert_eq!(numbers, again);
        assert_eq!(numbers, [2, 7, 0, 6, 3, 4, 8, 1, 9, 5]);
    }

    #[test]
    fn positions_are_even() {
        let mut draw = Draw::new(1);
        let mut counts = [0_u32; 3];
        for _ in 0..3000 {
            counts[usize::from(draw.option_order(3, false)[0])] += 1;
        }
        assert!(counts.iter().all(|c| (900..1100).contains(c)), "{counts:?}");
    }

    #[test]
    fn fixed_options_stay() {
        assert_eq!(Draw::new(5).option_order(4, true), [0, 1, 2, 3]);
    }
}
