//! The price of a second: the one at which the best plans of all objectives take just the time that there is.

use super::card::Card;
use super::table::{PRICES, Table, price, price_place};

/// So many objectives stand for all.
const SAMPLE: usize = 128;
/// Halvings of the range of prices.
const HALVINGS: usize = 24;

/// Objectives alike: a card, its weight against the mean of all, and how many there are of it.
pub struct Share<'a> {
    pub card: &'a Card,
    pub weight: f32,
    pub count: f32,
}

/// The price of a second for an objective of weight 1; one of weight `w` has the price divided by `w`.
pub fn balance(table: &Table, shares: &[Share<'_>], available: f32) -> f32 {
    // Every so many-th stands for its neighbors, by the golden ratio so that no order of the bank can be in step with it.
    let kept: Vec<&Share<'_>> = if shares.len() <= SAMPLE {
        shares.iter().collect()
    } else {
        (0..SAMPLE).map(|n| &shares[(n as f64 * 0.618_033_988_749_895 % 1.0 * shares.len() as f64) as usize]).collect()
    };
    let scale = shares.iter().map(|s| s.count).sum::<f32>() / kept.iter().map(|s| s.count).sum::<f32>().max(1.0);
    let curves: Vec<[f32; PRICES]> = kept
        .iter()
        .map(|share| std::array::from_fn(|number| share.card.seconds(table, number, price(number)) * share.count))
        .collect();
    let needed = |lambda: f32| {
        let each = kept.iter().zip(&curves).map(|(share, curve)| {
            let place = price_place(lambda / share.weight);
            let low = (place as usize).min(PRICES - 2);
            curve[low] + (place - low as f32) * (curve[low + 1] - curve[low])
        });
        each.sum::<f32>() * scale
    };
    let (mut low, mut high) = (price(0).ln(), price(PRICES - 1).ln());
    for _ in 0..HALVINGS {
        let middle = f32::midpoint(low, high);
        if needed(middle.exp()) > available {
            low = middle;
        } else {
            high = middle;
        }
    }
    high.exp()
}
