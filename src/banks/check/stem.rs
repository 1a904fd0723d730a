//! Rules 10, 17, 18 and 29: a stem that is clear, short, readable, and of the level that it claims.

use super::item::{Grade, Look, Sink};
use super::phrases::Phrases;
use super::prose::{sentences, syllables};
use super::words::Text;
use crate::core::bank::Level;
use std::sync::LazyLock;

/// Questions that leave the whole work to the options.
static WHICH_IS_TRUE: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new([
        "which of the following is|are true|correct|accurate|false",
        "which of the following statements is|are true|correct|accurate|false",
        "which of these is|are true|correct|accurate|false",
        "which statement is true|correct|accurate|false",
        "which is true|correct",
    ])
});

/// Negative questions in small letters.
static NEGATIVE: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new(["except", "least likely|appropriate|effective|important|helpful|useful", "not"]));

/// Words after which a clause only describes; a "not" there does not turn the question round.
const CLAUSES: [&str; 16] = [
    "after", "although", "because", "before", "if", "since", "that", "though", "until", "when", "where", "whether",
    "while", "who", "whose", "why",
];

/// Checks one item's stem.
pub fn check(look: &Look<'_>, sink: &mut Sink<'_>) {
    if look.stem.is_empty() {
        return;
    }
    let parts = sentences(look.stem.raw());
    let question = Text::new(parts.last().copied().unwrap_or_default());
    negative(look, &question, sink);
    sizes(look, &parts, &question, sink);
    if !look.stem.raw().trim_end().trim_end_matches(['"', '”', '\'']).ends_with('?') {
        let message = format!("The stem does not end with a question: \"{}\".", question.raw());
        sink.report(
            look.place,
            (Grade::Block, "stem-question"),
            "/stem",
            message,
            "End with a closed question of 4 to 25 words.",
        );
    }
    if let Some(words) = WHICH_IS_TRUE.first(&question) {
        let message = format!("The question \"{words}\" asks about the options one by one.");
        let mend = "Ask something that can be answered without seeing the options.";
        sink.report(look.place, (Grade::Block, "which-is-true"), "/stem", message, mend);
    }
    if let Some(grade) = reading_grade(&look.stem).filter(|grade| *grade > 13.0) {
        let message = format!("The stem reads at grade {grade:.0}.");
        let mend = "Use shorter sentences and plainer words, to grade 13 at most.";
        sink.report(look.place, (Grade::Review, "reading-grade"), "/stem", message, mend);
    }
    level(look, parts.len(), sink);
}

fn negative(look: &Look<'_>, question: &Text<'_>, sink: &mut Sink<'_>) {
    for n in 0..question.len() {
        if let word @ ("NOT" | "EXCEPT" | "LEAST") = question.quote(n, 1) {
            let message = format!("The question is negative ({word}): \"{}\".", question.raw());
            let mend = "Ask for what is right, not for what is wrong.";
            sink.report(look.place, (Grade::Block, "negative-lead-in"), "/stem", message, mend);
            return;
        }
    }
    let hit = NEGATIVE.hits(question).find(|hit| (0..hit.from).all(|n| !CLAUSES.contains(&question.word(n))));
    if let Some(hit) = hit {
        let message =
            format!("The question seems negative (\"{}\"): \"{}\".", question.quote(hit.from, hit.len), question.raw());
        let mend = "Ask for what is right, not for what is wrong.";
        sink.report(look.place, (Grade::Review, "negative-lead-in"), "/stem", message, mend);
    }
}

fn sizes(look: &Look<'_>, parts: &[&str], question: &Text<'_>, sink: &mut Sink<'_>) {
    let words = look.stem.len();
    let least = if look.item.level == Level::Recall { 8 } else { 12 };
    if !(least..=110).contains(&words) {
        let message = format!("The stem has {words} words.");
        let mend = format!("Bring it to between {least} and 110 words.");
        sink.report(look.place, (Grade::Review, "stem-length"), "/stem", message, &mend);
    }
    if !(4..=25).contains(&question.len()) {
        let message = format!("The question has {} words: \"{}\".", question.len(), question.raw());
        sink.report(look.place, (Grade::Review, "lead-in-length"), "/stem", message, "Ask in 4 to 25 words.");
    }
    if parts.len() > 6 {
        let message = format!("The stem has {} sentences.", parts.len());
        sink.report(
            look.place,
            (Grade::Review, "stem-sentences"),
            "/stem",
            message,
            "Keep the facts that decide, in six sentences at most.",
        );
    }
}

