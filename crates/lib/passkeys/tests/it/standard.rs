//! The test vectors that the standard publishes: Web Authentication, level 3, section 16, "ES256 Credential with No
//! Attestation", for `https://example.org`.

use passkeys::{Answer, Challenge, Fault, NoUserVerification, Registration, RelyingParty, Verified};

const NEW_CHALLENGE: &str = "00c30fb78531c464d2b6771dab8d7b603c01162f2fa486bea70f283ae556e130";
const NEW_CLIENT_DATA: &str = "\
    7b2274797065223a22776562617574686e2e637265617465222c226368616c6c656e6765223a22414d4d507434557878475453746e63647134\
    313759447742466938767049612d7077386f4f755657345441222c226f726967696e223a2268747470733a2f2f6578616d706c652e6f726722\
    2c2263726f73734f726967696e223a66616c73652c22657874726144617461223a22636c69656e74446174614a534f4e206d61792062652065\
    7874656e6465642077697468206164646974696f6e616c206669656c647320696e20746865206675747572652c207375636820617320746869\
    733a20426b5165446a646354427258426941774a544c453551227d";
const NEW_OBJECT: &str = "\
    a363666d74646e6f6e656761747453746d74a068617574684461746158a4bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f0\
    1452b2e4b559000000008446ccb9ab1db374750b2367ff6f3a1f0020f91f391db4c9b2fde0ea70189cba3fb63f579ba6122b33ad94ff3ec330\
    084be4a5010203262001215820afefa16f97ca9b2d23eb86ccb64098d20db90856062eb249c33a9b672f26df61225820930a56b87a2fca6633\
    4b03458abf879717c12cc68ed73290af2e2664796b9220";
const NEW_ID: &str = "f91f391db4c9b2fde0ea70189cba3fb63f579ba6122b33ad94ff3ec330084be4";
const CHALLENGE: &str = "39c0e7521417ba54d43e8dc95174f423dee9bf3cd804ff6d65c857c9abf4d408";
const AUTHENTICATOR_DATA: &str = "bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b51900000000";
const CLIENT_DATA: &str = "\
    7b2274797065223a22776562617574686e2e676574222c226368616c6c656e6765223a224f63446e55685158756c5455506f334a5558543049\
    393770767a7a59425039745a63685879617630314167222c226f726967696e223a2268747470733a2f2f6578616d706c652e6f7267222c2263\
    726f73734f726967696e223a66616c73657d";
const SIGNATURE: &str = "\
    3046022100f50a4e2e4409249c4a853ba361282f09841df4dd4547a13a87780218deffcd380221008480ac0f0b93538174f575bf11a1dd5d78\
    c6e486013f937295ea13653e331e87";

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u32> = hex.chars().map(|digit| digit.to_digit(16).unwrap()).collect();
    let pairs = digits.chunks_exact(2);
    pairs
        .map(|pair| u8::try_from(pair[0] * 16 + pair[1]).unwrap())
        .collect()
}

fn challenge(hex: &str) -> Challenge {
    use base64::Engine as _;
    let text = base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(bytes(hex));
    Challenge::parse(&text).unwrap()
}

#[test]
fn what_the_standard_publishes_is_believed() {
    let us = RelyingParty::at("example.org").unwrap();
    let (client_data, object) = (bytes(NEW_CLIENT_DATA), bytes(NEW_OBJECT));
    let new = Registration {
        client_data: &client_data,
        object: &object,
    };
    let new = us.register(&challenge(NEW_CHALLENGE), new).unwrap();
    assert_eq!((new.id, new.count, new.user_verified), (bytes(NEW_ID), 0, false));
    let (client_data, data, signature) = (bytes(CLIENT_DATA), bytes(AUTHENTICATOR_DATA), bytes(SIGNATURE));
    let answer = Answer {
        client_data: &client_data,
        authenticator_data: &data,
        signature: &signature,
    };
    let kept = (&*new.key, 0);
    let verified = us.verify(&challenge(CHALLENGE), kept, answer, NoUserVerification::Accepted);
    assert_eq!(verified, Ok(Verified { count: 0 }));
    let alone = us.verify(&challenge(CHALLENGE), kept, answer, NoUserVerification::Refused);
    assert_eq!(alone, Err(Fault::NotVerified));
    let other = us.verify(
        &challenge(NEW_CHALLENGE),
        kept,
        answer,
        NoUserVerification::Accepted,
    );
    assert_eq!(other, Err(Fault::Challenge));
}
