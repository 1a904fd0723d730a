//! A sitting as it is seen and driven.

use crate::core::bank::{BANK_FORMAT, BankFile};
use crate::core::confidence::Confidence;
use crate::core::event::Fact;
use crate::core::library::Library;
use crate::core::sample;
use crate::core::settings::Setting;
use crate::tui::picture::Script;

/// The sample with long reasons, so that they fill more than an ordinary window.
fn long_reasons() -> Library {
    let all = sample::library();
    let mut library = Library::new(all.reference.clone());
    for topic in all.topics() {
        let mut objectives = topic.objectives.clone();
        for option in objectives.iter_mut().flat_map(|o| &mut o.items).flat_map(|i| &mut i.options) {
            option.why = (1..=250).fold(String::new(), |text, n| format!("{text}word{n} ")) + "end of the reason.";
        }
        let (id, title) = (topic.id.clone(), topic.title.clone());
        let file = BankFile { format: BANK_FORMAT.into(), topic: id, title, objectives };
        assert!(library.add(file, topic.origin).is_empty());
    }
    library
}

/// Draws the ordinary window after each key, as the loop would.
fn drawn(mut script: Script, keys: &str) -> Script {
    for key in keys.split_whitespace() {
        let _ = script.text(80, 24);
        script = script.keys(key);
    }
    script
}

fn reading() -> Script {
    drawn(Script::with(long_reasons(), &[Setting::Welcomed], None), "s a s")
}

/// The lines between the frame's, without the mark of more.
fn body(script: &Script) -> Vec<String> {
    let text = script.text(80, 24);
    let rows: Vec<String> = text.lines().skip(2).map(str::to_owned).collect();
    rows[..rows.len() - 2].iter().filter(|l| !l.contains("more ↓") && !l.trim().is_empty()).cloned().collect()
}

#[test]
fn space_reads_to_the_true_end_and_only_then_goes_on() {
    let mut script = reading();
    let mut before = body(&script);
    let mut pages = 0;
    while script.text(80, 24).contains("more ↓") {
        script = drawn(script, "<space>");
        let now = body(&script);
        assert!(script.text(80, 24).contains("saved"), "went on before the end:\n{}", before.join("\n"));
        assert!(now.iter().skip(1).any(|l| before.contains(l)), "a line is skipped:\n{}", now.join("\n"));
        assert_ne!(now, before);
        before = now;
        pages += 1;
    }
    assert!(pages >= 2 && before.iter().any(|l| l.contains("end of the reason")), "{}", before.join("\n"));
    script = drawn(script, "<up> <space>");
    assert!(script.text(80, 24).contains("saved"), "a line was still to come");
    script = drawn(script, "<space>");
    assert!(!script.text(80, 24).contains("saved"), "the next question");
}

#[test]
fn arrows_move_from_what_is_in_sight() {
    let start = body(&reading());
    let after = |keys: &str| body(&drawn(reading(), keys));
    assert_eq!(after("<down>")[1..5], start[2..6]);
    assert_eq!(after("<down> <up>"), start);
    assert_eq!(after("<pgdn> <pgup>"), start);
    assert!(after("<up> <up> <up>").join("\n").contains("Scene"), "the stem stands above the reasons");
    assert!(start.join("\n").contains("word1 ") && !start.join("\n").contains("Scene"));
}

/// Space without a look at the text is no reading of it.
#[test]
fn a_key_before_the_reasons_are_drawn_does_not_skip_them() {
    let script = Script::with(long_reasons(), &[Setting::Welcomed], None).keys("s a s <space> <space>");
    assert!(script.text(80, 24).contains("saved"));
}

#[test]
fn a_mark_while_reading_leaves_the_page_where_it_is() {
    let script = drawn(reading(), "<space> <down>");
    let before = body(&script);
    let script = drawn(script, "m");
    assert!(script.text(80, 24).contains("marked"));
    let kept = before.iter().filter(|l| body(&script).contains(l)).count();
    assert!(kept >= before.len() - 1, "all but the line of the notice");
}

#[test]
fn the_reason_of_the_choice_comes_first_then_the_key_then_the_rule() {
    let place = |text: &str, words: &str| text.find(words).unwrap_or_else(|| panic!("{words} is missing:\n{text}"));
    // Of three options at least one is wrong and not the first.
    for keys in ["s a s", "s b s", "s c s"] {
        let text = drawn(Script::new(), keys).text(80, 60);
        let right = text.contains("✓ Right");
        let key = place(&text, "  ✓  ");
        let rule = place(&text, "The rule");
        let rest =
            text[rule..].lines().filter(|l| ["A  ", "B  ", "C  "].iter().any(|o| l[..l.len().min(8)].ends_with(o)));
        let rest = rest.count();
        assert!(key < rule && rule < place(&text, "Source"));
        assert_eq!(rest, if right { 2 } else { 1 }, "{text}");
        if !right {
            assert!(place(&text, "  ✗  ") < place(&text, "The trap:") && place(&text, "The trap:") < key, "{text}");
        }
        let window = drawn(Script::new(), keys).text(80, 24);
        assert!(window.contains("The rule") && window.contains("Source"), "{window}");
    }
}

