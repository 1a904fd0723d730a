//! A text split into words, once, for all rules that read it.

use std::borrow::Cow;
use std::num::NonZeroU32;
use std::sync::LazyLock;

/// Words of four letters and more that say nothing about an item's subject: grammar, and the trade's own staples.
const STOP: &str = "\
    about above after again against agencies agency almost along already also although another anyone \
    anything appropriate around asked asks because become becomes been before being best between both client \
    clients could does doing done down during each either else ever every families family first from give \
    gives goes have having hers herself himself however into itself just likely made make makes many might \
    more most much must need needs next once only onto other others over really same services session \
    sessions shall should since social some such take takes than that their them then therapist there these \
    they this those through toward under until very want wants well were what when where whether which while \
    will with within without work worker workers";

/// The hashes of the stop words, sorted.
static STOP_HASHES: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let mut hashes: Vec<u32> = STOP.split_whitespace().map(|word| hash(word.as_bytes())).collect();
    hashes.sort_unstable();
    hashes
});

/// Mixes bytes into a number (FNV-1a, 64 bits, folded to 32).
pub fn hash(bytes: &[u8]) -> u32 {
    let long = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, &b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    fold(long)
}

/// Spreads a number over 32 bits.
pub fn fold(long: u64) -> u32 {
    (long.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}

/// A text with its words found.
#[derive(Clone, Debug)]
pub struct Text<'a> {
    raw: Cow<'a, str>,
    lower: String,
    words: Vec<Word>,
}

/// One word: where it stands, and hashes by which it is compared.
#[derive(Clone, Copy, Debug)]
struct Word {
    from: u32,
    to: u32,
    hash: u32,
    head: u16,
    stem: Option<NonZeroU32>,
}

impl<'a> Text<'a> {
    /// Splits a text. A word is a run of letters and digits with single `'` or `-` inside.
    pub fn new(raw: &'a str) -> Self {
        let raw = if raw.contains('’') { Cow::Owned(raw.replace('’', "'")) } else { Cow::Borrowed(raw) };
        // ASCII lower-casing keeps every byte's place, so that the words' bounds hold for both forms.
        let lower = raw.to_ascii_lowercase();
        let mut words = Vec::with_capacity(raw.len() / 5);
        let mut start = None;
        let mut at = 0;
        while at < lower.len() {
            let (inside, size) = word_character(&lower, at);
            let joins = start.is_some()
                && matches!(lower.as_bytes()[at], b'\'' | b'-')
                && at + 1 < lower.len()
                && word_character(&lower, at + 1).0;
            if inside || joins {
                start.get_or_insert(at);
            } else if let Some(from) = start.take() {
                words.push(Word::new(&lower, from, at));
            }
            at += size;
        }
        if let Some(from) = start {
            words.push(Word::new(&lower, from, lower.len()));
        }
        Self { raw, lower, words }
    }

    /// The text as it was written, with straight apostrophes.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// The text in lower case.
    pub fn lower(&self) -> &str {
        &self.lower
    }

    /// The number of words.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The word at a place in lower case; empty beyond the end.
    pub fn word(&self, n: usize) -> &str {
        self.words.get(n).map_or("", |word| &self.lower[word.from as usize..word.to as usize])
    }

    /// The words from a place on as they were written, with what stands between them.
    pub fn quote(&self, from: usize, count: usize) -> &str {
        let last = (from + count.max(1) - 1).min(self.words.len().saturating_sub(1));
        match (self.words.get(from), self.words.get(last)) {
            (Some(first), Some(last)) => &self.raw[first.from as usize..last.to as usize],
            _ => "",
        }
    }

    /// The byte at which a word begins.
    pub fn offset(&self, n: usize) -> usize {
        self.words.get(n).map_or(self.raw.len(), |word| word.from as usize)
    }

