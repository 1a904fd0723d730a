//! Rules 4, 6, 7, 11 and 12 over the bank: length, detail, absolutes, echoes and likeness of the keys.

use super::super::BankTest;
use super::super::item::Look;
use super::super::lengths::detail;
use super::super::sets::jaccard;
use super::super::wording::{Echo, echo, lone_absolute};
use super::super::words::Text;
use super::{LARGE, allowance, empty, z_score};
use std::cmp::Ordering;

/// All tests of keys.
pub fn tests(looks: &[Look<'_>]) -> Vec<BankTest> {
    vec![
        extreme("key_longest", looks, Ordering::Greater, (0.28, 0.38)),
        extreme("key_shortest", looks, Ordering::Less, (0.28, 0.40)),
        ratio(looks),
        absolutes(looks),
        details(looks),
        clang(looks),
        convergence(looks),
    ]
}

/// How often the key is the one option that outdoes all others in length; ties are left out.
fn extreme(name: &'static str, looks: &[Look<'_>], wins: Ordering, (low, high): (f64, f64)) -> BankTest {
    let (mut hits, mut of, mut chance) = (0, 0, 0.0);
    for look in looks {
        let Some(key) = look.key else { continue };
        let sizes: Vec<usize> = look.options.iter().map(|o| o.raw().chars().count()).collect();
        let winner =
            (0..sizes.len()).find(|&n| sizes.iter().enumerate().all(|(m, size)| m == n || sizes[n].cmp(size) == wins));
        if let Some(n) = winner {
            of += 1;
            hits += usize::from(n == key);
            chance += 1.0 / sizes.len() as f64;
        }
    }
    let want = format!("{low:.2} to {high:.2}");
    if of == 0 {
        return empty(name, &want);
    }
    let share = hits as f64 / of as f64;
    let z = z_score(hits, of, chance / of as f64);
    let ok = if of < LARGE {
        (low..=high).contains(&share) || z.abs() <= 2.0
    } else {
        (low..=high).contains(&share) && z.abs() <= 2.5
    };
    let detail =
        vec![format!("{hits} of {of} items that have one such option; chance {:.2}, z {z:.1}", chance / of as f64)];
    BankTest { name, value: format!("{share:.2}"), want, ok, detail }
}

