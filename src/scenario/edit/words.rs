//! What each edit did, in words: every figure with what it was and what it is.

use super::{Edit, change};
use crate::calendar::Month;
use crate::money::{Money, grouped};
use crate::scenario::compare::compare;
use crate::scenario::{DeliveryRisk, Effect, History, Id, Milestone, Quantity, Range, Scenario, Start, Volatility};

/// Letters of a text that are quoted to know it by.
const QUOTED: usize = 48;
/// Edits made as one are told one by one up to so many.
const TOLD: usize = 3;

impl Edit {
    /// What the edit did, for menus and the history: `Care-home beds 2017/18: £900,000 → £650,000`. `before` is the
    /// scenario that it was applied to.
    #[expect(clippy::too_many_lines, reason = "one arm for each kind of edit")]
    pub fn in_words(&self, before: &Scenario) -> String {
        let name = |id: &Id| before.scheme(id).map_or_else(|| id.to_string(), |(_, scheme)| scheme.name.clone());
        let waits_for = |id: &Id| pathway_name(before, id);
        match self {
            Self::Retitle(title) => turned("Title", &quoted(&before.title), &quoted(title)),
            Self::NameArea(name) => turned("Area", &quoted(&before.area), &quoted(name)),
            Self::SetAsOf(date) => turned("Written on", &before.as_of.in_words(), &date.in_words()),
            Self::SetGrant { year, amount } => {
                let was = before.fund.grant.get(*year).map_or(Money::ZERO, |grant| grant.value);
                turned(&format!("Grant {year}"), &was.exact(), &amount.exact())
            }
            Self::SetCarriesForward(true) => "Carry the balance forward".to_owned(),
            Self::SetCarriesForward(false) => "Do not carry the balance forward".to_owned(),
            Self::SetAllocation { scheme, year, amount } => {
                let was = before.scheme(scheme).map_or(Money::ZERO, |(_, scheme)| scheme.allocation(*year));
                turned(&format!("{} {year}", name(scheme)), &was.exact(), &amount.exact())
            }
            Self::SetCommitted { scheme, year, committed: true } => format!("Commit {} in {year}", name(scheme)),
            Self::SetCommitted { scheme, year, committed: false } => format!("Free {} in {year}", name(scheme)),
            Self::SetLocked { scheme, locked: true } => format!("Lock {}", name(scheme)),
            Self::SetLocked { scheme, locked: false } => format!("Unlock {}", name(scheme)),
            Self::RenameScheme { scheme, name: to } => format!("Rename {} to {to}", name(scheme)),
            Self::DescribeScheme { scheme, about } => format!("What {} is for: {}", name(scheme), quoted(about)),
            Self::SetArea { scheme, area } => match before.scheme(scheme) {
                Some((_, scheme)) => format!("Move {} from {} to {area}", scheme.name, scheme.area),
                None => format!("Move {scheme} to {area}"),
            },
            Self::SetBasis { scheme, basis } => {
                let was = before.scheme(scheme).map_or("none", |(_, scheme)| scheme.commitment.basis.in_words());
                turned(&format!("Commitment of {}", name(scheme)), was, basis.in_words())
            }
            Self::MoveScheme { scheme, to } => {
                let up = before.scheme(scheme).is_some_and(|(at, _)| *to < at);
                format!("Move {} {}", name(scheme), if up { "up" } else { "down" })
            }
            Self::AddScheme { scheme, .. } => format!("Add {}", scheme.name),
            Self::RemoveScheme(scheme) => format!("Remove {}", name(scheme)),
            Self::SetEffectSize { scheme, effect, size } => {
                let was = effect_of(before, scheme, *effect).map(|effect| range_in_words(effect.size.value));
                turned(&effect_name(before, scheme, *effect), &known(was), &range_in_words(*size))
            }
            Self::SetEffectStart { scheme, effect, date } => {
                let was = effect_of(before, scheme, *effect).map(|effect| start_in_words(before, scheme, effect));
                let name = format!("{}, start", effect_name(before, scheme, *effect));
                turned(&name, &known(was), &date.in_words())
            }
            Self::AddEffect { scheme, effect, .. } => {
                let (on, size) = (waits_for(&effect.pathway), range_in_words(effect.size.value));
                format!("Add an effect of {} on {on}: {size} {}", name(scheme), effect.change.in_words())
            }
            Self::RemoveEffect { scheme, effect } => {
                let on =
                    effect_of(before, scheme, *effect).map_or_else(String::new, |effect| waits_for(&effect.pathway));
                format!("Remove the effect of {} on {on}", name(scheme))
            }
            Self::ReplaceEffect { scheme, effect, to } => {
                let parts = effect_of(before, scheme, *effect)
                    .map_or_else(Vec::new, |from| effect_parts(before, scheme, from, to));
                let name = effect_name(before, scheme, *effect);
                // Where no part says anything else, what it says comes from elsewhere.
                if parts.is_empty() { self.by_what_differs(before, "", &name) } else { name + &listed(": ", &parts) }
            }
            Self::SetMilestone { scheme, milestone, date } => {
                let was = milestone_of(before, scheme, milestone).map(|milestone| milestone.due.value.in_words());
                let name = format!("{}, {}", name(scheme), milestone_name(before, scheme, milestone));
                turned(&name, &known(was), &date.in_words())
            }
            Self::AddMilestone { scheme, milestone, .. } => {
                let due = milestone.due.value.in_words();
                format!("Add a milestone of {}: {}, {due}", name(scheme), milestone.name)
            }
            Self::RemoveMilestone { scheme, milestone } => {
                format!("Remove a milestone of {}: {}", name(scheme), milestone_name(before, scheme, milestone))
            }
            Self::RenameMilestone { scheme, milestone, name: to } => {
                let was = quoted(&milestone_name(before, scheme, milestone));
                turned(&format!("Milestone of {}", name(scheme)), &was, &quoted(to))
            }
            Self::AddPathway { pathway, .. } => format!("Add the pathway {}", pathway.name),
            Self::RemovePathway(pathway) => format!("Remove the pathway {}", waits_for(pathway)),
            Self::SetPathwayFigure { pathway, figure, value } => {
                let was = before.pathway(pathway).and_then(|(_, pathway)| pathway.figure(*figure));
                let was = was.map(|was| was.value.to_string());
                turned(&format!("{}, {}", waits_for(pathway), figure.in_words()), &known(was), &value.to_string())
            }
            Self::SetVolatility { pathway, to } => {
                let was = before.pathway(pathway).and_then(|(_, pathway)| pathway.volatility.as_ref());
                let name = format!("{}, drift of referrals", waits_for(pathway));
                turned(&name, &drift_in_words(was), &drift_in_words(to.as_deref()))
            }
            Self::SetRecording(to) => {
                let said =
                    |figure: Option<Quantity>| figure.map_or_else(|| "none".to_owned(), |figure| figure.to_string());
                let [was, is] = [&before.recording, to].map(|figure| said(figure.as_ref().map(|figure| figure.value)));
                turned("Noise in published months", &was, &is)
            }
            Self::SetDeliveryRisk { scheme, to } => {
                let was = before.scheme(scheme).and_then(|(_, scheme)| scheme.delivery_risk.as_ref());
                let name = format!("Delivery of {}", name(scheme));
                turned(&name, &risk_in_words(was), &risk_in_words(to.as_deref()))
            }
            Self::AddTarget { target, .. } => {
                format!("Add a target for {}: {}", target.month.in_words(), target.at_most.value)
            }
            Self::RemoveTarget(month) => {
                format!("Remove the target for {}: {}", month.in_words(), known(target_of(before, *month)))
            }
            Self::SetTarget { month, at_most } => {
                let name = format!("Target for {}", month.in_words());
                turned(&name, &known(target_of(before, *month)), &at_most.to_string())
            }
            Self::SetOutturn(outturn) => {
                let days = |days: u32| grouped(&days.to_string());
                let is = format!("{} delayed days", days(outturn.delayed_days.value));
                let name = format!("Outturn for {}", outturn.month.in_words());
                match before.outturn_of(outturn.month) {
                    Some(was) => turned(&name, &days(was.delayed_days.value), &is),
                    None => format!("{name}: {is}"),
                }
            }
            Self::RemoveOutturn(month) => format!("Remove the outturn for {}", month.in_words()),
            Self::ReplaceHistory(to) => {
                turned("Published months", &months_in_words(&before.history), &months_in_words(to))
            }
            Self::AddNote { note, .. } => format!("Add a note: {}", quoted(&note.text)),
            Self::RemoveNote(at) => {
                let text = before.notes.get(*at).map_or_else(String::new, |note| quoted(&note.text));
                format!("Remove a note: {text}")
            }
            Self::AddPaper { paper, .. } => format!("Add the paper {}", paper.short),
            Self::RemovePaper(paper) => {
                let name = before.paper(paper).map_or_else(|| paper.to_string(), |paper| paper.short.clone());
                format!("Remove the paper {name}")
            }
            // What such an edit puts there is all that can be told where it can't be done or changes nothing.
            Self::ReplaceNote { to, .. } => self.by_what_differs(before, "", &quoted(&to.text)),
            Self::ReplacePaper(paper) => self.by_what_differs(before, "", &paper.short),
            Self::ReplaceScheme(scheme) => self.by_what_differs(before, "", &scheme.name),
            Self::ReplacePathway(pathway) => self.by_what_differs(before, "", &pathway.name),
            Self::ReplaceFund(fund) => self.by_what_differs(before, "", &fund.name),
            Self::ReplaceCosts(_) => self.by_what_differs(before, "", "Unit costs"),
            Self::AddToContext { item, .. } => format!("Add {} {}", item.key().sort.in_words(), quoted(item.name())),
            Self::RemoveFromContext(key) => match key.find(&before.context) {
                Some(item) => format!("Remove {} {}", key.sort.in_words(), quoted(item.name())),
                None => format!("Remove a {}", key.sort.in_words()),
            },
            Self::ReplaceInContext(item) => self.by_what_differs(before, "", item.name()),
            Self::ReplaceScenario(scenario) => {
                self.by_what_differs(before, "Another version of the plan: ", &quoted(&scenario.title))
            }
            Self::KeepBookmark { bookmark, .. } => format!("Keep {}", quoted(&bookmark.name)),
            Self::RenameBookmark { name, to } => format!("Call {} {}", quoted(name), quoted(to)),
            Self::RemoveBookmark(name) => format!("Forget {}", quoted(name)),
            Self::Called { words, .. } => words.clone(),
            Self::Together(edits) => together_in_words(edits, before),
        }
    }

