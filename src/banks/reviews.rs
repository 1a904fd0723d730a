//! What blind readers answered, by item and content hash.

use crate::core::bank::{Item, ItemId};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The votes on one version of an item.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Review {
    /// The content hash of the item that was read.
    pub hash: String,
    /// Votes of readers who saw stem and options.
    #[serde(default)]
    pub full: Option<Votes>,
    /// Votes of readers who saw the options alone.
    #[serde(default)]
    pub options: Option<Votes>,
}

/// How many readers answered, and how many of them chose the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Votes {
    /// Answers given.
    pub votes: u32,
    /// Answers that are the key.
    pub agree: u32,
}

/// All votes, by item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Reviews(pub BTreeMap<ItemId, Review>);

impl Reviews {
    /// The votes on the item as it is now; an edited item has none.
    pub fn of(&self, item: &Item) -> Option<&Review> {
        self.0.get(&item.id).filter(|review| review.hash == item.content_hash())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::banks::read::sample;

    #[test]
    fn an_edited_item_loses_its_votes() {
        let mut item = sample().objectives.remove(0).items.remove(0);
        let text =
            format!(r#"{{"{}": {{"hash": "{}", "full": {{"votes": 3, "agree": 2}}}}}}"#, item.id, item.content_hash());
        let reviews: Reviews = serde_json::from_str(&text).unwrap();
        assert_eq!(reviews.of(&item).unwrap().full, Some(Votes { votes: 3, agree: 2 }));
        item.stem.push('!');
        assert_eq!(reviews.of(&item), None);
    }
}
