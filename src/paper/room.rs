//! What is said in the exam room, on the screen and by lines.

use crate::core::event::ExamLength;
use crate::core::exam::{Exam, Phase};
use crate::text::count;

/// The rules of an exam, to be read before its clock starts.
pub fn rules(length: ExamLength, strict: bool) -> Vec<&'static str> {
    let mut rules = vec!["A question without an answer counts as wrong."];
    if length == ExamLength::Full {
        rules.push("Each section is closed for good once it is handed in; time that is left is not carried over. Between the sections there is a break, in which the clock stands still.");
        rules.push("Some questions are being tried out and count for nothing. Nothing tells which.");
    }
    rules.push(if strict {
        STRICT
    } else {
        "The clock runs only while the exam is on the screen. If the program or the computer stops, the exam waits for you."
    });
    rules
}

/// What a strict exam is.
pub const STRICT: &str = "This exam is strict: its clock runs on even if you close the program.";

/// The first sentence before an exam.
pub const BEFORE: &str = "The clock starts when the exam begins. Take your time with this page.";

/// What a break is, as it stands above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BreakWords {
    /// What is going on, and the clock.
    pub head: &'static str,
    /// Of what the time is that is left.
    pub of: &'static str,
    /// How it ends.
    pub end: &'static str,
    /// What Enter does.
    pub enter: &'static str,
}

/// What is said where the question is covered by a break; `None` where it is not.
pub fn break_words(exam: &Exam) -> Option<BreakWords> {
    Some(match exam.phase {
        Phase::Break(_) => BreakWords {
            head: "Break. The exam's clock stands still.",
            of: "of the break left",
            end: "The next section begins by itself when the break is over. The section you have handed in can't be opened again.",
            enter: "begin the next section",
        },
        Phase::Rest(_) => BreakWords {
            head: "Extra break. The exam's clock stands still.",
            of: "of the break left",
            end: "The section goes on by itself when the break is over.",
            enter: "end the break",
        },
        Phase::Section(_) if exam.away => BreakWords {
            head: "You are away. The exam's clock runs on.",
            of: "of the section left",
            end: "The question is covered until you come back. The section ends when its time is over.",
            enter: "back to the question",
        },
        Phase::Section(_) | Phase::Ended(_) => return None,
    })
}

/// What stands above the choice between the two kinds of break.
pub fn break_choice(exam: &Exam) -> [String; 2] {
    let minutes = exam.form.break_ms / 60_000;
    let stopped = match exam.rests_left() {
        0 if exam.form.extra_breaks == 0 => {
            "Extra breaks with a stopped clock, where they were granted, are set in settings before an exam.".to_owned()
        }
        0 => "No break with a stopped clock is left; settings can grant extra ones for the next exam.".to_owned(),
        left => format!("{} with a stopped clock left, of up to {minutes} minutes each.", count(left, "extra break")),
    };
    ["A break of your own covers the question, and the clock runs on.".to_owned(), stopped]
}

/// What becomes of the exam while she is gone.
pub fn leaving(exam: &Exam) -> String {
    if exam.form.strict {
        return "Your answers are saved. This exam is strict: its clock runs on while you are away.".into();
    }
    let place = if exam.section().is_some() { "at the same question with the same time" } else { "with the break" };
    format!("Your answers are saved and the clock stops. You can go on later {place}.")
}

/// What follows from ending an exam before it is handed in.
pub const ENDING: &str = "The exam is over then and stays in your history as ended early. Questions without an answer count as wrong. This can't be undone.";

/// What is said when a section ran out of time.
pub const TIME_IS_UP: &str = "Time is up. The section is handed in as it stands.";

/// What follows the words for the time that is left.
pub fn left_in(exam: &Exam) -> &'static str {
    match exam.phase {
        Phase::Rest(_) | Phase::Break(_) => " left of the break.",
        _ if exam.form.sections.len() > 1 => " left in this section.",
        _ => " left.",
    }
}

/// What `u` answers where nothing is chosen yet.
pub const GUESS_OF_NOTHING: &str = "u marks an answer as a guess. Answer first.";

/// What `u` answers: whether the answer is marked as a guess now.
pub fn guess_words(on: bool) -> &'static str {
    if on { "Marked as a guess; the report tells how your guesses went." } else { "No longer marked as a guess." }
}

/// The offer to look again before the keys are shown.
pub fn second_look_offer(left: usize) -> String {
    format!(
        "{} flagged, changed, guessed, left open or answered very fast. Answer them again first, without a clock: the report can then tell what you did not know from what the pressure took.",
        count(left, "question")
    )
}
