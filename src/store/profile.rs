//! Profiles: one folder for each learner.

use super::error::failed;
use super::{DATABASE, StoreError, place, unusable};
use std::fs;
use std::path::{Path, PathBuf};

/// The profile used when none is named.
pub const DEFAULT: &str = "default";

/// The file in the data directory that names the profile to use.
const CURRENT: &str = "current-profile";

/// Names that Windows keeps for devices; the last two with a digit from 1.
const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];
const NUMBERED: [&str; 2] = ["com", "lpt"];

/// All profiles of a data directory.
#[derive(Clone, Debug)]
pub struct Profiles {
    data_dir: PathBuf,
}

impl Profiles {
    /// The profiles below a data directory, which need not exist yet.
    pub fn new(data_dir: &Path) -> Self {
        Self { data_dir: data_dir.to_owned() }
    }

    /// The folder of a profile, whether or not it exists.
    pub fn folder(&self, slug: &str) -> PathBuf {
        self.data_dir.join("profiles").join(slug)
    }

    /// The names of all profiles, sorted.
    pub fn list(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.data_dir.join("profiles")) else { return vec![] };
        let mut names: Vec<String> = entries
            .flatten()
            .filter(|e| is_profile(&e.path()))
            .filter_map(|e| e.file_name().into_string().ok())
            .collect();
        names.sort();
        names
    }

    /// The profile to use when none is named.
    pub fn current(&self) -> String {
        let named = fs::read_to_string(self.data_dir.join(CURRENT)).unwrap_or_default();
        slug(&named).unwrap_or_else(|_| DEFAULT.to_owned())
    }

    /// Makes `name` the profile to use when none is named.
    ///
    /// # Errors
    /// There is no such profile, or the choice can't be written.
    pub fn make_current(&self, name: &str) -> Result<String, StoreError> {
        let slug = self.existing(name)?;
        let path = self.data_dir.join(CURRENT);
        // An empty file would open another profile, and look like lost work.
        let new = self.data_dir.join(format!("{CURRENT}.new"));
        fs::write(&new, &slug).map_err(|e| failed(&new, &e))?;
        place::sync_file(&new)?;
        place::rename(&new, &path)?;
        Ok(slug)
    }

    /// The folder name of an existing profile.
    ///
    /// # Errors
    /// There is no such profile.
    pub fn existing(&self, name: &str) -> Result<String, StoreError> {
        let slug = slug(name)?;
        if is_profile(&self.folder(&slug)) { Ok(slug) } else { Err(StoreError::NoProfile(slug)) }
    }

    /// The folder name for a new profile.
    ///
    /// # Errors
    /// The name is taken, or holds no letter or digit.
    pub fn free(&self, name: &str) -> Result<String, StoreError> {
        let slug = slug(name)?;
        if self.folder(&slug).exists() { Err(StoreError::ProfileExists(slug)) } else { Ok(slug) }
    }

    /// Gives a profile another name.
    ///
    /// # Errors
    /// It does not exist, the new name is taken, it is open elsewhere, or the folder can't be renamed.
    pub fn rename(&self, from: &str, to: &str) -> Result<String, StoreError> {
        let (old, new) = (self.existing(from)?, self.free(to)?);
        let (source, target) = (self.folder(&old), self.folder(&new));
        let lock = super::lock(&source)?;
        place::rename(&source, &target)?;
        drop(lock);
        if self.current() == old {
            self.make_current(&new)?;
        }
        Ok(new)
    }

    /// Deletes a profile with everything in it.
    ///
    /// # Errors
    /// It does not exist, is open elsewhere, is reached by a link only, or can't be deleted.
    pub fn delete(&self, name: &str) -> Result<String, StoreError> {
        let slug = self.existing(name)?;
        let folder = self.folder(&slug);
        if folder.is_symlink() {
            // To take the link away would leave the answers where they are.
            let to = folder.canonicalize().unwrap_or_default();
            let cause = format!("it is a link; delete the folder that it leads to ({}), then the link", to.display());
            return Err(StoreError::Unusable { path: folder, cause });
        }
        let lock = super::lock(&folder)?;
        fs::remove_dir_all(&folder).map_err(|e| unusable(&folder, &e))?;
        drop(lock);
        Ok(slug)
    }
}

