//! Reading: bounds before memory is spent, then the notation, then the scenario's own rules. Every fault is one clear line.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

use super::format::{Said, asks_for, said, upgraded};
use super::tokens::{Kind, tokens};
use super::tree::{locate, tree};
use super::{LARGEST, notation, on_one_line, plainly, words};
use crate::scenario::{FORMAT, Finding, Place, Scenario, Severity, Step, check};

/// The deepest nesting of brackets; a scenario needs eleven.
const DEEPEST: usize = 64;
/// The most names, values, brackets and commas: a fifth more than the largest file has if it says as much a line as the
/// bundled plans do. What is made of them takes many times their room.
const MOST_TOKENS: usize = 2_000_000;
/// The most findings that are placed and shown; nobody mends a file from more.
const MOST_FINDINGS: usize = 1_000;
/// The mark that Windows programs put before UTF-8.
pub(super) const BYTE_ORDER_MARK: char = '\u{feff}';

/// A scenario as read, with the text it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// What the file says.
    pub scenario: Scenario,
    /// The file's exact text, byte-order mark and all: what an unchanged scenario is saved as.
    pub text: String,
    /// What a reader should look at, though it does not refuse the scenario.
    pub warnings: Vec<Located>,
}

/// A finding with its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// What is wrong and what to do.
    pub finding: Finding,
    /// Counted from 1.
    pub line: usize,
    /// Counted from 1, in characters, as editors do.
    pub column: usize,
}

impl Located {
    /// `file:line:column: error: words`, or `warning`.
    pub fn in_words(&self, name: &str) -> String {
        let severity = match self.finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        on_one_line(&format!("{name}:{}:{}: {severity}: {}", self.line, self.column, self.finding.words))
    }
}

/// Why a file gives no scenario. Shown as one line: where, what, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// There is no such file.
    NotFound {
        /// The file, as it was asked for.
        name: String,
    },
    /// The system does not let us read it.
    Unreadable {
        /// The file.
        name: String,
        /// Why, and what to do.
        why: String,
    },
    /// A folder, a pipe or a device.
    NotAFile {
        /// Its name.
        name: String,
        /// What it is.
        what: &'static str,
    },
    /// Larger than any scenario.
    TooLarge {
        /// The file.
        name: String,
    },
    /// Saved by a newer planner. [`super::read_newer`] gives as much of it as this one knows.
    Newer {
        /// The file.
        name: String,
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in characters.
        column: usize,
        /// The format's number, as it was written.
        format: String,
    },
    /// Not UTF-8 text, or not the notation, or no format at all.
    Malformed {
        /// The file.
        name: String,
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in characters.
        column: usize,
        /// What is wrong and what to do.
        words: String,
    },
    /// The notation is sound, the scenario breaks its rules: errors first, then warnings.
    Refused {
        /// The file.
        name: String,
        /// At least one error.
        findings: Vec<Located>,
    },
}

impl ReadError {
    /// Each finding as `file:line:column: error: words`, for those who mend the file.
    pub fn lines(&self) -> Vec<String> {
        match self {
            Self::Refused { name, findings } => findings.iter().map(|finding| finding.in_words(name)).collect(),
            _ => vec![self.to_string()],
        }
    }

    /// True: the file was read and the scenario in it is refused. False: the system failed to read it.
    pub fn is_refusal(&self) -> bool {
        !matches!(self, Self::NotFound { .. } | Self::Unreadable { .. } | Self::NotAFile { .. })
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = match self {
            Self::NotFound { name } => format!("{name}: error: there is no such file; check the name and the folder"),
            Self::Unreadable { name, why } => format!("{name}: error: {why}"),
            Self::NotAFile { name, what } => format!("{name}: error: this is {what}; choose a scenario file (.ron)"),
            Self::TooLarge { name } => format!(
                "{name}: error: the file is larger than {} MB, the most that a scenario may have; choose another file",
                LARGEST / 1024 / 1024
            ),
            Self::Newer { name, line, column, format } => {
                let out = "get the newer one, or open the file in this one’s window, to look at what it knows of it";
                format!("{name}:{line}:{column}: error: this file is {}; {out}", asks_for(format))
            }
            Self::Malformed { name, line, column, words } => format!("{name}:{line}:{column}: error: {words}"),
            Self::Refused { name, findings } => {
                let first = findings.first().map(|finding| finding.in_words(name)).unwrap_or_default();
                match findings.len() {
                    0 | 1 => first,
                    more => format!("{first} (and {} more)", more - 1),
                }
            }
        };
        f.write_str(&on_one_line(&line))
    }
}

impl std::error::Error for ReadError {}

/// Reads the scenario in a file.
pub fn read(path: &Path) -> Result<Opened, ReadError> {
    let (name, text) = read_text(path)?;
    parse(&name, &text)
}

/// The text in a file, and the file's name for messages.
pub(super) fn read_text(path: &Path) -> Result<(String, String), ReadError> {
    let name = path.display().to_string();
    let bytes = read_bytes(path, &name)?;
    let text = decode(bytes, &name)?;
    Ok((name, text))
}

