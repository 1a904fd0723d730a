//! One function for each command; the full-screen program and the line mode are opened from here.

pub mod backup;
pub mod bank;
pub mod data;
pub mod doctor;
pub mod history;
pub mod open;
pub mod output;
pub mod profile;
pub mod remarks;

use crate::banks;
use crate::cli::{BankCommand, Cli, Command};
use crate::core::library::Library;
use crate::store::transfer::Damaged;
use clap::CommandFactory;
use open::{Front, Setting};
use output::Out;
use std::io::Write;
use std::process::ExitCode;

/// Runs a command.
///
/// # Errors
/// What went wrong, in words for the person at the keyboard.
pub fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    crate::env::outlive_file_limits();
    let setting = Setting::new(cli.global)?;
    let mut out = Out::new(setting.no_color);
    let Some(command) = cli.command else { return open::open(&setting, Front::Home) };
    match command {
        Command::Study(args) => return open::open(&setting, Front::Study(args)),
        Command::Exam(args) => return open::open(&setting, Front::Exam(args)),
        Command::Resume => return open::open(&setting, Front::Resume),
        Command::Due(json) => data::due(&setting, json.json, &mut out)?,
        Command::Stats(json) => data::stats(&setting, json.json, &mut out)?,
        Command::History(args) => history::run(&setting, args, &mut out)?,
        Command::Notes(json) => remarks::print_notes(&setting, json.json, &mut out)?,
        Command::Doubts { json, md } => {
            let form = match (json.json, md) {
                (true, _) => remarks::Form::Json,
                (false, true) => remarks::Form::Markdown,
                (false, false) => remarks::Form::Text,
            };
            remarks::print_doubts(&setting, form, &mut out)?;
        }
        Command::Export { path } => data::export(&setting, path.as_deref(), &mut out)?,
        Command::Import { path, damaged } => {
            let damaged = if damaged { Damaged::UseTheRest } else { Damaged::Refuse };
            data::import(&setting, &path, damaged, &mut out)?;
        }
        Command::Sync { folder, join, json } => data::sync(&setting, &folder, join, json.json, &mut out)?,
        Command::Backup => backup::make(&setting, &mut out)?,
        Command::Restore { backup: None, json, .. } => backup::list(&setting, json.json, &mut out)?,
        Command::Restore { backup: Some(wanted), yes, .. } => backup::restore(&setting, &wanted, yes, &mut out)?,
        Command::Doctor { fix, json } => return doctor::run(&setting, fix, json.json, &mut out),
        Command::Bank(command) => return bank_command(&setting, command, &mut out),
        Command::Profile(command) => profile::run(&setting, command, &mut out)?,
        Command::Completions { shell } => {
            // By way of memory: the generator itself panics where the output is closed early.
            let mut script = vec![];
            clap_complete::generate(shell, &mut Cli::command(), "swprep", &mut script);
            out.write_all(&script)?;
        }
        Command::Man => clap_mangen::Man::new(Cli::command()).render(&mut out)?,
        Command::About => about(&setting, &mut out)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn bank_command(setting: &Setting, command: BankCommand, out: &mut Out) -> anyhow::Result<ExitCode> {
    match command {
        BankCommand::List(json) => bank::list(&whole_library(setting), json.json, out)?,
        BankCommand::Check { path, json } => {
            let good = bank::check(path.as_deref(), json.json, out.color(), out)?;
            return Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        BankCommand::Show { id } => bank::show(&whole_library(setting), &id, out)?,
        BankCommand::Schema => bank::schema(out)?,
        BankCommand::New { topic, path } => {
            let path = path.unwrap_or_else(|| setting.data_dir.join("banks").join(format!("{topic}.json")));
            bank::new_topic(&topic, &path, out)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The shipped questions and the user's own.
fn whole_library(setting: &Setting) -> Library {
    let (library, troubles) = open::with_user_banks(banks::shipped::shipped_library(), &setting.user_banks());
    for trouble in troubles {
        output::complain(&trouble);
    }
    library
}

fn about(setting: &Setting, out: &mut Out) -> anyhow::Result<()> {
    let library = banks::shipped::shipped_library();
    let items = library.items().count();
    let objectives = library.objectives().count();
    writeln!(out, "swprep {}\n", env!("CARGO_PKG_VERSION"))?;
    writeln!(out, "Practice for the social work licensing exams. Free, offline, private.")?;
    writeln!(
        out,
        "{items} original questions on {objectives} rules in {} topics are built in.\n",
        library.topics().len()
    )?;
    writeln!(
        out,
        "Not affiliated with, sponsored by or endorsed by the Association of Social Work Boards (ASWB).\n\
         ASWB's own outlines, at aswb.org, are authoritative. No question here is from a real exam, and no\n\
         score here predicts a result.\n"
    )?;
    writeln!(out, "Your data: {}", crate::text::sanitize::clean(&setting.data_dir.display().to_string()))?;
    writeln!(out, "Nothing leaves this computer; the program holds no network code.")?;
    writeln!(out, "Program: MIT or Apache-2.0. Questions: CC BY-SA 4.0.")?;
    Ok(())
}

/// Prints an error with its causes and, where there is one, the mend; gives the exit code.
pub fn report_error(error: &anyhow::Error) -> ExitCode {
    // A reader that has seen enough, such as `head`, is no error.
    let broken_pipe = error
        .chain()
        .filter_map(|e| e.downcast_ref::<std::io::Error>())
        .any(|e| e.kind() == std::io::ErrorKind::BrokenPipe);
    if broken_pipe {
        return ExitCode::SUCCESS;
    }
    output::complain(&format!("error: {error:#}"));
    ExitCode::FAILURE
}
