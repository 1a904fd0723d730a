//! Rule 31: can the key be guessed from the options alone? A linear classifier is trained to try.
//!
//! It sees words, pairs of words, beginnings, runs of four letters and lengths, but never the stem. Objectives are
//! dealt into five parts; each part is answered by a classifier that was trained on the other four, so that what it
//! knows comes from other objectives. It is the same on every run.

use super::super::BankTest;
use super::super::item::Look;
use super::super::lengths::detail;
use super::super::threads::in_tasks;
use super::super::words::{Text, fold};
use super::empty;
use std::collections::HashMap;

/// The number of weights.
const WEIGHTS: usize = 1 << 16;

/// The number of parts.
const PARTS: usize = 5;

/// From this many items on, less is allowed.
const MANY: usize = 600;

/// Words are named in the detail from this many uses on.
const USES: u32 = 5;

/// One item: the features of each option, and the key.
struct Puzzle {
    part: usize,
    key: usize,
    options: Vec<Vec<u32>>,
}

/// Runs the test.
pub fn test(looks: &[Look<'_>]) -> BankTest {
    const NAME: &str = "options_only_guess";
    let puzzles = puzzles(looks);
    let limit = if puzzles.len() >= MANY { 0.40 } else { 0.43 };
    let want = format!("at most {limit:.2}");
    if puzzles.is_empty() {
        return empty(NAME, &want);
    }
    // The last task learns from everything, for the list of words.
    let mut results = in_tasks(PARTS + 1, |part| {
        let known: Vec<&Puzzle> = puzzles.iter().filter(|p| p.part != part).collect();
        let weights = train(&known);
        let right = puzzles.iter().filter(|p| p.part == part).map(|p| credit(p, &weights)).sum::<f64>();
        (right, weights)
    });
    let all = results.pop().map(|(_, weights)| weights).unwrap_or_default();
    let n = puzzles.len() as f64;
    let accuracy = results.iter().map(|(right, _)| right).sum::<f64>() / n;
    let error = (accuracy * (1.0 - accuracy) / n).sqrt();
    let chance = puzzles.iter().map(|p| 1.0 / p.options.len() as f64).sum::<f64>() / n;
    let mut detail = vec![format!("{} items, standard error {error:.3}, chance {chance:.2}", puzzles.len())];
    detail.extend(telling_words(looks, &all));
    BankTest {
        name: NAME,
        value: format!("{accuracy:.2} (standard error {error:.2})"),
        want,
        ok: accuracy <= limit,
        detail,
    }
}

fn puzzles(looks: &[Look<'_>]) -> Vec<Puzzle> {
    let mut objectives: HashMap<&str, usize> = HashMap::new();
    looks
        .iter()
        .filter(|look| look.options.len() > 1)
        .filter_map(|look| {
            let next = objectives.len();
            let part = *objectives.entry(look.objective.id.as_str()).or_insert(next) % PARTS;
            Some(Puzzle { part, key: look.key?, options: (0..look.options.len()).map(|n| features(look, n)).collect() })
        })
        .collect()
}

/// The drawer of a feature; `kind` keeps a word apart from the same word at the beginning.
fn drawer(kind: u64, hash: u32) -> u32 {
    fold(u64::from(hash) | kind << 32) % WEIGHTS as u32
}

/// The drawer of a pair of words.
fn pair_drawer(first: u32, second: u32) -> u32 {
    fold(u64::from(first) << 32 | u64::from(second)) % WEIGHTS as u32
}

fn features(look: &Look<'_>, n: usize) -> Vec<u32> {
    let option = &look.options[n];
    let mut set = vec![];
    for (w, word) in option.words().enumerate() {
        set.push(drawer(0, option.hash(w)));
        if w > 0 {
            set.push(pair_drawer(option.hash(w - 1), option.hash(w)));
        }
        for run in word.as_bytes().windows(4) {
            set.push(drawer(1, u32::from_le_bytes([run[0], run[1], run[2], run[3]])));
        }
    }
    set.push(drawer(2, option.hash(0)));
    set.push(drawer(3, option.hash(option.len().saturating_sub(1))));
    let longer = look.options.iter().filter(|o| o.raw().len() < option.raw().len()).count();
    let shorter = look.options.iter().filter(|o| o.raw().len() > option.raw().len()).count();
    set.push(drawer(4, (longer * 16 + shorter) as u32));
    set.push(drawer(5, (option.len() / 2).min(20) as u32));
    if detail(option).is_some() {
        set.push(drawer(6, 0));
    }
    set.sort_unstable();
    set.dedup();
    set
}

/// Learns weights by stochastic gradient on the conditional logit: the chance that the key is the option chosen.
fn train(puzzles: &[&Puzzle]) -> Vec<f32> {
    let mut weights = vec![0.0_f32; WEIGHTS];
    let mut mean = vec![0.0_f32; WEIGHTS];
    // A large bank needs fewer rounds for the same number of steps.
    let rounds = (12_000 / puzzles.len().max(1)).clamp(3, 20);
    let mut order: Vec<usize> = (0..puzzles.len()).collect();
    let mut state = 0x5eed_u64;
    let mut scores: Vec<f32> = vec![];
    for round in 0..rounds {
        for n in (1..order.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(n, (state >> 33) as usize % (n + 1));
        }
        let rate = 1.0 / (1.0 + round as f32);
        for &n in &order {
            let puzzle = puzzles[n];
            scores.clear();
            scores.extend(puzzle.options.iter().map(|o| score(o, &weights)));
            let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            for s in &mut scores {
                *s = (*s - top).exp();
            }
            let total: f32 = scores.iter().sum();
            for (o, option) in puzzle.options.iter().enumerate() {
                let wanted = if o == puzzle.key { 1.0 } else { 0.0 };
                let step = rate * (wanted - scores[o] / total) / (option.len() as f32).sqrt();
                for &f in option {
                    weights[f as usize] += step;
                }
            }
        }
        for (m, w) in mean.iter_mut().zip(&weights) {
            *m += w / rounds as f32;
        }
    }
    mean
}

fn score(option: &[u32], weights: &[f32]) -> f32 {
    option.iter().map(|&f| weights[f as usize]).sum::<f32>() / (option.len() as f32).sqrt()
}

/// 1 if the key has the best score, a share if it is tied, else 0.
fn credit(puzzle: &Puzzle, weights: &[f32]) -> f64 {
    let scores: Vec<f32> = puzzle.options.iter().map(|o| score(o, weights)).collect();
    let best = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let tied = scores.iter().filter(|s| best - **s <= 1e-6).count();
    if best - scores[puzzle.key] <= 1e-6 { 1.0 / tied as f64 } else { 0.0 }
}

/// The words and pairs with the largest weights, each with its direction.
fn telling_words(looks: &[Look<'_>], weights: &[f32]) -> Vec<String> {
    let each = |visit: &mut dyn FnMut(u32, &Text<'_>, usize, usize)| {
        for option in looks.iter().flat_map(|look| &look.options) {
            for w in 0..option.len() {
                visit(drawer(0, option.hash(w)), option, w, 1);
                if w > 0 {
                    visit(pair_drawer(option.hash(w - 1), option.hash(w)), option, w - 1, 2);
                }
            }
        }
    };
    let mut uses = vec![0_u32; WEIGHTS];
    each(&mut |f, _, _, _| uses[f as usize] += 1);
    let mut top: Vec<u32> = (0..weights.len() as u32).filter(|&f| uses[f as usize] >= USES).collect();
    top.sort_by(|a, b| weights[*b as usize].abs().total_cmp(&weights[*a as usize].abs()).then(a.cmp(b)));
    top.truncate(16);
    let mut names: HashMap<u32, String> = HashMap::new();
    each(&mut |f, option, w, len| {
        if top.contains(&f) {
            names.entry(f).or_insert_with(|| option.quote(w, len).to_lowercase());
        }
    });
    top.iter()
        .filter_map(|f| {
            let weight = weights[*f as usize];
            let side = if weight > 0.0 { "key" } else { "distractor" };
            Some(format!("\"{}\" points to a {side} ({weight:+.2}, {} uses)", names.get(f)?, uses[*f as usize]))
        })
        .collect()
}
