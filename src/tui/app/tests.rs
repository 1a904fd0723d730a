//! What holds where saving fails, and where questions come late.

use crate::core::sample;
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

#[test]
fn a_sitting_goes_on_as_it_was_when_own_banks_arrive() {
    let mut script = Script::new().keys("s a");
    script.app.banks_arrived(vec![sample::own_bank()], vec![]);
    let mut undisturbed = Script::new().keys("s a");
    for keys in ["l", "<enter>", "b s", "<enter> u", "c g"] {
        (script, undisturbed) = (script.keys(keys), undisturbed.keys(keys));
        assert_eq!(script.text(80, 24), undisturbed.text(80, 24), "{keys}");
    }
    let text = script.keys("<esc> <esc> l <end>").text(80, 24);
    assert!(text.contains("My own topic"), "{text}");
}

#[test]
fn ids_that_are_taken_are_named_but_not_all_of_many() {
    let mut script = Script::new();
    let mut bank = sample::own_bank();
    bank.objectives = vec![bank.objectives[0].clone(); 9];
    script.app.banks_arrived(vec![bank], vec![]);
    let text = script.text(80, 24);
    assert!(text.contains("8 ids") && text.contains("own.sample.rule-01") && text.contains('…'), "{text}");
}
