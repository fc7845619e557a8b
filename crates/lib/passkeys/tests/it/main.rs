//! What authenticators answer: believed, and refused whatever is wrong with it.

#[cfg(test)]
mod authenticator;
#[cfg(test)]
mod believed;
#[cfg(test)]
mod refused;
#[cfg(test)]
mod standard;
