//! The key file, and whether it opens everything that is sealed.

use governance::repository::{SealedPlace, SealedValue, SealedValues as _};
use store::Database;
use vault::{KeyRing, Sealed, VaultError};

use super::{Findings, places};
use crate::args::Doctor;

const CHECK: &str = "keys";

pub(super) async fn look(doctor: &Doctor, database: &Database, found: &mut Findings) {
    let file = places::key_ring(&doctor.place, doctor.keys.as_deref());
    let ring = match KeyRing::load(&file) {
        Ok(ring) => ring,
        Err(error) => {
            found.wrong(CHECK, &error, error.hint());
            return;
        }
    };
    let values = match database.sealed_values().await {
        Ok(values) => values,
        Err(error) => {
            found.wrong(CHECK, error, "see --data and --database-url");
            return;
        }
    };
    let (mut opened, mut old) = (0_u64, 0_u64);
    for value in &values {
        match open(&ring, value) {
            Ok(is_current) => {
                opened += 1;
                old += u64::from(!is_current);
            }
            Err(error) => found.wrong(CHECK, format!("{}: {error}", whose(&value.place)), error.hint()),
        }
    }
    if old > 0 {
        let says = format!("{old} of {opened} secrets are sealed with a former key");
        found.look(
            CHECK,
            says,
            "`rollcall keys reseal` seals them again with the current one",
        );
    } else if opened == values.len() as u64 {
        found.fine(CHECK, format!("{} opens all {opened} secrets", file.display()));
    }
}

/// Whether it is sealed with the current key, once it was opened.
fn open(ring: &KeyRing, value: &SealedValue) -> Result<bool, VaultError> {
    let sealed = Sealed::from_bytes(&value.secret.0)?;
    ring.open(&sealed, &lobby::context(&value.place))?;
    Ok(ring.is_current(&sealed))
}

fn whose(place: &SealedPlace) -> String {
    match place {
        SealedPlace::Connector(id) => format!("the secret of the connector {id}"),
        SealedPlace::SecondFactor(id) => format!("the second factor of the user {id}"),
        SealedPlace::SignOn(issuer) => format!("what proves us to {issuer}"),
    }
}
