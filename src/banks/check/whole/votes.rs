//! What blind readers say: every item read, the key agreed with, and not to be guessed from the options.

use super::super::BankTest;
use super::super::item::Look;
use crate::banks::reviews::{Review, Reviews, Votes};

/// The votes on the whole item that each item needs.
const NEEDED: u32 = 2;

/// All tests of votes.
pub fn tests(looks: &[Look<'_>], reviews: &Reviews) -> Vec<BankTest> {
    let current: Vec<(&Look<'_>, Option<&Review>)> = looks
        .iter()
        .map(|look| (look, reviews.get(look.id()).filter(|review| review.hash == look.item.content_hash())))
        .collect();
    let full: Vec<(&str, Votes)> = current.iter().filter_map(|(l, r)| Some((l.id(), (*r)?.full?))).collect();
    let options: Vec<(&str, Votes)> = current.iter().filter_map(|(l, r)| Some((l.id(), (*r)?.options?))).collect();
    vec![reviewed(&current, reviews), agreement(&full), majority(&full), options_only(&options)]
}

fn reviewed(current: &[(&Look<'_>, Option<&Review>)], reviews: &Reviews) -> BankTest {
    let lacking: Vec<String> = current
        .iter()
        .filter_map(|(look, review)| match review {
            None if reviews.contains_key(look.id()) => Some(format!("{}: changed since it was read", look.id())),
            None => Some(format!("{}: not read", look.id())),
            Some(review) => {
                let votes = review.full.unwrap_or_default().votes;
                (votes < NEEDED).then(|| format!("{}: {votes} of {NEEDED} votes", look.id()))
            }
        })
        .collect();
    let value = format!("{} of {}", current.len() - lacking.len(), current.len());
    let want = format!("all, by {NEEDED} readers or more");
    BankTest { name: "reviewed", value, want, ok: lacking.is_empty(), detail: lacking }
}

/// The share of votes for the key; none without votes.
fn share(votes: &[(&str, Votes)]) -> Option<f64> {
    let all: u32 = votes.iter().map(|(_, v)| v.votes).sum();
    let agree: u32 = votes.iter().map(|(_, v)| v.agree).sum();
    (all > 0).then(|| f64::from(agree) / f64::from(all))
}

fn agreement(full: &[(&str, Votes)]) -> BankTest {
    let share = share(full);
    let split =
        full.iter().filter(|(_, v)| v.agree < v.votes).map(|(id, v)| format!("{id}: {} of {}", v.agree, v.votes));
    BankTest {
        name: "review_agreement",
        value: share.map_or("no votes".into(), |s| format!("{s:.3}")),
        want: "at least 0.95".into(),
        ok: share.is_some_and(|s| s >= 0.95),
        detail: split.collect(),
    }
}

fn majority(full: &[(&str, Votes)]) -> BankTest {
    let against: Vec<String> = full
        .iter()
        .filter(|(_, v)| v.votes > 0 && v.agree * 2 < v.votes)
        .map(|(id, v)| format!("{id}: {} of {} for the key", v.agree, v.votes))
        .collect();
    let value = against.len().to_string();
    BankTest {
        name: "review_majority",
        value,
        want: "0 against the key".into(),
        ok: against.is_empty(),
        detail: against,
    }
}

/// Readers who see the options only should not find the key; items that nearly all of them guess are listed.
fn options_only(options: &[(&str, Votes)]) -> BankTest {
    let share = share(options);
    let guessed = options
        .iter()
        .filter(|(_, v)| v.votes >= 4 && v.agree * 5 >= v.votes * 4)
        .map(|(id, v)| format!("{id}: {} of {} guess the key", v.agree, v.votes));
    BankTest {
        name: "options_only_readers",
        value: share.map_or("no votes".into(), |s| format!("{s:.2}")),
        want: "at most 0.50".into(),
        ok: share.is_some_and(|s| s <= 0.50),
        detail: guessed.collect(),
    }
}
