//! Every id is its own type, from one registry, so that a member can never stand where a user should.

use std::fmt;

/// Declares opaque text ids: cheap to clone, compared as text, never parsed for meaning.
macro_rules! text_ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(std::sync::Arc<str>);

        impl $name {
            /// Wraps text that is known to be such an id.
            pub fn new(text: impl Into<std::sync::Arc<str>>) -> Self {
                Self(text.into())
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
    )*};
}

text_ids! {
    /// The kind of a resource, such as `user` or `role`; stable for ever.
    ResourceTypeId;
    /// The second half of a resource's identity: what the system of origin calls it.
    ObjectId;
    /// `<resource type>:<object>:<slug>`; never split it, the parts may hold colons.
    EntitlementId;
    /// `<entitlement id>:<principal type>:<principal object>`; never split it either.
    GrantId;
    /// One attempt at reading everything: a KSUID, 27 letters and digits.
    SyncId;
}

/// The identity of a resource: its kind and what the system of origin calls it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct ResourceId {
    /// The kind.
    pub resource_type: ResourceTypeId,
    /// The object of that kind.
    pub object: ObjectId,
}

impl ResourceId {
    /// Puts the two halves together.
    pub fn new(resource_type: impl Into<ResourceTypeId>, object: impl Into<ObjectId>) -> Self {
        Self {
            resource_type: resource_type.into(),
            object: object.into(),
        }
    }

    /// Reads the form that people type: `bid:r:<type>/<object>`, with an optional parent in front.
    ///
    /// # Errors
    /// When the text has no such form; the message says where it stops making sense.
    pub fn parse_baton(text: &str) -> Result<Self, ParseResourceIdError> {
        let part = text
            .strip_prefix("bid:r:")
            .ok_or_else(|| ParseResourceIdError::new(text, "it does not start with `bid:r:`"))?;
        let components = split_components(part).ok_or_else(|| {
            ParseResourceIdError::new(text, "a backslash may only stand before `\\`, `/` or `:`")
        })?;
        match components.as_slice() {
            [kind, object] | [_, _, kind, object] if !kind.is_empty() && !object.is_empty() => {
                Ok(Self::new(kind.as_str(), object.as_str()))
            }
            _ => Err(ParseResourceIdError::new(
                text,
                "it does not name one type and one object",
            )),
        }
    }
}

impl fmt::Display for ResourceId {
    /// The key under which files store a resource: `type:object`, nothing escaped.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.resource_type, self.object)
    }
}

/// Why a text is not a resource id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a resource id: {reason}; the form is `bid:r:user/1234`")]
pub struct ParseResourceIdError {
    text: String,
    reason: &'static str,
}

impl ParseResourceIdError {
    fn new(text: &str, reason: &'static str) -> Self {
        Self {
            text: text.to_owned(),
            reason,
        }
    }
}

/// Splits at unescaped slashes and undoes the escapes; an unescaped colon or a stray backslash is refused.
fn split_components(part: &str) -> Option<Vec<String>> {
    let mut components = vec![String::new()];
    let mut letters = part.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '/' => components.push(String::new()),
            ':' => return None,
            '\\' => push_last(
                &mut components,
                letters.next().filter(|next| matches!(next, '\\' | '/' | ':'))?,
            ),
            other => push_last(&mut components, other),
        }
    }
    Some(components)
}

fn push_last(components: &mut [String], letter: char) {
    if let Some(last) = components.last_mut() {
        last.push(letter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_baton_ids_with_escapes_and_parents() {
        let id = ResourceId::parse_baton(r"bid:r:ro\:le/a\/b\:c\\d").unwrap();
        assert_eq!(id, ResourceId::new("ro:le", r"a/b:c\d"));
        assert_eq!(
            ResourceId::parse_baton("bid:r:org/o1/role/r1").unwrap(),
            ResourceId::new("role", "r1")
        );
    }

    #[test]
    fn refuses_what_is_no_resource_id() {
        for text in [
            "",
            "foo",
            "bid:r:user",
            "bid:r:user/",
            "bid:r:/x",
            "bid:r:a/b/c",
            "bid:e:role/r1",
            "bid:r:user/u1:x",
            r"bid:r:a/\b",
        ] {
            assert!(ResourceId::parse_baton(text).is_err(), "{text}");
        }
    }

    #[test]
    fn shows_the_key_that_files_use() {
        assert_eq!(ResourceId::new("user", "u1").to_string(), "user:u1");
    }
}
