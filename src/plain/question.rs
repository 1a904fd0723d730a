//! A question as lines, with or without its reasons.

use super::Console;
use crate::core::bank::{Item, Objective};
use crate::core::library::Library;
use crate::text::letter;
use std::io;

/// Prints stem and options.
pub fn ask(item: &Item, order: &[u8], struck: &[u8], console: &mut Console<'_>) -> io::Result<()> {
    console.say(&item.stem)?;
    for (place, file) in order.iter().enumerate() {
        let Some(option) = item.options.get(usize::from(*file)) else { continue };
        let note = if struck.contains(file) { " (struck out)" } else { "" };
        console.say(&format!("{}. {}{note}", letter(place), option.text))?;
    }
    Ok(())
}

/// Prints every reason, the rule and its sources.
pub fn explain(
    item: &Item,
    order: &[u8],
    choice: Option<u8>,
    objective: Option<&Objective>,
    library: &Library,
    console: &mut Console<'_>,
) -> io::Result<()> {
    for (place, file) in order.iter().enumerate() {
        let Some(option) = item.options.get(usize::from(*file)) else { continue };
        let word = if option.key { "right" } else { "not right" };
        console.say(&format!("{} is {word}. {}", letter(place), option.why))?;
        if let Some(trap) = option.trap.as_ref().filter(|_| choice == Some(*file)) {
            console.say(&format!("The trap: {}.", library.trap_name(trap.as_str()).to_lowercase()))?;
        }
    }
    if let Some(objective) = objective {
        console.say(&format!("The rule: {}", objective.rule))?;
        for reference in &objective.refs {
            console.say(&format!("Source: {}", library.cite(reference)))?;
        }
    }
    Ok(())
}

/// The option (file order) that a line names: a letter or a number.
///
/// Where an item has five options or more, letters up to `j` name options before they name commands.
pub fn option(line: &str, order: &[u8]) -> Option<u8> {
    let mut letters = line.chars();
    let (Some(c), None) = (letters.next(), letters.next()) else { return None };
    // A letter that names no option here is a command, such as f for flag.
    let place = match c.to_ascii_lowercase() {
        c @ 'a'..='j' if c < 'e' || order.len() > 4 => c as usize - 'a' as usize,
        c @ '1'..='9' => c as usize - '1' as usize,
        _ => return None,
    };
    order.get(place).copied()
}

/// The letter under which an option is shown.
pub fn letter_of(option: u8, order: &[u8]) -> char {
    letter(order.iter().position(|o| *o == option).unwrap_or(0))
}
