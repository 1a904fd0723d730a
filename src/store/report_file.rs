//! Writing a report to a file that only its owner can read.

use super::error::failed;
use super::{StoreError, place, profile};
use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// So many files of one name are tried.
const MOST: usize = 1000;

/// Writes a report into a folder, which is made if need be, and gives its path: `stem.ending`, or the first free one of
/// `stem-2.ending`, `stem-3.ending`, ….
///
/// # Errors
/// It can't be written; no file is left.
pub fn save(folder: &Path, stem: &str, ending: &str, text: &str) -> Result<PathBuf, StoreError> {
    profile::private_folder(folder)?;
    let mut last = folder.to_owned();
    for n in 1..=MOST {
        let name = if n == 1 { format!("{stem}.{ending}") } else { format!("{stem}-{n}.{ending}") };
        last = folder.join(name);
        match write(&last, text, false) {
            Err(StoreError::Exists(_)) => {}
            written => return written.map(|()| last),
        }
    }
    Err(StoreError::Exists(last))
}

/// Writes a report to a path. A file that is there already is written over only where that was asked for.
///
/// # Errors
/// There is a file already, or it can't be written; a new file that could not be written in full is taken away.
pub fn write(path: &Path, text: &str, over: bool) -> Result<(), StoreError> {
    let written = match place::create(path, |file| file.write_all(text.as_bytes())) {
        Err(e) if e.kind() == ErrorKind::AlreadyExists && over => write_over(path, text),
        Err(e) if e.kind() == ErrorKind::AlreadyExists => return Err(StoreError::Exists(path.to_owned())),
        written => written,
    };
    written.map_err(|e| failed(path, &e))
}

fn write_over(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).truncate(true).open(path)?;
    file.write_all(text.as_bytes())?;
    place::synced(&file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn no_report_is_written_over_and_each_is_private() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("reports");
        let names: Vec<_> = ["one", "two", "three"]
            .map(|text| save(&folder, "2026-11-24-mock", "md", text).unwrap())
            .iter()
            .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
            .collect();
        assert_eq!(names, ["2026-11-24-mock.md", "2026-11-24-mock-2.md", "2026-11-24-mock-3.md"]);
        assert_eq!(fs::read_to_string(folder.join(&names[0])).unwrap(), "one");
        assert_eq!(fs::read_to_string(folder.join(&names[2])).unwrap(), "three");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&folder.join(&names[1])), mode(&folder)), (0o600, 0o700));
        }
    }

    #[test]
    fn a_file_is_replaced_as_a_whole_and_only_when_asked() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("r.md");
        write(&path, "long text", false).unwrap();
        assert!(matches!(write(&path, "new", false), Err(StoreError::Exists(_))));
        assert_eq!(fs::read_to_string(&path).unwrap(), "long text");
        write(&path, "new", true).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert!(matches!(write(&dir.path().join("no/r.md"), "x", true), Err(StoreError::Unusable { .. })));
    }
}
