//! Settings as data: from one table come the flags, the variables, the file's keys and the `config` JSON.

/// A setting.
#[derive(Clone, Debug)]
pub struct Field {
    /// The flag without its dashes; also the key in the configuration file.
    pub name: &'static str,
    /// The flag's one-letter form.
    pub short: Option<char>,
    /// What values it takes.
    pub kind: Kind,
    /// Where it stands in the help; `None` keeps it out.
    pub section: Option<Section>,
    /// Who sees it in the `config` JSON.
    pub export: Export,
    /// For people, in the `config` JSON; may be empty.
    pub display_name: &'static str,
    /// For people: what it is and what it does.
    pub description: &'static str,
    /// Whether it must be given (within its group, when it is in one).
    pub required: bool,
}

/// What values a setting takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text {
        /// The value when none is given; may be empty.
        default: &'static str,
        /// The only texts allowed; empty means any.
        choices: &'static [&'static str],
    },
    /// A text that is never shown.
    Secret,
    /// Yes or no; no when not given.
    Switch,
    /// A whole number.
    Number {
        /// The value when none is given.
        default: i64,
        /// The smallest and the largest allowed.
        range: Option<(i64, i64)>,
    },
    /// Several texts.
    List,
}

/// A heading in the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// What is read, and with which credential.
    Source,
    /// What is written, and how much of the source.
    Sync,
    /// Changing something instead.
    Change,
    /// What the program says about itself.
    Log,
    /// Running as a service.
    Service,
    /// Everything else.
    Other,
}

impl Section {
    /// The heading's text.
    pub fn title(self) -> &'static str {
        match self {
            Self::Source => "What to read",
            Self::Sync => "Sync",
            Self::Change => "Changing access",
            Self::Log => "Log and telemetry",
            Self::Service => "Service mode (not available yet)",
            Self::Other => "Other",
        }
    }
}

/// Who sees a setting in the `config` JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// Nobody: it is for the command line.
    No,
    /// Those who operate the connector.
    Operator,
    /// Those who set it up in a user interface.
    Connector,
}

impl Field {
    const fn new(name: &'static str, kind: Kind, description: &'static str) -> Self {
        Self {
            name,
            short: None,
            kind,
            section: Some(Section::Other),
            export: Export::No,
            display_name: "",
            description,
            required: false,
        }
    }

    /// A text without default.
    pub const fn text(name: &'static str, description: &'static str) -> Self {
        Self::text_or(name, "", description)
    }

    /// A text with a default.
    pub const fn text_or(name: &'static str, default: &'static str, description: &'static str) -> Self {
        Self::new(
            name,
            Kind::Text {
                default,
                choices: &[],
            },
            description,
        )
    }

    /// One of several texts.
    pub const fn choice(
        name: &'static str,
        default: &'static str,
        choices: &'static [&'static str],
        description: &'static str,
    ) -> Self {
        Self::new(name, Kind::Text { default, choices }, description)
    }

    /// A text that is never shown.
    pub const fn secret(name: &'static str, description: &'static str) -> Self {
        Self::new(name, Kind::Secret, description)
    }

    /// Yes or no.
    pub const fn switch(name: &'static str, description: &'static str) -> Self {
        Self::new(name, Kind::Switch, description)
    }

    /// A whole number.
    pub const fn number(name: &'static str, default: i64, description: &'static str) -> Self {
        Self::new(name, Kind::Number { default, range: None }, description)
    }

    /// Several texts.
    pub const fn list(name: &'static str, description: &'static str) -> Self {
        Self::new(name, Kind::List, description)
    }

    /// Gives the flag a one-letter form.
    pub const fn short(mut self, letter: char) -> Self {
        self.short = Some(letter);
        self
    }

    /// Limits a number.
    pub const fn within(mut self, least: i64, most: i64) -> Self {
        if let Kind::Number { default, .. } = self.kind {
            self.kind = Kind::Number {
                default,
                range: Some((least, most)),
            };
        }
        self
    }

    /// Puts it under a heading of the help.
    pub const fn under(mut self, section: Section) -> Self {
        self.section = Some(section);
        self
    }

    /// Keeps it out of the help.
    pub const fn hidden(mut self) -> Self {
        self.section = None;
        self
    }

    /// Shows it to operators in the `config` JSON.
    pub const fn for_operators(mut self) -> Self {
        self.export = Export::Operator;
        self
    }

    /// Shows it under a name to those who set the connector up, and requires it.
    pub const fn for_setup(mut self, display_name: &'static str) -> Self {
        self.export = Export::Connector;
        self.display_name = display_name;
        self.required = true;
        self
    }

    /// The environment variable that gives it.
    pub fn variable(&self) -> String {
        format!("BATON_{}", self.name.to_uppercase().replace('-', "_"))
    }
}

/// Settings that belong together, as one of several ways to say the same, such as the kinds of credential.
#[derive(Clone, Debug)]
pub struct Group {
    /// What `--auth-method` calls it.
    pub name: &'static str,
    /// For people.
    pub display_name: &'static str,
    /// For people: when to choose it.
    pub help_text: &'static str,
    /// The names of its fields, all needed.
    pub fields: &'static [&'static str],
    /// Whether it is meant when nothing says which.
    pub default: bool,
}
