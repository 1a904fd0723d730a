//! Which known names a mistyped one may have meant.

/// The names within a few slips of `word`, nearest first, at most `limit` of them.
///
/// A slip is a letter too many, too few, wrong, or swapped with its neighbour (optimal string alignment distance);
/// a third of the word's letters may be slips. Case does not count.
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>, limit: usize) -> Vec<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().take(80).collect();
    let allowed = word.len().div_ceil(3);
    let mut found: Vec<(usize, &str)> = names
        .into_iter()
        .filter(|name| name.chars().count().abs_diff(word.len()) <= allowed)
        .map(|name| (slips(&word, &name.to_lowercase().chars().collect::<Vec<_>>()), name))
        .filter(|(slips, _)| *slips <= allowed)
        .collect();
    found.sort_unstable();
    found.truncate(limit);
    found.into_iter().map(|(_, name)| name).collect()
}

/// The number of slips between two words.
fn slips(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = vec![];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let changed = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = changed.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_the_name_meant_and_nonsense_finds_nothing() {
        let names = ["ethics-0001", "ethics-0002", "trauma-0001", "stem"];
        assert_eq!(nearest("ethics-0010", names, 3), ["ethics-0001", "ethics-0002"]);
        assert_eq!(nearest("Setm", names, 3), ["stem"]);
        assert_eq!(nearest("qqqqqqqq", names, 3), Vec::<&str>::new());
    }
}
