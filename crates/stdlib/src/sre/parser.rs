//! The parser of patterns: text to tree.

use ouro_heap::Ref;
use ouro_vm::{
    error::Res,
    objects::{
        dict::{self, Dict},
        exception::ExceptionKind,
        int,
        str::Str,
    },
    overflow_error,
    protocol::{number, object::NativeCall},
    value_error, warning,
};

use super::{
    escapes::{self, Escape},
    flags,
    program::{Greed, MAX_GROUPS, MAX_REPEAT, at},
    tokens::{Fault, Name, Parsed, Token, Tokens},
    tree::{Kind, Member, Node, Sequence, Width, join_branches, width},
};

/// The flags of which a pattern has one at most.
pub(super) const TYPES: i64 = flags::ASCII | flags::LOCALE | flags::UNICODE;

/// A parsed pattern.
pub(super) struct Parse {
    pub(super) body: Sequence,
    /// The flags given, with those of the pattern itself.
    pub(super) flags: i64,
    /// The number of groups.
    pub(super) groups: usize,
    /// The numbers of named groups.
    pub(super) names: Ref<Dict>,
}

/// Parses a string or bytes.
pub(super) fn parse(source: &Ref, flags: i64) -> Parsed<Parse> {
    let tokens = Tokens::new(source)?;
    let mut parser = Parser {
        tokens,
        flags,
        widths: vec![None],
        names: dict::new(),
        behind: None,
        conditions: Vec::new(),
    };
    let body = parser.alternatives(flags & flags::VERBOSE != 0, true)?;
    let flags = check_flags(parser.flags, parser.tokens.is_text)?;
    if parser.tokens.next.is_some() {
        return Err(parser.tokens.fault("unbalanced parenthesis", 0));
    }
    for &(group, place) in &parser.conditions {
        if group >= parser.widths.len() {
            let message = format!("invalid group reference {group}");
            return Err(Fault::Pattern { message, place: Some(place) });
        }
    }
    Ok(Parse { body, flags, groups: parser.widths.len() - 1, names: parser.names })
}

/// The flags of a pattern, if they agree with its type and each other.
fn check_flags(flags: i64, is_text: bool) -> Res<i64> {
    let has = |flag: i64| flags & flag != 0;
    match is_text {
        true if has(flags::LOCALE) => Err(value_error!("cannot use LOCALE flag with a str pattern")),
        true if !has(flags::ASCII) => Ok(flags | flags::UNICODE),
        true if has(flags::UNICODE) => Err(value_error!("ASCII and UNICODE flags are incompatible")),
        false if has(flags::UNICODE) => Err(value_error!("cannot use UNICODE flag with a bytes pattern")),
        false if has(flags::LOCALE) && has(flags::ASCII) => {
            Err(value_error!("ASCII and LOCALE flags are incompatible"))
        }
        _ => Ok(flags),
    }
}

/// The flag of a letter.
fn flag(token: Token) -> Option<i64> {
    Some(match token.plain()? {
        'a' => flags::ASCII,
        'i' => flags::IGNORECASE,
        'L' => flags::LOCALE,
        'm' => flags::MULTILINE,
        's' => flags::DOTALL,
        'u' => flags::UNICODE,
        'x' => flags::VERBOSE,
        _ => return None,
    })
}

/// What flags stand at the beginning of a group.
enum Flags {
    /// They are for the whole pattern.
    Global,
    /// Flags turned on and off in the group.
    Scoped(i64, i64),
}

struct Parser {
    tokens: Tokens,
    flags: i64,
    /// The widths of groups, of those that are closed. Group 0 is the whole pattern.
    widths: Vec<Option<Width>>,
    names: Ref<Dict>,
    /// In a look behind: the number of groups at its beginning.
    behind: Option<usize>,
    /// The groups that conditions ask for, and where.
    conditions: Vec<(usize, usize)>,
}

impl Parser {
    /// Alternatives up to a closing parenthesis. `outermost` are those of the whole pattern.
    fn alternatives(&mut self, mut verbose: bool, outermost: bool) -> Parsed<Sequence> {
        let _call = NativeCall::enter("")?;
        let mut branches = Vec::new();
        loop {
            let first = outermost && branches.is_empty();
            branches.push(self.sequence(verbose, first)?);
            if !self.tokens.eat('|')? {
                return Ok(join_branches(branches));
            }
            if outermost {
                verbose = self.flags & flags::VERBOSE != 0;
            }
        }
    }

