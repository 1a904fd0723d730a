//! Where a profile lies: what kind of disk that is, and moving files there so that they stay moved.

use super::StoreError;
use super::error::failed;
use std::fs::{self, File, OpenOptions};
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

/// Whether a folder lies on a network drive.
pub fn is_network(folder: &Path) -> bool {
    file_system(folder).is_some_and(|kind| NETWORK.contains(&kind.as_str()))
}

/// Bytes that are free for her where a folder lies; `None` where the system does not tell.
pub fn free_bytes(folder: &Path) -> Option<u64> {
    #[cfg(unix)]
    return rustix::fs::statvfs(folder).ok().map(|disk| disk.f_bavail.saturating_mul(disk.f_frsize));
    #[cfg(not(unix))]
    return Some(folder).and(None);
}

/// What speaks against a folder as the place of a profile, in words; `None` where nothing is known to.
pub fn doubt(folder: &Path) -> Option<String> {
    if is_network(folder) {
        return Some(
            "Your progress lies on a network drive, where a saved answer is only as safe as that drive. \
             A folder on this computer is safer: --data-dir DIR."
                .into(),
        );
    }
    let carried = folder.components().find_map(|part| {
        let part = part.as_os_str().to_string_lossy().to_lowercase();
        CARRIED.into_iter().find(|name| part.starts_with(name))
    })?;
    Some(format!(
        "Your progress lies in a folder that a service carries elsewhere ({carried}), which can damage an open file. \
         A folder outside of it is safer: --data-dir DIR."
    ))
}

/// Renames a file and waits until the new name is on disk.
pub fn rename(from: &Path, to: &Path) -> Result<(), StoreError> {
    fs::rename(from, to).map_err(|e| failed(to, &e))?;
    to.parent().map_or(Ok(()), sync_folder)
}

/// Waits until a file is on disk.
pub fn sync_file(path: &Path) -> Result<(), StoreError> {
    // Some systems refuse this to one who may only read.
    OpenOptions::new().write(true).open(path).and_then(|f| f.sync_all()).map_err(|e| failed(path, &e))
}

/// Waits until the names in a folder are on disk.
pub fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    // Elsewhere than on Unix a folder can't be opened as a file.
    if cfg!(unix) {
        File::open(folder).and_then(|f| f.sync_all()).map_err(|e| failed(folder, &e))?;
    }
    Ok(())
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
        assert!(doubt(Path::new("/home/ann/Dropbox/swprep")).unwrap().contains("dropbox"));
        assert_eq!(doubt(Path::new("/home/ann/.local/share/swprep")), None);
    }
}
