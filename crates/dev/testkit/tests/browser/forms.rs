//! What a person does with forms.

use crate::site::{open, open_with};

const FORM: &str = "
    <main><h1>Sent: {query}</h1>
    <form>
      <label>E-mail <input name=mail type=email value=before@example.com></label>
      <label for=p>Password</label><input id=p name=password type=password>
      <textarea name=why aria-label=Reason></textarea>
      <label>Until <input name=until type=date></label>
      <label>Role <select name=role><option>Billing<option value=d>It’s DNS</select></label>
      <fieldset><legend>How</legend>
        <label><input type=radio name=how value=here checked> Here</label>
        <label><input type=radio name=how value=there> There</label></fieldset>
      <label><input type=checkbox name=agree> I agree</label>
      <label><input type=checkbox name=mails checked> Send mails</label>
      <button name=do value=send>Send</button>
    </form></main>";

#[tokio::test]
#[ignore = "needs a browser"]
async fn a_form_is_filled_by_its_labels_and_sent() {
    let browser = open(FORM).await;
    browser.fill("E-mail", "ada@example.com").await;
    browser.fill("Password", "pass word+1").await;
    browser.fill("Reason", "two\nlines").await;
    browser.fill("Until", "2026-12-31").await;
    browser.pick("Role", "It’s DNS").await;
    browser.choose("There").await;
    browser.choose("I agree").await;
    browser.unchoose("Send mails").await;
    assert_eq!(browser.value("E-mail").await, "ada@example.com");
    browser.click("Send").await;
    browser
        .see(
            "Sent: mail=ada%40example.com&password=pass+word%2B1&why=two%0D%0Alines&until=2026-12-31&role=d\
             &how=there&agree=on&do=send",
        )
        .await;
    assert!(browser.url().await.query().unwrap().ends_with("do=send"));
}

#[tokio::test]
#[ignore = "needs a browser"]
async fn what_is_ticked_already_stays_ticked() {
    let browser = open(FORM).await;
    browser.choose("Send mails").await;
    browser.unchoose("I agree").await;
    browser.choose("Here").await;
    browser.click("Send").await;
    browser.see("&how=here&mails=on&do=send").await;
}

/// Many designs hide the browser's own box and draw another.
#[tokio::test]
#[ignore = "needs a browser"]
async fn a_box_that_is_drawn_by_its_label_is_ticked_there() {
    let style = "input { position: absolute; opacity: 0; width: 1px; height: 1px; }";
    let body = "<form>{query}<input type=checkbox id=on name=on><label for=on>Pause</label>\
                <button name=do value=send>Send</button></form>";
    let browser = open_with(body, "", style).await;
    browser.choose("Pause").await;
    browser.click("Send").await;
    browser.see("on=on&do=send").await;
}

/// One click, however long the page takes to answer it.
#[tokio::test]
#[ignore = "needs a browser"]
async fn a_switch_that_answers_late_is_switched_once() {
    let body = "<button role=switch aria-checked=false>Paused</button><output>: </output>";
    let script = "document.querySelector('button').addEventListener('click', event => setTimeout(() => {
        const was = event.target.ariaChecked === 'true';
        event.target.ariaChecked = String(!was);
        document.querySelector('output').append(was ? 'off ' : 'on ');
    }, 300));";
    let browser = open_with(body, script, "").await;
    browser.choose("Paused").await;
    browser.unchoose("Paused").await;
    assert_eq!(browser.text().await, "Paused: on off");
}

#[tokio::test]
#[ignore = "needs a browser"]
async fn the_keyboard_is_enough() {
    let browser = open(FORM).await;
    browser.press("Tab").await;
    assert_eq!(browser.focused().await.to_string(), "textbox “E-mail”");
    browser.press("Tab").await;
    browser.press("x").await;
    browser.press("Shift+Tab").await;
    assert_eq!(browser.focused().await.name, "E-mail");
    browser.press("Enter").await;
    browser.see("mail=before%40example.com&password=x").await;
}

#[tokio::test]
#[ignore = "needs a browser"]
async fn files_are_handed_over_and_downloaded() {
    let body = "<label>A list <input type=file></label><output></output><a href=/people.csv>As CSV</a>";
    let script = "document.querySelector('input').addEventListener('change', async event => {
        document.querySelector('output').textContent = await event.target.files[0].text();
    });";
    let browser = open_with(body, script, "").await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("list.txt");
    std::fs::write(&file, "Ada and Bob").unwrap();
    browser.attach("A list", &file).await;
    browser.see("Ada and Bob").await;
    browser.click("As CSV").await;
    assert_eq!(browser.downloaded("people.csv").await, b"name\nAda\n");
}