    /// Items up to the end of an alternative. `first` is the beginning of the whole pattern.
    fn sequence(&mut self, mut verbose: bool, first: bool) -> Parsed<Sequence> {
        let mut made: Sequence = Vec::new();
        while let Some(token) = self.tokens.next {
            let plain = token.plain();
            if matches!(plain, Some('|' | ')')) {
                break;
            }
            self.tokens.get()?;
            match plain {
                Some(' ' | '\t'..='\r') if verbose => {}
                Some('#') if verbose => while self.tokens.get()?.is_some_and(|token| !token.is('\n')) {},
                None if token.escaped => {
                    let node = self.escape(token)?;
                    made.push(node);
                }
                Some('[') => {
                    let node = self.set()?;
                    made.push(node);
                }
                Some(repeat @ ('?' | '*' | '+' | '{')) => self.repeat(repeat, &mut made)?,
                Some('.') => made.push(Node::new(Kind::Any)),
                Some('^') => made.push(Node::new(Kind::At(at::BEGINNING))),
                Some('$') => made.push(Node::new(Kind::At(at::END))),
                Some('(') => {
                    let start = self.tokens.place() - 1;
                    match self.group(start, verbose)? {
                        Opened::Node(node) => made.push(node),
                        Opened::Nothing => {}
                        Opened::Global if first && made.is_empty() => {
                            verbose = self.flags & flags::VERBOSE != 0;
                        }
                        Opened::Global => {
                            let message = "global flags not at the start of the expression";
                            return Err(self.tokens.fault(message, self.tokens.place() - start));
                        }
                    }
                }
                _ => made.push(Node::new(Kind::Literal(token.c))),
            }
        }
        // What groups without a meaning of their own hold belongs to the sequence.
        let mut flat = Vec::with_capacity(made.len());
        for node in made {
            match node.kind {
                Kind::Group { number: None, added: 0, removed: 0, body } => flat.extend(body),
                _ => flat.push(node),
            }
        }
        Ok(flat)
    }

    fn escape(&mut self, token: Token) -> Parsed<Node> {
        Ok(match escapes::in_pattern(&mut self.tokens, token)? {
            Escape::Character(c) => Node::new(Kind::Literal(c)),
            Escape::Category(category) => {
                Node::new(Kind::Set { negated: false, members: vec![Member::Category(category)] })
            }
            Escape::At(place) => Node::new(Kind::At(place)),
            Escape::Group(group, len) => {
                if group >= self.widths.len() {
                    return Err(self.tokens.fault(format!("invalid group reference {group}"), len - 1));
                }
                self.reference(group, len)?
            }
        })
    }

    /// A reference to a group, whose text has so many characters.
    fn reference(&mut self, group: usize, len: usize) -> Parsed<Node> {
        let Some(width) = self.widths[group] else {
            return Err(self.tokens.fault("cannot refer to an open group", len));
        };
        self.check_behind(group)?;
        Ok(Node::reference(group, width))
    }

    /// Refuses groups that a look behind itself has made.
    fn check_behind(&self, group: usize) -> Parsed<()> {
        let Some(before) = self.behind else { return Ok(()) };
        if self.widths.get(group).is_none_or(Option::is_none) {
            return Err(self.tokens.fault("cannot refer to an open group", 0));
        }
        if group >= before {
            let message = "cannot refer to group defined in the same lookbehind subpattern";
            return Err(self.tokens.fault(message, 0));
        }
        Ok(())
    }

    /// A set, behind its opening bracket.
    fn set(&mut self) -> Parsed<Node> {
        let start = self.tokens.place() - 1;
        if self.tokens.next_is('[') {
            self.warn(format!("Possible nested set at position {}", self.tokens.place()))?;
        }
        let negated = self.tokens.eat('^')?;
        let mut members: Vec<Member> = Vec::new();
        loop {
            let token = self.in_set(start)?;
            if token.is(']') && !members.is_empty() {
                break;
            }
            let low = self.member(token, !members.is_empty())?;
            if !self.tokens.eat('-')? {
                members.push(low);
                continue;
            }
            let that = self.in_set(start)?;
            if that.is(']') {
                members.extend([low, Member::Range('-'.into(), '-'.into())]);
                break;
            }
            if that.is('-') {
                let place = self.tokens.place() - 2;
                self.warn(format!("Possible set difference at position {place}"))?;
            }
            let high = self.member(that, false)?;
            match (low, high) {
                (Member::Range(low, _), Member::Range(high, _)) if low <= high => {
                    members.push(Member::Range(low, high));
                }
                _ => {
                    let (this, that) = (token.text(), that.text());
                    let len = this.chars().count() + 1 + that.chars().count();
                    return Err(self.tokens.fault(format!("bad character range {this}-{that}"), len));
                }
            }
        }
        Ok(Node::new(match members.as_slice() {
            [Member::Range(low, high)] if low == high && negated => Kind::NotLiteral(*low),
            [Member::Range(low, high)] if low == high => Kind::Literal(*low),
            _ => Kind::Set { negated, members },
        }))
    }

