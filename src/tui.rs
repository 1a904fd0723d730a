//! The full-screen program.
//!
//! A key press becomes a [`keys::Key`], the top screen answers it with [`screen::Effect`]s, [`app::App`] carries them
//! out (saving first), and the screen is drawn anew. Nothing is drawn unless something has changed.

pub mod app;
pub mod card;
pub mod date_field;
pub mod keys;
pub mod layout;
pub mod list;
#[cfg(test)]
mod picture;
pub mod remarks;
pub mod run;
pub mod screen;
pub mod screens;
pub mod terminal;
#[cfg(test)]
mod tests;
pub mod text;
pub mod text_field;
pub mod theme;
pub mod thrifty;
pub mod walk;
