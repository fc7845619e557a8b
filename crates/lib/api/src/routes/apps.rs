//! Apps.

use governance::{AppId, AppSource, AppState, Fate, ListedApp};

use super::has;
use crate::answer::{Created, Done, Found};
use crate::call::{Call, NoQuery};
use crate::endpoint::{Endpoint, get, patch, post};
use crate::input::{Nothing, Sent};
use crate::page::{Page, Part};
use crate::problem::Problem;
use crate::shape::apps::{App, AppChange, AppList, AppQuery, Imported, NewApp, Owners};
use crate::shape::connectors::people;

/// The most apps of one list.
const MOST: usize = 5_000;

pub(super) fn all() -> [Endpoint; 6] {
    [
        get(
            "/apps",
            "listApps",
            "Lists the apps that the key's owner may see, by name.",
            list,
        ),
        post("/apps", "addApp", "Adds an app.", add),
        post(
            "/apps/import",
            "importApps",
            "Adds unmanaged apps from a list.",
            import,
        ),
        get("/apps/{app}", "getApp", "Tells about an app.", show),
        patch(
            "/apps/{app}",
            "changeApp",
            "Changes what an app is called and who owns it.",
            change,
        ),
        post(
            "/apps/{app}/promote",
            "promoteApp",
            "Makes an unmanaged app a managed one.",
            promote,
        ),
    ]
}

async fn list(call: Call<AppQuery, Nothing>) -> Result<Found<Page<App>>, Problem> {
    let query = &call.query;
    let part = Part::of(query.limit, query.cursor.as_ref())?;
    let office = &call.inner.lobby.office;
    let mut all = office.apps(call.actor()).await?;
    all.retain(|app| has(&[app.name.as_str()], query.search.as_deref()));
    all.retain(|app| query.state.is_none_or(|state| AppState::from(state) == app.state));
    let page = part.page(all, |app| app.id.to_string())?;
    let mut items = Vec::new();
    for app in &page.items {
        items.push(App::of(app, &office.named(&app.owners).await?));
    }
    Ok(Found(Page {
        items,
        next: page.next,
        total: page.total,
    }))
}

async fn add(call: Call<NoQuery, Sent<NewApp>>) -> Result<Created<App>, Problem> {
    let Sent(new) = &call.body;
    let office = &call.inner.lobby.office;
    let state = new.state.map_or(AppState::Managed, Into::into);
    let added = office
        .add_app(call.actor(), &new.name, state, AppSource::ByHand)
        .await?;
    Ok(Created(found(&call, &added.id).await?))
}

async fn import(call: Call<NoQuery, Sent<AppList>>) -> Result<Found<Imported>, Problem> {
    let Sent(list) = &call.body;
    if list.names.len() > MOST {
        return Err(Problem::field("names", "a list has up to 5000 names"));
    }
    let office = &call.inner.lobby.office;
    let lines: Vec<ListedApp> = (1..).zip(&list.names).map(listed).collect();
    let fates = office.judge_apps(call.actor(), &lines).await?;
    let refused = |(line, fate): &(u64, Fate)| match fate {
        Fate::Refused(why) => Some(format!("name {line}: {why}")),
        _ => None,
    };
    if let Some(why) = fates.lines.iter().find_map(refused) {
        return Err(Problem::field("names", why));
    }
    let new = fates.lines.iter().filter(|(_, fate)| *fate == Fate::New);
    let added = new.count() as u64;
    office.import_apps(call.actor(), fates).await?;
    Ok(Found(Imported { added }))
}

/// A name, as a line of a list that names no owners.
fn listed((line, name): (u64, &String)) -> ListedApp {
    ListedApp {
        line,
        name: name.clone(),
        owners: String::new(),
    }
}

async fn found<Q, B>(call: &Call<Q, B>, id: &AppId) -> Result<App, Problem> {
    let office = &call.inner.lobby.office;
    let app = office.app(call.actor(), id).await?.value;
    Ok(App::of(&app, &office.named(&app.owners).await?))
}

async fn show(call: Call<NoQuery, Nothing>) -> Result<Found<App>, Problem> {
    Ok(Found(found(&call, &call.app()?).await?))
}

async fn change(call: Call<NoQuery, Sent<AppChange>>) -> Result<Found<App>, Problem> {
    let Sent(change) = &call.body;
    let (office, id) = (&call.inner.lobby.office, call.app()?);
    let before = office.app(call.actor(), &id).await?.value;
    let name = change.name.as_deref().unwrap_or(before.name.as_str());
    let owners = match &change.owners {
        Some(owners) => people(owners)?,
        None => before.owners.clone(),
    };
    office.change_app_to(call.actor(), &id, name, &owners).await?;
    Ok(Found(found(&call, &id).await?))
}

async fn promote(call: Call<NoQuery, Sent<Owners>>) -> Result<Done, Problem> {
    let Sent(Owners { owners }) = &call.body;
    let office = &call.inner.lobby.office;
    office
        .promote_apps(call.actor(), &[call.app()?], &people(owners)?)
        .await?;
    Ok(Done)
}
