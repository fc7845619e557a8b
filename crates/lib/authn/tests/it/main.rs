//! Passwords, second factors, recovery codes, tokens.

#[cfg(test)]
mod csrf;
#[cfg(test)]
mod password_hash;
#[cfg(test)]
mod password_rules;
#[cfg(test)]
mod recovery;
#[cfg(test)]
mod token;
#[cfg(test)]
mod totp;
#[cfg(test)]
mod world;
