//! The roles that Cloudflare defines: their ids are the same in every account.
//!
//! The live list counts; this table names a role when the list is gone, and says which permission group a role
//! has become.

use std::sync::LazyLock;

use cloudflare::types::PermissionGroup;

/// The role that may do everything. Some answers leave it out, so it is always added.
pub(crate) const SUPER_ADMINISTRATOR: &str = "33666b9c79b9a5273fc7344ff42f953d";

/// The name the Go connector gives it.
pub(crate) const SUPER_ADMINISTRATOR_NAME: &str = "Super Administrator - All Privileges";

static TABLE: LazyLock<Vec<KnownRole>> = LazyLock::new(|| {
    include_str!("known_roles.tsv")
        .lines()
        .filter_map(KnownRole::from_line)
        .collect()
});

/// A role that Cloudflare defines.
#[derive(Debug)]
pub(crate) struct KnownRole {
    /// The id it has in `/roles`.
    pub(crate) id: &'static str,
    /// The name people know it by.
    pub(crate) name: &'static str,
    permission_group: Option<&'static str>,
    label: Option<&'static str>,
}

impl KnownRole {
    fn from_line(line: &'static str) -> Option<Self> {
        let mut columns = line.split('\t');
        let mut next = || columns.next().filter(|text| *text != "-");
        let id = next().filter(|text| !text.starts_with('#'))?;
        Some(Self {
            id,
            name: next()?,
            permission_group: next(),
            label: next(),
        })
    }

    /// The permission group that it has become, where its id is known.
    pub(crate) fn permission_group(&self) -> Option<&'static str> {
        self.permission_group
    }

    /// Whether this role is what `group` is called in the newer catalogue.
    pub(crate) fn is(&self, group: &PermissionGroup) -> bool {
        let same = |ours: Option<&str>, theirs: Option<&str>| ours.is_some() && ours == theirs;
        same(self.permission_group, Some(group.id.as_str()))
            || same(self.label, group.meta.label.as_deref())
            || same(Some(self.name), group.name.as_deref())
    }
}

/// The role with this id.
pub(crate) fn by_id(id: &str) -> Option<&'static KnownRole> {
    TABLE.iter().find(|role| role.id == id)
}

/// The role that has become this permission group.
pub(crate) fn by_permission_group(group: &PermissionGroup) -> Option<&'static KnownRole> {
    TABLE.iter().find(|role| role.is(group))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_line_is_read_and_no_id_is_there_twice() {
        let lines = include_str!("known_roles.tsv").lines().count() - 1;
        let ids: HashSet<_> = TABLE.iter().map(|role| role.id).collect();
        assert_eq!((TABLE.len(), ids.len()), (lines, lines));
        assert!(
            TABLE
                .iter()
                .all(|role| role.id.len() == 32 && !role.name.is_empty())
        );
    }

    #[test]
    fn the_super_administrator_is_known_by_the_name_that_go_gives() {
        assert_eq!(by_id(SUPER_ADMINISTRATOR).unwrap().name, SUPER_ADMINISTRATOR_NAME);
    }

    #[test]
    fn a_permission_group_is_recognised_by_id_label_or_name() {
        let group = |json: &str| serde_json::from_str::<PermissionGroup>(json).unwrap();
        let name = |json: &str| by_permission_group(&group(json)).map(|role| role.name);
        let workers = r#"{"id":"bc5ec81e4beb40b9bd71493707ea4b80","name":"Workers Admin"}"#;
        assert_eq!(name(workers), Some("Workers Platform Admin"));
        assert_eq!(
            name(r#"{"id":"x","meta":{"label":"admin"}}"#),
            Some("Administrator")
        );
        assert_eq!(name(r#"{"id":"x","name":"Billing"}"#), Some("Billing"));
        assert_eq!(name(r#"{"id":"x","name":"Domain DNS"}"#), None);
    }
}
