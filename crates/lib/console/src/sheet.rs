//! Tables that somebody pastes from a spreadsheet or a file: CSV with any of the usual separators.

/// The most lines of one.
pub(crate) const MOST: usize = 2_000;

/// A table whose first line names its columns.
#[derive(Debug)]
pub(crate) struct Sheet {
    header: Vec<String>,
    rows: Vec<Row>,
}

/// A line of it.
#[derive(Debug)]
pub(crate) struct Row {
    /// Which line it is, counted from one.
    pub(crate) line: u64,
    cells: Vec<String>,
}

/// A text that is no such table, and what to do.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SheetError {
    #[error("this is empty: the first line names the columns, the others have what is in them")]
    Empty,
    #[error("a list can have {MOST} lines: paste it in parts")]
    TooLong,
    #[error("line {0} cannot be read")]
    Line(u64),
    #[error("the first line has to name a column `{0}`")]
    Missing(&'static str),
}

impl Sheet {
    /// Reads one. Lines with nothing in them are left out.
    pub(crate) fn read(text: &str) -> Result<Self, SheetError> {
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator(&text))
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let (mut rows, mut lines) = (Vec::new(), Lines::of(&text));
        for record in reader.records() {
            let record = record.map_err(|_| SheetError::Line(lines.line))?;
            let line = lines.at(record.position().map_or(0, csv::Position::byte));
            let cells: Vec<String> = record.iter().map(str::to_owned).collect();
            if cells.iter().any(|cell| !cell.is_empty()) {
                rows.push(Row { line, cells });
            }
            if rows.len() > MOST + 1 {
                return Err(SheetError::TooLong);
            }
        }
        if rows.len() < 2 {
            return Err(SheetError::Empty);
        }
        let header = rows.remove(0).cells.iter().map(|name| letters(name)).collect();
        Ok(Self { header, rows })
    }

    /// Its lines below the first.
    pub(crate) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The column that is called one of these.
    pub(crate) fn column(&self, names: &[&str]) -> Option<usize> {
        let is_so = |name: &String| names.iter().any(|known| letters(known) == *name);
        self.header.iter().position(is_so)
    }

    /// The same, for a column that has to be there: the first of the names is what people are told.
    pub(crate) fn needed(&self, names: &[&'static str]) -> Result<usize, SheetError> {
        let first = names.first().copied().unwrap_or_default();
        self.column(names).ok_or(SheetError::Missing(first))
    }
}

impl Row {
    /// What is in a column; nothing where the line is too short.
    pub(crate) fn cell(&self, column: Option<usize>) -> &str {
        let cell = column.and_then(|column| self.cells.get(column));
        cell.map(String::as_str).unwrap_or_default()
    }
}

/// The number of the line that a place in a text is on. The reader's own count takes empty lines for a part of what
/// follows them.
struct Lines<'t> {
    rest: &'t str,
    past: usize,
    line: u64,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        Self {
            rest: text,
            past: 0,
            line: 1,
        }
    }

    /// The line of what begins there, which comes after what was asked for before.
    fn at(&mut self, byte: u64) -> u64 {
        let begin = usize::try_from(byte)
            .unwrap_or(usize::MAX)
            .saturating_sub(self.past);
        let after = self.rest.get(begin..).unwrap_or_default();
        let end = self.rest.len() - after.trim_start_matches('\n').len();
        let (over, rest) = self.rest.split_at(end);
        self.line += over.bytes().map(|byte| u64::from(byte == b'\n')).sum::<u64>();
        self.past += end;
        self.rest = rest;
        self.line
    }
}

/// Names are the same in capitals or not, with spaces and signs or without.
fn letters(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// What stands most often in the first line.
fn separator(text: &str) -> u8 {
    let first = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let count = |separator: &u8| first.bytes().filter(|byte| byte == separator).count();
    // Of equals, the last is taken.
    let most = [b'\t', b';', b','].into_iter().max_by_key(count);
    most.unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(u64, String, String)> {
        let sheet = Sheet::read(text).unwrap();
        let (name, email) = (
            sheet.column(&["name"]),
            sheet.needed(&["e-mail", "mail"]).unwrap(),
        );
        let all = sheet.rows().iter();
        all.map(|row| {
            (
                row.line,
                row.cell(name).to_owned(),
                row.cell(Some(email)).to_owned(),
            )
        })
        .collect()
    }

    #[test]
    fn every_usual_form_is_read() {
        let ada = |line| (line, "Byron, Ada".to_owned(), "ada@example.com".to_owned());
        for text in [
            "Name,E-Mail\n\"Byron, Ada\",ada@example.com\n",
            "\u{feff}E_MAIL;name;x\r\nada@example.com;Byron, Ada\r\n",
            "Mail\tNAME\n ada@example.com \tByron, Ada\textra\n\n",
        ] {
            assert_eq!(cells(text), [ada(2)], "{text:?}");
        }
        assert_eq!(cells("name,email\n\n,\n\"Byron, Ada\",ada@example.com"), [ada(4)]);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert_eq!(Sheet::read("").unwrap_err(), SheetError::Empty);
        assert_eq!(Sheet::read("name,email\n").unwrap_err(), SheetError::Empty);
        let long = "name\n".repeat(MOST + 2);
        assert_eq!(Sheet::read(&long).unwrap_err(), SheetError::TooLong);
        let sheet = Sheet::read("name\nAda").unwrap();
        assert_eq!(
            sheet.needed(&["e-mail", "mail"]),
            Err(SheetError::Missing("e-mail"))
        );
    }
}
