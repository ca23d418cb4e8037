//! What the service answers where it does not answer: the names of its errors, and what else they carry.

use serde_json::{Map, Value};

/// Why a call has no answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    /// Which error of the service it is.
    pub kind: Kind,
    /// What is wrong, for people.
    pub message: String,
    /// What else the answer says, by the names of the service's model.
    pub more: Map<String, Value>,
}

/// The errors of the service that can occur here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// An argument is missing, of the wrong form, or makes no sense.
    InvalidParameter,
    /// The query cannot be compiled.
    MalformedQuery,
    /// Something that the call names is not there.
    ResourceNotFound,
    /// Something is there already.
    ResourceAlreadyExists,
    /// What is asked for cannot be done here.
    OperationAborted,
    /// What is asked for cannot be done now.
    InvalidOperation,
    /// What is set forbids it.
    Validation,
    /// A resource would have more tags than it may.
    TooManyTags,
    /// There is no room for one more.
    LimitExceeded,
    /// The body is larger than any the service takes.
    RequestTooLarge,
    /// The body did not come in time.
    RequestTimeout,
    /// The body is not what the protocol says.
    Serialization,
    /// The body is packed in a way that nobody here knows.
    UnsupportedMediaType,
    /// There is no such operation, or it is not served here.
    UnknownOperation,
    /// Who calls so may not.
    AccessDenied,
    /// The call is not signed.
    MissingAuthenticationToken,
    /// The signature lacks a part.
    IncompleteSignature,
    /// The signature is wrong, or too old.
    InvalidSignature,
    /// Nobody knows the access key.
    UnrecognizedClient,
    /// Too many calls at once.
    Throttling,
    /// Something went wrong here.
    ServiceUnavailable,
}

impl Kind {
    /// What the service calls it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::InvalidParameter => "InvalidParameterException",
            Kind::MalformedQuery => "MalformedQueryException",
            Kind::ResourceNotFound => "ResourceNotFoundException",
            Kind::ResourceAlreadyExists => "ResourceAlreadyExistsException",
            Kind::OperationAborted => "OperationAbortedException",
            Kind::InvalidOperation => "InvalidOperationException",
            Kind::Validation => "ValidationException",
            Kind::TooManyTags => "TooManyTagsException",
            Kind::LimitExceeded => "LimitExceededException",
            Kind::RequestTooLarge => "RequestEntityTooLargeException",
            Kind::RequestTimeout => "RequestTimeoutException",
            Kind::Serialization => "SerializationException",
            Kind::UnsupportedMediaType => "UnsupportedMediaTypeException",
            Kind::UnknownOperation => "UnknownOperationException",
            Kind::AccessDenied => "AccessDeniedException",
            Kind::MissingAuthenticationToken => "MissingAuthenticationTokenException",
            Kind::IncompleteSignature => "IncompleteSignatureException",
            Kind::InvalidSignature => "InvalidSignatureException",
            Kind::UnrecognizedClient => "UnrecognizedClientException",
            Kind::Throttling => "ThrottlingException",
            Kind::ServiceUnavailable => "ServiceUnavailableException",
        }
    }

    /// The status of the HTTP answer.
    pub fn status(self) -> u16 {
        match self {
            Kind::RequestTimeout => 408,
            Kind::RequestTooLarge => 413,
            Kind::UnsupportedMediaType => 415,
            Kind::ServiceUnavailable => 503,
            _ => 400,
        }
    }
}

impl Error {
    /// An error that says no more than a sentence.
    pub fn new(kind: Kind, message: impl Into<String>) -> Error {
        Error { kind, message: message.into(), more: Map::new() }
    }

    /// An argument that is wrong.
    pub fn invalid(message: impl Into<String>) -> Error {
        Error::new(Kind::InvalidParameter, message)
    }

    /// Something that is not there.
    pub fn not_found(message: impl Into<String>) -> Error {
        Error::new(Kind::ResourceNotFound, message)
    }

    /// The same, and one thing more.
    pub fn with(mut self, name: &str, value: Value) -> Error {
        self.more.insert(name.to_owned(), value);
        self
    }
}
