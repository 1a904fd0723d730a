//! Texts that a stranger may have written.

use serde_json::Value;

/// Puts something evil before every text of the given fields.
pub fn spoil(value: &mut Value, free: &[&str], evil: &str) {
    match value {
        Value::Object(members) => {
            for (name, value) in members.iter_mut() {
                match value {
                    Value::String(text) if free.contains(&name.as_str()) => text.insert_str(0, evil),
                    value => spoil(value, free, evil),
                }
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(|value| spoil(value, free, evil)),
        _ => {}
    }
}
