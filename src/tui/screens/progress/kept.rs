//! What takes longer to work out than a screen may take to draw: worked out once for each page, and again when there is
//! something new to say. Forecasts of earlier days come one by one, after the page has been drawn without them.

use crate::core::calendar::StudyDay;
use crate::core::insight::{FORECAST_DAYS, OUTCOMES};
use crate::core::readiness::past::{self, Outcome, Series};
use crate::core::readiness::syllabus::Syllabus;
use crate::core::readiness::{Estimate, Fit, Readiness, readiness_with};
use crate::core::stats::{Stats, stats};
use crate::core::traps::{TaskWordLine, TrapLine, task_words, traps};
use crate::core::weak::{Gains, gains_with};
use crate::tui::screen::{Context, Later, State};
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

/// Figures that are kept.
#[derive(Default)]
pub struct Kept(RefCell<Option<Rc<Figures>>>);

/// The figures of one state of the log.
pub struct Figures {
    state: State,
    /// Of the latest answers.
    fit: RefCell<Option<Fit>>,
    standing: OnceCell<Readiness>,
    past: RefCell<Series>,
    stats: OnceCell<Stats>,
    gains: OnceCell<Gains>,
    catches: OnceCell<(Vec<TrapLine>, Vec<TaskWordLine>)>,
    outcomes: OnceCell<Vec<Outcome>>,
    forecasts: RefCell<Series>,
}

impl Kept {
    /// The figures for the log as it is.
    pub fn figures(&self, cx: &Context<'_>) -> Rc<Figures> {
        let state = cx.state();
        let mut kept = self.0.borrow_mut();
        match kept.as_ref() {
            Some(figures) if figures.state == state => figures.clone(),
            _ => kept.insert(Rc::new(Figures::new(state, cx))).clone(),
        }
    }
}

impl Figures {
    fn new(state: State, cx: &Context<'_>) -> Self {
        Self {
            state,
            fit: RefCell::default(),
            standing: OnceCell::new(),
            past: RefCell::new(Series::before(cx.today(), FORECAST_DAYS)),
            stats: OnceCell::new(),
            gains: OnceCell::new(),
            catches: OnceCell::new(),
            outcomes: OnceCell::new(),
            forecasts: RefCell::default(),
        }
    }

    /// Where she stands.
    pub fn standing(&self, cx: &Context<'_>) -> &Readiness {
        self.standing
            .get_or_init(|| readiness_with(cx.library(), cx.progress(), cx.today(), &mut self.fit.borrow_mut()))
    }

    /// The forecasts of the last days, oldest first and today's last; `None` also for those that are not made yet.
    pub fn daily(&self, cx: &Context<'_>) -> Vec<(StudyDay, Option<Estimate>)> {
        let past = self.past.borrow();
        let before = |back: i32| past.told().get(back as usize - 1).cloned().flatten();
        let today = || self.standing(cx).today.clone();
        let day = |back: i32| (cx.today().plus(-back), if back == 0 { today() } else { before(back) });
        (0..FORECAST_DAYS).rev().map(day).collect()
    }

    /// Makes the next of those forecasts.
    pub fn next_day(&self, cx: &Context<'_>) -> Later {
        // Where there is no number today there was none before.
        if self.standing(cx).missing.is_some() { Later::Nothing } else { next(&self.past, cx) }
    }

    /// Everything that is counted.
    pub fn stats(&self, cx: &Context<'_>) -> &Stats {
        self.stats.get_or_init(|| stats(cx.library(), cx.progress(), cx.today()))
    }

    /// Where study gains most.
    pub fn gains(&self, cx: &Context<'_>) -> &Gains {
        self.gains.get_or_init(|| gains_with(cx.library(), cx.progress(), cx.today(), &mut self.fit.borrow_mut()))
    }

    /// Which wrong options catch her, and how she does by task word.
    pub fn catches(&self, cx: &Context<'_>) -> &(Vec<TrapLine>, Vec<TaskWordLine>) {
        let (library, progress) = (cx.library(), cx.progress());
        self.catches.get_or_init(|| (traps(library, progress), task_words(library, progress)))
    }

    /// What came, each with its forecast once it is made; and how many are.
    pub fn outcomes(&self, cx: &Context<'_>) -> (Vec<Outcome>, usize) {
        let mut outcomes = self.came(cx).clone();
        let forecasts = self.forecasts.borrow();
        for (outcome, forecast) in outcomes.iter_mut().zip(forecasts.told()) {
            outcome.forecast.clone_from(forecast);
        }
        (outcomes, forecasts.told().len())
    }

    /// Makes the next of those forecasts.
    pub fn next_outcome(&self, cx: &Context<'_>) -> Later {
        self.came(cx);
        next(&self.forecasts, cx)
    }

    fn came(&self, cx: &Context<'_>) -> &Vec<Outcome> {
        self.outcomes.get_or_init(|| {
            let came = past::came(cx.progress(), OUTCOMES);
            self.forecasts.replace(Series::for_results(&came));
            came.into_iter().map(|(_, outcome)| outcome).collect()
        })
    }
}

fn next(series: &RefCell<Series>, cx: &Context<'_>) -> Later {
    let mut series = series.borrow_mut();
    if series.is_whole() {
        return Later::Nothing;
    }
    let (library, progress) = (cx.library(), cx.progress());
    let syllabus = Syllabus::of(library, progress, progress.settings.category);
    if series.go_on(&syllabus, library, progress) { Later::More } else { Later::Done }
}
