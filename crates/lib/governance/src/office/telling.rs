//! Letters to the owners of a connector about how it goes.

use super::believing::PATIENCE;
use super::{Office, OfficeError};
use crate::repository::Write;
use crate::{Installation, Letter, Operator};

impl Office {
    pub(super) async fn trouble_letters(
        &self,
        installation: &Installation,
        why: &str,
    ) -> Result<Vec<Write>, OfficeError> {
        let Some(connector) = self.store.connector(&installation.connector).await? else {
            return Ok(Vec::new());
        };
        let subject = format!("{} has failed {PATIENCE} times in a row", connector.value.name);
        let text = format!("The last time it said:\n\n{why}\n\nYou are written to again when it works.");
        self.letters_to_owners(installation, &subject, &text).await
    }

    pub(super) async fn recovery_letters(
        &self,
        installation: &Installation,
    ) -> Result<Vec<Write>, OfficeError> {
        let Some(connector) = self.store.connector(&installation.connector).await? else {
            return Ok(Vec::new());
        };
        let subject = format!("{} works again", connector.value.name);
        self.letters_to_owners(installation, &subject, "Its last sync succeeded.")
            .await
    }

    pub(super) async fn letters_to_owners(
        &self,
        installation: &Installation,
        subject: &str,
        text: &str,
    ) -> Result<Vec<Write>, OfficeError> {
        let owners = self.named(&installation.owners).await?;
        let able = owners.iter().filter(|owner| owner.is_active());
        let letter = |owner: &Operator| -> Letter {
            let text = format!("Hello {},\n\n{text}\n", owner.name);
            self.letter(owner, subject.to_owned(), text)
        };
        Ok(able.map(|owner| Write::AddLetter(letter(owner))).collect())
    }
}
