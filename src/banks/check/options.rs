//! Rules 2, 9, 13 and 14: options that repeat, embrace or oppose each other, or that differ in form.

use super::item::{Context, Grade, Look, Sink};
use super::phrases::Phrases;
use super::words::Text;
use crate::core::library::Origin;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Options that speak of the other options.
static ALL_OR_NONE: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new([
        "all|none|both|neither of above|options|answers",
        "all|none|both|neither of the|these above|options|answers|choices",
        "all|none|neither above",
        "all|none|any of the other options|answers|choices",
    ])
});

/// Words that turn a sentence into its opposite.
const NEGATIONS: [&str; 13] = [
    "not", "no", "never", "without", "avoid", "refuse", "don't", "doesn't", "do", "does", "isn't", "cannot", "against",
];

/// Pairs of words with opposite meaning.
const ANTONYMS: &[(&str, &str)] = &[
    ("accept", "decline"),
    ("accept", "refuse"),
    ("accept", "reject"),
    ("agree", "decline"),
    ("agree", "refuse"),
    ("allow", "forbid"),
    ("approve", "deny"),
    ("before", "after"),
    ("begin", "end"),
    ("begin", "stop"),
    ("continue", "end"),
    ("continue", "stop"),
    ("disclose", "withhold"),
    ("encourage", "discourage"),
    ("grant", "deny"),
    ("high", "low"),
    ("higher", "lower"),
    ("include", "exclude"),
    ("increase", "decrease"),
    ("increase", "reduce"),
    ("keep", "stop"),
    ("more", "fewer"),
    ("more", "less"),
    ("negative", "positive"),
    ("raise", "lower"),
    ("share", "withhold"),
    ("start", "stop"),
    ("support", "oppose"),
    ("voluntary", "involuntary"),
];

/// Words too small to tell one option from another.
const SMALL: [&str; 12] = ["a", "an", "and", "by", "for", "her", "his", "in", "of", "on", "the", "to"];

/// Checks one item's options.
pub fn check(look: &Look<'_>, context: &Context<'_>, sink: &mut Sink<'_>) {
    repeats(look, sink);
    for (n, option) in look.options.iter().enumerate() {
        let letters = names_letters(option);
        if let Some(words) = ALL_OR_NONE.first(option).or_else(|| letters.then_some(option.raw())) {
            let message = format!("An option speaks of the other options: \"{words}\".");
            let mend = "Write an option that stands by itself.";
            let grade = if letters { Grade::Fatal } else { Grade::Block };
            sink.report(look.place, (grade, "all-or-none"), &format!("/options/{n}/text"), message, mend);
        }
    }
    opposites(look, sink);
    form(look, context, sink);
}

/// Whether an option names others by their letters: "Both A and C", "B and D".
fn names_letters(option: &Text<'_>) -> bool {
    let letter = |n: usize| matches!(option.quote(n, 1), "A" | "B" | "C" | "D");
    let pair = |n: usize| letter(n) && option.word(n + 1) == "and" && letter(n + 2);
    (option.len() == 3 && pair(0)) || (0..option.len()).any(|n| option.word(n) == "both" && pair(n + 1))
}

fn repeats(look: &Look<'_>, sink: &mut Sink<'_>) {
    let sets: Vec<BTreeSet<&str>> = look.options.iter().map(weighty).collect();
    for b in 0..look.options.len() {
        for a in 0..look.options.len() {
            let (one, other) = (&look.options[a], &look.options[b]);
            if a < b && !one.is_empty() && one.words().eq(other.words()) {
                let message = format!("The option \"{}\" stands there twice.", one.raw());
                let at = format!("/options/{b}/text");
                sink.report(look.place, (Grade::Fatal, "same-option"), &at, message, "Write another option.");
            } else if a != b && sets[a].len() >= 2 && sets[a].len() < sets[b].len() && sets[a].is_subset(&sets[b]) {
                let message = format!("\"{}\" is contained in \"{}\".", one.raw(), other.raw());
                let at = format!("/options/{a}/text");
                let mend = "Make sure that whoever does the longer one has not done the shorter one too.";
                sink.report(look.place, (Grade::Review, "option-subset"), &at, message, mend);
            }
        }
    }
}

/// An option's words without the small ones.
fn weighty<'a>(option: &'a Text<'_>) -> BTreeSet<&'a str> {
    option.words().filter(|word| !SMALL.contains(word)).collect()
}

fn opposites(look: &Look<'_>, sink: &mut Sink<'_>) {
    let sets: Vec<BTreeSet<&str>> = look.options.iter().map(weighty).collect();
    let mut pairs = vec![];
    for b in 0..sets.len() {
        for a in 0..b {
            if oppose(&sets[a], &sets[b]) {
                pairs.push((a, b));
            }
        }
    }
    if let [(a, b)] = pairs[..]
        && sets.len() > 2
    {
        let message = format!(
            "Two options are opposites, the rest are not: \"{}\" and \"{}\".",
            look.options[a].raw(),
            look.options[b].raw()
        );
        let mend = "Replace one of the two, or pair the others as well, so that the pair does not point to the key.";
        sink.report(look.place, (Grade::Review, "opposites"), "/options", message, mend);
    }
}

/// Whether two sets of words are the same but for a negation or a pair of antonyms.
fn oppose(a: &BTreeSet<&str>, b: &BTreeSet<&str>) -> bool {
    let only_a: Vec<&str> = a.difference(b).copied().collect();
    let only_b: Vec<&str> = b.difference(a).copied().collect();
    let common = a.intersection(b).count();
    let negations = |words: &[&str]| words.iter().filter(|w| NEGATIONS.contains(w)).count();
    let turned = ANTONYMS
        .iter()
        .any(|(x, y)| (only_a.contains(x) && only_b.contains(y)) || (only_a.contains(y) && only_b.contains(x)));
    // The rest of the words is the same but for one on either side.
    let rest = only_a.len() + only_b.len() - if turned { 2 } else { negations(&only_a) + negations(&only_b) };
    let negated = (negations(&only_a) > 0) != (negations(&only_b) > 0);
    common > 0 && (turned || negated) && rest <= 1
}

