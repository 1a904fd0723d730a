//! Lists of phrases to look for, compiled once and matched word by word.

use super::words::Text;

/// A list of phrases in a small notation: words apart by blanks, `a|b` for either, a final `*` for any ending.
pub struct Phrases {
    /// Phrases by the first letter of their first word.
    by_letter: [Vec<Phrase>; 27],
}

/// One phrase, and its place in the list it came from.
struct Phrase {
    words: Vec<Vec<(&'static str, bool)>>,
    number: usize,
}

/// Where a phrase was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The place of the phrase in its list.
    pub number: usize,
    /// The first word's place in the text.
    pub from: usize,
    /// The number of words.
    pub len: usize,
}

impl Phrases {
    /// Compiles a list.
    pub fn new(list: impl IntoIterator<Item = &'static str>) -> Self {
        let mut by_letter: [Vec<Phrase>; 27] = std::array::from_fn(|_| vec![]);
        for (number, line) in list.into_iter().enumerate() {
            let words: Vec<Vec<(&'static str, bool)>> = line
                .split_whitespace()
                .map(|word| {
                    word.split('|').map(|one| one.strip_suffix('*').map_or((one, false), |stem| (stem, true))).collect()
                })
                .collect();
            let mut letters: Vec<usize> = words.iter().take(1).flatten().map(|(word, _)| letter(word)).collect();
            letters.sort_unstable();
            letters.dedup();
            for l in letters {
                by_letter[l].push(Phrase { words: words.clone(), number });
            }
        }
        Self { by_letter }
    }

    /// All places where a phrase stands in a text.
    pub fn hits<'a>(&'a self, text: &'a Text<'_>) -> impl Iterator<Item = Hit> + 'a {
        text.words().enumerate().flat_map(move |(from, word)| {
            self.by_letter[letter(word)].iter().filter(move |phrase| phrase.fits(text, from)).map(move |phrase| Hit {
                number: phrase.number,
                from,
                len: phrase.words.len(),
            })
        })
    }

    /// The first phrase in a text, as it was written there.
    pub fn first<'a>(&self, text: &'a Text<'_>) -> Option<&'a str> {
        let hit = self.hits(text).next()?;
        Some(text.quote(hit.from, hit.len))
    }

    /// Whether a phrase stands in a text.
    pub fn any(&self, text: &Text<'_>) -> bool {
        self.hits(text).next().is_some()
    }
}

impl Phrase {
    fn fits(&self, text: &Text<'_>, from: usize) -> bool {
        from + self.words.len() <= text.len()
            && self.words.iter().enumerate().all(|(n, choices)| {
                let word = text.word(from + n);
                choices.iter().any(|&(stem, open)| if open { word.starts_with(stem) } else { word == stem })
            })
    }
}

/// The drawer for a word: its first letter, or one drawer for all else.
fn letter(word: &str) -> usize {
    word.bytes().next().filter(u8::is_ascii_lowercase).map_or(26, |b| usize::from(b - b'a'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notation_knows_either_and_any_ending() {
        let list = Phrases::new(["commit*|attempt suicide", "all|none of the above"]);
        let text = Text::new("He committed suicide; None of the above. All of them attempted suicide");
        let found: Vec<_> = list.hits(&text).map(|hit| (hit.number, text.quote(hit.from, hit.len))).collect();
        assert_eq!(found, [(0, "committed suicide"), (1, "None of the above")]);
    }
}
