//! Exams by lines, as a person or a script would sit them.

use super::super::{Console, Heard, Lines, Task, work};
use crate::core::calendar::{Moment, Stamp};
use crate::core::confidence::Confidence;
use crate::core::event::{ExamLength, Fact};
use crate::core::exam::{Ending, Exam, Phase};
use crate::core::form::FormRequest;
use crate::core::progress::Progress;
use crate::core::sample;
use crate::core::settings::Setting;
use crate::desk::Desk;
use crate::store::{Dice, Store};
use std::cell::Cell;
use std::collections::VecDeque;
use std::path::Path;
use std::time::Duration;

/// Lines of a script; `<600>` lets so many seconds pass without a line, looked at in steps that are no standstill.
struct Script<'a> {
    lines: VecDeque<&'a str>,
    /// Seconds that are still to pass before the next line.
    pause: u64,
    clock: &'a Cell<u64>,
}

impl Lines for Script<'_> {
    fn next(&mut self, _wait: Duration) -> Heard {
        self.clock.set(self.clock.get() + 1);
        if self.pause == 0 {
            let Some(line) = self.lines.pop_front() else { return Heard::End };
            let pause = line.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
            let Some(pause) = pause else { return Heard::Line(line.to_owned()) };
            self.pause = pause.parse().unwrap();
        }
        let step = self.pause.min(20);
        self.pause -= step;
        self.clock.set(self.clock.get() + step);
        Heard::Nothing
    }
}

fn dice() -> Dice {
    let mut n = 0;
    Box::new(move || {
        n += 1;
        n
    })
}

fn desk(folder: &Path) -> Desk {
    Desk::new(Store::open(folder, dice()).unwrap(), sample::library(), dice()).unwrap()
}

/// Sits the exam of that request by lines; gives what was printed and what the log says then.
fn sit(request: &FormRequest, interactive: bool, lines: &[&str]) -> (String, Progress) {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    desk.log(Stamp::default(), vec![Fact::Set(Setting::Welcomed)]).unwrap();
    let clock = Cell::new(0);
    let now = || Moment {
        wall: Stamp { ms: 1_795_565_100_000 + clock.get() as i64 * 1000, offset_min: 0 },
        mono: Duration::from_secs(clock.get()),
    };
    let mut input = Script { lines: lines.iter().copied().collect(), pause: 0, clock: &clock };
    let mut out = vec![];
    let mut console = Console::new(&mut input, &mut out, interactive);
    work(desk, Task::Exam(request.clone()), &now, &mut console).unwrap();
    let progress = self::desk(folder.path()).progress;
    let printed = String::from_utf8(out).unwrap();
    // A sentence is the same wherever its line was broken.
    (printed.split_whitespace().collect::<Vec<_>>().join(" "), progress)
}

fn items(n: u16) -> FormRequest {
    FormRequest::standard(crate::core::bank::Category::Clinical, ExamLength::Items(n), 3)
}

fn exam(progress: &Progress) -> &Exam {
    &progress.exams[0]
}

/// The letter of the key of the first question of an exam of `n`, and that of another option.
fn letters(n: u16) -> (&'static str, &'static str) {
    let (_, progress) = sit(&items(n), false, &[]);
    let shown = &exam(&progress).form.sections[0].items[0].shown;
    let key = shown.order.iter().position(|o| *o == shown.key).unwrap();
    (["a", "b", "c"][key], ["a", "b", "c"][(key + 1) % 3])
}

#[test]
fn a_person_reads_the_rules_before_the_clock_starts_and_a_script_does_not() {
    let (printed, progress) = sit(&items(2), true, &["<3600>", "", "q"]);
    assert!(printed.contains("The clock starts when the exam begins."), "{printed}");
    assert!(printed.contains("counts as wrong.") && printed.contains("u b answers b as a guess"), "{printed}");
    assert!(exam(&progress).spent_ms[0] < 5_000, "the clock ran while she read");
    let (printed, progress) = sit(&items(2), true, &["q"]);
    assert!(progress.exams.is_empty() && !printed.contains("Question 1"), "{printed}");
    let (printed, progress) = sit(&items(2), false, &["a"]);
    assert!(!printed.contains("The clock starts") && exam(&progress).slots[0][0].choice.is_some(), "{printed}");
}

#[test]
fn a_strict_exam_says_so() {
    let strict = FormRequest { strict: true, ..items(2) };
    for (interactive, lines) in [(true, &["", "q"][..]), (false, &["q"])] {
        let (printed, _) = sit(&strict, interactive, lines);
        assert_eq!(printed.matches("its clock runs on even if you close the program").count(), 1, "{printed}");
        assert!(printed.contains("its clock runs on while you are away. `swprep resume` goes on."), "{printed}");
    }
    let (printed, _) = sit(&items(2), false, &["q"]);
    assert!(printed.contains("the clock stops.") && !printed.contains("strict"), "{printed}");
}

#[test]
fn capital_letters_are_sure_and_u_is_a_guess() {
    let sureness = |lines: &[&str]| {
        let slot = &exam(&sit(&items(2), false, lines).1).slots[0][0].clone();
        (slot.choice.is_some(), slot.confidence)
    };
    assert_eq!(sureness(&["A"]), (true, Some(Confidence::Sure)));
    assert_eq!(sureness(&["a"]), (true, None));
    assert_eq!(sureness(&["u b"]), (true, Some(Confidence::Guessing)));
    assert_eq!(sureness(&["a", "p", "u"]), (true, Some(Confidence::Guessing)));
    assert_eq!(sureness(&["a", "p", "u", "u"]), (true, None));
    assert_eq!(sureness(&["u"]), (false, None));
    assert_eq!(sureness(&["A", "p", "-"]), (false, None));
    let (printed, _) = sit(&items(2), false, &["u", "A", "p"]);
    assert!(printed.contains("Answer first. u b answers b as a guess."), "{printed}");
    assert!(printed.contains("Saved, and sure.") && printed.contains(" Sure."), "{printed}");
}

