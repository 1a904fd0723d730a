//! Finds pairs of items that have much in common without comparing every pair.

use super::item::Look;
use super::words::{Text, fold};
use std::sync::OnceLock;

/// Which items hold a feature. Features that fall into one drawer are taken as one; whoever asks compares exactly.
pub struct Postings {
    starts: Vec<u32>,
    items: Vec<u32>,
    mask: usize,
}

impl Postings {
    /// Files the features of each item.
    pub fn new(sets: &[Vec<u32>]) -> Self {
        let total: usize = sets.iter().map(Vec::len).sum();
        let mask = total.max(1).next_power_of_two() * 2 - 1;
        let mut starts = vec![0_u32; mask + 2];
        for &feature in sets.iter().flatten() {
            starts[(feature as usize & mask) + 1] += 1;
        }
        for n in 1..starts.len() {
            starts[n] += starts[n - 1];
        }
        let mut next = starts.clone();
        let mut items = vec![0; total];
        for (item, set) in sets.iter().enumerate() {
            for &feature in set {
                let place = &mut next[feature as usize & mask];
                items[*place as usize] = item as u32;
                *place += 1;
            }
        }
        Self { starts, items, mask }
    }

    /// The items with that feature, ascending.
    pub fn list(&self, feature: u32) -> &[u32] {
        let at = feature as usize & self.mask;
        &self.items[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

/// One number for each item, of which few are set at a time.
pub struct Counter {
    counts: Vec<f32>,
    touched: Vec<u32>,
}

impl Counter {
    /// All zero.
    pub fn new(len: usize) -> Self {
        Self { counts: vec![0.0; len], touched: vec![] }
    }

    /// Adds to an item's number.
    pub fn add(&mut self, item: u32, amount: f32) {
        let count = &mut self.counts[item as usize];
        if *count == 0.0 {
            self.touched.push(item);
        }
        *count += amount;
    }

    /// Hands out all numbers that are set, and sets them to zero.
    pub fn drain(&mut self) -> impl Iterator<Item = (u32, f32)> + '_ {
        let counts = &mut self.counts;
        self.touched.drain(..).map(move |item| (item, std::mem::take(&mut counts[item as usize])))
    }
}

/// The runs of five words in an item's stem and options, as sorted hashes; a shorter text is one run.
pub fn shingles(look: &Look<'_>) -> Vec<u32> {
    let mut set = vec![];
    for text in texts(look) {
        let words: Vec<u32> = text.hashes().collect();
        let run = |run: &[u32]| {
            fold(run.iter().fold(1, |h, &w| (h ^ u64::from(w)).wrapping_mul(0x0100_0000_01b3).rotate_left(23)))
        };
        if words.len() < 5 && !words.is_empty() {
            set.push(run(&words));
        }
        set.extend(words.windows(5).map(run));
    }
    set.sort_unstable();
    set.dedup();
    set
}

/// The hashed stems of an item's stem and options, sorted and without repeats.
pub fn all_stems(look: &Look<'_>) -> Vec<u32> {
    let mut set: Vec<u32> = texts(look).flat_map(Text::stems).collect();
    set.sort_unstable();
    set.dedup();
    set
}

/// An item's stem and options.
pub fn texts<'a>(look: &'a Look<'_>) -> impl Iterator<Item = &'a Text<'a>> {
    std::iter::once(&look.stem).chain(&look.options)
}

/// The number of drawers for character runs, as a power of two.
const DRAWERS: u32 = 18;

/// The most items whose character runs are counted to tell common ones from rare ones.
const SAMPLE: usize = 1000;

/// Compares texts by their runs of three to five characters, each weighted by its rarity (TF-IDF, cosine).
pub struct Grams {
    texts: Vec<String>,
    norms: Vec<OnceLock<f32>>,
    idf: Vec<f32>,
}

impl Grams {
    /// Prepares the texts; rarity is taken from an even sample of them.
    pub fn new(looks: &[Look<'_>]) -> Self {
        let texts: Vec<String> = looks
            .iter()
            .map(|look| {
                let mut options: Vec<&Text<'_>> = look.options.iter().collect();
                options.sort_unstable_by_key(|o| o.lower());
                let mut joined = String::from(" ");
                for word in look.stem.words().chain(options.iter().flat_map(|o| o.words())) {
                    joined.push_str(word);
                    joined.push(' ');
                }
                joined
            })
            .collect();
        let step = texts.len().div_ceil(SAMPLE).max(1);
        let mut last = vec![u32::MAX; 1 << DRAWERS];
        let mut holders = vec![0_u32; 1 << DRAWERS];
        for (n, text) in texts.iter().enumerate().step_by(step) {
            grams(text, |g| {
                if last[g] != n as u32 {
                    last[g] = n as u32;
                    holders[g] += 1;
                }
            });
        }
        let sampled = texts.len().div_ceil(step) as f32;
        let idf = holders.iter().map(|&df| ((1.0 + sampled) / (1.0 + df as f32)).ln() + 1.0).collect();
        Self { norms: texts.iter().map(|_| OnceLock::new()).collect(), texts, idf }
    }

    /// A table for use on one thread.
    pub fn scratch(&self) -> Scratch<'_> {
        Scratch { grams: self, weights: vec![0.0; 1 << DRAWERS], counts: vec![0.0; 1 << DRAWERS], loaded: None }
    }
}

/// One thread's working table: the weights of the item that is compared with others.
pub struct Scratch<'a> {
    grams: &'a Grams,
    weights: Vec<f32>,
    counts: Vec<f32>,
    loaded: Option<usize>,
}

impl Scratch<'_> {
    /// The cosine of two items' texts.
    pub fn cosine(&mut self, a: usize, b: usize) -> f64 {
        let length = self.norm(a) * self.norm(b);
        if self.loaded != Some(a) {
            if let Some(old) = self.loaded {
                grams(&self.grams.texts[old], |g| self.weights[g] = 0.0);
            }
            grams(&self.grams.texts[a], |g| self.weights[g] += self.grams.idf[g] * self.grams.idf[g]);
            self.loaded = Some(a);
        }
        let mut dot = 0.0_f32;
        grams(&self.grams.texts[b], |g| dot += self.weights[g]);
        if length > 0.0 { f64::from(dot / length) } else { 0.0 }
    }

    fn norm(&mut self, item: usize) -> f32 {
        let Self { grams: known, counts, .. } = self;
        *known.norms[item].get_or_init(|| {
            let text = &known.texts[item];
            grams(text, |g| counts[g] += 1.0);
            let mut sum = 0.0;
            grams(text, |g| {
                let weight = std::mem::take(&mut counts[g]) * known.idf[g];
                sum += weight * weight;
            });
            sum.sqrt()
        })
    }
}

/// Calls `each` with the drawer of every run of three to five bytes.
fn grams(text: &str, mut each: impl FnMut(usize)) {
    let bytes = text.as_bytes();
    for (n, window) in bytes.windows(3).enumerate() {
        let three = u64::from(window[0]) | u64::from(window[1]) << 8 | u64::from(window[2]) << 16;
        let mut run = three;
        each(drawer(run, 3));
        for more in 3..5 {
            let Some(&byte) = bytes.get(n + more) else { break };
            run |= u64::from(byte) << (8 * more);
            each(drawer(run, more as u64 + 1));
        }
    }
}

fn drawer(run: u64, len: u64) -> usize {
    ((run | len << 56).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - DRAWERS)) as usize
}