#[test]
fn while_asked_how_sure_letters_and_digits_change_the_choice() {
    for (keys, chosen) in [("s a 2", "●  B"), ("s a 1", "●  A"), ("s b c", "●  C"), ("s 3 a", "●  A")] {
        let text = Script::new().keys(keys).text(80, 24);
        assert!(text.contains(chosen) && text.contains("How sure"), "{keys}:\n{text}");
        assert_eq!(text.matches('●').count(), 1);
    }
    for (keys, confidence) in
        [("s a s", "sure"), ("s a l", "leaning"), ("s a <enter>", "leaning"), ("s a g", "guessing"), ("s a B", "sure")]
    {
        let script = Script::new().keys(keys);
        let answer = script.app.desk.progress.answers.last().unwrap_or_else(|| panic!("{keys} gives no answer"));
        assert_eq!(answer.confidence.map(Confidence::id), Some(confidence), "{keys}");
    }
    let text = Script::new().keys("s x a").text(80, 24);
    assert!(text.contains("struck out") && !text.contains("How sure"), "{text}");
    let text = Script::new().keys("s x <down> b a").text(80, 24);
    assert!(text.contains("struck out") && text.contains("●  B"), "the choice stays:\n{text}");
}

#[test]
fn the_question_how_sure_fits_a_narrow_window_and_names_every_key() {
    let script = Script::new().keys("s a");
    let narrow = script.text(40, 12);
    assert!(narrow.contains("How sure? s sure  l leaning  g guess"), "{narrow}");
    assert!(narrow.contains("Enter leaning"), "{narrow}");
    let text = script.keys("?").text(80, 24);
    for words in ["Enter   leaning", "a–c     another", "A–C     answer, sure", "Enter means leaning"] {
        assert!(text.contains(words), "{words} is missing:\n{text}");
    }
}

/// Errs at the first two questions, surely at the first.
#[test]
fn the_planned_number_stands_still_when_she_errs() {
    let mut script = Script::new().keys("s");
    let wrong = |script: Script| {
        let text = script.text(80, 40);
        let key = ["A", "B", "C"].into_iter().find(|l| text.contains(&format!("{l}  Ask the client"))).unwrap();
        script.keys(if key == "A" { "b l" } else { "a l" })
    };
    assert!(script.text(80, 24).lines().next().unwrap().ends_with("  1/22"));
    script = wrong(script);
    assert!(script.text(80, 24).contains("saved  1/22 +1 again"));
    script = wrong(script.keys("<enter>"));
    assert!(script.text(80, 24).contains("saved  2/22 +2 again"));
}

#[test]
fn escape_shows_how_it_went_and_a_second_one_leaves() {
    let script = Script::new().keys("s a s <enter> b s <enter> <esc>");
    let text = script.text(80, 24);
    assert!(text.contains("Done:") && text.contains("of 2 answers right"), "{text}");
    assert!(script.keys("<esc>").text(80, 24).starts_with("  swprep ·"));
    // The last answer can be taken back here as well.
    let script = Script::new().keys("s a s <enter> <esc> u");
    assert!(script.text(80, 24).contains(" 1/22") && script.app.desk.progress.answers.is_empty());
    // With nothing answered there is nothing to say.
    assert!(Script::new().keys("s <esc>").text(80, 24).starts_with("  swprep ·"));
}

#[test]
fn more_asks_as_many_as_the_sitting_was_planned_for() {
    let script = Script::new().keys("p <enter> a s <esc>");
    let planned = Script::new().keys("p <enter>").text(80, 24);
    let planned = planned.lines().next().unwrap().rsplit('/').next().unwrap().to_owned();
    let text = script.keys("<enter>").text(80, 24);
    assert!(text.lines().next().unwrap().ends_with(&format!("1/{planned}")), "{planned}:\n{text}");
}

/// Answers that take a minute each, and as long to read.
#[test]
fn more_of_todays_study_asks_what_is_left_of_the_day() {
    let settings = [Setting::Welcomed, Setting::Reserve(0), Setting::MinutesPerDay(10)];
    let minute = |script: Script| script.pass(60).keys("a s <enter>");
    let head = |script: &Script| script.text(80, 24).lines().next().unwrap_or_default().to_owned();
    let mut script = Script::with(sample::library(), &settings, None).keys("s");
    assert!(head(&script).ends_with(" 1/11"), "{}", head(&script));
    for _ in 0..4 {
        script = minute(script);
    }
    script = script.keys("<esc> <enter>");
    assert!(head(&script).ends_with(" 1/3"), "8 of 10 minutes are done: {}", head(&script));
    script = minute(script).keys("<esc> <enter>");
    assert!(head(&script).ends_with("/11"), "the day is done, so as much again: {}", head(&script));
}

/// What the log holds of that kind.
fn logged(script: &mut Script, kind: &str) -> usize {
    let events = script.app.desk.store().readable();
    events.iter().filter(|e| e.fact.kind() == kind).count()
}

#[test]
fn a_question_that_was_only_read_counts_as_seen() {
    for (keys, shown) in [
        ("s <esc>", 1),
        ("s q", 1),
        ("s a <esc> <esc>", 1),
        ("s a s <enter> <esc> <esc>", 1),
        ("s a s <esc> <esc>", 0),
        ("s a s <enter> <esc> q", 1),
    ] {
        let mut script = Script::new().keys(keys);
        assert_eq!(logged(&mut script, "item.shown"), shown, "{keys}");
        let events = script.app.desk.store().readable();
        for event in &events {
            if let Fact::ItemShown(shown) = &event.fact {
                assert!(script.app.desk.progress.seen(&shown.item), "{keys}");
            }
        }
    }
}

#[test]
fn study_of_what_an_exam_missed_says_so_and_leads_back_to_its_report() {
    let script = Script::new().keys("m <end> <up> <up> <up> <up> <enter> <enter> a n b n f c n s y");
    assert!(script.text(80, 24).contains("Report ·"));
    let script = script.keys("s n");
    let text = script.text(80, 24);
    assert!(text.contains("What you missed ·"), "{text}");
    let script = script.keys("a s <esc>");
    assert!(script.text(80, 24).contains("Done:"));
    let more = script.keys("<enter>");
    assert!(more.text(80, 24).contains("What you missed ·"), "more of the same");
    assert!(more.keys("<esc>").text(80, 24).contains("Report ·"));
}
