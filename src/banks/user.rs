//! Banks of the user's own: files that nobody has seen before.

use super::MAX_FILE_BYTES;
use super::finding::{Finding, Severity};
use super::read;
use crate::core::bank::BankFile;
use crate::core::library::{Origin, Reference};
use crate::text::sanitize::shown_path;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The bank files of a data directory, `banks/*.json`, sorted by name; none where the folder is missing.
pub fn user_files(dir: &Path) -> Vec<PathBuf> {
    json_files(&dir.join("banks")).unwrap_or_default()
}

/// The bytes of some files in all; one that can't be looked at counts as empty.
pub fn size(paths: &[PathBuf]) -> u64 {
    paths.iter().filter_map(|path| Some(fs::metadata(path).ok()?.len())).sum()
}

/// The JSON files directly in a folder, sorted by name; hidden ones are left out.
///
/// # Errors
/// Where the folder can't be read.
pub fn json_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "json") && !is_hidden(path) && !path.is_dir());
    paths.sort();
    Ok(paths)
}

/// Whether a file or folder has a name that begins with a dot.
pub fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// Reads the user's banks. What can't be used is left out and said.
///
/// Files of one topic stay apart here, and ids that shipped banks use are not looked for: `Library::add` joins the
/// files and refuses ids that are taken.
pub fn load_user(paths: &[PathBuf], reference: &Reference) -> (Vec<BankFile>, Vec<Finding>) {
    let (mut banks, mut findings) = (vec![], vec![]);
    // One piece of memory for all files: pieces that are let go between would lie idle among the questions.
    let mut text = vec![];
    for path in paths {
        let name = shown_path(path);
        let read = read_bytes(&name, path, &mut text)
            .and_then(|()| Ok(read::read(&name, read::decode(&name, &text)?, Origin::User)));
        match read {
            Ok((mut bank, found)) => {
                findings.extend(found);
                bank.iter_mut().for_each(give_back_room);
                findings.extend(bank.iter().flat_map(|bank| unexamined(&name, bank, reference)));
                banks.extend(bank);
            }
            Err(finding) => findings.push(*finding),
        }
    }
    (banks, findings)
}

/// Gives back the room for growth that reading has left: questions stay in memory while the program runs.
fn give_back_room(bank: &mut BankFile) {
    bank.objectives.shrink_to_fit();
    for objective in &mut bank.objectives {
        objective.items.shrink_to_fit();
        objective.items.iter_mut().for_each(|item| item.options.shrink_to_fit());
    }
}

/// The bytes of a file, where it is no larger than banks may be.
///
/// # Errors
/// The finding that says why it can't be read.
pub fn bytes(name: &str, path: &Path) -> Result<Vec<u8>, Box<Finding>> {
    let mut bytes = vec![];
    read_bytes(name, path, &mut bytes).map(|()| bytes)
}

/// Puts the bytes of a file in place of those that are there.
fn read_bytes(name: &str, path: &Path, bytes: &mut Vec<u8>) -> Result<(), Box<Finding>> {
    let refused = |rule, message, mend| Err(Box::new(read::whole_file(name, rule, message, mend)));
    let unreadable = |error: &io::Error| {
        let (why, mend) = match error.kind() {
            io::ErrorKind::NotFound => ("it is not there", "Check the name of the file."),
            io::ErrorKind::PermissionDenied => ("you may not read it", "Allow yourself to read it."),
            _ => ("the system refuses", "Check the disk, or copy the file anew."),
        };
        refused("unreadable", format!("The file can't be read: {why}."), mend)
    };
    // Looked at before it is opened: opening a pipe would wait for ever.
    let about = match fs::metadata(path) {
        Ok(about) => about,
        Err(error) => return unreadable(&error),
    };
    if !about.is_file() {
        return refused("unreadable", "This is no file.".to_owned(), "Name a bank file.");
    }
    if about.len() > MAX_FILE_BYTES as u64 {
        return refused("file-too-large", read::too_large(about.len()), read::SPLIT);
    }
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) => return unreadable(&error),
    };
    bytes.clear();
    bytes.reserve(usize::try_from(about.len()).unwrap_or(0));
    // The file may have grown since it was measured.
    match file.take(MAX_FILE_BYTES as u64 + 1).read_to_end(bytes) {
        Ok(n) if n > MAX_FILE_BYTES => refused("file-too-large", read::too_large(n as u64), read::SPLIT),
        Ok(_) => Ok(()),
        Err(error) => unreadable(&error),
    }
}

/// Objectives that no exam asks about, because the outline has none of their statements.
fn unexamined<'a>(
    name: &'a str,
    bank: &'a BankFile,
    reference: &'a Reference,
) -> impl Iterator<Item = Finding> + use<'a> {
    let known = |id| reference.outline.statement(id).is_some();
    let lost = bank.objectives.iter().filter(move |objective| !objective.statements.iter().any(known));
    lost.map(move |objective| Finding {
        severity: Severity::Warning,
        rule: "statement-unknown",
        file: name.to_owned(),
        pointer: String::new(),
        id: Some(objective.id.0.clone()),
        message: format!("The outline has none of the statements of {}, so no exam will ask about it.", objective.id),
        mend: "Name one to three statements of the outline, such as IA-03.".to_owned(),
    })
}
