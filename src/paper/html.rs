//! A report as one page for a browser: no script, nothing from a network, plots as drawings in the page. It follows the
//! light or dark choice of its reader, and on paper everything is open and the ground is white.

#![expect(
    clippy::format_push_string,
    clippy::format_collect,
    reason = "pieces that read like the page; it is built once"
)]

mod escape;
mod plots;
mod questions;

use super::document::{Document, MADE_BY};
use super::parts::{PACE, Part};
use super::{footnote, parts, score_range, summary, warnings};
use escape::escape;

/// The look of the page, on the screen and on paper.
const LOOK: &str = include_str!("html/page.css");

/// The report as a page.
pub fn html(document: &Document<'_>) -> String {
    let report = &document.report;
    let mut main = header(document);
    main += &score(document);
    for part in parts(report, &document.earlier) {
        main += &section(&part, document);
    }
    main += &questions::questions(&document.questions);
    let title = escape(&document.title());
    // The policy forbids a browser to load or run anything, whatever else the page might hold.
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title} · swprep</title>\n<style>\n{LOOK}</style>\n</head>\n<body>\n<main>\n{main}</main>\n\
         <footer>\n<p>{}</p>\n<p>swprep {}</p>\n</footer>\n</body>\n</html>\n",
        escape(MADE_BY),
        env!("CARGO_PKG_VERSION"),
    )
}

fn header(document: &Document<'_>) -> String {
    let which: Vec<String> = document.subtitle().iter().map(|words| escape(words)).collect();
    format!(
        "<header>\n<p class=\"kind\">Exam report</p>\n<h1>{}</h1>\n<p class=\"which\">{}</p>\n</header>\n",
        escape(&document.title()),
        which.join(" · ")
    )
}

/// What counts, and what to make of it.
fn score(document: &Document<'_>) -> String {
    let report = &document.report;
    let mut out = "<section class=\"score\">\n<h2>Score</h2>\n".to_owned();
    for words in warnings(report) {
        out += &format!("<p class=\"warning\">{}</p>\n", escape(&words));
    }
    out += &format!(
        "<p class=\"result\"><strong>{} of {} right</strong> <span>{}</span></p>\n",
        report.score.right,
        report.score.of,
        escape(score_range(report).trim_start())
    );
    out += &plots::score(report);
    out += &paragraphs(&summary(report));
    if let Some(likely) = footnote(report) {
        out += &format!(
            "<p class=\"explained\">{} In the plots the line is that range and the dot your share.</p>\n",
            escape(likely)
        );
    }
    out + "</section>\n"
}

fn section(part: &Part, document: &Document<'_>) -> String {
    let mut out = format!("<section>\n<h2>{}</h2>\n", escape(part.title));
    if part.title == PACE {
        out += &plots::pace(&document.report.pace);
    } else if !part.rows.is_empty() {
        out += &plots::shares(&part.rows);
    }
    if !part.counts.is_empty() {
        out += &plots::counts(&part.counts);
    }
    out + &paragraphs(&part.words) + "</section>\n"
}

fn paragraphs(words: &[String]) -> String {
    words.iter().map(|words| format!("<p>{}</p>\n", escape(words))).collect()
}

#[cfg(test)]
mod tests;
