//! The report as titled parts.

use crate::core::calendar::words;
use crate::core::interval::LIKELY;
use crate::core::report::{Earlier, Line, Quarter, Report, difference_words};
use crate::text::{count, letter};
use std::time::Duration;

/// A part of the report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Part {
    /// Its title.
    pub title: &'static str,
    /// Shares with their ranges, to be shown as a table.
    pub rows: Vec<Line>,
    /// Counts, to be shown as a list.
    pub counts: Vec<(String, u32)>,
    /// Sentences.
    pub words: Vec<String>,
}

/// The title of the part about pace.
pub(super) const PACE: &str = "Pace";

/// The quarters of the sections, in words.
pub(super) const QUARTERS: [&str; 4] = ["first quarter", "second quarter", "third quarter", "last quarter"];

/// A group with fewer answers says nothing.
pub(super) const TOO_FEW: u32 = 3;

/// So many kinds of wrong answers are named.
const TRAPS: usize = 5;

/// So many changed answers are named.
const CHANGES: usize = 12;

/// So many earlier exams are named.
const EARLIER: usize = 5;

/// Everything that the report has to say below the score. Parts with nothing to say are left out.
pub fn parts(report: &Report, earlier: &[Earlier]) -> Vec<Part> {
    let mut parts: Vec<Part> = [
        ("By area", &report.areas),
        ("By part", &report.subdomains),
        ("By kind of thinking", &report.levels),
        ("By task word", &report.task_words),
    ]
    .into_iter()
    .filter_map(|(title, rows)| table(title, rows))
    .collect();
    if parts.is_empty() {
        parts.push(Part {
            title: "What can be said",
            words: vec!["Too few answers to say more by area or kind.".into()],
            ..Part::default()
        });
    } else if report.left_open > 0
        && let Some(last) = parts.last_mut()
    {
        last.words.push("Counted here: the questions that you answered.".into());
    }
    parts.extend([
        misses_part(report),
        traps_part(report),
        sureness_part(report),
        changes_part(report),
        pace_part(report),
        compared(report, earlier),
        Part { title: "How it went", words: facts(report), ..Part::default() },
    ]);
    parts.retain(|p| !(p.rows.is_empty() && p.counts.is_empty() && p.words.is_empty()));
    parts
}

/// What "likely" means, where the report has used the word.
pub fn footnote(report: &Report) -> Option<&'static str> {
    (report.answered.of > 0).then_some(LIKELY)
}

fn misses_part(report: &Report) -> Part {
    let counts = report.misses.iter().map(|(miss, n)| (miss.title().to_owned(), *n)).collect();
    Part { title: "Where the points were lost", counts, ..Part::default() }
}

fn traps_part(report: &Report) -> Part {
    let (shown, others) = report.traps.split_at(report.traps.len().min(TRAPS));
    let words = if others.is_empty() { vec![] } else { vec![format!("And {}.", count(others.len(), "other"))] };
    Part { title: "What the wrong answers had in common", counts: shown.to_vec(), words, ..Part::default() }
}

fn sureness_part(report: &Report) -> Part {
    let row = |name: &str, share: &_| Line { name: name.into(), share: *share };
    let rows = [("you were sure", report.sure), ("you guessed", report.guessed), ("answered very fast", report.rushed)];
    let rows: Vec<Line> = rows.iter().filter(|(_, s)| s.of > 0).map(|(name, s)| row(name, s)).collect();
    let words = match report.sure.of - report.sure.right {
        0 => vec![],
        wrong => vec![format!(
            "{} wrong although you were sure: these rules are worth reading first.",
            count(wrong as usize, "answer")
        )],
    };
    Part { title: "How sure you were", rows, words, ..Part::default() }
}

fn changes_part(report: &Report) -> Part {
    let changes = &report.changes;
    if changes.ledger.is_empty() {
        return Part::default();
    }
    let mut words = vec![format!(
        "{} to right, {} away from right, {} from wrong to wrong.",
        changes.to_right, changes.to_wrong, changes.wrong_to_wrong
    )];
    let each = changes.ledger.iter().take(CHANGES).map(|change| {
        let number = number_words(report, change.section, change.number);
        format!("{number}: {} to {}, {}", letter(change.from), letter(change.to), change.effect.title())
    });
    words.extend(each);
    if changes.ledger.len() > CHANGES {
        words.push(format!("And {} more.", changes.ledger.len() - CHANGES));
    }
    Part { title: "Changed answers", words, ..Part::default() }
}

fn pace_part(report: &Report) -> Part {
    let pace = &report.pace;
    if report.answered.of < TOO_FEW * 4 {
        return Part::default();
    }
    let row = |(name, quarter): (&str, &Quarter)| Line {
        name: format!("{name}, {} s each", quarter.seconds_each),
        share: quarter.share,
    };
    let mut rows: Vec<Line> = QUARTERS.into_iter().zip(&pace.quarters).map(row).collect();
    if let Some(share) = pace.last_half_hour.filter(|s| s.of > 0) {
        rows.push(Line { name: "in the last 30 minutes".into(), share });
    }
    let slow: Vec<String> = pace
        .slowest
        .iter()
        .filter(|slow| slow.seconds >= 60)
        .map(|slow| {
            let number = number_words(report, slow.section, slow.number);
            let time = words(Duration::from_secs(slow.seconds));
            format!("{number} ({time}, {})", if slow.right { "right" } else { "missed" })
        })
        .collect();
    let words = if slow.is_empty() { vec![] } else { vec![format!("Slowest: {}.", slow.join("; "))] };
    Part { title: PACE, rows, words, ..Part::default() }
}

