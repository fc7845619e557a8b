//! The database: there, whole, up to date, of one mind about the time.

use chrono::TimeDelta;
use governance::Office;
use store::{Condition, Database, Schema};

use super::{Findings, places};
use crate::args::Doctor;
use crate::control::verify;

const CHECK: &str = "database";
/// How far clocks may be apart before leases and signed assertions suffer.
const APART: TimeDelta = TimeDelta::seconds(5);
const TOO_FAR_APART: TimeDelta = TimeDelta::seconds(30);
/// How many faults are named.
const NAMED: usize = 3;

/// Gives the database when its rows can be looked at.
pub(super) async fn look(doctor: &Doctor, found: &mut Findings) -> Option<Database> {
    let place = &doctor.place;
    let file = places::database_file(place);
    let condition = match &place.database_url {
        Some(url) => Condition::of_server(url).await,
        None if !file.exists() => {
            let says = format!("there is none in {}", file.display());
            found.wrong(
                CHECK,
                says,
                "see --data and --database-url; `rollcall serve` makes one",
            );
            return None;
        }
        None => Condition::of_file(&file).await,
    };
    let condition = match condition {
        Ok(condition) => condition,
        Err(error) => {
            found.wrong(CHECK, error, "see --data and --database-url");
            return None;
        }
    };
    let is_whole = whole(&condition, found).await;
    clock(&condition, found).await;
    let is_current = schema(&condition, found).await;
    if !(is_whole && is_current) {
        return None;
    }
    match places::database(place).await {
        Ok(database) => Some(database),
        Err(failure) => {
            found.wrong(CHECK, failure, "see --data and --database-url");
            None
        }
    }
}

async fn whole(condition: &Condition, found: &mut Findings) -> bool {
    match condition.faults().await {
        Ok(faults) if faults.is_empty() => true,
        Ok(faults) => {
            let named: Vec<&str> = faults.iter().take(NAMED).map(String::as_str).collect();
            let says = format!("the file is damaged: {}", named.join("; "));
            found.wrong(CHECK, says, "stop the service and put the newest backup back");
            false
        }
        Err(error) => {
            found.wrong(CHECK, error, "see --data and --database-url");
            false
        }
    }
}

async fn schema(condition: &Condition, found: &mut Findings) -> bool {
    match condition.schema().await {
        Ok(Schema::Current) => {
            let says = format!("{}, answers, whole, tables are up to date", condition.kind());
            found.fine(CHECK, says);
            true
        }
        Ok(Schema::Older(lacking)) => {
            let says = format!("its tables are older than this program, by {lacking} steps");
            found.look(
                CHECK,
                says,
                "`rollcall serve` brings them up to date; take a backup before",
            );
            false
        }
        Err(error) => {
            found.wrong(
                CHECK,
                error,
                "use the newest version of this program that ran here",
            );
            false
        }
    }
}

async fn clock(condition: &Condition, found: &mut Findings) {
    const CHECK: &str = "clock";
    const TODO: &str = "let both machines take their time from the same servers (NTP)";
    // What the question itself takes is not held against the clock.
    let before = places::now();
    let there = condition.clock().await;
    let after = places::now();
    let Ok(there) = there else {
        // That it does not answer is said elsewhere.
        return;
    };
    let apart = (before - there).max(there - after).max(TimeDelta::zero());
    let says = format!("it differs by {} s from the database's", apart.num_seconds());
    if apart >= TOO_FAR_APART {
        found.wrong(CHECK, says, TODO);
    } else if apart >= APART {
        found.look(CHECK, says, TODO);
    } else {
        found.fine(CHECK, "the same as the database's");
    }
}

/// The audit trail.
pub(super) async fn trail(office: &Office, found: &mut Findings) {
    const CHECK: &str = "audit trail";
    match verify::whole(office).await {
        Ok(count) => found.fine(CHECK, format!("whole, {count} entries")),
        Err(failure) => found.wrong(
            CHECK,
            failure,
            "somebody has changed it behind the service's back: `rollcall verify` says where; compare with a backup",
        ),
    }
}
