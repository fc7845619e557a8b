//! What the program says about itself, without any settings.

use tempfile::TempDir;

use crate::world::{Run, bare};

fn output(arguments: &[&str]) -> String {
    let folder = TempDir::new().unwrap();
    // A broken file must not keep anybody from reading the help.
    std::fs::write(folder.path().join(".baton.yaml"), "a: [").unwrap();
    let run = Run::of(bare(folder.path()).args(arguments));
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{arguments:?}");
    run.stdout
}

#[test]
fn help() {
    insta::assert_snapshot!(output(&["--help"]));
    assert_eq!(output(&["--help"]), output(&["-h"]));
    assert_eq!(output(&["--help"]), output(&["help"]));
}

#[test]
fn help_of_health_check_begins_with_its_own_flags() {
    let text = output(&["health-check", "--help"]);
    insta::assert_snapshot!(text.split("\n\n").take(3).collect::<Vec<_>>().join("\n\n"));
}

#[test]
fn version() {
    let text = format!("baton-cloudflare version {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(output(&["--version"]), text);
    assert_eq!(output(&["-v"]), text);
}

#[test]
fn capabilities() {
    let text = output(&["capabilities"]);
    assert!(!text.ends_with('\n'));
    insta::assert_snapshot!(text);
}

#[test]
fn config() {
    let text = output(&["config"]);
    assert!(!text.ends_with('\n'));
    insta::assert_snapshot!(text);
}

#[test]
fn fields_of_config_come_in_the_originals_order() {
    let config: serde_json::Value = serde_json::from_str(&output(&["config"])).unwrap();
    let names: Vec<&str> = config["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| field["name"].as_str().unwrap())
        .collect();
    let original = "log-level log-level-debug-expires-at session-store-maximum-size otel-collector-endpoint \
        otel-collector-endpoint-tls-cert-path otel-collector-endpoint-tls-cert \
        otel-collector-endpoint-tls-insecure otel-tracing-disabled otel-logging-disabled health-check \
        health-check-port health-check-bind-address http-timeout-seconds api-key api-token account-id email-id";
    assert_eq!(
        names.join(" "),
        original.split_whitespace().collect::<Vec<_>>().join(" ")
    );
}

#[test]
fn every_shell_gets_a_completion_script() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        assert!(output(&["completion", shell]).contains("account-id"), "{shell}");
    }
}
