use super::*;

/// The page that people read.
const PAGE: &str = include_str!("../../../../../docs/EXIT-CODES.md");

#[test]
fn every_exit_code_is_documented() {
    use ErrorKind::{
        Aborted, Cancelled, DeadlineExceeded, FailedPrecondition, Internal, InvalidArgument, NotFound,
        PermissionDenied, ResourceExhausted, Unauthenticated, Unavailable, Unimplemented,
    };
    let kinds = [
        Cancelled,
        InvalidArgument,
        DeadlineExceeded,
        NotFound,
        PermissionDenied,
        ResourceExhausted,
        FailedPrecondition,
        Aborted,
        Unimplemented,
        Internal,
        Unavailable,
        Unauthenticated,
    ];
    for kind in kinds {
        assert!(
            PAGE.contains(&format!("| {} | {kind:?} |", kind.code())),
            "{kind:?}"
        );
    }
}

#[test]
fn causes_are_told_outermost_first() {
    let inner = std::io::Error::other("the wire is cut");
    let error = ConnectorError::new(ErrorKind::Unavailable, "no answer").with_source(inner);
    let error = RunError::Connect(error);
    assert_eq!(
        (error.exit_code(), error.causes()),
        (14, vec!["the wire is cut".to_owned()])
    );
}
