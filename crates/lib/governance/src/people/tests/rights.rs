//! Every action × every role, alone: allowed only as this table says.

use std::fmt::Write as _;

use crate::{
    Action, Actor, ApiKeyId, App, AppId, AppName, AppSource, AppState, ConnectorId, ConnectorKind, Hosting,
    Installation, KeyScope, OperatorId, Role, Roles, SessionId, Via,
};

fn now() -> chrono::DateTime<chrono::Utc> {
    "2026-11-25T10:00:00Z".parse().unwrap()
}

fn ada() -> OperatorId {
    OperatorId::new(now(), [1; 16])
}

fn somebody(roles: impl IntoIterator<Item = Role>) -> Actor {
    Actor {
        name: "Ada".to_owned(),
        roles: roles.into_iter().collect(),
        via: Via::Session {
            operator: ada(),
            session: SessionId::new(now(), [1; 16]),
        },
        from: None,
        request: None,
    }
}

fn app(owners: &[OperatorId]) -> App {
    App {
        id: AppId::new(now(), [1; 16]),
        name: AppName::parse("Mail").unwrap(),
        state: AppState::Managed,
        source: AppSource::ByHand,
        owners: owners.to_vec(),
        created_at: now(),
    }
}

fn installation(owners: &[OperatorId]) -> Installation {
    let connector = ConnectorId::new(now(), [1; 16]);
    Installation {
        owners: owners.to_vec(),
        ..Installation::new(connector, ConnectorKind::Cloudflare, Hosting::Hosted)
    }
}

/// The names of actions, as they are in the code; the compiler says when one is missing.
fn name(action: &Action<'_>) -> &'static str {
    match action {
        Action::SeeOperators => "see who there is",
        Action::ManageOperators => "change who there is",
        Action::ManageSignIn => "decide on sign-in",
        Action::Provision => "provision",
        Action::ManageOneself => "change oneself",
        Action::UseApi => "use the API",
        Action::SeeAudit => "read the trail",
        Action::AddApp => "add an app",
        Action::SeeApp(_) => "see an app",
        Action::ManageApp(_) => "change an app",
        Action::PromoteApp => "promote an app",
        Action::AddConnector => "add a connector",
        Action::SeeConnector(_) => "see a connector",
        Action::SeeSetUp(_) => "see its set-up",
        Action::ConfigureConnector(_) => "configure it",
        Action::RunConnector(_) => "run it",
        Action::DownloadFiles(_) => "take its files",
        Action::RemoveConnector => "remove it",
    }
}

fn actions<'a>(app: &'a App, installation: &'a Installation) -> [Action<'a>; 18] {
    [
        Action::SeeOperators,
        Action::ManageOperators,
        Action::ManageSignIn,
        Action::Provision,
        Action::ManageOneself,
        Action::UseApi,
        Action::SeeAudit,
        Action::AddApp,
        Action::SeeApp(app),
        Action::ManageApp(app),
        Action::PromoteApp,
        Action::AddConnector,
        Action::SeeConnector(installation),
        Action::SeeSetUp(installation),
        Action::ConfigureConnector(installation),
        Action::RunConnector(installation),
        Action::DownloadFiles(installation),
        Action::RemoveConnector,
    ]
}

/// Who each column is.
fn people() -> Vec<(&'static str, Actor)> {
    let mut people: Vec<_> = Role::ALL
        .into_iter()
        .zip(["super", "connector", "app", "campaign", "auditor", "user"])
        .map(|(role, name)| (name, somebody([role])))
        .collect();
    people.push(("no role", somebody([])));
    people.push(("stranger", Actor::stranger(None, None)));
    people.push(("command", Actor::command("ada")));
    people
}

/// A program that acts for somebody with that role.
fn program(role: Role, scope: KeyScope) -> Actor {
    Actor {
        via: Via::Key {
            operator: ada(),
            key: ApiKeyId::new(now(), [1; 16]),
            name: "deploy".to_owned(),
            scope,
        },
        ..somebody([role])
    }
}

