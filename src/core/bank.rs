//! A question bank as its author writes it: topics, objectives, items, options.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::{self, Write};

/// The value of a bank file's `format` field.
pub const BANK_FORMAT: &str = "swprep-bank/1";

/// Declares a string identifier with a type of its own.
macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

identifier!(
    /// A study subject: the name of a folder in `question_banks/`.
    TopicId
);
identifier!(
    /// An objective: `topic.group.slug`, stable for ever.
    ObjectiveId
);
identifier!(
    /// An item: `topic-number`, stable for ever.
    ItemId
);
identifier!(
    /// A statement of the exam outline, such as `IA-05`.
    StatementId
);
identifier!(
    /// A kind of temptation, from `question_banks/traps.json`.
    TrapId
);

impl ObjectiveId {
    /// The topic that the identifier begins with.
    pub fn topic(&self) -> &str {
        self.0.split('.').next().unwrap_or_default()
    }
}

/// The exam that a person takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Associate; examined by the Bachelors outline.
    Associate,
    /// Bachelors.
    Bachelors,
    /// Masters.
    Masters,
    /// Advanced Generalist.
    AdvancedGeneralist,
    /// Clinical.
    Clinical,
}

impl Category {
    /// All categories, from the least to the most advanced.
    pub const ALL: [Self; 5] =
        [Self::Associate, Self::Bachelors, Self::Masters, Self::AdvancedGeneralist, Self::Clinical];

    /// The name used in files and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::Associate => "associate",
            Self::Bachelors => "bachelors",
            Self::Masters => "masters",
            Self::AdvancedGeneralist => "advanced_generalist",
            Self::Clinical => "clinical",
        }
    }

    /// The name shown to people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Associate => "Associate",
            Self::Bachelors => "Bachelors",
            Self::Masters => "Masters",
            Self::AdvancedGeneralist => "Advanced Generalist",
            Self::Clinical => "Clinical",
        }
    }

    /// The category of that file name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.id() == id)
    }
}

/// What kind of thinking an item asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Knowing a fact or term.
    Recall,
    /// Using a rule in a situation.
    Application,
    /// Weighing several considerations or interpreting data.
    Reasoning,
}

impl Level {
    /// All levels, from the simplest on.
    pub const ALL: [Self; 3] = [Self::Recall, Self::Application, Self::Reasoning];

    /// The word used in files and on screens.
    pub fn id(self) -> &'static str {
        match self {
            Self::Recall => "recall",
            Self::Application => "application",
            Self::Reasoning => "reasoning",
        }
    }
}

/// The author's forecast of how hard an item is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Difficulty {
    /// Most prepared candidates answer it rightly.
    Easy,
    /// As hard as the exam's average.
    #[default]
    Medium,
    /// Separates well-prepared candidates.
    Hard,
}

impl Difficulty {
    /// The word used in files and on screens.
    pub fn id(self) -> &'static str {
        match self {
            Self::Easy => "easy",
            Self::Medium => "medium",
            Self::Hard => "hard",
        }
    }

    /// The forecast on the logit scale of item response theory: the item difficulty *b*.
    ///
    /// The steps are this project's assumption: one standard deviation of item difficulty each (0.8 logits).
    pub fn logit(self) -> f64 {
        match self {
            Self::Easy => -0.8,
            Self::Medium => 0.0,
            Self::Hard => 0.8,
        }
    }
}

/// One bank file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BankFile {
    /// Always `swprep-bank/1`.
    pub format: String,
    /// The topic's id: lower-case letters, digits and `_`.
    pub topic: TopicId,
    /// The topic's name as people read it.
    pub title: String,
    /// What is to be learned.
    pub objectives: Vec<Objective>,
}

