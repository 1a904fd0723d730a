//! Where commands write: results to standard output, everything else to standard error.

use std::io::{self, BufRead, IsTerminal, Write};

/// Standard output, with the knowledge whether it may be coloured.
pub struct Out {
    // Not locked: the signal thread must be able to restore the terminal at any moment.
    stream: io::Stdout,
    color: bool,
}

impl Out {
    /// Standard output; coloured only on a terminal and where nobody objects.
    pub fn new(no_color: bool) -> Self {
        let color = !no_color && io::stdout().is_terminal();
        Self { stream: io::stdout(), color }
    }

    /// Whether colour is wanted.
    pub fn color(&self) -> bool {
        self.color
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// Asks something to which only the `wanted` word means yes. Where there is nobody to ask, the answer is an error.
///
/// # Errors
/// Standard input is no terminal; the error says `otherwise`.
pub fn confirmed(question: &str, wanted: &str, otherwise: &str) -> anyhow::Result<bool> {
    anyhow::ensure!(io::stdin().is_terminal(), "{otherwise}");
    complain(question);
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim().eq_ignore_ascii_case(wanted))
}

/// Says something on standard error. A terminal that is gone is no reason to fail.
pub fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}
