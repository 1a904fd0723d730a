//! What becomes of the data when the program is killed, the disk is full, the folder can't be written, two windows are
//! open, or the file is damaged. `cargo bench --bench soak` does the same for longer.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a failing test should say where; a test that can't run here says why"
)]

mod carried;
mod commands;
mod damage;
mod disk;
mod hostile;
mod kills;
mod learner;
mod links;
mod merge;
mod merged;
mod moments;
mod seal;
mod strange;
mod syncs;
mod together;
mod typed;
mod writers;

use moments::Kills;
use std::path::Path;

/// The program.
pub fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_swprep"))
}

#[test]
fn two_hundred_kills_lose_no_answer_and_double_none() {
    let told = kills::answers(program(), 200, 200);
    println!("{told:?}");
    assert!(told.acknowledged >= 500, "{told:?}");
}

#[test]
fn kills_inside_a_migration_leave_the_old_file_or_the_new_one() {
    println!("{} of 40 kills came before the end", moments::migration(&Kills::AtRandom(program(), 40, 1)));
}

#[test]
fn kills_inside_a_backup_leave_whole_backups_only() {
    println!("{} of 40 kills came before the end", moments::backup(&Kills::AtRandom(program(), 40, 2)));
}

#[test]
fn kills_inside_a_restore_leave_what_was_or_what_is_gone_back_to() {
    println!("{} of 40 kills came before the end", moments::restore(&Kills::AtRandom(program(), 40, 3)));
}

#[test]
fn kills_inside_a_repair_lose_nothing_that_could_be_read() {
    println!("{} of 40 kills came before the end", moments::repair(&Kills::AtRandom(program(), 40, 4)));
}

#[test]
fn kills_inside_an_import_read_all_of_it_in_or_nothing() {
    println!("{} of 60 kills came before the end", moments::import(&Kills::AtRandom(program(), 60, 5)));
}

#[test]
fn kills_inside_a_sync_leave_whole_files_and_the_next_one_goes_on() {
    println!("{} of 60 kills came before the end", moments::sync(&Kills::AtRandom(program(), 60, 6)));
}

#[test]
fn files_from_elsewhere_that_are_anything_at_all_are_read_to_a_word() {
    println!("{:?}", hostile::files(4000, 7));
    println!("{:?}", hostile::folders(150, 8));
}

/// The same, before each call that changes a file: not a single moment is left out.
#[test]
fn a_kill_before_each_change_of_a_file_leaves_it_whole() {
    before_each_change(&[moments::migration, moments::backup, moments::restore, moments::repair]);
}

#[test]
fn a_kill_before_each_change_of_a_file_in_an_import_or_a_sync_leaves_it_whole() {
    before_each_change(&[moments::import, moments::sync]);
}

fn before_each_change(moments: &[fn(&Kills<'_>) -> u64]) {
    if !moments::calls_can_be_seen() {
        println!("skipped: there is no strace here that may stop a program at its calls");
        return;
    }
    let kills: Vec<u64> = moments.iter().map(|moment| moment(&Kills::AtEachCall(program()))).collect();
    println!("kills inside each: {kills:?}");
    assert!(kills.iter().all(|kills| *kills > 10), "{kills:?}");
}

#[test]
fn two_hundred_damaged_files_are_told_and_mended() {
    let told = damage::files(program(), 200, 5);
    println!("{told:?}");
}
