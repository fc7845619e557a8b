//! Whatever people, accounts and connectors are called: no text becomes markup.

use chrono::DateTime;
use proptest::prelude::*;
use ui::table::{Bulk, Cell, Column, Filter, Row, Table, TableQuery};
use ui::{
    Beside, BesideItem, Button, Card, Chip, Choice, ConfirmForm, CopyBox, Crumb, EmptyState, Facts, Field,
    Form, Html, Icon, Link, Live, LogEntry, LogLevel, LogView, Menu, MenuItem, NavItem, Notice, PageHead,
    Person, Plain, PostButton, SelectOption, Shell, Stat, Stats, Stepper, Steps, Tab, Tabs, Tone,
};

/// Every piece, with the same text in every place that takes one.
fn pieces(text: &str) -> Html {
    let one = || text.to_owned();
    let button = || Button::submit(text).answer(text, text).of_form(text);
    Html::from(Notice::new(Tone::Bad, text).text(text).action(text, text))
        .and(Chip::new(Tone::Good, text).hint(text))
        .and(button())
        .and(PostButton::new(Button::link(text, text), text, text).field(text, text))
        .and(EmptyState::new(Icon::Key, text, text).action(button()))
        .and(PageHead::new(text).text(text))
        .and(Card::new(text, text).text(text))
        .and(form(text))
        .and(
            ConfirmForm::new(text, text, button(), text, text)
                .question(text)
                .text(text),
        )
        .and(CopyBox::labelled(text, text))
        .and(Facts::new().fact(text, text).about(Link::new(text, text), text))
        .and(Tabs {
            label: one(),
            tabs: vec![Tab::new(text, text, true)],
        })
        .and(Stepper::at(text, [text, text, text], 1))
        .and(Steps::new().step(text, text))
        .and(Stats {
            stats: vec![Stat::new(text, text).href(text)],
        })
        .and(beside(text))
        .and(Live::polled(text, text, text))
        .and(menu(text))
        .and(log(text))
}

fn beside(text: &str) -> Beside {
    let item = BesideItem {
        href: text.to_owned(),
        title: Html::text(text),
        text: Html::text(text),
        current: true,
    };
    Beside {
        label: text.to_owned(),
        items: vec![item],
        body: Html::text(text),
    }
}

fn form(text: &str) -> Form {
    let choice = Choice::new(text, text, text);
    let refused = choice.clone().refused(text);
    let plain = Field::text(text, text)
        .value(text)
        .hint(text)
        .error(Some(text))
        .autocomplete(text)
        .placeholder(text)
        .suggestions(vec![text.to_owned()]);
    Form::new(text, text)
        .hidden(text, text)
        .trouble(text, text)
        .field(plain)
        .field(Field::textarea(text, text, 3).value(text))
        .field(Field::select(text, text, vec![SelectOption::new(text, text)]))
        .field(Field::checkbox(text, text, true).error(Some(text)).hint(text))
        .field(Field::cards(text, text, vec![choice, refused]).error(Some(text)))
}

fn menu(text: &str) -> Menu {
    Menu {
        id: text.to_owned(),
        label: text.to_owned(),
        items: vec![MenuItem::link(text, text), MenuItem::post(text, text, text)],
    }
}

fn log(text: &str) -> LogView {
    let entry = LogEntry {
        at: DateTime::UNIX_EPOCH,
        level: LogLevel::Warn,
        message: text.to_owned(),
        fields: vec![(text.to_owned(), text.to_owned())],
    };
    LogView {
        id: text.to_owned(),
        label: text.to_owned(),
        entries: vec![entry],
        live: Some(text.to_owned()),
        empty: text.to_owned(),
    }
}

fn table(text: &str, query: &TableQuery) -> String {
    let cells = vec![Cell::text(text).below(text), Cell::text(text), Cell::none()];
    Table {
        id: text,
        label: text,
        columns: vec![
            Column::new(text, text).sortable(),
            Column::new(text, text),
            Column::new("c", "C"),
        ],
        rows: vec![Row::new(text, cells).href(text).menu(menu(text))],
        state: query,
        total: 1_000,
        filters: vec![
            Filter::new(text, text, [(text, text)]),
            Filter::new("status", text, [(text, text)]),
        ],
        search_placeholder: text,
        empty: EmptyState::new(Icon::Key, text, text),
        bulk: Some(Bulk::new(text, text).button(Button::submit(text))),
        csv_href: Some(text),
    }
    .to_string()
}

fn pages(text: &str) -> String {
    let mut state = TableQuery::default().toggling("status", text).on_page(3);
    text.clone_into(&mut state.q);
    let body = format!("{}{}", pieces(text), table(text, &state));
    let nav = NavItem {
        label: text,
        href: text,
        current: true,
        icon: Icon::Home,
        group: Some(text),
    };
    let person = Person {
        name: text,
        email: text,
        profile: Some(text),
        sign_out: text,
        csrf: text,
    };
    let shell = Shell {
        title: text,
        product: text,
        nav: vec![nav],
        person: Some(person),
        banner: Some(Notice::new(Tone::Info, text)),
        breadcrumbs: vec![Crumb::to(text, text), Crumb::here(text)],
        body: &body,
    };
    let plain = Plain {
        title: text,
        product: text,
        body: &"",
        foot: Some(text),
    };
    format!("{shell}{plain}")
}

/// The page without what the text may change: every tag, with its attributes' values emptied.
fn skeleton(page: &str) -> Vec<String> {
    let mut tags = Vec::new();
    let mut characters = page.chars();
    while characters.by_ref().any(|character| character == '<') {
        let mut tag = String::from("<");
        let mut quoted = false;
        for character in characters.by_ref() {
            quoted ^= character == '"';
            if character == '"' || !quoted {
                tag.push(character);
            }
            if character == '>' && !quoted {
                break;
            }
        }
        tags.push(tag);
    }
    tags
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_becomes_markup(text in "x[<>\"'&/=a-z {}%;!-]{0,30}") {
        prop_assert!(skeleton(&pages(&text)) == skeleton(&pages("x")), "{text}");
    }
}

#[test]
fn not_even_the_usual_suspects() {
    for text in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='x",
        "</textarea><b>",
        "{{ 7 }}",
        "--><!--",
    ] {
        let page = pages(text);
        assert!(skeleton(&page) == skeleton(&pages("x")), "{text}");
    }
}

#[test]
fn nothing_needs_more_than_a_strict_policy() {
    let page = pages("x");
    for tag in skeleton(&page) {
        assert!(!tag.contains(" style=") && !tag.contains(" on"), "{tag}");
        assert!(!tag.starts_with("<style"), "{tag}");
        assert!(!tag.starts_with("<script") || tag.contains(" src="), "{tag}");
    }
    assert!(!page.contains("http://") && !page.contains("https://"));
}

#[test]
fn style_and_script_load_nothing_from_elsewhere() {
    for name in ["style.css", "app.js", "theme.js"] {
        let asset = ui::assets::asset(name).unwrap();
        let text = std::str::from_utf8(asset.bytes).unwrap();
        for sign in ["http:", "https:", "url(", "@import", "eval(", "innerHTML = "] {
            assert!(!text.contains(sign), "{name} has {sign}");
        }
    }
}
