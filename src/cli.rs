//! The command line: what can be asked for. No logic.

use crate::core::bank::Category;
use crate::core::event::ExamLength;
use crate::core::pick::Which;
use crate::core::settings::{ThemeName, TimeFactor};
use crate::paper::Format;
use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use std::path::PathBuf;

/// Practice for the social work licensing exams (the ASWB exams).
///
/// Without a command the full-screen program opens on the one thing to do now. Not affiliated with ASWB.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100, disable_help_subcommand = true)]
pub struct Cli {
    /// What to do; nothing opens the full-screen program.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Choices that every command takes.
    #[command(flatten)]
    pub global: Global,
}

/// Choices that every command takes.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Everywhere")]
pub struct Global {
    /// Keep progress and your own banks in this folder.
    #[arg(long, global = true, value_name = "DIR", env = crate::env::DATA_DIR)]
    pub data_dir: Option<PathBuf>,
    /// Use this learner's progress.
    #[arg(long, global = true, value_name = "NAME")]
    pub profile: Option<String>,
    /// Add this bank file to the questions.
    #[arg(long, global = true, value_name = "PATH")]
    pub bank: Vec<PathBuf>,
    /// Lines instead of the full screen: for screen readers, pipes and simple terminals.
    #[arg(long, global = true)]
    pub plain: bool,
    /// No color.
    #[arg(long, global = true)]
    pub no_color: bool,
    /// Colors: auto, dark, light, contrast or mono.
    #[arg(long, global = true, value_name = "NAME", value_parser = theme)]
    pub theme: Option<ThemeName>,
    /// Fix chance, so that the same seed gives the same questions (today's study follows from your answers alone).
    #[arg(long, global = true, value_name = "N")]
    pub seed: Option<u64>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Today's study, or one narrowed by topic.
    Study(StudyArgs),
    /// A timed mock exam.
    Exam(ExamArgs),
    /// Go on with the exam that was interrupted.
    Resume,
    /// What is left of today's study, in one line for a shell prompt.
    Due(Json),
    /// What your answers say: areas, topics, weakest rules, calibration, pace.
    Stats(Json),
    /// Past exams: list, show, compare, rename; a report as a file.
    History(HistoryArgs),
    /// Your notes, by question.
    Notes(Json),
    /// Questions that seem wrong to you, ready to be sent by your own hand; nothing is sent.
    Doubts {
        /// Which output is wanted.
        #[command(flatten)]
        json: Json,
        /// A page in Markdown, for a letter or an issue.
        #[arg(long, conflicts_with = "json")]
        md: bool,
    },
    /// The question banks: list, check, show, new, schema.
    #[command(subcommand)]
    Bank(BankCommand),
    /// Learners who share this computer.
    #[command(subcommand)]
    Profile(ProfileCommand),
    /// Write the whole profile as lines of JSON.
    Export {
        /// The file to write; without it, standard output.
        path: Option<PathBuf>,
    },
    /// Read an exported profile in; what is there already is not doubled.
    Import {
        /// The file to read.
        path: PathBuf,
        /// Use the lines that are whole of a file that is damaged or cut off.
        #[arg(long)]
        damaged: bool,
    },
    /// Bring several devices together by way of a folder that a service of your own carries between them.
    ///
    /// Run it on each device, with the folder that Syncthing, git, rclone, Dropbox or another service keeps the same
    /// on all of them. Files there are only ever added. The progress file itself is never put there.
    Sync {
        /// The folder.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// The folder holds what another device of yours wrote by itself: put both together. It can't be undone.
        #[arg(long)]
        join: bool,
        /// Which output is wanted.
        #[command(flatten)]
        json: Json,
    },
    /// Make a backup now.
    Backup,
    /// List the backups, or go back to one; what is there now is backed up first.
    Restore {
        /// Its number in the list (1 is the newest), last, or a file; without it, the list.
        #[arg(value_name = "N|last|FILE")]
        backup: Option<String>,
        /// Which output of the list is wanted.
        #[command(flatten)]
        json: Json,
        /// Do not ask.
        #[arg(long)]
        yes: bool,
    },
    /// Look over your progress file and its backups; nothing is changed.
    ///
    /// Exit status: 0 all is well, 1 something should be seen to, 2 something is damaged.
    Doctor {
        /// Mend what is damaged: the damaged file is kept, all that can be read is brought together.
        #[arg(long)]
        fix: bool,
        /// Which output is wanted.
        #[command(flatten)]
        json: Json,
    },
    /// Print the completions for a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Print the manual page.
    Man,
    /// What swprep is, what it is not, and where your data lies.
    About,
}

/// Which output is wanted.
#[derive(Clone, Copy, Debug, Args)]
pub struct Json {
    /// For programs: JSON on standard output.
    #[arg(long)]
    pub json: bool,
}

/// What to study.
#[derive(Clone, Debug, Args)]
pub struct StudyArgs {
    /// Only this topic; may be given several times.
    #[arg(long, value_name = "TOPIC")]
    pub topic: Vec<String>,
    /// Practice instead of today's session: any, unseen, missed, marked or guessed questions.
    #[arg(long, value_name = "WHICH", value_parser = which)]
    pub only: Option<Which>,
    /// For about so many minutes.
    #[arg(long, value_name = "M", value_parser = clap::value_parser!(u16).range(1..=600))]
    pub minutes: Option<u16>,
    /// So many questions.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=500))]
    pub items: Option<u16>,
}