    /// The next token of a set that began at a place.
    fn in_set(&mut self, start: usize) -> Parsed<Token> {
        match self.tokens.get()? {
            Some(token) => Ok(token),
            None => Err(self.tokens.fault("unterminated character set", self.tokens.place() - start)),
        }
    }

    /// What a token of a set stands for. Doubled signs may become operators some day, except at the beginning.
    fn member(&mut self, token: Token, warned: bool) -> Parsed<Member> {
        if token.escaped {
            return Ok(match escapes::in_set(&mut self.tokens, token)? {
                Escape::Category(category) => Member::Category(category),
                Escape::Character(c) => Member::Range(c, c),
                Escape::At(_) | Escape::Group(..) => unreachable!("not in sets"),
            });
        }
        let operation = match token.plain() {
            Some('-') => "difference",
            Some('&') => "intersection",
            Some('~') => "symmetric difference",
            Some('|') => "union",
            _ => "",
        };
        if warned && !operation.is_empty() && self.tokens.next == Some(token) {
            let place = self.tokens.place() - 1;
            self.warn(format!("Possible set {operation} at position {place}"))?;
        }
        Ok(Member::Range(token.c, token.c))
    }

    /// Warns the caller of the function of `re` that compiles the pattern.
    fn warn(&self, message: String) -> Parsed<()> {
        Ok(warning::warn_at(ExceptionKind::FutureWarning, &message, 3)?)
    }

    /// A repetition of the last node.
    fn repeat(&mut self, sign: char, made: &mut Sequence) -> Parsed<()> {
        let here = self.tokens.place();
        let (min, max) = match sign {
            '?' => (0, 1),
            '*' => (0, MAX_REPEAT),
            '+' => (1, MAX_REPEAT),
            _ => match self.bounds(here)? {
                Some(bounds) => bounds,
                None => {
                    made.push(Node::new(Kind::Literal(sign.into())));
                    return Ok(());
                }
            },
        };
        let len = self.tokens.place() - here + 1;
        let item = match made.pop() {
            None | Some(Node { kind: Kind::At(_), .. }) => {
                return Err(self.tokens.fault("nothing to repeat", len));
            }
            Some(Node { kind: Kind::Repeat { .. }, .. }) => {
                return Err(self.tokens.fault("multiple repeat", len));
            }
            Some(item) => item,
        };
        let greed = if self.tokens.eat('?')? {
            Greed::Lazy
        } else if self.tokens.eat('+')? {
            Greed::Possessive
        } else {
            Greed::Greedy
        };
        let body = match item.kind {
            Kind::Group { number: None, added: 0, removed: 0, body } => body,
            _ => vec![item],
        };
        made.push(Node::new(Kind::Repeat { min, max, greed, body }));
        Ok(())
    }

    /// The bounds of a repetition in braces; None if it is none, and the brace is only a character.
    fn bounds(&mut self, here: usize) -> Parsed<Option<(u32, u32)>> {
        if self.tokens.next_is('}') {
            return Ok(None);
        }
        let low = self.tokens.digits(usize::MAX, 10)?;
        let high = if self.tokens.eat(',')? { self.tokens.digits(usize::MAX, 10)? } else { low.clone() };
        if !self.tokens.eat('}')? {
            self.tokens.seek(here)?;
            return Ok(None);
        }
        let bound = |digits: &str, default: u32| match digits.parse::<u32>() {
            _ if digits.is_empty() => Ok(default),
            Ok(bound) if bound < MAX_REPEAT => Ok(bound),
            _ => Err(overflow_error!("the repetition number is too large")),
        };
        let (min, max) = (bound(&low, 0)?, bound(&high, MAX_REPEAT)?);
        if max < min {
            let len = self.tokens.place() - here;
            return Err(self.tokens.fault("min repeat greater than max repeat", len));
        }
        Ok(Some((min, max)))
    }

