//! What is left of what is over.

use std::time::Duration;

use governance::TokenHash;
use governance::repository::People as _;

use crate::world::World;

const DAY: Duration = Duration::from_hours(24);

#[tokio::test]
async fn links_that_ended_a_week_ago_are_forgotten() {
    let world = World::new().await;
    let secret = TokenHash([7; 32]);
    // Good for an hour.
    assert!(world.office.offer_first_start(secret).await.unwrap());
    let janitor = world.service.janitor();
    for (days, is_kept) in [(1, true), (6, true), (1, false)] {
        world.pass(DAY * days);
        janitor.round().await.unwrap();
        let found = world.database.link(&secret).await.unwrap();
        assert_eq!(found.is_some(), is_kept);
    }
}
