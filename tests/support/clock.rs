//! A clock that a test drives.

use std::cell::Cell;
use std::fs;
use std::path::PathBuf;

/// The file by which a running program's clocks are driven.
pub struct Clock {
    path: PathBuf,
    wall: Cell<i64>,
    mono: Cell<u64>,
}

impl Clock {
    /// A clock that goes as the machine's until it is driven.
    pub fn new(path: PathBuf) -> Self {
        let clock = Self { path, wall: Cell::new(0), mono: Cell::new(0) };
        clock.write();
        clock
    }

    /// What the program must be told.
    pub fn env(&self) -> (&str, &str) {
        ("SWPREP_CLOCK", self.path.to_str().unwrap())
    }

    /// Lets both clocks pass so many seconds at once.
    pub fn pass(&self, seconds: u64) {
        self.mono.set(self.mono.get() + seconds * 1000);
        self.jump(i64::try_from(seconds).unwrap());
    }

    /// Sets the wall clock forward or back by so many seconds.
    pub fn jump(&self, seconds: i64) {
        self.wall.set(self.wall.get() + seconds * 1000);
        self.write();
    }

    fn write(&self) {
        // Written beside and moved into place, so that no half number is ever read.
        let beside = self.path.with_extension("new");
        fs::write(&beside, format!("{} {}", self.wall.get(), self.mono.get())).unwrap();
        fs::rename(beside, &self.path).unwrap();
    }
}
