//! People and groups as a directory says that they are, and what follows.

use governance::{
    Actor, Email, Group, GroupRole, GroupSays, OfficeError, Operator, OperatorId, OperatorStatus, Person,
    Role, TokenHash,
};
use store::Database;

use super::Town;

impl Town {
    /// Somebody whom the directory brings, with a link of that secret.
    pub(super) async fn brought(&self, by: &Actor, number: u8, secret: u8) -> Operator {
        let person = Person {
            email: Email::parse(&format!("d{number}@example.com")).unwrap(),
            name: format!("D{number}"),
            external_id: Some(format!("x{number}")),
            active: true,
        };
        let link = (TokenHash([secret; 32]), "https://link");
        self.office.provision(by, &person, link).await.unwrap()
    }

    async fn roles(&self, by: &Actor, id: &OperatorId) -> Vec<Role> {
        let found = self.office.provisioned_one(by, id).await.unwrap();
        found.value.roles.iter().collect()
    }

    async fn grouped(&self, by: &Actor, name: &str, members: &[&Operator]) -> Result<Group, OfficeError> {
        let says = GroupSays {
            name: name.to_owned(),
            external_id: None,
            members: members.iter().map(|one| one.id.clone()).collect(),
        };
        self.office.add_group(by, says).await
    }
}

fn gives(group: &str, role: Role) -> GroupRole {
    GroupRole {
        group: group.to_owned(),
        role,
    }
}

/// What two groups give is there until the last of them is gone, and what nobody gave by a group stays.
pub(crate) async fn a_role_goes_with_the_last_group_that_gives_it(database: &Database) {
    let town = Town::new(database);
    let (_, by) = town.person(1, "ada", &[Role::SuperAdministrator]).await;
    let one = town.brought(&by, 2, 2).await;
    let office = &town.office;
    for name in ["Staff", "Audit"] {
        office
            .map_group(&by, &gives(name, Role::Auditor), false)
            .await
            .unwrap();
    }
    let staff = town.grouped(&by, "staff", &[&one]).await.unwrap();
    let audit = town.grouped(&by, "AUDIT", &[&one]).await.unwrap();
    assert_eq!(town.roles(&by, &one.id).await, [Role::Auditor, Role::User]);
    office.remove_group(&by, &staff.id).await.unwrap();
    assert_eq!(town.roles(&by, &one.id).await, [Role::Auditor, Role::User]);
    office
        .unmap_group(&by, &gives("Audit", Role::Auditor))
        .await
        .unwrap();
    assert_eq!(town.roles(&by, &one.id).await, [Role::User]);
    office
        .map_group(&by, &gives("Audit", Role::CampaignAdministrator), false)
        .await
        .unwrap();
    office.let_go(&by, &one.id).await.unwrap();
    let left = office.groups(&by).await.unwrap();
    assert!(left.len() == 1 && left[0].id == audit.id && left[0].says.members.is_empty());
    let again = town.brought(&by, 2, 3).await;
    let roles: Vec<_> = again.roles.iter().collect();
    assert_eq!(
        (again.id, roles, again.status),
        (one.id, vec![Role::User], OperatorStatus::Invited)
    );
}

/// Two changes at once: none is worked out from what the other has made untrue.
pub(crate) async fn groups_and_what_they_give_change_one_after_the_other(database: &Database) {
    let town = Town::new(database);
    let (_, by) = town.person(1, "ada", &[Role::SuperAdministrator]).await;
    let one = town.brought(&by, 2, 2).await;
    for round in 0..4 {
        let name = format!("G{round}");
        let group = town.grouped(&by, &name, &[]).await.unwrap();
        let joins = |says: GroupSays| {
            let members = [one.id.clone()].into();
            Ok::<_, OfficeError>(GroupSays { members, ..says })
        };
        let mapping = gives(&name, Role::Auditor);
        let (joined, mapped) = tokio::join!(
            town.office.change_group(&by, &group.id, joins),
            town.office.map_group(&by, &mapping, false),
        );
        joined.unwrap();
        mapped.unwrap();
        assert_eq!(town.roles(&by, &one.id).await, [Role::Auditor, Role::User]);
        town.office.remove_group(&by, &group.id).await.unwrap();
        assert_eq!(town.roles(&by, &one.id).await, [Role::User]);
    }
}

pub(crate) async fn a_group_has_a_name_of_its_own_and_members_of_the_directory(database: &Database) {
    let town = Town::new(database);
    let (ada, by) = town.person(1, "ada", &[Role::SuperAdministrator]).await;
    town.grouped(&by, "Staff", &[]).await.unwrap();
    assert!(matches!(
        town.grouped(&by, " STAFF", &[]).await,
        Err(OfficeError::Store(_))
    ));
    assert!(matches!(
        town.grouped(&by, "Others", &[&ada]).await,
        Err(OfficeError::NoMember)
    ));
    assert_eq!(town.office.groups(&by).await.unwrap().len(), 1);
}
