//! Words with a fixed meaning: the same as in the domain, under names that are stable.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident of $of:ty { $($(#[$about:meta])* $variant:ident,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        pub(crate) enum $name {
            $($(#[$about])* $variant,)*
        }

        impl From<$of> for $name {
            fn from(word: $of) -> Self {
                match word {
                    $(<$of>::$variant => Self::$variant,)*
                }
            }
        }

        impl From<$name> for $of {
            fn from(word: $name) -> Self {
                match word {
                    $($name::$variant => Self::$variant,)*
                }
            }
        }
    )*};
}

words! {
    /// What somebody is in the console.
    Role of governance::Role {
        SuperAdministrator,
        ConnectorAdministrator,
        ApplicationAdministrator,
        CampaignAdministrator,
        Auditor,
        User,
    }

    /// How far a key reaches.
    KeyScope of governance::KeyScope {
        ReadOnly,
        Everything,
        Users,
    }

    /// Whether an app is governed.
    AppState of governance::AppState {
        Unmanaged,
        Managed,
    }

    /// What a connector reads.
    ConnectorKind of governance::ConnectorKind {
        Cloudflare,
        Baton,
        File,
    }

    /// Where a connector runs.
    Hosting of governance::Hosting {
        Hosted,
        SelfHosted,
        ByHand,
    }

    /// What kind of thing a run changed.
    Subject of governance::access::Subject {
        Account,
        Resource,
        Entitlement,
        Grant,
    }

    /// In which way it is different.
    Way of governance::access::Way {
        Added,
        Removed,
        Altered,
    }

    /// What became of a run.
    Verdict of governance::access::Verdict {
        Believed,
        Held,
        Discarded,
    }

    /// How a connector is, in a word.
    Label of governance::Label {
        NotConnected,
        Syncing,
        Connected,
        Error,
        Paused,
    }

    /// What a connector is to do in the account.
    Mode of governance::Mode {
        Reviews,
        ReviewsAndProvisioning,
    }

    /// How much a line of a log matters.
    LogLevel of governance::LogLevel {
        Debug,
        Info,
        Warn,
        Error,
    }

    /// What part a resource plays.
    ResourceKind of governance::access::ResourceKind {
        User,
        Group,
        Role,
        App,
        Secret,
        Other,
    }

    /// What is known of a second factor.
    SecondFactor of governance::access::SecondFactor {
        On,
        Off,
        Unknown,
    }

    /// By what resources are ordered.
    ResourceOrder of governance::access::ResourceOrder {
        Name,
        Email,
        Type,
        Status,
        SecondFactor,
        LastUsed,
        Created,
        Expires,
        Holds,
    }

    /// By what entitlements are ordered.
    EntitlementOrder of governance::access::EntitlementOrder {
        Name,
        Holders,
    }

    /// What a connector is to do with a run.
    RunKind of governance::TaskKind {
        Hello,
        Sync,
        Grant,
        Revoke,
        CreateAccount,
        CreateResource,
        DeleteResource,
        RotateCredentials,
        ListEvents,
        ListEventFeeds,
        ListActionSchemas,
        GetActionSchema,
        InvokeAction,
        ActionStatus,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(word: impl Serialize) -> String {
        let value = serde_json::to_value(word).unwrap();
        value.as_str().unwrap().to_owned()
    }

    /// Two names for the same thing would be one too many.
    #[test]
    fn words_are_those_that_are_stored() {
        for role in governance::Role::ALL {
            assert_eq!(said(Role::from(role)), role.as_str());
        }
        for scope in governance::KeyScope::ALL {
            assert_eq!(said(KeyScope::from(scope)), scope.as_str());
        }
        for kind in governance::ConnectorKind::ALL {
            assert_eq!(said(ConnectorKind::from(kind)), kind.as_str());
        }
        for kind in governance::TaskKind::ALL {
            assert_eq!(said(RunKind::from(kind)), kind.as_str());
        }
        for level in governance::LogLevel::ALL {
            assert_eq!(said(LogLevel::from(level)), level.name());
        }
        for hosting in [
            governance::Hosting::Hosted,
            governance::Hosting::SelfHosted,
            governance::Hosting::ByHand,
        ] {
            assert_eq!(said(Hosting::from(hosting)), hosting.as_str());
        }
        for subject in governance::access::Subject::ALL {
            assert_eq!(said(Subject::from(subject)), subject.as_str());
        }
        for way in governance::access::Way::ALL {
            assert_eq!(said(Way::from(way)), way.as_str());
        }
        for mode in [
            governance::Mode::Reviews,
            governance::Mode::ReviewsAndProvisioning,
        ] {
            assert_eq!(said(Mode::from(mode)), mode.as_str());
        }
        for label in [governance::Label::NotConnected, governance::Label::Connected] {
            assert_eq!(said(Label::from(label)), label.as_str());
        }
    }
}
