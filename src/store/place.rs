//! Where a profile lies: what kind of disk that is, and moving files there so that they stay moved.

use super::StoreError;
use super::error::failed;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::Path;

/// File systems that reach over a network; locks and write-ahead logs can't be relied on there.
const NETWORK: [&str; 10] = ["nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "fuse.sshfs", "ncpfs", "ceph"];

/// Folders that a service carries to other machines while they are written.
const CARRIED: [&str; 5] = ["dropbox", "onedrive", "icloud drive", "mobile documents", "google drive"];

/// The kind of file system that a folder lies on, where the system tells it (Linux).
pub fn file_system(folder: &Path) -> Option<String> {
    let folder = folder.canonicalize().ok()?;
    kind_in(&fs::read_to_string("/proc/self/mounts").ok()?, &folder)
}

/// The kind of the file system that is mounted nearest above a folder, from the system's table.
fn kind_in(mounts: &str, folder: &Path) -> Option<String> {
    let mounted = mounts.lines().filter_map(|line| {
        let mut words = line.split(' ').skip(1);
        let (point, kind) = (words.next()?.replace("\\040", " "), words.next()?);
        folder.starts_with(&point).then(|| (point.len(), kind.to_owned()))
    });
    // Of two at the same place the later one covers the earlier.
    mounted.max_by_key(|(length, _)| *length).map(|(_, kind)| kind)
}

/// Whether that kind of file system reaches over a network.
pub fn is_network(kind: Option<&str>) -> bool {
    kind.is_some_and(|kind| NETWORK.contains(&kind))
}

/// Bytes that are free for her where a folder lies; `None` where the system does not tell.
pub fn free_bytes(folder: &Path) -> Option<u64> {
    #[cfg(unix)]
    return rustix::fs::statvfs(folder).ok().map(|disk| disk.f_bavail.saturating_mul(disk.f_frsize));
    #[cfg(not(unix))]
    return Some(folder).and(None);
}

/// What speaks against a folder as the place of a profile, in words; `None` where nothing is known to.
pub fn doubt(folder: &Path, network: bool) -> Option<String> {
    if network {
        return Some(
            "Your progress lies on a network drive, where a saved answer is only as safe as that drive. \
             A folder on this computer is safer: --data-dir DIR."
                .into(),
        );
    }
    // A link may lead there.
    let real = folder.canonicalize().unwrap_or_default();
    let carried = folder.components().chain(real.components()).find_map(|part| {
        let part = part.as_os_str().to_string_lossy().to_lowercase();
        CARRIED.into_iter().find(|name| part.starts_with(name))
    })?;
    Some(format!(
        "Your progress lies in a folder that a service carries elsewhere ({carried}), which can damage an open file. \
         A folder outside of it is safer: --data-dir DIR."
    ))
}

/// Makes a new file that only its owner can read, has it written, and waits until it is on disk.
///
/// # Errors
/// There is a file of that name already, or it can't be written; what is half written is taken away.
pub fn create<T, E: From<io::Error>>(path: &Path, write: impl FnOnce(&mut File) -> Result<T, E>) -> Result<T, E> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    let written = write(&mut file).and_then(|written| {
        synced(&file)?;
        Ok(written)
    });
    drop(file);
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
    written
}

/// Renames a file and waits until the new name is on disk.
pub fn rename(from: &Path, to: &Path) -> Result<(), StoreError> {
    fs::rename(from, to).map_err(|e| failed(to, &e))?;
    to.parent().map_or(Ok(()), sync_folder)
}

/// Waits until a file is on disk.
pub fn sync_file(path: &Path) -> Result<(), StoreError> {
    // Some systems refuse this to one who may only read.
    OpenOptions::new().write(true).open(path).and_then(|f| synced(&f)).map_err(|e| failed(path, &e))
}

/// Waits until the names in a folder are on disk.
pub fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    // Elsewhere than on Unix a folder can't be opened as a file.
    if cfg!(unix) {
        File::open(folder).and_then(|f| synced(&f)).map_err(|e| failed(folder, &e))?;
    }
    Ok(())
}

/// Waits until a file or folder is on disk; what can't be waited for at all, such as a pipe, need not be.
pub fn synced(file: &File) -> io::Result<()> {
    match file.sync_all() {
        Err(e) if matches!(e.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        outcome => outcome,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_mount_counts() {
        let mounts = "/dev/a / ext4 rw 0 0\nhost:/x /home nfs4 rw 0 0\ntmpfs /home/my\\040disk tmpfs rw 0 0\n";
        for (folder, want) in [("/var/x", "ext4"), ("/home/ann", "nfs4"), ("/home/my disk/x", "tmpfs")] {
            assert_eq!(kind_in(mounts, Path::new(folder)).as_deref(), Some(want), "{folder}");
        }
    }

    #[test]
    fn a_folder_that_is_carried_elsewhere_is_told() {
        assert!(doubt(Path::new("/home/ann/Dropbox/swprep"), false).unwrap().contains("dropbox"));
        assert_eq!(doubt(Path::new("/home/ann/.local/share/swprep"), false), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_into_a_folder_that_is_carried_elsewhere_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let (carried, link) = (dir.path().join("OneDrive"), dir.path().join("swprep"));
        fs::create_dir_all(carried.join("profiles/ann")).unwrap();
        std::os::unix::fs::symlink(&carried, &link).unwrap();
        assert!(doubt(&link.join("profiles/ann"), false).unwrap().contains("onedrive"));
    }

    /// Some file systems, such as those of services that carry files, know no waiting for a folder.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_folder_that_can_not_be_waited_for_is_no_failure() {
        assert!(File::open("/proc/self").unwrap().sync_all().is_err(), "the test is of no use here");
        sync_folder(Path::new("/proc/self")).unwrap();
        assert!(sync_folder(Path::new("/none")).is_err());
    }
}
