//! Styles by meaning. Color is never the only sign: every state also has a word or a mark.

use crate::core::settings::ThemeName;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

/// The styles of a screen.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    /// Ink and paper of every cell; empty where the terminal's own are kept.
    pub ground: Style,
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
    /// Highlighted words.
    pub highlight: Style,
}

impl Theme {
    /// The theme of that name.
    pub fn of(name: ThemeName) -> Self {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        // Colors of the fixed part of the 256, which no terminal's own palette repaints.
        let paper = |ink: u8, ground: u8| plain.fg(Color::Indexed(ink)).bg(Color::Indexed(ground));
        let mono = |quiet: Style| Self {
            ground: plain,
            text: plain,
            quiet,
            strong: bold,
            title: bold,
            key: bold,
            focus: plain.add_modifier(Modifier::REVERSED),
            right: bold,
            wrong: bold,
            warning: bold.add_modifier(Modifier::UNDERLINED),
            plot: plain,
            struck: quiet.add_modifier(Modifier::CROSSED_OUT),
            highlight: bold.add_modifier(Modifier::UNDERLINED),
        };
        let marked = |theme: Self, right: Color, wrong: Color, warning: Color| Self {
            right: bold.fg(right),
            wrong: bold.fg(wrong),
            warning: bold.fg(warning),
            ..theme
        };
        let accented = |theme: Self, accent: Color| Self {
            title: bold.fg(accent),
            key: bold.fg(accent),
            plot: plain.fg(accent),
            ..theme
        };
        let dim = plain.add_modifier(Modifier::DIM);
        let [quiet_on_dark, quiet_on_light] = [248, 240].map(|n| plain.fg(Color::Indexed(n)));
        match name {
            // The ground is unknown here, so color is kept for what is right, wrong or urgent, in the three colors
            // that can be read on dark and on light paper alike.
            ThemeName::Auto => marked(mono(dim), Color::Green, Color::Red, Color::Magenta),
            ThemeName::Dark => {
                let theme = Self { ground: paper(253, 234), ..mono(quiet_on_dark) };
                accented(
                    marked(theme, Color::Indexed(114), Color::Indexed(210), Color::Indexed(222)),
                    Color::Indexed(116),
                )
            }
            ThemeName::Light => {
                let theme = Self { ground: paper(234, 255), ..mono(quiet_on_light) };
                accented(marked(theme, Color::Indexed(22), Color::Indexed(124), Color::Indexed(90)), Color::Indexed(24))
            }
            ThemeName::Contrast => Self { ground: paper(231, 16), ..mono(plain) },
            ThemeName::Mono => mono(dim),
        }
    }

    /// Paints the ground under everything that was drawn; what has a color of its own keeps it.
    pub fn paint(&self, buffer: &mut Buffer) {
        for cell in &mut buffer.content {
            if let (Color::Reset, Some(ink)) = (cell.fg, self.ground.fg) {
                cell.fg = ink;
            }
            if let (Color::Reset, Some(ground)) = (cell.bg, self.ground.bg) {
                cell.bg = ground;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sample;
    use crate::core::settings::Setting;
    use crate::tui::picture::Script;

    /// Lightness of a color of the 256, by WCAG 2.1: 0 is black, 1 is white.
    fn luminance(color: Color) -> f64 {
        let Color::Indexed(n) = color else { panic!("{color} depends on the terminal") };
        let parts = match n {
            232.. => [8 + 10 * (n - 232); 3],
            16.. => {
                [(n - 16) / 36, (n - 16) / 6 % 6, (n - 16) % 6].map(|step| if step == 0 { 0 } else { 55 + 40 * step })
            }
            _ => panic!("{n} depends on the terminal"),
        };
        let [r, g, b] = parts.map(|part| {
            let x = f64::from(part) / 255.0;
            if x <= 0.04045 { x / 12.92 } else { ((x + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    #[test]
    fn every_ink_can_be_read_on_the_ground_of_its_theme() {
        for name in [ThemeName::Dark, ThemeName::Light, ThemeName::Contrast] {
            let theme = Theme::of(name);
            let ground = luminance(theme.ground.bg.unwrap());
            let inks = [
                theme.ground,
                theme.text,
                theme.quiet,
                theme.title,
                theme.key,
                theme.right,
                theme.wrong,
                theme.warning,
            ];
            for style in inks.into_iter().chain([theme.plot, theme.struck]) {
                let ink = luminance(style.fg.or(theme.ground.fg).unwrap());
                let contrast = (ink.max(ground) + 0.05) / (ink.min(ground) + 0.05);
                assert!(contrast >= 5.5, "{name:?} {style:?}: {contrast:.1}");
            }
        }
    }

    #[test]
    fn dark_light_and_contrast_cover_the_whole_window_and_the_others_nothing() {
        for name in ThemeName::ALL {
            for keys in ["", "m <enter> <enter> a s", "s ?"] {
                let script = Script::with(sample::library(), &[Setting::Welcomed], Some(name)).keys(keys);
                let buffer = script.buffer(80, 24);
                let painted = buffer.content.iter().filter(|cell| cell.bg != Color::Reset).count();
                let all = !matches!(name, ThemeName::Auto | ThemeName::Mono);
                assert_eq!(painted, if all { 80 * 24 } else { 0 }, "{name:?} {keys}");
            }
        }
    }

    #[test]
    fn contrast_looks_other_than_mono() {
        let picture = |name| Script::with(sample::library(), &[Setting::Welcomed], Some(name)).picture(80, 24);
        assert_ne!(picture(ThemeName::Contrast), picture(ThemeName::Mono));
    }
}
