//! Items that would give one another away.

use crate::core::bank::{Item, ItemId};
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// A key shorter than this is no cue: its words stand anywhere.
const FEWEST_WORDS: usize = 3;

/// The items of a form so far, as far as they could give others away.
#[derive(Default)]
pub(super) struct Cues {
    items: HashSet<ItemId>,
    /// Items whose scenes chosen ones vary.
    flips: HashSet<ItemId>,
    stems: Vec<Vec<String>>,
    /// By the first words of what stands in them: places of the stems.
    by_words: HashMap<u64, Vec<usize>>,
    keys: HashMap<u64, Vec<Vec<String>>>,
}

impl Cues {
    /// Whether an item gives a chosen one away, or is given away by one: its key stands in a stem, or one varies the
    /// scene of the other.
    pub fn clash(&self, item: &Item) -> bool {
        let varies = |of: &ItemId| self.items.contains(of) || self.flips.contains(of);
        let flips = self.flips.contains(&item.id) || item.flip_of.as_ref().is_some_and(varies);
        if flips {
            return true;
        }
        let (key, stem) = (key_words(item), words(&item.stem));
        let told = |places: &Vec<usize>| places.iter().any(|p| holds(&self.stems[*p], &key));
        if key.len() >= FEWEST_WORDS && self.by_words.get(&beginning(&key)).is_some_and(told) {
            return true;
        }
        let tells = |window: &[String]| {
            self.keys.get(&beginning(window)).is_some_and(|keys| keys.iter().any(|key| holds(&stem, key)))
        };
        stem.windows(FEWEST_WORDS).any(tells)
    }

    /// Takes an item into the form.
    pub fn add(&mut self, item: &Item) {
        let (key, stem) = (key_words(item), words(&item.stem));
        self.items.insert(item.id.clone());
        self.flips.extend(item.flip_of.clone());
        for window in stem.windows(FEWEST_WORDS) {
            self.by_words.entry(beginning(window)).or_default().push(self.stems.len());
        }
        self.stems.push(stem);
        if key.len() >= FEWEST_WORDS {
            self.keys.entry(beginning(&key)).or_default().push(key);
        }
    }
}

fn key_words(item: &Item) -> Vec<String> {
    item.options.get(item.key_index()).map(|o| words(&o.text)).unwrap_or_default()
}

/// The words of a text in small letters, without signs.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

fn holds(text: &[String], part: &[String]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

fn beginning(words: &[String]) -> u64 {
    let mut hasher = DefaultHasher::new();
    words[..FEWEST_WORDS].hash(&mut hasher);
    hasher.finish()
}