/// What an option begins with, where that is plain to see.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Gerund,
    Infinitive,
    Other,
}

fn form_of(option: &Text<'_>) -> Form {
    // "Coping skills" names a thing; "Coping with loss" and "Asking the client" name an act.
    const AFTER_ACT: [&str; 22] = [
        "a", "about", "all", "an", "each", "for", "her", "him", "his", "how", "into", "it", "on", "one", "that", "the",
        "their", "them", "to", "what", "whether", "with",
    ];
    // Words that end like a gerund and are none.
    const NOT_ACTS: [&str; 6] = ["anything", "bring", "during", "everything", "nothing", "something"];
    let first = option.word(0);
    if first == "to" {
        Form::Infinitive
    } else if first.len() > 4
        && first.ends_with("ing")
        && !NOT_ACTS.contains(&first)
        && AFTER_ACT.contains(&option.word(1))
    {
        Form::Gerund
    } else {
        Form::Other
    }
}

fn form(look: &Look<'_>, context: &Context<'_>, sink: &mut Sink<'_>) {
    let stem = look.stem.raw().trim_end_matches(|c: char| !c.is_alphabetic());
    if let Some(article @ ("a" | "an")) = stem.rsplit(' ').next().filter(|_| !stem.is_empty()) {
        let message = format!("The stem ends with \"{article}\", which fits only some options.");
        sink.report(look.place, (Grade::Block, "article-cue"), "/stem", message, "Move the article into the options.");
    }
    let texts = &look.options;
    if texts.len() < 2 || texts.iter().any(Text::is_empty) {
        return;
    }
    // Names of one or two words, such as "Splitting" and "Denial", have no verb form.
    let phrases = texts.iter().all(|o| o.len() > 2) && !texts.iter().all(|o| o.word(0).ends_with("ing"));
    let mixed = |marks: Vec<bool>| marks.iter().any(|m| *m) && !marks.iter().all(|m| *m);
    let begins_lower = texts.iter().map(|o| o.raw().starts_with(char::is_lowercase)).collect();
    let ends = texts.iter().map(|o| o.raw().trim_end().ends_with('.')).collect::<Vec<_>>();
    let shown = || texts.iter().map(|o| format!("\"{}\"", o.quote(0, 2))).collect::<Vec<_>>().join(", ");
    let message = if phrases && texts.iter().any(|o| form_of(o) != form_of(&texts[0])) {
        format!("The options begin in different forms: {}.", shown())
    } else if mixed(begins_lower) {
        format!("Some options begin with a capital and some do not: {}.", shown())
    } else if mixed(ends.clone()) {
        "Some options end with a full stop and some do not.".to_owned()
    } else if context.origin == Origin::Shipped && ends.iter().all(|e| *e) {
        "The options end with a full stop.".to_owned()
    } else {
        return;
    };
    sink.report(
        look.place,
        (Grade::Review, "option-form"),
        "/options",
        message,
        "Give all options one form: a capital first, no full stop.",
    );
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Fixture, check_options};
    use crate::core::library::Origin;

    #[test]
    fn options_that_point_at_each_other_are_found() {
        for (rule, broken, near) in [
            (
                "same-option",
                ["Call the parents", "Call the parents.", "Wait a week"],
                ["Call the parents", "Call the teachers", "Wait a week"],
            ),
            (
                "option-subset",
                ["Consult the supervisor and call the parents", "Call the parents", "Wait a week"],
                ["Consult the supervisor and call them", "Call the parents", "Wait a week"],
            ),
            ("all-or-none", ["Grief", "Shame", "All of the above"], ["Grief", "Shame", "All of the guilt"]),
            ("all-or-none", ["Grief", "Shame", "B and C"], ["Grief", "Shame", "Vitamin B"]),
            (
                "opposites",
                ["Accept the gift", "Decline the gift", "Ask the supervisor"],
                ["Accept the gift", "Decline the call", "Ask the supervisor"],
            ),
            (
                "opposites",
                ["Report the concern", "Do not report the concern", "Ask the supervisor"],
                ["Report the concern", "Do not call the parents", "Ask the supervisor"],
            ),
            (
                "option-form",
                ["Calling the parents first", "Ask the teacher today", "Write to the court"],
                ["Calling hours for parents", "A talk with teachers", "The court at once"],
            ),
            (
                "option-form",
                ["Asking the parents", "Bring it to court", "Tell the court"],
                ["Asking the parents", "Calling hours for staff", "Telling the court"],
            ),
            ("option-form", ["Splitting", "denial", "Projection"], ["Splitting", "Denial", "Projection"]),
            ("option-form", ["Call them.", "Ask them", "Tell them"], ["Call them", "Ask them", "Tell them"]),
        ] {
            assert!(check_options(broken).contains(&rule), "{rule} not found: {broken:?}");
            assert!(!check_options(near).contains(&rule), "{rule} found: {near:?}");
        }
    }

    #[test]
    fn a_stem_may_not_end_with_an_article() {
        let fixture = Fixture::new();
        let ends = |stem: &'static str| {
            fixture
                .errors(move |b| b.objectives[0].items[0].stem = stem.into(), Origin::Shipped)
                .contains(&"article-cue")
        };
        assert!(ends("This is an example of a?"));
        assert!(!ends("Which vitamin is called A?"));
    }
}
