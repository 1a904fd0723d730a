//! Statistics to draw, and the screen's own behavior.

use super::*;
use crate::core::calendar::{DAY_MS, Stamp, StudyDay};
use crate::core::confidence::Confidence;
use crate::core::event::{Answered, Fact, RealResult};
use crate::core::insight::FORECAST_DAYS;
use crate::core::interval::Share;
use crate::core::pick::Which;
use crate::core::readiness::past;
use crate::core::settings::{Setting, ThemeName};
use crate::core::stats::{AreaStats, Calibration, DayCount, Stats, TopicStats, WeakObjective, stats};
use crate::tui::screens::trial::{Trial, picture};
use std::rc::Rc;
use std::sync::LazyLock;

pub fn sheet(width: usize, height: usize) -> Sheet<'static> {
    static THEME: LazyLock<Theme> = LazyLock::new(|| Theme::of(ThemeName::Mono));
    Sheet { theme: &THEME, width, height }
}

pub fn text(lines: &[Line<'_>]) -> String {
    lines.iter().map(|l| l.to_string() + "\n").collect()
}

/// One area well known, one hardly, one not at all; the exam in sixty-four days.
pub fn some_stats() -> Stats {
    let area = |code: &str, name: &str, weight, share, met, of| AreaStats {
        code: code.into(),
        name: name.into(),
        weight_percent: weight,
        first_sight: share,
        objectives_met: met,
        objectives: of,
    };
    let topic = |title: &str, share, met, due| TopicStats {
        id: title.into(),
        title: title.into(),
        first_sight: share,
        objectives_met: met,
        objectives: 40,
        due,
    };
    let rule = |title: &str, recall_tomorrow, right, of| WeakObjective {
        id: title.into(),
        title: title.into(),
        recall_tomorrow,
        answers: Share::new(right, of),
    };
    let calibration = |confidence, right, of| Calibration { confidence, share: Share::new(right, of) };
    Stats {
        category: "clinical",
        exam_date: Some("2027-01-27".into()),
        days_left: Some(64),
        answers: Share::new(28, 40),
        today: 3,
        due: 5,
        new: 120,
        areas: vec![
            area("I", "Values and Ethics", 36.0, Share::new(12, 18), 24, 80),
            area("II", "Assessment and Planning", 32.0, Share::new(1, 4), 4, 60),
            area("III", "Intervention and Practice", 32.0, Share::default(), 0, 60),
        ],
        topics: vec![
            topic("Ethics", Share::new(12, 18), 24, 4),
            topic("Evidence-based practice", Share::new(1, 4), 4, 1),
            topic("Trauma-informed care", Share::default(), 0, 0),
        ],
        weakest: vec![
            rule("Answer a subpoena without giving up the client's privilege", 0.62, 1, 4),
            rule("Tell mandated reporting from a duty to warn", 1.0, 0, 1),
        ],
        calibration: vec![
            calibration(Confidence::Sure, 14, 20),
            calibration(Confidence::Leaning, 6, 12),
            calibration(Confidence::Guessing, 0, 0),
        ],
        days: (0..28)
            .map(|n| DayCount {
                date: StudyDay(20_781 - 27 + n).date().to_string(),
                answers: if n == 20 { 20 } else { n as u32 % 3 },
                right: if n == 20 { 15 } else { n as u32 % 2 },
            })
            .collect(),
        recall_forecast: (0..=30).map(|n| 0.95 - f64::from(n) * 0.01).collect(),
        median_seconds: Some(41.0),
        left_out: 0,
    }
}

#[test]
fn pages_turn_round_and_every_page_fits_every_window() {
    for answers in [0, 5, 400] {
        let trial = Trial::with_answers(answers);
        let mut screen = ProgressScreen::new(&trial.context());
        for _ in Page::ALL {
            for (width, height) in [(120, 40), (80, 24), (40, 12), (20, 5), (1, 1)] {
                let drawn = picture(&screen, &trial, width, height);
                assert_eq!(drawn, picture(&screen, &trial, width, height));
            }
            assert!(screen.act(Key::Right, &trial.context()).is_empty());
        }
        assert_eq!(screen.page(), Page::Standing);
        screen.act(Key::Left, &trial.context());
        assert_eq!(screen.page(), Page::Minutes);
    }
}

#[test]
fn everything_can_be_reached_by_scrolling_a_small_window() {
    let trial = Trial::with_answers(400);
    let mut screen = ProgressScreen::new(&trial.context());
    for (n, page) in Page::ALL.into_iter().enumerate().filter(|(_, page)| !page.is_list()) {
        screen.turn(n);
        assert_eq!(screen.page(), page);
        picture(&screen, &trial, 40, 12);
        screen.act(Key::End, &trial.context());
        let last = picture(&screen, &trial, 40, 12);
        assert!(!last.contains("more ↓"), "{last}");
    }
}

#[test]
fn enter_begins_practice_of_the_marked_rule_and_a_all_of_them() {
    let trial = Trial::with_answers(400);
    let cx = trial.context();
    let mut screen = ProgressScreen::new(&cx);
    screen.act(Key::Char('3'), &cx);
    screen.act(Key::Down, &cx);
    let second = stats(cx.library(), cx.progress(), cx.today()).weakest[1].id.clone();
    let effects = screen.act(Key::Enter, &cx);
    let [Effect::Study(scope, count)] = effects.as_slice() else { panic!("no study") };
    assert_eq!((&scope.objectives, scope.which, *count > 0), (&vec![second], Which::All, true));
    let effects = screen.act(Key::Char('a'), &cx);
    let [Effect::Study(scope, count)] = effects.as_slice() else { panic!("no study") };
    assert_eq!((scope.objectives.len(), scope.which, *count), (10, Which::Rules, 10), "each rule once");
}

#[test]
fn without_answers_enter_says_what_to_do() {
    let trial = Trial::with_answers(0);
    let mut screen = ProgressScreen::new(&trial.context());
    screen.act(Key::Char('3'), &trial.context());
    assert!(matches!(screen.act(Key::Enter, &trial.context()).as_slice(), [Effect::Notice(_)]));
}

#[test]
fn the_marked_rule_is_always_in_sight_with_the_cursor_on_it() {
    let trial = Trial::with_answers(400);
    let mut screen = ProgressScreen::new(&trial.context());
    screen.act(Key::Char('3'), &trial.context());
    for n in 1..=10 {
        let drawn = picture(&screen, &trial, 40, 12);
        assert!(drawn.contains(&format!("▸{n:>2}")), "{drawn}");
        let after: String = drawn.chars().skip_while(|c| *c != '▸').collect();
        assert!(
            after.lines().take(4).any(|l| [" %", "just read", "missed so far"].iter().any(|w| l.contains(w))),
            "{drawn}"
        );
        screen.act(Key::Down, &trial.context());
    }
}

#[test]
fn w_begins_practice_of_what_gains_most_from_any_page() {
    let trial = Trial::with_answers(400);
    let cx = trial.context();
    let mut screen = ProgressScreen::new(&cx);
    for _ in Page::ALL {
        let effects = screen.act(Key::Char('w'), &cx);
        let [Effect::Study(scope, count)] = effects.as_slice() else { panic!("no study") };
        assert_eq!((scope.objectives.len(), scope.which, *count), (10, Which::Rules, 10));
        screen.act(Key::Right, &cx);
    }
    let none = Trial::with_answers(0);
    let effects = ProgressScreen::new(&none.context()).act(Key::Char('w'), &none.context());
    assert!(matches!(effects.as_slice(), [Effect::Study(..) | Effect::Notice(_)]));
}

#[test]
fn enter_practices_the_marked_topic() {
    let trial = Trial::with_answers(400);
    let mut screen = ProgressScreen::new(&trial.context());
    screen.act(Key::Char('2'), &trial.context());
    let row = |screen: &ProgressScreen, trial: &Trial, n: usize| {
        let cx = trial.context();
        let figures = screen.kept.figures(&cx);
        gain::rows(figures.gains(&cx))[n].objectives[0].clone()
    };
    for _ in 0..4 {
        screen.act(Key::Down, &trial.context());
    }
    let marked = row(&screen, &trial, 4);
    let effects = screen.act(Key::Enter, &trial.context());
    let [Effect::Study(scope, _)] = effects.as_slice() else { panic!("no study") };
    assert_eq!(scope.objectives[0], marked);
}

/// A setting is an entry of the log as an answer is.
#[test]
fn what_is_logged_renews_the_figures() {
    let mut trial = Trial::with_answers(400);
    let screen = ProgressScreen::new(&trial.context());
    let figures = |trial: &Trial| screen.kept.figures(&trial.context());
    let gains = |trial: &Trial| figures(trial).gains(&trial.context()).clone();
    let set = |trial: &mut Trial, setting| trial.perform(vec![Effect::Log(vec![Fact::Set(setting)])]);
    let (kept, before) = (figures(&trial), gains(&trial));
    assert!(Rc::ptr_eq(&kept, &figures(&trial)), "nothing was logged");
    set(&mut trial, Setting::MinutesPerDay(90));
    assert!(!Rc::ptr_eq(&kept, &figures(&trial)));
    assert_eq!(before, gains(&trial), "the minutes of a day change no gain for each hour");
    let tomorrow = trial.context().today().plus(1).date();
    set(&mut trial, Setting::ExamDate(Some(tomorrow)));
    assert_ne!(before, gains(&trial), "less is forgotten until tomorrow");
}

/// Works out all that the first picture can do without, as the loop does.
fn settle(screen: &mut ProgressScreen, trial: &Trial) -> usize {
    let mut pieces = 1;
    while screen.later(&trial.context()) == Later::More {
        pieces += 1;
    }
    assert_eq!(screen.later(&trial.context()), Later::Nothing);
    pieces
}

#[test]
fn the_first_picture_has_todays_forecast_and_the_earlier_days_come_into_the_same_place() {
    let trial = Trial::with_answers(400);
    let cx = trial.context();
    let mut screen = ProgressScreen::new(&cx);
    let early = picture(&screen, &trial, 100, 40);
    let whole = past::daily(cx.library(), cx.progress(), cx.today(), FORECAST_DAYS);
    let told = |screen: &ProgressScreen| screen.kept.figures(&cx).daily(&cx);
    assert!(told(&screen)[..13].iter().all(|(_, estimate)| estimate.is_none()));
    assert!(told(&screen)[13] == whole[13] && whole[12].1.is_some());
    settle(&mut screen, &trial);
    assert_eq!(told(&screen), whole);
    let late = picture(&screen, &trial, 100, 40);
    assert_ne!(early, late);
    // Only inside of the plot something has changed.
    let plot = |line: &str| line.contains(" ┤");
    assert_eq!(
        early.lines().filter(|l| !plot(l)).collect::<Vec<_>>(),
        late.lines().filter(|l| !plot(l)).collect::<Vec<_>>()
    );
}

#[test]
fn an_answer_that_comes_between_makes_all_earlier_days_anew() {
    let mut trial = Trial::with_answers(400);
    let mut screen = ProgressScreen::new(&trial.context());
    for _ in 0..5 {
        assert_eq!(screen.later(&trial.context()), Later::More);
    }
    let item = trial.desk.library.items().find(|i| !trial.desk.progress.seen(&i.item.id)).unwrap();
    let shown = crate::core::form::shown(&item, &mut crate::core::draw::Draw::new(1));
    let answer = Answered { session: "s".into(), choice: shown.key, shown, confidence: None, ms: 9, struck: vec![] };
    let last_week = Stamp { ms: trial.context().now.wall.ms - 7 * DAY_MS, ..trial.context().now.wall };
    let event = trial.desk.log(last_week, vec![Fact::Answered(answer)]).unwrap()[0].id;
    let same = |screen: &ProgressScreen, trial: &Trial| {
        let cx = trial.context();
        screen.kept.figures(&cx).daily(&cx) == past::daily(cx.library(), cx.progress(), cx.today(), FORECAST_DAYS)
    };
    assert!(!same(&screen, &trial));
    assert_eq!(settle(&mut screen, &trial), 13);
    assert!(same(&screen, &trial));
    trial.desk.retract(last_week, event).unwrap();
    assert!(!same(&screen, &trial), "what was taken back is forgotten");
    settle(&mut screen, &trial);
    assert!(same(&screen, &trial));
}

#[test]
fn results_stand_at_once_and_their_forecasts_take_the_room_that_is_kept_for_them() {
    let mut trial = Trial::with_answers(400);
    let cx = trial.context();
    let result = |back: i32| RealResult {
        date: cx.today().plus(-back).date(),
        category: cx.settings().category,
        passed: true,
        areas: std::collections::BTreeMap::new(),
    };
    let facts = [2, 3, 1].map(|back| Fact::RealResult(result(back))).to_vec();
    trial.perform(vec![Effect::Log(facts)]);
    let mut screen = ProgressScreen::new(&trial.context());
    screen.act(Key::Char('8'), &trial.context());
    for width in [40, 76] {
        let mut screen = ProgressScreen::new(&trial.context());
        screen.act(Key::Char('8'), &trial.context());
        let early = picture(&screen, &trial, width, 60);
        assert!(early.matches("came passed").count() == 3 && !early.contains("foretold"), "{early}");
        assert!(!early.contains("too few"), "{early}");
        settle(&mut screen, &trial);
        let late = picture(&screen, &trial, width, 60);
        assert_eq!(late.matches("foretold").count(), 3, "{late}");
        let places = |drawn: &str| -> Vec<usize> {
            drawn.lines().enumerate().filter(|(_, l)| l.contains(" exam  ")).map(|(n, _)| n).collect()
        };
        assert_eq!(places(&early), places(&late));
    }
    let cx = trial.context();
    settle(&mut screen, &trial);
    let (outcomes, told) = screen.kept.figures(&cx).outcomes(&cx);
    assert_eq!((outcomes, told), (past::outcomes(cx.library(), cx.progress(), 8), 3));
}
