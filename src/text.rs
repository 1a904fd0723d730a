//! Wrapping, cutting and counting words: what every front end needs and no front end owns.

pub mod json;
pub mod sanitize;

pub use crate::core::count::count;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Text as lines of at most `width` cells.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let options = textwrap::Options::new(width.max(1)).word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::wrap(text, options).into_iter().map(std::borrow::Cow::into_owned).collect()
}

/// Text as a person typed it, fit to be shown: clean, on one line, without space around it.
pub fn one_line(text: &str) -> String {
    sanitize::clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text cut to `width` cells, with `…` where something is missing.
pub fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut used = 0;
    let mut kept = String::new();
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used + 1 > width {
            break;
        }
        kept.push(c);
    }
    if width > 0 {
        kept.push('…');
    }
    kept
}

/// Text cut or filled to exactly `width` cells.
pub fn fitted(text: &str, width: usize) -> String {
    let text = cut(text, width);
    let missing = width.saturating_sub(text.width());
    text + &" ".repeat(missing)
}

/// The letter of an option by its place on the screen.
pub fn letter(place: usize) -> char {
    char::from(b'A' + (place % 26) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost_or_too_wide_when_wrapped() {
        let text =
            "A 19-year-old student asks the social worker 日本語日本語日本語 for averyveryverylongwordthatfitsnowhere.";
        for width in 1..40 {
            let lines = wrap(text, width);
            let kept: String = lines.concat().chars().filter(|c| !c.is_whitespace()).collect();
            assert_eq!(kept, text.replace(' ', ""));
            assert!(width < 2 || lines.iter().all(|l| l.width() <= width), "{width}: {lines:?}");
        }
    }

    #[test]
    fn cut_text_says_so() {
        assert_eq!(cut("confidentiality", 6), "confi…");
        assert_eq!(cut("日本語", 4), "日…");
        assert_eq!(fitted("ab", 4), "ab  ");
    }
}