/// Whether a folder holds a profile, be it one whose log is gone and whose backups are there.
fn is_profile(folder: &Path) -> bool {
    folder.join(DATABASE).is_file() || !super::backup::list(folder).is_empty()
}

/// A name as a folder: lower-case letters, digits, `-` and `_`, at most 64.
///
/// # Errors
/// Nothing is left of it.
pub fn slug(name: &str) -> Result<String, StoreError> {
    let mut slug = String::new();
    for c in name.trim().to_lowercase().chars() {
        if c.is_ascii_alphanumeric() || c == '_' {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug: String = slug.trim_matches(['-', '_']).chars().take(64).collect();
    if slug.is_empty() {
        return Err(StoreError::BadName(name.to_owned()));
    }
    let numbered = |name: &str| slug.strip_prefix(name).is_some_and(|n| matches!(n.as_bytes(), [b'1'..=b'9']));
    let reserved = RESERVED.contains(&slug.as_str()) || NUMBERED.into_iter().any(numbered);
    Ok(if reserved { format!("{slug}-profile") } else { slug })
}

/// Makes a folder that only its owner can enter.
pub(super) fn private_folder(folder: &Path) -> Result<(), StoreError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|e| failed(folder, &e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_safe_folders() {
        for (name, want) in [("Ann", "ann"), ("  Mary Jo ", "mary-jo"), ("../../etc", "etc"), ("LPT9", "lpt9-profile")]
        {
            assert_eq!(slug(name).unwrap(), want);
        }
        assert!(slug("…").is_err());
        assert_eq!(slug(&"x".repeat(200)).unwrap().len(), 64);
    }

    #[test]
    fn a_profile_is_made_renamed_used_and_deleted() {
        let dir = tempfile::tempdir().unwrap();
        let profiles = Profiles::new(dir.path());
        drop(crate::store::Store::open(&profiles.folder("ann"), Box::new(|| 4)).unwrap());
        assert_eq!(profiles.list(), ["ann"]);
        profiles.make_current("Ann").unwrap();
        assert_eq!(profiles.rename("ann", "Bea").unwrap(), "bea");
        assert_eq!(profiles.current(), "bea");
        assert!(matches!(profiles.rename("ann", "x"), Err(StoreError::NoProfile(_))));
        profiles.delete("bea").unwrap();
        assert!(profiles.list().is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn a_profile_behind_a_link_is_used_and_never_said_to_be_deleted() {
        let dir = tempfile::tempdir().unwrap();
        let profiles = Profiles::new(&dir.path().join("data"));
        let real = dir.path().join("real");
        drop(crate::store::Store::open(&real, Box::new(|| 4)).unwrap());
        fs::create_dir_all(dir.path().join("data/profiles")).unwrap();
        std::os::unix::fs::symlink(&real, profiles.folder("ann")).unwrap();
        drop(crate::store::Store::open(&profiles.folder("ann"), Box::new(|| 4)).unwrap());
        assert_eq!(profiles.make_current("ann").unwrap(), "ann");
        let refused = profiles.delete("ann").unwrap_err().to_string();
        assert!(refused.contains("it is a link") && refused.contains("real"), "{refused}");
        assert!(real.join(DATABASE).is_file() && profiles.current() == "ann");
    }

    #[test]
    fn an_open_profile_is_not_deleted() {
        let dir = tempfile::tempdir().unwrap();
        let profiles = Profiles::new(dir.path());
        let _open = crate::store::Store::open(&profiles.folder("ann"), Box::new(|| 4)).unwrap();
        assert!(matches!(profiles.delete("ann"), Err(StoreError::InUse { .. })));
        assert_eq!(profiles.list(), ["ann"]);
    }
}
