//! Rules 7, 8 and 11: absolutes, vague words, and words of the stem that only the key repeats.

use super::item::{Grade, Look, Sink};
use super::phrases::Phrases;
use super::words::Text;
use std::sync::LazyLock;

/// Words that allow no exception.
static ABSOLUTES: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new([
        "always",
        "never",
        "all",
        "none",
        "only",
        "every",
        "must",
        "cannot",
        "impossible",
        "completely",
        "entirely",
        "guarantee*",
        "under no circumstances",
    ])
});

/// Words for a frequency that each reader takes differently.
static VAGUE: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new(["usually", "often", "sometimes", "rarely", "generally", "frequently", "typically"]));

/// Checks one item.
pub fn check(look: &Look<'_>, sink: &mut Sink<'_>) {
    for (n, option) in look.options.iter().enumerate() {
        // "How often" asks for a frequency; it does not state one.
        let vague =
            VAGUE.hits(option).find(|hit| hit.from == 0 || !matches!(option.word(hit.from - 1), "how" | "as" | "more"));
        if let Some(hit) = vague {
            let message = format!("\"{}\" is vague in \"{}\".", option.quote(hit.from, hit.len), option.raw());
            let mend = "Say how often, or leave the word out.";
            sink.report(look.place, (Grade::Review, "vague-frequency"), &format!("/options/{n}/text"), message, mend);
        }
    }
    if let Some((n, word)) = lone_absolute(look) {
        let message =
            format!("A distractor has the absolute \"{word}\", the key has none: \"{}\".", look.options[n].raw());
        let mend = "Soften the distractor; absolutes tell which options are wrong.";
        sink.report(look.place, (Grade::Review, "absolute"), &format!("/options/{n}/text"), message, mend);
    }
    // One such word in some items is chance, which the whole-bank test weighs; mending each would only teach readers
    // that an option with a word of the stem is wrong.
    if let (Some(key), Echo::Key(words)) = (look.key, echo(look))
        && words.len() > 1
    {
        let quoted = words.iter().map(|w| format!("\"{w}\"")).collect::<Vec<_>>().join(", ");
        let message = format!("Of all options only the key repeats {quoted} from the stem.");
        let mend = "Use another word in the key, or let a distractor repeat a word of the stem too.";
        sink.report(look.place, (Grade::Review, "clang"), &format!("/options/{key}/text"), message, mend);
    }
}

/// The first absolute in a distractor, if the key has none.
pub fn lone_absolute<'a>(look: &'a Look<'_>) -> Option<(usize, &'a str)> {
    let key = look.key?;
    if ABSOLUTES.any(&look.options[key]) {
        return None;
    }
    look.options.iter().enumerate().find_map(|(n, option)| Some((n, ABSOLUTES.first(option)?)))
}

/// Which options repeat words of the stem that no other option has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Echo {
    /// None, or both the key and a distractor.
    Balanced,
    /// The key alone, with the words.
    Key(Vec<String>),
    /// Distractors alone; how many.
    Distractors(usize),
}

/// Compares the options' echoes of the stem.
pub fn echo(look: &Look<'_>) -> Echo {
    let Some(key) = look.key else { return Echo::Balanced };
    let stem = look.stem.stems();
    let options: Vec<Vec<u32>> = look.options.iter().map(Text::stems).collect();
    let own = |n: usize| {
        let others = |s: &u32| options.iter().enumerate().any(|(m, o)| m != n && o.binary_search(s).is_ok());
        let stem = &stem;
        options[n].iter().copied().filter(move |s| stem.binary_search(s).is_ok() && !others(s)).collect::<Vec<_>>()
    };
    let by_key = own(key);
    let distractors = (0..options.len()).filter(|&n| n != key && !own(n).is_empty()).count();
    match (by_key.is_empty(), distractors) {
        (false, 0) => Echo::Key(by_key.iter().map(|s| look.options[key].word_of_stem(*s).to_owned()).collect()),
        (true, n) if n > 0 => Echo::Distractors(n),
        _ => Echo::Balanced,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::check_options;

    /// The stem of the sample item speaks of a subpoena and a letter.
    #[test]
    fn telling_words_are_found() {
        for (rule, broken, near) in [
            (
                "absolute",
                ["Call him", "Never call him", "Write to him"],
                ["Call only him", "Never call him", "Write to him"],
            ),
            (
                "vague-frequency",
                ["It often passes", "It grows", "It stays"],
                ["Ask how often it hurts", "It grows", "It stays"],
            ),
            (
                "clang",
                ["Answer the subpoena by letter", "Ask the sister in town", "Wait a week and see"],
                ["Answer the subpoena by letter", "Ask the lawyer in town", "Wait a week and see"],
            ),
            (
                "clang",
                ["Answer the subpoena by letter", "Ask the sister in town", "Wait a week and see"],
                ["Answer the subpoena at once", "Ask the sister in town", "Wait a week and see"],
            ),
        ] {
            assert!(check_options(broken).contains(&rule), "{rule} not found: {broken:?}");
            assert!(!check_options(near).contains(&rule), "{rule} found: {near:?}");
        }
    }
}
