//! Rules 32 and 33: single words, pairs of words and first words that go with the key or with distractors.

use super::super::BankTest;
use super::super::item::Look;
use super::allowance;
use std::collections::{BTreeMap, HashMap};

/// Words are judged from this many uses on.
const USES: u32 = 20;

/// The largest |z| that chance is trusted to explain.
const LIMIT: f64 = 3.5;

/// First words are judged from this many uses on.
const FIRST_USES: usize = 30;

/// First words that name no act.
const NO_VERB: [&str; 28] = [
    "a", "about", "after", "an", "as", "at", "both", "by", "for", "he", "her", "his", "how", "in", "it", "no", "of",
    "on", "one", "she", "that", "the", "their", "they", "to", "with", "yes", "you",
];

/// Both tests.
pub fn tests(looks: &[Look<'_>]) -> Vec<BankTest> {
    vec![words(looks), first_words(looks)]
}

/// How often a word or pair stands in options, in keys, and would by chance; and a place where it stands.
#[derive(Clone, Copy)]
struct Tally {
    uses: u32,
    keys: u32,
    chance: f64,
    at: (usize, usize, usize, usize),
}

fn words(looks: &[Look<'_>]) -> BankTest {
    let mut tallies: HashMap<u64, Tally> = HashMap::new();
    for (n, look) in looks.iter().enumerate() {
        let Some(key) = look.key else { continue };
        for (o, option) in look.options.iter().enumerate() {
            let single: Vec<u64> = option.hashes().map(u64::from).collect();
            let ones = single.iter().enumerate().map(|(w, &h)| (h, w, 1));
            let twos = single.windows(2).enumerate().map(|(w, p)| (p[0] << 32 | p[1], w, 2));
            let mut seen: Vec<(u64, usize, usize)> = ones.chain(twos).collect();
            seen.sort_unstable();
            seen.dedup_by_key(|(h, ..)| *h);
            for (h, w, len) in seen {
                let tally = tallies.entry(h).or_insert(Tally { uses: 0, keys: 0, chance: 0.0, at: (n, o, w, len) });
                tally.uses += 1;
                tally.keys += u32::from(o == key);
                tally.chance += 1.0 / look.options.len() as f64;
            }
        }
    }
    let mut judged: Vec<(f64, Tally)> = tallies
        .into_values()
        .filter(|t| t.uses >= USES)
        .map(|t| {
            let p = t.chance / f64::from(t.uses);
            ((f64::from(t.keys) - t.chance) / (t.chance * (1.0 - p)).sqrt(), t)
        })
        .collect();
    judged.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()).then(a.1.at.cmp(&b.1.at)));
    let name = |t: &Tally| looks[t.at.0].options[t.at.1].quote(t.at.2, t.at.3).to_lowercase();
    let line = |(z, t): &(f64, Tally)| format!("\"{}\": {} of {} uses in keys, z {z:+.1}", name(t), t.keys, t.uses);
    let tells = judged.iter().filter(|(z, _)| z.abs() > LIMIT).count();
    let largest = judged.first().map_or(0.0, |(z, _)| z.abs());
    // A few words below the limit are worth a writer's look as well.
    let detail = judged.iter().enumerate().take_while(|(n, (z, _))| z.abs() > LIMIT || (*n < 10 && z.abs() > 2.0));
    BankTest {
        name: "word_tells",
        value: format!("{tells} of {} words, largest |z| {largest:.1}", judged.len()),
        want: format!("no |z| above {LIMIT} ({USES} uses or more)"),
        ok: tells == 0,
        detail: detail.map(|(_, entry)| line(entry)).collect(),
    }
}

fn first_words(looks: &[Look<'_>]) -> BankTest {
    let mut counts: BTreeMap<&str, (usize, usize, f64)> = BTreeMap::new();
    let mut keys = 0;
    for look in looks {
        let Some(key) = look.key else { continue };
        keys += 1;
        for (n, option) in look.options.iter().enumerate().filter(|(_, o)| !o.is_empty()) {
            let entry = counts.entry(option.word(0)).or_default();
            entry.0 += 1;
            entry.1 += usize::from(n == key);
            entry.2 += 1.0 / look.options.len() as f64;
        }
    }
    let limit = allowance(0.08, keys, 5);
    let mut faults = vec![];
    let mut worth_a_look = vec![];
    for (word, (uses, in_keys, chance)) in counts {
        let share = in_keys as f64 / uses as f64;
        let z = (in_keys as f64 - chance) / (chance * (1.0 - chance / uses as f64)).sqrt();
        let line = format!("\"{word}\" begins {in_keys} keys of {uses} options ({share:.2}, z {z:+.1})");
        let outside = uses >= FIRST_USES && !(0.22..=0.45).contains(&share);
        // Chance alone moves 30 uses by 9 points; what it explains is shown, but is no fault.
        if outside && z.abs() > 3.0 {
            faults.push(line);
        } else if in_keys > limit && NO_VERB.binary_search(&word).is_err() {
            faults.push(format!("\"{word}\" begins {in_keys} of {keys} keys ({:.2})", in_keys as f64 / keys as f64));
        } else if outside {
            worth_a_look.push(line);
        }
    }
    let value = format!("{} outside", faults.len());
    let ok = faults.is_empty();
    faults.extend(worth_a_look);
    let want = format!("each 0.22 to 0.45 keys ({FIRST_USES} uses or more), no verb in more than 0.08 of keys");
    BankTest { name: "first_words", value, want, ok, detail: faults }
}
