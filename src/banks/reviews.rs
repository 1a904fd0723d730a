//! Votes of readers who answered items without seeing the key, by item.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The content of one `reviews/*.json` file: reviews by item id.
pub type Reviews = BTreeMap<String, Review>;

/// What blind readers answered to one version of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// The content hash of the version that was read; a changed item loses its votes.
    pub hash: String,
    /// Votes of readers who saw the whole item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full: Option<Votes>,
    /// Votes of readers who saw the options only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options: Option<Votes>,
}

/// A count of votes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Votes {
    /// All votes.
    pub votes: u32,
    /// Votes for the key.
    pub agree: u32,
}
