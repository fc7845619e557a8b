//! Who a request comes from.

use std::sync::Arc;

use authn::Token;
use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::request::Parts;
use governance::{Actor, SessionScope, Whose};

use super::error::Failed;

/// Whoever sent a request.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    /// The address that it came from, before any proxies of ours.
    pub(crate) from: Option<String>,
    /// By what it is found in the log.
    pub(crate) request: Option<String>,
    /// What the browser calls itself.
    pub(crate) agent: String,
    /// Who it is, as far as they have shown.
    pub(crate) signed: Option<Signed>,
}

/// Somebody with a session of full scope: what handlers ask for that are only for those.
#[derive(Clone, Debug)]
pub(crate) struct Signed {
    pub(crate) whose: Whose,
    pub(crate) actor: Actor,
    /// The secret of the session, from which the token of its forms is made.
    pub(crate) token: Arc<Token>,
}

/// Somebody who has shown a part of who they are.
#[derive(Clone, Debug)]
pub(crate) struct Partly(pub(crate) Signed);

impl Visitor {
    /// As somebody who acts: a stranger unless they have signed in.
    pub(crate) fn actor(&self) -> Actor {
        match self.full() {
            Some(signed) => signed.actor.clone(),
            None => self.stranger(),
        }
    }

    /// As somebody of whom it is not known yet who they are.
    pub(crate) fn stranger(&self) -> Actor {
        Actor::stranger(self.from.clone(), self.request.clone())
    }

    /// Whether they are signed in.
    pub(crate) fn is_in(&self) -> bool {
        self.full().is_some()
    }

    fn full(&self) -> Option<&Signed> {
        let is_full = |signed: &&Signed| signed.whose.session.scope == SessionScope::Full;
        self.signed.as_ref().filter(is_full)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failed> {
        let visitor = parts.extensions.get::<Self>();
        visitor.cloned().ok_or(Failed::Broken("nobody was identified"))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Signed {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failed> {
        let visitor = Visitor::from_request_parts(parts, state).await?;
        let back = parts.uri.path_and_query().map(ToString::to_string);
        let back = back.filter(|_| parts.method == Method::GET);
        visitor.full().cloned().ok_or(Failed::NotSignedIn { back })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Partly {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failed> {
        let visitor = Visitor::from_request_parts(parts, state).await?;
        visitor.signed.map(Self).ok_or(Failed::NotSignedIn { back: None })
    }
}