    /// Consumes the end of a group that began at a place.
    fn close(&mut self, start: usize) -> Parsed<()> {
        if self.tokens.eat(')')? {
            return Ok(());
        }
        Err(self.tokens.fault("missing ), unterminated subpattern", self.tokens.place() - start))
    }

    fn unexpected_end(&self) -> Fault {
        self.tokens.fault("unexpected end of pattern", 0)
    }

    /// What begins with a parenthesis at a place.
    fn group(&mut self, start: usize, verbose: bool) -> Parsed<Opened> {
        if !self.tokens.eat('?')? {
            return self.capturing(None, start, verbose);
        }
        let token = self.tokens.get()?.ok_or_else(|| self.unexpected_end())?;
        match token.plain() {
            Some('P') => self.named(start, verbose),
            Some(':') => self.scoped(0, 0, start, verbose),
            Some('#') => loop {
                if self.tokens.next.is_none() {
                    let len = self.tokens.place() - start;
                    return Err(self.tokens.fault("missing ), unterminated comment", len));
                }
                if self.tokens.get()?.is_some_and(|token| token.is(')')) {
                    return Ok(Opened::Nothing);
                }
            },
            Some(sign @ ('=' | '!')) => self.look(false, sign == '!', start, verbose),
            Some('<') => {
                let token = self.tokens.get()?.ok_or_else(|| self.unexpected_end())?;
                match token.plain() {
                    Some(sign @ ('=' | '!')) => self.look(true, sign == '!', start, verbose),
                    _ => {
                        let message = format!("unknown extension ?<{}", token.text());
                        Err(self.tokens.fault(message, token.len() + 2))
                    }
                }
            }
            Some('(') => self.conditional(start, verbose),
            Some('>') => {
                let body = self.alternatives(verbose, false)?;
                self.close(start)?;
                Ok(Opened::Node(Node::new(Kind::Atomic(body))))
            }
            _ if token.is('-') || flag(token).is_some() => match self.parse_flags(token)? {
                Flags::Global => Ok(Opened::Global),
                Flags::Scoped(added, removed) => self.scoped(added, removed, start, verbose),
            },
            _ => {
                let message = format!("unknown extension ?{}", token.text());
                Err(self.tokens.fault(message, token.len() + 1))
            }
        }
    }

    /// Behind `(?P`.
    fn named(&mut self, start: usize, verbose: bool) -> Parsed<Opened> {
        if self.tokens.eat('<')? {
            let name = self.tokens.group_name('>', false)?;
            return self.capturing(Some(name), start, verbose);
        }
        if self.tokens.eat('=')? {
            let name = self.tokens.group_name(')', false)?;
            let group = self.group_of(&name)?;
            return Ok(Opened::Node(self.reference(group, name.len() + 1)?));
        }
        let token = self.tokens.get()?.ok_or_else(|| self.unexpected_end())?;
        let message = format!("unknown extension ?P{}", token.text());
        Err(self.tokens.fault(message, token.len() + 2))
    }

    /// The number of the group with a name.
    fn group_of(&self, name: &Name) -> Parsed<usize> {
        match dict::get_str(&self.names, &name.object()) {
            Some(number) => Ok(number::as_isize(&number)? as usize),
            None => {
                let message = format!("unknown group name {}", name.shown()?);
                Err(self.tokens.fault(message, name.len() + 1))
            }
        }
    }

    fn capturing(&mut self, name: Option<Name>, start: usize, verbose: bool) -> Parsed<Opened> {
        let number = self.widths.len();
        self.widths.push(None);
        if let Some(name) = name {
            let object: Ref<Str> = name.object();
            if let Some(old) = dict::get_str(&self.names, &object) {
                let old = number::as_isize(&old)?;
                let name_shown = name.shown()?;
                let message =
                    format!("redefinition of group name {name_shown} as group {number}; was group {old}");
                return Err(self.tokens.fault(message, name.len() + 1));
            }
            dict::set_str(&self.names, &object, int::from_usize(number));
        }
        let body = self.alternatives(verbose, false)?;
        self.close(start)?;
        self.widths[number] = Some(width(&body));
        Ok(Opened::Node(Node::new(Kind::Group { number: Some(number), added: 0, removed: 0, body })))
    }

