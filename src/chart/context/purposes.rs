//! Pounds by the grant's three purposes: the share that is printed, the share that the schemes come to, and how much of
//! it is named.

use super::{Cell, Part, Row, Sheet, State, column, figures};
use crate::context::purposes::pounds;
use crate::money::{Money, MoneyError};
use crate::scenario::Scenario;
use crate::scenario::context::{Doing, GrantPurpose, Key, Purpose, Sort, Spot};

pub(super) fn sheet(scenario: &Scenario) -> Result<Sheet, MoneyError> {
    let mut rows = Vec::new();
    let mut cited = Vec::new();
    for purpose in &scenario.context.purposes {
        let Some(of) = pounds(scenario, purpose)? else { continue };
        cited.push(of.cited);
        let schemes =
            purpose.schemes.iter().filter_map(|id| scenario.scheme(id)).map(|(_, scheme)| scheme.name.as_str());
        let apart = (of.share - purpose.share.value.to_f64()).abs() >= 0.005;
        let state = if apart { State::Watch } else { State::Plain };
        rows.push(Row::Cells(vec![
            Cell::text(purpose.purpose.in_words())
                .sourced(scenario, &purpose.share.source)
                .offering(offers(scenario, purpose)),
            Cell::typed(
                format!("{}%", purpose.share.value),
                Spot::Share(purpose.id.clone()),
                format!("Printed share: {}", purpose.purpose.in_words()),
            )
            .of(scenario, &purpose.share, |share| format!("{share}%")),
            Cell::stated(format!("{:.2}%", of.share), state),
            Cell::text(of.money.exact()),
            Cell::text(format!("{} ({:.2}%)", of.cited.exact(), of.cited_share)),
            Cell::text(schemes.collect::<Vec<_>>().join(", ")),
        ]));
    }
    let cited = Money::total(cited)?;
    let year = scenario.context.purposes.first().map(|purpose| purpose.year);
    let grant = year.and_then(|year| scenario.fund.grant.get(year)).map_or(Money::ZERO, |grant| grant.value);
    Ok(Sheet {
        part: Part::Purposes,
        name: "Purposes of the grant",
        title: format!(
            "{} of {} is named scheme by scheme; of the rest only shares are printed",
            cited.exact(),
            grant.exact()
        ),
        subtitle: "Shares of the grant, in per cent. Named: what the papers print scheme by scheme.".to_owned(),
        columns: vec![
            column("Purpose", 2.4),
            figures("Printed", 1.0),
            figures("Computed", 1.0),
            figures("Pounds", 1.6),
            figures("Named", 2.2),
            column("Schemes", 4.0),
        ],
        rows,
        offers: (scenario.context.purposes.len() < GrantPurpose::ALL.len())
            .then_some(Doing::Begin(Sort::Purpose))
            .into_iter()
            .collect(),
    })
}

/// Each scheme named or left out; the purpose taken out.
fn offers(scenario: &Scenario, purpose: &Purpose) -> Vec<Doing> {
    let named = scenario.schemes.iter().map(|scheme| Doing::Name(purpose.id.clone(), scheme.id.clone()));
    named.chain([Doing::Remove(Key::of(Sort::Purpose, &purpose.id))]).collect()
}
