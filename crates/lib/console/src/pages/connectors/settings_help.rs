//! What stands beside the settings: where to find what is asked for, which permissions to give, what a test said.

use governance::Mode;
use lobby::{Allowed, Checklist, ProbeError};
use ui::{Card, Chip, Facts, Html, Link, Notice, Steps, Tone};

use crate::Inner;
use crate::web::sentence;

/// Cloudflare's page for tokens.
const TOKENS: &str = "https://dash.cloudflare.com/profile/api-tokens";

/// Where to find what is asked for.
pub(super) fn help(inner: &Inner) -> Html {
    let steps = Steps::new()
        .step(
            "Open the account",
            "Sign in to the Cloudflare dashboard as a Super Administrator and choose the account. Its ID stands in the \
             address after dash.cloudflare.com/, and on the overview page under API.",
        )
        .step(
            "Make a token",
            Html::from(Link::new("My Profile › API Tokens", TOKENS)).and(Html::text(
                " › Create Token › Create Custom Token. Limit it to this one account, and give it the permissions below.",
            )),
        )
        .step(
            "Paste it here",
            "Cloudflare shows it once. Test tells you whether anything is missing, or more than needed.",
        );
    Html::from(Card::new("Where to find it", steps))
        .and(permissions(inner, Mode::Reviews, "Permissions for reviews"))
        .and(permissions(
            inner,
            Mode::ReviewsAndProvisioning,
            "Permissions for reviews and provisioning",
        ))
}

fn permissions(inner: &Inner, mode: Mode, title: &str) -> Card {
    let needed = inner.lobby.helpers.probe.needed(mode);
    let facts = needed.iter().fold(Facts::new(), |facts, one| {
        facts.fact(one.permission.as_str(), &one.reason)
    });
    Card::new(title, facts)
}

/// What a test said, permission by permission.
pub(super) fn checklist(list: &Checklist) -> Html {
    let missing = list.missing().len();
    let title = match missing {
        0 => "Everything that is needed is there".to_owned(),
        1 => "One permission is missing".to_owned(),
        count => format!("{count} permissions are missing"),
    };
    let tone = if missing == 0 { Tone::Good } else { Tone::Warn };
    let account = list
        .account
        .as_deref()
        .unwrap_or("the account, but may not read its name");
    let notice =
        Notice::new(tone, title).text(format!("{}. It reaches {account}.", sentence(&list.credential)));
    let facts = list.items.iter().fold(Facts::new(), |facts, item| {
        let chip = match item.allowed {
            Allowed::Yes => Chip::new(Tone::Good, "There"),
            Allowed::No if item.is_needed_for_all => Chip::new(Tone::Bad, "Missing"),
            Allowed::No => Chip::new(Tone::Warn, "Missing"),
            Allowed::Excess => Chip::new(Tone::Warn, "More than needed"),
            Allowed::Unknown => Chip::new(Tone::Quiet, "Cannot be told"),
        };
        let value = Html::from(chip).and(Html::text(format!(" {}", sentence(&item.reason))));
        facts.piece(item.permission.as_str(), value)
    });
    let facts = match list.expires_at {
        Some(at) => facts.piece("It ends", ui::Time::ago(at)),
        None => facts,
    };
    Html::from(notice).and(Card::new("What it may do", facts))
}

/// Why there is no checklist.
pub(super) fn rejected(error: &ProbeError) -> Html {
    let title = if error.is_rejection {
        "Cloudflare does not accept this"
    } else {
        "Cloudflare could not be asked"
    };
    let text = format!("{}. {}.", sentence(&error.message), sentence(&error.hint));
    Notice::new(Tone::Bad, title).text(text.replace("..", ".")).into()
}
