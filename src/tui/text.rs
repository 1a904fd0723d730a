//! Wrapping, cutting and windows into long lists.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use std::ops::Range;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The widest column of running text; longer lines are hard to read.
pub const READING_WIDTH: u16 = 76;

/// Text as lines of at most `width` cells.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let options = textwrap::Options::new(width.max(1)).word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::wrap(text, options).into_iter().map(std::borrow::Cow::into_owned).collect()
}

/// Text as styled lines, the first after `head`, the others indented as far.
pub fn hanging(head: Vec<Span<'static>>, text: &str, width: usize, style: Style) -> Vec<Line<'static>> {
    let indent: usize = head.iter().map(Span::width).sum();
    let mut lines = wrap(text, width.saturating_sub(indent)).into_iter();
    let mut first = head;
    first.push(Span::styled(lines.next().unwrap_or_default(), style));
    let mut all = vec![Line::from(first)];
    all.extend(lines.map(|l| Line::from(vec![Span::raw(" ".repeat(indent)), Span::styled(l, style)])));
    all
}

/// A paragraph as styled lines.
pub fn paragraph(text: &str, width: usize, style: Style) -> Vec<Line<'static>> {
    hanging(vec![], text, width, style)
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

/// The part of a list of `len` that is shown in `height` rows, so that `selected` is in it.
pub fn window(selected: usize, len: usize, height: usize) -> Range<usize> {
    if len <= height {
        return 0..len;
    }
    let start = selected.saturating_sub(height / 2).min(len - height);
    start..start + height
}

/// `1 question`, `2 questions`.
pub fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
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

    #[test]
    fn the_window_holds_the_selected_row() {
        for selected in 0..30 {
            let window = window(selected, 30, 7);
            assert!(window.contains(&selected) && window.len() == 7 && window.end <= 30);
        }
    }
}
