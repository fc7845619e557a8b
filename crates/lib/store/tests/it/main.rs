//! The repositories on each database there is: SQLite in memory and in a file, PostgreSQL on a server that
//! `ROLLCALL_TEST_POSTGRES` names.

#[cfg(test)]
mod access;
#[cfg(test)]
mod backup;
#[cfg(test)]
mod connectors;
#[cfg(test)]
mod credentials;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod files;
#[cfg(test)]
mod leases;
#[cfg(test)]
mod ledger;
#[cfg(test)]
mod locks;
#[cfg(test)]
mod logs;
#[cfg(test)]
mod office;
#[cfg(test)]
mod opening;
#[cfg(test)]
mod passwords;
#[cfg(test)]
mod place;
#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod sealed;
#[cfg(test)]
mod strategies;
#[cfg(test)]
mod suite;
#[cfg(test)]
mod tasks;
#[cfg(test)]
mod uploads;
#[cfg(test)]
mod workers;
#[cfg(test)]
mod world;
