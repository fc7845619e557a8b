//! What running as a service needs to know.

use std::path::PathBuf;

use c1z::Limits;
use model::ResourceTypeId;
use task_protocol::{ClientId, ClientSecret, is_authority};

use super::telemetry::TelemetryWanted;
use super::{sync, variables};
use crate::checks;
use crate::definition::Definition;
use crate::input::{Environment, Origin, Values};
use crate::problem::Problem;

/// What running as a service needs to know.
#[derive(Debug)]
pub(crate) struct ServiceSettings {
    pub(crate) client_id: ClientId,
    pub(crate) secret: ClientSecret,
    /// Where the control plane is: `host` or `host:port`.
    pub(crate) authority: String,
    /// How to tell this instance from others, when somebody says; otherwise by the machine's name.
    pub(crate) host_id: Option<String>,
    /// Whether tasks are fetched several at a time.
    pub(crate) batched: bool,
    /// How many tasks are worked on at the same time, at least one.
    pub(crate) concurrency: usize,
    /// Whether the control plane may change something.
    pub(crate) provisioning: bool,
    pub(crate) ticketing: bool,
    /// What telemetry to send, if any.
    pub(crate) telemetry: Option<TelemetryWanted>,
    /// Where to answer questions about health, if anywhere.
    pub(crate) health: Option<HealthEndpoint>,
    pub(crate) sync: SyncRules,
}

/// Where questions about health are answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HealthEndpoint {
    /// An address of this machine.
    pub(crate) address: String,
    pub(crate) port: u16,
}

impl HealthEndpoint {
    fn read(values: &Values) -> Option<Self> {
        values.switch("health-check").then(|| Self {
            address: values.text("health-check-bind-address").to_owned(),
            // The setting is within the range of ports.
            port: u16::try_from(values.number("health-check-port")).unwrap_or_default(),
        })
    }
}

/// How syncs that the control plane asks for are made.
#[derive(Clone, Debug)]
pub(crate) struct SyncRules {
    /// Whether they read nothing.
    pub(crate) skip: bool,
    /// The types to read when the task names none; all when empty.
    pub(crate) types: Vec<ResourceTypeId>,
    pub(crate) workers: usize,
    /// Whether `--storage-engine` decided, so that the task's wish does not count.
    pub(crate) engine_given: bool,
    /// Where temporary files go, instead of where the system has them.
    pub(crate) folder: Option<PathBuf>,
    pub(crate) limits: Limits,
}

impl ServiceSettings {
    /// Takes what says how to run as a service. Flags that ask for one run do not count.
    pub(super) fn read(
        definition: &Definition,
        values: &Values,
        environment: &Environment,
    ) -> Result<Self, Vec<Problem>> {
        let credentials = credentials(values);
        let authority = authority(environment);
        let host_id = host_id(environment);
        let batched = variables::switch(environment, variables::GET_TASKS);
        let sync = sync_rules(definition, values, environment);
        let telemetry = TelemetryWanted::read(values);
        match (credentials, authority, host_id, batched, (sync, telemetry)) {
            (Ok((client_id, secret)), Ok(authority), Ok(host_id), Ok(batched), (Ok(sync), Ok(telemetry))) => {
                Ok(Self {
                    authority: authority.unwrap_or_else(|| client_id.authority().to_owned()),
                    client_id,
                    secret,
                    host_id,
                    batched,
                    concurrency: usize::try_from(values.number("task-concurrency"))
                        .unwrap_or(1)
                        .max(1),
                    provisioning: values.switch("provisioning"),
                    ticketing: values.switch("ticketing"),
                    telemetry,
                    health: HealthEndpoint::read(values),
                    sync,
                })
            }
            (credentials, authority, host_id, batched, (sync, telemetry)) => {
                let single = [authority.err(), host_id.err(), batched.err(), telemetry.err()];
                let several = credentials.err().into_iter().chain(sync.err());
                Err(several.flatten().chain(single.into_iter().flatten()).collect())
            }
        }
    }
}

/// What is malformed is reported by the checks of single settings; here it only has to be absent.
fn credentials(values: &Values) -> Result<(ClientId, ClientSecret), Vec<Problem>> {
    use secrecy::ExposeSecret;
    let id = ClientId::parse(values.text("client-id"));
    let secret = values
        .secret("client-secret")
        .map(|text| ClientSecret::parse(text.expose_secret()));
    match (id, secret) {
        (Ok(id), Some(Ok(secret))) => Ok((id, secret)),
        _ => Err(Vec::new()),
    }
}

fn authority(environment: &Environment) -> Result<Option<String>, Problem> {
    let name = variables::API_HOST;
    match variables::given(environment, name) {
        Some(text) if !is_authority(text) => {
            let problem = Problem::new(format!("'{text}' is not a host, with or without a port"));
            Err(problem
                .given_by(&Origin::Variable(name.to_owned()))
                .hint("write it like rollcall.example.com:8443, without https:// and without a path"))
        }
        text => Ok(text.map(str::to_owned)),
    }
}

fn host_id(environment: &Environment) -> Result<Option<String>, Problem> {
    let name = variables::HOST_ID;
    match variables::given(environment, name) {
        Some(text) if text.chars().count() > 256 => {
            let problem = Problem::new("a host id has 256 characters at most");
            Err(problem.given_by(&Origin::Variable(name.to_owned())))
        }
        text => Ok(text.map(str::to_owned)),
    }
}

fn sync_rules(
    definition: &Definition,
    values: &Values,
    environment: &Environment,
) -> Result<SyncRules, Vec<Problem>> {
    let types = sync::selected_types(definition, values);
    let limits = sync::limits(environment);
    let misplaced = [
        skip_grants_problem(values),
        dry_run_problem(values),
        checks::engine(values),
    ];
    let misplaced: Vec<Problem> = misplaced.into_iter().flatten().collect();
    match (types, limits) {
        (Ok(types), Ok(limits)) if misplaced.is_empty() => Ok(SyncRules {
            skip: values.switch("skip-full-sync"),
            types,
            workers: sync::workers(values),
            engine_given: values.is_set("storage-engine"),
            folder: sync::working_folder(values, environment).map(|(folder, _)| folder),
            limits,
        }),
        (types, limits) => {
            let given = types.err().into_iter().flatten().chain(limits.err());
            Err(given.chain(misplaced).collect())
        }
    }
}

/// `sync-resources`, which it would belong to, is ignored here.
fn skip_grants_problem(values: &Values) -> Option<Problem> {
    let problem = || {
        Problem::new("skip-grants can only be set within a targeted sync")
            .given_by(values.origin("skip-grants"))
            .hint("drop it; as a service, each task says whether grants are read")
    };
    values.switch("skip-grants").then(problem)
}

/// What is done cannot be only told when somebody else decides what it is.
fn dry_run_problem(values: &Values) -> Option<Problem> {
    let problem = || {
        Problem::new("dry-run does not go with running as a service: what the control plane asks for is done")
            .given_by(values.origin("dry-run"))
            .hint("drop it; without --provisioning the control plane can change nothing")
    };
    values.switch("dry-run").then(problem)
}
