//! The form that names, dates and texts of a bank must have.

use crate::banks::MAX_TEXT_BYTES;
use crate::core::bank::{Choice, Item, ItemId, TrapId};
use crate::text::sanitize;
use jiff::civil::Date;

/// Whether a name is made of lower-case letters, digits and `_`, beginning with a letter, 64 characters at most.
pub fn is_topic(id: &str) -> bool {
    is_word(id) && id.starts_with(|c: char| c.is_ascii_lowercase())
}

/// Whether an objective's id is `topic.group.slug`.
pub fn is_objective(id: &str, topic: &str) -> bool {
    let parts: Vec<&str> = id.split('.').collect();
    parts.len() == 3 && parts[0] == topic && parts.into_iter().all(is_word)
}

/// Whether an item's id is `topic-number`.
pub fn is_item(id: &str, topic: &str) -> bool {
    id.strip_prefix(topic)
        .and_then(|rest| rest.strip_prefix('-'))
        .is_some_and(|number| (1..=9).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a date is written `2026-11-01` and is in the calendar.
pub fn is_date(date: &str) -> bool {
    date.len() == 10 && Date::strptime("%Y-%m-%d", date).is_ok()
}

/// Whether a text says something and can be shown as it is.
pub fn is_text(text: &str) -> bool {
    !text.trim().is_empty() && text.len() <= MAX_TEXT_BYTES && sanitize::is_clean(text)
}

/// All texts of an item but its ids and its date.
pub fn item_texts(item: &Item) -> impl Iterator<Item = &str> {
    let options = item.options.iter().flat_map(option_texts);
    let names = [item.flip_of.as_ref().map(ItemId::as_str), item.jurisdiction.as_deref()];
    std::iter::once(item.stem.as_str()).chain(names.into_iter().flatten()).chain(options)
}

fn option_texts(option: &Choice) -> impl Iterator<Item = &str> {
    [option.text.as_str(), option.why.as_str()].into_iter().chain(option.trap.as_ref().map(TrapId::as_str))
}

fn is_word(word: &str) -> bool {
    (1..=64).contains(&word.len()) && word.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_dates_have_one_form() {
        assert!(is_topic("trauma_informed_care2"));
        assert!(!is_topic("") && !is_topic("2nd") && !is_topic("Ethics") && !is_topic("a-b") && !is_topic("a.b"));
        assert!(is_objective("ethics.consent.minors_1", "ethics"));
        for id in ["ethics.consent", "ethics.consent.a.b", "law.consent.minors", "ethics..minors", "ethics.Con.minors"]
        {
            assert!(!is_objective(id, "ethics"), "{id}");
        }
        assert!(is_item("ethics-0001", "ethics") && is_item("ethics-7", "ethics"));
        for id in ["ethics-", "ethics0001", "law-0001", "ethics-1a", "ethics-1234567890", "ethics-+1"] {
            assert!(!is_item(id, "ethics"), "{id}");
        }
        assert!(is_date("2026-11-01"));
        for date in ["2026-13-01", "2026-02-30", "20261101", "2026-11-1", "01-11-2026", "2026-11-01T"] {
            assert!(!is_date(date), "{date}");
        }
    }
}
