//! What a zstd frame says about itself before it is decoded (RFC 8878, section 3.1).

/// The longest frame header, and more than any field that is looked at.
pub(super) const HEADER_MAX: usize = 18;

/// What starts at some offset of the compressed data.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// Compressed data.
    Data {
        /// How much it unpacks to, when it says so.
        content_size: Option<u64>,
        /// How much memory decoding takes, in bytes; `None` when the header is cut off.
        window: Option<u64>,
    },
    /// User data that readers skip: this many bytes after the first eight.
    Skippable(u32),
    /// Too few bytes to tell.
    CutOff,
    /// No zstd data.
    Unknown,
}

impl Frame {
    /// Looks at the first bytes of a frame, up to [`HEADER_MAX`].
    pub(super) fn look(header: &[u8]) -> Self {
        let Some((magic, rest)) = header.split_first_chunk::<4>() else {
            return Self::cut_off_or_unknown(header);
        };
        match u32::from_le_bytes(*magic) {
            zstd::zstd_safe::MAGICNUMBER => Self::Data {
                content_size: zstd::zstd_safe::get_frame_content_size(header).ok().flatten(),
                window: window(rest),
            },
            0x184D_2A50..=0x184D_2A5F => rest
                .first_chunk::<4>()
                .map_or(Self::CutOff, |size| Self::Skippable(u32::from_le_bytes(*size))),
            _ => Self::Unknown,
        }
    }

    /// A piece of the magic may be the start of a frame that was cut off.
    fn cut_off_or_unknown(header: &[u8]) -> Self {
        if zstd::zstd_safe::MAGICNUMBER.to_le_bytes().starts_with(header) {
            Self::CutOff
        } else {
            Self::Unknown
        }
    }
}

/// The window from the frame's descriptors; a single-segment frame's window is its content.
fn window(descriptors: &[u8]) -> Option<u64> {
    let (&descriptor, rest) = descriptors.split_first()?;
    let single_segment = descriptor & 0x20 != 0;
    if single_segment {
        return Some(0);
    }
    let &byte = rest.first()?;
    let base = 1_u64 << (10 + (byte >> 3));
    Some(base + base / 8 * u64::from(byte & 7))
}
