//! Checks the quality of questions: rules for single items, rules that compare items, and tests of a whole bank.
//!
//! The rules follow the literature on item flaws (Haladyna, Downing and Rodriguez 2002; the NBME guide of 2020). What
//! they can't judge, such as whether a key is right, is left to blind readers, whose votes the whole-bank tests read.

mod citations;
mod cueing;
mod duplicates;
mod flips;
mod item;
mod lengths;
mod numbers;
mod options;
mod phrases;
mod prose;
mod reasons;
#[cfg(test)]
mod sample;
mod schema;
mod sets;
mod similar;
mod stem;
mod terms;
mod threads;
mod whole;
mod wording;
mod words;

use super::finding::Finding;
use super::reviews::Reviews;
use super::scenes::Scenes;
use crate::core::bank::BankFile;
use crate::core::library::{Origin, Reference};
use item::{Context, Look, Sink, places};

/// One figure of a whole bank, held against what it should be.
#[derive(Clone, Debug, PartialEq)]
pub struct BankTest {
    /// A stable short name, such as `key_longest`.
    pub name: &'static str,
    /// What was found.
    pub value: String,
    /// What it should be.
    pub want: String,
    /// Whether it is.
    pub ok: bool,
    /// What stands behind it: the words, items or counts that a writer needs for a mend.
    pub detail: Vec<String>,
}

/// Every finding in these files, in file order.
///
/// `files` are names as they are shown to people, with their content. In a user's own bank only what makes an item
/// unusable or unfair is an error; the rest is for review.
pub fn check_items(files: &[(String, BankFile)], reference: &Reference, origin: Origin) -> Vec<Finding> {
    let context = Context::new(reference, origin);
    let looks = look_at(files, Look::with_whys);
    let mut sink = Sink::new(files, origin);
    schema::check_files(files, &context, &mut sink);
    let mut found = sink.found;
    found.extend(threads::in_ranges(looks.len(), |range| {
        let mut sink = Sink::new(files, origin);
        for look in &looks[range] {
            check_item(look, &context, &mut sink);
        }
        sink.found
    }));
    found.extend(duplicates::check(&looks, files, origin));
    found.extend(cueing::check(&looks, files, origin));
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().map(|(_, finding)| finding).collect()
}

/// The tests of a whole bank, in the order in which they are reported.
pub fn bank_tests(
    files: &[(String, BankFile)],
    reference: &Reference,
    reviews: &Reviews,
    scenes: &Scenes,
) -> Vec<BankTest> {
    whole::tests(&look_at(files, |look| look), reference, reviews, scenes)
}

/// Reads all items.
fn look_at<'a>(files: &'a [(String, BankFile)], more: impl Fn(Look<'a>) -> Look<'a> + Sync) -> Vec<Look<'a>> {
    let all = places(files);
    threads::in_ranges(all.len(), |range| {
        all[range].iter().map(|&(place, objective, item)| more(Look::new(place, objective, item))).collect()
    })
}

/// The rules that need one item only.
fn check_item(look: &Look<'_>, context: &Context<'_>, sink: &mut Sink<'_>) {
    schema::check(look, context, sink);
    flips::check(look, sink);
    lengths::check(look, sink);
    options::check(look, context, sink);
    numbers::check(look, sink);
    wording::check(look, sink);
    stem::check(look, sink);
    terms::check(look, sink);
    reasons::check(look, context, sink);
    citations::check(look, sink);
}

#[cfg(test)]
mod tests {
    use super::sample::{Fixture, synthetic};
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        /// A user's bank may hold anything; the checks answer, and point into the file.
        #[test]
        fn no_text_breaks_the_checks(texts in prop::collection::vec("[a-c .?!,’“”\"'0-9éA-D-]{0,40}|\\PC{0,30}", 12), options in 0..5_usize) {
            let mut bank = synthetic(4, 1);
            let mut next = texts.iter().cycle().cloned();
            let mut text = || next.next().unwrap_or_default();
            for item in &mut bank.objectives[0].items {
                item.stem = text();
                item.as_of = Some(text());
                item.options.truncate(options);
                for option in &mut item.options {
                    option.text = text();
                    option.why = text();
                }
            }
            bank.objectives[0].refs = vec![format!("nasw-2021#{}", text())];
            let json = serde_json::to_value(&bank).unwrap();
            let files = [("own.json".to_owned(), bank)];
            let reference = Fixture::new().reference;
            for finding in check_items(&files, &reference, Origin::User) {
                // A value that is left out of the file has a parent that is there.
                let parent = finding.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
                prop_assert!(json.pointer(parent).is_some(), "{}", finding.pointer);
            }
            bank_tests(&files, &reference, &Reviews::new(), &Scenes::new());
        }
    }
}
