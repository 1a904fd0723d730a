//! Learners who share a computer.

use super::open::Setting;
use super::output::{Out, confirmed};
use crate::cli::ProfileCommand;
use crate::env;
use crate::store::Store;
use std::io::Write;

/// Runs a profile command.
///
/// # Errors
/// The profile does not exist, its name is taken or unusable, or its folder can't be changed.
pub fn run(setting: &Setting, command: ProfileCommand, out: &mut Out) -> anyhow::Result<()> {
    let profiles = &setting.profiles;
    match command {
        ProfileCommand::List(json) => {
            let names = profiles.list();
            let current = profiles.current();
            if json.json {
                let value = serde_json::json!({ "profiles": names, "current": current });
                writeln!(out, "{value}")?;
            } else if names.is_empty() {
                writeln!(out, "No profile yet. The first is made when you start swprep.")?;
            } else {
                for name in names {
                    writeln!(out, "{} {name}", if name == current { "*" } else { " " })?;
                }
            }
        }
        ProfileCommand::New { name } => {
            let slug = profiles.free(&name)?;
            drop(Store::open(&profiles.folder(&slug), env::dice(setting.identity_seed))?);
            writeln!(out, "Made {slug}. Use it with --profile {slug}, or always: swprep profile use {slug}")?;
        }
        ProfileCommand::Use { name } => {
            let slug = profiles.make_current(&name)?;
            writeln!(out, "From now on swprep uses {slug}.")?;
        }
        ProfileCommand::Rename { from, to } => {
            let slug = profiles.rename(&from, &to)?;
            writeln!(out, "It is now called {slug}.")?;
        }
        ProfileCommand::Delete { name, yes } => {
            let slug = profiles.existing(&name)?;
            if !yes && !sure(&slug)? {
                writeln!(out, "Nothing was deleted.")?;
                return Ok(());
            }
            profiles.delete(&slug)?;
            writeln!(out, "Deleted {slug} with all of its answers and exams.")?;
        }
    }
    Ok(())
}

/// Asks for the name of what is to be deleted.
fn sure(slug: &str) -> anyhow::Result<bool> {
    let question = format!(
        "This deletes {slug} with all of its answers and exams, for good. `swprep --profile {slug} export FILE` keeps a copy.\nType its name to delete it:"
    );
    confirmed(&question, slug, &format!("deleting {slug} can't be undone; add --yes to do it without being asked"))
}
