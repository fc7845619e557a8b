//! The draft, worked on where blocking is allowed.

use c1z::Draft;

use crate::SyncError;

/// Owns the draft; there is one writer, and it does one thing at a time.
#[derive(Debug)]
pub(crate) struct Store(Option<Draft>);

impl Store {
    /// Takes the draft over.
    pub(crate) fn new(draft: Draft) -> Self {
        Self(Some(draft))
    }

    /// Does `work` on the draft, on a thread for blocking work.
    ///
    /// # Errors
    /// Those of `work`; and [`SyncError::Lost`] when work panicked, then and ever after.
    pub(crate) async fn with<T, E>(
        &mut self,
        work: impl FnOnce(&mut Draft) -> Result<T, E> + Send + 'static,
    ) -> Result<T, SyncError>
    where
        T: Send + 'static,
        E: Into<SyncError> + Send + 'static,
    {
        let mut draft = self.take()?;
        let task = tokio::task::spawn_blocking(move || {
            let result = work(&mut draft);
            (draft, result)
        });
        let (draft, result) = task.await.map_err(|error| SyncError::Lost(error.to_string()))?;
        self.0 = Some(draft);
        result.map_err(Into::into)
    }

    /// Gives the draft away for good.
    ///
    /// # Errors
    /// When it was lost in a panic.
    pub(crate) fn take(&mut self) -> Result<Draft, SyncError> {
        self.0
            .take()
            .ok_or_else(|| SyncError::Lost("the draft is gone".to_owned()))
    }
}
