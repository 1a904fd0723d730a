//! The files that `bank check` is about.

use crate::banks::finding::Finding;
use crate::banks::{read, shipped, user};
use crate::core::library::Origin;
use crate::text::sanitize::shown_path;
use anyhow::{Context, bail};
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// JSON files beside banks that are none.
const NO_BANKS: [&str; 5] = ["outline_2026.json", "sources.json", "traps.json", "scenes.json", "bank.schema.json"];

/// Folders beside banks that hold none.
const NO_FOLDERS: [&str; 1] = ["reviews"];

/// How deep folders in folders are looked into.
const DEEP: usize = 3;

/// A file that was found; where it could not be read, the finding that says so.
pub struct Loaded {
    /// Its name as it is shown to people.
    pub name: String,
    /// Its text; unreadable bytes are replaced.
    pub text: Option<Cow<'static, str>>,
    /// Why it can't be used, if its bytes alone are the reason.
    pub fault: Option<Finding>,
    /// Whose it is.
    pub origin: Origin,
}

/// The files of a path, which is a file or a folder; without a path, those built into the program.
///
/// # Errors
/// Where the folder can't be read or holds no bank.
pub fn load(path: Option<&Path>) -> anyhow::Result<Vec<Loaded>> {
    let Some(path) = path else {
        let shipped = shipped::shipped_files().into_iter();
        return Ok(shipped
            .map(|(name, text)| Loaded { name, text: Some(text.into()), fault: None, origin: Origin::Shipped })
            .collect());
    };
    let mut paths = vec![];
    if path.is_dir() {
        gather(path, DEEP, &mut paths)?;
        if paths.is_empty() {
            bail!("There is no bank file (*.json) in {}.", shown_path(path));
        }
    } else {
        paths.push(path.to_owned());
    }
    Ok(paths.iter().map(|path| load_one(path)).collect())
}

fn gather(folder: &Path, deep: usize, found: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let about = || format!("The folder {} can't be read.", shown_path(folder));
    let named = |path: &Path, names: &[&str]| path.file_name().is_some_and(|n| names.iter().any(|name| n == *name));
    found.extend(user::json_files(folder).with_context(about)?.into_iter().filter(|path| !named(path, &NO_BANKS)));
    if deep > 0 {
        let mut folders: Vec<PathBuf> = std::fs::read_dir(folder)
            .with_context(about)?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.is_dir() && !user::is_hidden(path) && !named(path, &NO_FOLDERS))
            .collect();
        folders.sort();
        folders.iter().try_for_each(|folder| gather(folder, deep - 1, found))?;
    }
    Ok(())
}

fn load_one(path: &Path) -> Loaded {
    let name = shown_path(path);
    let (text, fault) = match user::bytes(&name, path) {
        Err(fault) => (None, Some(*fault)),
        Ok(bytes) => match read::decode(&name, &bytes) {
            Ok(text) => (Some(Cow::from(text.to_owned())), None),
            Err(fault) => (Some(Cow::from(String::from_utf8_lossy(&bytes).into_owned())), Some(*fault)),
        },
    };
    Loaded { name, text, fault, origin: Origin::User }
}
