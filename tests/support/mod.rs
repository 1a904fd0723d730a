//! The real binary in a pseudo-terminal, and a screen to read.

#![allow(dead_code, reason = "each test uses a part of it")]

pub mod bank;
pub mod clock;
pub mod fuzz;
pub mod hostile;
pub mod monkey;
pub mod storm;

use assert_cmd::Command;
use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use serde_json::Value;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The key Enter, as a terminal sends it.
pub const ENTER: &str = "\r";
/// The key Escape, as a terminal sends it.
pub const ESC: &str = "\x1b";

/// The longest that a test waits for a text. It is a bound against hanging, not a measure of speed.
const PATIENCE: Duration = Duration::from_mins(1);

/// What a command prints as JSON.
pub fn json(dir: &TempDir, args: &[&str]) -> Value {
    let output = Command::cargo_bin("swprep").unwrap().args(args).arg("--data-dir").arg(dir.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// First run with its three defaults.
pub fn welcome(p: &mut Pty) {
    p.until("Which exam").send(ENTER).until("When").send(ENTER).until("minutes").send(ENTER).until("Mock exam");
}

/// A running program with its screen.
pub struct Pty {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    screen: avt::Terminal,
    unfed: usize,
    /// How the terminal treated lines before the program began.
    before: String,
    /// Every byte that the program has written.
    pub bytes: Vec<u8>,
}

impl Pty {
    /// Starts the program with arguments in a data directory of its own, at 80x24.
    pub fn start(data_dir: &Path, args: &[&str], env: &[(&str, &str)]) -> Self {
        Self::start_other(Path::new(env!("CARGO_BIN_EXE_swprep")), data_dir, args, env)
    }

    /// Starts another program as that one would be started.
    pub fn start_other(program: &Path, data_dir: &Path, args: &[&str], env: &[(&str, &str)]) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(program);
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("HOME", data_dir);
        command.env("SWPREP_DATA_DIR", data_dir);
        command.env("SWPREP_SEED", "11");
        for (name, value) in env {
            command.env(name, value);
        }
        command.args(args);
        let before = format!("{:?}", pair.master.get_termios().unwrap());
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let (send, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                if send.send(buffer[..n].to_vec()).is_err() {
                    return;
                }
            }
        });
        let screen = avt::Terminal::new(80, 24).unwrap();
        Self { child, master: pair.master, writer, output, screen, unfed: 0, before, bytes: vec![] }
    }

    /// Sends keys as they are typed.
    pub fn send(&mut self, keys: &str) -> &mut Self {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
        self
    }

    /// The keyboard as a channel: whoever types there does not wait for a program that does not read.
    pub fn keyboard(&mut self) -> Sender<Vec<u8>> {
        let (send, keys) = channel::<Vec<u8>>();
        let mut writer = std::mem::replace(&mut self.writer, Box::new(std::io::sink()));
        std::thread::spawn(move || {
            while let Ok(bytes) = keys.recv() {
                if writer.write_all(&bytes).is_err() {
                    return;
                }
            }
        });
        send
    }

    /// Changes the size of the window.
    pub fn resize(&mut self, cols: u16, rows: u16) -> &mut Self {
        self.master.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        self.screen.resize(usize::from(cols), usize::from(rows));
        self
    }

    /// Waits until a text is on the screen.
    pub fn until(&mut self, text: &str) -> &mut Self {
        self.until_any(&[text]);
        self
    }

    /// What is left of the section, in seconds, as the first line shows it; `None` where no clock stands there.
    pub fn time_left(&self) -> Option<u64> {
        let text = self.text();
        let clock = text.lines().next()?.split_whitespace().last()?;
        clock.split(':').try_fold(0, |sum, part| Some(sum * 60 + part.parse::<u64>().ok()?))
    }

    /// Lets both clocks pass so many seconds, and waits until the program has seen it.
    pub fn pass(&mut self, clock: &clock::Clock, seconds: u64) -> &mut Self {
        let before = self.time_left().unwrap();
        clock.pass(seconds);
        self.send("t");
        let start = Instant::now();
        while !self.text().contains("Report ·") && self.time_left().is_none_or(|now| now + seconds > before) {
            assert!(start.elapsed() < PATIENCE, "the clock stands still:\n{}", self.text());
            if let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(100)) {
                self.feed(&bytes);
            }
        }
        self
    }

    /// Waits for a text, but not for long; tells whether it came onto the screen.
    pub fn see(&mut self, text: &str, wait: Duration) -> bool {
        let start = Instant::now();
        while let Ok(bytes) = self.output.recv_timeout(wait.saturating_sub(start.elapsed())) {
            self.feed(&bytes);
            if self.text().contains(text) {
                return true;
            }
        }
        false
    }

    /// Takes what has come, without reading it as a screen, and waits so long for more.
    pub fn listen(&mut self, wait: Duration) {
        let end = Instant::now() + wait;
        while let Ok(bytes) = self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
            self.bytes.extend_from_slice(&bytes);
        }
    }

    /// Waits until one of the texts is on the screen, and says which.
    pub fn until_any(&mut self, texts: &[&str]) -> usize {
        let start = Instant::now();
        loop {
            let screen = self.text();
            if let Some(n) = texts.iter().position(|t| screen.contains(t)) {
                return n;
            }
            assert!(start.elapsed() < PATIENCE, "none of {texts:?} came onto the screen:\n{screen}");
            if let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(100)) {
                self.feed(&bytes);
            }
        }
    }

    /// Waits until a text is no longer on the screen.
    pub fn gone(&mut self, text: &str) -> &mut Self {
        let start = Instant::now();
        while self.text().contains(text) {
            assert!(start.elapsed() < PATIENCE, "{text:?} stays on the screen:\n{}", self.text());
            if let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(100)) {
                self.feed(&bytes);
            }
        }
        self
    }

    /// What is on the screen.
    pub fn text(&self) -> String {
        let screen = self.screen.screen();
        screen.visible_lines().map(|line| line.text().trim_end().to_owned()).collect::<Vec<_>>().join("\n")
    }

    /// How the terminal treats what is typed and shown: line by line with an echo, or raw.
    pub fn mode(&self) -> String {
        format!("{:?}", self.master.get_termios().unwrap())
    }

    /// Sends the program a signal, such as `TERM`.
    pub fn signal(&mut self, name: &str) -> &mut Self {
        Command::new("kill").args([&format!("-{name}"), &self.pid().to_string()]).assert().success();
        self
    }

    /// Sends the program a signal, unless it is gone.
    pub fn signal_if_alive(&mut self, name: &str) {
        if self.child.try_wait().unwrap().is_none() {
            self.signal(name);
        }
    }

    /// Kills the program as no program can prevent.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// The program's process id.
    pub fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Whether the program has ended; a moment is left to it.
    pub fn has_ended(&mut self) -> bool {
        self.has_ended_after(Duration::from_millis(50))
    }

    /// Whether the program has ended after a while.
    pub fn has_ended_after(&mut self, wait: Duration) -> bool {
        self.see("never on the screen", wait);
        self.child.try_wait().unwrap().is_some()
    }

    /// Leaves the program from whatever screen.
    pub fn try_leave(&mut self) {
        let start = Instant::now();
        while self.child.try_wait().unwrap().is_none() {
            assert!(start.elapsed() < PATIENCE, "the program does not end:\n{}", self.text());
            let _ = self.writer.write_all(b"\x1b\x03y");
            self.see("never on the screen", Duration::from_millis(50));
        }
        self.end();
    }

    /// Waits until the program has ended, whatever it still writes.
    pub fn wait(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }

    /// Waits until the program has ended and gives its exit code.
    pub fn end(&mut self) -> u32 {
        self.status().exit_code()
    }

    /// Waits until the program has ended and tells how.
    pub fn status(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                // Its last words may still be on their way; the line is closed behind them.
                while let Ok(bytes) = self.output.recv_timeout(PATIENCE) {
                    self.feed(&bytes);
                }
                return status;
            }
            assert!(start.elapsed() < PATIENCE, "the program does not end:\n{}", self.text());
            if let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(50)) {
                self.feed(&bytes);
            }
        }
    }

    /// Asserts that the terminal is as it was before the program began.
    pub fn assert_left_clean(&self) {
        let text = String::from_utf8_lossy(&self.bytes);
        for (on, off) in [
            ("\x1b[?1049h", "\x1b[?1049l"),
            ("\x1b[?25l", "\x1b[?25h"),
            ("\x1b[?2004h", "\x1b[?2004l"),
            ("\x1b[?1000h", "\x1b[?1000l"),
        ] {
            let (taken, given_back) = (text.rfind(on), text.rfind(off));
            let rest = &text[taken.unwrap_or(0)..];
            // When a key that is a signal is typed into a terminal that was given back, the system drops what nobody has
            // read yet, the farewell with it, and shows the key.
            let dropped = ["^C", "^Z", "^\\"].iter().any(|shown| rest.contains(shown));
            assert!(taken <= given_back || dropped, "{off:?} does not follow {on:?}: {rest:?}");
        }
        assert_eq!(self.mode(), self.before, "lines and echo are as before");
    }

    fn feed(&mut self, bytes: &[u8]) {
        let fed = self.bytes.len() - self.unfed;
        self.bytes.extend_from_slice(bytes);
        // A character may be cut in two at the end of what has come so far; its first half waits.
        let fresh = &self.bytes[fed..];
        let whole = std::str::from_utf8(fresh).map_or_else(|e| e.valid_up_to(), str::len);
        self.unfed = fresh.len() - whole;
        self.screen.feed(std::str::from_utf8(&fresh[..whole]).unwrap());
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
