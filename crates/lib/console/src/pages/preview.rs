//! Lists that somebody brings: what each line would do, before anything is done.

use governance::{Fate, Fates};
use ui::{Button, Card, Chip, Facts, Field, Form, Html, Notice, Tone};

use crate::frame::csrf;
use crate::web::{Signed, Trouble};

/// A form into which a list is pasted.
pub(super) fn paste(signed: &Signed, to: &str, hint: &str, (text, trouble): (&str, &Trouble)) -> Form {
    Form::new(to, csrf(signed))
        .field(
            Field::textarea("list", "The list", 12)
                .hint(hint)
                .value(text)
                .error(trouble.at("list"))
                .required(),
        )
        .button(Button::submit("See what would happen").primary())
}

/// What each line would do; `lines` is what stands in them, in few words.
pub(super) fn fates(fates: &Fates, lines: &[String]) -> Html {
    let facts = fates
        .lines
        .iter()
        .zip(lines)
        .fold(Facts::new(), |facts, ((line, fate), said)| {
            let (tone, word) = match fate {
                Fate::New => (Tone::Good, "New"),
                Fate::Known => (Tone::Quiet, "Known"),
                Fate::Changed(_) => (Tone::Warn, "Changed"),
                Fate::Refused(_) => (Tone::Bad, "Refused"),
            };
            let value = Html::from(Chip::new(tone, word)).and(Html::text(format!(" {said}: {fate}")));
            facts.piece(format!("Line {line}"), value)
        });
    Html::from(summary(fates)).and(Card::new("Line by line", facts))
}

fn summary(fates: &Fates) -> Notice {
    let seal = fates.seal();
    let count = |letter: char| seal.chars().filter(|c| *c == letter).count();
    let text = format!(
        "{} new, {} changed, {} there already, {} refused.",
        count('n'),
        count('c'),
        count('k'),
        count('r'),
    );
    if fates.is_refused() {
        let notice = Notice::new(Tone::Bad, "Nothing can be done with this list yet");
        return notice.text(format!(
            "{text} Correct the lines that are refused, or take them out."
        ));
    }
    Notice::new(Tone::Info, "Nothing is done yet").text(text)
}

/// What is to be done about it: the list corrected, or all of it done. The form that does it carries the list and what
/// each line was said to do, and asks for what `more` adds.
pub(super) fn decision(
    signed: &Signed,
    (to, hint): (&str, &str),
    text: &str,
    fates: &Fates,
    more: impl FnOnce(Form) -> Form,
) -> Card {
    if fates.is_refused() {
        let again = paste(signed, to, hint, (text, &Trouble::none()));
        return Card::new("Correct it", again);
    }
    let form = Form::new(to, csrf(signed))
        .hidden("list", text)
        .hidden("seal", fates.seal())
        .hidden("do", "confirm");
    let form = more(form)
        .button(Button::submit("Do all of it").primary())
        .button(Button::link("Cancel", to).quiet());
    Card::new("Do it", form)
}
