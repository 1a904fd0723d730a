//! Where each question plays, with whom, and about what, by item: so that none of them is met again and again.

use std::collections::BTreeMap;

/// The content of `scenes.json`: setting, population and problem by item id.
pub type Scenes = BTreeMap<String, [String; 3]>;
