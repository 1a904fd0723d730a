//! A report as a file: what it is made of, and the forms that it can take.

use super::question::{Question, questions};
use super::{html, json, lines, markdown};
use crate::core::bank::Item;
use crate::core::event::{ExamLength, Shown};
use crate::core::exam::Exam;
use crate::core::library::Library;
use crate::core::progress::Progress;
use crate::core::report::{Earlier, Report, earlier, keys_are_free, second_look_left};
use crate::text::{count, one_line};
use std::borrow::Cow;

/// What stands at the foot of every file.
pub const MADE_BY: &str = "Made by swprep, practice for the social work licensing exams. This was practice: no question here is from a real exam, and nothing here is a promise about the real exam. Not affiliated with ASWB.";

/// The forms of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain lines, without the questions.
    Text,
    /// Markdown.
    Markdown,
    /// For programs.
    Json,
    /// One page for a browser, which prints well.
    Html,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Text, Self::Markdown, Self::Json, Self::Html];

    /// The word on the command line, and the ending of a file.
    pub fn id(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "md",
            Self::Json => "json",
            Self::Html => "html",
        }
    }

    /// The form of that word.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.id() == id)
    }
}

/// The questions of a report.
#[derive(Clone, Debug, PartialEq)]
pub enum Questions {
    /// Every question that was on the screen.
    Shown(Vec<Question>),
    /// Left out, and why.
    Withheld(String),
}

/// A report, ready to be written.
pub struct Document<'a> {
    /// The exam; it is over.
    pub exam: &'a Exam,
    /// Its report.
    pub report: Report,
    /// The exams to set it beside.
    pub earlier: Vec<Earlier>,
    /// Its questions.
    pub questions: Questions,
    library: &'a Library,
}

impl<'a> Document<'a> {
    /// The report of an exam; `None` while it is open. `item` finds a question as it was shown.
    ///
    /// While a second look is possible the questions are left out, unless the keys are asked for.
    pub fn of(
        exam: &'a Exam,
        progress: &Progress,
        library: &'a Library,
        item: &dyn Fn(&Shown) -> Option<Cow<'a, Item>>,
        with_keys: bool,
    ) -> Option<Self> {
        if exam.is_open() {
            return None;
        }
        let questions = if with_keys || keys_are_free(exam, library) {
            Questions::Shown(questions(exam, library, item))
        } else {
            Questions::Withheld(withheld(second_look_left(exam, library)))
        };
        let report = Report::of(exam, library);
        Some(Self { exam, report, earlier: earlier(exam, progress, library), questions, library })
    }

    /// Writes it.
    ///
    /// # Errors
    /// None in practice: everything in it is plain data.
    pub fn write(&self, format: Format) -> serde_json::Result<String> {
        Ok(match format {
            Format::Text => lines(&self.report, &self.earlier).join("\n") + "\n",
            Format::Markdown => markdown::markdown(self),
            Format::Json => json::json(self, self.library)?,
            Format::Html => html::html(self),
        })
    }

    /// Its title.
    pub fn title(&self) -> String {
        exam_title(self.exam)
    }

    /// Which exam it was, in short words.
    pub fn subtitle(&self) -> Vec<String> {
        let length = match self.exam.form.length {
            ExamLength::Full => "full length",
            ExamLength::Half => "half length",
            ExamLength::Mini => "mini exam",
            ExamLength::Items(_) => "short exam",
        };
        vec![
            format!("{} exam", self.exam.form.category.title()),
            length.to_owned(),
            count(self.report.items as usize, "question"),
            format!("begun {}", self.report.started),
        ]
    }

    /// A name for its file, without an ending: the date, and what it is called.
    pub fn file_name(&self) -> String {
        let date = self.report.started.split(' ').next().unwrap_or_default();
        format!("{date}-{}", file_words(&self.title()))
    }
}

/// What an exam is called: its own name on one line, or that it is a mock exam.
pub fn exam_title(exam: &Exam) -> String {
    let name = exam.form.name.as_deref().map(one_line).filter(|name| !name.is_empty());
    name.unwrap_or_else(|| "Mock exam".to_owned())
}

