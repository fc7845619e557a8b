//! Style, script and icon: part of the program, served by whoever serves the pages.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

/// Where the pages expect assets to be served from.
pub const PREFIX: &str = "/assets/";

/// A file that pages ask for.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// Its contents.
    pub bytes: &'static [u8],
    /// What it is.
    pub content_type: &'static str,
    /// For `ETag`, with its quotation marks.
    pub etag: &'static str,
    /// For `Cache-Control`: for ever under a name that carries its hash, else only as long as it is asked about.
    pub cache_control: &'static str,
}

struct Source {
    stem: &'static str,
    extension: &'static str,
    content_type: &'static str,
    bytes: &'static [u8],
}

const STYLE: &str = concat!(
    include_str!("../assets/palette.css"),
    include_str!("../assets/base.css"),
    include_str!("../assets/shell.css"),
    include_str!("../assets/pieces.css"),
    include_str!("../assets/forms.css"),
    include_str!("../assets/table.css"),
    include_str!("../assets/log.css"),
);

const SCRIPT: &str = concat!(
    include_str!("../assets/start.js"),
    include_str!("../assets/live.js"),
    include_str!("../assets/upload.js"),
    include_str!("../assets/pieces.js"),
    include_str!("../assets/table.js"),
    include_str!("../assets/passkeys.js"),
);

const SOURCES: [Source; 4] = [
    Source {
        stem: "style",
        extension: "css",
        content_type: "text/css; charset=utf-8",
        bytes: STYLE.as_bytes(),
    },
    Source {
        stem: "app",
        extension: "js",
        content_type: "text/javascript; charset=utf-8",
        bytes: SCRIPT.as_bytes(),
    },
    Source {
        stem: "theme",
        extension: "js",
        content_type: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../assets/theme.js"),
    },
    Source {
        stem: "favicon",
        extension: "svg",
        content_type: "image/svg+xml",
        bytes: include_bytes!("../assets/favicon.svg"),
    },
];

struct Served {
    name: String,
    hashed: String,
    etag: String,
    source: Source,
}

static SERVED: LazyLock<Vec<Served>> = LazyLock::new(|| SOURCES.into_iter().map(Served::of).collect());

impl Served {
    fn of(source: Source) -> Self {
        let digest = Sha256::digest(source.bytes);
        let start = digest.first_chunk().copied().map(u64::from_be_bytes);
        let hash = format!("{:016x}", start.unwrap_or_default());
        Self {
            name: format!("{}.{}", source.stem, source.extension),
            hashed: format!("{}.{hash}.{}", source.stem, source.extension),
            etag: format!("\"{hash}\""),
            source,
        }
    }
}

/// The asset of this name, with or without its hash, as it stands behind [`PREFIX`].
pub fn asset(path: &str) -> Option<Asset> {
    let served = SERVED
        .iter()
        .find(|served| served.hashed == path || served.name == path)?;
    Some(Asset {
        bytes: served.source.bytes,
        content_type: served.source.content_type,
        etag: &served.etag,
        cache_control: if served.hashed == path {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        },
    })
}

/// Where the asset of this name is to be had, with its hash, so that it may be kept for ever.
pub fn url(name: &str) -> String {
    let served = SERVED.iter().find(|served| served.name == name);
    format!("{PREFIX}{}", served.map_or(name, |served| &served.hashed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_its_hash_may_be_kept_for_ever() {
        let url = url("style.css");
        let hashed = asset(url.strip_prefix(PREFIX).unwrap()).unwrap();
        let plain = asset("style.css").unwrap();
        assert!(hashed.cache_control.contains("immutable"));
        assert_eq!(plain.cache_control, "no-cache");
        assert_eq!(hashed.etag, plain.etag);
        assert_eq!(hashed.bytes, plain.bytes);
    }

    #[test]
    fn nothing_else_is_served() {
        for path in ["", "../style.css", "style.0000000000000000.css", "/etc/passwd"] {
            assert!(asset(path).is_none(), "{path}");
        }
    }
}
