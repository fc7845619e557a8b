//! Directories that say who there is, in the forms in which they do, over the real router.

use authn::TokenKind;
use governance::repository::{AuditFilter, Letters as _, People as _};
use governance::{
    Actor, GroupRole, KeyLife, KeyScope, NewApiKey, Operator, OperatorStatus, Role, SessionScope,
};
use reqwest::Method;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use crate::world::{Browser, World, answer};

/// A directory with a key of somebody's.
struct Directory<'w> {
    world: &'w World,
    key: String,
}

impl<'w> Directory<'w> {
    async fn new(world: &'w World) -> Self {
        let owner = world.person("Grace", &[Role::SuperAdministrator]).await;
        Self::with(world, &owner, KeyScope::Users).await
    }

    async fn with(world: &'w World, owner: &Operator, scope: KeyScope) -> Self {
        let (_, session) = world.with_session(owner, SessionScope::Full).await;
        let whose = governance::Whose {
            session,
            operator: owner.clone(),
        };
        let (token, hash) = world.new_token(TokenKind::ApiKey);
        let new = NewApiKey {
            name: "okta",
            scope,
            life: KeyLife::Week,
        };
        let actor = whose.actor(None, None);
        let added = world.office.add_api_key(&actor, &new, (hash, "Ab1_")).await;
        added.unwrap();
        let key = token.to_text().expose_secret().to_owned();
        Self { world, key }
    }

    async fn call(&self, method: Method, path: &str, body: &Value) -> (u16, Value) {
        let path = format!("/scim/v2{path}");
        let mut request = self
            .world
            .request(&Browser::without_session(), method, &path)
            .header(AUTHORIZATION, format!("Bearer {}", self.key));
        if !body.is_null() {
            request = request
                .header(CONTENT_TYPE, "application/scim+json")
                .body(body.to_string());
        }
        let found = answer(request).await;
        if found.text.is_empty() {
            return (found.status, Value::Null);
        }
        assert_eq!(
            found.headers[CONTENT_TYPE], "application/scim+json",
            "{}",
            found.text
        );
        (found.status, serde_json::from_str(&found.text).unwrap())
    }

    async fn get(&self, path: &str) -> Value {
        let (status, body) = self.call(Method::GET, path, &Value::Null).await;
        assert_eq!(status, 200, "{body}");
        body
    }

    async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        self.call(Method::POST, path, &body).await
    }

    async fn patch(&self, path: &str, operations: Value) -> (u16, Value) {
        let schema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
        let body = json!({ "schemas": [schema], "Operations": operations });
        self.call(Method::PATCH, path, &body).await
    }

    /// Brings somebody; gives their id.
    async fn bring(&self, name: &str) -> String {
        let (status, made) = self
            .post("/Users", json!({ "userName": format!("{name}@example.com") }))
            .await;
        assert_eq!(status, 201, "{made}");
        id(&made)
    }

    async fn operator(&self, name: &str) -> Operator {
        let email = governance::Email::parse(&format!("{name}@example.com")).unwrap();
        self.world
            .database
            .operator_with(&email)
            .await
            .unwrap()
            .unwrap()
            .value
    }
}

fn id(resource: &Value) -> String {
    resource["id"].as_str().unwrap().to_owned()
}

fn kind(error: &Value) -> (&str, &str) {
    let word = |name: &str| error[name].as_str().unwrap_or_default();
    (word("status"), word("scimType"))
}

fn roles(of: &[Role]) -> governance::Roles {
    of.iter().copied().collect()
}

/// Looks first, adds, changes as a whole, deactivates without a path, and asks by name between.
#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_with_okta() {
    let world = World::new().await;
    let okta = Directory::new(&world).await;
    let by_name = "/Users?filter=userName%20eq%20%22ada%40example.com%22&startIndex=1&count=100";
    assert_eq!(okta.get(by_name).await["totalResults"], 0);
    let (status, made) = okta
        .post(
            "/Users",
            json!({
                "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
                "userName": "ada@example.com",
                "name": { "givenName": "Ada", "familyName": "Byron" },
                "emails": [{ "primary": true, "value": "ada@example.com", "type": "work" }],
                "displayName": "Ada Byron", "locale": "en-US", "externalId": "00u1", "groups": [],
                "password": "1mz050nq", "active": true, "roles": ["super-administrator"],
            }),
        )
        .await;
    assert_eq!(
        (status, &made["active"], &made["externalId"]),
        (201, &json!(true), &json!("00u1"))
    );
    let ada = okta.operator("ada").await;
    assert_eq!(
        (ada.roles, ada.status),
        (roles(&[Role::User]), OperatorStatus::Invited)
    );
    assert_eq!(okta.get(by_name).await["Resources"][0]["id"], made["id"]);
    let place = format!("/Users/{}", id(&made));
    let mut whole = okta.get(&place).await;
    whole["displayName"] = "Ada King".into();
    whole["userName"] = "ada.king@example.com".into();
    assert_eq!(okta.call(Method::PUT, &place, &whole).await.0, 200);
    assert_eq!(okta.operator("ada.king").await.name, "Ada King");
    let (status, after) = okta
        .patch(&place, json!([{ "op": "replace", "value": { "active": false } }]))
        .await;
    assert_eq!((status, &after["active"]), (200, &json!(false)));
    // The second letter went to the new address, when it was told.
    assert_eq!(world.database.letters(9).await.unwrap().len(), 2);
}

