//! What a change logs, and what the small window shows.

use super::*;
use crate::tui::screens::trial::{Trial, before_cursor, picture};

fn press(screen: &mut SettingsScreen, trial: &mut Trial, keys: &[Key]) -> usize {
    let mut logged = 0;
    for key in keys {
        let effects = screen.act(*key, &trial.context());
        logged += effects.len();
        trial.perform(effects);
    }
    logged
}

#[test]
fn each_change_is_logged_at_once_and_only_once() {
    let mut trial = Trial::with_answers(0);
    let mut screen = SettingsScreen::new(&trial.context());
    let s = &mut screen;
    assert_eq!(press(s, &mut trial, &[Key::Right]), 0, "Clinical is the last: nothing changes");
    assert_eq!(press(s, &mut trial, &[Key::Left, Key::Down, Key::Down, Key::Right]), 2);
    assert_eq!(press(s, &mut trial, &[Key::Down, Key::Enter, Key::Down, Key::Enter]), 2);
    assert_eq!(press(s, &mut trial, &[Key::Down, Key::Char(' '), Key::Down, Key::Right, Key::Right]), 3);
    assert_eq!(press(s, &mut trial, &[Key::Down, Key::Left, Key::Down, Key::Enter, Key::Down, Key::Right]), 3);
    let settings = &trial.desk.progress.settings;
    assert_eq!(
        (settings.category, settings.minutes_per_day, settings.ask_confidence, settings.time_factor),
        (Category::AdvancedGeneralist, 25, false, TimeFactor::Quarter)
    );
    assert_eq!((settings.hide_clock, settings.theme), (true, ThemeName::Dark));
    assert_eq!((settings.extra_breaks, settings.reserve, settings.spacing), (2, 1, Spacing::Roomy));
}

#[test]
fn a_date_is_typed_moved_and_taken_away() {
    let mut trial = Trial::with_answers(0);
    let mut screen = SettingsScreen::new(&trial.context());
    let s = &mut screen;
    press(s, &mut trial, &[Key::Down]);
    press(s, &mut trial, &"2027-13-01".chars().map(Key::Char).collect::<Vec<_>>());
    assert_eq!(press(s, &mut trial, &[Key::Enter]), 0);
    let drawn = picture(s, &trial, 40, 12);
    assert!(drawn.contains("There is no such day") && drawn.contains("Feb 22 2027"), "{drawn}");
    let back = [Key::Backspace; 5];
    press(s, &mut trial, &back);
    assert_eq!(before_cursor(s, &trial, 40, 12).trim_end(), " Exam date          2027-");
    press(s, &mut trial, &"2-01".chars().map(Key::Char).collect::<Vec<_>>());
    press(s, &mut trial, &[Key::Backspace; 4]);
    press(s, &mut trial, &[Key::Char('0'), Key::Char('1'), Key::Char('-'), Key::Char('9'), Key::Enter]);
    let date = |trial: &Trial| trial.desk.progress.settings.exam_date.map(|d| d.to_string());
    assert_eq!(date(&trial).as_deref(), Some("2027-01-09"));
    press(s, &mut trial, &[Key::Right, Key::Char('+'), Key::Char('-')]);
    assert_eq!(date(&trial).as_deref(), Some("2027-01-10"));
    press(s, &mut trial, &[Key::Enter, Key::Esc]);
    assert_eq!(date(&trial).as_deref(), Some("2027-01-10"));
    press(s, &mut trial, &[Key::Enter]);
    press(s, &mut trial, &[Key::Backspace; 10]);
    press(s, &mut trial, &[Key::Enter]);
    assert_eq!(date(&trial), None);
}

#[test]
fn minutes_move_in_whole_steps_inside_their_range() {
    assert_eq!((more_minutes(20, 1), more_minutes(20, -1)), (25, 15));
    assert_eq!((more_minutes(22, 1), more_minutes(22, -1)), (25, 20));
    assert_eq!((more_minutes(240, 1), more_minutes(5, -1)), (240, 5));
}

#[test]
fn every_choice_and_its_words_fit_the_small_window() {
    let trial = Trial::with_answers(0);
    for row in 0..Row::ALL.len() {
        let screen = SettingsScreen { row, typing: None };
        let drawn = picture(&screen, &trial, 40, 12);
        assert!(!drawn.contains("more ↓") && !drawn.contains('…'), "{drawn}");
        assert!(drawn.contains(Row::ALL[row].title()), "{drawn}");
    }
}
