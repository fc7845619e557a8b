//! Snapshots of who can do what.

mod changes;
pub(crate) mod company;
mod differences;
mod life;
mod questions;
mod reading;
mod removal;
mod round_trip;
mod strategies;

pub(crate) use changes::*;
pub(crate) use differences::*;
pub(crate) use life::*;
pub(crate) use questions::*;
pub(crate) use reading::*;
pub(crate) use removal::*;
pub(crate) use round_trip::*;