    /// What differs once the edit is done, each from what it was to what it is.
    fn by_what_differs(&self, before: &Scenario, what: &str, otherwise: &str) -> String {
        let mut staged = before.clone();
        let done = change(&mut staged, self).is_ok();
        let differences = if done { compare(before, &staged).differences } else { Vec::new() };
        let words: Vec<String> = differences.into_iter().map(|difference| difference.words).collect();
        if words.is_empty() { format!("{what}{otherwise}") } else { listed(what, &words) }
    }
}

/// `Target for March 2018: 83 → 90`.
fn turned(name: &str, was: &str, is: &str) -> String {
    format!("{name}: {was} → {is}")
}

fn known(was: Option<String>) -> String {
    was.unwrap_or_else(|| "–".to_owned())
}

/// The text, or as much of it as it takes to know it by, on one line.
fn quoted(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let short: String = line.chars().take(QUOTED).collect();
    if short.len() < line.len() { format!("“{}…”", short.trim_end()) } else { format!("“{line}”") }
}

/// `before` and each of the first parts, and how many more there are.
fn listed(before: &str, parts: &[String]) -> String {
    if parts.is_empty() {
        return String::new();
    }
    let told = parts.iter().take(TOLD).cloned().collect::<Vec<_>>().join("; ");
    match parts.len().saturating_sub(TOLD) {
        0 => format!("{before}{told}"),
        more => format!("{before}{told}; and {more} more"),
    }
}

