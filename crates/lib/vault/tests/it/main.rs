//! Sealing and opening, change of keys, the key file.

#[cfg(test)]
mod key_file;
#[cfg(test)]
mod ring_text;
#[cfg(test)]
mod rotation;
#[cfg(test)]
mod sealing;
#[cfg(test)]
mod words;
#[cfg(test)]
mod world;