/// Texts for yes and no, capitals, dots in names, members by a list; then it deletes.
#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_with_entra() {
    let world = World::new().await;
    let entra = Directory::new(&world).await;
    let id = entra.bring("joan").await;
    let place = format!("/Users/{id}");
    let operations = json!([
        { "op": "Replace", "path": "displayName", "value": "Joan Clarke" },
        { "op": "Add", "path": "emails[type eq \"work\"].value", "value": "joan@example.com" },
        { "op": "Add", "value": {
            "externalId": "joan",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department": "Hut 8",
        } },
        { "op": "Replace", "path": "active", "value": "False" },
    ]);
    let (status, after) = entra.patch(&place, operations).await;
    assert_eq!(
        (status, &after["active"], &after["externalId"]),
        (200, &json!(false), &json!("joan"))
    );
    entra
        .patch(
            &place,
            json!([{ "op": "Replace", "path": "active", "value": "True" }]),
        )
        .await;
    let (_, group) = entra
        .post(
            "/Groups",
            json!({ "displayName": "Staff", "externalId": "g1", "members": [] }),
        )
        .await;
    let group = format!("/Groups/{}", group["id"].as_str().unwrap());
    let member = json!([{ "op": "Add", "path": "members", "value": [{ "value": &id }] }]);
    assert_eq!(entra.patch(&group, member).await.0, 204);
    let asked = "/Groups?excludedAttributes=members&filter=displayName%20eq%20%22staff%22";
    let found = entra.get(asked).await;
    assert_eq!(
        (&found["totalResults"], &found["Resources"][0]["members"]),
        (&json!(1), &Value::Null)
    );
    assert_eq!(entra.get(&group).await["members"][0]["value"], id.as_str());
    assert_eq!(entra.call(Method::DELETE, &place, &Value::Null).await.0, 204);
    assert_eq!(entra.call(Method::GET, &place, &Value::Null).await.0, 404);
    assert_eq!(entra.get(&group).await["members"], json!([]));
    // Whoever comes back is the same person, and new.
    assert_eq!(entra.bring("joan").await, id);
    assert_eq!(entra.operator("joan").await.status, OperatorStatus::Invited);
}

/// Sessions and keys end with the call that says so.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_out_is_out_at_once() {
    let world = World::new().await;
    let okta = Directory::new(&world).await;
    let (adopted, _) = adopt(&world, &okta, "Ada").await;
    let ada = okta.operator("ada").await;
    assert_eq!(
        (&ada.status, &ada.roles),
        (&OperatorStatus::Active, &roles(&[Role::Auditor]))
    );
    let (browser, _) = world.signed_in(&ada).await;
    let program = Directory::with(&world, &ada, KeyScope::ReadOnly).await;
    assert_eq!(world.get(&browser, "/account").await.status, 200);
    assert_eq!(program.call(Method::GET, "/Users", &Value::Null).await.0, 403);
    okta.patch(
        &format!("/Users/{adopted}"),
        json!([{ "op": "replace", "path": "active", "value": "false" }]),
    )
    .await;
    assert_eq!(world.get(&browser, "/account").await.status, 303);
    assert_eq!(program.call(Method::GET, "/Users", &Value::Null).await.0, 401);
    let tests = Actor::command("tests");
    let (newest, _) = world
        .office
        .audit(&tests, &AuditFilter::default(), 0, 1)
        .await
        .unwrap();
    let draft = &newest[0].draft;
    assert_eq!(
        (draft.action.as_str(), draft.reason.as_deref()),
        ("user.deactivated", Some("by SCIM"))
    );
    assert!(
        draft.actor == "Grace (API key okta)" && draft.via.starts_with("api-key:"),
        "{draft:?}"
    );
}

