//! Schemes × what they act on: national metrics, and whose delays and where.

use super::{Cell, Part, Row, Sheet, column, several};
use crate::scenario::Scenario;
use crate::scenario::context::{How, Impact, ImpactOn};

pub(super) fn sheet(scenario: &Scenario) -> Sheet {
    let impacts = &scenario.context.impacts;
    let mut on: Vec<ImpactOn> = impacts.iter().flat_map(|it| &it.on).map(|it| it.what.clone()).collect();
    on.sort();
    on.dedup();
    let mut columns = vec![column("Scheme", 3.4)];
    columns.extend(on.iter().map(|what| column(what.in_words(), 1.3)));
    let row = |impact: &Impact| {
        let name = Cell::text(impact.name.clone()).sourced(scenario, &impact.source);
        let marks = on.iter().map(|what| {
            let how = impact.on.iter().find(|it| it.what == *what).map(|it| it.how.in_words());
            Cell::text(how.map_or_else(String::new, |how| format!("● {how}")))
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
    }
}