/// Each in the words of the scenario that those before it have left.
fn together_in_words(edits: &[Edit], before: &Scenario) -> String {
    let mut staged = before.clone();
    let words = edits.iter().map(|edit| {
        let words = edit.in_words(&staged);
        // One that can't be done is told all the same; that it was refused is said elsewhere.
        let _ = change(&mut staged, edit);
        words
    });
    listed("", &words.collect::<Vec<_>>())
}

fn pathway_name(scenario: &Scenario, id: &Id) -> String {
    scenario.pathway(id).map_or_else(|| id.to_string(), |(_, pathway)| pathway.name.clone())
}

fn effect_of<'a>(scenario: &'a Scenario, scheme: &Id, effect: usize) -> Option<&'a Effect> {
    scenario.scheme(scheme)?.1.effects.get(effect)
}

/// `40 care-home beds, effect on Care home`.
fn effect_name(scenario: &Scenario, scheme: &Id, effect: usize) -> String {
    let name = scenario.scheme(scheme).map_or_else(|| scheme.to_string(), |(_, scheme)| scheme.name.clone());
    match effect_of(scenario, scheme, effect) {
        Some(effect) => format!("{name}, effect on {}", pathway_name(scenario, &effect.pathway)),
        None => format!("{name}, effect"),
    }
}

