//! The picture that authenticator apps scan.

use qrcode::{Color, QrCode};
use secrecy::{ExposeSecret as _, SecretString};

/// How many modules stay white around the code, which scanners need.
const QUIET_ZONE: usize = 4;

/// More than fits into a QR code: 2,331 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the names of the product and the account are too long for a QR code: type the secret into the app instead"
)]
pub struct UriTooLong;

/// A QR code as SVG to stand in a page, black on white whatever the page's colours are. It is as secret as what it
/// shows. `title` is what screen readers say.
///
/// # Errors
/// When the text does not fit.
pub fn qr_svg(uri: &SecretString, title: &str) -> Result<SecretString, UriTooLong> {
    let code = QrCode::new(uri.expose_secret()).map_err(|_| UriTooLong)?;
    let size = code.width() + 2 * QUIET_ZONE;
    let (title, path) = (escaped(title), path(&code));
    let svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" role="img" shape-rendering="crispEdges"><title>{title}</title><path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{path}"/></svg>"##
    );
    Ok(svg.into())
}

/// One rectangle for each run of dark modules.
fn path(code: &QrCode) -> String {
    let modules = code.to_colors();
    let rows = modules.chunks(code.width()).enumerate();
    rows.flat_map(|(y, row)| dark_runs(row).map(move |(x, length)| rectangle(x, y, length)))
        .collect()
}

/// Where runs of dark modules begin, and how long they are.
fn dark_runs(row: &[Color]) -> impl Iterator<Item = (usize, usize)> {
    let runs = row.chunk_by(|left, right| left == right);
    let placed = runs.scan(0, |next, run| {
        let start = *next;
        *next += run.len();
        Some((start, run))
    });
    placed
        .filter(|(_, run)| run.first() == Some(&Color::Dark))
        .map(|(start, run)| (start, run.len()))
}

fn rectangle(x: usize, y: usize, length: usize) -> String {
    format!("M{} {}h{length}v1h-{length}z", x + QUIET_ZONE, y + QUIET_ZONE)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