fn level(look: &Look<'_>, parts: usize, sink: &mut Sink<'_>) {
    let words = look.stem.len();
    let message = match look.item.level {
        Level::Recall if words > 40 && parts > 2 => {
            format!("The level is recall, but the stem tells a case in {words} words.")
        }
        Level::Application | Level::Reasoning if words < 20 => {
            format!("The level is {}, but the stem has no case ({words} words).", look.item.level.id())
        }
        _ => return,
    };
    let mend = "Change the level, or the stem.";
    sink.report(look.place, (Grade::Review, "level-claim"), "/level", message, mend);
}

/// The school grade at which a text reads; none without words.
///
/// Flesch–Kincaid: 0.39 words per sentence + 11.8 syllables per word − 15.59 (Kincaid and others 1975).
pub fn reading_grade(text: &Text<'_>) -> Option<f64> {
    let words = text.len() as f64;
    let sounds: usize = text.words().map(syllables).sum();
    let count = sentences(text.raw()).len().max(1) as f64;
    (!text.is_empty()).then(|| 0.39 * words / count + 11.8 * sounds as f64 / words - 15.59)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Fixture, rules};
    use super::*;
    use crate::core::library::Origin;

    #[test]
    fn stems_that_mislead_or_tire_are_found() {
        let case = "A hospital social worker meets a man who lost his job last month and now sleeps badly. ";
        let tell = |question: &str| format!("{case}{question}");
        let cases = [
            ("negative-lead-in", tell("Which step should the worker NOT take now?"), tell("Which step should the worker take NOW?")),
            ("negative-lead-in", tell("Which of these is not a sign of grief?"), tell("What helps a man who is not able to sleep?")),
            ("negative-lead-in", tell("Which step is least likely to help him?"), tell("Which step takes at least a week of time?")),
            ("stem-question", tell("The worker should first do this:"), tell("What should the worker do first?")),
            ("which-is-true", tell("Which of the following is true?"), tell("Which of the following fits his state?")),
            ("stem-length", "What should the worker now do in this case?".into(), tell("What should the worker do first?")),
            ("lead-in-length", tell("What now?"), tell("What should the man do now?")),
            ("stem-sentences", tell("He is sad. He is ill. He is old. He is in. He is up. What should he do?"), tell("He is sad. He is ill. He is old. What should he do?")),
            (
                "reading-grade",
                "Considering organizational accountability requirements, interdisciplinary collaboration expectations and confidentiality obligations, which administrative recommendation appropriately addresses institutional documentation deficiencies?".into(),
                tell("What should the worker do first?"),
            ),
            ("level-claim", "What should a worker in a hospital do for a sad man who cannot sleep?".into(), tell("What should the worker do first?")),
        ];
        let fixture = Fixture::new();
        for (rule, broken, near) in cases {
            let find = |stem: String| {
                rules(&fixture.findings(|b| b.objectives[0].items[0].stem = stem.clone(), Origin::Shipped))
            };
            assert!(find(broken.clone()).contains(&rule), "{rule} not found: {broken}");
            assert!(!find(near.clone()).contains(&rule), "{rule} found: {near}");
        }
    }

    #[test]
    fn the_grade_of_a_known_sentence() {
        // 13 words, 1 sentence, 24 syllables: 0.39 * 13 + 11.8 * 24 / 13 - 15.59 = 11.26.
        let text = Text::new("The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.");
        let grade = reading_grade(&text).unwrap();
        assert!((grade - 11.3).abs() < 1.0, "{grade}");
    }
}
