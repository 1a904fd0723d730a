//! What takes longer to work out than a screen may take to draw: worked out once for each page, and again when there is
//! something new to say.

use crate::core::calendar::StudyDay;
use crate::core::insight::{FORECAST_DAYS, OUTCOMES};
use crate::core::readiness::past::{self, Outcome};
use crate::core::readiness::{Estimate, Readiness, readiness};
use crate::core::settings::Settings;
use crate::core::weak::{Gains, gains};
use crate::tui::screen::Context;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

/// Figures that are kept.
#[derive(Default)]
pub struct Kept(RefCell<Option<Rc<Figures>>>);

/// Where she stands, and the forecasts of the last days.
type Standing = (Readiness, Vec<(StudyDay, Option<Estimate>)>);

/// The figures of one state of the log.
pub struct Figures {
    /// Answers, exams, results, questions at hand, and the day.
    state: (usize, usize, usize, usize, StudyDay),
    settings: Settings,
    standing: OnceCell<Standing>,
    gains: OnceCell<Gains>,
    outcomes: OnceCell<Vec<Outcome>>,
}

impl Kept {
    /// The figures for the log as it is.
    pub fn figures(&self, cx: &Context<'_>) -> Rc<Figures> {
        let progress = cx.progress();
        let ended = progress.exams.iter().filter(|e| !e.is_open()).count();
        let questions = cx.library().objectives().count();
        let state = (progress.answers.len(), ended, progress.results.len(), questions, cx.today());
        let mut kept = self.0.borrow_mut();
        match kept.as_ref() {
            Some(figures) if figures.state == state && figures.settings == *cx.settings() => figures.clone(),
            _ => {
                let figures = Rc::new(Figures {
                    state,
                    settings: cx.settings().clone(),
                    standing: OnceCell::new(),
                    gains: OnceCell::new(),
                    outcomes: OnceCell::new(),
                });
                kept.insert(figures).clone()
            }
        }
    }
}

impl Figures {
    /// Where she stands, and the forecasts of the last days.
    pub fn standing(&self, cx: &Context<'_>) -> &Standing {
        let (library, progress, today) = (cx.library(), cx.progress(), cx.today());
        self.standing
            .get_or_init(|| (readiness(library, progress, today), past::daily(library, progress, today, FORECAST_DAYS)))
    }

    /// Where study gains most.
    pub fn gains(&self, cx: &Context<'_>) -> &Gains {
        self.gains.get_or_init(|| gains(cx.library(), cx.progress(), cx.today()))
    }

    /// Forecasts beside what came.
    pub fn outcomes(&self, cx: &Context<'_>) -> &[Outcome] {
        self.outcomes.get_or_init(|| past::outcomes(cx.library(), cx.progress(), OUTCOMES))
    }
}
