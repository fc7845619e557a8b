//! Files as rows: the demo's account read from the simulator, and files that are not what they should be.

#[cfg(test)]
mod demo;
#[cfg(test)]
mod kept;
#[cfg(test)]
mod refused;
#[cfg(test)]
mod world;
