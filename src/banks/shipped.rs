//! The banks that are built into the program.

use super::read;
use super::reviews::Reviews;
use super::scenes::Scenes;
use crate::core::library::{Library, Origin, Reference, Source, Trap};
use include_dir::{Dir, DirEntry, include_dir};
use serde::Deserialize;
use serde::de::DeserializeOwned;

static FOLDER: Dir = include_dir!("$CARGO_MANIFEST_DIR/question_banks");

/// The folder of the blind readers' votes.
const REVIEWS: &str = "reviews";

/// The outline, the sources and the traps.
pub fn reference() -> Reference {
    #[derive(Deserialize)]
    struct Sources {
        sources: Vec<Source>,
    }
    #[derive(Deserialize)]
    struct Traps {
        traps: Vec<Trap>,
    }
    Reference {
        outline: built_in(file("outline_2026.json")),
        sources: built_in::<Sources>(file("sources.json")).sources,
        traps: built_in::<Traps>(file("traps.json")).traps,
    }
}

/// The bank files: name, such as `ethics/consent.json`, and text; sorted by name.
pub fn shipped_files() -> Vec<(String, &'static str)> {
    let topics = FOLDER.dirs().filter(|dir| dir.path().file_name().is_some_and(|name| name != REVIEWS));
    json_files(topics)
}

/// The votes of blind readers.
pub fn reviews() -> Reviews {
    let files = json_files(FOLDER.get_dir(REVIEWS).into_iter());
    files.into_iter().flat_map(|(_, text)| built_in::<Reviews>(text)).collect()
}

/// The scenes of the items.
pub fn scenes() -> Scenes {
    built_in(file("scenes.json"))
}

/// A library of all that is built in.
pub fn shipped_library() -> Library {
    let mut library = Library::new(reference());
    for (name, text) in shipped_files() {
        if let (Some(bank), _) = read::read(&name, text, Origin::Shipped) {
            library.add(bank, Origin::Shipped);
        }
    }
    library
}

/// All JSON files in folders and the folders in them, sorted by name.
fn json_files(folders: impl Iterator<Item = &'static Dir<'static>>) -> Vec<(String, &'static str)> {
    fn gather(folder: &'static Dir<'static>, found: &mut Vec<(String, &'static str)>) {
        for entry in folder.entries() {
            match entry {
                DirEntry::Dir(inner) => gather(inner, found),
                DirEntry::File(file) if file.path().extension().is_some_and(|e| e == "json") => {
                    let name = file.path().to_string_lossy().replace('\\', "/");
                    found.extend(file.contents_utf8().map(|text| (name, text)));
                }
                DirEntry::File(_) => {}
            }
        }
    }
    let mut found = vec![];
    folders.for_each(|folder| gather(folder, &mut found));
    found.sort();
    found
}

/// The text of a built-in file; what is not there reads as nothing.
fn file(name: &str) -> &'static str {
    FOLDER.get_file(name).and_then(|file| file.contents_utf8()).unwrap_or_default()
}

/// A built-in file as a value.
#[expect(clippy::expect_used, reason = "the text is part of the program; the tests below read all of it")]
fn built_in<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("a built-in file is sound")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::banks::finding::Finding;
    use crate::core::bank::Category;

    #[test]
    fn everything_built_in_can_be_read() {
        let reference = reference();
        assert_eq!(reference.outline.statements.len(), 122);
        assert_eq!(reference.outline.exams[&Category::Clinical].items, 122);
        assert!(!reference.sources.is_empty() && !reference.traps.is_empty());
        reviews();
        scenes();
    }

    #[test]
    fn every_shipped_file_is_a_sound_bank_and_all_of_it_is_in_the_library() {
        let mut count = 0;
        for (name, text) in shipped_files() {
            let examined = read::examine(&name, text, Origin::Shipped);
            let said: Vec<&Finding> = examined.findings.iter().collect();
            assert!(said.is_empty(), "{name}: {said:#?}");
            count += examined.bank.unwrap().objectives.iter().map(|o| o.items.len()).sum::<usize>();
        }
        assert_eq!(shipped_library().items().count(), count);
    }
}
