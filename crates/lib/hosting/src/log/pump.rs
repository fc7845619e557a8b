//! From a process to the sink. The process is never kept waiting: what is too much is left out, and that is said.

use std::time::Duration;

use governance::{LogLevel, LogLine};
use tokio::io::{AsyncRead, BufReader};
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::time::Instant;

use super::allowance::Allowance;
use super::{Diary, Redaction, line, lines};

/// How many lines wait for the sink at most.
const WAITING: usize = 1000;
/// How many lines the sink is given at once, at most.
const AT_ONCE: usize = 200;
/// How long lines are gathered.
const GATHERED: Duration = Duration::from_millis(250);

/// Reads a log to its end and hands it on.
pub(crate) async fn pump(log: impl AsyncRead + Send + Unpin, redaction: Redaction, diary: Diary) {
    let (sender, receiver) = mpsc::channel(WAITING);
    let reading = read(log, &redaction, &diary, sender);
    tokio::join!(reading, hand_on(receiver, &diary));
}

async fn read(
    log: impl AsyncRead + Send + Unpin,
    redaction: &Redaction,
    diary: &Diary,
    sender: Sender<LogLine>,
) {
    let mut log = BufReader::new(log);
    let mut allowance = Allowance::new(Instant::now());
    let mut reader = line::Reader::new(&diary.connector, redaction);
    let mut left_out = 0_u64;
    while let Some(bytes) = lines::next(&mut log).await {
        let Some(line) = reader.read(&bytes, diary.clock.now()) else {
            continue;
        };
        // Room for the line, and for the one that says what is missing before it.
        if sender.capacity() < 2 || !allowance.take(Instant::now()) {
            left_out += 1;
            continue;
        }
        let missing = missing(std::mem::take(&mut left_out), diary);
        for line in missing.into_iter().chain([line]) {
            sender.try_send(line).ok();
        }
    }
    if let Some(line) = missing(left_out, diary) {
        sender.send(line).await.ok();
    }
}

fn missing(lines: u64, diary: &Diary) -> Option<LogLine> {
    let said = match lines {
        0 => return None,
        1 => "one line is left out here: there were too many at once".to_owned(),
        lines => format!("{lines} lines are left out here: there were too many at once"),
    };
    Some(diary.line(LogLevel::Warn, said))
}

async fn hand_on(mut receiver: Receiver<LogLine>, diary: &Diary) {
    let mut lines = Vec::new();
    while receiver.recv_many(&mut lines, AT_ONCE).await > 0 {
        diary.sink.write(std::mem::take(&mut lines)).await;
        if !receiver.is_closed() {
            tokio::time::sleep(GATHERED).await;
        }
    }
}
