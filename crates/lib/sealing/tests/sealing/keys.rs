//! Private keys that open what the tests seal. All of them are printed in RFCs or made up.

use age::ssh::Identity;
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use sealing::{Label, Recipient, Sealed};

/// The key of RFC 8037, appendix A.1 and A.2.
pub(crate) const ED25519: &str =
    r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
const ED25519_X: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
pub(crate) const ED25519_D: &str = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";

/// The RSA key of RFC 7517, appendix A.2; RFC 7638, section 3.1, has its thumbprint.
pub(crate) const RSA_N: &str = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjB\
    ZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8\
    KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_\
    xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
const RSA_D: &str = "X4cTteJY_gn4FYPsXB8rdXix5vwsg1FLN5E3EaG6RJoVH-HLLKD9M7dx5oo7GURknchnrRweUkC7hT5fJLM0WbFAKNLWY2vv7B6N\
    qXSzUvxT0_YSfqijwp3RTzlBaCxWp4doFk5N2o8Gy_nHNKroADIkJ46pRUohsXywbReAdYaMwFs9tv8d_cPVY3i07a3t8MN6TNwm\
    0dSawm9v47UiCl3Sk5ZiG7xojPLu4sbg1U2jx4IBTNBznbJSzFHK66jT8bgkuqsk0GjskDJk19Z4qwjwbsnn4j2WBii3RL-Us2lG\
    VkY8fkFzme1z0HbIkfz0Y6mqnOYtqc0X4jfcKoAC8Q";
const RSA_P: &str = "83i-7IvMGXoMXCskv73TKr8637FiO7Z27zv8oj6pbWUQyLPQBQxtPVnwD20R-60eTDmD2ujnMt5PoqMrm8RfmNhVWDtjjMmCMjOp\
    SXicFHj7XOuVIYQyqVWlWEh6dN36GVZYk93N8Bc9vY41xy8B9RzzOGVQzXvNEvn7O0nVbfs";
const RSA_Q: &str = "3dfOR9cuYq-0S-mkFLzgItgMEfFzB2q3hWehMuG0oCuqnb3vobLyumqjVZQO1dIrdwgTnCdpYzBcOfW5r370AFXjiWft_NGEiovo\
    nizhKpo9VVS78TzFgxkIdrecRezsZ-1kYd_s1qDbxtkDEgfAITAG9LUnADun4vIcb6yelxk";
const RSA_QI: &str = "GyM_p6JrXySiz1toFgKbWV-JdI3jQ4ypu9rbMWx3rQJBfmt0FoYzgUIZEVFEcOqwemRN81zoDAaa-Bk0KWNGDjJHZDdDmFhW3AN7\
    lI-puxk_mHZGJ11rxyR8O55XLSe3SPmRfKwZI6yU24ZxvQKFYItdldUKGzO6Ia6zTKhAVRU";

/// The public RSA key, with members that do not count.
pub(crate) fn rsa_jwk() -> String {
    format!(r#"{{"kty":"RSA","n":"{RSA_N}","e":"AQAB","alg":"RS256","kid":"2011-04-29"}}"#)
}

/// Who holds the Ed25519 key.
pub(crate) fn ed25519_identity() -> Identity {
    let (x, d) = (decode(ED25519_X), decode(ED25519_D));
    let public = ssh_strings(&[b"ssh-ed25519", &x]);
    let private = ssh_strings(&[b"ssh-ed25519", &x, &[d, x.clone()].concat()]);
    openssh_identity(&public, &private)
}

/// Who holds the RSA key.
pub(crate) fn rsa_identity() -> Identity {
    let modulus = signed(&decode(RSA_N));
    let exponent = [1, 0, 1];
    let [d, inverse, p, q] = [RSA_D, RSA_QI, RSA_P, RSA_Q].map(|member| signed(&decode(member)));
    let public = ssh_strings(&[b"ssh-rsa", &exponent, &modulus]);
    let private = ssh_strings(&[b"ssh-rsa", &modulus, &exponent, &d, &inverse, &p, &q]);
    openssh_identity(&public, &private)
}

/// The Ed25519 key as OpenSSH writes it.
pub(crate) fn ssh_line() -> String {
    let blob = ssh_strings(&[b"ssh-ed25519", &decode(ED25519_X)]);
    format!("ssh-ed25519 {}", BASE64_STANDARD.encode(blob))
}

/// Reads an unencrypted private key file of OpenSSH, made of its two halves.
fn openssh_identity(public: &[u8], private: &[u8]) -> Identity {
    let checks_and_comment = [&[0; 8], private, &ssh_strings(&[b""])].concat();
    let file = [
        b"openssh-key-v1\0".as_slice(),
        &ssh_strings(&[b"none", b"none", b""]),
        &1_u32.to_be_bytes(),
        &ssh_strings(&[public, &checks_and_comment]),
    ]
    .concat();
    let text = BASE64_STANDARD.encode(file);
    let lines: Vec<_> = text.as_bytes().chunks(70).map(String::from_utf8_lossy).collect();
    let pem = format!(
        "-----BEGIN {KIND}-----\n{}\n-----END {KIND}-----\n",
        lines.join("\n")
    );
    Identity::from_buffer(pem.as_bytes(), None).unwrap()
}

const KIND: &str = "OPENSSH PRIVATE KEY";

fn ssh_strings(parts: &[&[u8]]) -> Vec<u8> {
    let string = |part: &&[u8]| [&u32::try_from(part.len()).unwrap().to_be_bytes(), *part].concat();
    parts.iter().flat_map(string).collect()
}

fn signed(number: &[u8]) -> Vec<u8> {
    if number[0] >= 0x80 {
        [&[0], number].concat()
    } else {
        number.to_vec()
    }
}

fn decode(text: &str) -> Vec<u8> {
    BASE64_URL_SAFE_NO_PAD.decode(text).unwrap()
}

/// Seals for the recipient.
pub(crate) fn seal(recipient: &Recipient, secret: &str) -> Sealed {
    let label = Label {
        name: "api_token".to_owned(),
        description: "the new secret".to_owned(),
    };
    recipient.seal(&label, &secret.to_owned().into()).unwrap()
}

/// The secret in an age file.
pub(crate) fn open(identity: &impl age::Identity, file: &[u8]) -> String {
    String::from_utf8(age::decrypt(identity, file).unwrap()).unwrap()
}
