//! Files written, read back, damaged, interrupted and compared.

#[cfg(test)]
mod checks;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod damaged;
#[cfg(test)]
mod differences;
#[cfg(test)]
mod draft;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod keeping;
#[cfg(test)]
mod old_files;
#[cfg(test)]
mod places;
#[cfg(test)]
mod raw;
#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod world;
