//! Tokens that the account owns: switched off and on, rolled, removed.

use cloudflare::endpoint::{DeleteAccountToken, GetAccountToken, RollAccountToken, UpdateAccountToken};
use cloudflare::types::{TokenDocument, TokenStatus};
use cloudflare::{Identity, TokenId};
use connector::{Call, Change, Changed, ConnectorError, Effect, ErrorKind, Mode, RotateRequest, Rotated};
use sealing::{Label, Recipient, Sealed};
use secrecy::SecretString;
use tokio::time::Instant;

use super::{ATTEMPTS, FRESH, Provisioning, Written, found, refusal, told, unhurried};

/// What a token is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// In this state.
    Status(TokenStatus),
    /// Not there.
    Gone,
}

impl Provisioning {
    /// Brings a token into a state, or removes it.
    pub(crate) async fn token(
        &self,
        token: &TokenId,
        wanted: &Wanted,
        mode: Mode,
    ) -> Result<Changed, ConnectorError> {
        let _turn = self.locks.turn(token.as_str()).await;
        let (mut written, mut last): (Option<Change>, _) = (None, None);
        for attempt in 0..ATTEMPTS {
            if attempt > 0 {
                self.pause().await;
            }
            let title = wanted.title(token.as_str());
            let before = self.read_token(token, &title).await?;
            let read_at = Instant::now();
            let Some(change) = wanted.change(token, before.as_ref())? else {
                let held = before.as_ref().map(line).into_iter().collect::<Vec<_>>();
                return Ok(told::settled(
                    wanted.title(&name(token, before.as_ref())),
                    held,
                    written,
                ));
            };
            let Some(before) = before else { continue };
            let call = self.token_call(&before, wanted);
            let change = Change {
                calls: vec![call],
                ..change
            };
            let asked = self.not_own_token(&before).await?;
            if mode == Mode::DryRun {
                return Ok(Changed::new(Effect::Planned, change));
            }
            let read_at = if asked { Instant::now() } else { read_at };
            match self
                .write_token(&before, wanted, &change.title, read_at + FRESH)
                .await
            {
                Err(error) if *wanted == Wanted::Gone && error.kind == ErrorKind::NotFound => {}
                Err(error) => return Err(error),
                Ok(Written::Stale(error)) => last = Some(error),
                Ok(Written::Open(error)) => (written, last) = (Some(change), Some(error)),
                Ok(Written::Done(())) => written = Some(change),
            }
            if let Some(change) = &written
                && self.is_so(&before, wanted, &change.title).await?
            {
                return Ok(Changed::new(Effect::Made, change.clone()));
            }
        }
        Err(refusal::given_up(&wanted.title(token.as_str()), last))
    }

    async fn read_token(
        &self,
        token: &TokenId,
        title: &str,
    ) -> Result<Option<TokenDocument>, ConnectorError> {
        let (account, token) = (self.account.clone(), token.clone());
        let answer = self.client.call(&GetAccountToken { account, token }).await;
        found(answer).map_err(|error| refusal::by_cloudflare(title, error))
    }

    /// Whether the token is as it was wanted, and otherwise as it was.
    async fn is_so(
        &self,
        before: &TokenDocument,
        wanted: &Wanted,
        title: &str,
    ) -> Result<bool, ConnectorError> {
        let (account, token) = (self.account.clone(), before.token.id.clone());
        let answer = self.client.call(&GetAccountToken { account, token }).await;
        let after = found(answer).map_err(|error| refusal::outcome_unknown(title, error))?;
        match (wanted, after) {
            (Wanted::Gone, after) => Ok(after.is_none()),
            (Wanted::Status(status), Some(after)) if after.token.status == *status => {
                let lost = before.lost_in(&after);
                if lost.is_empty() {
                    Ok(true)
                } else {
                    Err(refusal::lost(title, &lost))
                }
            }
            (Wanted::Status(_), _) => Ok(false),
        }
    }

    async fn write_token(
        &self,
        before: &TokenDocument,
        wanted: &Wanted,
        title: &str,
        deadline: Instant,
    ) -> Result<Written<()>, ConnectorError> {
        match wanted {
            Wanted::Gone => self.send(title, &self.token_removal(before), deadline).await,
            Wanted::Status(status) => {
                self.send(title, &self.token_update(before, status), deadline)
                    .await
            }
        }
    }

    fn token_call(&self, before: &TokenDocument, wanted: &Wanted) -> Call {
        match wanted {
            Wanted::Gone => told::call(&self.token_removal(before)),
            Wanted::Status(status) => told::call(&self.token_update(before, status)),
        }
    }

    fn token_removal(&self, before: &TokenDocument) -> DeleteAccountToken {
        DeleteAccountToken {
            account: self.account.clone(),
            token: before.token.id.clone(),
        }
    }

    fn token_update(&self, before: &TokenDocument, status: &TokenStatus) -> UpdateAccountToken {
        UpdateAccountToken {
            account: self.account.clone(),
            document: before.clone(),
            status: status.clone(),
        }
    }

    /// Refuses to change the token that we use; says whether Cloudflare was asked for it.
    async fn not_own_token(&self, before: &TokenDocument) -> Result<bool, ConnectorError> {
        let (identity, asked) = self.identity().await?;
        if identity == Identity::Token(before.token.id.clone()) {
            return Err(refusal::own_identity(&quoted(before)));
        }
        Ok(asked)
    }