/// Which exam.
#[derive(Clone, Debug, Args)]
pub struct ExamArgs {
    /// associate, bachelors, masters, advanced_generalist or clinical; without it, the one in your settings.
    #[arg(long, value_parser = category)]
    pub category: Option<Category>,
    /// full (two sections), half (one), mini (30 questions), or a number of questions.
    #[arg(long, default_value = "full", value_parser = exam_length)]
    pub length: ExamLength,
    /// Time compared with the standard: 1, 1.25, 1.5, 2 or none; without it, the one in your settings.
    #[arg(long, value_parser = time)]
    pub time: Option<TimeFactor>,
    /// Strict: the clock runs on while the program is closed or the computer asleep.
    #[arg(long)]
    pub strict: bool,
    /// Type in the report of a real exam that was not passed, or see what has changed since.
    #[arg(long)]
    pub retake: bool,
    /// A name to find it by.
    #[arg(long, value_name = "TEXT")]
    pub name: Option<String>,
}

/// What to do with past exams.
#[derive(Debug, Args)]
#[command(disable_help_subcommand = true)]
pub struct HistoryArgs {
    /// Which output of the list is wanted.
    #[command(flatten)]
    pub json: Json,
    /// What to do; nothing lists them.
    #[command(subcommand)]
    pub command: Option<HistoryCommand>,
}

/// What to do with one or two past exams.
#[derive(Debug, Subcommand)]
pub enum HistoryCommand {
    /// The report of an exam, on standard output or in a file.
    Show {
        /// Its number in the list (1 is the newest), its id, or last: the newest that is over.
        #[arg(default_value = "last", value_name = "N|ID|last")]
        exam: String,
        /// text, md (Markdown), json, or html (a page for a browser or for printing).
        #[arg(long, default_value = "text", value_parser = format)]
        format: Format,
        /// The file to write; without it, standard output.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Write over a file that is there already.
        #[arg(long, requires = "out")]
        force: bool,
        /// Put the questions and keys in, although a second look without them is still possible; it ends that.
        #[arg(long)]
        with_keys: bool,
    },
    /// Give an exam another name; an empty one takes it away.
    Rename {
        /// Its number in the list, its id, or last.
        #[arg(value_name = "N|ID|last")]
        exam: String,
        /// Its new name.
        name: String,
    },
    /// Two exams beside each other.
    Compare {
        /// The number of one in the list, its id, or last.
        #[arg(value_name = "N|ID|last")]
        one: String,
        /// The same of the other.
        #[arg(value_name = "N|ID|last")]
        other: String,
    },
}

/// What to do with question banks.
#[derive(Debug, Subcommand)]
pub enum BankCommand {
    /// Topics, rules and questions at hand.
    List(Json),
    /// Check a bank file or a folder of them; without a path, the banks that are built in.
    Check {
        /// A bank file, or a folder.
        path: Option<PathBuf>,
        /// Which output is wanted.
        #[command(flatten)]
        json: Json,
    },
    /// Show a question or a rule in full, with its key.
    Show {
        /// Its id, such as ethics-0001 or ethics.confidentiality.subpoena.
        id: String,
    },
    /// Print the JSON schema of bank files.
    Schema,
    /// Write a bank file to begin with.
    New {
        /// The topic's id: lower-case letters, digits and _.
        topic: String,
        /// The file to write; without it, TOPIC.json in your banks folder.
        #[arg(long, value_name = "PATH")]
        path: Option<PathBuf>,
    },
}

/// What to do with profiles.
#[derive(Debug, Subcommand)]
pub enum ProfileCommand {
    /// All profiles.
    List(Json),
    /// Make a profile.
    New {
        /// Its name.
        name: String,
    },
    /// Use a profile from now on.
    Use {
        /// Its name.
        name: String,
    },
    /// Give a profile another name.
    Rename {
        /// Its name.
        from: String,
        /// Its new name.
        to: String,
    },
    /// Delete a profile with all of its answers and exams.
    Delete {
        /// Its name.
        name: String,
        /// Do not ask.
        #[arg(long)]
        yes: bool,
    },
}

fn format(text: &str) -> Result<Format, String> {
    Format::from_id(text).ok_or_else(|| choices(Format::ALL.map(Format::id)))
}

fn which(text: &str) -> Result<Which, String> {
    Which::from_id(text).ok_or_else(|| choices(Which::PRACTICE.map(Which::id)))
}

fn theme(text: &str) -> Result<ThemeName, String> {
    ThemeName::from_id(text).ok_or_else(|| choices(ThemeName::ALL.map(ThemeName::id)))
}

fn category(text: &str) -> Result<Category, String> {
    Category::from_id(text).ok_or_else(|| choices(Category::ALL.map(Category::id)))
}

fn time(text: &str) -> Result<TimeFactor, String> {
    TimeFactor::from_id(text).ok_or_else(|| choices(TimeFactor::ALL.map(TimeFactor::id)))
}

/// The largest number of questions that can be asked for.
const MOST_ITEMS: u16 = 500;

/// The length that a word or number on the command line means.
///
/// # Errors
/// It means none; the message says what can be used.
pub fn exam_length(text: &str) -> Result<ExamLength, String> {
    match text {
        "full" => Ok(ExamLength::Full),
        "half" => Ok(ExamLength::Half),
        "mini" => Ok(ExamLength::Mini),
        number => match number.parse() {
            Ok(n) if (1..=MOST_ITEMS).contains(&n) => Ok(ExamLength::Items(n)),
            _ => Err(format!("use full, half, mini, or a number from 1 to {MOST_ITEMS}")),
        },
    }
}

fn choices<const N: usize>(known: [&str; N]) -> String {
    format!("use one of: {}", known.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn lengths_are_words_or_numbers() {
        assert_eq!(exam_length("mini"), Ok(ExamLength::Mini));
        assert_eq!(exam_length("10"), Ok(ExamLength::Items(10)));
        assert!(exam_length("0").is_err() && exam_length("ten").is_err());
    }
}
