//! One row as a file of the Go connector holds it: an api token.

use chrono::DateTime;
use model::{Annotation, Resource, ResourceId, SecretTrait};
use prost::Message;
use proto::connector_v2 as wire;

const ROW: &str = "0a2d0a096170695f746f6b656e1220746f6b30303030303030303030303030303030303030303030303030\
    303030311a07746f6b656e2031225b0a2f747970652e676f6f676c65617069732e636f6d2f63312e636f6e6e6563746f722e\
    76322e536563726574547261697412281a0608a5d2e1d9063801421c636c6f7564666c6172652e6163636f756e745f617069\
    5f746f6b656e620608a5d7c8ac06";

#[test]
fn reads_as_the_token_that_it_is() {
    let read = Resource::try_from(wire::Resource::decode(row().as_slice()).unwrap()).unwrap();
    assert_eq!(read, token());
}

#[test]
fn is_written_byte_for_byte() {
    assert_eq!(wire::Resource::from(&token()).encode_to_vec(), row());
}

fn token() -> Resource {
    let id = ResourceId::new("api_token", format!("tok{:029}", 1));
    let secret = SecretTrait {
        expires_at: DateTime::from_timestamp(1_798_859_045, 0),
        credential_detail: "cloudflare.account_api_token".to_owned(),
        ..SecretTrait::default()
    };
    Resource {
        created_at: DateTime::from_timestamp(1_704_078_245, 0),
        ..Resource::new(id, "token 1").with_annotation(Annotation::Secret(secret))
    }
}

fn row() -> Vec<u8> {
    let digits: Vec<u8> = ROW
        .chars()
        .filter_map(|digit| digit.to_digit(16)?.try_into().ok())
        .collect();
    digits
        .as_chunks()
        .0
        .iter()
        .map(|[high, low]| high * 16 + low)
        .collect()
}
