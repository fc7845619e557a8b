//! What was found, and how it is shown.

use std::fmt::Display;

use inspect::{Cell, Column, Ink, InspectError, Screen, Table};
use serde::Serialize;

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum State {
    /// As it should be.
    Fine,
    /// Worth a look.
    Look,
    /// Something does not work, or will not.
    Wrong,
}

/// Something that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Finding {
    /// What was looked at, such as `mail`.
    check: &'static str,
    state: State,
    /// How it is.
    says: String,
    /// What to do about it.
    #[serde(rename = "do", skip_serializing_if = "Option::is_none")]
    todo: Option<String>,
}

/// All that was found, in the order in which it was looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct Findings(Vec<Finding>);

impl Findings {
    pub(super) fn fine(&mut self, check: &'static str, says: impl Display) {
        self.add(check, State::Fine, says, None);
    }

    pub(super) fn look(&mut self, check: &'static str, says: impl Display, todo: &str) {
        self.add(check, State::Look, says, Some(todo));
    }

    pub(super) fn wrong(&mut self, check: &'static str, says: impl Display, todo: &str) {
        self.add(check, State::Wrong, says, Some(todo));
    }

    fn add(&mut self, check: &'static str, state: State, says: impl Display, todo: Option<&str>) {
        self.0.push(Finding {
            check,
            state,
            says: says.to_string(),
            todo: todo.map(ToOwned::to_owned),
        });
    }

    /// How the worst of it is.
    pub(super) fn worst(&self) -> State {
        self.0
            .iter()
            .map(|finding| finding.state)
            .max()
            .unwrap_or(State::Fine)
    }

    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::json!({ "state": self.worst(), "findings": self.0 })
    }

    pub(super) fn show(&self, screen: &mut Screen<'_>) -> Result<(), InspectError> {
        let columns = [
            Column::name("Looked at"),
            Column::detail("State"),
            Column::name("What was found"),
        ];
        let mut table = Table::new(screen.out, screen.look, columns);
        for finding in &self.0 {
            let state = match finding.state {
                State::Fine => Cell::new("fine", Ink::Good),
                State::Look => Cell::new("look", Ink::Caution),
                State::Wrong => Cell::new("wrong", Ink::Alarm),
            };
            table.row([
                Cell::from(finding.check),
                state,
                Cell::from(inspect::clean(&finding.says).into_owned()),
            ])?;
        }
        table.finish()?;
        screen.gap()?;
        for finding in self.0.iter().filter(|finding| finding.state > State::Fine) {
            // A table may have shortened it.
            screen.paragraph(
                ink(finding.state),
                "",
                &format!("{}: {}.", finding.check, finding.says),
            )?;
            let todo = finding.todo.as_deref().unwrap_or_default();
            screen.paragraph(Ink::Plain, "  ", todo)?;
        }
        let said = match self.worst() {
            State::Fine => "Everything is as it should be.",
            State::Look => "It works; some things are worth a look.",
            State::Wrong => "Something is wrong.",
        };
        screen.paragraph(ink(self.worst()), "", said)?;
        Ok(())
    }
}

fn ink(state: State) -> Ink {
    match state {
        State::Fine => Ink::Good,
        State::Look => Ink::Caution,
        State::Wrong => Ink::Alarm,
    }
}

#[cfg(test)]
mod tests {
    use inspect::Look;

    use super::*;

    fn some() -> Findings {
        let mut found = Findings::default();
        found.fine("database", "SQLite, tables are up to date");
        found.look("disk", "3 GiB are free", "make room before there is none");
        found.wrong("mail", "nobody answers", "see --mail");
        found
    }

    fn shown(found: &Findings) -> String {
        let (mut out, mut remarks) = (Vec::new(), Vec::new());
        let mut screen = Screen {
            out: &mut out,
            remarks: &mut remarks,
            look: Look::PLAIN,
        };
        found.show(&mut screen).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_page_says_what_to_do() {
        insta::assert_snapshot!(shown(&some()));
        let mut fine = Findings::default();
        fine.fine("database", "SQLite, tables are up to date");
        insta::assert_snapshot!(shown(&fine));
    }

    #[test]
    fn json_says_the_same() {
        insta::assert_json_snapshot!(some().json());
    }
}
