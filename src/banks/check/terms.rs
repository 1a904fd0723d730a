//! Rule 24: terms that stigmatise or are out of date.

use super::item::{Grade, Look, Sink};
use super::phrases::{Hit, Phrases};
use super::words::Text;
use std::sync::LazyLock;

/// Where a term is a fault.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    /// Wherever it stands.
    Any,
    /// Where it names people: "an alcoholic", not "an alcoholic drink".
    Noun,
    /// Where no adjective says who: "minorities", not "ethnic minorities".
    Alone,
    /// In the history of the trade it is the right word.
    ButHistory,
    /// Worth a look only.
    Doubtful,
}

/// The terms, how they count, and what to say instead.
const TERMS: &[(&str, Use, &str)] = &[
    ("addict|addicts", Use::Any, "person with a substance use disorder"),
    ("alcoholic|alcoholics", Use::Noun, "person with an alcohol use disorder"),
    ("junkie*", Use::Any, "person who uses drugs"),
    ("substance|drug|alcohol abuser*", Use::Any, "person with a substance use disorder"),
    ("clean|dirty urine|test|tests|screen|screens|drop|drops", Use::Any, "negative or positive test"),
    ("commit|commits|committed|committing suicide", Use::Any, "die by suicide"),
    ("failed|successful|unsuccessful|completed suicide", Use::Any, "suicide attempt, or death by suicide"),
    ("suicide|suicidal gesture*", Use::Any, "suicide attempt or self-harm"),
    ("wheelchair-bound", Use::Any, "uses a wheelchair"),
    ("wheelchair bound", Use::Any, "uses a wheelchair"),
    ("confined to a|the|her|his|their wheelchair", Use::Any, "uses a wheelchair"),
    ("handicapped", Use::Any, "with a disability; accessible"),
    ("the disabled", Use::Noun, "people with disabilities"),
    ("the mentally ill", Use::Noun, "people with a mental illness"),
    ("the elderly", Use::Noun, "older adults"),
    ("schizophrenics|borderlines|bipolars", Use::Any, "people with the disorder"),
    ("a|an|the schizophrenic|borderline|bipolar", Use::Noun, "person with the disorder"),
    ("mental retardation", Use::ButHistory, "intellectual developmental disorder"),
    ("mentally retarded", Use::ButHistory, "with an intellectual disability"),
    ("hermaphrodite*", Use::Any, "intersex person"),
    ("transgendered", Use::Any, "transgender"),
    ("sexual preference*", Use::Any, "sexual orientation"),
    ("homosexuals", Use::ButHistory, "gay men and lesbians"),
    ("a|the homosexual", Use::Noun, "gay man or lesbian"),
    ("illegal alien|aliens|immigrant|immigrants", Use::Any, "undocumented person"),
    ("illegals", Use::Any, "undocumented people"),
    ("minorities", Use::Alone, "the group by its name"),
    ("oriental*", Use::Any, "Asian, or the country"),
    ("caucasian*", Use::Any, "White"),
    ("non-compliant|noncompliant", Use::Any, "did not follow the plan; is ambivalent"),
    ("manipulative", Use::Any, "what the person does"),
    ("frequent flyer|flyers|flier|fliers", Use::Any, "person who is often admitted"),
    ("broken home*", Use::Any, "the family as it is, such as separated parents"),
    ("wife beater*", Use::Any, "partner who is violent"),
    ("prostitute|prostitutes", Use::Any, "person who sells sex; for a minor, sexually exploited child"),
    ("victim|victims suffer|suffers|suffering|suffered from", Use::Any, "survivor with"),
    ("suffer|suffers|suffering|suffered from", Use::Doubtful, "has, lives with"),
];

static LIST: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(TERMS.iter().map(|(term, ..)| *term)));

