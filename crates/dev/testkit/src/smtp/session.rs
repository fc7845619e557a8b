//! One conversation.

use std::io;
use std::sync::Arc;

use super::auth;
use super::listening::Shared;
use super::received::Received;
use super::trouble::{Moment, Trouble};
use super::wire::Wire;

/// What was said so far.
pub(super) struct Session {
    wire: Option<Wire>,
    shared: Arc<Shared>,
    greeted: bool,
    user: Option<String>,
    from: Option<String>,
    to: Vec<String>,
}

/// How it goes on.
enum Next {
    Answer(String),
    HangUp,
    /// The answer was given already.
    Said,
}

impl Session {
    pub(super) fn new(wire: Wire, shared: Arc<Shared>) -> Self {
        Self {
            wire: Some(wire),
            shared,
            greeted: false,
            user: None,
            from: None,
            to: Vec::new(),
        }
    }

    /// Talks until one of both has enough.
    pub(super) async fn run(mut self) -> io::Result<()> {
        let mut next = self.at(Moment::Connected, "220 mail.example.com ready").await;
        loop {
            match next {
                Next::Answer(answer) => self.wire()?.say(&answer).await?,
                Next::HangUp => return Ok(()),
                Next::Said => {}
            }
            let Some(line) = self.wire()?.line().await? else {
                return Ok(());
            };
            next = self.hear(&line).await?;
        }
    }

    async fn hear(&mut self, line: &str) -> io::Result<Next> {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" | "HELO" => self.hello(verb).await,
            "STARTTLS" => self.encrypt().await,
            "AUTH" => self.sign_in(rest).await,
            "MAIL" => Ok(self.sender(rest).await),
            "RCPT" => Ok(self.recipient(rest).await),
            "DATA" => self.letter().await,
            "RSET" => Ok(self.reset("250 forgotten")),
            "NOOP" => Ok(answer("250 here")),
            "QUIT" => {
                self.wire()?.say("221 bye").await?;
                Ok(Next::HangUp)
            }
            _ => Ok(answer("500 unknown command")),
        }
    }

    async fn hello(&mut self, verb: &str) -> io::Result<Next> {
        self.greeted = true;
        self.reset("");
        let mut lines = vec!["mail.example.com"];
        let encrypted = self.wire()?.encrypted;
        let options = &self.shared.options;
        if verb.eq_ignore_ascii_case("EHLO") {
            lines.extend(["8BITMIME", "SIZE 10000000"]);
            lines.extend((options.starttls && !encrypted).then_some("STARTTLS"));
            let mechanisms = format!("AUTH {}", options.mechanisms);
            let may_sign_in = options.user.is_some() && (encrypted || !options.starttls);
            lines.extend(may_sign_in.then_some(mechanisms.as_str()));
            return Ok(self.at(Moment::Hello, &several(&lines)).await);
        }
        Ok(self.at(Moment::Hello, &several(&lines)).await)
    }

    async fn encrypt(&mut self) -> io::Result<Next> {
        if !self.shared.options.starttls || self.wire()?.encrypted {
            return Ok(answer("503 not now"));
        }
        self.wire()?.say("220 go ahead").await?;
        let wire = self.wire.take().ok_or(io::ErrorKind::BrokenPipe)?;
        self.wire = Some(wire.encrypt(&self.shared.identity.acceptor).await?);
        self.greeted = false;
        Ok(Next::Said)
    }

    async fn sign_in(&mut self, arguments: &str) -> io::Result<Next> {
        let Some(user) = self.shared.options.user.clone() else {
            return Ok(answer("503 nobody signs in here"));
        };
        if self.shared.options.starttls && !self.wire()?.encrypted {
            return Ok(answer("538 encrypt first"));
        }
        let given = auth::given(self.wire()?, arguments).await?;
        if given.as_ref() != Some(&user) {
            return Ok(answer("535 5.7.8 user name or password is wrong"));
        }
        self.user = Some(user.0);
        Ok(self.at(Moment::SignIn, "235 welcome").await)
    }

    async fn sender(&mut self, rest: &str) -> Next {
        if !self.greeted || self.from.is_some() {
            return answer("503 out of turn");
        }
        if self.shared.options.user.is_some() && self.user.is_none() {
            return answer("530 5.7.0 sign in first");
        }
        let Some(address) = address(rest, "FROM:") else {
            return answer("501 no address");
        };
        self.from = Some(address);
        self.at(Moment::Sender, "250 sender noted").await
    }

    async fn recipient(&mut self, rest: &str) -> Next {
        if self.from.is_none() {
            return answer("503 out of turn");
        }
        let Some(address) = address(rest, "TO:").filter(|address| !address.is_empty()) else {
            return answer("501 no address");
        };
        let next = self.at(Moment::Recipient, "250 recipient noted").await;
        self.to.push(address);
        next
    }

    async fn letter(&mut self) -> io::Result<Next> {
        if self.to.is_empty() {
            return Ok(answer("503 out of turn"));
        }
        match self.at(Moment::Data, "354 go ahead").await {
            Next::Answer(answer) if answer.starts_with('3') => self.wire()?.say(&answer).await?,
            other => return Ok(other),
        }
        let Some(content) = self.wire()?.letter().await? else {
            return Ok(Next::HangUp);
        };
        let next = self.at(Moment::Letter, "250 accepted").await;
        if matches!(&next, Next::Answer(answer) if answer.starts_with('2')) {
            let encrypted = self.wire()?.encrypted;
            self.shared.deliver(Received {
                from: self.from.take().unwrap_or_default(),
                to: std::mem::take(&mut self.to),
                user: self.user.clone(),
                encrypted,
                content,
            });
        }
        self.reset("");
        Ok(next)
    }

    fn reset(&mut self, text: &str) -> Next {
        self.from = None;
        self.to.clear();
        answer(text)
    }

    /// The usual answer, unless the test wants trouble at this moment.
    async fn at(&self, moment: Moment, usual: &str) -> Next {
        match self.shared.trouble_at(moment) {
            None => answer(usual),
            Some(Trouble::Refuse(code, text)) => answer(&format!("{code} {text}")),
            Some(Trouble::HangUp) => Next::HangUp,
            Some(Trouble::Silence) => std::future::pending().await,
        }
    }

    fn wire(&mut self) -> io::Result<&mut Wire> {
        self.wire.as_mut().ok_or_else(|| io::ErrorKind::BrokenPipe.into())
    }
}

fn answer(text: &str) -> Next {
    Next::Answer(text.to_owned())
}

/// `250-first`, `250-second`, `250 last`.
fn several(lines: &[&str]) -> String {
    let last = lines.len().saturating_sub(1);
    let mark = |at: usize| if at == last { ' ' } else { '-' };
    let lines = lines
        .iter()
        .enumerate()
        .map(|(at, line)| format!("250{}{line}", mark(at)));
    lines.collect::<Vec<_>>().join("\r\n")
}

/// `FROM:<ada@example.com> BODY=8BITMIME`, without what stands around the address.
fn address(rest: &str, word: &str) -> Option<String> {
    let (start, rest) = rest.split_at_checked(word.len())?;
    let rest = rest.trim_start().strip_prefix('<')?;
    let (address, _) = rest.split_once('>')?;
    start.eq_ignore_ascii_case(word).then(|| address.to_owned())
}
