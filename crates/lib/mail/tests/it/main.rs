//! Letters written, put into folders and handed to mail servers.

#[cfg(test)]
mod addresses;
#[cfg(test)]
mod folder;
#[cfg(test)]
mod messages;
#[cfg(test)]
mod server;
#[cfg(test)]
mod smtp;
#[cfg(test)]
mod trouble;
#[cfg(test)]
mod words;
#[cfg(test)]
mod world;
