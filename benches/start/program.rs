//! The release build in a pseudo-terminal, and what the system says about its process.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

pub const PATH: &str = env!("CARGO_BIN_EXE_swprep");
/// Tuesday, 24 November 2026, 19:05 in New York.
pub const NOW: &str = "2026-11-24T19:05:00-05:00";

const COLS: u16 = 100;
const ROWS: u16 = 30;
/// A bound against hanging.
const PATIENCE: Duration = Duration::from_secs(30);

pub struct Program {
    child: Box<dyn Child + Send + Sync>,
    _master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    output: Receiver<(Instant, Vec<u8>)>,
    screen: avt::Terminal,
    started: Instant,
    last: Instant,
    /// Bytes at the end of what has come so far that are the beginning of a letter.
    rest: Vec<u8>,
}

impl Program {
    pub fn start(data_dir: &Path) -> Self {
        let size = PtySize { rows: ROWS, cols: COLS, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(PATH);
        command.env_clear();
        for (name, value) in [("TERM", "xterm-256color"), ("SWPREP_NOW", NOW), ("SWPREP_SEED", "11")] {
            command.env(name, value);
        }
        command.env("HOME", data_dir);
        command.env("SWPREP_DATA_DIR", data_dir);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let (send, output) = channel();
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        std::thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                if send.send((Instant::now(), buffer[..n].to_vec())).is_err() {
                    return;
                }
            }
        });
        let screen = avt::Terminal::new(usize::from(COLS), usize::from(ROWS)).unwrap();
        Self { child, _master: pair.master, writer, output, screen, started, last: started, rest: vec![] }
    }

    pub fn send(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// The time from the start to the output that completed a picture with the text.
    pub fn until(&mut self, text: &str) -> Duration {
        while !self.text().contains(text) {
            let came = self.output.recv_timeout(PATIENCE);
            let Ok((at, bytes)) = came else { unreachable!("{text:?} does not come:\n{}", self.text()) };
            self.last = at;
            self.feed(&bytes);
        }
        self.last - self.started
    }

    /// Waits, and gives the number of bytes that came meanwhile.
    pub fn listen(&mut self, time: Duration) -> usize {
        let end = Instant::now() + time;
        let mut count = 0;
        while let Ok((_, bytes)) = self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
            count += bytes.len();
            self.feed(&bytes);
        }
        count
    }

    /// Leaves the program, from whatever screen, and waits for its end.
    pub fn leave(mut self) {
        self.send("q");
        let end = Instant::now() + PATIENCE;
        while self.child.try_wait().unwrap().is_none() {
            assert!(Instant::now() < end, "the program does not end:\n{}", self.text());
            self.listen(Duration::from_millis(5));
        }
    }

    /// An entry of `/proc/PID/status` such as `VmHWM`, in bytes.
    pub fn memory(&self, entry: &str) -> Option<u64> {
        let status = self.proc("status")?;
        let line = status.lines().find_map(|l| l.strip_prefix(entry)?.strip_prefix(':'))?;
        Some(line.split_whitespace().next()?.parse::<u64>().ok()? * 1024)
    }

    /// CPU time in ticks of a hundredth of a second, its own and the system's for it.
    pub fn ticks(&self) -> Option<u64> {
        let stat = self.proc("stat")?;
        let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
        Some(fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?)
    }

    /// Bytes written to anything: the screen, files, pipes.
    pub fn written(&self) -> Option<u64> {
        self.proc("io")?.lines().find_map(|l| l.strip_prefix("wchar: "))?.parse().ok()
    }

    fn proc(&self, file: &str) -> Option<String> {
        fs::read_to_string(format!("/proc/{}/{file}", self.child.process_id()?)).ok()
    }

    fn text(&self) -> String {
        self.screen.screen().visible_lines().map(|line| line.text() + "\n").collect()
    }

    fn feed(&mut self, bytes: &[u8]) {
        self.rest.extend_from_slice(bytes);
        let whole = std::str::from_utf8(&self.rest).map_or_else(|e| e.valid_up_to(), str::len);
        let rest = self.rest.split_off(whole);
        self.screen.feed(std::str::from_utf8(&self.rest).unwrap());
        self.rest = rest;
    }
}
