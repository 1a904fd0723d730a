//! Lists of phrases to look for, compiled once and matched word by word.

use super::words::{HEADS, Text, hash, head};

/// A list of phrases in a small notation: words apart by blanks, `a|b` for either, a final `*` for any ending.
///
/// A first word with `*` has two letters at least, since phrases are filed under the first two.
pub struct Phrases {
    phrases: Vec<Vec<Vec<Choice>>>,
    /// The numbers of the phrases that begin with each head; most words are done with after one look.
    by_head: Vec<Vec<u16>>,
}

/// What may stand at one place of a phrase.
enum Choice {
    /// This word, by its hash.
    Word(u32),
    /// Any word that begins so.
    Beginning(&'static str),
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
        let choice = |one: &'static str| match one.strip_suffix('*') {
            Some(beginning) => Choice::Beginning(beginning),
            None => Choice::Word(hash(one.as_bytes())),
        };
        let mut by_head = vec![vec![]; HEADS];
        let mut phrases = vec![];
        for (number, line) in list.into_iter().enumerate() {
            for first in line.split_whitespace().take(1).flat_map(|word| word.split('|')) {
                by_head[head(first.trim_end_matches('*'))].push(number as u16);
            }
            phrases.push(line.split_whitespace().map(|word| word.split('|').map(choice).collect()).collect());
        }
        Self { phrases, by_head }
    }

    /// The first place from a word on where a phrase stands.
    fn next(&self, text: &Text<'_>, start: usize) -> Option<Hit> {
        let mut places = text.heads(start).enumerate().filter(|(_, head)| !self.by_head[*head].is_empty());
        places.find_map(|(n, head)| {
            let from = start + n;
            let number = *self.by_head[head].iter().find(|&&number| self.fits(number, text, from))?;
            Some(Hit { number: number.into(), from, len: self.phrases[usize::from(number)].len() })
        })
    }

    /// Whether a phrase stands at a word.
    fn fits(&self, number: u16, text: &Text<'_>, from: usize) -> bool {
        let phrase = &self.phrases[usize::from(number)];
        from + phrase.len() <= text.len()
            && phrase.iter().enumerate().all(|(n, choices)| {
                choices.iter().any(|choice| match choice {
                    Choice::Word(hash) => text.hash(from + n) == *hash,
                    Choice::Beginning(letters) => text.word(from + n).starts_with(letters),
                })
            })
    }

    /// All places where a phrase stands in a text; where several begin at one word, the first of the list.
    pub fn hits<'a>(&'a self, text: &'a Text<'_>) -> impl Iterator<Item = Hit> + 'a {
        std::iter::successors(self.next(text, 0), |hit| self.next(text, hit.from + 1))
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
