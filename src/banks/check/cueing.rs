//! Rule 21: no stem gives away another item's key.

use super::item::{Grade, Look, Place, Sink};
use super::sets::shared;
use super::similar::Postings;
use super::threads::in_ranges;
use crate::banks::finding::Finding;
use crate::core::bank::BankFile;
use crate::core::library::Origin;

/// The share of a key's content words that a stem must hold.
const CONTAINED: f64 = 0.8;

/// Keys of fewer content words say too little to be given away.
const FEWEST: usize = 4;

/// The most stems that are reported for one key.
const REPORTED: usize = 3;

/// Finds stems that hold the words of another item's key; flips of one scene share them by design.
pub fn check(looks: &[Look<'_>], files: &[(String, BankFile)], origin: Origin) -> Vec<(Place, Finding)> {
    let stems: Vec<Vec<u32>> =
        in_ranges(looks.len(), |range| looks[range].iter().map(|look| look.stem.stems()).collect());
    let by_word = Postings::new(&stems);
    // A word that stands in more stems than this gives nothing away.
    let common = (looks.len() / 50).max(50);
    in_ranges(looks.len(), |range| {
        let mut sink = Sink::new(files, origin);
        for look in &looks[range] {
            let Some(key) = look.key.map(|n| &look.options[n]) else { continue };
            let mut words = key.stems();
            if words.len() < FEWEST {
                continue;
            }
            let sorted = words.clone();
            let needed = (CONTAINED * words.len() as f64).ceil() as usize;
            // A stem that lacks all of the rarest words can't hold enough of the rest.
            words.sort_by_key(|&word| by_word.list(word).len());
            words.truncate(sorted.len() - needed + 1);
            let mut others: Vec<u32> = words
                .iter()
                .map(|&word| by_word.list(word))
                .filter(|list| list.len() <= common)
                .flatten()
                .copied()
                .filter(|&n| shared(&sorted, &stems[n as usize]) >= needed && looks[n as usize].root != look.root)
                .collect();
            others.sort_unstable();
            others.dedup();
            for &other in others.iter().take(REPORTED) {
                let cueing = &looks[other as usize];
                let message = format!("The stem holds the words of the key of {}: \"{}\".", look.id(), key.raw());
                let mend = "Reword the stem or that key, so that one item does not answer the other.";
                sink.report(cueing.place, (Grade::Review, "cueing"), "/stem", message, mend);
            }
        }
        sink.found
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Fixture, rules};
    use crate::core::library::Origin;

    #[test]
    fn a_stem_that_gives_a_key_away_is_found() {
        let fixture = Fixture::new();
        let found = |stem: &str, key: &str| {
            let found = fixture.findings(
                |b| {
                    b.objectives[0].items[0].options[0].text = key.into();
                    b.objectives[0].items[1].stem = stem.into();
                },
                Origin::Shipped,
            );
            rules(&found).contains(&"cueing")
        };
        let stem = "About to file a motion to quash the subpoena, a lawyer calls. What should the worker say?";
        assert!(found(stem, "File a motion to quash the subpoena"));
        assert!(found(stem, "File a written motion to quash the subpoena"), "four of five words");
        assert!(!found(stem, "File the record with the court clerk"));
        assert!(!found(stem, "Quash the subpoena"), "too short a key");
    }
}
