//! Rule 20: no item twice, and none that is nearly another.

use super::item::{Grade, Look, Place, Sink};
use super::sets::jaccard;
use super::similar::{Counter, Grams, Postings, Scratch, all_stems, shingles, texts};
use super::threads::{both, in_ranges};
use super::words::Text;
use crate::banks::finding::Finding;
use crate::core::bank::BankFile;
use crate::core::library::Origin;
use std::collections::HashMap;

/// A feature of more items than this says little; such items are only compared with the one before in its list.
const COMMON: usize = 64;

/// The most candidates that are compared exactly for one item.
const CANDIDATES: usize = 5;

/// The most pairs that are reported for one item.
const REPORTED: usize = 3;

/// Two items that are too much alike.
struct Pair {
    other: usize,
    grade: Grade,
    jaccard: f64,
    cosine: f64,
}

/// Finds items that repeat or nearly repeat an earlier one; flips of one scene are meant to be alike.
pub fn check(looks: &[Look<'_>], files: &[(String, BankFile)], origin: Origin) -> Vec<(Place, Finding)> {
    let index = Index::new(looks);
    let mut found = exact(looks, &index.whole, files, origin);
    found.extend(in_ranges(looks.len(), |range| {
        let mut sink = Sink::new(files, origin);
        let mut counter = Counter::new(looks.len());
        let mut scratch = index.grams.scratch();
        for n in range {
            for pair in index.pairs(looks, n, &mut counter, &mut scratch) {
                report(looks, n, &pair, &mut sink);
            }
        }
        sink.found
    }));
    found
}

/// Items whose words are all the same, however the options stand.
fn exact(looks: &[Look<'_>], whole: &[u64], files: &[(String, BankFile)], origin: Origin) -> Vec<(Place, Finding)> {
    let mut sink = Sink::new(files, origin);
    let mut seen: HashMap<u64, usize> = HashMap::with_capacity(looks.len());
    for (n, look) in looks.iter().enumerate() {
        let first = *seen.entry(whole[n]).or_insert(n);
        if first != n {
            let message = format!("The item is the same as {}: \"{}\".", looks[first].id(), look.stem.quote(0, 8));
            sink.report(look.place, (Grade::Fatal, "duplicate"), "/stem", message, "Take one of the two out.");
        }
    }
    sink.found
}

/// Adds a word to a hash.
fn mix(hash: u64, word: u32) -> u64 {
    (hash ^ u64::from(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
}

/// A hash of all words, with the options in an order of their own.
fn whole(look: &Look<'_>) -> u64 {
    let of = |text: &Text<'_>| text.hashes().fold(7, mix);
    let mut options: Vec<u64> = look.options.iter().map(of).collect();
    options.sort_unstable();
    options.iter().fold(of(&look.stem), |h, o| mix(h, (*o >> 32) as u32 ^ *o as u32))
}

/// What is known of all items: their runs of words, their stems, their runs of characters.
struct Index {
    runs: Vec<Vec<u32>>,
    stems: Vec<Vec<u32>>,
    by_run: Postings,
    by_stem: Postings,
    lengths: Vec<f32>,
    grams: Grams,
    whole: Vec<u64>,
}

impl Index {
    fn new(looks: &[Look<'_>]) -> Self {
        let runs = || {
            let runs = in_ranges(looks.len(), |range| looks[range].iter().map(shingles).collect());
            (Postings::new(&runs), runs)
        };
        let stems = || {
            let stems: Vec<Vec<u32>> = looks.iter().map(all_stems).collect();
            let by_stem = Postings::new(&stems);
            let weight = |stem: &u32| rarity(looks.len(), by_stem.list(*stem).len()).powi(2);
            let lengths = stems.iter().map(|set| set.iter().map(weight).sum::<f32>().sqrt()).collect();
            (stems, by_stem, lengths, looks.iter().map(whole).collect())
        };
        let ((stems, by_stem, lengths, whole), ((by_run, runs), grams)) = both(stems, || (runs(), Grams::new(looks)));
        Self { runs, stems, by_run, by_stem, lengths, grams, whole }
    }

    /// Earlier items that are too much like item `n`, the most alike first.
    fn pairs(&self, looks: &[Look<'_>], n: usize, counter: &mut Counter, scratch: &mut Scratch<'_>) -> Vec<Pair> {
        let mut pairs: Vec<Pair> = self
            .candidates(n, counter)
            .into_iter()
            .filter(|&other| looks[other].root != looks[n].root && self.whole[other] != self.whole[n])
            .filter_map(|other| {
                let jaccard = jaccard(&self.runs[n], &self.runs[other]);
                // The costlier figure is taken only where it can change the verdict.
                let cosine = if jaccard < 0.50 { scratch.cosine(n, other) } else { 1.0 };
                let grade = if jaccard >= 0.50 || cosine >= 0.85 {
                    Grade::Block
                } else if jaccard >= 0.25 || cosine >= 0.65 {
                    Grade::Review
                } else {
                    return None;
                };
                Some(Pair { other, grade, jaccard, cosine })
            })
            .collect();
        pairs.sort_by(|a, b| b.jaccard.total_cmp(&a.jaccard).then(b.cosine.total_cmp(&a.cosine)));
        pairs.truncate(REPORTED);
        pairs
    }

    /// Earlier items that share rare runs of words, or much of the rare vocabulary.
    fn candidates(&self, n: usize, counter: &mut Counter) -> Vec<usize> {
        let mut ranked: Vec<(f32, u32)> = vec![];
        for &run in &self.runs[n] {
            for &other in earlier(self.by_run.list(run), n) {
                counter.add(other, 1.0);
            }
        }
        let size = |other: u32| (self.runs[n].len() + self.runs[other as usize].len()) as f32;
        // A Jaccard index of .25 means sharing a fifth of both sizes; half of that may be in common runs.
        ranked.extend(
            counter.drain().map(|(other, count)| (count / size(other) * 5.0, other)).filter(|(s, _)| *s >= 0.5),
        );
        for &stem in &self.stems[n] {
            let list = self.by_stem.list(stem);
            let weight = rarity(self.stems.len(), list.len()).powi(2);
            for &other in earlier(list, n) {
                counter.add(other, weight);
            }
        }
        let cosine =
            |other: u32, sum: f32| sum / (self.lengths[n] * self.lengths[other as usize]).max(f32::MIN_POSITIVE);
        ranked.extend(counter.drain().map(|(other, sum)| (cosine(other, sum), other)).filter(|(s, _)| *s >= 0.35));
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut chosen: Vec<usize> = vec![];
        for (_, other) in ranked {
            if chosen.len() < CANDIDATES && !chosen.contains(&(other as usize)) {
                chosen.push(other as usize);
            }
        }
        chosen
    }
}

/// The weight of a word by how few items have it.
fn rarity(items: usize, holders: usize) -> f32 {
    ((1.0 + items as f32) / (1.0 + holders as f32)).ln() + 1.0
}

/// The items before `n` in a list; of a long list the last one only.
fn earlier(list: &[u32], n: usize) -> &[u32] {
    let end = list.partition_point(|&item| (item as usize) < n);
    let start = if list.len() > COMMON { end.saturating_sub(1) } else { 0 };
    &list[start..end]
}

fn report(looks: &[Look<'_>], n: usize, pair: &Pair, sink: &mut Sink<'_>) {
    let (look, other) = (&looks[n], &looks[pair.other]);
    let message = format!(
        "The item is much like {} ({}): both say \"{}\".",
        other.id(),
        if pair.jaccard >= 0.25 {
            format!("{:.0} % of their five-word runs are the same", pair.jaccard * 100.0)
        } else {
            format!("likeness {:.2}", pair.cosine)
        },
        longest_common(look, other),
    );
    let mend = "Give it another scene and another decision, or mark it as a flip.";
    sink.report(look.place, (pair.grade, "near-duplicate"), "/stem", message, mend);
}

/// The longest run of words that two items share, as it stands in the first.
fn longest_common<'a>(a: &'a Look<'_>, b: &Look<'_>) -> &'a str {
    let mut best = (0, "");
    for one in texts(a) {
        for other in texts(b) {
            for i in 0..one.len() {
                for j in 0..other.len() {
                    if i > 0 && j > 0 && one.hash(i - 1) == other.hash(j - 1) {
                        continue;
                    }
                    let run = (0..(one.len() - i).min(other.len() - j))
                        .take_while(|k| one.hash(i + k) == other.hash(j + k))
                        .count();
                    if run > best.0 {
                        best = (run, one.quote(i, run));
                    }
                }
            }
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Fixture, rules, synthetic};
    use super::super::{check_items, look_at};
    use super::*;
    use crate::core::bank::Item;

    fn second_stem(of: &str, change: impl Fn(&mut Item)) -> Vec<&'static str> {
        let fixture = Fixture::new();
        let found = fixture.findings(
            |b| {
                b.objectives[0].items[0].stem = of.into();
                let mut twin = b.objectives[0].items[0].clone();
                twin.id = "ethics-0002".into();
                change(&mut twin);
                b.objectives[0].items[1] = twin;
            },
            Origin::Shipped,
        );
        rules(&found).into_iter().filter(|rule| rule.contains("duplicate")).collect()
    }

    #[test]
    fn copies_are_found_and_flips_are_not() {
        let stem = "A school social worker learns that a boy of nine sleeps in class because he cares for his sick \
                    mother at night and has told nobody. What should the social worker do first?";
        assert_eq!(second_stem(stem, |_| {}), ["duplicate"]);
        assert_eq!(second_stem(stem, |i| i.options.reverse()), ["duplicate"]);
        let nine = |i: &mut Item| i.stem = i.stem.replace("nine", "eleven");
        assert_eq!(second_stem(stem, nine), ["near-duplicate"]);
        assert_eq!(
            second_stem(stem, |i| {
                nine(i);
                i.flip_of = Some("ethics-0001".into());
            }),
            Vec::<&str>::new()
        );
        let other = |i: &mut Item| {
            i.stem =
                "At a hospice a widower asks the chaplain whether he may keep the ring. Which reply is best?".into();
            for (option, text) in i.options.iter_mut().zip(["Say yes today", "Ask the nurse", "Call the sister"]) {
                option.text = text.into();
            }
        };
        assert_eq!(second_stem(stem, other), Vec::<&str>::new());
    }

    /// The short cuts lose no pair that comparing everything with everything would find.
    #[test]
    fn no_pair_is_lost_to_speed() {
        let mut bank = synthetic(60, 1);
        for objective in &mut bank.objectives {
            let (first, rest) = objective.items.split_at_mut(1);
            rest[0].stem = first[0].stem.replace("the", "their").replace("who", "that");
            rest[0].options.clone_from(&first[0].options);
        }
        let files = [("a.json".to_owned(), bank)];
        let looks = look_at(&files, |look| look);
        let index = Index::new(&looks);
        let (mut counter, mut scratch) = (Counter::new(looks.len()), index.grams.scratch());
        let mut all = 0;
        for n in 0..looks.len() {
            let found: Vec<usize> =
                index.pairs(&looks, n, &mut counter, &mut scratch).into_iter().map(|p| p.other).collect();
            let alike = (0..n)
                .filter(|&m| looks[m].root != looks[n].root && index.whole[m] != index.whole[n])
                .filter(|&m| jaccard(&index.runs[n], &index.runs[m]) >= 0.25 || scratch.cosine(n, m) >= 0.65);
            let alike: Vec<usize> = alike.collect();
            all += alike.len();
            assert!(alike.len() > REPORTED || alike.iter().all(|m| found.contains(m)), "{n}: {alike:?} {found:?}");
        }
        assert!(all >= 10, "{all}");
    }

    #[test]
    fn a_copy_is_found_however_many_there_are() {
        let mut bank = synthetic(300, 2);
        let twin = bank.objectives[0].items[0].clone();
        for (n, item) in bank.objectives.iter_mut().flat_map(|o| &mut o.items).enumerate() {
            item.stem = format!("{} {n}", twin.stem);
            item.options.clone_from(&twin.options);
        }
        let found = check_items(&[("a.json".to_owned(), bank)], &Fixture::new().reference, Origin::Shipped);
        assert_eq!(
            found
                .iter()
                .filter(|f| f.rule == "near-duplicate")
                .map(|f| &f.id)
                .collect::<std::collections::BTreeSet<_>>()
                .len(),
            299
        );
    }
}