/// Somebody who was added here, an auditor, becomes the directory's when that is allowed; gives their id.
async fn adopt(world: &World, directory: &Directory<'_>, name: &str) -> (String, Value) {
    world.person(name, &[Role::Auditor]).await;
    let tests = Actor::command("tests");
    world.office.set_provisioning(&tests, true, true).await.unwrap();
    let body = json!({ "userName": format!("{name}@example.com"), "externalId": "x", "displayName": name });
    let (status, made) = directory.post("/Users", body).await;
    assert_eq!(status, 201, "{made}");
    (id(&made), made)
}

/// Nobody who was added here is seen or touched unless a Super Administrator has allowed it, and then no Super
/// Administrator.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_taken_over_silently() {
    let world = World::new().await;
    let okta = Directory::new(&world).await;
    let ada = world.person("Ada", &[Role::Auditor]).await;
    let body = json!({ "userName": "ADA@example.com" });
    let (_, error) = okta.post("/Users", body.clone()).await;
    assert_eq!(kind(&error), ("409", "uniqueness"));
    assert!(
        error["detail"]
            .as_str()
            .unwrap()
            .contains("under Users, Provisioning"),
        "{error}"
    );
    assert_eq!(okta.get("/Users").await["totalResults"], 0);
    let place = format!("/Users/{}", ada.id);
    for method in [Method::GET, Method::DELETE] {
        assert_eq!(okta.call(method, &place, &Value::Null).await.0, 404);
    }
    let (_, error) = okta
        .post(
            "/Groups",
            json!({ "displayName": "A", "members": [{ "value": ada.id.as_str() }] }),
        )
        .await;
    assert_eq!(kind(&error), ("400", "invalidValue"));
    let tests = Actor::command("tests");
    world.office.set_provisioning(&tests, true, false).await.unwrap();
    assert_eq!(okta.post("/Users", body.clone()).await.0, 201);
    assert_eq!(okta.post("/Users", body).await.0, 409);
    let (_, error) = okta
        .post("/Users", json!({ "userName": "grace@example.com" }))
        .await;
    assert_eq!(kind(&error), ("409", "uniqueness"));
    assert_eq!(world.database.letters(9).await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_give_roles_and_take_them() {
    let world = World::new().await;
    let okta = Directory::new(&world).await;
    let (ada, _) = adopt(&world, &okta, "Ada").await;
    let tests = Actor::command("tests");
    let give = async |role: Role, sure: bool| {
        let new = GroupRole {
            group: "Admins".to_owned(),
            role,
        };
        world.office.map_group(&tests, &new, sure).await
    };
    assert!(give(Role::SuperAdministrator, false).await.is_err());
    give(Role::ConnectorAdministrator, false).await.unwrap();
    let body = json!({ "displayName": "admins", "members": [{ "value": &ada }] });
    let (status, group) = okta.post("/Groups", body.clone()).await;
    assert_eq!(status, 201, "{group}");
    assert_eq!(kind(&okta.post("/Groups", body).await.1), ("409", "uniqueness"));
    let both = roles(&[Role::ConnectorAdministrator, Role::Auditor]);
    assert_eq!(okta.operator("ada").await.roles, both);
    give(Role::SuperAdministrator, true).await.unwrap();
    assert!(okta.operator("ada").await.roles.has(Role::SuperAdministrator));
    let place = format!("/Groups/{}", id(&group));
    let gone = json!([{ "op": "remove", "path": format!("members[value eq \"{ada}\"]") }]);
    assert_eq!(okta.patch(&place, gone).await.0, 204);
    assert_eq!(okta.operator("ada").await.roles, roles(&[Role::Auditor]));
    assert_eq!(okta.call(Method::DELETE, &place, &Value::Null).await.0, 204);
}

/// The directory's key acts for the last of them, who is not the directory's; here it is.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_super_administrator_stays() {
    let world = World::new().await;
    let okta = Directory::new(&world).await;
    let (ada, _) = adopt(&world, &okta, "Ada").await;
    let tests = Actor::command("tests");
    let admins = GroupRole {
        group: "Admins".to_owned(),
        role: Role::SuperAdministrator,
    };
    world.office.map_group(&tests, &admins, true).await.unwrap();
    let (_, group) = okta
        .post(
            "/Groups",
            json!({ "displayName": "Admins", "members": [{ "value": &ada }] }),
        )
        .await;
    let key = Directory::with(&world, &okta.operator("ada").await, KeyScope::Users).await;
    let grace = okta.operator("grace").await;
    world
        .office
        .set_roles(&tests, &grace.id, &roles(&[Role::User]))
        .await
        .unwrap();
    let person = format!("/Users/{ada}");
    let no = json!([{ "op": "replace", "value": { "active": false } }]);
    assert_eq!(key.patch(&person, no).await.0, 409);
    assert_eq!(key.call(Method::DELETE, &person, &Value::Null).await.0, 409);
    let group = format!("/Groups/{}", id(&group));
    let nobody = json!([{ "op": "replace", "value": { "members": [] } }]);
    assert_eq!(key.patch(&group, nobody).await.0, 409);
    assert_eq!(key.call(Method::DELETE, &group, &Value::Null).await.0, 409);
    assert!(world.office.unmap_group(&tests, &admins).await.is_err());
    assert!(key.operator("ada").await.is_active());
    assert_eq!(okta.call(Method::GET, "/Users", &Value::Null).await.0, 403);
}

