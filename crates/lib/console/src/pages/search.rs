//! A search that is not one of a table.

use askama::Template;
use ui::{Html, Icon};

#[derive(Template)]
#[template(
    source = r#"<form class="search" method="get" role="search" action="{{ action }}"><button class="search-button" type="submit" aria-label="Search">{{ icon|safe }}</button><input class="input" type="search" name="q" value="{{ q }}" placeholder="{{ label }}" aria-label="{{ label }}" maxlength="200" autocomplete="off" spellcheck="false" data-search></form>"#,
    ext = "html"
)]
struct SearchForm<'a> {
    action: &'a str,
    label: &'a str,
    q: &'a str,
    icon: Icon,
}

/// A field that asks `action` for what is typed.
pub(super) fn search(action: &str, label: &str, q: &str) -> Html {
    Html::rendered(&SearchForm {
        action,
        label,
        q,
        icon: Icon::Search,
    })
}
