//! What is found on a page, when, and what is said when it is not.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use testkit::browser::Browser;

use crate::site::{failure, open, open_with};

#[tokio::test]
#[ignore = "needs a browser"]
async fn what_comes_later_is_waited_for() {
    let body = "<button>Start</button><p role=status>Not connected</p><button id=stop disabled>Stop</button>";
    let script = "document.querySelector('button').addEventListener('click', () => {
        const status = document.querySelector('p');
        status.textContent = 'Syncing';
        setTimeout(() => {
            status.textContent = 'Connected';
            document.querySelector('#stop').disabled = false;
        }, 400);
    });
    document.querySelector('#stop').addEventListener('click', event => event.target.remove());";
    let browser = open_with(body, script, "").await;
    browser.see("Not connected").await;
    browser.click("Start").await;
    browser.see("Syncing").await;
    browser.see_no("Syncing").await;
    assert_eq!(browser.text().await, "Start Connected Stop");
    browser.click("Stop").await;
    browser.see_no("Stop").await;
}

#[tokio::test]
#[ignore = "needs a browser"]
async fn things_are_called_what_is_read_out() {
    let body = "<a href='?one' aria-label='Edit Ada'>Edit</a><a href='?two'><span>Edit</span>\n<b>Bob</b></a>
                <button hidden>Edit Bob</button>{query}<details><summary>More</summary>Hidden till then</details>";
    let browser = open(body).await;
    browser.see_no("Hidden till then").await;
    browser.click("More").await;
    browser.see("Hidden till then").await;
    browser.click("Edit Bob").await;
    browser.see("two").await;
    browser.click("Edit Ada").await;
    browser.see("one").await;
    assert_eq!(browser.title().await, "A page");
}

#[tokio::test]
#[ignore = "needs a browser"]
async fn one_of_many_is_found_in_its_row() {
    let body = "{query}<table><tr><td>Ada</td><td><a href='?a'>Edit</a></td></tr>
                <tr><td>Bob</td><td><a href='?b'>Edit</a></td></tr></table>
                <section aria-label=Owners><a href='?o'>Edit</a></section>";
    let browser = open(body).await;
    browser.within("Bob").click("Edit").await;
    browser.see("b Ada").await;
    browser.within("Owners").click("Edit").await;
    browser.see("o Ada").await;
    assert_eq!(browser.within("Ada").text().await, "Ada Edit");
}

#[tokio::test]
#[ignore = "needs a browser"]
async fn a_failure_says_where_and_what_there_was() {
    let browser = open("<h1>Connectors</h1><button>Add connector</button>").await;
    let hasty = browser.patient(Duration::from_millis(200));
    let line = line!() + 1;
    let said = failure(hasty.click("Remove")).await;
    assert!(said.starts_with(&format!("{}:{line}:", file!())), "{said}");
    assert!(
        said.contains("there is no button “Remove”; there is: button “Add connector”"),
        "{said}"
    );
    assert!(said.contains("It shows:\nConnectors Add connector"), "{said}");
}

#[tokio::test]
#[ignore = "needs a browser"]
async fn what_the_browser_complains_about_is_told() {
    let quiet = open("<p>Fine</p>").await;
    assert_eq!(quiet.complaints().await, [""; 0]);
    let loud = open_with(
        "<img alt='' src='https://example.com/a.png'>",
        "throw new Error('oh')",
        "",
    )
    .await;
    let told = loud.complaints().await;
    assert!(
        told.iter().any(|one| one.contains("Content Security Policy")),
        "{told:?}"
    );
    assert!(told.iter().any(|one| one.contains("Error: oh")), "{told:?}");
    assert_eq!(loud.complaints().await, [""; 0], "once only");
}

#[tokio::test]
#[ignore = "needs a browser"]
async fn pages_can_be_without_script() {
    let browser = open_with(
        "<p>Plain</p>",
        "document.querySelector('p').textContent = 'Better';",
        "",
    )
    .await;
    browser.see("Better").await;
    browser.scripts(false).await;
    browser.reload().await;
    browser.see("Plain").await;
    browser.scripts(true).await;
    browser.reload().await;
    browser.see("Better").await;
}

#[tokio::test]
#[ignore = "needs a browser"]
async fn a_passkey_is_made() {
    let script = "document.querySelector('button').addEventListener('click', async () => {
        const made = await navigator.credentials.create({ publicKey: {
            rp: { name: 'Rollcall' }, user: { id: new Uint8Array(16), name: 'ada', displayName: 'Ada' },
            challenge: new Uint8Array(32), pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
            authenticatorSelection: { residentKey: 'required', userVerification: 'required' } } });
        document.querySelector('output').textContent = `Made a ${made.type}`;
    });";
    let browser = open_with("<button>Make a passkey</button><output></output>", script, "").await;
    let mut url = browser.url().await;
    // Passkeys belong to names, never to addresses.
    url.set_host(Some("localhost")).unwrap();
    browser.passkeys().await;
    browser.goto(url.as_str()).await;
    browser.click("Make a passkey").await;
    browser.see("Made a public-key").await;
}

#[tokio::test]
#[ignore = "needs a browser"]
async fn nothing_is_left_even_when_a_test_fails() {
    let failed = tokio::spawn(async {
        let browser = Browser::start().await;
        std::panic::panic_any(browser.folder().to_owned());
    });
    let folder = failed
        .await
        .unwrap_err()
        .into_panic()
        .downcast::<PathBuf>()
        .unwrap();
    assert!(folder.is_absolute() && !folder.exists(), "{}", folder.display());
    // They are killed, and end a moment later.
    let began = Instant::now();
    while !processes_of(&folder).is_empty() {
        assert!(
            began.elapsed() < Duration::from_secs(10),
            "{:?}",
            processes_of(&folder)
        );
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// The commands of the processes that work in a folder.
fn processes_of(folder: &Path) -> Vec<String> {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let commands = processes.filter_map(|process| std::fs::read(process.path().join("cmdline")).ok());
    commands
        .map(|command| String::from_utf8_lossy(&command).into_owned())
        .filter(|command| command.contains(folder.to_str().unwrap()))
        .collect()
}
