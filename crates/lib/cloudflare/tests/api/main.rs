//! The client from outside: against the simulator over real sockets, and against sample answers.

#[cfg(test)]
mod audit;
#[cfg(test)]
mod budget;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod listings;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod setup;
#[cfg(test)]
mod verify;
