//! Text as it may stand in a page.

use crate::text::sanitize::clean;

/// Text in which no character means anything to a browser, between tags and in quoted attributes alike.
pub fn escape(text: &str) -> String {
    let text = clean(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_taken_for_a_tag_an_attribute_or_a_control() {
        assert_eq!(
            escape("<script>a('b') & \"c\"</script>\u{1b}[31m\u{202e}"),
            "&lt;script&gt;a(&#39;b&#39;) &amp; &quot;c&quot;&lt;/script&gt;"
        );
    }
}
