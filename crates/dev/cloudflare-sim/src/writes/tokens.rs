//! Account-owned tokens: replaced, rolled, deleted. Their credentials follow.

use secrecy::SecretString;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Done, Refused, Write, request::Reference};
use crate::{
    answers::envelope,
    spec::timestamp,
    state::{Credential, Effect, Holder, Token, TokenPermission, TokenPolicy, TokenStatus},
};

/// Longest name in bytes.
const MAX_NAME: usize = 120;

/// The body of `PUT` of a token; other fields are not looked at.
#[derive(Debug, Deserialize)]
struct TokenRequest {
    name: String,
    status: Option<TokenStatus>,
    policies: Vec<TokenPolicyRequest>,
    not_before: Option<String>,
    expires_on: Option<String>,
    condition: Option<Value>,
}

#[derive(Debug, Deserialize)]
struct TokenPolicyRequest {
    id: Option<String>,
    effect: Effect,
    permission_groups: Vec<Reference>,
    resources: Value,
    #[serde(flatten)]
    extra: Map<String, Value>,
}

impl Write<'_> {
    /// `PUT …/tokens/{t}`: what is not sent is gone; a token whose `status` is not sent becomes active, which
    /// no source confirms.
    pub(super) fn replace_token(&mut self) -> Result<Done, Refused> {
        let held = self.token()?.policies.clone();
        let request: TokenRequest = self.request()?;
        let status = request.status.unwrap_or(TokenStatus::Active);
        if request.name.is_empty() || request.name.len() > MAX_NAME || status == TokenStatus::Expired {
            return Err(Refused::invalid("name or status is invalid"));
        }
        let policies = self.token_policies(request.policies, &held)?;
        let modified_on = timestamp(self.now);
        let token = self.token_mut()?;
        *token = Token {
            name: request.name,
            status,
            modified_on,
            not_before: request.not_before,
            expires_on: request.expires_on,
            policies,
            condition: request.condition,
            ..token.clone()
        };
        let (shown, expires_on) = (envelope::ok(&*token), token.expires_on.clone());
        for credential in self.credentials() {
            credential.status = status;
            credential.expires_on.clone_from(&expires_on);
        }
        Ok(self.done_with(shown))
    }

    /// `DELETE …/tokens/{t}`.
    pub(super) fn delete_token(&mut self) -> Result<Done, Refused> {
        self.token()?;
        let id = self.route.object();
        self.state.tokens.retain(|token| token.id != id);
        self.state.credentials.retain(|credential| !is_of(credential, id));
        Ok(self.done_with(envelope::ok(json!({ "id": id }))))
    }

    /// `PUT …/tokens/{t}/value`: a new secret, the old one dies at once.
    pub(super) fn roll_token(&mut self) -> Result<Done, Refused> {
        self.token()?;
        let _: Map<String, Value> = self.request()?;
        let secret = format!("cfat_{}00000000example", self.state.chance.id());
        let modified_on = timestamp(self.now);
        let token = self.token_mut()?;
        token.modified_on = modified_on;
        token.secret_generation += 1;
        let token = token.clone();
        let fresh = Credential::of_token(&token, Holder::Account, &secret, &self.state.account.id);
        let id = self.route.object();
        let known = self.state.credentials.iter_mut().find(|known| is_of(known, id));
        match known {
            Some(known) => known.secret = SecretString::from(secret.clone()),
            None => self.state.credentials.push(fresh),
        }
        Ok(self.done_with(envelope::ok(secret)))
    }

    fn token(&self) -> Result<&Token, Refused> {
        let id = self.route.object();
        let mut tokens = self.state.tokens.iter();
        tokens.find(|token| token.id == id).ok_or_else(unknown)
    }

    fn token_mut(&mut self) -> Result<&mut Token, Refused> {
        let id = self.route.object();
        let mut tokens = self.state.tokens.iter_mut();
        tokens.find(|token| token.id == id).ok_or_else(unknown)
    }

    fn credentials(&mut self) -> impl Iterator<Item = &mut Credential> {
        let id = self.route.object();
        let all = self.state.credentials.iter_mut();
        all.filter(move |credential| is_of(credential, id))
    }

    fn done_with(&self, answer: envelope::Answer) -> Done {
        let resource = self.route.object().to_owned();
        Done { answer, resource }
    }

    /// As with members, a policy with the id of a `held` one keeps it.
    fn token_policies(
        &mut self,
        requests: Vec<TokenPolicyRequest>,
        held: &[TokenPolicy],
    ) -> Result<Vec<TokenPolicy>, Refused> {
        if requests.is_empty() {
            return Err(Refused::invalid("a token needs at least one policy"));
        }
        let policy = |request: TokenPolicyRequest| {
            let groups = request.permission_groups.iter();
            let permission_groups: Vec<_> = groups
                .map(|group| self.permission(&group.id))
                .collect::<Result<_, _>>()?;
            if permission_groups.is_empty() {
                return Err(Refused::invalid("a policy needs at least one permission group"));
            }
            let kept = request.id.filter(|id| held.iter().any(|policy| policy.id == *id));
            Ok(TokenPolicy {
                id: kept.unwrap_or_else(|| self.state.chance.id()),
                effect: request.effect,
                permission_groups,
                resources: request.resources,
                extra: request.extra,
            })
        };
        requests.into_iter().map(policy).collect()
    }

    fn permission(&self, id: &str) -> Result<TokenPermission, Refused> {
        let mut known = self.state.token_permission_groups.iter();
        let group = known.find(|group| group.id == id);
        let group = group.ok_or_else(|| Refused::invalid("unknown permission group"))?;
        Ok(TokenPermission {
            id: group.id.clone(),
            name: group.name.clone(),
        })
    }
}

fn unknown() -> Refused {
    Refused::not_found("Token")
}

fn is_of(credential: &Credential, token_id: &str) -> bool {
    credential.holder == Holder::Account && credential.id == token_id
}
