//! What holds for every page, whatever text went into it.

use super::super::document::tests::document;
use super::*;
use crate::core::event::ExamLength;
use crate::core::exam::Exam;
use crate::core::interval::Share;
use crate::core::library::Library;
use crate::core::outline::PassRange;
use crate::core::report::Earlier;
use crate::core::sample::sat;
use crate::paper::document::Questions;

fn page(exam: &Exam, library: &Library, with_keys: bool) -> String {
    html(&document(exam, library, with_keys))
}

/// The names of all tags and attributes of a page; panics where a tag is not closed or a quote is missing.
fn checked(page: &str) -> Vec<String> {
    const VOID: [&str; 2] = ["meta", "input"];
    let (head, rest) = page.split_once("<style>").unwrap();
    let (look, body) = rest.split_once("</style>").unwrap();
    assert!(!look.contains('<'));
    let text = format!("{head}{body}");
    let (mut open, mut names) = (vec![], vec![]);
    let mut pieces = text.strip_prefix("<!DOCTYPE html>").unwrap().split('<');
    assert!(pieces.next().unwrap().trim().is_empty());
    for piece in pieces {
        let (tag, words) = piece.split_once('>').unwrap_or_else(|| panic!("a tag without an end: {piece}"));
        assert!(!words.contains('>'), "{words}");
        for entity in words.split('&').skip(1) {
            assert!(["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|e| entity.starts_with(e)), "{entity}");
        }
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "in {piece}");
            continue;
        }
        let (tag, closed) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let parts: Vec<&str> = tag.split('"').collect();
        assert_eq!(parts.len() % 2, 1, "a quote is missing in {tag}");
        let outside: Vec<&str> = parts.iter().step_by(2).flat_map(|p| p.split_whitespace()).collect();
        names.extend(outside.iter().map(|name| (*name).to_owned()));
        if !closed && !VOID.contains(&outside[0]) {
            open.push(outside[0].to_owned());
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    names
}

#[test]
fn the_page_is_whole_and_loads_and_runs_nothing() {
    let (exam, library) = sat(ExamLength::Full, |n| (n % 9 != 0).then_some(n % 3 != 0));
    let page = page(&exam, &library, true);
    for name in checked(&page) {
        let loads =
            ["script", "link", "img", "image", "iframe", "object", "use", "form", "src=", "style=", "xlink:href="];
        assert!(!loads.contains(&name.as_str()) && !name.starts_with("on"), "{name}");
    }
    for word in ["http:", "https:", "url(", "@import", "@font-face", "javascript:"] {
        assert!(!page.contains(word), "{word}");
    }
    assert!(page.split("href=\"").skip(1).all(|link| link.starts_with('#')), "every link stays in the page");
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn hostile_text_stays_text() {
    let hostile = "</p><script>alert(\"1\")</script><img src='x' onerror=\"y\">\u{1b}[31m\u{202e}&";
    let (mut exam, library) = sat(ExamLength::Items(3), |_| Some(true));
    exam.form.name = Some(hostile.into());
    exam.slots[0][0].note = hostile.into();
    let mut document = document(&exam, &library, true);
    document.earlier =
        vec![Earlier { started: "2026-11-01".into(), name: Some(hostile.into()), first_sight: Share::new(2, 3) }; 2];
    if let Questions::Shown(questions) = &mut document.questions {
        for question in questions {
            question.stem = Some(hostile.into());
            question.id = hostile.into();
            question.rule = Some(hostile.into());
            question.sources = vec![hostile.into()];
            question.facts = vec![hostile.into()];
            for option in &mut question.options {
                (option.text, option.why, option.trap) = (hostile.into(), hostile.into(), Some(hostile.into()));
            }
        }
    }
    let page = html(&document);
    let names = checked(&page);
    assert!(!names.iter().any(|name| ["script", "img", "onerror="].contains(&name.as_str())));
    assert!(!page.contains('\u{1b}') && !page.contains('\u{202e}'));
    assert!(page.matches("&lt;script&gt;").count() > 30);
}

#[test]
fn every_part_and_every_question_stands_in_it() {
    let (exam, library) = sat(ExamLength::Mini, |n| (n < 25).then_some(n % 3 != 0));
    let document = document(&exam, &library, true);
    let page = html(&document);
    for part in parts(&document.report, &document.earlier) {
        assert!(page.contains(&format!("<h2>{}</h2>", part.title)), "{}", part.title);
        for row in part.rows.iter().filter(|_| part.title != PACE) {
            let cells =
                format!("{}</th><td class=\"count\">{} of {}<", escape(&row.name), row.share.right, row.share.of);
            assert!(page.contains(&cells), "{cells}");
        }
    }
    assert!(page.contains("seconds each") && page.contains("last quarter"));
    for (class, n) in [("right", 16), ("wrong", 9), ("open", 5)] {
        assert_eq!(page.matches(&format!("<details class=\"question {class}\"")).count(), n, "{class}");
    }
    // Without a script, only what is open from the start is open on paper in every browser.
    assert_eq!(page.matches("<details ").count(), page.matches("\" open>").count());
    assert_eq!(page.matches("<span class=\"mark\">the key</span>").count(), 30);
    assert!(page.contains("Source: Sample Code of Ethics") && page.contains("The rule."));
    let links: Vec<&str> = page.split("href=\"#").skip(1).filter_map(|l| l.split('"').next()).collect();
    assert_eq!(links.len(), 30);
    assert!(links.iter().all(|link| page.contains(&format!("id=\"{link}\""))));
}

#[test]
fn the_score_of_a_whole_exam_stands_beside_the_usual_marks() {
    let (exam, library) = sat(ExamLength::Items(9), |n| Some(n % 3 != 0));
    let mut document = document(&exam, &library, false);
    document.report.score = Share::new(73, 110);
    assert!(!html(&document).contains("class=\"band\""));
    document.report.usual = Some(PassRange { low: 66, high: 78, out_of: 110 });
    let page = html(&document);
    assert!(page.contains("class=\"band\" ") && page.contains("usual passing marks, 66 to 78</text>"));
    let title = page.split("<title>").nth(2).unwrap().split('<').next().unwrap();
    assert!(title.starts_with("73 of 110 right, likely 66 to 79. The usual"), "{title}");
    document.report.left_open = 4;
    assert!(!html(&document).contains("right, likely 66"), "with questions left open the score has no range");
}

#[test]
fn while_a_second_look_is_left_the_page_holds_no_question() {
    let (exam, library) = sat(ExamLength::Items(4), |_| Some(true));
    let page = page(&exam, &library, false);
    checked(&page);
    assert!(!page.contains("<details") && page.contains("can still be answered again"));
}
