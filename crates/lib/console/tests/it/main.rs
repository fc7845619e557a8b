//! The console over a real socket with TLS: who gets where, and what is refused whoever asks.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod bringing;
#[cfg(test)]
mod coming_in;
#[cfg(test)]
mod forged;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod passkeys;
#[cfg(test)]
mod provisioning;
#[cfg(test)]
mod proxied;
#[cfg(test)]
mod routes;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod sign_on;
#[cfg(test)]
mod types;
#[cfg(test)]
mod world;