/// One rule or distinction to be learned, with the items that test it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Objective {
    /// `topic.group.slug`.
    pub id: ObjectiveId,
    /// What a person can do who has learned it.
    pub title: String,
    /// One to three statements of the outline; the first is the main one.
    pub statements: Vec<StatementId>,
    /// The rule itself, in one to three sentences.
    pub rule: String,
    /// Where the rule comes from: a source id of `sources.json`, then `#` and the place.
    pub refs: Vec<String>,
    /// Sibling items: the same rule in different scenes.
    pub items: Vec<Item>,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// `topic-number`.
    pub id: ItemId,
    /// What kind of thinking it asks for.
    pub level: Level,
    /// The author's forecast.
    pub difficulty: Difficulty,
    /// Categories it is for; empty means those of its objective's statements.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Category>,
    /// The scene and the question, ending with a question mark.
    pub stem: String,
    /// Three options, rarely four, in any order.
    pub options: Vec<Choice>,
    /// True only where the options are numbers or dates that must stay in order.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fixed_order: bool,
    /// The sibling with the same scene and one fact changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flip_of: Option<ItemId>,
    /// The day on which the law that decides the key was checked (`2026-11-01`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// Whose law decides the key (`US`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jurisdiction: Option<String>,
}

/// One option of an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The option as it is read.
    pub text: String,
    /// True for the one right option.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub key: bool,
    /// Why it tempts; only distractors have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trap: Option<TrapId>,
    /// Why it is right, or why it tempts and when it would be right.
    pub why: String,
}

impl Item {
    /// The place of the key among the options, in file order.
    ///
    /// A bank that was checked has exactly one; without a key the first option stands in, so that no caller panics.
    pub fn key_index(&self) -> usize {
        self.options.iter().position(|o| o.key).unwrap_or(0)
    }

    /// Sixteen hexadecimal digits that change whenever the stem, an option or the key changes.
    ///
    /// SHA-256 over the stem, then each option in file order with `*` before a key's text and `-` before a
    /// distractor's, joined by newlines; the first eight bytes of it.
    pub fn content_hash(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(self.stem.as_bytes());
        for option in &self.options {
            hash.update(if option.key { "\n*" } else { "\n-" });
            hash.update(option.text.as_bytes());
        }
        let mut digits = String::with_capacity(16);
        for byte in hash.finalize().iter().take(8) {
            // Writing to a string can't fail.
            let _ = write!(digits, "{byte:02x}");
        }
        digits
    }

    /// The word in capitals that says what is asked for (FIRST, NEXT, BEST, MOST), if the question has one.
    pub fn task_word(&self) -> Option<&'static str> {
        const WORDS: [&str; 4] = ["FIRST", "NEXT", "BEST", "MOST"];
        // All of them end with a T, and few other words hold a capital one: so a long stem is read in no time.
        self.stem.rmatch_indices('T').find_map(|(place, _)| {
            let (stem, after) = self.stem.split_at(place + 1);
            let (before, word) = WORDS.into_iter().find_map(|word| Some((stem.strip_suffix(word)?, word)))?;
            let is_part = before.ends_with(|c: char| c.is_ascii_alphabetic())
                || after.starts_with(|c: char| c.is_ascii_alphabetic());
            (!is_part).then_some(word)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item() -> Item {
        let option = |text: &str, key| Choice { text: text.into(), key, trap: None, why: String::new() };
        Item {
            id: "t-0001".into(),
            level: Level::Application,
            difficulty: Difficulty::Medium,
            categories: vec![],
            stem: "The FIRST sign? What should be done NEXT?".into(),
            options: vec![option("Wait", false), option("Act", true), option("Ask", false)],
            fixed_order: false,
            flip_of: None,
            as_of: None,
            jurisdiction: None,
        }
    }

    /// The hash is the one that reviewers' votes are recorded under, so its recipe must never change.
    #[test]
    fn content_hash_follows_the_published_recipe() {
        let by_hand = Sha256::digest("The FIRST sign? What should be done NEXT?\n-Wait\n*Act\n-Ask");
        let want = by_hand.iter().take(8).fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
        assert_eq!(item().content_hash(), format!("{want:016x}"));
    }

    #[test]
    fn the_last_task_word_counts() {
        assert_eq!(item().task_word(), Some("NEXT"));
        for (stem, word) in [
            ("What is BEST\u{a0}now, not the NEXTS?", Some("BEST")),
            ("MOST\u{2014}or the least?", Some("MOST")),
            ("Is the second-FIRST É?", Some("FIRST")),
            ("ALMOST, BEST1FIRSTLY", Some("BEST")),
            ("next, Most, UNBEST", None),
            ("", None),
        ] {
            assert_eq!(Item { stem: stem.into(), ..item() }.task_word(), word, "{stem}");
        }
    }
}
