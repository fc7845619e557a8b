//! Why a task may have to end before its time.

use tokio::sync::watch::Receiver;
use tokio_util::sync::CancellationToken;
use tonic::Code;

use super::ending::Ending;
use super::heartbeat::Pulse;

/// Why a task has to end before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Interruption {
    /// The control plane does not want it any more.
    Cancelled,
    /// The control plane has given it to somebody else.
    Lost,
    /// The process ends.
    Stopping,
}

impl Interruption {
    /// What the control plane is told, if it is to be told.
    pub(super) fn ending(self) -> Option<Ending> {
        match self {
            Self::Cancelled => Some(Ending::for_now(Code::Cancelled, "cancelled by the control plane")),
            Self::Stopping => Some(Ending::for_now(Code::Unavailable, "the connector is stopping")),
            Self::Lost => None,
        }
    }
}

/// Where interruptions of one task come from.
#[derive(Clone)]
pub(super) struct Interruptions {
    pub(super) pulse: Receiver<Pulse>,
    pub(super) stopping: CancellationToken,
}

impl Interruptions {
    /// The first interruption, if one ever comes.
    pub(super) async fn next(&mut self) -> Interruption {
        tokio::select! {
            biased;
            interruption = unwanted(&mut self.pulse) => interruption,
            () = self.stopping.cancelled() => Interruption::Stopping,
        }
    }

    /// Waits until the control plane was asked once whether it wants the task.
    pub(super) async fn first_pulse(&mut self) {
        self.pulse.wait_for(|pulse| *pulse != Pulse::Unknown).await.ok();
    }

    /// Whether the task is somebody else's by now.
    pub(super) fn is_lost(&self) -> bool {
        *self.pulse.borrow() == Pulse::Lost
    }
}

async fn unwanted(pulse: &mut Receiver<Pulse>) -> Interruption {
    let unwanted = |pulse: &Pulse| matches!(pulse, Pulse::Cancelled | Pulse::Lost);
    let end = pulse.wait_for(unwanted).await.map(|pulse| *pulse);
    match end {
        Ok(Pulse::Cancelled) => Interruption::Cancelled,
        Ok(_) => Interruption::Lost,
        // Nobody beats any more, so nothing is heard any more.
        Err(_) => std::future::pending().await,
    }
}
