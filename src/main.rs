//! Parses the command line, runs it, prints an error, gives the exit code.

use clap::Parser;
use std::process::ExitCode;
use swprep::cli::Cli;
use swprep::commands;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match commands::run(cli) {
        Ok(code) => code,
        Err(error) => commands::report_error(&error),
    }
}
