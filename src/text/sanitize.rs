//! Takes out of a text what could steer a terminal or hide from the eye.
//!
//! Escape sequences go as a whole, so that no stray `[31m` is left behind; then every control character, the controls
//! of writing direction, and characters without width.

use std::borrow::Cow;
use std::path::Path;

/// The text without control characters, escape sequences and invisible characters; a tab becomes a space.
///
/// New lines stay. Clean text is returned as it is.
pub fn clean(text: &str) -> Cow<'_, str> {
    if is_clean(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut strings = Strings { may_end: true };
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        rest = match c {
            '\u{1b}' => strings.after_escape(after),
            '\u{9b}' => after_csi(after),
            '\u{90}' | '\u{98}' | '\u{9d}'..='\u{9f}' => strings.after_end(after),
            _ => {
                match c {
                    '\t' | '\u{2028}' | '\u{2029}' => out.push(' '),
                    _ if unwanted(c) => {}
                    _ => out.push(c),
                }
                after
            }
        };
    }
    Cow::Owned(out)
}

/// Whether [`clean`] would leave the text as it is.
pub fn is_clean(text: &str) -> bool {
    // Nearly every text is plain, and this first loop has no branches.
    text.bytes().fold(true, |plain, b| plain & (matches!(b, 0x20..=0x7e | b'\n'))) || !text.chars().any(unwanted)
}

/// A value found in a file, fit to be quoted in a message: clean, on one line, at most 40 characters.
pub fn quoted(text: &str) -> String {
    let start = text.char_indices().nth(400).map_or(text, |(at, _)| &text[..at]);
    let mut start: String = clean(start).chars().take(41).map(|c| if c == '\n' { ' ' } else { c }).collect();
    if start.chars().count() > 40 {
        start.truncate(start.char_indices().nth(39).map_or(start.len(), |(at, _)| at));
        start.push('…');
    }
    start
}

/// A path as it is shown to people: clean and on one line.
pub fn shown_path(path: &Path) -> String {
    clean(&path.to_string_lossy()).replace('\n', " ")
}

/// Whether a character has no place in a text that is shown.
pub fn unwanted(c: char) -> bool {
    matches!(c,
        '\0'..='\u{9}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}'   // C0 without the new line, DEL, C1
        | '\u{61c}' | '\u{202a}'..='\u{202e}'   // direction of writing
        | '\u{2060}'..='\u{206f}'   // direction of writing, or without width
        | '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}'   // without width
        | '\u{2028}' | '\u{2029}'   // separators that some terminals break lines at
        | '\u{fff9}'..='\u{fffb}') // interlinear annotation
}

/// Skips escape sequences.
struct Strings {
    /// False once a control string was seen that never ends: no later one can, and no text is searched twice.
    may_end: bool,
}

impl Strings {
    /// What follows an escape sequence; `text` begins after the escape character.
    ///
    /// The grammar is that of ECMA-48: `ESC [` is a control sequence, `ESC ] P X ^ _` a string, anything else is
    /// intermediate bytes (20–2F) and a final one (30–7E).
    fn after_escape<'a>(&mut self, text: &'a str) -> &'a str {
        match text.as_bytes().first() {
            Some(b'[') => after_csi(&text[1..]),
            Some(b']' | b'P' | b'X' | b'^' | b'_') => self.after_end(&text[1..]),
            _ => after_final(text.trim_start_matches(|c| matches!(c, ' '..='/')), '0'..='~'),
        }
    }

    /// What follows a control string (OSC, DCS, APC, PM, SOS): after BEL, `ESC \` or ST.
    ///
    /// A string that never ends is no sequence to a reader of the text, so only its opening goes.
    fn after_end<'a>(&mut self, text: &'a str) -> &'a str {
        if !self.may_end {
            return text;
        }
        let end = text.char_indices().find_map(|(at, c)| match c {
            '\u{7}' => Some(at + 1),
            '\u{9c}' => Some(at + 2),
            '\u{1b}' if text[at + 1..].starts_with('\\') => Some(at + 2),
            _ => None,
        });
        self.may_end = end.is_some();
        &text[end.unwrap_or(0)..]
    }
}

