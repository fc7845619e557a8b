//! The connector as a service that has nothing to do: what it holds in memory, and what it takes of the processor.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::measure;
use super::programs::{Programs, Simulator};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// For how long the processor time is counted.
const OBSERVED: Duration = Duration::from_mins(1);
/// Between the end of the first sync and that.
const SETTLED: Duration = Duration::from_secs(10);
/// What would hang is ended.
const PATIENCE: Duration = Duration::from_mins(2);

/// How it is while it asks every five seconds and gets nothing.
pub(super) struct Idle {
    pub(super) resident_bytes: u64,
    /// Of one core, in millionths.
    pub(super) share: u128,
}

/// Lets the real connector sync once through the real service, and looks at it afterwards.
pub(super) fn measure(programs: &Programs) -> Result<Idle> {
    let simulator = Simulator::start(programs, &["--members", "500", "--roles", "40"])?;
    let plane = Plane::start(programs)?;
    let connector = plane.connect(&simulator)?;
    plane.wait_until_connected()?;
    wait(SETTLED);
    let (begun, before) = (Instant::now(), measure::cpu_time(connector.0.id())?);
    wait(OBSERVED);
    let used = measure::cpu_time(connector.0.id())?.saturating_sub(before);
    Ok(Idle {
        resident_bytes: measure::resident(connector.0.id()),
        share: used.as_nanos() * 1_000_000 / begun.elapsed().as_nanos().max(1),
    })
}

/// A process that ends with this value.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already; either way it is gone afterwards.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A control plane.
struct Plane<'a> {
    programs: &'a Programs,
    data: PathBuf,
    address: String,
    _service: Running,
}

impl<'a> Plane<'a> {
    fn start(programs: &'a Programs) -> Result<Self> {
        let listen = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let data = programs.scratch.join("plane");
        let address = format!("localhost:{}", listen.port());
        let mut serve = order(programs, &data, &address, &["serve", "--log-level", "warn"]);
        serve
            .arg("--listen")
            .arg(listen.to_string())
            .stdout(Stdio::null());
        let service = Running(serve.spawn()?);
        until("the service listens", || {
            Ok(std::net::TcpStream::connect(listen).is_ok())
        })?;
        Ok(Self {
            programs,
            data,
            address,
            _service: service,
        })
    }

    fn say(&self, arguments: &[&str]) -> Result<String> {
        let output = order(self.programs, &self.data, &self.address, arguments).output()?;
        if !output.status.success() {
            return Err(format!("`rollcall {}` ended with {}", arguments.join(" "), output.status).into());
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    /// A connector with a credential of its own.
    fn connect(&self, simulator: &Simulator) -> Result<Running> {
        let said = self.say(&["connectors", "add", "Bench"])?;
        let mut command = self.programs.command("baton-cloudflare");
        command
            .args(&simulator.connector_arguments)
            .env("SSL_CERT_FILE", self.data.join("tls").join("authority.pem"))
            .stderr(Stdio::null());
        for name in ["BATON_CLIENT_ID", "BATON_CLIENT_SECRET"] {
            let start = format!("export {name}='");
            let value = said.lines().find_map(|line| line.strip_prefix(&start));
            let value = value.ok_or("no credential was printed")?;
            command.env(name, value.trim_end_matches('\''));
        }
        Ok(Running(command.spawn()?))
    }

    fn wait_until_connected(&self) -> Result<()> {
        until("the connector is connected", || {
            let said = self.say(&["connectors", "list"])?;
            Ok(said.contains("Connected"))
        })
    }
}

fn order(programs: &Programs, data: &std::path::Path, address: &str, arguments: &[&str]) -> Command {
    let mut command = programs.command("rollcall");
    command
        .env("ROLLCALL_DATA", data)
        .env("ROLLCALL_ADDRESS", address)
        .args(arguments);
    command
}

fn until(what: &str, mut so: impl FnMut() -> Result<bool>) -> Result<()> {
    let began = Instant::now();
    while !so()? {
        if began.elapsed() > PATIENCE {
            return Err(format!("never: {what}").into());
        }
        wait(Duration::from_millis(100));
    }
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "a benchmark watches other processes; nothing here is async"
)]
fn wait(time: Duration) {
    std::thread::sleep(time);
}
