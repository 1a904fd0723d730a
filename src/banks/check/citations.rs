//! Rules 27 and 28: sources and standards that exist, and law that says when it was looked up.

use super::item::{Context, Grade, Look, Place, Sink};
use super::phrases::Phrases;
use crate::core::bank::Objective;
use std::sync::LazyLock;

/// The number of standards in each of the six sections of the NASW Code of Ethics (2021).
const NASW_STANDARDS: [u32; 6] = [17, 10, 10, 8, 2, 4];

/// The source id of that Code.
const NASW: &str = "nasw-2021";

/// Statutes and cases of United States law.
static LAW: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new([
        "hipaa",
        "ferpa",
        "capta",
        "icwa",
        "asfa",
        "fmla",
        "vawa",
        "emtala",
        "psda",
        "tvpa",
        "erisa",
        "tarasoff",
        "jaffee",
        "olmstead",
        "42 cfr",
        "social security act",
        "affordable care act",
        "americans with disabilities act",
        "indian child welfare act",
        "family first",
        "title iv-e|vi|vii|ix|xix|xx",
    ])
});

/// Words before the number of a standard.
static STANDARD: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(["standard|standards|code"]));

/// Words of an edition that is no longer in force.
static DATED: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new([
        "gaf",
        "global assessment of functioning",
        "axis i|ii|iii|iv|v",
        "dsm-iii*",
        "dsm-iv*",
        "asperger*",
        "2008 code",
        "2017 code",
        "1996 code",
        "pervasive developmental disorder",
        "gender identity disorder",
        "substance|alcohol abuse disorder",
        "substance|alcohol dependence",
        "hypochondriasis",
        "multiple personality",
    ])
});

/// Words that show that a text speaks of an edition as past.
static PAST: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new([
        "former|formerly",
        "earlier",
        "older",
        "no longer",
        "replaced",
        "once",
        "dropped",
        "removed",
        "until",
        "previous",
        "outdated",
    ])
});

/// Checks the sources of an objective.
pub fn check_refs(place: Place, objective: &Objective, context: &Context<'_>, sink: &mut Sink<'_>) {
    if objective.refs.is_empty() {
        let mend = "Name the source of the rule, such as \"nasw-2021#1.07\".";
        sink.report(place, (Grade::Block, "ref-missing"), "/refs", "The objective names no source.".into(), mend);
    }
    for (n, reference) in objective.refs.iter().enumerate() {
        let (source, at) = reference.split_once('#').unwrap_or((reference, ""));
        let pointer = format!("/refs/{n}");
        if !context.sources.contains(source) {
            let message = format!("There is no source called \"{source}\".");
            sink.report(
                place,
                (Grade::Block, "ref-unknown"),
                &pointer,
                message,
                "Use an id of sources.json, or add the work there.",
            );
        }
        if source == NASW
            && let Some(standard) = standards(at).find(|s| !exists(s))
        {
            no_standard(place, &pointer, standard, sink);
        }
    }
}

/// Checks what one item cites.
pub fn check(look: &Look<'_>, sink: &mut Sink<'_>) {
    for (n, why) in look.whys.iter().enumerate() {
        // A number such as 1.20 is a standard only where the text says so.
        let cited = STANDARD.hits(why).find_map(|hit| {
            let after = &why.raw()[why.offset(hit.from + 1)..];
            let standard = standards(after).next()?;
            (after.starts_with(standard) && !exists(standard)).then_some(standard)
        });
        if let Some(standard) = cited {
            no_standard(look.place, &format!("/options/{n}/why"), standard, sink);
        }
    }
    law(look, sink);
    dated(look, sink);
}

fn no_standard(place: Place, pointer: &str, standard: &str, sink: &mut Sink<'_>) {
    let message = format!("The NASW Code of Ethics (2021) has no standard {standard}.");
    let mend = "Look the standard up: 1.01-1.17, 2.01-2.10, 3.01-3.10, 4.01-4.08, 5.01-5.02, 6.01-6.04.";
    sink.report(place, (Grade::Block, "nasw-standard"), pointer, message, mend);
}

