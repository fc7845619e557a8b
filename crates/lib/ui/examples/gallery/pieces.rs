//! Every small piece once.

use ui::{Button, Card, Chip, Crumb, EmptyState, Html, Icon, Notice, PageHead, Tone};

use crate::page;

const TONES: [Tone; 5] = [Tone::Quiet, Tone::Info, Tone::Good, Tone::Warn, Tone::Bad];

pub(crate) fn all() -> String {
    let buttons = Html::from(Button::submit("Plain"))
        .and(Button::submit("Primary").primary())
        .and(Button::submit("With icon").icon(Icon::Plus))
        .and(Button::submit("Danger").danger().icon(Icon::Trash))
        .and(Button::link("Quiet", "#").quiet());
    let words = ["Not connected", "Waiting", "Connected", "Held", "Error"];
    let chips = Html::of(TONES.iter().zip(words).map(|(tone, word)| Chip::new(*tone, word)))
        .and(Chip::busy("Syncing"))
        .and(Chip::new(Tone::Quiet, "Paused").icon(Icon::Pause));
    let notices = Html::of(TONES.map(|tone| {
        Notice::new(tone, "Something happened")
            .text("And this is what you can do about it.")
            .action("Look", "#")
    }));
    let empty = EmptyState::new(
        Icon::Connectors,
        "No connector yet",
        "A connector reads who has access. Add Cloudflare to see its members, roles and tokens here.",
    )
    .action(
        Button::link("Add connector", "add.html")
            .primary()
            .icon(Icon::Plus),
    )
    .action(Button::link("Try the demonstration", "#"));
    let body = Html::from(PageHead::new("Pieces").text("Every small piece once."))
        .and(Card::new("Buttons", buttons))
        .and(Card::new("States", chips))
        .and(notices)
        .and(empty);
    page("Pieces", vec![Crumb::here("Pieces")], None, &body)
}
