//! What a person has chosen.

mod date;

pub use date::{date_words, parse_date, parse_exam_date};

use super::bank::Category;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How the screen is colored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThemeName {
    /// The terminal's own ground and ink, few accents: fits dark and light alike.
    #[default]
    Auto,
    /// Light ink on a dark ground of its own.
    Dark,
    /// Dark ink on a light ground of its own.
    Light,
    /// White on black, nothing dim.
    Contrast,
    /// No color at all.
    Mono,
}

impl ThemeName {
    /// All themes, in the order in which settings offer them.
    pub const ALL: [Self; 5] = [Self::Auto, Self::Dark, Self::Light, Self::Contrast, Self::Mono];

    /// The word on screens and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Contrast => "contrast",
            Self::Mono => "mono",
        }
    }

    /// The theme of that word.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.id() == id)
    }
}

/// How much time an exam gives, compared with the standard time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeFactor {
    /// Standard time.
    #[default]
    Standard,
    /// A quarter more.
    Quarter,
    /// Half as much again.
    Half,
    /// Twice the time.
    Double,
    /// No limit.
    Untimed,
}

impl TimeFactor {
    /// All, from the shortest on.
    pub const ALL: [Self; 5] = [Self::Standard, Self::Quarter, Self::Half, Self::Double, Self::Untimed];

    /// The multiple of the standard time; `None` without a limit.
    pub fn multiple(self) -> Option<f64> {
        match self {
            Self::Standard => Some(1.0),
            Self::Quarter => Some(1.25),
            Self::Half => Some(1.5),
            Self::Double => Some(2.0),
            Self::Untimed => None,
        }
    }

    /// The word on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::Standard => "1",
            Self::Quarter => "1.25",
            Self::Half => "1.5",
            Self::Double => "2",
            Self::Untimed => "none",
        }
    }

    /// In words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Standard => "standard time",
            Self::Quarter => "time and a quarter",
            Self::Half => "time and a half",
            Self::Double => "double time",
            Self::Untimed => "no time limit",
        }
    }

    /// The factor of that word.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.id() == id)
    }
}

/// How a question is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spacing {
    /// Stem and options one below the other.
    #[default]
    Close,
    /// An empty line between options.
    Roomy,
    /// One option at a time below the stem.
    OneByOne,
}

impl Spacing {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Close, Self::Roomy, Self::OneByOne];

    /// In words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Close => "close together",
            Self::Roomy => "with room between options",
            Self::OneByOne => "one option at a time",
        }
    }
}

/// One choice, as it is logged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// The exam taken.
    Category(Category),
    /// The exam's date; `None` takes it away.
    ExamDate(Option<Date>),
    /// Minutes a day for study.
    MinutesPerDay(u16),
    /// Whether each answer asks how sure she is.
    AskConfidence(bool),
    /// How the screen is colored.
    Theme(ThemeName),
    /// Time in exams.
    TimeFactor(TimeFactor),
    /// Whether the exam's clock is hidden until the last minutes.
    HideClock(bool),
    /// Extra breaks in an exam in which the clock stands still.
    ExtraBreaks(u8),
    /// How a question is laid out.
    Spacing(Spacing),
    /// How many full exams of unseen questions are kept out of study.
    Reserve(u8),
    /// The first-run questions have been answered or skipped.
    Welcomed,
}

/// All choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The exam taken.
    pub category: Category,
    /// The exam's date.
    pub exam_date: Option<Date>,
    /// Minutes a day for study.
    pub minutes_per_day: u16,
    /// Whether each answer asks how sure she is.
    pub ask_confidence: bool,
    /// How the screen is colored.
    pub theme: ThemeName,
    /// Time in exams.
    pub time_factor: TimeFactor,
    /// Whether the exam's clock is hidden until the last minutes.
    pub hide_clock: bool,
    /// Extra breaks in an exam in which the clock stands still.
    pub extra_breaks: u8,
    /// How a question is laid out.
    pub spacing: Spacing,
    /// How many full exams of unseen questions are kept out of study.
    pub reserve: u8,
    /// Whether the first-run questions are done.
    pub welcomed: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            category: Category::Clinical,
            exam_date: None,
            minutes_per_day: 20,
            ask_confidence: true,
            theme: ThemeName::Auto,
            time_factor: TimeFactor::Standard,
            hide_clock: false,
            extra_breaks: 0,
            spacing: Spacing::Close,
            reserve: 2,
            welcomed: false,
        }
    }
}

impl Settings {
    /// The fewest and the most minutes a day that can be set.
    pub const MINUTES: std::ops::RangeInclusive<u16> = 5..=240;
    /// The most extra breaks.
    pub const MOST_EXTRA_BREAKS: u8 = 8;
    /// The most full exams that can be kept back.
    pub const MOST_RESERVE: u8 = 4;

    /// Applies one choice.
    pub fn apply(&mut self, setting: &Setting) {
        match setting {
            Setting::Category(category) => self.category = *category,
            Setting::ExamDate(date) => self.exam_date = *date,
            Setting::MinutesPerDay(minutes) => {
                self.minutes_per_day = (*minutes).clamp(*Self::MINUTES.start(), *Self::MINUTES.end());
            }
            Setting::AskConfidence(ask) => self.ask_confidence = *ask,
            Setting::Theme(theme) => self.theme = *theme,
            Setting::TimeFactor(factor) => self.time_factor = *factor,
            Setting::HideClock(hide) => self.hide_clock = *hide,
            Setting::ExtraBreaks(breaks) => self.extra_breaks = (*breaks).min(Self::MOST_EXTRA_BREAKS),
            Setting::Spacing(spacing) => self.spacing = *spacing,
            Setting::Reserve(exams) => self.reserve = (*exams).min(Self::MOST_RESERVE),
            Setting::Welcomed => self.welcomed = true,
        }
    }
}
