//! The simulator over real sockets.

#[cfg(test)]
mod client;
#[cfg(test)]
mod listings;