/// What follows a control sequence's parameters (30–3F), intermediates (20–2F) and final byte (40–7E).
fn after_csi(text: &str) -> &str {
    let text = text.trim_start_matches(|c| matches!(c, '0'..='?')).trim_start_matches(|c| matches!(c, ' '..='/'));
    after_final(text, '@'..='~')
}

/// What follows the final byte of a sequence, where there is one.
fn after_final(text: &str, finals: std::ops::RangeInclusive<char>) -> &str {
    match text.chars().next() {
        Some(c) if finals.contains(&c) => &text[1..],
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn escape_sequences_go_as_a_whole() {
        for (text, want) in [
            ("a\x1b[31;1mred\x1b[0mb", "aredb"),
            ("a\x1b]0;title\x07b\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\c", "ablinkc"),
            ("a\x1bPq#0\x1b\\b\x1b_G\u{9c}c\x1b^x\x07d\x1bXy\x1b\\e", "abcde"),
            ("a\x1b(Bb\x1bcc\u{9b}2Jd\u{9d}0;t\u{9c}e", "abcde"),
            ("a\x1b]0;never ends", "a0;never ends"),
            ("tab\there\r\nnext\x7f\u{0}", "tab here\nnext"),
            ("\u{202e}evil\u{2069}\u{200b}\u{feff}\u{85}\u{fffb}\u{200d}", "evil"),
            ("Ünïcode — “fine” 漢字\n", "Ünïcode — “fine” 漢字\n"),
            ("a\x1b", "a"),
            ("a\x1b[", "a"),
            ("a\x1b[é", "aé"),
        ] {
            assert_eq!(clean(text), want, "{text:?}");
        }
    }

    #[test]
    fn every_character_that_steers_or_hides_is_unwanted() {
        let ranges = [
            0..=0x9,
            0xb..=0x1f,
            0x7f..=0x9f,
            0xad..=0xad,
            0x61c..=0x61c,
            0x180e..=0x180e,
            0x200b..=0x200f,
            0x2028..=0x202e,
            0x2060..=0x206f,
            0xfeff..=0xfeff,
            0xfff9..=0xfffb,
            0xe0000..=0xe0fff,
        ];
        let found: Vec<u32> =
            (0..0x11_0000).filter_map(char::from_u32).filter(|c| unwanted(*c)).map(u32::from).collect();
        assert_eq!(found, ranges.into_iter().flatten().collect::<Vec<u32>>());
    }

    #[test]
    fn a_quotation_is_short_and_on_one_line() {
        assert_eq!(quoted("a\nb\x1b[31m"), "a b");
        assert_eq!(quoted(&"é".repeat(41)), format!("{}…", "é".repeat(39)));
        assert_eq!(quoted(&"é".repeat(40)), "é".repeat(40));
    }

    /// Text rich in the characters that begin, fill and end sequences.
    fn hostile() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            prop::sample::select(vec![
                "\x1b", "[", "]", "P", "\\", "\x07", "\u{9b}", "\u{9c}", "\u{9d}", "0;", "m", "\t", "\n", "\u{202e}",
                "\u{200b}", "\u{feff}", "\u{2028}", "é", "a"
            ])
            .prop_map(str::to_owned),
            any::<char>().prop_map(String::from),
        ];
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn nothing_unwanted_is_left(text in hostile()) {
            let out = clean(&text);
            prop_assert!(!out.chars().any(unwanted), "{out:?}");
            prop_assert!(is_clean(&out));
            prop_assert_eq!(clean(&out), out.as_ref());
        }

        #[test]
        fn clean_text_stays_as_it_is(text in "[ -~\n\u{a0}-\u{ac}\u{ae}-\u{600}\u{2010}-\u{2027}\u{3000}-\u{9fff}]{0,60}") {
            prop_assert!(is_clean(&text));
            prop_assert_eq!(clean(&text), text.as_str());
        }
    }
}
