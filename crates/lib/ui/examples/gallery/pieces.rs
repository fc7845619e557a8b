//! Every small piece once.

use ui::{Button, Card, Chip, Crumb, EmptyState, Html, Icon, Inline, Notice, PageHead, Tone};

use crate::page;

const TONES: [Tone; 5] = [Tone::Quiet, Tone::Info, Tone::Good, Tone::Warn, Tone::Bad];

pub(crate) fn all() -> String {
    let buttons = Inline::new()
        .with(Button::submit("Plain"))
        .with(Button::submit("Primary").primary())
        .with(Button::submit("With icon").icon(Icon::Plus))
        .with(Button::submit("Danger").danger().icon(Icon::Trash))
        .with(Button::link("Quiet", "#").quiet());
    let words = ["Not connected", "Waiting", "Connected", "Held", "Error"];
    let chips = TONES.iter().zip(words).fold(Inline::new(), |row, (tone, word)| {
        row.with(Chip::new(*tone, word))
    });
    let chips = chips
        .with(Chip::busy("Syncing"))
        .with(Chip::new(Tone::Quiet, "Paused").icon(Icon::Pause));
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
