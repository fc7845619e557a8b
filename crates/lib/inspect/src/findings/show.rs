//! Findings for people and for programs.

use std::io;

use serde_json::{Value, json};

use super::{Finding, Severity, Subject, findings};
use crate::account::{Account, AccountBuilder};
use crate::ask::Format;
use crate::error::InspectError;
use crate::look::Ink;
use crate::screen::Screen;
use crate::source::Source;
use crate::text::{clean, count, day};

/// More subjects than this are counted, not named.
const NAMED: usize = 12;

/// Shows what stands out in a sync.
pub(crate) fn show(source: &Source<'_>, format: Format, screen: &mut Screen<'_>) -> Result<(), InspectError> {
    let found = findings(&account(source)?, source.moment());
    match format {
        Format::Json => {
            let list = found.iter().map(as_json).collect::<Vec<Value>>();
            Ok(crate::json::value(
                screen.out,
                &crate::json::object([("findings", list.into())]),
            )?)
        }
        Format::Table => {
            tell(&found, screen)?;
            let summary = format!(
                "{}, as of {}",
                count(found.len() as u64, "finding"),
                day(source.moment())
            );
            Ok(screen.line(Ink::Faint, &summary)?)
        }
    }
}

/// The whole of a sync.
pub(crate) fn account(source: &Source<'_>) -> Result<Account, InspectError> {
    let mut builder = AccountBuilder::default();
    for resource in source.all_resources(None) {
        let _: Option<()> = resource?
            .try_into()
            .ok()
            .map(|resource| builder.resource(&resource));
    }
    for entitlement in source.all_entitlements(None) {
        let _: Option<()> = entitlement?
            .try_into()
            .ok()
            .map(|entitlement| builder.entitlement(&entitlement));
    }
    for grant in source.grants(&c1z::GrantFilter::default()) {
        let _: Option<()> = grant?.try_into().ok().map(|grant| builder.grant(&grant));
    }
    Ok(builder.finish())
}

/// Writes findings in full: what, who, why it matters, what to do.
pub(crate) fn tell(found: &[Finding], screen: &mut Screen<'_>) -> io::Result<()> {
    for finding in found {
        head(finding, screen)?;
        screen.paragraph(Ink::Plain, "        ", &who(&finding.subjects))?;
        screen.paragraph(Ink::Faint, "        Why: ", finding.why)?;
        screen.paragraph(Ink::Faint, "        Do:  ", finding.advice)?;
        screen.gap()?;
    }
    Ok(())
}

fn head(finding: &Finding, screen: &mut Screen<'_>) -> io::Result<()> {
    let ink = match finding.severity {
        Severity::High => Ink::Alarm,
        Severity::Medium => Ink::Caution,
        Severity::Low => Ink::Faint,
    };
    let look = screen.look;
    let word = look.paint(
        ink,
        &look.fit(&format!("{:<8}", finding.severity.as_str().to_uppercase()), 0),
    );
    let title = look.paint(Ink::Strong, &look.fit(&clean(&finding.title), 8));
    writeln!(screen.out, "{word}{title}")
}

fn who(subjects: &[Subject]) -> String {
    let mut names: Vec<String> = subjects.iter().take(NAMED).map(one).collect();
    if subjects.len() > NAMED {
        names.push(format!(
            "and {} more (all of them: -o json)",
            subjects.len() - NAMED
        ));
    }
    names.join("; ")
}

fn one(subject: &Subject) -> String {
    match subject.detail.as_str() {
        "" => subject.name.clone(),
        detail => format!("{} ({detail})", subject.name),
    }
}

fn as_json(finding: &Finding) -> Value {
    let subjects = finding.subjects.iter().map(|subject| {
        let id = json!({ "resourceType": subject.id.resource_type, "resource": subject.id.object });
        json!({ "id": id, "name": subject.name, "detail": subject.detail })
    });
    json!({
        "code": finding.code,
        "severity": finding.severity.as_str(),
        "title": finding.title,
        "subjects": subjects.collect::<Vec<_>>(),
        "why": finding.why,
        "advice": finding.advice,
    })
}