    /// The words in lower case.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| &self.lower[word.from as usize..word.to as usize])
    }

    /// A word's hash; 0 beyond the end.
    pub fn hash(&self, n: usize) -> u32 {
        self.words.get(n).map_or(0, |word| word.hash)
    }

    /// The words' hashes.
    pub fn hashes(&self) -> impl Iterator<Item = u32> {
        self.words.iter().map(|word| word.hash)
    }

    /// The heads of the words, from a place on.
    pub fn heads(&self, from: usize) -> impl Iterator<Item = usize> {
        self.words.iter().skip(from).map(|word| usize::from(word.head))
    }

    /// The hashes of the stems of the words that carry meaning, sorted and without repeats.
    pub fn stems(&self) -> Vec<u32> {
        let mut stems: Vec<u32> = self.words.iter().filter_map(|word| word.stem).map(NonZeroU32::get).collect();
        stems.sort_unstable();
        stems.dedup();
        stems
    }

    /// The first word with this stem, as it was written.
    pub fn word_of_stem(&self, stem: u32) -> &str {
        let place = self.words.iter().position(|word| word.stem.is_some_and(|own| own.get() == stem));
        place.map_or("", |n| self.quote(n, 1))
    }

    /// Whether the byte at this place stands between double quotation marks.
    pub fn in_quotes(&self, byte: usize) -> bool {
        let before = &self.raw[..byte.min(self.raw.len())];
        let straight = before.matches('"').count();
        straight % 2 == 1 || before.matches('“').count() > before.matches('”').count()
    }
}

impl Word {
    fn new(lower: &str, from: usize, to: usize) -> Self {
        let word = &lower[from..to];
        let own = hash(word.as_bytes());
        let stem = content_stem(word, own).and_then(|stem| NonZeroU32::new(hash(stem.as_bytes())));
        Self { from: from as u32, to: to as u32, hash: own, head: head(word) as u16, stem }
    }
}

/// The number of different heads.
pub const HEADS: usize = 27 * 27;

/// A number for the first two letters of a word in lower case, below [`HEADS`]; other characters count as one.
pub fn head(word: &str) -> usize {
    let letter = |n: usize| match word.as_bytes().get(n) {
        Some(byte) if byte.is_ascii_lowercase() => usize::from(byte - b'a'),
        _ => 26,
    };
    letter(0) * 27 + letter(1)
}

/// Whether a letter or digit stands at this byte, and how many bytes the character there has.
fn word_character(text: &str, at: usize) -> (bool, usize) {
    match text.as_bytes()[at] {
        byte if byte.is_ascii() => (byte.is_ascii_alphanumeric(), 1),
        _ => text[at..].chars().next().map_or((false, 1), |c| (c.is_alphanumeric(), c.len_utf8())),
    }
}

/// The first five letters of a word that carries meaning: four letters or more, and no stop word. `own` is its hash.
fn content_stem(word: &str, own: u32) -> Option<&str> {
    let bare = word.strip_suffix("'s").unwrap_or(word);
    let own = if bare.len() == word.len() { own } else { hash(bare.as_bytes()) };
    if bare.len() < 4 || !bare.starts_with(char::is_alphabetic) || STOP_HASHES.binary_search(&own).is_ok() {
        return None;
    }
    let word = bare;
    if word.is_ascii() {
        return Some(&word[..word.len().min(5)]);
    }
    Some(word.char_indices().nth(5).map_or(word, |(end, _)| &word[..end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_inner_marks_and_drop_outer_ones() {
        let text = Text::new("The client’s “all-or-none” view: 'no'-");
        assert_eq!(text.words().collect::<Vec<_>>(), ["the", "client's", "all-or-none", "view", "no"]);
        assert_eq!(text.quote(1, 2), "client's “all-or-none");
    }

    #[test]
    fn stems_leave_out_grammar_and_staples() {
        assert_eq!(Text::new("The social worker's reporting duty, reported to her agency").stems().len(), 2);
    }
}
