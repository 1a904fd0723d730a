//! A profile's folder belongs to its learner alone: nobody else may read it, and no link may lead elsewhere.

use super::StoreError;
use super::names::{DATABASE, LOCK, READY};
use super::profile::private_folder;
use std::fs;
use std::path::{Path, PathBuf};

/// Makes the folder if it is not there; refuses one of another user and files that are links, and takes from others what
/// they may read.
///
/// A link is refused because the log, its lock and its journal must lie in one place: two names for one log would be
/// two locks for it. The folder itself may be reached by a link: all of it lies in one place then, too.
///
/// # Errors
/// It can't be made, is another user's, or one of its files is a link. No file was changed.
pub(super) fn keep_private(folder: &Path) -> Result<(), StoreError> {
    private_folder(folder)?;
    if let Some(link) = link(folder) {
        return Err(StoreError::Link(link));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let Ok(about) = fs::metadata(folder) else { return Ok(()) };
        if about.uid() != rustix::process::geteuid().as_raw() {
            return Err(StoreError::OfAnother(folder.to_owned()));
        }
    }
    close_to_others(folder);
    Ok(())
}

/// The file of a profile that is a link instead, if one is.
pub(super) fn link(folder: &Path) -> Option<PathBuf> {
    let files = [DATABASE, READY, LOCK].map(|name| folder.join(name));
    files.into_iter().find(|path| fs::symlink_metadata(path).is_ok_and(|about| about.is_symlink()))
}

/// Whether other accounts can read a profile.
pub(super) fn is_open_to_others(folder: &Path) -> bool {
    !open_to_others(folder).is_empty()
}

/// Takes from other accounts what they may read of a profile; gives whether there was anything.
pub fn close_to_others(folder: &Path) -> bool {
    let mut closed = false;
    for (path, mode) in open_to_others(folder) {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // What can't be taken away here, such as on a disk without rights, is no reason not to study.
            closed |= fs::set_permissions(path, fs::Permissions::from_mode(mode)).is_ok();
        }
        #[cfg(not(unix))]
        let _ = (path, mode);
    }
    closed
}

/// What other accounts can read of a profile, each with the rights that it should have. A link is none of it: what it
/// leads to is not ours to change.
fn open_to_others(folder: &Path) -> Vec<(PathBuf, u32)> {
    let mut open = vec![];
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mut look = |path: PathBuf, about: std::io::Result<fs::Metadata>, mode: u32| {
            if about.is_ok_and(|about| about.permissions().mode() & 0o077 != 0) {
                open.push((path, mode));
            }
        };
        for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if let Ok(about) = fs::symlink_metadata(&path)
                && about.is_file()
            {
                look(path, Ok(about), 0o600);
            }
        }
        look(folder.to_owned(), fs::metadata(folder), 0o700);
    }
    #[cfg(not(unix))]
    let _ = folder;
    open
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use crate::store::Store;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn open(folder: &Path) -> Result<Store, StoreError> {
        Store::open(folder, Box::new(|| 4))
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn others_may_read_nothing_even_where_they_could_before() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("profiles/ann");
        drop(open(&folder).unwrap());
        assert_eq!((mode(&folder), mode(&folder.join(DATABASE)), mode(&folder.join(LOCK))), (0o700, 0o600, 0o600));
        for (path, open_mode) in [(folder.clone(), 0o755), (folder.join(DATABASE), 0o644)] {
            fs::set_permissions(path, fs::Permissions::from_mode(open_mode)).unwrap();
        }
        let _store = open(&folder).unwrap();
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            assert_eq!(mode(&path), 0o600, "{}", path.display());
        }
        assert_eq!(mode(&folder), 0o700);
    }

    #[test]
    fn what_a_link_leads_to_is_not_changed() {
        let dir = tempfile::tempdir().unwrap();
        let [folder, other] = ["ann", "other"].map(|name| dir.path().join(name));
        drop(open(&folder).unwrap());
        fs::write(&other, "not ours").unwrap();
        fs::set_permissions(&other, fs::Permissions::from_mode(0o644)).unwrap();
        symlink(&other, folder.join("notes")).unwrap();
        assert!(!close_to_others(&folder) && !is_open_to_others(&folder));
        assert_eq!(mode(&other), 0o644);
    }

    #[test]
    fn a_log_that_is_a_link_is_refused_and_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let [real, linked] = ["real", "linked"].map(|name| dir.path().join(name));
        drop(open(&real).unwrap());
        fs::create_dir(&linked).unwrap();
        symlink(real.join(DATABASE), linked.join(DATABASE)).unwrap();
        let before = fs::read(real.join(DATABASE)).unwrap();
        let Err(error) = open(&linked) else { panic!("it was opened") };
        assert!(matches!(error, StoreError::Link(_)), "{error}");
        assert_eq!(fs::read(real.join(DATABASE)).unwrap(), before);
    }
}