/// The longest part of a file's name that a title makes, in characters.
const FILE_WORDS: usize = 40;

/// A title as a part of a file's name that every system takes: lower-case letters, digits and single `-`.
fn file_words(title: &str) -> String {
    let mut words = String::new();
    for c in title.to_lowercase().chars() {
        if c.is_ascii_alphanumeric() {
            words.push(c);
        } else if !words.is_empty() && !words.ends_with('-') {
            words.push('-');
        }
    }
    words.truncate(FILE_WORDS);
    let words = words.trim_matches('-');
    if words.is_empty() { "exam".to_owned() } else { words.to_owned() }
}

fn withheld(left: usize) -> String {
    format!(
        "The questions are not in this file: {} can still be answered again before the keys are shown, and the keys would end that. Save the report again after the second look, or with the keys if you want none.",
        count(left, "question")
    )
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::core::sample::sat;

    /// The document of an exam of the sample.
    pub fn document<'a>(exam: &'a Exam, library: &'a Library, with_keys: bool) -> Document<'a> {
        let item = |shown: &Shown| library.item(&shown.item).map(|found| Cow::Borrowed(found.item));
        Document::of(exam, &Progress::default(), library, &item, with_keys).unwrap()
    }

    /// Every form of it.
    pub fn written(document: &Document<'_>) -> Vec<String> {
        Format::ALL.iter().map(|format| document.write(*format).unwrap()).collect()
    }

    /// The first reason of the sample: what no file may hold while the keys are kept.
    const REASON: &str = "come before any plan";

    #[test]
    fn no_form_tells_a_key_while_a_second_look_is_left() {
        // What is answered within a second is worth a second look.
        let (mut exam, library) = sat(ExamLength::Items(6), |n| Some(n % 2 == 0));
        for text in written(&document(&exam, &library, false)) {
            assert!(!text.contains(REASON) && !text.contains("the key is"), "{text}");
        }
        let kept = document(&exam, &library, false);
        let json: serde_json::Value = serde_json::from_str(&kept.write(Format::Json).unwrap()).unwrap();
        assert!(json["answers"].as_array().unwrap().iter().all(|a| a["key"].is_null() && !a["choice"].is_null()));
        for format in [Format::Markdown, Format::Html] {
            assert!(kept.write(format).unwrap().contains("6 questions can still be answered again"), "{format:?}");
        }
        let asked_for = written(&document(&exam, &library, true));
        assert!(asked_for[1..].iter().all(|text| text.contains(REASON)));
        exam.keys_shown = true;
        assert!(written(&document(&exam, &library, false))[1..].iter().all(|text| text.contains(REASON)));
    }

    #[test]
    fn an_open_exam_is_no_document() {
        let (mut exam, library) = sat(ExamLength::Items(2), |_| Some(true));
        exam.phase = crate::core::exam::Phase::Section(0);
        assert!(Document::of(&exam, &Progress::default(), &library, &|_| None, true).is_none());
    }

    #[test]
    fn a_file_is_named_after_date_and_exam() {
        let (mut exam, library) = sat(ExamLength::Items(2), |_| Some(true));
        assert_eq!(document(&exam, &library, false).file_name(), "1970-01-01-mock-exam");
        for (name, want) in [("Second  try: 70 %!", "second-try-70"), ("../..", "exam"), ("模擬", "exam")] {
            exam.form.name = Some(name.into());
            assert_eq!(document(&exam, &library, false).file_name(), format!("1970-01-01-{want}"));
        }
        exam.form.name = Some("a b ".repeat(40));
        assert!(document(&exam, &library, false).file_name().len() <= 11 + FILE_WORDS);
    }

    #[test]
    fn every_form_says_who_made_it_and_promises_nothing() {
        let (exam, library) = sat(ExamLength::Items(2), |_| Some(true));
        for format in [Format::Markdown, Format::Html] {
            let text = document(&exam, &library, false).write(format).unwrap();
            assert!(text.contains("Made by swprep") && text.contains("promise about the real exam"), "{text}");
        }
    }
}
