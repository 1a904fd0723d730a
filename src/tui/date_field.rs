//! A line in which the exam's date is typed.

use super::keys::Key;
use super::text::count;
use crate::core::calendar::StudyDay;
use crate::core::settings::{date_words, parse_exam_date};
use jiff::civil::Date;

/// More is never needed for a date.
const LONGEST: usize = 20;

/// The text typed so far, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateField {
    /// The text.
    pub text: String,
    /// What to type instead, after a wrong entry.
    pub trouble: Option<String>,
}

/// What a key did to the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// It goes on.
    More,
    /// A day was entered, or none.
    Entered(Option<Date>),
    /// Nothing is to be changed.
    Cancelled,
}

impl DateField {
    /// A field that holds a date already, or nothing.
    pub fn holding(date: Option<Date>) -> Self {
        Self { text: date.map(|d| d.to_string()).unwrap_or_default(), trouble: None }
    }

    /// Answers a key.
    pub fn press(&mut self, key: Key, today: StudyDay) -> Typed {
        self.trouble = None;
        match key {
            Key::Char(c) if c.is_ascii() && self.text.len() < LONGEST => self.text.push(c),
            Key::Backspace => {
                self.text.pop();
            }
            Key::Enter => match parse(&self.text, today) {
                Ok(date) => return Typed::Entered(date),
                Err(trouble) => self.trouble = Some(trouble),
            },
            Key::Esc => return Typed::Cancelled,
            _ => {}
        }
        Typed::More
    }
}

/// Reads a day that is not over yet; an empty text is no date.
///
/// # Errors
/// What to type instead.
pub fn parse(text: &str, today: StudyDay) -> Result<Option<Date>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    parse_exam_date(text, today).map(Some)
}

/// What a date that is being typed comes to, with its weekday and distance; nothing while it is none.
pub fn echo(text: &str, today: StudyDay) -> Option<String> {
    let date = parse(text, today).ok()??;
    let far = match StudyDay::of(date).since(today) {
        0 => "today".to_owned(),
        days => format!("in {}", count(days.max(0) as usize, "day")),
    };
    Some(format!("{}, {far}.", date_words(date)))
}

/// The date some days on, never before today; from no date the steps begin at today.
pub fn stepped(date: Option<Date>, days: i32, today: StudyDay) -> Date {
    date.map_or(today, StudyDay::of).plus(days).max(today).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> StudyDay {
        StudyDay::of("2026-11-24".parse().unwrap())
    }

    fn date(text: &str) -> Option<Date> {
        text.parse().ok()
    }

    #[test]
    fn an_empty_field_is_no_date_and_a_typed_one_is_said_in_words() {
        assert_eq!(parse(" ", today()), Ok(None));
        assert_eq!(parse("Mar 5 2027", today()), Ok(date("2027-03-05")));
        assert_eq!(echo("3/5/2027", today()).as_deref(), Some("Friday, March 5, 2027, in 101 days."));
        assert_eq!(echo("11/25/2026", today()).as_deref(), Some("Wednesday, November 25, 2026, in 1 day."));
        assert_eq!(echo("2026-11-24", today()).as_deref(), Some("Tuesday, November 24, 2026, today."));
        assert_eq!((echo("", today()), echo("2027-3", today())), (None, None));
    }

    #[test]
    fn typing_keeps_the_text_until_it_is_right() {
        let mut field = DateField::default();
        for c in "2027-02-30".chars() {
            assert_eq!(field.press(Key::Char(c), today()), Typed::More);
        }
        assert_eq!(field.press(Key::Enter, today()), Typed::More);
        assert!(field.trouble.is_some());
        field.press(Key::Backspace, today());
        field.press(Key::Backspace, today());
        assert_eq!((field.text.as_str(), &field.trouble), ("2027-02-", &None));
        field.press(Key::Char('8'), today());
        assert_eq!(field.press(Key::Enter, today()), Typed::Entered(date("2027-02-08")));
        for c in "September 12, 2027 or later".chars() {
            field.press(Key::Char(c), today());
        }
        assert_eq!(field.text.len(), LONGEST);
        assert_eq!(field.press(Key::Esc, today()), Typed::Cancelled);
    }

    #[test]
    fn steps_stay_in_the_future() {
        assert_eq!(Some(stepped(None, 1, today())), date("2026-11-25"));
        assert_eq!(Some(stepped(date("2026-12-01"), -1, today())), date("2026-11-30"));
        assert_eq!(Some(stepped(date("2026-11-24"), -1, today())), date("2026-11-24"));
        assert_eq!(Some(stepped(date("2020-01-01"), 1, today())), date("2026-11-24"));
        assert_eq!(Some(stepped(date("9999-12-31"), 1, today())), date("9999-12-31"));
    }
}
