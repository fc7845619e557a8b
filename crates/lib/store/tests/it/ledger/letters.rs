//! Letters: which are due, and what becomes of them.

use chrono::TimeDelta;
use governance::repository::{Letters as _, Versioned, Write, Written};
use governance::{Letter, LetterId, LetterState};
use store::Database;

use super::world::{letter, write};
use crate::world::at;

async fn due(database: &Database, seconds: i64) -> Vec<LetterId> {
    let due = database.letters_due(at(seconds), 10).await.unwrap();
    due.into_iter().map(|letter| letter.value.id).collect()
}

async fn first_due(database: &Database, seconds: i64) -> Versioned<Letter> {
    database.letters_due(at(seconds), 1).await.unwrap().remove(0)
}

pub(crate) async fn those_are_due_whose_time_has_come_the_oldest_first(database: &Database) {
    let letters = [3, 1, 2].map(|number| Write::AddLetter(letter(number)));
    write(database, &letters).await;
    assert_eq!(due(database, 0).await, []);
    assert_eq!(due(database, 2).await, [letter(1).id, letter(2).id]);
    assert_eq!(due(database, 9).await, [1, 2, 3].map(|number| letter(number).id));
    assert_eq!(first_due(database, 9).await.value, letter(1));
}

/// Two processes may have taken the same letter; the second learns it.
pub(crate) async fn what_became_of_a_letter_is_written_once(database: &Database) {
    write(database, &[Write::AddLetter(letter(1))]).await;
    let taken = first_due(database, 1).await;
    let sent = taken.with(taken.value.clone().sent(at(5)));
    assert_eq!(database.replace_letter(&sent).await.unwrap(), Written::Yes);
    assert_eq!(database.replace_letter(&sent).await.unwrap(), Written::Outdated);
    assert_eq!(due(database, 1000).await, []);
    assert_eq!(database.letters(10).await.unwrap(), [sent.value]);
}

/// Waits grow, and end.
pub(crate) async fn a_letter_that_cannot_be_sent_is_tried_later_and_given_up_in_the_end(database: &Database) {
    write(database, &[Write::AddLetter(letter(0))]).await;
    let mut waits = Vec::new();
    let mut now = at(0);
    while let Some(taken) = database.letters_due(now, 1).await.unwrap().pop() {
        let deferred = taken.with(taken.value.clone().deferred(now, "no answer".to_owned()));
        assert_eq!(database.replace_letter(&deferred).await.unwrap(), Written::Yes);
        if let LetterState::Waiting { not_before, last } = deferred.value.state {
            assert_eq!(last.as_deref(), Some("no answer"));
            let just_before = not_before - TimeDelta::microseconds(1);
            assert_eq!(database.letters_due(just_before, 1).await.unwrap(), []);
            waits.push((not_before - now).num_minutes());
            now = not_before;
        }
    }
    assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 256, 256]);
    let given_up = database.letters(1).await.unwrap().remove(0);
    assert_eq!(given_up.tries, Letter::TRIES);
    let why = "no answer".to_owned();
    assert_eq!(given_up.state, LetterState::Failed { at: now, why });
}

/// Several services send letters; while one of them has a letter, the others do not.
pub(crate) async fn a_letter_is_sent_by_one_of_many(database: &Database) {
    write(database, &[Write::AddLetter(letter(1))]).await;
    let mut count = 0;
    let takers = [first_due(database, 1).await, first_due(database, 1).await];
    for taken in &takers {
        let claimed = taken.with(taken.value.clone().claimed(at(1)));
        count += usize::from(database.replace_letter(&claimed).await.unwrap() == Written::Yes);
    }
    assert_eq!(count, 1);
    assert_eq!(due(database, 300).await, []);
    // Of whoever had it nothing was heard again.
    let left = first_due(database, 301).await;
    assert_eq!(left.value.tries, 0);
    assert_eq!(left.version, 1);
}
