//! Schemes × what they act on: national metrics, and whose delays and where.

use super::{Cell, Part, Row, Sheet, column, other_schemes, several};
use crate::scenario::Scenario;
use crate::scenario::context::{Doing, How, Impact, ImpactOn, Key, Sort, Spot, schemes_without};

pub(super) fn sheet(scenario: &Scenario) -> Sheet {
    let impacts = &scenario.context.impacts;
    let mut on: Vec<ImpactOn> = impacts.iter().flat_map(|it| &it.on).map(|it| it.what.clone()).collect();
    if on.is_empty() {
        on.extend(ImpactOn::USUAL.into_iter().take(4));
    }
    on.sort();
    on.dedup();
    let mut columns = vec![column("Scheme", 3.1)];
    columns.extend(on.iter().map(|what| column(what.in_words(), 1.75)));
    let row = |impact: &Impact| {
        let key = Key::of(Sort::Impact, &impact.id);
        let more = ImpactOn::USUAL.into_iter().filter(|what| !on.contains(what));
        let more = more.map(|what| Doing::ActOn(impact.id.clone(), what));
        let name = Cell::named(impact.name.clone(), key.clone(), &impact.name).sourced(scenario, &impact.source);
        let schemes = other_schemes(scenario, &key, impact.scheme.as_ref());
        let name = name.offering(more.chain([Doing::Remove(key.clone())]).chain(schemes));
        let marks = on.iter().map(|what| {
            let how = impact.on.iter().find(|it| it.what == *what).map_or("–", |it| it.how.in_words());
            let spot = Spot::On(impact.id.clone(), what.clone());
            Cell::typed(how, spot, format!("{}: {}", what.in_words(), impact.name))
        });
        Row::Cells([name].into_iter().chain(marks).collect())
    };
    let delays = impacts.iter().filter(|it| it.on.iter().any(|it| it.what == ImpactOn::Delays)).count();
    let unsaid = impacts.iter().flat_map(|it| &it.on).any(|it| it.how == How::Unsaid);
    Sheet {
        part: Part::Impacts,
        name: "What schemes act on",
        title: format!("{delays} of {} act on delayed transfers", several(impacts.len(), "scheme", "schemes")),
        subtitle: if unsaid {
            "“Named”: the paper says that a scheme acts; whether directly or by enabling can't be read.".to_owned()
        } else {
            "Directly, or by enabling something else.".to_owned()
        },
        columns,
        rows: impacts.iter().map(row).collect(),
        offers: schemes_without(scenario, Sort::Impact)
            .into_iter()
            .map(|scheme| Doing::BeginFor(Sort::Impact, scheme.id.clone()))
            .collect(),
    }
}
