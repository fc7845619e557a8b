//! What makes a resource an account or a credential.

use model::{SecretTrait, UserTrait};

use super::{from_timestamp, profile_from_struct, profile_to_struct, to_timestamp};
use crate::ConvertError;
use crate::connector_v2 as wire;
use wire::secret_trait::CredentialType;
use wire::user_trait::{AccountType, Email, MfaStatus};

impl From<&UserTrait> for wire::UserTrait {
    fn from(user: &UserTrait) -> Self {
        let email = |(index, address): (usize, &String)| Email {
            address: address.clone(),
            is_primary: index == 0,
        };
        Self {
            emails: user.emails.iter().enumerate().map(email).collect(),
            status: user.status.as_ref().map(Into::into),
            profile: user.profile.as_ref().map(profile_to_struct),
            account_type: AccountType::Human.into(),
            login: user.login.clone(),
            created_at: user.created_at.map(to_timestamp),
            last_login: user.last_login.map(to_timestamp),
            mfa_status: user
                .has_second_factor
                .map(|mfa_enabled| MfaStatus { mfa_enabled }),
            ..Self::default()
        }
    }
}

/// Takes what the vocabulary has words for; the caller checks that this was everything.
impl TryFrom<wire::UserTrait> for UserTrait {
    type Error = ConvertError;

    fn try_from(user: wire::UserTrait) -> Result<Self, ConvertError> {
        Ok(Self {
            emails: user.emails.into_iter().map(|email| email.address).collect(),
            login: user.login,
            status: user.status.map(Into::into),
            profile: user.profile.map(profile_from_struct),
            has_second_factor: user.mfa_status.map(|status| status.mfa_enabled),
            created_at: user.created_at.map(from_timestamp).transpose()?,
            last_login: user.last_login.map(from_timestamp).transpose()?,
        })
    }
}

impl From<&SecretTrait> for wire::SecretTrait {
    fn from(secret: &SecretTrait) -> Self {
        Self {
            expires_at: secret.expires_at.map(to_timestamp),
            last_used_at: secret.last_used_at.map(to_timestamp),
            created_by_id: secret.created_by.as_ref().map(Into::into),
            credential_type: CredentialType::StaticSecret.into(),
            credential_detail: secret.credential_detail.clone(),
            ..Self::default()
        }
    }
}

/// Takes what the vocabulary has words for; the caller checks that this was everything.
impl TryFrom<wire::SecretTrait> for SecretTrait {
    type Error = ConvertError;

    fn try_from(secret: wire::SecretTrait) -> Result<Self, ConvertError> {
        Ok(Self {
            expires_at: secret.expires_at.map(from_timestamp).transpose()?,
            last_used_at: secret.last_used_at.map(from_timestamp).transpose()?,
            created_by: secret.created_by_id.map(TryInto::try_into).transpose()?,
            credential_detail: secret.credential_detail,
        })
    }
}
