//! A line in which the exam's date is typed.

use super::keys::Key;
use crate::core::calendar::StudyDay;
use jiff::civil::Date;

/// More is never needed for a date.
const LONGEST: usize = 12;

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
            Key::Char(c) if c.is_ascii_digit() || is_separator(c) => {
                self.text.push(c);
                self.text.truncate(LONGEST);
            }
            Key::Char(_) => self.trouble = Some(format!("Only figures. {}", what_to_type(today))),
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
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let parts: Vec<&str> = text.split(is_separator).collect();
    let [year, month, day] = parts.as_slice() else { return Err(what_to_type(today)) };
    let figures = (year.len() == 4).then(|| Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)));
    let Some(Some((year, month, day))) = figures else { return Err(what_to_type(today)) };
    let Ok(date) = Date::new(year, month, day) else {
        return Err(format!("There is no such day. {}", what_to_type(today)));
    };
    if StudyDay::of(date) < today { Err(format!("That day is over. {}", what_to_type(today))) } else { Ok(Some(date)) }
}

fn is_separator(c: char) -> bool {
    matches!(c, '-' | '/' | '.' | ' ')
}

fn what_to_type(today: StudyDay) -> String {
    format!("Type year-month-day, such as {}; nothing for no date.", today.plus(90).date())
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
    fn usual_ways_to_write_a_date_are_read() {
        for text in ["2027-03-05", "2027-3-5", " 2027/03/05 ", "2027.3.05", "2027 03 05"] {
            assert_eq!(parse(text, today()), Ok(date("2027-03-05")), "{text}");
        }
        assert_eq!(parse(" ", today()), Ok(None));
        assert_eq!(parse("2026-11-24", today()), Ok(date("2026-11-24")));
    }

    #[test]
    fn a_wrong_date_is_answered_with_what_to_type() {
        for (text, why) in [
            ("03/05/2027", "Type year-month-day, such as 2027-02-22"),
            ("20270305", "Type year-month-day"),
            ("2027-3", "Type year-month-day"),
            ("2027--", "Type year-month-day"),
            ("2027-02-30", "There is no such day"),
            ("2026-11-23", "That day is over"),
        ] {
            let trouble = parse(text, today()).unwrap_err();
            assert!(trouble.starts_with(why), "{text}: {trouble}");
        }
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
        field.press(Key::Char('x'), today());
        assert!(field.trouble.as_ref().is_some_and(|t| t.starts_with("Only figures")));
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
