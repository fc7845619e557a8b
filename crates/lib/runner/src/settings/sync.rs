//! What a sync needs to know, and what a change needs of it.

use std::path::{Path, PathBuf};

use c1z::{DraftOptions, Limits, ReadOptions, Retention};
use model::{ResourceId, ResourceTypeId};
use sync::{Request, Scope};

use super::variables;
use crate::definition::Definition;
use crate::input::{Environment, Origin, Values};
use crate::problem::Problem;

/// How many parts are read at the same time when nobody says.
const WORKERS: usize = 4;

/// What to read and where to write it.
#[derive(Debug)]
pub(crate) struct SyncSettings {
    pub(crate) file: PathBuf,
    pub(crate) request: Request,
    pub(crate) draft: DraftOptions,
}

impl SyncSettings {
    pub(super) fn read(
        definition: &Definition,
        values: &Values,
        environment: &Environment,
    ) -> Result<Self, Vec<Problem>> {
        let scope = scope(definition, values);
        let draft = draft(values, environment);
        let (scope, draft) = match (scope, draft) {
            (Ok(scope), Ok(draft)) => (scope, draft),
            (scope, draft) => return Err(scope.err().into_iter().chain(draft.err()).flatten().collect()),
        };
        let resources_only = values.switch("skip-entitlements-and-grants");
        let request = Request {
            scope,
            resources_only,
            skip_expansion: false,
            workers: workers(values),
        };
        Ok(Self {
            file: values.text("file").into(),
            request,
            draft,
        })
    }
}

/// The file in which a change looks things up.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) file: PathBuf,
    pub(crate) options: ReadOptions,
}

impl Reading {
    pub(super) fn read(values: &Values, environment: &Environment) -> Result<Self, Problem> {
        let options = ReadOptions {
            limits: limits(environment)?,
            temp_dir: working_folder(values, environment).map(|(folder, _)| folder),
        };
        Ok(Self {
            file: values.text("file").into(),
            options,
        })
    }
}

pub(super) fn workers(values: &Values) -> usize {
    match usize::try_from(values.number("workers")) {
        Ok(0) | Err(_) => WORKERS,
        Ok(number) => number,
    }
}

fn scope(definition: &Definition, values: &Values) -> Result<Scope, Vec<Problem>> {
    let targets = values.list("sync-resources");
    if !targets.is_empty() {
        let ids = all(targets.iter().map(|text| target(text, values)))?;
        return Ok(Scope::Targets {
            ids,
            skip_grants: values.switch("skip-grants"),
        });
    }
    let types = selected_types(definition, values)?;
    Ok(if types.is_empty() {
        Scope::Everything
    } else {
        Scope::Types(types)
    })
}

/// The types that are named, each of which there must be.
pub(super) fn selected_types(
    definition: &Definition,
    values: &Values,
) -> Result<Vec<ResourceTypeId>, Vec<Problem>> {
    let types = values.list("sync-resource-types");
    let known: Vec<ResourceTypeId> = (definition.resource_types)()
        .iter()
        .map(|kind| kind.id.clone())
        .collect();
    all(types.iter().map(|name| selected(name, &known, values)))
}

fn target(text: &str, values: &Values) -> Result<ResourceId, Problem> {
    ResourceId::parse_baton(text)
        .map_err(|error| Problem::new(error.to_string()).given_by(values.origin("sync-resources")))
}

fn selected(name: &str, known: &[ResourceTypeId], values: &Values) -> Result<ResourceTypeId, Problem> {
    let found = known.iter().find(|kind| kind.as_str() == name).cloned();
    found.ok_or_else(|| {
        let names: Vec<&str> = known.iter().map(ResourceTypeId::as_str).collect();
        Problem::new(format!("invalid resource type '{name}' in filter"))
            .given_by(values.origin("sync-resource-types"))
            .hint(format!("known are {}", names.join(", ")))
    })
}

/// All results, or all problems.
fn all<T>(results: impl Iterator<Item = Result<T, Problem>>) -> Result<Vec<T>, Vec<Problem>> {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            Ok(item) => good.push(item),
            Err(problem) => bad.push(problem),
        }
    }
    if bad.is_empty() { Ok(good) } else { Err(bad) }
}

