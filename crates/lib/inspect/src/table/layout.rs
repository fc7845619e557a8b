//! How wide each column is.

use super::GAP;
use super::column::{Cell, Column, Rank};
use crate::text;

/// In this order columns give way, each down to this width, before the next does.
const STEPS: [(Rank, usize); 6] = [
    (Rank::Detail, 14),
    (Rank::Name, 18),
    (Rank::Detail, 8),
    (Rank::Name, 10),
    (Rank::Id, 8),
    (Rank::Detail, 4),
];

/// As long as the others have this much, columns that are only of use as a whole stay.
const WITH_EXTRAS: [(Rank, usize); 2] = [(Rank::Detail, 12), (Rank::Name, 26)];

/// The widths of the columns; zero for those that are left out.
pub(super) fn widths(columns: &[Column], rows: &[Vec<Cell>], room: Option<usize>) -> Vec<usize> {
    let mut widths = natural(columns, rows);
    let Some(room) = room else { return widths };
    let mut generous = widths.clone();
    give_way(columns, &mut generous, room, &WITH_EXTRAS);
    if total(&generous) <= room {
        return generous;
    }
    leave_out_extras(columns, &mut widths);
    give_way(columns, &mut widths, room, &STEPS);
    leave_out_last(&mut widths, room);
    widths
}

fn give_way(columns: &[Column], widths: &mut [usize], room: usize, steps: &[(Rank, usize)]) {
    for (rank, floor) in steps {
        while total(widths) > room && shrink_widest(columns, widths, *rank, *floor) {}
    }
}

fn natural(columns: &[Column], rows: &[Vec<Cell>]) -> Vec<usize> {
    let mut widths: Vec<usize> = columns.iter().map(|column| text::width(column.title)).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(text::width(&cell.text));
        }
    }
    widths
}

fn total(widths: &[usize]) -> usize {
    let shown = widths.iter().filter(|width| **width > 0);
    let (sum, number) = shown.fold((0, 0), |(sum, number), width| (sum + width, number + 1));
    sum + GAP.len() * usize::saturating_sub(number, 1)
}

fn leave_out_extras(columns: &[Column], widths: &mut [usize]) {
    let extras = columns
        .iter()
        .zip(widths)
        .filter(|(column, _)| column.rank == Rank::Extra);
    extras.for_each(|(_, width)| *width = 0);
}

/// Takes a column from the widest of a rank that is still above the floor; `false` when there is none.
fn shrink_widest(columns: &[Column], widths: &mut [usize], rank: Rank, floor: usize) -> bool {
    let of_rank = columns
        .iter()
        .zip(widths.iter_mut())
        .filter(|(column, _)| column.rank == rank);
    let widest = of_rank
        .map(|(_, width)| width)
        .filter(|width| **width > floor)
        .max();
    widest.map(|width| *width -= 1).is_some()
}

fn leave_out_last(widths: &mut [usize], room: usize) {
    while total(widths) > room {
        let last = widths.iter_mut().rev().find(|width| **width > 0);
        match last {
            Some(width) => *width = 0,
            None => return,
        }
    }
}
