//! The one way in: source text to tree.

use lalrpop_util::ParseError;

use crate::ast::Mod;
use crate::builder::Builder;
use crate::diagnose;
use crate::error::{LexFault, SyntaxError};
use crate::lexer::{self, Spanned};
use crate::source;
use crate::token::Token;

/// What the text is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A file: CPython's `exec`.
    Module,
    /// One expression: `eval`.
    Expression,
    /// One statement at the prompt: `single`.
    Interactive,
}

impl Mode {
    fn first_token(self) -> Token {
        match self {
            Mode::Module => Token::StartModule,
            Mode::Expression => Token::StartExpression,
            Mode::Interactive => Token::StartInteractive,
        }
    }
}

#[allow(
    clippy::all,
    missing_docs,
    unreachable_pub,
    unused,
    reason = "the generated parser is as its generator writes it"
)]
mod grammar {
    lalrpop_util::lalrpop_mod!(python);
    pub(super) use python::TopParser;
}

/// Decodes and parses a file.
pub fn parse_bytes(source: &[u8], mode: Mode) -> Result<Mod, SyntaxError> {
    let text = source::decode(source)?;
    parse(&text, mode)
}

/// Parses text. Ranges in the tree are offsets into `text`, which must have `\n` line ends; see
/// [`source::normalise_newlines`].
pub fn parse(text: &str, mode: Mode) -> Result<Mod, SyntaxError> {
    if text.len() >= u32::MAX as usize / 2 {
        return Err(diagnose::too_long());
    }
    let text = if mode == Mode::Expression { text.trim_start_matches([' ', '\t']) } else { text };
    let tokens = lexer::lex(text, mode.first_token());
    let mut builder = Builder::new(text);
    let stream =
        tokens.list.iter().map(|&Spanned { start, token, end }| Ok::<_, LexFault>((start, token, end)));
    let result = grammar::TopParser::new().parse(&mut builder, stream);
    let noted = builder.take_fault();
    match result {
        Ok(tree) if noted.is_none() && tokens.fault.is_none() => Ok(tree),
        Ok(_) => Err(diagnose::diagnose(text, &tokens, None, noted)),
        Err(error) => {
            let index = match error {
                ParseError::UnrecognizedToken { token: (start, token, _), .. } => {
                    tokens.list.iter().rposition(|spanned| spanned.start == start && spanned.token == token)
                }
                _ => None,
            };
            Err(diagnose::diagnose(text, &tokens, Some(index.unwrap_or(tokens.list.len())), noted))
        }
    }
}
