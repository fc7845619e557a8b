//! The simulator over real sockets.

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod audit;
#[cfg(test)]
mod changes;
#[cfg(test)]
mod client;
#[cfg(test)]
mod credentials;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod groups;
#[cfg(test)]
mod invitations;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod listings;
#[cfg(test)]
mod members;
#[cfg(test)]
mod picture;
#[cfg(test)]
mod shape;
#[cfg(test)]
mod shapes;
#[cfg(test)]
mod tokens;
#[cfg(test)]
mod world;
#[cfg(test)]
mod writes;
#[cfg(test)]
mod written;
