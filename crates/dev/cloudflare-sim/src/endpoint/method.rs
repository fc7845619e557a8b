//! Which methods a path takes, and what they are called in the documentation.

use super::Endpoint;

impl Endpoint {
    /// The HTTP methods that are served.
    pub fn methods(self) -> &'static [&'static str] {
        match self {
            Self::Members => &["GET", "POST"],
            Self::Member => &["GET", "PUT", "DELETE"],
            Self::AccountTokenValue => &[],
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
