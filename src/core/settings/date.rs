//! Reading the exam's date as people write it.

use crate::core::calendar::StudyDay;
use jiff::civil::Date;

/// Month names; the first three letters are enough.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Reads a day: `2027-1-12`, `1/12/2027`, `Jan 12, 2027`, `12 January 2027`.
///
/// # Errors
/// What to type instead, in words: the text is no date, or there is no such day.
pub fn parse_date(text: &str, today: StudyDay) -> Result<Date, String> {
    let Some((year, month, day)) = figures(text) else { return Err(what_to_type(today)) };
    Date::new(year, month, day).map_err(|_| format!("There is no such day. {}", what_to_type(today)))
}

/// Reads a day that is not over yet, as [`parse_date`] does.
///
/// # Errors
/// What to type instead, in words: the text is no date, there is no such day, or it is over.
pub fn parse_exam_date(text: &str, today: StudyDay) -> Result<Date, String> {
    let date = parse_date(text, today)?;
    if StudyDay::of(date) < today { Err(format!("That day is over. {}", what_to_type(today))) } else { Ok(date) }
}

/// A date in words: `Tuesday, January 12, 2027`.
pub fn date_words(date: Date) -> String {
    date.strftime("%A, %B %-d, %Y").to_string()
}

/// Year, month and day. Figures alone are read as Americans write them, or with the year first.
fn figures(text: &str) -> Option<(i16, i8, i8)> {
    let parts: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty()).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    match (month(a), month(b)) {
        (Some(month), _) => Some((year(c)?, month, day(b)?)),
        (None, Some(month)) if a.len() == 4 => Some((year(a)?, month, day(c)?)),
        (None, Some(month)) => Some((year(c)?, month, day(a)?)),
        (None, None) if a.len() == 4 => Some((year(a)?, small(b)?, day(c)?)),
        (None, None) => Some((year(c)?, small(a)?, day(b)?)),
    }
}

fn month(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    let place = MONTHS.iter().position(|m| word.len() >= 3 && m.starts_with(&word))?;
    i8::try_from(place + 1).ok()
}

/// A year in four figures, or in two of this century.
fn year(word: &str) -> Option<i16> {
    let year = digits(word)?.parse::<i16>().ok()?;
    match word.len() {
        4 => Some(year),
        2 => Some(2000 + year),
        _ => None,
    }
}

/// A day of a month, `12` or `12th`.
fn day(word: &str) -> Option<i8> {
    let lower = word.to_lowercase();
    let word = ["st", "nd", "rd", "th"].iter().find_map(|end| lower.strip_suffix(end)).unwrap_or(&lower);
    small(word)
}

fn small(word: &str) -> Option<i8> {
    digits(word).filter(|w| w.len() <= 2)?.parse().ok()
}

/// The word, if it is figures and nothing else (not even a sign).
fn digits(word: &str) -> Option<&str> {
    (!word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())).then_some(word)
}

fn what_to_type(today: StudyDay) -> String {
    let date = today.plus(90).date();
    format!("Type a date such as {date} or {}.", date.strftime("%b %-d %Y"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> StudyDay {
        StudyDay::of("2026-11-24".parse().unwrap())
    }

    #[test]
    fn usual_ways_to_write_a_date_are_read() {
        for text in [
            "2027-01-12",
            "2027-1-12",
            " 2027/01/12 ",
            "2027.1.12",
            "2027 01 12",
            "1/12/2027",
            "01-12-2027",
            "1/12/27",
            "Jan 12 2027",
            "january 12, 2027",
            "JAN. 12TH, 2027",
            "12 Jan 2027",
            "2027 Jan 12",
        ] {
            assert_eq!(parse_exam_date(text, today()).map(|d| d.to_string()), Ok("2027-01-12".into()), "{text}");
        }
        assert_eq!(parse_exam_date("Sept 3 2027", today()).map(|d| d.to_string()), Ok("2027-09-03".into()));
        assert!(parse_exam_date("2026-11-24", today()).is_ok(), "today is not over");
    }

    #[test]
    fn a_wrong_date_is_answered_with_what_to_type() {
        for (text, why) in [
            ("", "Type a date such as 2027-02-22 or Feb 22 2027."),
            ("20270305", "Type a date"),
            ("2027-3", "Type a date"),
            ("2027--", "Type a date"),
            ("soon, I hope", "Type a date"),
            ("Jan 12", "Type a date"),
            ("Ja 12 2027", "Type a date"),
            ("1/１２/2027", "Type a date"),
            ("1/12/20271", "Type a date"),
            ("2027-02-30", "There is no such day"),
            ("13/12/2027", "There is no such day"),
            ("2026-11-23", "That day is over"),
            ("11/23/26", "That day is over"),
        ] {
            let trouble = parse_exam_date(text, today()).unwrap_err();
            assert!(trouble.starts_with(why), "{text}: {trouble}");
        }
    }

    #[test]
    fn a_date_is_said_with_its_weekday() {
        assert_eq!(date_words("2027-01-12".parse().unwrap()), "Tuesday, January 12, 2027");
    }
}
