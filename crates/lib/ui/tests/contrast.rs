//! The colours of the palette, measured as WCAG 2.2 measures them, in light and in dark.

use std::collections::BTreeMap;

const PALETTE: &str = include_str!("../assets/palette.css");

/// What is written on what: at least 4.5 to 1.
const TEXT: &[(&str, &[&str])] = &[
    (
        "text",
        &[
            "canvas",
            "surface",
            "raised",
            "sunken",
            "hover",
            "accent-wash",
            "good-wash",
            "warn-wash",
            "bad-wash",
            "info-wash",
            "quiet-wash",
        ],
    ),
    (
        "soft",
        &[
            "canvas",
            "surface",
            "raised",
            "sunken",
            "hover",
            "accent-wash",
            "quiet-wash",
        ],
    ),
    ("accent", &["canvas", "surface", "raised"]),
    ("accent-strong", &["surface", "accent-wash"]),
    ("accent-text", &["accent", "accent-strong"]),
    ("bad-text", &["bad", "bad-strong"]),
    ("good", &["surface", "hover", "good-wash"]),
    ("warn", &["surface", "hover", "sunken", "warn-wash"]),
    (
        "bad",
        &["surface", "raised", "hover", "sunken", "bad-wash", "accent-wash"],
    ),
    ("bad-strong", &["bad-wash"]),
    ("info", &["surface", "hover", "sunken", "info-wash"]),
    ("quiet", &["surface", "hover", "quiet-wash"]),
];

/// What must be seen to be used, and what is drawn around the focus: at least 3 to 1.
const CONTROLS: &[(&str, &[&str])] = &[
    ("control", &["canvas", "surface", "raised", "accent-wash"]),
    (
        "accent",
        &[
            "canvas",
            "surface",
            "raised",
            "sunken",
            "hover",
            "accent-wash",
            "bad-wash",
        ],
    ),
    ("bad", &["canvas", "surface", "raised"]),
];

type Colours = BTreeMap<String, [f64; 3]>;

/// The two themes: `--name: light-dark(#light, #dark);`
fn themes() -> [(&'static str, Colours); 2] {
    let mut light = Colours::new();
    let mut dark = Colours::new();
    for (name, one, other) in PALETTE.lines().filter_map(definition) {
        light.insert(name.to_owned(), one);
        dark.insert(name.to_owned(), other);
    }
    [("light", light), ("dark", dark)]
}

fn definition(line: &str) -> Option<(&str, [f64; 3], [f64; 3])> {
    let (name, values) = line.trim().strip_prefix("--")?.split_once(": light-dark(")?;
    let (one, other) = values.strip_suffix(");")?.split_once(", ")?;
    Some((name, colour(one)?, colour(other)?))
}

fn colour(hex: &str) -> Option<[f64; 3]> {
    let digits = hex.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some([red, green, blue].map(|part| f64::from(part) / 255.0))
}

fn luminance(colour: [f64; 3]) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn too_weak(pairs: &[(&str, &[&str])], least: f64) -> Vec<String> {
    let mut found = Vec::new();
    for (theme, colours) in themes() {
        for (front, backs) in pairs {
            for back in *backs {
                let pair = colours.get(*front).zip(colours.get(*back));
                let measured = pair.map_or(0.0, |(front, back)| contrast(*front, *back));
                if measured < least {
                    found.push(format!(
                        "{theme}: {front} on {back} is {measured:.2}, not {least}"
                    ));
                }
            }
        }
    }
    found
}

#[test]
fn the_measure_is_that_of_the_guidelines() {
    let on_white = |hex| contrast(colour(hex).unwrap(), [1.0; 3]);
    assert!((on_white("#000000") - 21.0).abs() < 1e-9);
    assert!((on_white("#767676") - 4.54).abs() < 0.01);
}

#[test]
fn text_can_be_read() {
    assert_eq!(too_weak(TEXT, 4.5), Vec::<String>::new());
}

#[test]
fn controls_and_focus_can_be_seen() {
    assert_eq!(too_weak(CONTROLS, 3.0), Vec::<String>::new());
}

#[test]
fn the_tab_has_the_accent_of_the_pages() {
    let (_, light) = &themes()[0];
    let favicon = include_str!("../assets/favicon.svg");
    let (_, fill) = favicon.split_once("fill=\"").unwrap();
    assert_eq!(fill.get(..7).and_then(colour).as_ref(), light.get("accent"));
}
