//! The API over a real socket with TLS: who gets where, what is refused whoever asks, and whether the document says so.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod documented;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod operations;
#[cfg(test)]
mod routes;
#[cfg(test)]
mod setting_up;
#[cfg(test)]
mod world;