/// Words that show that the term before them was a noun.
const AFTER_NOUN: [&str; 24] = [
    "and", "are", "at", "can", "for", "from", "had", "has", "have", "in", "is", "may", "must", "of", "on", "or",
    "should", "than", "that", "to", "was", "were", "who", "with",
];

/// Words that show a text speaks of the past of the trade.
static HISTORY: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new([
        "histor*",
        "former|formerly",
        "once called",
        "then called",
        "older term",
        "replaced",
        "outdated",
        "dsm-iii",
        "dsm-iv",
    ])
});

/// Checks one item's stem, options and reasons.
pub fn check(look: &Look<'_>, sink: &mut Sink<'_>) {
    for (at, text) in look.texts() {
        check_text(look, &at, text, sink);
    }
}

fn check_text(look: &Look<'_>, at: &str, text: &Text<'_>, sink: &mut Sink<'_>) {
    let mut past = None;
    for hit in LIST.hits(text) {
        let (_, how, instead) = TERMS[hit.number];
        let fault = match how {
            Use::Any | Use::Doubtful => true,
            Use::Noun => names_people(text, hit),
            Use::Alone => !qualified(text, hit),
            Use::ButHistory => !*past.get_or_insert_with(|| HISTORY.any(text)),
        };
        // What a person in the case says stays as she says it.
        if !fault || text.in_quotes(text.offset(hit.from)) {
            continue;
        }
        let grade = if how == Use::Doubtful { Grade::Review } else { Grade::Block };
        let message = format!("\"{}\" stigmatises or is out of date.", text.quote(hit.from, hit.len));
        let mend = format!("Say instead: {instead}.");
        sink.report(look.place, (grade, "term"), at, message, &mend);
        return;
    }
}

/// Whether nothing follows the term that it could describe.
fn names_people(text: &Text<'_>, hit: Hit) -> bool {
    let end = hit.from + hit.len;
    if text.word(end) == "anonymous" || text.word(hit.from.wrapping_sub(2)) == "children" {
        return false;
    }
    let last = end - 1;
    let gap = &text.raw()[text.offset(last) + text.quote(last, 1).len()..text.offset(end)];
    end >= text.len() || gap.trim() != "" || AFTER_NOUN.contains(&text.word(end)) || text.word(last).ends_with("holics")
}

/// Whether an adjective or "and" stands before "minorities".
fn qualified(text: &Text<'_>, hit: Hit) -> bool {
    let before = text.word(hit.from.wrapping_sub(1));
    ["racial", "ethnic", "sexual", "gender", "religious", "linguistic", "national", "language"].contains(&before)
}

#[cfg(test)]
mod tests {
    use super::super::sample::Fixture;
    use crate::core::library::Origin;

    #[test]
    fn a_term_is_found_where_it_is_a_fault() {
        let fixture = Fixture::new();
        for (text, fault) in [
            ("He is an addict who wants help", true),
            ("His addiction began at school", false),
            ("She is an alcoholic.", true),
            ("He buys an alcoholic drink", false),
            ("She goes to Alcoholics Anonymous", false),
            ("Her brother committed suicide", true),
            ("Her brother died by suicide", false),
            ("Her brother says, \"He committed suicide\"", false),
            ("A program for the elderly", true),
            ("A program for the elderly couple", false),
            ("Treating a borderline pattern is hard", false),
            ("The intern meets a borderline.", true),
            ("He has mental retardation", true),
            ("DSM-IV still spoke of mental retardation", false),
            ("Services for minorities", true),
            ("Services for ethnic minorities", false),
            ("The patient is non-compliant", true),
            ("The hospital does not comply", false),
        ] {
            let in_why = fixture.errors(|b| b.objectives[0].items[0].options[1].why = text.into(), Origin::Shipped);
            let in_stem = fixture.errors(|b| b.objectives[0].items[0].stem = text.into(), Origin::Shipped);
            assert_eq!((in_why.contains(&"term"), in_stem.contains(&"term")), (fault, fault), "{text}");
        }
    }
}
