//! Access drawn as a tree: places, what may be done there, and why.

use std::collections::BTreeMap;
use std::io;

use model::{Annotation, Resource};

use crate::account::{INVITATION, Invitation, Person, Token, secret_trait};
use crate::look::{Ink, Look};
use crate::rights::{Holding, RightKind, display_name};
use crate::screen::Screen;
use crate::text::{self, clean, count};

/// What is drawn below one heading.
type Leaves = Vec<Leaf>;

struct Leaf {
    what: String,
    why: String,
    ink: Ink,
}

/// Draws what the principal holds.
pub(super) fn draw(principal: &Resource, holdings: Vec<Holding>, screen: &mut Screen<'_>) -> io::Result<()> {
    head(principal, screen)?;
    let number = holdings
        .iter()
        .filter(|holding| holding.right.kind != RightKind::Membership)
        .count();
    let mut branches = by_place(holdings);
    branches.extend(said_by(principal));
    for (heading, leaves) in &branches {
        screen.gap()?;
        screen.line(Ink::Strong, heading)?;
        branch(leaves, screen)?;
    }
    let foot = foot(principal, number, branches.is_empty());
    if foot.is_empty() {
        return Ok(());
    }
    screen.gap()?;
    screen.paragraph(Ink::Faint, "", &foot)
}

fn head(principal: &Resource, screen: &mut Screen<'_>) -> io::Result<()> {
    screen.line(Ink::Strong, display_name(principal))?;
    let separator = screen.look.choose(" · ", ", ");
    screen.paragraph(Ink::Faint, "", &facts(principal).join(separator))
}

fn facts(principal: &Resource) -> Vec<String> {
    let person = Person::of(principal);
    let second_factor = match person.second_factor {
        Some(true) => "2FA on",
        Some(false) => "2FA off",
        None => "",
    };
    let facts = [
        person.email,
        person.status.to_lowercase(),
        second_factor.to_owned(),
        principal.id.to_string(),
    ];
    facts.into_iter().filter(|fact| !fact.is_empty()).collect()
}

/// Account-wide roles first, then place by place, then what is forbidden, then the groups.
fn by_place(holdings: Vec<Holding>) -> Vec<(String, Leaves)> {
    let mut places: BTreeMap<(RightKind, String), Leaves> = BTreeMap::new();
    for holding in holdings {
        let place = (holding.right.kind, holding.right.place.clone());
        places.entry(place).or_default().push(leaf(&holding));
    }
    let headed = places.into_iter().map(|((kind, place), mut leaves)| {
        leaves.sort_by(|one, other| one.what.cmp(&other.what));
        (heading(kind, &place), leaves)
    });
    headed.collect()
}

fn heading(kind: RightKind, place: &str) -> String {
    match kind {
        RightKind::Role => "The whole account".to_owned(),
        RightKind::Permission => place.to_owned(),
        RightKind::Denial => format!("Denied on {place}"),
        RightKind::Membership => "In groups".to_owned(),
    }
}

fn leaf(holding: &Holding) -> Leaf {
    let ink = match holding.right.kind {
        RightKind::Denial => Ink::Alarm,
        _ if holding.right.is_powerful() => Ink::Caution,
        _ => Ink::Plain,
    };
    Leaf {
        what: holding.right.what.clone(),
        why: holding.why(),
        ink,
    }
}

/// What records say of themselves instead of in grants: what waits, and what a token's policies allow.
fn said_by(principal: &Resource) -> Option<(String, Leaves)> {
    let invitation = || Invitation::of(principal).offers;
    let token = |secret| Token::of(principal, secret).policies;
    let (heading, lines) = match (principal.id.resource_type.as_str(), secret_trait(principal)) {
        (INVITATION, _) => ("Offered, once accepted", invitation()),
        (_, Some(secret)) => ("By its own policies", token(secret)),
        _ => return None,
    };
    let leaves = lines.into_iter().map(|what| Leaf {
        what,
        why: String::new(),
        ink: Ink::Plain,
    });
    let leaves: Leaves = leaves.collect();
    (!leaves.is_empty()).then(|| (heading.to_owned(), leaves))
}

fn branch(leaves: &[Leaf], screen: &mut Screen<'_>) -> io::Result<()> {
    let widest = leaves
        .iter()
        .map(|leaf| text::width(&clean(&leaf.what)))
        .max()
        .unwrap_or_default();
    let look = screen.look;
    let room = what_room(widest, look);
    for (index, leaf) in leaves.iter().enumerate() {
        let is_last = index + 1 == leaves.len();
        let twig = if is_last {
            look.choose("└─ ", "`- ")
        } else {
            look.choose("├─ ", "|- ")
        };
        writeln!(
            screen.out,
            "{}{}",
            look.paint(Ink::Faint, &look.fit(twig, 0)),
            drawn(leaf, room, look)
        )?;
    }
    Ok(())
}

/// Columns for what is held: all that it needs, as long as something is left to say why.
fn what_room(widest: usize, look: Look) -> usize {
    match look.width {
        Some(width) => widest.min(width.saturating_sub(3)).min((width * 2 / 3).max(12)),
        None => widest,
    }
}

fn drawn(leaf: &Leaf, room: usize, look: Look) -> String {
    let room = if leaf.why.is_empty() {
        look.width.map_or(room, |width| width.saturating_sub(3))
    } else {
        room
    };
    let what = look.shorten(&clean(&leaf.what), room);
    let padding = " ".repeat(room.saturating_sub(text::width(&what)));
    let why = look.fit(&clean(&leaf.why), room + 5);
    let painted = look.paint(leaf.ink, &what);
    if why.is_empty() {
        return painted;
    }
    format!("{painted}{padding}  {}", look.paint(Ink::Faint, &why))
}

fn foot(principal: &Resource, rights: usize, nothing: bool) -> String {
    let is_group = principal.annotations.contains(&Annotation::Group);
    match (principal.id.resource_type.as_str(), rights) {
        (INVITATION, 0) => "nothing yet: the invitation is not accepted".to_owned(),
        _ if nothing => {
            "Holds nothing in this sync. `rollcall inspect grants` lists what others hold.".to_owned()
        }
        (_, 0) if secret_trait(principal).is_some() => String::new(),
        (_, 0) => "no grants".to_owned(),
        (_, rights) if is_group => format!(
            "{}; every member has {} too",
            count(rights as u64, "grant"),
            if rights == 1 { "it" } else { "them" }
        ),
        (_, rights) => count(rights as u64, "grant"),
    }
}
