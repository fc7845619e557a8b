//! New accounts.

use connector::{Ability, AccountRequest, Mode};
use model::{Profile, ProfileValue};
use proto::baton_service_v1::task::CreateAccountTask;
use proto::connector_v2::AccountInfo;
use proto::profile_from_struct;

use super::access::for_good;
use super::{malformed, may_change, tell};
use crate::service::Service;
use crate::service::ending::{Ending, Failure};
use crate::{ability, messages};

pub(super) async fn create(service: &Service, wanted: &CreateAccountTask) -> Result<Ending, Failure> {
    may_change(service)?;
    let info = wanted
        .account_info
        .clone()
        .ok_or_else(|| malformed("create account"))?;
    match wanted.resource_type_id.as_str() {
        "" => ability::check_any(&service.definition, Ability::CreateAccount),
        kind => ability::check(&service.definition, &kind.into(), Ability::CreateAccount),
    }
    .map_err(for_good)?;
    let account = service.connected.provisioner.create_account(&request(info)).await;
    let account = account.map_err(for_good)?;
    tell(&account.changed);
    let answer = messages::account(&account.outcome);
    Ok(Ending::answered(&answer, &answer.annotations))
}

/// The primary address counts, or else the first; without any, what the attributes or the login say.
fn request(info: AccountInfo) -> AccountRequest {
    let profile = info.profile.map(profile_from_struct).unwrap_or_default();
    let primary = info.emails.iter().find(|email| email.is_primary);
    let address = primary.or(info.emails.first()).map(|email| email.address.clone());
    let login = Some(info.login).filter(|login| !login.is_empty());
    let login = login.or_else(|| attribute(&profile, "login")).unwrap_or_default();
    let from_login = Some(login.clone()).filter(|login| login.contains('@'));
    let email = address
        .filter(|address| !address.is_empty())
        .or_else(|| attribute(&profile, "email"))
        .or(from_login);
    AccountRequest {
        email: email.unwrap_or_default(),
        login,
        profile,
        mode: Mode::Make,
    }
}

fn attribute(profile: &Profile, key: &str) -> Option<String> {
    let text = profile.get(key).and_then(ProfileValue::as_text);
    text.filter(|text| !text.is_empty()).map(str::to_owned)
}
