//! The programs that a browser is made of, each on a port that it chooses.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::Process;
use crate::environment::variable;

/// How long a program may take until it listens, on a machine that has much to do.
const PATIENCE: Duration = Duration::from_mins(1);

/// How Chromium is started: nothing of its own making on the network or on the screen, and no host but this one.
/// Without its sandbox, since that does not work for root or in containers, and the pages are ours.
const FLAGS: [&str; 15] = [
    "--headless=new",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--password-store=basic",
    "--force-color-profile=srgb",
    "--lang=en-US",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE ::1",
];

/// One of them: what it is called, what names another one, and what it says just before its port.
struct Program {
    usual: &'static str,
    named_by: &'static str,
    greeting: &'static str,
}

const CHROMIUM: Program = Program {
    usual: "chromium",
    named_by: "ROLLCALL_TEST_CHROMIUM",
    greeting: "DevTools listening on ws://127.0.0.1:",
};

const DRIVER: Program = Program {
    usual: "chromedriver",
    named_by: "ROLLCALL_TEST_CHROMEDRIVER",
    greeting: "started successfully on port ",
};

/// Starts Chromium without a window, with all that it writes in a folder. Gives where its developer tools listen.
pub(super) async fn chromium(folder: &Path) -> io::Result<(Process, String)> {
    let mut profile = OsString::from("--user-data-dir=");
    profile.push(folder.join("profile"));
    let mut command = CHROMIUM.command();
    command.args(FLAGS).arg(profile).arg("about:blank");
    CHROMIUM.start(command, folder).await
}

/// Starts the driver, which takes orders for a browser. Gives where it listens.
pub(super) async fn driver(folder: &Path) -> io::Result<(Process, String)> {
    let mut command = DRIVER.command();
    command.arg("--port=0");
    DRIVER.start(command, folder).await
}

impl Program {
    fn command(&self) -> Command {
        Command::new(variable(self.named_by).unwrap_or_else(|| self.usual.to_owned()))
    }

    async fn start(&self, mut command: Command, folder: &Path) -> io::Result<(Process, String)> {
        command.env("HOME", folder).env("TMPDIR", folder).env("TZ", "UTC");
        let log = folder.join(self.usual).with_extension("log");
        let mut process = Process::start(&mut command, &log).map_err(|cause| self.missing(&cause))?;
        let port = process
            .says(PATIENCE, |said| port_in(said, self.greeting))
            .await?;
        Ok((process, format!("127.0.0.1:{port}")))
    }

    fn missing(&self, cause: &io::Error) -> io::Error {
        io::Error::new(
            cause.kind(),
            format!(
                "{} does not start ({cause}): `.ci/browser FOLDER` installs it, {} names it",
                self.usual, self.named_by
            ),
        )
    }
}

fn port_in(said: &str, greeting: &str) -> Option<u16> {
    let (_, rest) = said.split_once(greeting)?;
    // The number is whole when something follows it.
    let end = rest.find(|letter: char| !letter.is_ascii_digit())?;
    rest.get(..end)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_counts_when_it_was_said_to_its_end() {
        assert_eq!(port_in("ChromeDriver was started suc", DRIVER.greeting), None);
        let begun = "ChromeDriver was started successfully on port 426";
        assert_eq!(port_in(begun, DRIVER.greeting), None);
        assert_eq!(port_in(&format!("{begun}79.\n"), DRIVER.greeting), Some(42679));
    }
}
