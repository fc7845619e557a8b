//! Reading what connectors logged.

use super::{Office, OfficeError};
use crate::{Actor, LogEntry, LogPage, LogQuery};

impl Office {
    /// Lines of a connector's log, for whoever may see it.
    ///
    /// # Errors
    /// When there is no such connector for this actor, or when the store fails.
    pub async fn log(
        &self,
        actor: &Actor,
        query: &LogQuery,
        page: LogPage,
        at_most: u64,
    ) -> Result<Vec<LogEntry>, OfficeError> {
        self.owned(actor, &query.connector).await?;
        Ok(self.store.log(query, page, at_most).await?)
    }
}
