//! Rules 19 and 22: openings, questions, ages and names that come back too often.

use super::super::BankTest;
use super::super::item::Look;
use super::super::prose::sentences;
use super::super::words::Text;
use super::{allowance, ranked};
use std::collections::{BTreeMap, BTreeSet};

/// The most entries that a test lists.
const LISTED: usize = 12;

/// Ages as words.
const AGES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

/// Common first names, for stems that name a client without a title.
const NAMES: &[&str] = &[
    "aaron",
    "adam",
    "aisha",
    "alex",
    "alice",
    "alicia",
    "ali",
    "amy",
    "ana",
    "andrea",
    "andrew",
    "angela",
    "anna",
    "anthony",
    "antonio",
    "ben",
    "brian",
    "carlos",
    "carmen",
    "carol",
    "chris",
    "claire",
    "daniel",
    "darnell",
    "david",
    "deborah",
    "diana",
    "diego",
    "elena",
    "elizabeth",
    "emily",
    "emma",
    "eric",
    "fatima",
    "frank",
    "gabriel",
    "george",
    "hannah",
    "hassan",
    "helen",
    "henry",
    "isabel",
    "jack",
    "jacob",
    "jamal",
    "james",
    "jane",
    "jasmine",
    "javier",
    "jennifer",
    "jessica",
    "joe",
    "john",
    "jordan",
    "jorge",
    "jose",
    "joseph",
    "juan",
    "julia",
    "karen",
    "kate",
    "kevin",
    "kim",
    "laura",
    "lena",
    "leo",
    "linda",
    "lisa",
    "luis",
    "luke",
    "malik",
    "marcus",
    "maria",
    "mary",
    "matthew",
    "maya",
    "mei",
    "michael",
    "miguel",
    "mohammed",
    "nadia",
    "nancy",
    "nina",
    "noah",
    "oliver",
    "olivia",
    "omar",
    "pablo",
    "paul",
    "peter",
    "priya",
    "rachel",
    "ravi",
    "rebecca",
    "robert",
    "rosa",
    "ruth",
    "ryan",
    "samir",
    "samuel",
    "sandra",
    "sara",
    "sarah",
    "sofia",
    "steven",
    "susan",
    "tanya",
    "thomas",
    "tyrone",
    "victor",
    "william",
    "yusuf",
];

/// All tests of repetition.
pub fn tests(looks: &[Look<'_>]) -> Vec<BankTest> {
    let openings = count(looks, |look| vec![(0..4).map(|n| look.stem.word(n)).collect::<Vec<_>>().join(" ")]);
    let lead_ins = count(looks, |look| {
        let question = Text::new(sentences(look.stem.raw()).pop().unwrap_or_default());
        vec![question.words().collect::<Vec<_>>().join(" ")]
    });
    let named = count(looks, |look| names(&look.stem));
    let with_names = looks.iter().filter(|look| !names(&look.stem).is_empty()).count();
    let workers =
        looks.iter().filter(|l| ["a", "social", "worker"].iter().enumerate().all(|(n, w)| l.stem.word(n) == *w));
    let items = looks.len();
    vec![
        most("openings", openings, items, (0.03, 3)),
        at_most("social_worker_openings", workers.count(), items, 0.30),
        most("lead_ins", lead_ins, items, (0.08, 3)),
        most("ages", count(looks, |look| ages(&look.stem)), items, (0.04, 4)),
        most("names", named, items, (0.005, 2)),
        at_most("named_clients", with_names, items, 0.40),
    ]
}

/// In how many items each thing stands.
fn count(looks: &[Look<'_>], of: impl Fn(&Look<'_>) -> Vec<String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for look in looks {
        for thing in of(look).into_iter().collect::<BTreeSet<_>>() {
            *counts.entry(thing).or_insert(0) += 1;
        }
    }
    counts
}

/// No one thing may stand in more than a share of the items, or in a few.
fn most(name: &'static str, counts: BTreeMap<String, usize>, items: usize, (share, few): (f64, usize)) -> BankTest {
    let limit = allowance(share, items, few);
    let list = ranked(counts);
    let top = list.first().map_or(0, |(_, count)| *count);
    let value = match list.first() {
        Some((thing, count)) => format!("{:.3} \"{thing}\"", *count as f64 / items.max(1) as f64),
        None => "none".into(),
    };
    let detail = list
        .iter()
        .take_while(|(_, n)| *n > 1)
        .take(LISTED)
        .map(|(thing, n)| format!("{n} times \"{thing}\""))
        .collect();
    BankTest { name, value, want: format!("each at most {share} ({limit} items)"), ok: top <= limit, detail }
}

fn at_most(name: &'static str, hits: usize, items: usize, share: f64) -> BankTest {
    let value = hits as f64 / items.max(1) as f64;
    let detail = vec![format!("{hits} of {items} items")];
    BankTest { name, value: format!("{value:.2}"), want: format!("at most {share:.2}"), ok: value <= share, detail }
}

/// The ages of the people in a stem: "35-year-old", "aged 35", "35 years old".
fn ages(stem: &Text<'_>) -> Vec<String> {
    (0..stem.len())
        .filter_map(|n| {
            let word = stem.word(n);
            let joined = word.strip_suffix("-year-old").or_else(|| word.strip_suffix("-year-olds"));
            let before = (n > 0 && matches!(stem.word(n - 1), "aged" | "age")).then_some(word);
            let after = (stem.word(n + 1).starts_with("year") && stem.word(n + 2) == "old").then_some(word);
            joined.or(before).or(after).and_then(age)
        })
        .collect()
}

fn age(word: &str) -> Option<String> {
    let years = word.parse::<usize>().ok().or_else(|| AGES.iter().position(|name| *name == word))?;
    (years < 120).then(|| years.to_string())
}

/// Names of people in a stem: after a title or "named", or one of the common first names.
fn names(stem: &Text<'_>) -> Vec<String> {
    (0..stem.len())
        .filter(|&n| {
            let written = stem.quote(n, 1);
            let capital = written.starts_with(char::is_uppercase) && written.chars().any(char::is_lowercase);
            let titled = n > 0 && matches!(stem.word(n - 1), "mr" | "mrs" | "ms" | "mx" | "dr" | "named");
            let bare = stem.word(n).trim_end_matches("'s");
            capital && (titled || NAMES.contains(&bare))
        })
        .map(|n| stem.quote(n, 1).trim_end_matches("'s").to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_and_names_are_read_as_people_read_them() {
        let stem =
            Text::new("Maria's 7-year-old, aged 7, and a seven-year-old meet Ms. Okafor in May after two years.");
        assert_eq!(ages(&stem), ["7", "7", "7"]);
        assert_eq!(names(&stem), ["Maria", "Okafor"]);
    }
}
