//! What holds where saving fails.

use crate::tui::picture::Script;

#[test]
fn nothing_is_said_to_be_done_that_could_not_be_saved() {
    let folder = tempfile::tempdir().unwrap();
    let script = Script::without_saving(folder.path()).keys("s m");
    let text = script.text(80, 24);
    assert!(text.contains("NOT SAVED") && !text.contains("Marked") && !text.contains("marked"), "{text}");
    assert!(script.app.desk.progress.items().is_empty());
}

#[test]
fn an_answer_that_could_not_be_saved_shows_no_reasons() {
    let folder = tempfile::tempdir().unwrap();
    let script = Script::without_saving(folder.path()).keys("s a s");
    let text = script.text(80, 24);
    assert!(text.contains("NOT SAVED") && text.contains("Enter leaning") && !text.contains("The rule"), "{text}");
    assert!(script.app.desk.progress.answers.is_empty());
    // Leaving is possible all the same.
    let script = script.keys("<esc> <esc>");
    assert!(script.text(80, 24).contains("NOT SAVED"));
    assert!(script.keys("q").app.is_leaving());
}
