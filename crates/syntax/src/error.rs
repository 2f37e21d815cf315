//! What can be wrong with a source text.

use crate::ast::Range;

/// Which exception CPython raises for the error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// `SyntaxError`.
    Syntax,
    /// `IndentationError`.
    Indentation,
    /// `TabError`.
    Tab,
    /// `MemoryError`: the source is too deeply nested for the parser.
    TooComplex,
    /// `RecursionError`: the tree is too high.
    Recursion,
}

/// A syntax error, with the words and the place that CPython reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Which exception it is.
    pub kind: ErrorKind,
    /// The message, without place.
    pub message: String,
    /// The place as byte offsets into the normalised text.
    pub range: Range,
    /// `lineno`, from 1; 0 where there is no place.
    pub line: u32,
    /// `offset`, in characters from 1; 0 where there is none.
    pub offset: u32,
    /// `end_lineno`.
    pub end_line: u32,
    /// `end_offset`; 0 or -1 where CPython does not know it.
    pub end_offset: i32,
    /// The source line, or for a range of lines, these.
    pub text: Option<String>,
    /// True for what the lexer found wrong while it was reading that line.
    pub lexical: bool,
}

impl std::fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} (line {})", self.message, self.line)
    }
}

impl std::error::Error for SyntaxError {}

/// A `SyntaxWarning` of the parser or the compiler, such as "invalid escape sequence '\\d'".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The message.
    pub message: String,
    /// What it is about; CPython gives the line of its start.
    pub range: Range,
}

/// An error before its place is turned into lines and columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) kind: ErrorKind,
    pub(crate) message: String,
    pub(crate) place: Place,
}

/// The ways CPython places an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// From a first to behind a last character.
    Range(Range),
    /// A point: the end is the start.
    Point(u32),
    /// A start without an end; CPython then gives `end_offset` as 0 or -1.
    Open { at: u32, end: i32 },
    /// The end of the text, which is no place on its last line.
    End,
    /// An INDENT, a DEDENT or the end: CPython counts how far it has read the line.
    Layout { at: u32 },
}

impl Place {
    pub(crate) fn start(self) -> u32 {
        match self {
            Place::Range(range) => range.start,
            Place::End => u32::MAX,
            Place::Point(at) | Place::Open { at, .. } | Place::Layout { at } => at,
        }
    }
}

impl Fault {
    pub(crate) fn new(message: impl Into<String>, range: Range) -> Self {
        Fault { kind: ErrorKind::Syntax, message: message.into(), place: Place::Range(range) }
    }

    pub(crate) fn at(message: impl Into<String>, at: u32) -> Self {
        Fault { kind: ErrorKind::Syntax, message: message.into(), place: Place::Point(at) }
    }

    pub(crate) fn with_kind(mut self, kind: ErrorKind) -> Self {
        self.kind = kind;
        self
    }
}

/// What the lexer found wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it; offsets are bytes of the source")]
pub(crate) enum LexFault {
    /// A character that begins no token.
    #[default]
    UnknownCharacter,
    InvalidCharacter {
        at: u32,
        character: char,
    },
    UnterminatedString {
        start: u32,
        end: u32,
    },
    UnterminatedTripleString {
        start: u32,
    },
    UnterminatedFString {
        start: u32,
        end: u32,
        triple: bool,
    },
    InvalidNumber {
        what: &'static str,
        at: u32,
    },
    InvalidDigit {
        what: &'static str,
        digit: char,
        at: u32,
    },
    LeadingZeros {
        start: u32,
        end: u32,
    },
    UnmatchedBracket {
        at: u32,
        bracket: char,
    },
    MismatchedBracket {
        at: u32,
        open: char,
        open_at: u32,
        close: char,
    },
    TooManyBrackets {
        at: u32,
    },
    AfterContinuation {
        at: u32,
    },
    EofAfterContinuation {
        at: u32,
    },
    TooManyIndents {
        at: u32,
    },
    Dedent {
        at: u32,
    },
    Tabs {
        at: u32,
    },
    FString {
        at: u32,
        message: &'static str,
    },
}
