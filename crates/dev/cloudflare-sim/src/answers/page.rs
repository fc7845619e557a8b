//! Page numbers and sizes.

use std::ops::Range;

use axum::http::StatusCode;
use serde::Serialize;

use super::{
    Context,
    envelope::{self, Answer, Envelope},
};
use crate::{EmptyGroups, Endpoint, PageSize, ResultInfoForm};

/// `result_info` of a listing in pages.
#[derive(Debug, Serialize)]
pub(crate) struct PageInfo {
    page: usize,
    per_page: usize,
    count: usize,
    total_count: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    total_pages: Option<usize>,
}

/// The part of a listing that was asked for.
#[derive(Debug)]
pub(crate) struct Window {
    pub(crate) range: Range<usize>,
    info: Option<PageInfo>,
}

impl Context<'_> {
    /// The part of a listing of `total` items that the call asks for.
    pub(crate) fn window(&self, total: usize) -> Result<Window, Answer> {
        let per_page = self.per_page("per_page")?;
        let page = self.number("page")?.unwrap_or(1).max(1);
        let start = page.saturating_sub(1).saturating_mul(per_page).min(total);
        let range = start..start.saturating_add(per_page).min(total);
        let info = PageInfo {
            page,
            per_page,
            count: range.len(),
            total_count: total,
            total_pages: self.tells_total_pages().then(|| total.div_ceil(per_page)),
        };
        Ok(Window {
            range,
            info: self.tells_info().then_some(info),
        })
    }

    /// The page size asked for, within the endpoint's limits.
    pub(crate) fn per_page(&self, name: &str) -> Result<usize, Answer> {
        let limits = self.route.endpoint.limits();
        let asked = self.number(name)?.unwrap_or(limits.default);
        let allowed = asked.clamp(limits.min, limits.max);
        if asked != allowed && self.options.page_size == PageSize::Refuse {
            let text = format!(
                "Invalid request: {name} must be between {} and {}",
                limits.min, limits.max
            );
            return Err(envelope::error(StatusCode::BAD_REQUEST, 1001, text));
        }
        Ok(allowed)
    }

    fn number(&self, name: &str) -> Result<Option<usize>, Answer> {
        let Some(text) = self.params.get(name) else {
            return Ok(None);
        };
        text.parse().map(Some).map_err(|_| {
            envelope::error(
                StatusCode::BAD_REQUEST,
                1001,
                format!("Invalid request: {name} must be a number"),
            )
        })
    }

    fn tells_total_pages(&self) -> bool {
        self.options.result_info != ResultInfoForm::WithoutTotalPages
    }

    fn tells_info(&self) -> bool {
        let iam = self.route.endpoint.path().contains("/iam/");
        !(iam && self.options.result_info == ResultInfoForm::AbsentOnIam)
    }

    /// One page of a listing whose items are served as they are.
    pub(crate) fn page<T: Serialize>(&self, items: &[T]) -> Answer {
        match self.window(items.len()) {
            Ok(window) => self.write_page(items.get(window.range.clone()).unwrap_or_default(), window),
            Err(answer) => answer,
        }
    }

    /// A finished page.
    pub(crate) fn write_page<T: Serialize>(&self, items: &[T], window: Window) -> Answer {
        let null = items.is_empty() && self.is_null_when_empty();
        let envelope = Envelope {
            success: true,
            errors: &[],
            messages: Some(&[]),
            result: (!null).then_some(items),
            result_info: window.info,
        };
        envelope::write(StatusCode::OK, &envelope)
    }

    fn is_null_when_empty(&self) -> bool {
        let groups = matches!(
            self.route.endpoint,
            Endpoint::UserGroups | Endpoint::UserGroupMembers
        );
        groups && self.options.empty_groups == EmptyGroups::Null
    }
}