    /// Gives a token a new secret, sealed for those who are named.
    pub(crate) async fn roll(&self, request: &RotateRequest) -> Result<Rotated, ConnectorError> {
        let token = TokenId::new(request.resource.object.as_str());
        let _turn = self.locks.turn(token.as_str()).await;
        let title = format!("Roll the token {token}");
        if request.mode == Mode::Make {
            try_out(&request.recipients)?;
        }
        let Some(before) = self.read_token(&token, &title).await? else {
            return Err(refusal::no_such_token(&token));
        };
        if before.token.status == TokenStatus::Expired {
            return Err(refusal::token_expired(&quoted(&before)));
        }
        self.not_own_token(&before).await?;
        let roll = RollAccountToken {
            account: self.account.clone(),
            token: token.clone(),
        };
        let change = rolled(&before, &roll);
        if request.mode == Mode::DryRun {
            return Ok(Rotated {
                changed: Changed::new(Effect::Planned, change),
                secrets: Vec::new(),
            });
        }
        let secret = self.rolled_secret(&roll, &change.title).await?;
        Ok(Rotated {
            secrets: sealed(&request.recipients, &label(&before), &secret)?,
            changed: Changed::new(Effect::Made, change),
        })
    }

    /// Rolls. When the answer is lost the token has a secret that nobody knows, so it is rolled once more.
    async fn rolled_secret(
        &self,
        roll: &RollAccountToken,
        title: &str,
    ) -> Result<SecretString, ConnectorError> {
        let mut last = None;
        for attempt in 0..ATTEMPTS {
            if attempt > 0 {
                self.pause().await;
            }
            match self.write(title, roll, unhurried()).await {
                Ok(Written::Done(secret)) => return Ok(secret.0),
                Ok(Written::Stale(error)) => last = last.or(Some(error)),
                Ok(Written::Open(error)) => last = Some(error),
                // After a lost answer even a refusal leaves nobody with a secret that works.
                Err(refused) => return Err(lost_before(title, last).unwrap_or(refused)),
            }
        }
        Err(lost_before(title, last.clone()).unwrap_or_else(|| refusal::given_up(title, last)))
    }
}

/// The error to give when an earlier attempt may have replaced the secret.
fn lost_before(title: &str, last: Option<cloudflare::Error>) -> Option<ConnectorError> {
    last.filter(cloudflare::Error::leaves_open)
        .map(|error| refusal::secret_lost(title, error))
}

impl Wanted {
    fn title(&self, token: &str) -> String {
        let verb = match self {
            Self::Gone => "Delete",
            Self::Status(TokenStatus::Active) => "Enable",
            Self::Status(_) => "Disable",
        };
        format!("{verb} the token {token}")
    }

    /// What is to be done; `None` when it is so already.
    fn change(
        &self,
        token: &TokenId,
        before: Option<&TokenDocument>,
    ) -> Result<Option<Change>, ConnectorError> {
        let Some(before) = before else {
            return match self {
                Self::Gone => Ok(None),
                Self::Status(_) => Err(refusal::no_such_token(token)),
            };
        };
        let after = match self {
            Self::Status(status) if before.token.status == *status => return Ok(None),
            Self::Status(_) if before.token.status == TokenStatus::Expired => {
                return Err(refusal::token_expired(&quoted(before)));
            }
            Self::Status(status) => vec![format!("{}: {status}", quoted(before))],
            Self::Gone => Vec::new(),
        };
        Ok(Some(Change {
            title: self.title(&quoted(before)),
            before: vec![line(before)],
            after,
            calls: Vec::new(),
        }))
    }
}

fn name(token: &TokenId, document: Option<&TokenDocument>) -> String {
    document.map_or_else(|| token.to_string(), quoted)
}

fn quoted(document: &TokenDocument) -> String {
    match document.token.name.as_str() {
        "" => document.token.id.to_string(),
        name => format!("\"{name}\""),
    }
}

fn line(document: &TokenDocument) -> String {
    format!("{}: {}", quoted(document), document.token.status)
}

fn rolled(before: &TokenDocument, roll: &RollAccountToken) -> Change {
    let line = |age: &str| vec![format!("{} with its {age} secret", quoted(before))];
    Change {
        title: format!("Roll the token {}", quoted(before)),
        before: line("old"),
        after: line("new"),
        calls: vec![told::call(roll)],
    }
}

fn label(before: &TokenDocument) -> Label {
    Label {
        name: before.token.id.to_string(),
        description: format!("The Cloudflare API token {}", quoted(before)),
    }
}

/// Everything that can go wrong with sealing goes wrong before the old secret is gone.
fn try_out(recipients: &[Recipient]) -> Result<(), ConnectorError> {
    if recipients.is_empty() {
        return Err(refusal::no_recipient());
    }
    let label = Label {
        name: String::new(),
        description: String::new(),
    };
    sealed(recipients, &label, &SecretString::from("a trial")).map(drop)
}

fn sealed(
    recipients: &[Recipient],
    label: &Label,
    secret: &SecretString,
) -> Result<Vec<Sealed>, ConnectorError> {
    let sealed = recipients.iter().map(|recipient| recipient.seal(label, secret));
    sealed.collect::<Result<_, _>>().map_err(refusal::not_sealed)
}
