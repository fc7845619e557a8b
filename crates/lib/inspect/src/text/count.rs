//! Numbers with their nouns.

/// `1 user`, `2 users`, `1,200 policies`: the number and the noun that goes with it.
pub(crate) fn count(number: u64, noun: &str) -> String {
    let plural = match (number, noun.strip_suffix('y')) {
        (1, _) => noun.to_owned(),
        (_, Some(stem)) if !stem.ends_with(['a', 'e', 'o']) => format!("{stem}ies"),
        _ if noun.ends_with("ss") => format!("{noun}es"),
        _ => format!("{noun}s"),
    };
    format!("{} {plural}", grouped(number))
}

/// `1 person`, `2 people`.
pub(crate) fn people(number: u64) -> String {
    let noun = if number == 1 { "person" } else { "people" };
    format!("{} {noun}", grouped(number))
}

/// The number with commas between thousands.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_its_noun() {
        assert_eq!(count(1, "user"), "1 user");
        assert_eq!(count(0, "policy"), "0 policies");
        assert_eq!(count(2, "day"), "2 days");
        assert_eq!(count(3, "access"), "3 accesses");
        assert_eq!(count(1_234_567, "grant"), "1,234,567 grants");
        assert_eq!(grouped(100), "100");
    }
}