fn compared(report: &Report, earlier: &[Earlier]) -> Part {
    let mut rows = vec![Line { name: "this exam".into(), share: report.first_sight }];
    rows.extend(
        earlier
            .iter()
            .take(EARLIER)
            .map(|e| Line { name: e.name.clone().unwrap_or_else(|| e.started.clone()), share: e.first_sight }),
    );
    let Some(words) = earlier.first().and_then(|last| difference_words(&report.first_sight, &last.first_sight)) else {
        return Part::default();
    };
    let words = vec![format!("Questions that were new to you. Against the exam before: {}", lower_first(&words))];
    Part { title: "Beside your earlier exams", rows, words, ..Part::default() }
}

/// How the exam went, in sentences.
fn facts(report: &Report) -> Vec<String> {
    let seconds = |s: u64| words(Duration::from_secs(s));
    let mut facts = vec![format!(
        "{} in all, {} s for each answered question; {}.",
        seconds(report.seconds),
        report.seconds_each(),
        report.time
    )];
    if let (times @ 1.., all) = report.interruptions {
        let clock = if report.strict { "the clock ran on" } else { "the clock stood still" };
        facts.push(format!("Interrupted {} for {} in all; {clock}.", count(times, "time"), seconds(all)));
    }
    if let (times @ 1.., all) = report.rests {
        facts.push(format!("{} of {} in all, with the clock stopped.", count(times, "extra break"), seconds(all)));
    }
    if report.away > 0 {
        facts.push(format!("Away for {} while the clock ran.", seconds(report.away)));
    }
    facts.push(match report.departures.as_slice() {
        [] => "Sat under exam conditions: yes.".to_owned(),
        all => format!("Sat under exam conditions: no; {}.", all.join(", ")),
    });
    facts.push(format!("Begun {}. Seed {}.", report.started, report.seed));
    facts
}

/// A question by its number, with its section where there are several.
fn number_words(report: &Report, section: usize, number: usize) -> String {
    if report.sections > 1 { format!("section {section} question {number}") } else { format!("question {number}") }
}

fn table(title: &'static str, rows: &[Line]) -> Option<Part> {
    let (few, rows): (Vec<Line>, Vec<Line>) = rows.iter().cloned().partition(|row| row.share.of < TOO_FEW);
    if rows.is_empty() {
        return None;
    }
    let names: Vec<&str> = few.iter().map(|row| row.name.as_str()).collect();
    let words = if few.is_empty() { vec![] } else { vec![format!("Too few to say: {}.", names.join(", "))] };
    Some(Part { title, rows, words, ..Part::default() })
}

fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::event::ExamLength;
    use crate::core::interval::Share;
    use crate::core::sample::sat;

    fn part<'a>(parts: &'a [Part], title: &str) -> Option<&'a Part> {
        parts.iter().find(|p| p.title == title)
    }

    #[test]
    fn groups_that_are_too_small_share_one_sentence() {
        let row = |name: &str, right, of| Line { name: name.into(), share: Share::new(right, of) };
        let rows = [row("Ethics", 2, 3), row("Intake", 1, 2), row("Termination", 0, 1)];
        let part = table("By part", &rows).unwrap();
        assert_eq!((part.rows.len(), part.words), (1, vec!["Too few to say: Intake, Termination.".to_owned()]));
        assert_eq!(table("By part", &rows[1..]), None, "nothing can be said");
    }

    #[test]
    fn five_traps_are_named_and_the_others_counted() {
        let (exam, library) = sat(ExamLength::Mini, |_| Some(true));
        let mut report = Report::of(&exam, &library);
        report.traps = (0..7).map(|n| (format!("Trap {n}"), 2)).collect();
        let parts = parts(&report, &[]);
        let traps = part(&parts, "What the wrong answers had in common").unwrap();
        assert_eq!((traps.counts.len(), &traps.words[0]), (5, &"And 2 others.".to_owned()));
    }

    #[test]
    fn every_missed_point_has_its_reason() {
        let (exam, library) = sat(ExamLength::Mini, |n| (n < 20).then_some(n % 2 == 0));
        let report = Report::of(&exam, &library);
        let parts = parts(&report, &[]);
        let lost: u32 = part(&parts, "Where the points were lost").unwrap().counts.iter().map(|(_, n)| n).sum();
        assert_eq!(lost, report.score.of - report.score.right);
    }

    #[test]
    fn an_earlier_exam_stands_beside_it_without_a_false_trend() {
        let (exam, library) = sat(ExamLength::Mini, |n| Some(n % 3 != 0));
        let report = Report::of(&exam, &library);
        let earlier = [Earlier { started: "2026-11-01 10:00".into(), name: None, first_sight: Share::new(18, 30) }];
        let with = parts(&report, &earlier);
        let compared = part(&with, "Beside your earlier exams").unwrap();
        assert!(compared.words[0].ends_with("the difference can be chance."), "{:?}", compared.words);
        assert!(part(&parts(&report, &[]), "Beside your earlier exams").is_none());
    }
}
