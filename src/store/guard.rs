//! A profile's folder belongs to its learner alone: nobody else may read it, and no link may lead elsewhere.

use super::hold::LOCK;
use super::profile::private_folder;
use super::{DATABASE, StoreError};
use std::fs;
use std::path::Path;

/// Makes the folder if it is not there; refuses one of another user and files that are links, and takes from others what
/// they may read.
///
/// A link is refused because the log, its lock and its journal must lie in one place: two names for one log would be
/// two locks for it.
///
/// # Errors
/// It can't be made, is another user's, or one of its files is a link. No file was changed.
pub(super) fn keep_private(folder: &Path) -> Result<(), StoreError> {
    private_folder(folder)?;
    let refused =
        |path: &Path, cause: &str| Err(StoreError::Unusable { path: path.to_owned(), cause: cause.to_owned() });
    for name in [DATABASE, LOCK] {
        let path = folder.join(name);
        if fs::symlink_metadata(&path).is_ok_and(|about| about.is_symlink()) {
            return refused(&path, "it is a link; put the file itself here");
        }
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, PermissionsExt};
        let Ok(about) = fs::metadata(folder) else { return Ok(()) };
        if about.uid() != rustix::process::geteuid().as_raw() {
            return refused(folder, "it belongs to another user of this computer; run swprep as that user");
        }
        let files = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        for (path, mode) in files.map(|path| (path, 0o600)).chain([(folder.to_owned(), 0o700)]) {
            // What can't be taken away here, such as on a disk without rights, is no reason not to study.
            if let Ok(about) = fs::symlink_metadata(&path)
                && (about.is_file() || path == folder)
                && about.permissions().mode() & 0o077 != 0
            {
                let _ = fs::set_permissions(&path, fs::Permissions::from_mode(mode));
            }
        }
    }
    Ok(())
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
    fn a_log_that_is_a_link_is_refused_and_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let [real, linked] = ["real", "linked"].map(|name| dir.path().join(name));
        drop(open(&real).unwrap());
        fs::create_dir(&linked).unwrap();
        symlink(real.join(DATABASE), linked.join(DATABASE)).unwrap();
        let before = fs::read(real.join(DATABASE)).unwrap();
        let Err(error) = open(&linked) else { panic!("it was opened") };
        assert!(error.to_string().contains("it is a link"), "{error}");
        assert_eq!(fs::read(real.join(DATABASE)).unwrap(), before);
    }
}
