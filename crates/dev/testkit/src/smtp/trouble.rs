//! What a mail server can do to those who send.

/// When in a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Somebody has connected.
    Connected,
    /// They have said who they are.
    Hello,
    /// They have signed in.
    SignIn,
    /// They have named the sender.
    Sender,
    /// They have named a recipient.
    Recipient,
    /// They want to send the letter.
    Data,
    /// They have sent the letter.
    Letter,
}

/// What to do then, instead of going on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Answer with a code, such as 451 or 550, and a text.
    Refuse(u16, String),
    /// Close the connection without a word.
    HangUp,
    /// Say nothing, and keep the connection open.
    Silence,
}
