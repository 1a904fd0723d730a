//! What every screen shows, and what holds for all of them.
//!
//! The pictures lie in `snapshots/`. After a wanted change: `INSTA_UPDATE=always cargo test`, then look at each one.

use super::picture::Script;
use crate::core::library::Library;
use crate::core::sample;
use crate::core::settings::{Setting, ThemeName};

/// Answers eight study questions, some rightly, and leaves the sitting.
const STUDIED: &str =
    "s a s <enter> b l <enter> c g <enter> a s <enter> b s <enter> c l <enter> a l <enter> b g <esc> <esc>";
/// Takes a mini exam: the first three questions are answered, the others left open.
const EXAMINED: &str = "m <end> <up> <up> <up> <up> <enter> <enter> a n b n f c n s y";

/// Takes a mini exam, nine answers of it.
const WHOLE: &str = "m <end> <up> <up> <up> <up> <enter> <enter> a n b n c n a n b n c n a n b n c n s y";

/// Screens in which a line is being typed: there every letter is a letter.
const TYPING: [&str; 5] = ["library_search", "library_nothing_found", "review_note", "review_doubt", "history_rename"];

/// Every screen by name, with the keys that lead to it.
fn screens() -> Vec<(&'static str, String)> {
    let after = |before: &str, keys: &str| format!("{before} {keys}");
    vec![
        ("home", String::new()),
        ("home_after_study", STUDIED.into()),
        ("home_with_open_exam", "m <enter> <enter> a n b <esc> y".into()),
        ("study_question", "s".into()),
        ("study_struck", "s x <down>".into()),
        ("study_confidence", "s a".into()),
        ("study_reasons", "s a s".into()),
        ("study_summary", after("l <enter> <enter> p", "a s <enter> a s <enter> a s <enter>")),
        ("study_missed", "s c s".into()),
        ("study_stopped", "s b s <enter> a s <enter> <esc>".into()),
        ("study_what_was_missed", after(EXAMINED, "s n")),
        ("second_look_offered", after(EXAMINED, "<enter>")),
        ("second_look", after(EXAMINED, "b")),
        ("exam_setup", "m".into()),
        ("exam_item", "m <enter> <enter> a n f".into()),
        ("real_result", "m <end> <up> <enter>".into()),
        (
            "real_result_compared",
            "m <end> <up> <enter> <enter> 3 0 / 4 0 <enter> 1 5 / 3 5 <enter> 2 5 / 3 5 <enter> <enter>".into(),
        ),
        ("exam_tutorial", "m <enter>".into()),
        ("exam_highlight_and_note", "m <enter> <enter> h <space> <space> <right> <space> <enter> w g o <enter>".into()),
        ("exam_break_asked", "m <enter> <enter> r".into()),
        ("exam_away", "m <enter> <enter> r r".into()),
        ("exam_one_option", "m <enter> <enter> v v <down>".into()),
        ("exam_grid", "m <enter> <enter> a n f n g".into()),
        ("exam_hand_in", "m <enter> <enter> a n f s".into()),
        ("exam_pause", "m <enter> <enter> a <esc>".into()),
        ("exam_break", "m <enter> <enter> a s y".into()),
        ("report", EXAMINED.into()),
        ("report_with_tables", format!("m <end> <up> <up> <up> <up> <enter> <enter> {} s y", "a n b n c n ".repeat(9))),
        ("review", after(EXAMINED, "<enter> n")),
        ("review_missed", after(EXAMINED, "w n")),
        ("review_with_remarks", after(EXAMINED, "<enter> n n w m i n d <enter> ! B ? <enter> s")),
        ("review_note", after(EXAMINED, "<enter> n w a q")),
        ("review_doubt", after(EXAMINED, "<enter> n ! B")),
        (
            "review_changed",
            "m <end> <up> <up> <up> <up> <enter> <enter> a b C u f w h m <enter> s y b a <enter> <enter>".into(),
        ),
        ("library", after(STUDIED, "l")),
        ("library_topic", after(STUDIED, "l <enter> <down>")),
        ("library_search", "l / c o n s e n t".into()),
        ("library_nothing_found", "l / z z z".into()),
        ("objective", "l <enter> <enter>".into()),
        ("objective_known", "l <enter> <enter> p a s <esc> <esc> <enter> <enter>".into()),
        ("objective_with_notes", "l <enter> <enter> p a s w h m <enter> s <esc> <esc> <enter> <end>".into()),
        ("reread", "l <enter> <enter> p a s <esc> <esc> <enter> r".into()),
        ("practice", "p".into()),
        ("practice_nothing_fits", "p <right> <right>".into()),
        ("practice_statements", "p <down> <down> <down> <space> <down>".into()),
        ("practice_chosen", "p <down> <down> <right> <down> <space> <down> <enter> <down> <space>".into()),
        ("history_empty", "h".into()),
        (
            "history",
            after(
                EXAMINED,
                "<esc> m <end> <up> <up> <up> <up> <enter> <enter> a s y <esc> m <enter> <enter> a <esc> y h",
            ),
        ),
        ("history_rename", after(EXAMINED, "<esc> h r S e c o n d")),
        ("history_marked", format!("{EXAMINED} <esc> {EXAMINED} <esc> h c <down>")),
        ("compare", format!("{WHOLE} <esc> {WHOLE} <esc> h c <down> c")),
        ("export", after(EXAMINED, "e")),
        ("export_with_keys", after(EXAMINED, "e k <down>")),
        ("progress_empty", "g".into()),
        ("progress_readiness_too_early", after(STUDIED, "g")),
        ("progress_gain", after(STUDIED, "g 2")),
        ("progress_shaky", after(STUDIED, "g 3")),
        ("progress_areas", after(STUDIED, "g 4")),
        ("progress_topics", after(STUDIED, "g 5")),
        ("progress_map", after(STUDIED, "g 6")),
        ("progress_forecast", after(STUDIED, "g 7")),
        ("progress_confidence", after(STUDIED, "g 8")),
        ("progress_traps", after(STUDIED, "g 9")),
        ("progress_days", after(STUDIED, "g 0")),
        ("progress_minutes", after(STUDIED, "g <left>")),
        ("progress_readiness", format!("m <enter> <enter> {0} s y <enter> {0} s y <esc> g", "a n b n c n ".repeat(11))),
        ("settings", "t".into()),
        ("help", "s ?".into()),
        ("leave", "m <enter> <enter> q".into()),
    ]
}