/// Each part of an effect that became another.
fn effect_parts(scenario: &Scenario, scheme: &Id, from: &Effect, to: &Effect) -> Vec<String> {
    let days = |days: u16| format!("{days} days");
    let both = |part: fn(&Effect) -> String| [part(from), part(to)];
    let parts = [
        ("pathway", [from, to].map(|effect| pathway_name(scenario, &effect.pathway))),
        ("change", both(|effect| effect.change.in_words().to_owned())),
        ("size", both(|effect| range_in_words(effect.size.value))),
        ("for each", both(|effect| effect.per.value.exact())),
        ("start", [from, to].map(|effect| start_in_words(scenario, scheme, effect))),
        ("whole after", [from, to].map(|effect| days(effect.ramp_days.value))),
        ("whole after milestone", [from, to].map(|effect| whole_in_words(scenario, scheme, effect))),
        ("renewed", [from, to].map(|effect| renewal_in_words(scenario, scheme, effect))),
        ("gone after", [from, to].map(|effect| days(effect.fade_days.value))),
        ("at most", both(|effect| effect.most.value.to_string())),
    ];
    let changed = parts.iter().filter(|(_, [was, is])| was != is);
    changed.map(|(name, [was, is])| format!("{name} {was} → {is}")).collect()
}

fn whole_in_words(scenario: &Scenario, scheme: &Id, effect: &Effect) -> String {
    let milestone = |id: &Id| quoted(&milestone_name(scenario, scheme, id));
    effect.whole_after.as_ref().map_or_else(|| "no milestone".to_owned(), milestone)
}

fn renewal_in_words(scenario: &Scenario, scheme: &Id, effect: &Effect) -> String {
    effect.renewal.as_ref().map_or_else(
        || "never".to_owned(),
        |renewal| {
            let milestone = quoted(&milestone_name(scenario, scheme, &renewal.with));
            format!("with {milestone} after {}", renewal.ends.value.in_words())
        },
    )
}

fn start_in_words(scenario: &Scenario, scheme: &Id, effect: &Effect) -> String {
    match &effect.start {
        Start::On(date) => date.value.in_words(),
        Start::Milestone(milestone) => format!("with {}", milestone_name(scenario, scheme, milestone)),
    }
}

fn milestone_of<'a>(scenario: &'a Scenario, scheme: &Id, milestone: &Id) -> Option<&'a Milestone> {
    scenario.scheme(scheme)?.1.milestone(milestone)
}

fn milestone_name(scenario: &Scenario, scheme: &Id, milestone: &Id) -> String {
    milestone_of(scenario, scheme, milestone).map_or_else(|| milestone.to_string(), |known| known.name.clone())
}

fn target_of(scenario: &Scenario, month: Month) -> Option<String> {
    let target = scenario.targets.iter().find(|target| target.month == month);
    target.map(|target| target.at_most.value.to_string())
}

/// `16 – 20 – 24`.
fn range_in_words(range: Range) -> String {
    format!("{} – {} – {}", range.low, range.central, range.high)
}

fn drift_in_words(drift: Option<&Volatility>) -> String {
    let said = |drift: &Volatility| format!("{} over {} days", drift.spread.value, drift.persistence_days.value);
    drift.map_or_else(|| "none".to_owned(), said)
}

fn risk_in_words(risk: Option<&DeliveryRisk>) -> String {
    let said = |risk: &DeliveryRisk| {
        let (late, share) = (range_in_words(risk.slip_days.value), range_in_words(risk.delivered.value));
        format!("{late} days late, {share} delivered")
    };
    risk.map_or_else(|| "on time and whole".to_owned(), said)
}

/// `26, to May 2017`.
fn months_in_words(history: &History) -> String {
    let last = history.months.last().map(|last| format!("{}, to {}", history.months.len(), last.month.in_words()));
    last.unwrap_or_else(|| "none".to_owned())
}
