//! The supervisor with processes that are none, and time that passes when nobody does anything.

mod lives;
mod logs;
mod support;