fn show(name: &str, mut script: Script, width: u16, height: u16) {
    let picture = script.in_themes(&[ThemeName::Dark, ThemeName::Light, ThemeName::Mono], width, height);
    insta::assert_snapshot!(format!("{name}_{width}x{height}"), picture);
}

/// The first run lies before every other screen, so it needs a learner who was not welcomed yet.
#[test]
fn the_first_run() {
    for (name, keys) in [("welcome_exam", ""), ("welcome_date", "<enter>"), ("welcome_minutes", "<enter> <enter>")] {
        for (width, height) in [(80, 24), (40, 12)] {
            show(name, Script::with(sample::library(), &[], None).keys(keys), width, height);
        }
    }
}

#[test]
fn every_screen_in_an_ordinary_window() {
    for (name, keys) in screens() {
        show(name, Script::new().keys(&keys), 80, 24);
    }
}

#[test]
fn every_screen_in_a_small_window() {
    for (name, keys) in screens() {
        show(name, Script::new().keys(&keys), 40, 12);
    }
}

#[test]
fn some_screens_in_a_large_window() {
    for (name, keys) in screens() {
        if [
            "home",
            "study_reasons",
            "review_with_remarks",
            "report_with_tables",
            "library_topic",
            "practice",
            "progress_readiness",
            "progress_traps",
            "history",
        ]
        .contains(&name)
        {
            show(name, Script::new().keys(&keys), 120, 40);
        }
    }
}

#[test]
fn themes() {
    for theme in ThemeName::ALL {
        for (name, keys) in screens() {
            if ["study_reasons", "practice_nothing_fits"].contains(&name) {
                let script =
                    Script::with(sample::library(), &[Setting::Welcomed, Setting::Reserve(0)], Some(theme)).keys(&keys);
                insta::assert_snapshot!(format!("{name}_{}_80x24", theme.id()), script.picture(80, 24));
            }
        }
    }
}

#[test]
fn no_theme_without_color_has_a_color() {
    let colors = ["red", "green", "blue", "cyan", "magenta", "yellow", "gray", "black", "white"];
    for (name, keys) in screens() {
        for theme in [ThemeName::Mono, ThemeName::Contrast] {
            let script =
                Script::with(sample::library(), &[Setting::Welcomed, Setting::Reserve(0)], Some(theme)).keys(&keys);
            let picture = script.picture(80, 24);
            let styles = picture.split("~~~ styles").nth(1).unwrap();
            assert!(!colors.iter().any(|c| styles.contains(c)), "{name} in {theme:?}:\n{picture}");
        }
    }
}

