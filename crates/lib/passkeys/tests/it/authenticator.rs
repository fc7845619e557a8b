//! An authenticator made of software, which says what it is told to.

use passkeys::{
    Answer, Challenge, Fault, NoUserVerification, Registered, Registration, RelyingParty, Verified,
};
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _};

pub(crate) const ADDRESS: &str = "rollcall.example.com:8443";
pub(crate) const ID: &[u8] = b"a credential of a test";

/// What an authenticator, and the browser around it, say.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) purpose: &'static str,
    pub(crate) challenge: Challenge,
    pub(crate) origin: &'static str,
    pub(crate) more: &'static str,
    pub(crate) site: &'static str,
    pub(crate) flags: u8,
    pub(crate) count: u32,
}

pub(crate) enum Pair {
    Es256(EcdsaKeyPair),
    EdDsa(Ed25519KeyPair),
}

pub(crate) fn challenge(number: u8) -> Challenge {
    let text = Challenge::parse(&"A".repeat(43)).unwrap().to_text();
    let letter = char::from(b'A' + number);
    Challenge::parse(&text.replacen('A', &letter.to_string(), 1)).unwrap()
}

pub(crate) fn us() -> RelyingParty {
    RelyingParty::at(ADDRESS).unwrap()
}

impl Said {
    pub(crate) fn creating() -> Self {
        Self {
            purpose: "webauthn.create",
            challenge: challenge(1),
            origin: "https://rollcall.example.com:8443",
            more: ",\"crossOrigin\":false",
            site: "rollcall.example.com",
            flags: 0x45,
            count: 0,
        }
    }

    pub(crate) fn signing() -> Self {
        Self {
            purpose: "webauthn.get",
            flags: 0x05,
            count: 1,
            ..Self::creating()
        }
    }

    fn client_data(&self) -> Vec<u8> {
        let Self {
            purpose,
            origin,
            more,
            ..
        } = self;
        let challenge = self.challenge.to_text();
        format!("{{\"type\":\"{purpose}\",\"challenge\":\"{challenge}\",\"origin\":\"{origin}\"{more}}}")
            .into_bytes()
    }

    fn auth_data(&self) -> Vec<u8> {
        let site = digest(&SHA256, self.site.as_bytes());
        [site.as_ref(), &[self.flags], &self.count.to_be_bytes()].concat()
    }

    /// What comes back when a credential is made, and what we make of it.
    pub(crate) fn register(&self, key: &[u8]) -> Result<Registered, Fault> {
        self.take(&self.object(key))
    }

    pub(crate) fn take(&self, object: &[u8]) -> Result<Registered, Fault> {
        let client_data = self.client_data();
        let new = Registration {
            client_data: &client_data,
            object,
        };
        us().register(&challenge(1), new)
    }

    pub(crate) fn object(&self, key: &[u8]) -> Vec<u8> {
        let length = u16::try_from(ID.len()).unwrap().to_be_bytes();
        let data = [&self.auth_data()[..], &[0; 16], &length, ID, key].concat();
        let data = [
            &[0x59][..],
            &u16::try_from(data.len()).unwrap().to_be_bytes(),
            &data,
        ]
        .concat();
        [
            &[0xa3][..],
            b"\x63fmt",
            b"\x64none",
            b"\x67attStmt",
            &[0xa0],
            b"\x68authData",
            &data,
        ]
        .concat()
    }

    /// What comes back when a signature is asked for, and what we make of it.
    pub(crate) fn sign(
        &self,
        pair: &Pair,
        count: u32,
        unverified: NoUserVerification,
    ) -> Result<Verified, Fault> {
        let (client_data, data) = (self.client_data(), self.auth_data());
        let message = [&data[..], digest(&SHA256, &client_data).as_ref()].concat();
        let signature = pair.sign(&message);
        let answer = Answer {
            client_data: &client_data,
            authenticator_data: &data,
            signature: &signature,
        };
        us().verify(&challenge(1), (&pair.cose(), count), answer, unverified)
    }
}

impl Pair {
    pub(crate) fn es256() -> Self {
        let (form, random) = (&ECDSA_P256_SHA256_ASN1_SIGNING, SystemRandom::new());
        let document = EcdsaKeyPair::generate_pkcs8(form, &random).unwrap();
        Self::Es256(EcdsaKeyPair::from_pkcs8(form, document.as_ref(), &random).unwrap())
    }

    pub(crate) fn ed_dsa() -> Self {
        let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        Self::EdDsa(Ed25519KeyPair::from_pkcs8(document.as_ref()).unwrap())
    }

    /// The public half, as COSE has it.
    pub(crate) fn cose(&self) -> Vec<u8> {
        match self {
            Self::Es256(pair) => {
                let point = pair.public_key().as_ref();
                let start = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
                [&start, &point[1..33], &[0x22, 0x58, 0x20], &point[33..]].concat()
            }
            Self::EdDsa(pair) => {
                let start = [0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 0x20];
                [&start, pair.public_key().as_ref()].concat()
            }
        }
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Es256(pair) => pair
                .sign(&SystemRandom::new(), message)
                .unwrap()
                .as_ref()
                .to_vec(),
            Self::EdDsa(pair) => pair.sign(message).as_ref().to_vec(),
        }
    }
}
