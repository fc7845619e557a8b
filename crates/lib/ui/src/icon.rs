//! Icons as inline SVG: strokes on a grid of 16, coloured like the text around them.

use std::fmt;

use askama::filters::HtmlSafe;

/// An icon. Always beside words or on something that has a name of its own, so it is hidden from screen readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named after what it shows")]
pub enum Icon {
    Apps,
    Audit,
    Bad,
    Check,
    ChevronDown,
    ChevronLeft,
    ChevronRight,
    Close,
    Columns,
    Connectors,
    Copy,
    Dash,
    Download,
    Edit,
    External,
    Good,
    Home,
    Info,
    Key,
    Mail,
    Menu,
    More,
    Pause,
    People,
    Play,
    Plus,
    Refresh,
    Search,
    Settings,
    Shield,
    SignOut,
    SortDown,
    SortUp,
    Tasks,
    Trash,
    Upload,
    Warning,
}

impl Icon {
    #[rustfmt::skip]
    fn drawing(self) -> &'static str {
        match self {
            Self::Apps => r#"<rect x="2.25" y="2.25" width="4.75" height="4.75" rx="1.25"/><rect x="9" y="2.25" width="4.75" height="4.75" rx="1.25"/><rect x="2.25" y="9" width="4.75" height="4.75" rx="1.25"/><rect x="9" y="9" width="4.75" height="4.75" rx="1.25"/>"#,
            Self::Audit => r#"<path d="M9 2.25H4.5a1 1 0 0 0-1 1v9.5a1 1 0 0 0 1 1h7a1 1 0 0 0 1-1v-7zM9 2.25v3.5h3.5M6 8.5h4M6 11h2.5"/>"#,
            Self::Bad => r#"<path d="M5.6 2.25h4.8l3.35 3.35v4.8l-3.35 3.35H5.6L2.25 10.4V5.6zM6 6l4 4M10 6l-4 4"/>"#,
            Self::Check => r#"<path d="m3 8.5 3.25 3.25L13 5"/>"#,
            Self::ChevronDown => r#"<path d="m4.5 6.25 3.5 3.5 3.5-3.5"/>"#,
            Self::ChevronLeft => r#"<path d="M9.75 4.5 6.25 8l3.5 3.5"/>"#,
            Self::ChevronRight => r#"<path d="M6.25 4.5 9.75 8l-3.5 3.5"/>"#,
            Self::Close => r#"<path d="m4 4 8 8M12 4l-8 8"/>"#,
            Self::Columns => r#"<rect x="2.25" y="2.75" width="11.5" height="10.5" rx="1.5"/><path d="M6.25 2.75v10.5M9.75 2.75v10.5"/>"#,
            Self::Connectors => r#"<path d="M5.75 2v3M10.25 2v3M3.5 5.25h9V7.5a4.5 4.5 0 0 1-9 0zM8 12v2.25"/>"#,
            Self::Copy => r#"<rect x="5.5" y="5.5" width="8.25" height="8.25" rx="1.5"/><path d="M10.5 5.5V3.75a1.5 1.5 0 0 0-1.5-1.5H3.75a1.5 1.5 0 0 0-1.5 1.5V9a1.5 1.5 0 0 0 1.5 1.5H5.5"/>"#,
            Self::Dash => r#"<circle cx="8" cy="8" r="5.75"/><path d="M5.5 8h5"/>"#,
            Self::Download => r#"<path d="M8 2.25v8M4.75 7.25 8 10.5l3.25-3.25M2.75 13.5h10.5"/>"#,
            Self::Edit => r#"<path d="m10.25 3.25 2.5 2.5-7.5 7.5h-2.5v-2.5zM8.75 4.75l2.5 2.5"/>"#,
            Self::External => r#"<path d="M9.5 2.5h4v4M13.25 2.75 7.5 8.5M11.5 9.5v2.75a1.25 1.25 0 0 1-1.25 1.25h-6.5a1.25 1.25 0 0 1-1.25-1.25v-6.5A1.25 1.25 0 0 1 3.75 4.5H6.5"/>"#,
            Self::Good => r#"<circle cx="8" cy="8" r="5.75"/><path d="m5.5 8.25 1.75 1.75 3.25-3.75"/>"#,
            Self::Home => r#"<path d="M2.5 6.75 8 2.25l5.5 4.5v6a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1zM6.25 13.5V9.25h3.5v4.25"/>"#,
            Self::Info => r#"<circle cx="8" cy="8" r="5.75"/><path d="M8 7.5V11M8 5v.25"/>"#,
            Self::Key => r#"<circle cx="5.25" cy="10.75" r="3"/><path d="m7.5 8.5 6-6M11 5l2.25 2.25M9.25 6.75l1.25 1.25"/>"#,
            Self::Mail => r#"<rect x="2" y="3.25" width="12" height="9.5" rx="1.5"/><path d="m2.5 4.75 5.5 4 5.5-4"/>"#,
            Self::Menu => r#"<path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11"/>"#,
            Self::More => r#"<path d="M3.5 8h.01M8 8h.01M12.5 8h.01" stroke-width="2.25"/>"#,
            Self::Pause => r#"<path d="M5.5 3.25v9.5M10.5 3.25v9.5"/>"#,
            Self::People => r#"<circle cx="6" cy="5.25" r="2.5"/><path d="M1.5 13.25a4.5 4.5 0 0 1 9 0M10.5 2.9a2.5 2.5 0 0 1 0 4.7M12 9.2a4.5 4.5 0 0 1 2.5 4.05"/>"#,
            Self::Play => r#"<path d="M4.75 2.75v10.5L12.75 8z"/>"#,
            Self::Plus => r#"<path d="M8 3v10M3 8h10"/>"#,
            Self::Refresh => r#"<path d="M13.25 8A5.25 5.25 0 0 1 3.6 10.85M2.75 8a5.25 5.25 0 0 1 9.65-2.85M12.75 2.25v3h-3M3.25 13.75v-3h3"/>"#,
            Self::Search => r#"<circle cx="7" cy="7" r="4.5"/><path d="m10.4 10.4 3.35 3.35"/>"#,
            Self::Settings => r#"<path d="M2.25 4.75h6M12.75 4.75h1M2.25 11.25h1M7.75 11.25h6"/><circle cx="10.5" cy="4.75" r="2.1"/><circle cx="5.5" cy="11.25" r="2.1"/>"#,
            Self::Shield => r#"<path d="M8 1.9 13 3.75v4c0 3-2.1 5.2-5 6.4-2.9-1.2-5-3.4-5-6.4v-4zM5.75 8l1.6 1.6 3-3.25"/>"#,
            Self::SignOut => r#"<path d="M6.5 13.5H3.75a1.25 1.25 0 0 1-1.25-1.25v-8.5A1.25 1.25 0 0 1 3.75 2.5H6.5M10.5 11l3-3-3-3M13.25 8h-7"/>"#,
            Self::SortDown => r#"<path d="M8 3v10M4.5 9.5 8 13l3.5-3.5"/>"#,
            Self::SortUp => r#"<path d="M8 13V3M4.5 6.5 8 3l3.5 3.5"/>"#,
            Self::Tasks => r#"<path d="m2.25 4.25 1.25 1.25 2-2.25M2.25 11l1.25 1.25 2-2.25M8 4.5h5.75M8 11.25h5.75"/>"#,
            Self::Trash => r#"<path d="M2.5 4.25h11M6 4V2.5h4V4M4 4.5l.6 8a1 1 0 0 0 1 .95h4.8a1 1 0 0 0 1-.95l.6-8M6.75 7v3.75M9.25 7v3.75"/>"#,
            Self::Upload => r#"<path d="M8 10.5v-8M4.75 5.5 8 2.25l3.25 3.25M2.75 13.5h10.5"/>"#,
            Self::Warning => r#"<path d="M8 2.25 14.25 13.25H1.75zM8 6.5v3M8 11.35v.05"/>"#,
        }
    }
}

impl fmt::Display for Icon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let drawing = self.drawing();
        write!(
            f,
            r#"<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{drawing}</svg>"#
        )
    }
}

impl HtmlSafe for Icon {}