#[test]
fn no_window_is_too_small_or_too_large() {
    let sizes = [(1, 1), (2, 60), (200, 1), (19, 4), (20, 5), (21, 7), (25, 9), (33, 15), (59, 16), (61, 8), (200, 60)];
    for (name, keys) in screens() {
        let script = Script::new().keys(&keys);
        for (width, height) in sizes {
            let text = script.text(width, height);
            assert!(!text.trim().is_empty(), "{name} at {width}x{height} shows nothing");
        }
    }
}

#[test]
fn drawing_twice_gives_the_same_picture() {
    for (name, keys) in screens() {
        let script = Script::new().keys(&keys);
        for (width, height) in [(80, 24), (40, 12)] {
            assert_eq!(script.picture(width, height), script.picture(width, height), "{name}");
        }
    }
}

/// The cursor is what a screen reader follows; it may not be missing where a row has the focus.
#[test]
fn the_cursor_stands_on_what_has_the_focus() {
    for (name, keys) in screens() {
        let script = Script::new().keys(&keys);
        for (width, height) in [(80, 24), (40, 12)] {
            let picture = script.picture(width, height);
            let rows: Vec<&str> = picture.lines().filter(|l| l.contains("reversed")).collect();
            let cursor = script.cursor(width, height).unwrap_or_else(|| panic!("{name} hides the cursor"));
            // In a box and in a line that is typed in, the cursor stands there.
            // A page of plots has nothing to focus; the reversed word there is the page's name.
            let plots = name.starts_with("progress_") && name != "progress_shaky";
            if plots
                || rows.is_empty()
                || ["help", "leave", "exam_hand_in", "exam_pause", "library_search", "history_rename"].contains(&name)
            {
                continue;
            }
            let row = format!("{}:", cursor.y + 1);
            assert!(rows.iter().any(|r| r.starts_with(&row)), "{name} at {width}x{height}:\n{picture}");
        }
    }
}

#[test]
fn every_screen_says_how_to_leave_it() {
    for (name, keys) in screens().into_iter().filter(|(name, _)| *name != "help") {
        for (width, height) in [(80, 24), (40, 12)] {
            let text = Script::new().keys(&keys).text(width, height);
            let last = text.trim_end().lines().last().unwrap_or_default().to_owned();
            assert!(["Esc", "q quit"].iter().any(|w| last.contains(w)), "{name} at {width}x{height}: {last}");
        }
    }
}

#[test]
fn escape_leaves_every_screen_in_the_end() {
    for (name, keys) in screens() {
        let mut script = Script::new().keys(&keys);
        for _ in 0..6 {
            if script.text(80, 24).starts_with("  swprep ·") {
                break;
            }
            script = script.keys("<esc>");
            if script.text(80, 24).contains("y  leave") {
                script = script.keys("y");
            }
        }
        assert!(script.text(80, 24).starts_with("  swprep ·") || script.app.is_leaving(), "{name}");
    }
}

#[test]
fn a_question_mark_opens_the_help_and_any_key_closes_it() {
    for (name, keys) in screens() {
        if TYPING.contains(&name) || name == "help" || name == "leave" {
            continue;
        }
        let script = Script::new().keys(&keys);
        let before = script.text(80, 24);
        let script = script.keys("?");
        let help = script.text(80, 24);
        assert!(help.contains("Help") && help.contains("leave swprep"), "{name}:\n{help}");
        assert_ne!(before, help, "{name}");
        assert!(!script.keys("<esc>").text(80, 24).contains("open or close this help"), "{name}");
    }
}

#[test]
fn no_key_breaks_a_screen() {
    let keys = "<down> <up> <pgdn> <pgup> <end> <home> <tab> <left> <right> <space> <back> x 5 Z ! <end> <enter> <esc>";
    for (name, path) in screens() {
        let script = Script::new().keys(&path).keys(keys);
        assert!(!script.text(40, 12).trim().is_empty() || script.app.is_leaving(), "{name}");
    }
}

#[test]
fn a_library_without_questions_is_no_trap() {
    let empty = || Library::new(sample::library().reference);
    for keys in ["", "s", "p", "p <enter>", "m", "m <enter> <enter>", "l", "l <enter>", "l / a", "h", "h <enter>"] {
        let script = Script::with(empty(), &[Setting::Welcomed], None).keys(keys);
        assert!(!script.text(40, 12).trim().is_empty(), "{keys}");
    }
}
