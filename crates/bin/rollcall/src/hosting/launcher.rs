//! How a process is started.

use std::ffi::OsString;
use std::fs::DirBuilder;
use std::path::{Path, PathBuf};

use ::hosting::{ClientKey, Hosted, HostingError, Launched, Launcher, Start};
use async_trait::async_trait;
use runner::{Field, Kind};
use secrecy::SecretString;

use super::Here;

/// What processes call themselves. One of them runs at a time, so that whoever comes next takes its tasks up again.
const HOST: &str = "hosted";
/// Variables of the service that processes have, too: the way to the outside, and whom to trust there.
const INHERITED: [&str; 8] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
];
/// The same for what is reached without a proxy, to which the service belongs.
const NO_PROXY: [&str; 2] = ["NO_PROXY", "no_proxy"];

/// Starts this program once more.
pub(super) struct ThisProgram {
    here: Here,
}

impl ThisProgram {
    pub(super) fn new(here: Here) -> Result<Self, HostingError> {
        let absolute = |path: PathBuf| std::path::absolute(path).map_err(HostingError::Start);
        let here = Here {
            folder: absolute(here.folder)?,
            authority: here.authority.map(absolute).transpose()?,
            ..here
        };
        make_folder(&here.folder)?;
        Ok(Self { here })
    }

    fn start(&self, folder: PathBuf) -> Start {
        Start {
            program: self.here.program.clone(),
            arguments: ["hosted", "cloudflare"].map(OsString::from).into(),
            environment: self.environment(|name| std::env::var_os(name)),
            folder,
        }
    }

    fn environment(&self, variable: impl Fn(&str) -> Option<OsString>) -> Vec<(OsString, OsString)> {
        let inherited = INHERITED
            .iter()
            .filter_map(|name| Some((name.into(), variable(name)?)));
        let authority = self.here.authority.iter();
        let authority = authority.map(|file| ("SSL_CERT_FILE".into(), file.into()));
        let host = self.here.near.rsplit_once(':').map_or("", |(host, _)| host);
        let without_proxy = NO_PROXY.iter().map(|name| {
            let mut hosts = variable(name)
                .filter(|hosts| !hosts.is_empty())
                .unwrap_or_default();
            if !hosts.is_empty() {
                hosts.push(",");
            }
            hosts.push(host);
            (name.into(), hosts)
        });
        inherited.chain(authority).chain(without_proxy).collect()
    }

    /// What the connector is given, and what every connector is given here; the latter counts.
    fn settings(&self, hosted: &Hosted, key: &ClientKey, folder: &Path) -> Vec<(String, SecretString)> {
        let ours = [
            ("BATON_CLIENT_ID", key.client_id.as_str().into()),
            ("BATON_CLIENT_SECRET", key.secret.clone()),
            ("BATON_C1_API_HOST", self.here.near.as_str().into()),
            ("BATON_HOST_ID", HOST.into()),
            ("BATON_LOG_FORMAT", "json".into()),
            ("BATON_TMPDIR", folder.to_string_lossy().into_owned().into()),
        ];
        let ours = ours.map(|(name, value): (&str, SecretString)| (name.to_owned(), value));
        hosted.settings.iter().cloned().chain(ours).collect()
    }
}

/// For nobody else: what is read of an account passes through it.
fn make_folder(folder: &Path) -> Result<(), HostingError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(HostingError::Start)
}

/// Settings that nobody may see.
fn secrets(settings: &[(String, SecretString)]) -> Vec<SecretString> {
    let own = baton_cloudflare::DEFINITION.fields.iter();
    let mut names: Vec<String> = own
        .filter(|field| field.kind == Kind::Secret)
        .map(Field::variable)
        .collect();
    names.push("BATON_CLIENT_SECRET".to_owned());
    let secret = settings.iter().filter(|(name, _)| names.contains(name));
    secret.map(|(_, value)| value.clone()).collect()
}

#[async_trait]
impl Launcher for ThisProgram {
    async fn launch(&self, hosted: &Hosted, key: &ClientKey) -> Result<Launched, HostingError> {
        let folder = self.here.folder.join(hosted.connector.as_str());
        make_folder(&folder)?;
        let settings = self.settings(hosted, key, &folder);
        let secrets = secrets(&settings);
        self.start(folder).start(&settings, secrets).await
    }
}
