//! How the service is.

use std::net::SocketAddr;

use task_service::{HealthError, Server, ask_health};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::world::World;

async fn said(address: SocketAddr) -> String {
    let told = ask_health(address).await;
    let text = told.map_or_else(|error| error.to_string(), |()| "well".to_owned());
    text.replace(&address.port().to_string(), "PORT")
}

#[tokio::test]
async fn a_service_is_well_as_long_as_its_database_answers() {
    let world = World::new().await;
    assert_eq!(said(world.address).await, "well");
    // All addresses of the machine are asked for at one of them.
    let all: SocketAddr = format!("0.0.0.0:{}", world.address.port()).parse().unwrap();
    assert_eq!(said(all).await, "well");
    world.database.clone().close().await.unwrap();
    assert_eq!(
        said(world.address).await,
        "the service at 127.0.0.1:PORT is not well: the database does not answer"
    );
}

#[tokio::test]
async fn what_knows_no_such_question_is_something_else() {
    let world = World::new().await;
    let server = Server::listen("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = server.address();
    let stop = CancellationToken::new();
    let _stop = stop.clone().drop_guard();
    tokio::spawn(server.serve(axum::Router::new(), world.certificate.clone(), stop));
    assert_eq!(
        said(address).await,
        "what answers at 127.0.0.1:PORT is no service of this program"
    );
}

#[tokio::test]
async fn nobody_and_somebody_else_are_not_well() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let chatter = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(b"220 mail.example.com ready\r\n").await.unwrap();
    });
    let error = ask_health(address).await.unwrap_err();
    assert!(matches!(error, HealthError::NoAnswer { .. }), "{error}");
    chatter.await.unwrap();
    // Nobody listens there any more.
    let error = ask_health(address).await.unwrap_err();
    assert!(matches!(error, HealthError::NoAnswer { .. }), "{error}");
}
