//! Traits, one by one; the rest is shown by whole runs.

use model::{RawAnnotation, SecretTrait, UserTrait};

use super::*;

#[test]
fn every_trait_is_demanded_and_recognised() {
    let app = RawAnnotation {
        type_url: "type.googleapis.com/c1.connector.v2.AppTrait".to_owned(),
        value: Vec::new(),
    };
    let carried = [
        (Trait::User, Annotation::User(UserTrait::default())),
        (Trait::Group, Annotation::Group),
        (Trait::Role, Annotation::Role),
        (Trait::App, Annotation::Other(app)),
        (Trait::Secret, Annotation::Secret(SecretTrait::default())),
    ];
    for (demanded, _) in &carried {
        let accepting = carried.iter().filter(|(_, annotation)| {
            let resource =
                Resource::new(ResourceId::new("t", "1"), "one").with_annotation(annotation.clone());
            missing_trait(*demanded, &resource).is_none()
        });
        let accepting: Vec<_> = accepting.map(|(part, _)| *part).collect();
        assert_eq!(accepting, [*demanded]);
    }
}

#[test]
fn a_trait_of_a_later_version_is_not_demanded() {
    let bare = Resource::new(ResourceId::new("t", "1"), "one");
    assert_eq!(missing_trait(Trait::Other(99), &bare), None);
}
