//! Something to be said about a bank: where it is, what is wrong, and the mend.

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The item or file can't be used; `bank check` fails.
    Error,
    /// Usable, but not as it should be; only in a user's own bank.
    Warning,
    /// For a person to read and decide.
    Review,
}

/// One thing found in a bank file.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// How grave it is.
    pub severity: Severity,
    /// A stable short name of the rule, such as `key-longest`.
    pub rule: &'static str,
    /// The file's name as it is shown to people.
    pub file: String,
    /// A JSON pointer to the value, such as `/objectives/3/items/0/stem`; empty for the whole file.
    pub pointer: String,
    /// The item or objective concerned, where one is known.
    pub id: Option<String>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// How to mend it, in one sentence.
    pub mend: String,
}
