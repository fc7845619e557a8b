//! Tables as CSV, safe to open in a spreadsheet.

/// A CSV file as an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsvFile {
    /// The lines, by RFC 4180.
    pub bytes: Vec<u8>,
    /// For `Content-Type`.
    pub content_type: &'static str,
    /// For `Content-Disposition`.
    pub disposition: String,
}

/// Rows as a CSV file of this name, the header first. A cell that a spreadsheet would take for a formula gets an
/// apostrophe before it.
///
/// # Errors
///
/// When a row has another number of cells than the header.
pub fn csv_response<R, C>(name: &str, rows: R) -> Result<CsvFile, csv::Error>
where
    R: IntoIterator<Item = C>,
    C: IntoIterator<Item: AsRef<str>>,
{
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.into_iter().map(|cell| harmless(cell.as_ref())))?;
    }
    let bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    Ok(CsvFile {
        bytes,
        content_type: "text/csv; charset=utf-8; header=present",
        disposition: format!("attachment; filename=\"{}.csv\"", file_name(name)),
    })
}

/// Spreadsheets look at the first character to tell a formula from text.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// Only what no file system and no header takes for something else.
fn file_name(name: &str) -> String {
    let plain = |character: char| {
        if character.is_ascii_alphanumeric() || character == '-' || character == '_' {
            character
        } else {
            '-'
        }
    };
    name.chars().take(80).map(plain).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_formula_becomes_text() {
        let rows = [
            ["Name", "Note"],
            ["=1+1", "a,b"],
            ["@x", "say \"hi\"\nthere"],
            ["\tx", "-5"],
        ];
        let file = csv_response("Users of example.com", rows).unwrap();
        insta::assert_snapshot!(String::from_utf8(file.bytes).unwrap().replace('\r', "␍"), @r#"
        Name,Note␍
        '=1+1,"a,b"␍
        '@x,"say ""hi""
        there"␍
        '	x,'-5␍
        "#);
        assert_eq!(
            file.disposition,
            "attachment; filename=\"Users-of-example-com.csv\""
        );
    }

    #[test]
    fn rows_of_different_length_are_a_mistake() {
        assert!(csv_response("x", [vec!["a", "b"], vec!["c"]]).is_err());
    }

    proptest! {
        #[test]
        fn what_is_read_back_is_what_went_in_and_no_formula(cells in proptest::collection::vec("[=+@\t\r\n,\"a-]{0,6}", 2)) {
            let file = csv_response("x", [&cells]).unwrap();
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(file.bytes.as_slice());
            let record = reader.records().next().unwrap().unwrap();
            for (read, cell) in record.iter().zip(&cells) {
                prop_assert!(!read.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
                prop_assert!(read == cell || read.strip_prefix('\'') == Some(cell));
            }
        }
    }
}
