//! Links to the dashboard's form for a new token, filled in.
//!
//! Cloudflare documents their form ("API token template URLs"). They only fill in: the person looks at what is asked
//! for and makes the token.

use std::collections::BTreeMap;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{AccountId, Level, Permission};

/// The form for a token that the account owns. The dashboard asks for the account; zones are chosen in the form.
pub fn account_token(permissions: &[Permission], name: &str) -> String {
    format!(
        "https://dash.cloudflare.com/?to=/:account/api-tokens&permissionGroupKeys={}&name={}",
        encoded(&keys(permissions)),
        encoded(name)
    )
}

/// The form for a token of the person who opens it, for one account and all its zones.
pub fn user_token(permissions: &[Permission], account: &AccountId, name: &str) -> String {
    format!(
        "https://dash.cloudflare.com/profile/api-tokens?permissionGroupKeys={}&accountId={}&zoneId=all&name={}",
        encoded(&keys(permissions)),
        encoded(account.as_str()),
        encoded(name)
    )
}

/// The permissions as the link has them: each once, with the highest level that is asked for.
fn keys(permissions: &[Permission]) -> String {
    let mut levels: BTreeMap<&str, Level> = BTreeMap::new();
    for permission in permissions {
        if let Some(key) = permission.template_key() {
            let level = levels.entry(key).or_insert(permission.level());
            *level = (*level).max(permission.level());
        }
    }
    let keys: serde_json::Value = levels
        .iter()
        .map(|(key, level)| {
            let level = level.to_string().to_lowercase();
            serde_json::json!({ "key": key, "type": level })
        })
        .collect();
    keys.to_string()
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: [Permission; 4] = [
        Permission::ZoneRead,
        Permission::AccountSettingsRead,
        Permission::AccountSettingsEdit,
        Permission::UserDetailsRead,
    ];

    fn decoded(link: &str) -> String {
        let text = percent_encoding::percent_decode_str(link).decode_utf8();
        text.unwrap().into_owned()
    }

    #[test]
    fn a_link_has_the_documented_form() {
        let link = account_token(&[Permission::ZoneRead], "Access review");
        assert_eq!(
            link,
            "https://dash.cloudflare.com/?to=/:account/api-tokens&permissionGroupKeys=\
             %5B%7B%22key%22%3A%22zone%22%2C%22type%22%3A%22read%22%7D%5D&name=Access%20review"
        );
    }

    #[test]
    fn each_permission_is_asked_for_once_at_its_highest_level() {
        let account = AccountId::new("0123456789abcdef0123456789abcdef");
        insta::assert_snapshot!(
            decoded(&user_token(&ASKED, &account, "a&b")),
            @r#"https://dash.cloudflare.com/profile/api-tokens?permissionGroupKeys=[{"key":"account_settings","type":"edit"},{"key":"zone","type":"read"}]&accountId=0123456789abcdef0123456789abcdef&zoneId=all&name=a&b"#
        );
        assert!(user_token(&ASKED, &account, "a&b").ends_with("name=a%26b"));
    }
}
