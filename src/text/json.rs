//! Texts within JSON: what is written as an escape there is a character when it is read.

use super::sanitize::{clean, is_clean};
use serde_json::Value;
use std::borrow::Cow;

/// JSON whose texts are clean, as [`clean`] makes them; what is no JSON stays as it is.
///
/// Clean JSON is returned as it is, and is known quickly.
pub fn clean_json(json: &str) -> Cow<'_, str> {
    if is_clean(json) && !may_hide(json.as_bytes()) {
        return Cow::Borrowed(json);
    }
    match serde_json::from_str(json) {
        Ok(value) => Cow::Owned(cleaned(value).to_string()),
        Err(_) => Cow::Borrowed(json),
    }
}

/// Whether there is an escape for a character other than quotes, backslashes and the end of a line.
fn may_hide(json: &[u8]) -> bool {
    // Most have none at all, and that is found quickly.
    if !json.contains(&b'\\') {
        return false;
    }
    let mut bytes = json.iter();
    while let Some(byte) = bytes.next() {
        if *byte == b'\\' && !matches!(bytes.next(), Some(b'"' | b'\\' | b'/' | b'n')) {
            return true;
        }
    }
    false
}

fn cleaned(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(clean(&text).into_owned()),
        Value::Array(values) => Value::Array(values.into_iter().map(cleaned).collect()),
        Value::Object(members) => {
            Value::Object(members.into_iter().map(|(name, v)| (clean(&name).into_owned(), cleaned(v))).collect())
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_escape_hides_is_taken_out() {
        for (json, want) in [
            (
                r#"{"text":"a\u001b[31mb","n":[1,"\u202ec\ud83d\ude00\\u001b"]}"#,
                r#"{"n":[1,"c😀\\u001b"],"text":"ab"}"#,
            ),
            ("{\"text\":\"\u{9b}31mx\u{200b}\"}", r#"{"text":"x"}"#),
            (r#"{"text":"a \"b\" \\ \n c"}"#, r#"{"text":"a \"b\" \\ \n c"}"#),
            (r#"{"\tname":"\b"}"#, r#"{" name":""}"#),
            (r#"{"broken\u0007"#, r#"{"broken\u0007"#),
        ] {
            assert_eq!(clean_json(json), want);
        }
    }
}