    /// A group that does not capture, with its flags.
    fn scoped(&mut self, added: i64, removed: i64, start: usize, verbose: bool) -> Parsed<Opened> {
        let verbose = (verbose || added & flags::VERBOSE != 0) && removed & flags::VERBOSE == 0;
        let body = self.alternatives(verbose, false)?;
        self.close(start)?;
        Ok(Opened::Node(Node::new(Kind::Group { number: None, added, removed, body })))
    }

    fn look(&mut self, behind: bool, negated: bool, start: usize, verbose: bool) -> Parsed<Opened> {
        let before = self.behind;
        if behind {
            self.behind = before.or(Some(self.widths.len()));
        }
        let body = self.alternatives(verbose, false)?;
        self.behind = before;
        self.close(start)?;
        Ok(Opened::Node(Node::new(if negated && body.is_empty() {
            Kind::Fail
        } else {
            Kind::Look { behind, negated, body }
        })))
    }

    fn conditional(&mut self, start: usize, verbose: bool) -> Parsed<Opened> {
        let name = self.tokens.group_name(')', true)?;
        let group = match name.number() {
            None => self.group_of(&name)?,
            Some(0) => return Err(self.tokens.fault("bad group number", name.len() + 1)),
            Some(number) if number >= MAX_GROUPS => {
                let message = format!("invalid group reference {}", name.digits());
                return Err(self.tokens.fault(message, name.len() + 1));
            }
            Some(number) => {
                if self.conditions.iter().all(|&(group, _)| group != number) {
                    self.conditions.push((number, self.tokens.place() - name.len() - 1));
                }
                number
            }
        };
        self.check_behind(group)?;
        let _call = NativeCall::enter("")?;
        let yes = self.sequence(verbose, false)?;
        let mut no = Vec::new();
        if self.tokens.eat('|')? {
            no = self.sequence(verbose, false)?;
            if self.tokens.next_is('|') {
                return Err(self.tokens.fault("conditional backref with more than two branches", 0));
            }
        }
        self.close(start)?;
        Ok(Opened::Node(Node::new(Kind::Conditional { group, yes, no })))
    }

    /// Flags behind `(?`, from a letter or the minus sign on.
    fn parse_flags(&mut self, mut token: Token) -> Parsed<Flags> {
        let (mut added, mut removed) = (0, 0);
        if !token.is('-') {
            while let Some(flag) = flag(token) {
                let forbidden = if self.tokens.is_text { flags::LOCALE } else { flags::UNICODE };
                if flag == forbidden {
                    let (letter, kind) = if self.tokens.is_text { ('L', "str") } else { ('u', "bytes") };
                    let message =
                        format!("bad inline flags: cannot use '{letter}' flag with a {kind} pattern");
                    return Err(self.tokens.fault(message, 0));
                }
                added |= flag;
                if flag & TYPES != 0 && added & TYPES != flag {
                    let message = "bad inline flags: flags 'a', 'u' and 'L' are incompatible";
                    return Err(self.tokens.fault(message, 0));
                }
                token = self.flag_token("missing -, : or )")?;
                if matches!(token.plain(), Some(')' | '-' | ':')) {
                    break;
                }
                self.check_flag(token, "missing -, : or )")?;
            }
        }
        if token.is(')') {
            self.flags |= added;
            return Ok(Flags::Global);
        }
        if token.is('-') {
            token = self.flag_token("missing flag")?;
            self.check_flag(token, "missing flag")?;
            while let Some(flag) = flag(token) {
                if flag & TYPES != 0 {
                    let message = "bad inline flags: cannot turn off flags 'a', 'u' and 'L'";
                    return Err(self.tokens.fault(message, 0));
                }
                removed |= flag;
                token = self.flag_token("missing :")?;
                if token.is(':') {
                    break;
                }
                self.check_flag(token, "missing :")?;
            }
        }
        if added & removed != 0 {
            return Err(self.tokens.fault("bad inline flags: flag turned on and off", 1));
        }
        Ok(Flags::Scoped(added, removed))
    }

    fn flag_token(&mut self, missing: &str) -> Parsed<Token> {
        self.tokens.get()?.ok_or_else(|| self.tokens.fault(missing, 0))
    }

    fn check_flag(&self, token: Token, missing: &str) -> Parsed<()> {
        if flag(token).is_some() {
            return Ok(());
        }
        let message = if token.is_letter() { "unknown flag" } else { missing };
        Err(self.tokens.fault(message, token.len()))
    }
}

/// What a parenthesis has opened.
enum Opened {
    Node(Node),
    /// A comment.
    Nothing,
    /// Flags of the whole pattern.
    Global,
}
