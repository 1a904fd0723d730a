//! Styles by meaning. Colour is never the only sign: every state also has a word or a mark.

use crate::core::settings::ThemeName;
use ratatui::style::{Color, Modifier, Style};

/// The styles of a screen.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    /// Ordinary text.
    pub text: Style,
    /// Text that may be overlooked: hints, units.
    pub quiet: Style,
    /// Text that matters.
    pub strong: Style,
    /// Titles.
    pub title: Style,
    /// Keys in the last line.
    pub key: Style,
    /// What has the focus.
    pub focus: Style,
    /// Right answers.
    pub right: Style,
    /// Wrong answers.
    pub wrong: Style,
    /// Warnings: little time, nothing saved.
    pub warning: Style,
    /// Bars and lines of plots.
    pub plot: Style,
    /// Struck-out options.
    pub struck: Style,
}

impl Theme {
    /// The theme of that name.
    pub fn of(name: ThemeName) -> Self {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let colours = |quiet: Style, accent: Color, right: Color, wrong: Color, warning: Color| Self {
            text: plain,
            quiet,
            strong: bold,
            title: bold.fg(accent),
            key: bold.fg(accent),
            focus: plain.add_modifier(Modifier::REVERSED),
            right: bold.fg(right),
            wrong: bold.fg(wrong),
            warning: bold.fg(warning),
            plot: plain.fg(accent),
            struck: quiet.add_modifier(Modifier::CROSSED_OUT),
        };
        let dim = plain.add_modifier(Modifier::DIM);
        match name {
            // These three accents are readable on dark and on light paper alike.
            ThemeName::Auto => colours(dim, Color::Cyan, Color::Green, Color::Red, Color::Magenta),
            ThemeName::Dark => {
                colours(plain.fg(Color::Gray), Color::LightCyan, Color::LightGreen, Color::LightRed, Color::LightYellow)
            }
            ThemeName::Light => {
                colours(plain.fg(Color::DarkGray), Color::Blue, Color::Green, Color::Red, Color::Magenta)
            }
            ThemeName::Contrast => Self {
                focus: bold.add_modifier(Modifier::REVERSED),
                struck: plain.add_modifier(Modifier::CROSSED_OUT),
                ..colours(plain, Color::Reset, Color::Reset, Color::Reset, Color::Reset)
            },
            ThemeName::Mono => Self {
                title: bold,
                key: bold,
                right: bold,
                wrong: bold,
                warning: bold.add_modifier(Modifier::UNDERLINED),
                plot: plain,
                ..colours(dim, Color::Reset, Color::Reset, Color::Reset, Color::Reset)
            },
        }
    }
}
