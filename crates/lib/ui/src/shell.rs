//! The frame of every page for somebody who is signed in.

use std::fmt;

use askama::Template;

use crate::{Icon, Notice, assets, form::CSRF_FIELD};

/// A whole document: the rail with the areas of the product, the way to this page, and the page.
#[derive(Template)]
#[template(path = "shell.html")]
pub struct Shell<'a> {
    /// What the browser's tab says, before the product's name.
    pub title: &'a str,
    /// The product's name.
    pub product: &'a str,
    /// The areas; neighbours of one group stand under its name.
    pub nav: Vec<NavItem<'a>>,
    /// Who is signed in.
    pub person: Option<Person<'a>>,
    /// What everybody should see first, above the page.
    pub banner: Option<Notice>,
    /// The way here from the top, this page last.
    pub breadcrumbs: Vec<Crumb>,
    /// The page: HTML that is trusted as it is.
    pub body: &'a dyn fmt::Display,
}

/// An area of the product in the rail.
#[derive(Clone, Debug)]
pub struct NavItem<'a> {
    /// Its name.
    pub label: &'a str,
    /// Where it is.
    pub href: &'a str,
    /// Whether this page belongs to it.
    pub current: bool,
    /// Its icon.
    pub icon: Icon,
    /// The heading that it stands under.
    pub group: Option<&'a str>,
}

/// Who is signed in, and how they leave.
#[derive(Clone, Debug)]
pub struct Person<'a> {
    /// Their name.
    pub name: &'a str,
    /// Their address.
    pub email: &'a str,
    /// Where their own sessions and keys are.
    pub profile: Option<&'a str>,
    /// Where the form to sign out goes.
    pub sign_out: &'a str,
    /// The token that proves the form to be ours.
    pub csrf: &'a str,
}

impl Person<'_> {
    /// Up to two letters for the round badge.
    fn initials(&self) -> String {
        let words: Vec<&str> = self.name.split_whitespace().collect();
        let ends = [words.first(), words.get(1..).and_then(<[_]>::last)];
        let letters = ends.into_iter().flatten().filter_map(|word| word.chars().next());
        letters.flat_map(char::to_uppercase).collect()
    }
}

/// A step on the way to this page.
#[derive(Clone, Debug)]
pub struct Crumb {
    /// Its name.
    pub label: String,
    /// Where it is; the page itself has none.
    pub href: Option<String>,
}

impl Crumb {
    /// A page above this one.
    pub fn to(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            href: Some(href.into()),
        }
    }

    /// This page.
    pub fn here(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            href: None,
        }
    }
}

struct Group<'s, 'a> {
    name: Option<&'a str>,
    items: Vec<&'s NavItem<'a>>,
}

impl<'a> Shell<'a> {
    fn groups(&self) -> Vec<Group<'_, 'a>> {
        let groups = self.nav.chunk_by(|one, next| one.group == next.group);
        groups
            .map(|items| Group {
                name: items.first().and_then(|item| item.group),
                items: items.iter().collect(),
            })
            .collect()
    }
}

impl fmt::Debug for Shell<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shell")
            .field("title", &self.title)
            .finish_non_exhaustive()
    }
}
