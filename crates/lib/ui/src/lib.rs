//! The one design of the console: pages, pieces, tables, style and script.
//!
//! Everything here is a value whose `Display` is HTML. A page puts pieces together and hands them to [`Shell`] (signed
//! in) or [`Plain`] (not yet). Pieces go into askama templates of the caller unescaped, because what they were made
//! from has been escaped here; any other text is escaped where it is put in.
//!
//! The pages work without script: links, forms, `<details>` and popovers. `app.js` only adds to that. No piece needs
//! a style or script attribute, so `script-src 'self'; style-src 'self'` is policy enough.

pub mod assets;
mod beside;
mod button;
mod card;
mod chip;
mod confirm;
mod copy_box;
mod csv_file;
mod drawing;
mod empty_state;
mod facts;
mod field;
mod form;
mod html;
mod icon;
mod inline;
mod live;
mod log_view;
mod menu;
mod notice;
mod page_head;
mod passkey;
mod plain;
mod search_form;
mod shell;
mod stat;
mod stepper;
mod steps;
pub mod table;
mod tabs;
mod time;
mod tone;

pub use beside::{Beside, BesideItem};
pub use button::{Button, Link, PostButton};
pub use card::Card;
pub use chip::Chip;
pub use confirm::ConfirmForm;
pub use copy_box::CopyBox;
pub use csv_file::{CsvFile, csv_response};
pub use drawing::Drawing;
pub use empty_state::EmptyState;
pub use facts::Facts;
pub use field::{Choice, Field, SelectOption};
pub use form::{CSRF_FIELD, ErrorSummary, Form};
pub use html::Html;
pub(crate) use html::piece;
pub use icon::Icon;
pub use inline::Inline;
pub use live::Live;
pub use log_view::{LogEntry, LogLevel, LogView};
pub use menu::{Menu, MenuItem};
pub use notice::Notice;
pub use page_head::PageHead;
pub use passkey::{PASSKEY_FIELDS, PasskeyForm};
pub use plain::Plain;
pub use search_form::SearchForm;
pub use shell::{Crumb, NavItem, Person, Shell};
pub use stat::{Stat, Stats};
pub use stepper::{Step, Stepper};
pub use steps::Steps;
pub use tabs::{Tab, Tabs};
pub use time::Time;
pub use tone::Tone;
