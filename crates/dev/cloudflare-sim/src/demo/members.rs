//! The people of the demo.

use super::{Row, address, id, policies::Policies, rows};
use crate::state::{AddressPlace, Member, MemberStatus, PendingForm, Person};

/// First and last name, address, two-factor, status, policies.
const MEMBERS: &str = include_str!("members.tsv");

/// All members in listing order.
pub(super) fn members(policies: &Policies<'_>) -> Vec<Member> {
    rows(MEMBERS).map(|row| member(policies, &row)).collect()
}

fn member(policies: &Policies<'_>, row: &Row<'_>) -> Member {
    let local = row.text(2);
    let name = |column| Some(row.text(column).to_owned()).filter(|name| name != "-");
    let person = Person {
        user_id: id(&format!("user {local}")),
        email: address(local),
        first_name: name(0),
        last_name: name(1),
        two_factor: row.text(3) == "yes",
    };
    let (status, policies) = (status(row.text(4)), policies.parse(local, row.text(5)));
    Member::new(member_id(local), person, status, policies)
}

/// Id of the member with this address.
pub(super) fn member_id(local: &str) -> String {
    id(&format!("member {local}"))
}

fn status(words: &str) -> MemberStatus {
    match words {
        "pending null both" => MemberStatus::Pending(PendingForm::Null, AddressPlace::Both),
        "pending zeros both" => MemberStatus::Pending(PendingForm::Zeros, AddressPlace::Both),
        "pending absent user" => MemberStatus::Pending(PendingForm::Absent, AddressPlace::User),
        "pending absent top" => MemberStatus::Pending(PendingForm::Absent, AddressPlace::TopLevel),
        _ => MemberStatus::Accepted,
    }
}