/// The numbers of the form `1.07` in a text.
fn standards(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_digit() && c != '.')
        .map(|word| word.trim_matches('.'))
        .filter(|word| word.split_once('.').is_some_and(|(section, number)| section.len() == 1 && number.len() == 2))
}

/// Whether the Code has that standard.
fn exists(standard: &str) -> bool {
    let Some((section, number)) = standard.split_once('.') else { return false };
    let (Ok(section), Ok(number)) = (section.parse::<usize>(), number.parse::<u32>()) else { return false };
    section.checked_sub(1).and_then(|n| NASW_STANDARDS.get(n)).is_some_and(|&last| (1..=last).contains(&number))
}

fn law(look: &Look<'_>, sink: &mut Sink<'_>) {
    if look.item.as_of.is_some() {
        return;
    }
    let key = look.key.and_then(|n| look.whys.get(n));
    let words = LAW.first(&look.stem).or_else(|| look.options.iter().chain(key).find_map(|text| LAW.first(text)));
    if let Some(words) = words {
        let message = format!("The item names the law \"{words}\" but not the day on which it was looked up.");
        let mend = "Add as_of and jurisdiction if the law decides the key.";
        sink.report(look.place, (Grade::Review, "dated-law"), "", message, mend);
    }
}

fn dated(look: &Look<'_>, sink: &mut Sink<'_>) {
    for (at, text) in look.texts() {
        if let Some(words) = DATED.first(text)
            && !PAST.any(text)
        {
            let message = format!("\"{words}\" belongs to an edition that is no longer in force.");
            let mend = "Use the current term, or say that it is a former one.";
            sink.report(look.place, (Grade::Review, "dated-term"), &at, message, mend);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Fixture, rules};
    use super::*;
    use crate::core::bank::BankFile;
    use crate::core::library::Origin;

    type Change = fn(&mut BankFile);

    #[test]
    fn citations_are_held_against_the_registers() {
        let cases: [(&str, Change, Change); 6] = [
            ("ref-unknown", |b| b.objectives[0].refs = vec!["nobody-1999".into()], |_| {}),
            ("ref-missing", |b| b.objectives[0].refs.clear(), |_| {}),
            (
                "nasw-standard",
                |b| b.objectives[0].refs = vec!["nasw-2021#1.05, 1.18(a)".into()],
                |b| {
                    b.objectives[0].refs = vec!["nasw-2021#1.05, 1.17(a)".into()];
                },
            ),
            (
                "nasw-standard",
                |b| b.objectives[0].items[0].options[1].why.push_str(" See standard 5.03(a)."),
                |b| {
                    b.objectives[0].items[0].options[1].why.push_str(" The ratio is 5.03.");
                },
            ),
            (
                "dated-law",
                |b| b.objectives[0].items[0].stem.insert_str(0, "HIPAA applies here. "),
                |b| {
                    b.objectives[0].items[0].stem.insert_str(0, "HIPAA applies here. ");
                    b.objectives[0].items[0].as_of = Some("2026-11-01".into());
                    b.objectives[0].items[0].jurisdiction = Some("US".into());
                },
            ),
            (
                "dated-term",
                |b| b.objectives[0].items[0].stem.insert_str(0, "His GAF score is 50. "),
                |b| {
                    b.objectives[0].items[0].stem.insert_str(0, "The GAF is no longer used. ");
                },
            ),
        ];
        let fixture = Fixture::new();
        for (rule, broken, near) in cases {
            assert!(rules(&fixture.findings(broken, Origin::Shipped)).contains(&rule), "{rule} not found");
            assert!(!rules(&fixture.findings(near, Origin::Shipped)).contains(&rule), "{rule} found in its neighbour");
        }
    }

    #[test]
    fn standards_end_where_the_code_ends() {
        assert!(["1.01", "1.17", "2.10", "3.10", "4.08", "5.02", "6.04"].into_iter().all(exists));
        assert!(!["0.01", "1.00", "1.18", "2.11", "3.11", "4.09", "5.03", "6.05", "7.01"].into_iter().any(exists));
    }
}
