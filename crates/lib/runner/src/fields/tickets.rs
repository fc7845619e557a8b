//! Tickets.

use crate::field::Field;

pub(super) const FIELDS: &[Field] = &[
    Field::switch("create-ticket", "Open a ticket").hidden(),
    Field::text("ticket-template-path", "The file with the ticket").hidden(),
    Field::switch("bulk-create-ticket", "Open several tickets").hidden(),
    Field::text("bulk-ticket-template-path", "The file with the tickets").hidden(),
    Field::switch("get-ticket", "Show a ticket").hidden(),
    Field::text("ticket-id", "The ticket to show").hidden(),
    Field::switch("list-ticket-schemas", "List the kinds of tickets").hidden(),
];