/// Only a key for users by SCIM is let in, of somebody who may; others are refused, and that is written down.
#[tokio::test(flavor = "multi_thread")]
async fn other_keys_are_refused() {
    let world = World::new().await;
    let owner = world.person("Grace", &[Role::SuperAdministrator]).await;
    for scope in [KeyScope::ReadOnly, KeyScope::Everything] {
        let program = Directory::with(&world, &owner, scope).await;
        let (status, error) = program
            .post("/Users", json!({ "userName": "ada@example.com" }))
            .await;
        assert_eq!((status, kind(&error)), (403, ("403", "")));
    }
    let tests = Actor::command("tests");
    let (newest, _) = world
        .office
        .audit(&tests, &AuditFilter::default(), 0, 1)
        .await
        .unwrap();
    assert_eq!(
        (
            newest[0].draft.action.as_str(),
            newest[0].draft.object.name.as_str()
        ),
        ("access.refused", "provision users")
    );
    let mut directory = Directory::with(&world, &owner, KeyScope::Users).await;
    assert_eq!(directory.call(Method::GET, "/Users", &Value::Null).await.0, 200);
    directory.key = "rck_nothing".to_owned();
    for count in 1..=21 {
        let (status, _) = directory.call(Method::GET, "/Users", &Value::Null).await;
        assert_eq!(status, if count <= 20 { 401 } else { 429 }, "{count}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn mistakes_are_said_as_the_standard_wants() {
    let world = World::new().await;
    let okta = Directory::new(&world).await;
    let ada = okta.bring("ada").await;
    okta.bring("joan").await;
    let person = format!("/Users/{ada}");
    let taken = json!([{ "op": "replace", "path": "userName", "value": "joan@example.com" }]);
    assert_eq!(kind(&okta.patch(&person, taken).await.1), ("409", "uniqueness"));
    for (operations, wanted) in [
        (json!([{ "op": "shout", "path": "active" }]), "invalidSyntax"),
        (
            json!([{ "op": "replace", "path": "a b", "value": 1 }]),
            "invalidPath",
        ),
        (json!([{ "op": "remove" }]), "noTarget"),
        (
            json!([{ "op": "replace", "path": "userName", "value": "nobody" }]),
            "invalidValue",
        ),
        (
            json!([{ "op": "replace", "path": "active", "value": "maybe" }]),
            "invalidValue",
        ),
    ] {
        assert_eq!(kind(&okta.patch(&person, operations).await.1), ("400", wanted));
    }
    let (_, error) = okta
        .call(Method::GET, "/Users?filter=userName%20sw%20%22a%22", &Value::Null)
        .await;
    assert_eq!(kind(&error), ("400", "invalidFilter"));
    let (_, error) = okta
        .call(Method::GET, "/Users?filter=title%20eq%20%22a%22", &Value::Null)
        .await;
    assert_eq!(kind(&error), ("400", "invalidFilter"));
    for path in ["/Users/x", "/Groups/x", "/Nothing", "", "/Users/%20"] {
        assert_eq!(okta.call(Method::GET, path, &Value::Null).await.0, 404, "{path}");
    }
    assert_eq!(okta.call(Method::PUT, "/Users", &json!({})).await.0, 405);
    let large = json!({ "userName": "x".repeat(2 << 20) });
    assert_eq!(okta.post("/Users", large).await.0, 413);
    assert_eq!(okta.post("/Users", json!([])).await.0, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_says_what_it_can() {
    let world = World::new().await;
    let okta = Directory::new(&world).await;
    let config = okta.get("/ServiceProviderConfig").await;
    for (part, can) in [
        ("patch", true),
        ("filter", true),
        ("bulk", false),
        ("sort", false),
        ("etag", false),
    ] {
        assert_eq!(config[part]["supported"], can, "{part}");
    }
    assert_eq!(okta.get("/ResourceTypes").await["totalResults"], 2);
    let schema = "urn:ietf:params:scim:schemas:core:2.0:User";
    assert_eq!(okta.get(&format!("/Schemas/{schema}")).await["id"], schema);
}
