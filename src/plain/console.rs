//! Lines in, lines out.

use crate::text::{sanitize, wrap};
use std::io::{self, BufRead, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// The width of the lines that are printed.
const WIDTH: usize = 72;

/// The longest line that is read; more is cut off.
const LONGEST: usize = 1 << 16;

/// What was heard while waiting for a line.
#[derive(Debug, PartialEq, Eq)]
pub enum Heard {
    /// A line, without its end.
    Line(String),
    /// Nothing in the time given.
    Nothing,
    /// There will be no more lines.
    End,
}

/// Where lines come from.
pub trait Lines {
    /// Waits for a line, at most so long.
    fn next(&mut self, wait: Duration) -> Heard;
}

/// Lines from standard input, read on a thread so that the clock can be looked at meanwhile.
pub struct StandardInput(Receiver<String>);

impl StandardInput {
    /// Begins to read.
    pub fn start() -> Self {
        let (send, receive) = channel();
        std::thread::spawn(move || {
            let mut input = io::stdin().lock();
            let mut bytes = vec![];
            while matches!(input.read_until(b'\n', &mut bytes), Ok(1..)) {
                bytes.truncate(LONGEST);
                let line = String::from_utf8_lossy(&bytes).trim().to_owned();
                bytes.clear();
                if send.send(line).is_err() {
                    return;
                }
            }
        });
        Self(receive)
    }
}

impl Lines for StandardInput {
    fn next(&mut self, wait: Duration) -> Heard {
        match self.0.recv_timeout(wait) {
            Ok(line) => Heard::Line(line),
            Err(RecvTimeoutError::Timeout) => Heard::Nothing,
            Err(RecvTimeoutError::Disconnected) => Heard::End,
        }
    }
}

/// A conversation by lines.
pub struct Console<'a> {
    input: &'a mut dyn Lines,
    out: &'a mut dyn Write,
    /// Whether a person types; a script's end of input may finish what a person's would only pause.
    pub interactive: bool,
}

impl<'a> Console<'a> {
    /// A conversation on these.
    pub fn new(input: &'a mut dyn Lines, out: &'a mut dyn Write, interactive: bool) -> Self {
        Self { input, out, interactive }
    }

    /// Prints a paragraph.
    ///
    /// # Errors
    /// The output is gone.
    pub fn say(&mut self, text: &str) -> io::Result<()> {
        for line in wrap(&sanitize::clean(text), WIDTH) {
            writeln!(self.out, "{line}")?;
        }
        Ok(())
    }

    /// Prints an empty line.
    ///
    /// # Errors
    /// The output is gone.
    pub fn gap(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// Prints a prompt; the answer comes from [`Self::hear`].
    ///
    /// # Errors
    /// The output is gone.
    pub fn prompt(&mut self, text: &str) -> io::Result<()> {
        write!(self.out, "{text} ")?;
        self.out.flush()
    }

    /// Waits for a line, at most so long. A line of a script is not echoed by a terminal, so the prompt's line is ended.
    ///
    /// # Errors
    /// The output is gone.
    pub fn hear(&mut self, wait: Duration) -> io::Result<Heard> {
        let heard = self.input.next(wait);
        if !self.interactive && heard != Heard::Nothing {
            writeln!(self.out)?;
        }
        Ok(match heard {
            Heard::Line(line) => Heard::Line(line.trim().to_owned()),
            other => other,
        })
    }

    /// Prompts and waits for a line as long as it takes; `None` at the end of the input.
    ///
    /// # Errors
    /// The output is gone.
    pub fn ask(&mut self, prompt: &str) -> io::Result<Option<String>> {
        self.prompt(prompt)?;
        loop {
            match self.hear(Duration::from_hours(1))? {
                Heard::Line(line) => return Ok(Some(line)),
                Heard::Nothing => {}
                Heard::End => return Ok(None),
            }
        }
    }
}
