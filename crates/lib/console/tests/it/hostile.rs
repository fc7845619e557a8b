//! What others have chosen is shown as text, and what is secret is not shown.

use governance::repository::{People as _, Places as _, Write};
use governance::{
    Actor, App, AppId, AppName, AppSource, AppState, ConnectorKind, Hosting, LogLevel, LogLine, NewConnector,
    NewPlace, Operator, Role, Schedule,
};

use crate::world::{Browser, World};

const NAME: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

async fn administrator(world: &World) -> (Operator, Browser) {
    let ada = world.person("Ada", &[Role::SuperAdministrator]).await;
    let (browser, _) = world.signed_in(&ada).await;
    (ada, browser)
}

async fn connector(world: &World, owner: &Operator, name: &str) -> String {
    let new = NewConnector {
        name: name.to_owned(),
        kind: ConnectorKind::Cloudflare,
        hosting: Hosting::Hosted,
        place: NewPlace::Nowhere,
        owners: vec![owner.id.clone()],
        schedule: Schedule::Never,
    };
    let tests = Actor::command("tests");
    let added = world
        .office
        .add_connector(&tests, &new, "localhost")
        .await
        .unwrap();
    format!("/connectors/{}", added.id)
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_text_on_every_page() {
    use governance::repository::Logs as _;
    let world = World::new().await;
    let (ada, browser) = administrator(&world).await;
    let found = world.database.operator(&ada.id).await.unwrap().unwrap();
    let renamed = found.with(Operator {
        name: NAME.to_owned(),
        ..ada.clone()
    });
    let app = App {
        id: AppId::new(world.now(), [1; 16]),
        name: AppName::parse(NAME).unwrap(),
        state: AppState::Managed,
        source: AppSource::ByHand,
        owners: vec![ada.id.clone()],
        created_at: world.now(),
    };
    world
        .write(&[Write::ReplaceOperator(renamed), Write::AddApp(app.clone())])
        .await;
    let there = connector(&world, &ada, NAME).await;
    let id = world.database.installations().await.unwrap().remove(0).connector;
    let line = LogLine {
        connector: id,
        attempt: None,
        at: world.now(),
        level: LogLevel::Error,
        message: NAME.to_owned(),
        fields: vec![(NAME.to_owned(), NAME.to_owned())],
    };
    world.database.add_log(&[line]).await.unwrap();
    let searched = form_urlencoded::byte_serialize(NAME.as_bytes()).collect::<String>();
    let pages = [
        "/".to_owned(),
        "/account".to_owned(),
        "/users".to_owned(),
        format!("/users/{}", ada.id),
        "/apps".to_owned(),
        format!("/apps/{}", app.id),
        "/connectors".to_owned(),
        format!("/connectors?q={searched}"),
        format!("/connectors/add?q={searched}"),
        "/connectors/add/cloudflare".to_owned(),
        there.clone(),
        format!("{there}/log"),
        format!("{there}/log?q={searched}&level={searched}"),
        format!("{there}/settings"),
        format!("{there}/change"),
        "/audit".to_owned(),
        format!("/audit?q={searched}"),
        format!("/sign-in?to=/{searched}"),
        format!("/{searched}"),
    ];
    for path in pages {
        let found = world.get(&browser, &path).await;
        for hostile in ["<script>alert", "<img src=x", "onerror=alert(2)>"] {
            assert!(!found.text.contains(hostile), "{path}: {}", found.text);
        }
    }
}

/// What a table of somebody else's names would start in a spreadsheet.
#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_no_formula() {
    let world = World::new().await;
    let (ada, browser) = administrator(&world).await;
    connector(&world, &ada, "=HYPERLINK(\"https://evil.example\",\"x\")").await;
    let csv = world.get(&browser, "/connectors.csv").await;
    assert_eq!(csv.status, 200);
    let line = csv.text.lines().find(|line| line.contains("HYPERLINK")).unwrap();
    assert!(!line.starts_with('=') && !line.starts_with("\"="), "{line}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_is_nowhere_once_it_is_saved() {
    const SECRET: &str = "Zq7_correct-horse-battery-staple_9Xw2";
    let world = World::new().await;
    let (ada, browser) = administrator(&world).await;
    let there = connector(&world, &ada, "Example").await;
    let account = "0123456789abcdef0123456789abcdef";
    let settings = |action| {
        [
            ("account_id", account),
            ("way", "token"),
            ("api_token", SECRET),
            ("mode", "reviews"),
            ("do", action),
        ]
    };
    let path = format!("{there}/settings");
    let tested = world.post(&browser, &path, &settings("test")).await;
    assert_eq!(tested.status, 200);
    let saved = world.post(&browser, &path, &settings("save")).await;
    assert_eq!((saved.status, saved.location()), (303, Some(there.as_str())));
    let mut wrong = settings("save");
    wrong[0].1 = "wrong";
    let refused = world.post(&browser, &path, &wrong).await;
    assert_eq!(refused.status, 200);
    let mut texts = vec![tested.text, saved.text, refused.text];
    for page in [
        "/",
        "/connectors",
        "/connectors.csv",
        &there,
        &path,
        "/audit",
        "/audit.jsonl",
    ] {
        texts.push(world.get(&browser, page).await.text);
    }
    texts.push(world.get(&browser, &format!("{there}/log")).await.text);
    texts.push(world.get(&browser, &format!("{there}/change")).await.text);
    for text in texts {
        assert!(
            !text.contains(SECRET) && !text.contains("correct-horse"),
            "{text}"
        );
    }
    // It is kept, sealed.
    let kept = world.database.all_settings().await.unwrap().remove(0);
    let sealed = String::from_utf8_lossy(&kept.secret.0).into_owned();
    assert!(!sealed.contains("correct-horse"));
    assert_eq!(kept.last_four, "9Xw2");
}
