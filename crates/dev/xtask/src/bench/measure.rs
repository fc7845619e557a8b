//! Time and memory of one process.

use std::io::Read;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use super::programs::{Programs, Simulator};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// One sync of the real connector.
pub(super) struct Run {
    pub(super) elapsed: Duration,
    pub(super) peak_bytes: u64,
    pub(super) file: PathBuf,
}

/// Syncs the simulator's account into a new file.
pub(super) fn sync(programs: &Programs, simulator: &Simulator, extra: &[&str]) -> Result<Run> {
    let file = programs.scratch.join("bench.c1z");
    if file.exists() {
        std::fs::remove_file(&file)?;
    }
    let mut command = programs.command("baton-cloudflare");
    command
        .args(&simulator.connector_arguments)
        .args(extra)
        .arg("--file")
        .arg(&file)
        .stderr(Stdio::null());
    let start = Instant::now();
    let mut child = command.spawn()?;
    let peak_bytes = watch(&mut child)?;
    Ok(Run {
        elapsed: start.elapsed(),
        peak_bytes,
        file,
    })
}

/// Waits for the end of a process and returns the most memory it had resident.
fn watch(child: &mut Child) -> Result<u64> {
    let mut peak = 0;
    loop {
        peak = peak.max(resident_peak(child.id()));
        if let Some(status) = child.try_wait()? {
            return if status.success() {
                Ok(peak)
            } else {
                Err(format!("the sync ended with {status}").into())
            };
        }
        #[expect(
            clippy::disallowed_methods,
            reason = "a benchmark polls another process; nothing here is async"
        )]
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// The kernel's own high-water mark, so a late look misses nothing before it.
fn resident_peak(process: u32) -> u64 {
    status_bytes(process, "VmHWM:")
}

/// What a process has in memory now.
pub(super) fn resident(process: u32) -> u64 {
    status_bytes(process, "VmRSS:")
}

/// A size that the kernel tells of a process.
fn status_bytes(process: u32, name: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kibibytes = line.and_then(|rest| rest.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kibibytes.unwrap_or(0) * 1024
}

/// The processor time that a process has used, of all its threads and of those that have ended, in steps of ten
/// milliseconds (proc(5), fields 14 and 15).
pub(super) fn cpu_time(process: u32) -> Result<Duration> {
    let counted = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The program's name comes before, and may hold anything.
    let (_, fields) = counted.rsplit_once(')').ok_or("no statistics")?;
    let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<u64>);
    let ticks: u64 = ticks.sum::<std::result::Result<u64, _>>()?;
    Ok(Duration::from_millis(ticks * 10))
}

/// How long the file takes to describe.
pub(super) fn stats(programs: &Programs, file: &std::path::Path) -> Result<Duration> {
    let start = Instant::now();
    let status = programs
        .command("rollcall")
        .args(["inspect", "stats", "-f"])
        .arg(file)
        .stdout(Stdio::null())
        .status()?;
    if !status.success() {
        return Err(format!("`rollcall inspect stats` ended with {status}").into());
    }
    Ok(start.elapsed())
}

/// From starting the connector to the first byte of its first request.
pub(super) fn first_request(programs: &Programs) -> Result<Duration> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let base = format!("http://{}/client/v4", listener.local_addr()?);
    let mut command = programs.command("baton-cloudflare");
    let account = "bd4a016a06b15839978fe790cd939c3e";
    command
        .args([
            "--account-id",
            account,
            "--api-token",
            "bench",
            "--base-url",
            &base,
        ])
        .stderr(Stdio::null());
    let start = Instant::now();
    let mut child = command.spawn()?;
    let (mut stream, _) = listener.accept()?;
    stream.read_exact(&mut [0])?;
    let elapsed = start.elapsed();
    child.kill()?;
    child.wait()?;
    Ok(elapsed)
}
