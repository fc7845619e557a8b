//! What the authenticator says: `authData`.

use ring::digest::{SHA256, digest};

use crate::Fault;
use crate::cbor::Value;

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const HAS_CREDENTIAL: u8 = 0x40;
const HAS_EXTENSIONS: u8 = 0x80;

/// The most bytes of a credential's id.
const LONGEST_ID: usize = 1023;

const ENDS_EARLY: Fault = Fault::Malformed("what the authenticator says ends early");

#[derive(Debug)]
pub(crate) struct AuthData<'a> {
    pub(crate) user_verified: bool,
    /// How often the authenticator has signed; 0 from those that do not count.
    pub(crate) count: u32,
    /// The id and the key of a new credential.
    pub(crate) credential: Option<(&'a [u8], &'a [u8])>,
}

impl<'a> AuthData<'a> {
    /// Reads it, all of it, if it is for this site and somebody was there.
    pub(crate) fn read(bytes: &'a [u8], id: &str) -> Result<Self, Fault> {
        let (site, rest) = bytes.split_first_chunk::<32>().ok_or(ENDS_EARLY)?;
        let (&[flags], rest) = rest.split_first_chunk().ok_or(ENDS_EARLY)?;
        let (count, mut rest) = rest.split_first_chunk().ok_or(ENDS_EARLY)?;
        if digest(&SHA256, id.as_bytes()).as_ref() != site {
            return Err(Fault::RelyingParty);
        }
        if flags & PRESENT == 0 {
            return Err(Fault::NobodyPresent);
        }
        let mut credential = None;
        if flags & HAS_CREDENTIAL != 0 {
            let (found, behind) = new_credential(rest)?;
            (credential, rest) = (Some(found), behind);
        }
        if flags & HAS_EXTENSIONS != 0 {
            (_, rest) = Value::read(rest)?;
        }
        if !rest.is_empty() {
            return Err(Fault::Malformed(
                "something stands behind what the authenticator says",
            ));
        }
        Ok(Self {
            user_verified: flags & VERIFIED != 0,
            count: u32::from_be_bytes(*count),
            credential,
        })
    }
}

type Credential<'a> = (&'a [u8], &'a [u8]);

/// The id and the key, and what stands behind them.
fn new_credential(bytes: &[u8]) -> Result<(Credential<'_>, &[u8]), Fault> {
    // Sixteen bytes tell who made the authenticator.
    let (_, rest) = bytes.split_first_chunk::<16>().ok_or(ENDS_EARLY)?;
    let (length, rest) = rest.split_first_chunk().ok_or(ENDS_EARLY)?;
    let length = usize::from(u16::from_be_bytes(*length));
    let (id, rest) = rest.split_at_checked(length).ok_or(ENDS_EARLY)?;
    if id.is_empty() || id.len() > LONGEST_ID {
        return Err(Fault::Malformed("the credential's id is none"));
    }
    let (_, behind) = Value::read(rest)?;
    let key = rest.get(..rest.len() - behind.len()).ok_or(ENDS_EARLY)?;
    Ok(((id, key), behind))
}
