//! Reading a listing that has a cursor instead of page numbers.

use crate::endpoint::AuditLogs;
use crate::types::AuditLogEntry;
use crate::{Client, Error};

/// Reads the audit log page by page. Made by [`Client::audit_log`].
#[derive(Debug)]
pub struct AuditPages {
    client: Client,
    endpoint: AuditLogs,
    next: Next,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Next {
    First,
    At(String),
    End,
}

impl AuditPages {
    pub(crate) fn new(client: Client, endpoint: AuditLogs) -> Self {
        Self {
            client,
            endpoint,
            next: Next::First,
        }
    }

    /// The next page. `None` at the end.
    ///
    /// # Errors
    ///
    /// When the page cannot be read; asking again asks for the same page.
    pub async fn next(&mut self) -> Result<Option<Vec<AuditLogEntry>>, Error> {
        let paging = match &self.next {
            Next::First => Vec::new(),
            Next::At(cursor) => vec![("cursor", cursor.clone())],
            Next::End => return Ok(None),
        };
        let page = self.client.fetch(&self.endpoint, &paging).await?;
        self.next = match page.info.next_cursor() {
            Some(cursor) if self.next != Next::At(cursor.to_owned()) => Next::At(cursor.to_owned()),
            // No cursor is the end, and so is one that leads to where we are.
            _ => Next::End,
        };
        Ok(Some(page.items))
    }
}
