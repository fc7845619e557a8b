//! Request bodies.

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::{Refused, Write};
use crate::state::{Effect, Scope};

/// The body of `POST` and `PUT` of a member.
#[derive(Debug, Deserialize)]
pub(super) struct MemberRequest {
    pub(super) email: Option<String>,
    pub(super) status: Option<String>,
    roles: Option<Vec<Value>>,
    pub(super) policies: Option<Vec<PolicyRequest>>,
}

/// A policy of a member or a user group.
#[derive(Debug, Deserialize)]
pub(super) struct PolicyRequest {
    pub(super) id: Option<String>,
    pub(super) access: Effect,
    pub(super) permission_groups: Vec<Reference>,
    pub(super) resource_groups: Vec<Place>,
    #[serde(flatten)]
    pub(super) extra: Map<String, Value>,
}

/// An object named by its id; what else is sent of it is not looked at.
#[derive(Debug, Deserialize)]
pub(super) struct Reference {
    pub(super) id: String,
}

/// A resource group by its id, or made on the spot.
#[derive(Debug, Deserialize)]
pub(super) struct Place {
    pub(super) id: Option<String>,
    pub(super) scope: Option<Scope>,
}

/// How an endpoint wants roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RolesForm {
    /// `POST`: ids.
    Ids,
    /// `PUT`: objects with an id.
    Objects,
}

impl MemberRequest {
    /// The ids of the roles, if roles were sent.
    pub(super) fn role_ids(&self, form: RolesForm) -> Result<Option<Vec<String>>, Refused> {
        let id = |role: &Value| match (form, role) {
            (RolesForm::Ids, Value::String(id)) => Ok(id.clone()),
            (RolesForm::Objects, Value::Object(role)) => role
                .get("id")
                .and_then(Value::as_str)
                .map(str::to_owned)
                .ok_or_else(Refused::invalid_assignments),
            (_, Value::String(_)) => Err(Refused::wrong_type("string")),
            (_, Value::Object(_)) => Err(Refused::wrong_type("object")),
            _ => Err(Refused::invalid_assignments()),
        };
        let ids = self.roles.as_ref().map(|roles| roles.iter().map(id).collect());
        ids.transpose()
    }
}

impl Write<'_> {
    /// The body, which must be JSON of this form.
    pub(super) fn request<T: DeserializeOwned>(&self) -> Result<T, Refused> {
        let value: Value = serde_json::from_slice(self.body).map_err(|_| Refused::malformed())?;
        serde_json::from_value(value).map_err(Refused::invalid)
    }
}
