//! Signing in at a provider on a real socket.

#[cfg(test)]
mod believed;
#[cfg(test)]
mod refused;
#[cfg(test)]
mod world;
