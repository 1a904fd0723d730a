//! A monkey at the keyboard of a busy machine: nothing hangs, nothing breaks, the terminal is left clean and the log
//! whole. The long run is `cargo bench --bench soak -- monkey MINUTES`.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a failing test should say where; it plays for a time"
)]

mod support;

use std::time::Duration;
use support::monkey;

#[test]
fn a_monkey_under_load_breaks_nothing() {
    let tally = monkey::play(Duration::from_mins(1), 1, 3);
    println!("{tally:?}");
    assert!(tally.keys > 0 && tally.left > 0, "it has played: {tally:?}");
}
