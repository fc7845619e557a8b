//! The program as people and machines meet it, with a connector that is made up.

mod changes;
mod commands;
mod mistakes;
