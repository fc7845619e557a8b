//! The wire messages of the Baton ecosystem and their conversions to and from the vocabulary.
