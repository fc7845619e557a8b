//! The client from outside: in pretended time, and on real sockets.

#[cfg(test)]
mod paced;
#[cfg(test)]
mod sockets;
