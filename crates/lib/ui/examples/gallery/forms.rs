//! Pages that are mostly form.

use ui::{
    Button, Card, Choice, Crumb, EmptyState, Field, Form, Html, Icon, Link, Notice, PageHead, Plain,
    SelectOption, Step, Stepper, Tone,
};

use crate::page;

pub(crate) fn sign_in() -> String {
    let form = Form::new("/sign-in", "token")
        .field(
            Field::email("email", "E-mail")
                .autocomplete("username")
                .required()
                .value("ana.ruiz@example.com"),
        )
        .field(
            Field::password("password", "Password", "current-password")
                .required()
                .error(Some("That is not the password of this address.")),
        )
        .button(Button::submit("Sign in").primary());
    let body = Html::from(PageHead::new("Sign in"))
        .and(form)
        .and(Button::link("Continue with single sign-on", "/oidc").icon(Icon::Key));
    plain("Sign in", &body, Some("No account? Ask who runs this Rollcall."))
}

pub(crate) fn set_up() -> String {
    let steps = Stepper {
        label: "Set-up".into(),
        steps: vec![
            ("Account".into(), Step::Done),
            ("Second factor".into(), Step::Current),
        ],
    };
    let form = Form::new("/set-up/code", "token")
        .field(
            Field::code("code", "Code")
                .hint("The six digits that your authenticator shows for Rollcall.")
                .required(),
        )
        .button(Button::submit("Finish").primary());
    let body = Html::from(
        PageHead::new("Add your second factor").text("You will be asked for it when you sign in."),
    )
    .and(steps)
    .and(ui::CopyBox::labelled(
        "Key for your authenticator",
        "JBSW Y3DP EHPK 3PXP",
    ))
    .and(form);
    plain("Set up", &body, None)
}

fn plain(title: &str, body: &Html, foot: Option<&str>) -> String {
    Plain {
        title,
        product: "Rollcall",
        body,
        foot,
    }
    .to_string()
}

fn places() -> Vec<Choice> {
    let apps = vec![
        SelectOption::new("", "Choose an app"),
        SelectOption::new("1", "cloudflare (found through OIDC import)"),
    ];
    vec![
        Choice::new(
            "found",
            "A discovered app",
            "One that an identity provider told about, not governed yet.",
        )
        .checked()
        .field(Field::select("app", "App", apps).required()),
        Choice::new(
            "managed",
            "A managed app",
            "Adds this connector to an app that is already governed.",
        ),
        Choice::new("new", "A new app", "Creates the app and governs it from now on.")
            .field(Field::text("app_name", "Name of the app").required()),
    ]
}

fn runs() -> Vec<Choice> {
    vec![
        Choice::new(
            "here",
            "Here",
            "Rollcall runs it. You enter the credentials in the next step.",
        )
        .checked(),
        Choice::new(
            "elsewhere",
            "In my own environment",
            "You get a client ID, a secret and the commands to start it.",
        ),
    ]
}

pub(crate) fn add_connector() -> String {
    let form = Form::new("/connectors", "token")
        .field(Field::cards("place", "Where does it belong?", places()).required())
        .field(
            Field::email("owner", "Who owns it?")
                .hint("Another person gets an e-mail that their help is needed.")
                .suggestions(vec!["ana.ruiz@example.com".into(), "m.oba@example.com".into()])
                .value("ana.ruiz@example.com")
                .required(),
        )
        .field(Field::cards("runs", "Where does it run?", runs()).required())
        .button(Button::submit("Next").primary())
        .button(Button::link("Cancel", "connectors.html").quiet());
    let body = Html::from(
        PageHead::new("Add Cloudflare v2")
            .text("Needs a Super Administrator of the Cloudflare account for the token."),
    )
    .and(Stepper::at(
        "Adding a connector",
        ["Place and owner", "Settings", "First sync"],
        0,
    ))
    .and(Card::new("About this connector", form));
    page(
        "Add Cloudflare v2",
        vec![Crumb::to("Connectors", "connectors.html"), Crumb::here("Add")],
        None,
        &body,
    )
}

fn ways() -> Vec<Choice> {
    let token = Field::secret("token", "API token")
        .hint("My Profile › API Tokens › Create Token. It is stored sealed and never shown again.")
        .required()
        .error(Some(
            "Cloudflare does not know this token. Copy it again, without spaces.",
        ));
    vec![
        Choice::new("token", "API token", "Limited to what you give it. Recommended.")
            .checked()
            .field(token),
        Choice::new(
            "key",
            "Email + API key",
            "Legacy; has all the rights of its owner.",
        )
        .field(Field::email("email", "Email ID").required())
        .field(Field::secret("key", "API key").required()),
    ]
}

fn credentials() -> Form {
    Form::new("/connectors/1/settings", "token")
        .field(
            Field::text("account", "Account ID")
                .value("c1a5")
                .required()
                .error(Some(
                    "An account ID has 32 letters and digits. It stands in the dashboard's address.",
                )),
        )
        .field(Field::cards("way", "How should it sign in?", ways()).required())
        .field(Field::textarea("note", "Note for other owners", 3).hint("For example who made the token."))
        .field(Field::text("zone", "Time zone").placeholder("Europe/Berlin"))
        .field(
            Field::checkbox(
                "hold",
                "Hold a sync that loses more than 30 % of what was there",
                true,
            )
            .hint("A person looks at the difference before it is believed."),
        )
        .field(Field::file("file", "File to start from"))
        .button(Button::submit("Save").primary())
        .button(Button::submit("Test").answer("do", "test").icon(Icon::Shield))
        .button(Button::link("Cancel", "connector.html").quiet())
}

pub(crate) fn settings() -> String {
    let body = Html::from(PageHead::new("Settings"))
        .and(Card::new("Credentials", credentials()))
        .and(
            Notice::new(Tone::Warn, "Two permissions are missing")
                .text("Account API Tokens: Read (tokens are not reviewed) and Access: Audit Logs Read.")
                .action("How to fix", "#"),
        )
        .and(
            Card::new("Schedule", Html::default())
                .text("Every hour; next at 14:00 UTC")
                .action(Button::link("Edit", "#")),
        )
        .and(
            EmptyState::new(
                Icon::Key,
                "No keys yet",
                "A key lets a program do what you may do.",
            )
            .action(Link::new("Read more", "#")),
        );
    let crumbs = vec![
        Crumb::to("Connectors", "connectors.html"),
        Crumb::to("Cloudflare v2", "connector.html"),
        Crumb::here("Settings"),
    ];
    page("Settings", crumbs, None, &body)
}