#[test]
fn a_note_is_kept_shown_and_taken_away() {
    let (printed, progress) = sit(&items(2), false, &["w", "w mind the\u{7} consent", "n", "p"]);
    assert_eq!(exam(&progress).slots[0][0].note, "mind the consent");
    assert!(printed.contains("Type w and the words") && printed.contains("Note saved."), "{printed}");
    assert!(printed.contains("Your note: mind the consent"), "{printed}");
    let (_, progress) = sit(&items(2), false, &["w mind", "w -"]);
    assert_eq!(exam(&progress).slots[0][0].note, "");
}

/// The question is covered while she is away, the clock runs, and a letter answers nothing.
#[test]
fn a_break_of_her_own_runs_on_the_clock() {
    let (printed, progress) = sit(&items(2), false, &["r", "r", "<60>", "a", "q"]);
    let exam = exam(&progress);
    assert!(exam.away_ms >= 60_000 && !exam.away && exam.slots[0][0].choice.is_none(), "{}", exam.away_ms);
    assert!(printed.contains("You are away. The exam's clock runs on."), "{printed}");
    let (printed, progress) = sit(&items(2), false, &["r", "s", "q"]);
    assert!(printed.contains("Extra breaks with a stopped clock, where they were granted"), "{printed}");
    assert_eq!(self::exam(&progress).phase, Phase::Section(0));
}

#[test]
fn a_granted_break_stops_the_clock_and_ends_by_itself() {
    let granted = FormRequest { extra_breaks: 1, ..items(2) };
    let (printed, progress) = sit(&granted, false, &["r", "s", "<100>", "", "a", "q"]);
    let exam = exam(&progress);
    assert!(exam.rests[0] >= 100_000 && exam.spent_ms[0] < 20_000, "{:?} {:?}", exam.rests, exam.spent_ms);
    assert!(exam.slots[0][0].choice.is_some(), "the section goes on after it");
    assert!(printed.contains("1 extra break with a stopped clock left"), "{printed}");
    assert!(printed.contains("Extra break. The exam's clock stands still."), "{printed}");
    let (printed, progress) = sit(&granted, false, &["r", "s", "<700>", "a", "q"]);
    assert!(printed.contains("1 minute left of the break.") && printed.contains("The break is over."), "{printed}");
    assert_eq!(self::exam(&progress).phase, Phase::Section(0));
    assert!(!printed.contains("handed in as it stands"), "{printed}");
}

/// A person is asked before any key; what she answers then is told apart, and the keys end it.
#[test]
fn a_second_look_comes_before_the_keys() {
    let (key, other) = letters(2);
    let lines = ["", other, "f", "h", "y", "y", key, "n", "y", "", "q"];
    let (printed, progress) = sit(&items(2), true, &lines);
    let offered = printed.find("Look again first?").unwrap();
    assert!(offered < printed.find("the key is").unwrap(), "{printed}");
    assert!(printed.contains("right when you had time: lost under pressure: 1"), "{printed}");
    let exam = exam(&progress);
    assert_eq!(exam.phase, Phase::Ended(Ending::Complete));
    assert_eq!(exam.slots[0][0].reconsidered, Some(exam.form.sections[0].items[0].shown.key));
    assert!(exam.keys_shown);
    assert!(printed.contains("Without a clock you chose"), "{printed}");
    let (printed, progress) = sit(&items(2), true, &["", other, "f", "h", "y", "n", "n"]);
    assert!(printed.contains("Look again first?") && !printed.contains("the key is"), "{printed}");
    assert!(!self::exam(&progress).keys_shown, "no key was shown");
}

/// A script is asked for a second look only when it asks for the keys.
#[test]
fn a_script_that_asks_for_no_keys_is_not_asked_for_a_second_look() {
    let (_, other) = letters(1);
    let (printed, progress) = sit(&items(1), false, &[other]);
    assert!(printed.contains("Go through the 1 missed question now?"), "{printed}");
    assert!(!printed.contains("Look again first?") && !exam(&progress).keys_shown, "{printed}");
    let (printed, progress) = sit(&items(1), false, &[other, "h", "y", "y", "n", ""]);
    assert!(printed.contains("Look again first?") && printed.contains("the key is"), "{printed}");
    assert!(exam(&progress).keys_shown);
}

#[test]
fn beside_a_missed_question_notes_doubts_marks_and_wishes_are_taken() {
    let (_, other) = letters(1);
    let lines = [other, "h", "y", "y", "n", "w", "w look up", "!", "!two keys", "s", "m", "x", "s", "s", "", "unheard"];
    let (printed, progress) = sit(&items(1), false, &lines);
    let shown = &exam(&progress).form.sections[0].items[0].shown;
    let known = progress.item(&shown.item).unwrap();
    assert_eq!((known.note.as_str(), known.doubt.as_str(), known.flagged), ("look up", "two keys", true));
    assert_eq!(known.doubt_hash, shown.hash);
    assert!(progress.objective(&shown.objective).unwrap().wanted.is_some());
    for words in ["Why it was missed: ", "It was new to you.", "That was not understood.", "No longer sent to study"] {
        assert!(printed.contains(words), "{words}: {printed}");
    }
    let lines = [other, "h", "y", "y", "n", "w x", "! y", "w -", "! -"];
    let (_, progress) = sit(&items(1), false, &lines);
    let known = progress.item(&shown.item).unwrap();
    assert_eq!((known.note.as_str(), known.doubt.as_str()), ("", ""));
}