/// The mean number of words of keys over that of distractors.
fn ratio(looks: &[Look<'_>]) -> BankTest {
    const NAME: &str = "key_length_ratio";
    let pairs: Vec<(f64, f64)> = looks
        .iter()
        .filter_map(Look::parts)
        .map(|(key, others)| {
            let mean = others.iter().map(|o| o.len()).sum::<usize>() as f64 / others.len() as f64;
            (key.len() as f64, mean)
        })
        .collect();
    let n = pairs.len() as f64;
    let distractors = pairs.iter().map(|(_, d)| d).sum::<f64>();
    if distractors == 0.0 {
        return empty(NAME, "0.95 to 1.05");
    }
    let share = pairs.iter().map(|(k, _)| k).sum::<f64>() / distractors;
    let mean = pairs.iter().map(|(k, d)| k - d).sum::<f64>() / n;
    let spread = pairs.iter().map(|(k, d)| (k - d - mean).powi(2)).sum::<f64>() / n;
    let z = if spread > 0.0 { mean / (spread / n).sqrt() } else { 0.0 };
    let ok = (0.95..=1.05).contains(&share) || (pairs.len() < LARGE && spread > 0.0 && z.abs() <= 2.0);
    let detail = vec![format!("keys differ from their distractors by {mean:+.2} words on average, z {z:.1}")];
    BankTest { name: NAME, value: format!("{share:.2}"), want: "0.95 to 1.05".into(), ok, detail }
}

/// Items in which only distractors have absolutes.
fn absolutes(looks: &[Look<'_>]) -> BankTest {
    let found: Vec<String> =
        looks.iter().filter_map(|look| lone_absolute(look).map(|(_, word)| format!("{}: {word}", look.id()))).collect();
    let share = found.len() as f64 / looks.len().max(1) as f64;
    let ok = found.len() <= allowance(0.03, looks.len(), 2);
    BankTest { name: "absolutes", value: format!("{share:.3}"), want: "at most 0.03".into(), ok, detail: found }
}

/// The rate of details in keys over that in distractors.
fn details(looks: &[Look<'_>]) -> BankTest {
    const NAME: &str = "detail_cues";
    let (mut keys, mut in_keys, mut others, mut in_others) = (0, 0, 0, 0);
    for (key, distractors) in looks.iter().filter_map(Look::parts) {
        keys += 1;
        in_keys += usize::from(detail(key).is_some());
        others += distractors.len();
        in_others += distractors.iter().filter(|d| detail(d).is_some()).count();
    }
    if in_keys + in_others == 0 {
        return BankTest { value: "none".into(), ..empty(NAME, "at most 1.15") };
    }
    let (a, b) = (in_keys as f64 / f64::from(keys), in_others as f64 / others as f64);
    let pooled = (in_keys + in_others) as f64 / (f64::from(keys) + others as f64);
    let error = (pooled * (1.0 - pooled) * (1.0 / f64::from(keys) + 1.0 / others as f64)).sqrt();
    let ratio = a / b.max(f64::MIN_POSITIVE);
    let ok = ratio <= 1.15 || (a - b) <= 2.0 * error;
    let detail = vec![format!("{in_keys} of {keys} keys, {in_others} of {others} distractors")];
    BankTest {
        name: NAME,
        value: if b > 0.0 { format!("{ratio:.2}") } else { "keys only".into() },
        want: "at most 1.15".into(),
        ok,
        detail,
    }
}

/// Where one option alone repeats a word of the stem: how much likelier that is the key than a given distractor.
fn clang(looks: &[Look<'_>]) -> BankTest {
    const NAME: &str = "clang";
    const WANT: &str = "0.60 to 1.20";
    let (mut keys, mut others, mut chance) = (vec![], vec![], 0.0);
    for look in looks {
        match echo(look) {
            Echo::Key(words) => keys.push(format!("{}: the key repeats {}", look.id(), words.join(", "))),
            Echo::Distractors(1) => others.push(format!("{}: a distractor repeats a word", look.id())),
            _ => continue,
        }
        chance += 1.0 / look.options.len() as f64;
    }
    let of = keys.len() + others.len();
    if of == 0 {
        return empty(NAME, WANT);
    }
    let chance = chance / of as f64;
    let per_distractor = others.len() as f64 * chance / (1.0 - chance);
    let ratio = keys.len() as f64 / per_distractor.max(f64::MIN_POSITIVE);
    let z = z_score(keys.len(), of, chance);
    // Keys that avoid the stem's words give distractors away just as well.
    let ok = (0.6..=1.2).contains(&ratio) || z.abs() <= 2.0;
    let count = keys.len();
    let mut detail =
        vec![format!("one option alone repeats words of the stem in {of} items; in {count} it is the key (z {z:+.1})")];
    detail.extend(if ratio > 1.0 { keys } else { others });
    let value = if per_distractor > 0.0 { format!("{ratio:.2}") } else { "keys only".into() };
    BankTest { name: NAME, value, want: WANT.into(), ok, detail }
}

/// How often the key shares the most with the other options; ties are left out.
fn convergence(looks: &[Look<'_>]) -> BankTest {
    const NAME: &str = "convergence";
    const WANT: &str = "at most 0.40, or no more than chance explains";
    let (mut hits, mut of, mut chance) = (0, 0, 0.0);
    for look in looks {
        let Some(key) = look.key else { continue };
        let sets: Vec<Vec<u32>> = look.options.iter().map(Text::stems).collect();
        let sums: Vec<f64> = (0..sets.len())
            .map(|n| (0..sets.len()).filter(|&m| m != n).map(|m| jaccard(&sets[n], &sets[m])).sum())
            .collect();
        let winner = (0..sums.len()).find(|&n| sums.iter().enumerate().all(|(m, sum)| m == n || sums[n] > *sum + 1e-9));
        if let Some(n) = winner {
            of += 1;
            hits += usize::from(n == key);
            chance += 1.0 / sums.len() as f64;
        }
    }
    if of == 0 {
        return empty(NAME, WANT);
    }
    let share = hits as f64 / of as f64;
    let z = z_score(hits, of, chance / of as f64);
    let ok = share <= 0.40 || (of < LARGE && z <= 2.5);
    let detail =
        vec![format!("{hits} of {of} items that have one such option; chance {:.2}, z {z:.1}", chance / of as f64)];
    BankTest { name: NAME, value: format!("{share:.2}"), want: WANT.into(), ok, detail }
}
