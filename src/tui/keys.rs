//! Key presses, as the screens know them. Only this file knows the terminal library's key codes.

use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// A key press.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A letter, digit or sign.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// Backspace.
    Backspace,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Home.
    Home,
    /// End.
    End,
    /// Control and C: leave.
    Interrupt,
    /// Control and Z: put the program to sleep.
    Suspend,
    /// Control and L: draw everything anew.
    Redraw,
}

/// The key that a terminal event stands for, if it is one that the program knows.
pub fn key(event: &Event) -> Option<Key> {
    let KeyEvent { code, modifiers, .. } = event.as_key_press_event()?;
    if modifiers.contains(KeyModifiers::CONTROL) {
        return match code {
            KeyCode::Char('c') => Some(Key::Interrupt),
            KeyCode::Char('z') => Some(Key::Suspend),
            KeyCode::Char('l') => Some(Key::Redraw),
            _ => None,
        };
    }
    Some(match code {
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        _ => return None,
    })
}

impl Key {
    /// The option that a key names: `1` to `5` or `a` to `e`, from 0.
    pub fn option(self) -> Option<usize> {
        match self {
            Self::Char(c @ '1'..='5') => Some(c as usize - '1' as usize),
            Self::Char(c @ 'a'..='e') => Some(c as usize - 'a' as usize),
            _ => None,
        }
    }

    /// The option that a capital letter names: answered and sure in one key.
    pub fn sure_option(self) -> Option<usize> {
        match self {
            Self::Char(c @ 'A'..='E') => Some(c as usize - 'A' as usize),
            _ => None,
        }
    }

    /// Steps through a list: -1, 1, or pages of ten; `None` if the key does not move.
    pub fn step(self) -> Option<isize> {
        Some(match self {
            Self::Up | Self::Char('k') => -1,
            Self::Down | Self::Char('j') => 1,
            Self::PageUp => -10,
            Self::PageDown => 10,
            Self::Home => isize::MIN / 2,
            Self::End => isize::MAX / 2,
            _ => return None,
        })
    }
}

impl Key {
    /// A scroll position after this key: arrows go by lines, pages and Space by more; other keys leave it.
    pub fn scrolled(self, scroll: usize, deepest: usize) -> usize {
        let step = if self == Self::Char(' ') { Some(8) } else { self.step() };
        step.map_or(scroll, |step| moved(scroll, step, deepest + 1))
    }
}

/// Moves a place in a list of `len`, stopping at its ends.
pub fn moved(place: usize, step: isize, len: usize) -> usize {
    (place as isize).saturating_add(step).clamp(0, len.saturating_sub(1) as isize) as usize
}
