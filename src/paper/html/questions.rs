//! The questions of a page: an overview, then each with every reason, the rule and its sources.

use super::escape::escape;
use crate::paper::document::Questions;
use crate::paper::question::{Choice, Outcome, Question};

/// All questions, or why they are left out.
pub fn questions(questions: &Questions) -> String {
    let head = "<section class=\"questions\">\n<h2>The questions</h2>\n";
    match questions {
        Questions::Withheld(why) => format!("{head}<p class=\"withheld\">{}</p>\n</section>\n", escape(why)),
        Questions::Shown(questions) if questions.is_empty() => {
            format!("{head}<p>No question was on the screen.</p>\n</section>\n")
        }
        Questions::Shown(questions) => {
            let all: String = questions.iter().map(question).collect();
            // Without a script: what follows the box in the page looks at whether it is ticked.
            let choice = "<input type=\"checkbox\" id=\"missed-only\"><label for=\"missed-only\">Show and print only what was missed</label>\n<p class=\"only\">Only the questions that were missed.</p>\n";
            format!("{head}{choice}{}{all}</section>\n", overview(questions))
        }
    }
}

fn class(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Right => "right",
        Outcome::Wrong => "wrong",
        Outcome::LeftOpen => "open",
    }
}

fn anchor(question: &Question) -> String {
    format!("q{}-{}", question.section, question.number)
}

/// Every question as its number with a sign, section by section.
fn overview(questions: &[Question]) -> String {
    let link = |question: &Question| {
        format!(
            "<li class=\"{}\"><a href=\"#{}\">{} <span aria-hidden=\"true\">{}</span><span class=\"aloud\">{}</span></a></li>\n",
            class(question.outcome),
            anchor(question),
            question.number,
            question.outcome.sign(),
            question.outcome.word()
        )
    };
    let sections: Vec<&[Question]> = questions.chunk_by(|a, b| a.section == b.section).collect();
    let list = |section: &&[Question]| {
        let name = match section.first() {
            Some(first) if sections.len() > 1 => format!("<p class=\"which-section\">Section {}</p>\n", first.section),
            _ => String::new(),
        };
        format!("{name}<ol>\n{}</ol>\n", section.iter().map(link).collect::<String>())
    };
    let lists: String = sections.iter().map(list).collect();
    format!(
        "<nav aria-label=\"All questions\">\n{lists}<p class=\"legend\">✓ right, ✗ wrong, – left open</p>\n</nav>\n"
    )
}

fn question(question: &Question) -> String {
    let mut out = format!(
        "<details class=\"question {}\" id=\"{}\" open>\n<summary><span class=\"sign\" aria-hidden=\"true\">{}</span> <b>{}</b> <span class=\"verdict\">{}</span></summary>\n",
        class(question.outcome),
        anchor(question),
        question.outcome.sign(),
        escape(&question.heading),
        escape(&question.verdict)
    );
    match &question.stem {
        Some(stem) => out += &format!("<p class=\"stem\">{}</p>\n", escape(stem)),
        None => out += "<p>No copy of this question was kept.</p>\n",
    }
    if !question.options.is_empty() {
        let options: String = question.options.iter().map(option).collect();
        out += &format!("<ul class=\"options\">\n{options}</ul>\n");
    }
    if !question.note.is_empty() {
        out += &format!("<p class=\"note\"><b>Your note:</b> {}</p>\n", escape(&question.note));
    }
    if let Some(rule) = &question.rule {
        out += &format!("<div class=\"rule\">\n<p><b>The rule.</b> {}</p>\n", escape(rule));
        for source in &question.sources {
            out += &format!("<p class=\"source\">Source: {}</p>\n", escape(source));
        }
        out += "</div>\n";
    }
    if question.edited && question.stem.is_some() {
        out += "<p class=\"facts\">This question has been edited since; it stands here as it was asked.</p>\n";
    }
    let facts: Vec<String> = question.facts.iter().map(|fact| escape(fact)).collect();
    out + &format!("<p class=\"facts\">{} · {}</p>\n</details>\n", facts.join(" · "), escape(&question.id))
}

fn option(option: &Choice) -> String {
    let sign = match (option.key, option.chosen) {
        (true, _) => "✓",
        (false, true) => "✗",
        (false, false) => "",
    };
    let class = match (option.key, option.chosen) {
        (true, _) => " class=\"key\"",
        (false, true) => " class=\"chosen\"",
        (false, false) => "",
    };
    let marks: String = option.marks().iter().map(|mark| format!(" <span class=\"mark\">{mark}</span>")).collect();
    let trap = option
        .trap
        .as_ref()
        .map_or_else(String::new, |t| format!(" <span class=\"trap\">The trap: {}.</span>", escape(t)));
    format!(
        "<li{class}><span class=\"sign\" aria-hidden=\"true\">{sign}</span><span class=\"letter\">{}</span><div><p class=\"text\">{}{marks}</p>\n<p class=\"why\">{}{trap}</p></div></li>\n",
        option.letter,
        escape(&option.text),
        escape(&option.why)
    )
}
