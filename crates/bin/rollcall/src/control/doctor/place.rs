//! What is around the service: folders, room, certificate, mail server, the service itself.

use std::path::Path;

use chrono::TimeDelta;
use mail::{Address, Smtp, SmtpServer};
use task_service::Inspected;

use super::{Findings, places};
use crate::args::Doctor;

/// Less room than this is worth a look, bytes.
const LITTLE_ROOM: u64 = 5 << 30;
/// With less than this a sync can fail, bytes.
const NO_ROOM: u64 = 512 << 20;
/// A certificate that ends sooner is worth a look.
const SOON: TimeDelta = TimeDelta::days(21);

/// The folder and the room in it.
pub(super) fn look(doctor: &Doctor, found: &mut Findings) {
    const CHECK: &str = "folder";
    let folder = &doctor.place.data;
    match std::fs::metadata(folder) {
        Err(error) => {
            let says = format!("{} cannot be used: {error}", folder.display());
            found.wrong(CHECK, says, "see --data");
            return;
        }
        Ok(metadata) if is_open_to_others(&metadata) => {
            let says = format!("{} is open to other users of this machine", folder.display());
            found.wrong(CHECK, says, "take that right away: `chmod 700` on the folder");
        }
        Ok(_) => found.fine(CHECK, format!("{} is for this user only", folder.display())),
    }
    room(folder, found);
}

#[cfg(unix)]
fn is_open_to_others(metadata: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    metadata.permissions().mode() & 0o007 != 0
}

#[cfg(not(unix))]
fn is_open_to_others(_: &std::fs::Metadata) -> bool {
    false
}

#[cfg(unix)]
fn room(folder: &Path, found: &mut Findings) {
    const CHECK: &str = "disk";
    match rustix::fs::statvfs(folder) {
        Err(error) => found.look(
            CHECK,
            format!("nobody can tell how much room there is: {error}"),
            "see --data",
        ),
        Ok(disk) => {
            let free = disk.f_bavail.saturating_mul(disk.f_frsize);
            let says = format!("{} MiB are free", free >> 20);
            if free < NO_ROOM {
                found.wrong(CHECK, says, "make room: a sync that cannot be unpacked fails");
            } else if free < LITTLE_ROOM {
                found.look(
                    CHECK,
                    says,
                    "make room before there is none, or keep files for fewer days (--keep-files)",
                );
            } else {
                found.fine(CHECK, "there is room");
            }
        }
    }
}

#[cfg(not(unix))]
fn room(_: &Path, _: &mut Findings) {}

/// The certificate that the service shows.
pub(super) fn certificate(doctor: &Doctor, found: &mut Findings) {
    const CHECK: &str = "certificate";
    let own = doctor.place.data.join("tls").join("certificate.pem");
    let file = doctor.tls_certificate.as_deref().unwrap_or(&own);
    let host = doctor.place.address.rsplit_once(':');
    let host = host.map_or(doctor.place.address.as_str(), |(host, _)| host);
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let inspected = match Inspected::read(file, host) {
        Ok(inspected) => inspected,
        Err(error) => {
            found.wrong(
                CHECK,
                error,
                "see --tls-certificate; `rollcall serve` makes one if there is none",
            );
            return;
        }
    };
    let (now, ends) = (places::now(), inspected.ends_at);
    let day = ends.format("%Y-%m-%d");
    if ends <= now {
        found.wrong(
            CHECK,
            format!("it ended on {day}"),
            "renew it; the service takes the new one without a restart",
        );
    } else if now < inspected.begins_at {
        let begins = inspected.begins_at.format("%Y-%m-%d");
        found.wrong(
            CHECK,
            format!("it is good only from {begins}"),
            "see whether the clock of this machine is right",
        );
    } else if !inspected.is_for_host {
        found.wrong(
            CHECK,
            format!("it is not for {host}"),
            "see --address, and get one for that name",
        );
    } else if ends - now < SOON {
        found.look(
            CHECK,
            format!("it ends on {day}"),
            "renew it; the service takes the new one without a restart",
        );
    } else {
        found.fine(CHECK, format!("good for {host} until {day}"));
    }
}

/// The mail server is greeted, and no letter is sent.
pub(super) async fn mail(doctor: &Doctor, found: &mut Findings) {
    const CHECK: &str = "mail";
    let Some(server) = &doctor.mail else {
        found.look(
            CHECK,
            "letters go into a folder, and to nobody",
            "name a mail server with --mail, if the service has one",
        );
        return;
    };
    let smtp = SmtpServer::parse(server).map_err(|error| error.to_string());
    let smtp = smtp.and_then(|server| {
        let from = Address::parse(&doctor.mail_from).map_err(|error| error.to_string());
        from.map(|from| Smtp::new(server, from))
    });
    match smtp {
        Err(says) => found.wrong(CHECK, says, "see --mail and --mail-from"),
        Ok(smtp) => match smtp.greet().await {
            Ok(()) => found.fine(CHECK, "the server answers and lets us in"),
            Err(error) => found.wrong(CHECK, &error, error.hint()),
        },
    }
}

/// Whether the service is well, by its own account.
pub(super) async fn service(doctor: &Doctor, found: &mut Findings) {
    const CHECK: &str = "service";
    let Some(listen) = doctor.listen else {
        return;
    };
    match task_service::ask_health(listen).await {
        Ok(()) => found.fine(CHECK, format!("answers at {listen} and is well")),
        Err(error) => found.wrong(CHECK, error, "see its log, or start it"),
    }
}