fn draft(values: &Values, environment: &Environment) -> Result<DraftOptions, Vec<Problem>> {
    let temp_dir = working_folder(values, environment).map(|(folder, _)| folder);
    match (limits(environment), retention(environment)) {
        (Ok(limits), Ok(retention)) => Ok(DraftOptions {
            temp_dir,
            limits,
            retention,
        }),
        (limits, retention) => Err(limits.err().into_iter().chain(retention.err()).collect()),
    }
}

pub(super) fn limits(environment: &Environment) -> Result<Limits, Problem> {
    let mut limits = Limits::default();
    if let Some(megabytes) = variables::number(environment, variables::MAX_DECODED_MB, 1)? {
        limits.decoded_bytes = megabytes.saturating_mul(1 << 20);
    }
    if let Some(megabytes) = variables::number(environment, variables::MAX_MEMORY_MB, 1)? {
        let bytes = megabytes.saturating_mul(1 << 20);
        limits.window_log = bytes.ilog2().min(Limits::MAX_WINDOW_LOG);
    }
    Ok(limits)
}

fn retention(environment: &Environment) -> Result<Retention, Problem> {
    let count = variables::number(environment, variables::KEEP_SYNC_COUNT, 0)?;
    if variables::switch(environment, variables::SKIP_CLEANUP)? {
        return Ok(Retention::KeepAll);
    }
    let count = count
        .filter(|count| *count > 0)
        .and_then(|count| usize::try_from(count).ok());
    Ok(count.map_or_else(Retention::default, Retention::Keep))
}

/// The folder for the working copy, and who said so; none when it belongs beside the file.
pub(super) fn working_folder(values: &Values, environment: &Environment) -> Option<(PathBuf, Origin)> {
    let flag = Some(values.text("c1z-temp-dir")).filter(|path| !path.is_empty());
    let variable = || Origin::Variable(variables::TMPDIR.to_owned());
    match flag {
        Some(path) => Some((path.into(), values.origin("c1z-temp-dir").clone())),
        None => variables::given(environment, variables::TMPDIR).map(|path| (path.into(), variable())),
    }
}

/// A problem when that folder is not there.
pub(crate) fn working_folder_problem(values: &Values, environment: &Environment) -> Option<Problem> {
    let (folder, origin) = working_folder(values, environment)?;
    let unusable = !Path::new(&folder).is_dir();
    let what = if folder.exists() {
        "is not a folder"
    } else {
        "does not exist"
    };
    let text = format!("the specified c1z temp dir {what}: {}", folder.display());
    unusable.then(|| {
        Problem::new(text)
            .given_by(&origin)
            .hint("make the folder, or name another")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> Environment {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn decoding_is_bounded_by_megabytes() {
        let read = |size, memory| {
            limits(&environment(&[
                (variables::MAX_DECODED_MB, size),
                (variables::MAX_MEMORY_MB, memory),
            ]))
        };
        assert_eq!(read("", ""), Ok(Limits::default()));
        assert_eq!(
            read("3", "8"),
            Ok(Limits {
                decoded_bytes: 3 << 20,
                window_log: 23
            })
        );
        assert_eq!(
            read("1", "9999999").map(|limits| limits.window_log),
            Ok(Limits::MAX_WINDOW_LOG)
        );
        assert!(read("0", "").is_err());
    }

    #[test]
    fn how_many_syncs_stay() {
        let read = |count, skip| {
            retention(&environment(&[
                (variables::KEEP_SYNC_COUNT, count),
                (variables::SKIP_CLEANUP, skip),
            ]))
        };
        assert_eq!(read("", ""), Ok(Retention::default()));
        assert_eq!(read("0", "false"), Ok(Retention::default()));
        assert_eq!(read("5", ""), Ok(Retention::Keep(5)));
        assert_eq!(read("5", "1"), Ok(Retention::KeepAll));
        assert!(read("", "perhaps").is_err());
    }
}
