//! Where a secret belongs.

/// Where a secret belongs: what it is for and whose it is. It opens nowhere else, so that whoever can write to the
/// database gains nothing by moving a sealed value to another row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    purpose: String,
    owner: String,
}

impl Context {
    /// `purpose` names the kind of secret and never changes, such as `connector-settings`; `owner` is the id of what
    /// it belongs to.
    pub fn new(purpose: &str, owner: &str) -> Self {
        Self {
            purpose: purpose.to_owned(),
            owner: owner.to_owned(),
        }
    }

    /// What is authenticated beside the secret. The lengths keep `ab` + `c` apart from `a` + `bc`.
    pub(crate) fn associated_data(&self, header: &[u8]) -> Vec<u8> {
        let mut data = header.to_vec();
        for part in [&self.purpose, &self.owner] {
            data.extend(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            data.extend(part.as_bytes());
        }
        data
    }
}
