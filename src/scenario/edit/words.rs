//! What each edit did, in words.

use super::Edit;
use crate::money::{Money, grouped};
use crate::scenario::{Id, Range, Scenario};

impl Edit {
    /// What the edit did, for menus and the history: `Care-home beds 2017/18: £900,000 → £650,000`. `before` is the
    /// scenario that it was applied to.
    pub fn in_words(&self, before: &Scenario) -> String {
        let name = |id: &Id| before.scheme(id).map_or_else(|| id.to_string(), |(_, scheme)| scheme.name.clone());
        let waits_for =
            |id: &Id| before.pathway(id).map_or_else(|| id.to_string(), |(_, pathway)| pathway.name.clone());
        match self {
            Self::Retitle(title) => format!("Title: {title}"),
            Self::NameArea(name) => format!("Area: {name}"),
            Self::SetAsOf(date) => format!("Written on {}", date.in_words()),
            Self::SetGrant { year, amount } => {
                let was = before.fund.grant.get(*year).map_or(Money::ZERO, |grant| grant.value);
                format!("Grant {year}: {} → {}", was.exact(), amount.exact())
            }
            Self::SetCarriesForward(true) => "Carry the balance forward".to_owned(),
            Self::SetCarriesForward(false) => "Do not carry the balance forward".to_owned(),
            Self::SetAllocation { scheme, year, amount } => {
                let was = before.scheme(scheme).map_or(Money::ZERO, |(_, scheme)| scheme.allocation(*year));
                format!("{} {year}: {} → {}", name(scheme), was.exact(), amount.exact())
            }
            Self::SetCommitted { scheme, year, committed: true } => format!("Commit {} in {year}", name(scheme)),
            Self::SetCommitted { scheme, year, committed: false } => format!("Free {} in {year}", name(scheme)),
            Self::SetLocked { scheme, locked: true } => format!("Lock {}", name(scheme)),
            Self::SetLocked { scheme, locked: false } => format!("Unlock {}", name(scheme)),
            Self::RenameScheme { scheme, name: to } => format!("Rename {} to {to}", name(scheme)),
            Self::AddScheme { scheme, .. } => format!("Add {}", scheme.name),
            Self::RemoveScheme(scheme) => format!("Remove {}", name(scheme)),
            Self::SetEffectSize { scheme, size, .. } => {
                format!("Effect of {}: {} – {} – {}", name(scheme), size.low, size.central, size.high)
            }
            Self::SetEffectStart { scheme, date, .. } => format!("Effect of {} from {}", name(scheme), date.in_words()),
            Self::SetMilestone { scheme, date, .. } => format!("Milestone of {}: {}", name(scheme), date.in_words()),
            Self::SetPathwayFigure { pathway, figure, value } => {
                format!("{}, {}: {value}", waits_for(pathway), figure.in_words())
            }
            Self::ReplacePathway(pathway) => format!("Other figures for {}", pathway.name),
            Self::SetVolatility { pathway, to } => match to {
                Some(drift) => {
                    let (spread, days) = (drift.spread.value, drift.persistence_days.value);
                    format!("{}, drift of referrals: {spread} over {days} days", waits_for(pathway))
                }
                None => format!("{}, no drift of referrals", waits_for(pathway)),
            },
            Self::SetRecording(recording) => match recording {
                Some(figure) => format!("Noise in published months: {}", figure.value),
                None => "No noise in published months".to_owned(),
            },
            Self::SetDeliveryRisk { scheme, to } => match to {
                Some(risk) => {
                    let range = |range: Range| format!("{} – {} – {}", range.low, range.central, range.high);
                    let (late, share) = (range(risk.slip_days.value), range(risk.delivered.value));
                    format!("Delivery of {}: {late} days late, {share} delivered", name(scheme))
                }
                None => format!("Delivery of {}: on time and whole", name(scheme)),
            },
            Self::SetTarget { month, at_most } => format!("Target for {}: {at_most}", month.in_words()),
            Self::SetOutturn(outturn) => {
                let days = grouped(&outturn.delayed_days.value.to_string());
                format!("Outturn for {}: {days} delayed days", outturn.month.in_words())
            }
            Self::RemoveOutturn(month) => format!("Remove the outturn for {}", month.in_words()),
            Self::Together(edits) => edits.iter().map(|edit| edit.in_words(before)).collect::<Vec<_>>().join("; "),
        }
    }
}
