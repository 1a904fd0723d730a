//! Rules 15, 25 and 26: reasons that teach, agree with the key, and name no letters.

use super::item::{Context, Grade, Look, Sink};
use super::phrases::Phrases;
use super::sets::cosine;
use super::words::Text;
use crate::core::library::Origin;
use std::sync::LazyLock;

/// Ways to say that the key is wrong.
static AGAINST_KEY: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new([
        "this|it|option|answer|choice is|would incorrect|wrong",
        "this|it|option|answer|choice would be incorrect|wrong",
        "is|are|be not correct",
        "not the correct|best|right answer|option|choice",
        "wrong answer|choice|option",
        "less appropriate",
    ])
});

/// Ways to say that a distractor is right.
static FOR_DISTRACTOR: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new([
        "this is correct|best",
        "this is the correct|best",
        "this is the right answer|choice|option",
        "correct answer|choice|option",
    ])
});

/// Letters of options.
static LETTERS: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(["option|choice|answer a|b|c|d"]));

/// Places of options, which change whenever options are shuffled.
static ORDINALS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(["the first|second|third|fourth|last option", "the option|choice|answer above|below"])
});

/// Checks one item's reasons.
pub fn check(look: &Look<'_>, context: &Context<'_>, sink: &mut Sink<'_>) {
    let whys = &look.whys;
    for (n, why) in whys.iter().enumerate() {
        let at = format!("/options/{n}/why");
        names_a_letter(look, &at, why, sink);
        if why.is_empty() {
            continue;
        }
        let is_key = look.item.options[n].key;
        length(look, (&at, is_key), why, context, sink);
        conflict(look, (&at, is_key), why, sink);
        let first = why.word(if why.word(0) == "this" && why.word(1) == "is" { 2 } else { 0 });
        if matches!(first, "incorrect" | "wrong" | "correct" | "right") && why.len() > 1 && why.word(1) != "after" {
            let message = format!("The reason begins with a verdict: \"{}\".", why.quote(0, 4));
            let mend = "Begin with the rule, or with what makes the option tempting.";
            sink.report(look.place, (Grade::Review, "why-verdict"), &at, message, mend);
        }
        let stems = why.stems();
        if cosine(&stems, &look.options[n].stems()) > 0.8 {
            let message = format!("The reason only repeats the option \"{}\".", look.options[n].raw());
            sink.report(
                look.place,
                (Grade::Review, "why-paraphrase"),
                &at,
                message,
                "Give the rule and the fact that calls for it.",
            );
        }
        let alike = (0..n).find(|&m| cosine(&stems, &whys[m].stems()) >= 0.7);
        if let Some(m) = alike {
            let message = format!(
                "The reasons of \"{}\" and \"{}\" are nearly the same.",
                look.options[m].raw(),
                look.options[n].raw()
            );
            let mend = "Say of each distractor why it tempts and when it would be right.";
            sink.report(look.place, (Grade::Review, "why-alike"), &at, message, mend);
        }
    }
    names_a_letter(look, "/stem", &look.stem, sink);
}

/// Options are shuffled, so a letter or a place names whichever option happens to stand there.
fn names_a_letter(look: &Look<'_>, at: &str, text: &Text<'_>, sink: &mut Sink<'_>) {
    // Lower case and full stops tell "answer a question" and "by choice. A group" from "option A".
    let letter = LETTERS.hits(text).map(|hit| text.quote(hit.from, hit.len)).find(|words| {
        words.rsplit_once(' ').is_some_and(|(before, letter)| {
            letter.starts_with(|c: char| c.is_ascii_uppercase()) && before.ends_with(char::is_alphabetic)
        })
    });
    if let Some(words) = letter {
        let message = format!("\"{words}\" names an option by its letter.");
        let mend = "Name what the option says; options are shuffled.";
        sink.report(look.place, (Grade::Fatal, "letter-named"), at, message, mend);
    } else if let Some(words) = ORDINALS.first(text) {
        let message = format!("\"{words}\" seems to name an option by its place.");
        let mend = "Name what the option says; options are shuffled.";
        sink.report(look.place, (Grade::Review, "letter-named"), at, message, mend);
    }
}

fn length(look: &Look<'_>, (at, is_key): (&str, bool), why: &Text<'_>, context: &Context<'_>, sink: &mut Sink<'_>) {
    let (least, most) = if is_key { (25, 120) } else { (15, 80) };
    if context.origin == Origin::Shipped && !(least..=most).contains(&why.len()) {
        let whose = if is_key { "the key" } else { "a distractor" };
        let message = format!("The reason of {whose} has {} words.", why.len());
        let mend = format!("Bring it to between {least} and {most} words.");
        sink.report(look.place, (Grade::Review, "why-length"), at, message, &mend);
    }
}

fn conflict(look: &Look<'_>, (at, is_key): (&str, bool), why: &Text<'_>, sink: &mut Sink<'_>) {
    let verdict = matches!(why.word(0), "incorrect" | "wrong");
    let words = if is_key {
        verdict.then(|| why.quote(0, 1)).or_else(|| AGAINST_KEY.first(why))
    } else {
        FOR_DISTRACTOR.first(why)
    };
    if let Some(words) = words {
        let (whose, says) = if is_key { ("key", "against it") } else { ("distractor", "for it") };
        let message = format!("The reason of a {whose} speaks {says}: \"{words}\".");
        let mend = "Check which option is the key, then make the reason agree.";
        sink.report(look.place, (Grade::Block, "why-conflict"), at, message, mend);
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Fixture, rules};
    use crate::core::library::Origin;

    const RULE: &str = "A subpoena is a request that a court has not yet weighed, so the record stays closed until \
                        the client agrees or a judge orders its release after hearing both sides.";
    const TEMPTS: &str = "Handing over the record feels like obedience to the law, and it would be right once a judge \
                          has ordered it after a hearing.";

    #[test]
    fn reasons_that_do_not_teach_are_found() {
        let add = |base: &str, more: &str| format!("{base} {more}");
        let cases = [
            (
                0,
                "letter-named",
                add(RULE, "Option B comes later."),
                add(RULE, "She has a choice. A letter comes later."),
            ),
            (1, "letter-named", add(TEMPTS, "The second option waits."), add(TEMPTS, "The second meeting waits.")),
            (0, "why-length", "A subpoena is no order.".into(), RULE.into()),
            (1, "why-length", "It feels like obedience.".into(), TEMPTS.into()),
            (0, "why-conflict", add(RULE, "This is incorrect."), add(RULE, "The lawyer's view is incorrect.")),
            (1, "why-conflict", add(TEMPTS, "This is the best answer."), add(TEMPTS, "A hearing is best.")),
            (1, "why-verdict", add("Incorrect.", TEMPTS), TEMPTS.into()),
            (1, "why-paraphrase", "Send the whole record to the lawyer today.".into(), TEMPTS.into()),
            (1, "why-alike", RULE.into(), TEMPTS.into()),
        ];
        let fixture = Fixture::new();
        for (n, rule, broken, near) in cases {
            let find = |why: &str| {
                let found = fixture.findings(
                    |b| {
                        let item = &mut b.objectives[0].items[0];
                        item.options[0].why = RULE.into();
                        item.options[1].text = "Send the whole record to the lawyer".into();
                        item.options[n].why = why.into();
                    },
                    Origin::Shipped,
                );
                rules(&found)
            };
            assert!(find(&broken).contains(&rule), "{rule} not found: {broken}");
            assert!(!find(&near).contains(&rule), "{rule} found: {near}");
        }
    }
}
