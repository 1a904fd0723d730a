//! Rules 3, 5 and 6: the key must not stand out by its length or its detail.

use super::item::{Grade, Look, Sink};
use super::phrases::{Hit, Phrases};
use super::words::Text;
use std::sync::LazyLock;

/// Words that add a reason, a time, an example or a hedge to an option.
static DETAIL: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new([
        "while",
        "because",
        "in order to",
        "and then",
        "such as",
        "for example",
        "for instance",
        "e g",
        "including",
        "may",
        "as appropriate",
        "where appropriate",
        "if appropriate",
        "as needed",
        "if needed",
        "if possible",
    ])
});

/// Words before which "may" gives leave or tells of a chance.
const PERSONS: [&str; 12] =
    ["anyone", "client", "he", "it", "one", "parent", "patient", "she", "that", "they", "who", "you"];

/// Checks one item.
pub fn check(look: &Look<'_>, sink: &mut Sink<'_>) {
    unequal(look, sink);
    let (Some(key), Some((text, distractors))) = (look.key, look.parts()) else { return };
    let at = format!("/options/{key}/text");
    let longest = distractors.iter().map(|d| d.len()).max().unwrap_or(0);
    if text.len() >= longest + 3 && text.len() as f64 > 1.25 * longest as f64 {
        let message =
            format!("The key has {} words, the longest distractor {longest}: \"{}\".", text.len(), text.raw());
        let mend = "Cut the key to what the question needs, or lengthen a distractor.";
        sink.report(look.place, (Grade::Block, "key-longest"), &at, message, mend);
    }
    if let Some(cue) = detail(text)
        && !distractors.iter().any(|d| detail(d).is_some())
    {
        let message = format!("Only the key goes into detail (\"{cue}\"): \"{}\".", text.raw());
        let mend = "Move the detail to the reason, or give a distractor the same.";
        sink.report(look.place, (Grade::Review, "detail-cue"), &at, message, mend);
    }
}

/// The detail in an option: a comma, a parenthesis, a reason, an example, a hedge.
pub fn detail<'a>(text: &'a Text<'_>) -> Option<&'a str> {
    let mark = [",", ";", "("].into_iter().find(|mark| {
        // A comma inside a number or after "Yes" is no detail.
        text.raw().match_indices(mark).any(|(at, _)| {
            let answer = text.offset(1) > at;
            let figure = text.raw()[at + 1..].starts_with(|c: char| c.is_ascii_digit());
            !answer && !figure
        })
    });
    // "Tell her that she may decline" gives leave; it does not hedge.
    let permits =
        |hit: &Hit| text.word(hit.from) == "may" && hit.from > 0 && PERSONS.contains(&text.word(hit.from - 1));
    mark.or_else(|| DETAIL.hits(text).find(|hit| !permits(hit)).map(|hit| text.quote(hit.from, hit.len)))
}

fn unequal(look: &Look<'_>, sink: &mut Sink<'_>) {
    let sizes: Vec<usize> = look.options.iter().map(|o| o.raw().chars().count()).collect();
    let (Some(&least), Some(&most)) = (sizes.iter().min(), sizes.iter().max()) else { return };
    let ratio = most as f64 / least.max(1) as f64;
    // Names of a few words each, such as diagnoses, are as long as they are.
    let names = look.options.iter().all(|o| o.len() <= 3);
    let grade = if ratio > 2.5 && !names {
        Grade::Block
    } else if ratio > 1.8 && most - least > 20 {
        Grade::Review
    } else {
        return;
    };
    let shown = sizes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let message = format!("The options differ much in length ({shown} characters).");
    sink.report(
        look.place,
        (grade, "option-lengths"),
        "/options",
        message,
        "Bring the options to about the same length.",
    );
}

#[cfg(test)]
mod tests {
    use super::super::sample::check_options;

    #[test]
    fn a_key_that_stands_out_is_found() {
        for (rule, broken, near) in [
            (
                "key-longest",
                [
                    "Ask the court to limit what the order covers this time",
                    "Give the file to the court",
                    "Refuse to give the file",
                ],
                ["Ask the court to limit what it orders", "Give the file to the court", "Refuse to give the file"],
            ),
            (
                "option-lengths",
                ["Report it to the state board of licensing", "Report it today", "Report it to the state agency"],
                [
                    "Report it to the state board of licensing",
                    "Report it to her today",
                    "Report it to the state agency",
                ],
            ),
            (
                "detail-cue",
                [
                    "Meet the parents, then the teacher",
                    "Meet the parents and the teacher",
                    "Meet the teacher and the boy",
                ],
                [
                    "Meet the parents, then the teacher",
                    "Meet the teacher, then the boy",
                    "Meet the teacher and the boy",
                ],
            ),
            (
                "detail-cue",
                ["Wait while she decides", "Wait two more weeks", "Write to her doctor"],
                ["Yes, tell her that she may wait", "Wait two more weeks", "Write to her doctor"],
            ),
        ] {
            assert!(check_options(broken).contains(&rule), "{rule} not found: {broken:?}");
            assert!(!check_options(near).contains(&rule), "{rule} found: {near:?}");
        }
    }
}
