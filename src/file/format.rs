//! The format that a file says it is in: read before anything else in it can look wrong, and raised where a scenario needs
//! more room.

use super::tokens::{Kind, tokens};
use crate::scenario::{FORMAT, Scenario};

/// The format's number in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said<'a> {
    /// One that this planner reads.
    Known(u32),
    /// A later planner's; where it stands.
    Newer(usize, &'a str),
    /// Nobody's; where it stands.
    Never(usize),
    /// No number, or none at all: whoever reads the whole says what is wrong.
    Nothing,
}

/// The format that a text says it is in, by its first field of that name.
pub(super) fn said(text: &str) -> Said<'_> {
    let mut depth = 0_usize;
    let mut before = [None, None];
    for token in tokens(text) {
        match token.kind {
            Kind::Open => depth += 1,
            Kind::Close => depth = depth.saturating_sub(1),
            Kind::Word if depth == 1 && before == [Some("format"), Some(":")] => {
                return said_by(token.text, token.start);
            }
            _ => {}
        }
        before = [before[1], Some(token.text)];
    }
    Said::Nothing
}

fn said_by(number: &str, at: usize) -> Said<'_> {
    match number.parse() {
        _ if !number.bytes().all(|byte| byte.is_ascii_digit()) => Said::Nothing,
        Ok(0) => Said::Never(at),
        Ok(known @ 1..=FORMAT) => Said::Known(known),
        _ => Said::Newer(at, number),
    }
}

/// What a file of a format to come asks for, to follow “this file is”. The version's second number is that of the format.
pub(crate) fn asks_for(number: &str) -> String {
    let version = number.parse::<u16>().map_or_else(
        |_| "which no planner known here reads".to_owned(),
        |format| format!("for which iBCF Planner 0.{format} or later is needed"),
    );
    let this = env!("CARGO_PKG_VERSION");
    format!("format {number:.24}, {version}; this is {this}, which reads formats up to {FORMAT}")
}

/// A step for each format but the newest: what becomes of a scenario of that format, read with nothing in what is new, so
/// that it is one of the next. A new format does not compile without its step.
const STEPS: [fn(Scenario) -> Scenario; FORMAT as usize - 1] = [from_1];

/// Format 2 only adds: a scenario of format 1 says what one of format 2 says that has nothing new in it.
fn from_1(scenario: Scenario) -> Scenario {
    scenario
}

/// A scenario read from a file of this format, as the newest one has it.
pub(super) fn upgraded(scenario: Scenario, from: u32) -> Scenario {
    let steps = STEPS.into_iter().skip(from.saturating_sub(1) as usize);
    let mut scenario = steps.fold(scenario, |scenario, step| step(scenario));
    scenario.format = scenario.oldest_format();
    scenario
}
