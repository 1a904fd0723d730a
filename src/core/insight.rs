//! Everything that answers tell beyond counting: for programs, in one piece.

use super::calendar::StudyDay;
use super::calibration::{self, AreaCalibration};
use super::library::Library;
use super::progress::Progress;
use super::readiness::past::{self, Outcome};
use super::readiness::{Estimate, Readiness, readiness};
use super::recall_map::{self, DayMinutes, StatementRecall};
use super::traps::{self, TaskWordLine, TrapLine};
use super::weak::{self, Gains};
use serde::Serialize;

/// Days for which earlier forecasts are made again.
pub const FORECAST_DAYS: i32 = 14;

/// Forecasts that are set beside what came.
pub const OUTCOMES: usize = 8;

/// Days of the calendar of minutes: twelve weeks.
pub const CALENDAR_DAYS: usize = 84;

/// All of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Insight {
    /// Where she stands.
    pub readiness: Readiness,
    /// The forecast of each of the last days for a form taken that day, oldest first.
    pub forecasts: Vec<Option<Estimate>>,
    /// Forecasts beside what came, newest first.
    pub outcomes: Vec<Outcome>,
    /// Where study gains most.
    pub gains: Gains,
    /// What her confidence meant, by area.
    pub calibration_by_area: Vec<AreaCalibration>,
    /// Which wrong options catch her.
    pub traps: Vec<TrapLine>,
    /// How she does by task word.
    pub task_words: Vec<TaskWordLine>,
    /// Recall by statement.
    pub recall_map: Vec<StatementRecall>,
    /// Minutes of study a day.
    pub minutes: Vec<DayMinutes>,
}

/// Reads all of it, as of a day.
pub fn insight(library: &Library, progress: &Progress, today: StudyDay) -> Insight {
    let daily = past::daily(library, progress, today, FORECAST_DAYS);
    Insight {
        readiness: readiness(library, progress, today),
        forecasts: daily.into_iter().map(|(_, estimate)| estimate).collect(),
        outcomes: past::outcomes(library, progress, OUTCOMES),
        gains: weak::gains(library, progress, today),
        calibration_by_area: calibration::by_area(library, progress),
        traps: traps::traps(library, progress),
        task_words: traps::task_words(library, progress),
        recall_map: recall_map::recall_map(library, progress, today),
        minutes: recall_map::minutes(progress, today, CALENDAR_DAYS),
    }
}
