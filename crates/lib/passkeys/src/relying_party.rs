//! The site that credentials are made for, and what it believes.

use ring::digest::{SHA256, digest};

use crate::authenticator::AuthData;
use crate::cbor::Value;
use crate::client::{self, Purpose};
use crate::{Challenge, Fault, PublicKey};

/// The largest answer to a registration, in bytes.
const LARGEST: usize = 16 << 10;

/// The site, as browsers know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelyingParty {
    id: String,
    origin: String,
}

/// A site without a name has no passkeys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("passkeys need an address with a name, such as rollcall.example.com: browsers have none for numbers")]
pub struct NoDomain;

/// What an authenticator answered when it made a credential.
#[derive(Clone, Copy, Debug)]
pub struct Registration<'a> {
    /// `clientDataJSON`.
    pub client_data: &'a [u8],
    /// `attestationObject`.
    pub object: &'a [u8],
}

/// A new credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// Its id.
    pub id: Vec<u8>,
    /// Its key, as [`PublicKey::parse`] reads it.
    pub key: Vec<u8>,
    /// How often it has signed.
    pub count: u32,
    /// Whether the authenticator made sure who was there.
    pub user_verified: bool,
}

/// What an authenticator answered when it was asked for a signature.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// `clientDataJSON`.
    pub client_data: &'a [u8],
    /// `authenticatorData`.
    pub authenticator_data: &'a [u8],
    /// `signature`.
    pub signature: &'a [u8],
}

/// What is known of a credential after an answer that is to be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How often it has signed.
    pub count: u32,
}

/// What is believed of an authenticator that did not make sure who was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoUserVerification {
    /// Nothing: it has to, because its answer is all that there is.
    Refused,
    /// That somebody has it: something else said who they are.
    Accepted,
}

impl RelyingParty {
    /// The site at this host and port.
    ///
    /// # Errors
    /// When the host is a number.
    pub fn at(address: &str) -> Result<Self, NoDomain> {
        let address = address.to_ascii_lowercase();
        let (id, port) = match address.rsplit_once(':') {
            Some((id, port)) => (id, Some(port)),
            None => (&*address, None),
        };
        let has_letter = id
            .split('.')
            .next_back()
            .is_some_and(|last| last.starts_with(|c: char| c.is_ascii_alphabetic()));
        let is_name = id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte));
        if !(has_letter && is_name) {
            return Err(NoDomain);
        }
        let origin = match port {
            Some(port) if port != "443" => format!("https://{id}:{port}"),
            _ => format!("https://{id}"),
        };
        let id = id.to_owned();
        Ok(Self { id, origin })
    }

    /// What browsers are told that credentials are for.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Takes a new credential in.
    ///
    /// # Errors
    /// When it was not made now, on our site and for it, with somebody there, or has a key that is not accepted.
    pub fn register(&self, challenge: &Challenge, new: Registration<'_>) -> Result<Registered, Fault> {
        client::check(new.client_data, Purpose::Create, challenge, &self.origin)?;
        if new.object.len() > LARGEST {
            return Err(Fault::Malformed("it is too long"));
        }
        let (object, rest) = Value::read(new.object)?;
        if !rest.is_empty() {
            return Err(Fault::Malformed("something stands behind it"));
        }
        let data = AuthData::read(object.bytes_at(&Value::Text("authData"))?, &self.id)?;
        let (id, key) = data
            .credential
            .ok_or(Fault::Malformed("there is no credential in it"))?;
        PublicKey::parse(key)?;
        Ok(Registered {
            id: id.to_vec(),
            key: key.to_vec(),
            count: data.count,
            user_verified: data.user_verified,
        })
    }

    /// Whether an answer was made now, on our site and for it, with somebody there, by the credential with this key,
    /// which had counted so far.
    ///
    /// # Errors
    /// When it was not.
    pub fn verify(
        &self,
        challenge: &Challenge,
        (key, count): (&[u8], u32),
        answer: Answer<'_>,
        unverified: NoUserVerification,
    ) -> Result<Verified, Fault> {
        client::check(answer.client_data, Purpose::Get, challenge, &self.origin)?;
        let data = AuthData::read(answer.authenticator_data, &self.id)?;
        if !data.user_verified && unverified == NoUserVerification::Refused {
            return Err(Fault::NotVerified);
        }
        let said = digest(&SHA256, answer.client_data);
        let message = [answer.authenticator_data, said.as_ref()].concat();
        PublicKey::parse(key)?.check(&message, answer.signature)?;
        let counts = data.count != 0 || count != 0;
        if counts && data.count <= count {
            return Err(Fault::Counter);
        }
        Ok(Verified { count: data.count })
    }
}
