//! Which methods a path takes, and what they are called in the documentation.

use super::Endpoint;

impl Endpoint {
    /// The HTTP methods that are served.
    pub fn methods(self) -> &'static [&'static str] {
        match self {
            Self::Members | Self::ResourceGroups | Self::UserGroups => &["GET", "POST"],
            Self::Member | Self::ResourceGroup | Self::UserGroup | Self::AccountToken => {
                &["GET", "PUT", "DELETE"]
            }
            Self::UserGroupMembers => &["GET", "POST", "PUT"],
            Self::UserGroupMember => &["GET", "DELETE"],
            Self::AccountTokenValue => &["PUT"],
            _ => &["GET"],
        }
    }

    /// The page that `documentation_url` of a refused call names.
    pub(crate) fn documentation(self, method: &str) -> String {
        let page = self.reading_page();
        let subject = page.split_once("methods/").map_or(page, |(subject, _)| subject);
        match method {
            "POST" => format!("{subject}methods/create/"),
            "PUT" => format!("{subject}methods/update/"),
            "DELETE" => format!("{subject}methods/delete/"),
            _ => page.to_owned(),
        }
    }
}
