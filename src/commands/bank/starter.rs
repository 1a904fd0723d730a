//! `swprep bank new`: a bank file to start from.

use crate::banks::read;
use crate::text::sanitize::{quoted, shown_path};
use anyhow::{Context, bail};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;

/// A bank whose texts say what belongs where; `TOPIC` and `TITLE` stand for those of the new one.
const STARTER: &str = include_str!("starter.json");

/// Writes a bank file to start from: `TOPIC.json` in the folder `path`, or the file `path`.
///
/// # Errors
/// Where the topic has the wrong form, the file is already there, or it can't be written.
pub fn new_topic(topic: &str, path: &Path, out: &mut dyn Write) -> anyhow::Result<()> {
    if !read::is_topic(topic) {
        bail!(
            "\"{}\" can't be the name of a topic. Use lower-case letters, digits and _, such as grief_and_loss.",
            quoted(topic)
        );
    }
    let file = if path.is_dir() { path.join(format!("{topic}.json")) } else { path.to_owned() };
    let shown = shown_path(&file);
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("{} can't be made.", shown_path(folder)))?;
    }
    let opened = OpenOptions::new().write(true).create_new(true).open(&file);
    if opened.as_ref().is_err_and(|error| error.kind() == ErrorKind::AlreadyExists) {
        bail!("{shown} is already there and was left as it is. Choose another name, or move it away.");
    }
    let failed = || format!("{shown} can't be written.");
    opened.with_context(failed)?.write_all(starter(topic).as_bytes()).with_context(failed)?;
    writeln!(out, "Wrote {shown}.")?;
    writeln!(out, "Open it in a text editor and replace the example. To check it: swprep bank check {shown}")?;
    Ok(())
}

fn starter(topic: &str) -> String {
    let mut title = topic.replace('_', " ");
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    STARTER.replace("TOPIC", topic).replace("TITLE", &title)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::bank::check;

    #[test]
    fn a_new_bank_passes_the_check_and_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let mut out = vec![];
        new_topic("grief_and_loss", folder.path(), &mut out).unwrap();
        let file = folder.path().join("grief_and_loss.json");
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.contains("\"title\": \"Grief and loss\""), "{text}");
        let mut report = vec![];
        let passed = check(Some(&file), false, false, &mut report).unwrap();
        assert!(passed, "{}", String::from_utf8_lossy(&report));

        std::fs::write(&file, "mine").unwrap();
        let refused = new_topic("grief_and_loss", folder.path(), &mut out).unwrap_err();
        assert!(refused.to_string().contains("already there"), "{refused}");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
    }

    #[test]
    fn a_topic_that_is_no_name_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        for topic in ["", "Grief", "../up", "a-b", "a b"] {
            assert!(new_topic(topic, folder.path(), &mut vec![]).is_err(), "{topic}");
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