fn programs() -> Vec<(&'static str, Actor)> {
    use KeyScope::{Everything, ReadOnly, Users};
    use Role::{Auditor, ConnectorAdministrator, SuperAdministrator, User};
    vec![
        ("su read", program(SuperAdministrator, ReadOnly)),
        ("su every", program(SuperAdministrator, Everything)),
        ("su users", program(SuperAdministrator, Users)),
        ("co read", program(ConnectorAdministrator, ReadOnly)),
        ("co every", program(ConnectorAdministrator, Everything)),
        ("co users", program(ConnectorAdministrator, Users)),
        ("au every", program(Auditor, Everything)),
        ("us read", program(User, ReadOnly)),
        ("us every", program(User, Everything)),
    ]
}

fn grid(owners: &[OperatorId], people: &[(&'static str, Actor)]) -> String {
    let (app, installation) = (app(owners), installation(owners));
    let mut grid = format!("{:20}", "");
    for (name, _) in people {
        write!(grid, " {name:>9}").unwrap();
    }
    for action in actions(&app, &installation) {
        write!(grid, "\n{:20}", name(&action)).unwrap();
        for (_, actor) in people {
            let says = actor.may(action).map_or("-", |()| "yes");
            write!(grid, " {says:>9}").unwrap();
        }
    }
    grid
}

#[test]
fn what_belongs_to_others_is_for_these() {
    insta::assert_snapshot!(grid(&[], &people()));
}

#[test]
fn what_belongs_to_oneself_is_for_these_too() {
    insta::assert_snapshot!(grid(&[ada()], &people()));
}

#[test]
fn keys_may_what_their_owner_and_their_scope_allow() {
    insta::assert_snapshot!(grid(&[ada()], &programs()));
}

/// Whatever the scope, a key is no way to more than its owner has.
#[test]
fn no_key_may_more_than_its_owner() {
    for owners in [vec![], vec![ada()]] {
        let (app, installation) = (app(&owners), installation(&owners));
        for role in Role::ALL {
            for action in actions(&app, &installation) {
                let owner = somebody([role]).may(action).is_ok();
                for scope in KeyScope::ALL {
                    let key = program(role, scope).may(action).is_ok();
                    assert!(owner || !key, "{role} {scope} {action:?}");
                }
            }
        }
    }
}

/// What somebody reads whose key does not reach so far, although they themselves do.
#[test]
fn a_key_that_does_not_reach_says_what_would() {
    let (app, installation) = (app(&[]), installation(&[]));
    let said = |scope| {
        let key = program(Role::SuperAdministrator, scope);
        let denied = actions(&app, &installation)
            .into_iter()
            .filter_map(|action| key.may(action).err().map(|denied| denied.to_string()));
        denied.collect::<Vec<_>>().join("\n")
    };
    let all = KeyScope::ALL.map(|scope| format!("{scope}:\n{}", said(scope)));
    insta::assert_snapshot!(all.join("\n\n"));
}

#[test]
fn several_roles_may_what_each_of_them_may() {
    let (app, installation) = (app(&[]), installation(&[]));
    let both = somebody([Role::Auditor, Role::ApplicationAdministrator]);
    for action in actions(&app, &installation) {
        let alone = [Role::Auditor, Role::ApplicationAdministrator].map(|role| somebody([role]).may(action));
        let any = alone.iter().any(Result::is_ok);
        assert_eq!(both.may(action).is_ok(), any, "{action:?}");
    }
}

/// What somebody reads who may not.
#[test]
fn a_refusal_says_who_can() {
    let (app, installation) = (app(&[]), installation(&[]));
    let nobody = Actor::stranger(None, None);
    let said: Vec<_> = actions(&app, &installation)
        .into_iter()
        .map(|action| nobody.may(action).unwrap_err().to_string())
        .collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn roles_are_stored_by_name_and_none_is_a_part_of_another() {
    let all: Roles = Role::ALL.into_iter().collect();
    assert_eq!(Roles::parse(&all.to_text()), Some(all));
    assert_eq!(Roles::parse(""), Some(Roles::default()));
    assert_eq!(Roles::parse("auditor,king"), None);
    for role in Role::ALL {
        let in_others = Role::ALL
            .into_iter()
            .filter(|other| other.as_str().contains(role.as_str()));
        assert_eq!(in_others.collect::<Vec<_>>(), [role]);
    }
}
