//! How pages look.

use crate::site::open_with;

const STYLE: &str = "
    .dark, .narrow { display: none }
    @media (prefers-color-scheme: dark) { .dark { display: block } .light { display: none } }
    @media (max-width: 400px) { .narrow { display: block } .wide { display: none } }
    .tall { height: 3000px }";

const BODY: &str = "<p class=dark>It is dark</p><p class=light>It is light</p>
                    <p class=narrow>It is narrow</p><p class=wide>It is wide</p><div class=tall></div>";

#[tokio::test]
#[ignore = "needs a browser"]
async fn light_and_dark_narrow_and_wide() {
    let browser = open_with(BODY, "", STYLE).await;
    browser.dark(true).await;
    browser.see("It is dark").await;
    browser.width(360).await;
    browser.see("It is narrow").await;
    browser.reload().await;
    assert_eq!(browser.text().await, "It is dark It is narrow", "it stays so");
    browser.dark(false).await;
    browser.width(1280).await;
    browser.see("It is light It is wide").await;
}

#[tokio::test]
#[ignore = "needs a browser"]
async fn a_picture_shows_the_whole_page() {
    let browser = open_with(BODY, "", STYLE).await;
    browser.width(360).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.png");
    browser.screenshot(&path).await;
    let picture = std::fs::read(path).unwrap();
    assert!(picture.starts_with(b"\x89PNG"));
    // Width and height are the first that a PNG tells.
    let number = |at: usize| u32::from_be_bytes(picture[at..at + 4].try_into().unwrap());
    assert_eq!(number(16), 360);
    assert!(number(20) > 3000, "{}", number(20));
}
