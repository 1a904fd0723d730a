//! What is said when something is written beside a question.

/// What follows from sending a rule to study (`Some(true)`), taking that back, or when it can't be done (`None`).
pub fn study_words(on: Option<bool>) -> &'static str {
    match on {
        Some(true) => "Sent to study: your next sitting asks this rule first.",
        Some(false) => "No longer sent to study; it comes when it is due.",
        None => "This rule can't be studied now: your exam does not ask it, or its questions wait in your open exam.",
    }
}