/// Reads the scenario in a text; `name` stands for the file in messages.
pub fn parse(name: &str, text: &str) -> Result<Opened, ReadError> {
    let body = sound_body(name, text)?;
    let newer = |at: usize, format: &str| {
        let (line, column) = line_and_column(body, at);
        ReadError::Newer { name: name.to_owned(), line, column, format: format.to_owned() }
    };
    match said(body) {
        Said::Newer(at, format) => return Err(newer(at, format)),
        Said::Never(at) => return Err(malformed(name, body, at, NO_FORMAT.to_owned())),
        Said::Known(_) | Said::Nothing => {}
    }
    let scenario: Scenario = notation().from_str(body).map_err(|error| {
        let (at, words) = words::explain(body, &error);
        malformed(name, body, at, words)
    })?;
    let from = scenario.format;
    if !(1..=FORMAT).contains(&from) {
        return Err(newer(0, &from.to_string())); // written as no number should be, such as 0x3
    }
    let scenario = upgraded(scenario, from);
    let outgrown = scenario.newer_than(from);
    let mut findings = check::check(&scenario);
    if !outgrown.is_empty() {
        findings.push(Finding {
            severity: Severity::Warning,
            place: Place(vec![Step::Field("format")]),
            words: format!(
                "format {from} has no room for {}; the next change that is saved makes it format {}",
                outgrown.join(" and "),
                scenario.format
            ),
        });
    }
    let findings = located(body, findings);
    if findings.iter().any(|located| located.finding.severity == Severity::Error) {
        return Err(ReadError::Refused { name: name.to_owned(), findings });
    }
    Ok(Opened { scenario, text: text.to_owned(), warnings: findings })
}

/// The text without its mark, if it is one that may be looked at further.
pub(super) fn sound_body<'a>(name: &str, text: &'a str) -> Result<&'a str, ReadError> {
    if text.len() as u64 > LARGEST {
        return Err(ReadError::TooLarge { name: name.to_owned() });
    }
    // Editors don't count the mark as a column, and the notation refuses it.
    let body = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    check_shape(body).map_err(|(at, words)| malformed(name, body, at, words))?;
    Ok(body)
}

/// What is wrong at a byte of a text.
pub(super) fn malformed(name: &str, body: &str, at: usize, words: String) -> ReadError {
    let (line, column) = line_and_column(body, at);
    ReadError::Malformed { name: name.to_owned(), line, column, words }
}

const NO_FORMAT: &str = "there is no format 0; write the format of the planner that wrote it, from 1 on";

/// The bytes of a regular file that is not too large. A pipe or a device is never opened, as that could wait for ever.
fn read_bytes(path: &Path, name: &str) -> Result<Vec<u8>, ReadError> {
    let failed = |error: io::Error| unreadable(name, &error);
    let about = fs::metadata(path).map_err(failed)?;
    if !about.is_file() {
        return Err(ReadError::NotAFile { name: name.to_owned(), what: what_it_is(about.file_type()) });
    }
    let too_large = || ReadError::TooLarge { name: name.to_owned() };
    if about.len() > LARGEST {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    // The file may grow while it is read.
    File::open(path).map_err(failed)?.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LARGEST { Err(too_large()) } else { Ok(bytes) }
}

/// What something that is no file is, to follow “this is”.
pub(crate) fn what_it_is(kind: fs::FileType) -> &'static str {
    if kind.is_dir() { "a folder, not a file" } else { "a pipe or a device, not a file" }
}

fn unreadable(name: &str, error: &io::Error) -> ReadError {
    let name = name.to_owned();
    let why = match error.kind() {
        ErrorKind::NotFound => return ReadError::NotFound { name },
        ErrorKind::PermissionDenied => {
            "you have no permission to read this file; ask its owner, or open a copy".to_owned()
        }
        _ => format!("the file can't be read ({}); check the name, the disk or the share", plainly(error)),
    };
    ReadError::Unreadable { name, why }
}

/// UTF-8 without NULs.
fn decode(bytes: Vec<u8>, name: &str) -> Result<String, ReadError> {
    let malformed = |before: &[u8], words: &str| {
        let (line, column) = line_and_column(&String::from_utf8_lossy(before), usize::MAX);
        ReadError::Malformed { name: name.to_owned(), line, column, words: words.to_owned() }
    };
    if matches!(bytes.get(..2), Some([0xff, 0xfe] | [0xfe, 0xff])) {
        return Err(malformed(&[], "this text is UTF-16; save it as UTF-8"));
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        let words = "here is a NUL, which no text has: the file is damaged or is no scenario; open a copy of it";
        return Err(malformed(&bytes[..at], words));
    }
    String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        malformed(before, "this is not UTF-8 text; save the file as UTF-8, or open a copy of it")
    })
}

/// Refuses, in one pass, a text without anything in it, one with too much, and brackets that would exhaust
/// the stack.
fn check_shape(text: &str) -> Result<(), (usize, String)> {
    let (mut depth, mut count) = (0_usize, 0_usize);
    for token in tokens(text) {
        count += 1;
        if count > MOST_TOKENS {
            let words = "the file says more than a scenario may: two million names, values and brackets; split it";
            return Err((token.start, words.to_owned()));
        }
        match token.kind {
            Kind::Open => depth += 1,
            Kind::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            let words = format!("brackets are nested deeper than {DEEPEST}; no scenario is, so open another file");
            return Err((token.start, words));
        }
    }
    if count == 0 {
        Err((0, "the file is empty; open another, or start from a bundled scenario".to_owned()))
    } else {
        Ok(())
    }
}

/// Findings with the lines they speak of.
pub(super) fn located(text: &str, findings: Vec<Finding>) -> Vec<Located> {
    if findings.is_empty() {
        return Vec::new();
    }
    let tree = tree(text);
    let line_starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let place = |finding: Finding| {
        let at = locate(&tree, &finding.place);
        let line = line_starts.partition_point(|start| *start <= at);
        let column = text[line_starts[line - 1]..at].chars().count() + 1;
        Located { finding, line, column }
    };
    findings.into_iter().take(MOST_FINDINGS).map(place).collect()
}

/// Line and column, from 1, of a byte in a text, or of its end.
pub(super) fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(at)];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}
