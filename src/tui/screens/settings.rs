//! Stub.
use crate::tui::keys::Key;
use crate::tui::screen::{Context, Effect, Hint, Screen, hint};
use ratatui::Frame;
use ratatui::layout::Rect;
/// Stub.
pub struct SettingsScreen;
impl SettingsScreen {
    /// Stub.
    pub fn new(_cx: &Context<'_>) -> Self {
        Self
    }
}
impl Screen for SettingsScreen {
    fn title(&self, _cx: &Context<'_>) -> String {
        "settings".into()
    }
    fn hints(&self, _cx: &Context<'_>) -> Vec<Hint> {
        vec![hint("Esc", "back")]
    }
    fn act(&mut self, key: Key, _cx: &Context<'_>) -> Vec<Effect> {
        if key == Key::Esc { vec![Effect::Back] } else { vec![] }
    }
    fn draw(&self, _frame: &mut Frame<'_>, _area: Rect, _cx: &Context<'_>) {}
}
