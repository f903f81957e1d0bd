//! The project plan as a timeline: when each activity was to be done, when it is now, and what waits for it.

use super::{Bar, Cell, Column, Part, Row, Sheet, State, called, column, of_workstream, other_schemes, several};
use crate::calendar::{Date, FinancialYear};
use crate::context::delivery::{Progress, progress, slips, status};
use crate::scenario::context::{Doing, Key, Sort, Spot, Status, Workstream, schemes_without};
use crate::scenario::{Area, Milestone, Scenario};

/// Years named along the timeline at most, and how far along one may still stand.
const MOST_TICKS: usize = 12;
/// See [`MOST_TICKS`].
const ROOM_FOR_A_NAME: f32 = 0.75;

pub(super) fn sheet(scenario: &Scenario) -> Sheet {
    let span = Span::of(scenario);
    let mut rows = Vec::new();
    for area in Area::ALL {
        let workstreams: Vec<&Workstream> = scenario.context.delivery.iter().filter(|it| it.area == area).collect();
        for (at, workstream) in workstreams.into_iter().enumerate() {
            if at == 0 {
                rows.push(Row::Heading(area.to_string()));
            }
            rows.push(Row::Group(group(scenario, workstream)));
            let lines = progress(scenario, workstream);
            rows.extend(lines.iter().enumerate().map(|(at, line)| row(scenario, workstream, at, line, &span)));
        }
    }
    Sheet {
        part: Part::Delivery,
        name: "Delivery",
        title: title(scenario),
        subtitle:
            "A day or a status typed over moves the effects that wait for it. Bars run to the day due; a mark shows \
                   where the earlier paper had it."
                .to_owned(),
        columns: vec![
            column("Activity", 2.9),
            column("Due", 2.0),
            column("Status", 2.0),
            Column { ticks: span.ticks(), ..column("", 1.7) },
            column("What follows", 1.6),
            column("Begins", 2.0),
        ],
        rows,
        offers: offers(scenario),
    }
}

/// A line of its own, or one for each scheme that has none.
fn offers(scenario: &Scenario) -> Vec<Doing> {
    let for_schemes = schemes_without(scenario, Sort::Workstream).into_iter().filter(|it| !it.milestones.is_empty());
    let for_schemes = for_schemes.map(|scheme| Doing::BeginFor(Sort::Workstream, scheme.id.clone()));
    [Doing::Begin(Sort::Workstream)].into_iter().chain(for_schemes).collect()
}

fn title(scenario: &Scenario) -> String {
    let slips = slips(scenario);
    if slips.compared == 0 {
        let overdue = scenario.context.delivery.iter().flat_map(|it| progress(scenario, it));
        let overdue = overdue.filter(|line| line.is_overdue).count();
        let activities: usize = scenario.context.delivery.iter().map(|it| it.activities.len()).sum();
        let said = match overdue {
            0 => format!("{} planned, none overdue", several(activities, "activity", "activities")),
            overdue => format!("{overdue} of {} overdue", several(activities, "activity", "activities")),
        };
        return [said].into_iter().chain(moved_here(slips.moved)).collect::<Vec<_>>().join("; ");
    }
    let mut said = vec![if slips.later == 0 {
        "No activity was put off since the earlier plan".to_owned()
    } else {
        let later = several(slips.later, "activity was", "activities were");
        format!("{later} put off since the earlier plan, by up to {} days", slips.longest)
    }];
    if slips.delayed > 0 {
        said.push(format!("{} delayed with no new day", slips.delayed));
    }
    if slips.dropped > 0 {
        said.push(format!("{} listed no more", slips.dropped));
    }
    said.extend(moved_here(slips.moved));
    said.join("; ")
}

/// What no paper put off: the activities whose days were moved here.
fn moved_here(activities: usize) -> Option<String> {
    (activities > 0).then(|| format!("{} moved here by hand", several(activities, "activity was", "activities were")))
}

/// What the line is called, its money, the paper's word for its status and what its activities say instead, and who
/// answers for it.
fn group(scenario: &Scenario, workstream: &Workstream) -> Vec<Cell> {
    let key = Key::of(Sort::Workstream, &workstream.id);
    let of_it = |what: &str| format!("{what}: {}", workstream.name);
    let money = workstream.allocation.as_ref().map_or_else(String::new, |allocation| allocation.value.exact());
    let printed = workstream.status.map_or("–", Status::in_words);
    let computed = status(workstream).filter(|computed| Some(*computed) != workstream.status);
    let computed = computed.map_or_else(String::new, |computed| format!("its activities: {}", computed.in_words()));
    let owner = workstream.owner.clone().unwrap_or_default();
    vec![
        Cell::named(workstream.name.clone(), key.clone(), &workstream.name)
            .sourced(scenario, &workstream.source)
            .offering([Doing::BeginPart(key.clone()), Doing::Remove(key.clone())].into_iter().chain(other_schemes(
                scenario,
                &key,
                workstream.scheme.as_ref(),
            ))),
        Cell::typed(money, Spot::Printed(key.clone()), of_it("Money")).of_any(
            scenario,
            workstream.allocation.as_ref(),
            |money| money.exact(),
        ),
        Cell::typed(printed, Spot::Standing(workstream.id.clone()), of_it("Status")),
        Cell::typed(owner, Spot::Owner(key), of_it("Owner")),
        Cell::text(computed),
        Cell::default(),
    ]
}

fn row(scenario: &Scenario, workstream: &Workstream, at: usize, line: &Progress, span: &Span) -> Row {
    let name = &line.activity.name;
    let of = of_workstream(name, &workstream.name);
    let due = line.due.map_or_else(|| "–".to_owned(), Date::short);
    let status = line.activity.status.map_or("–", Status::in_words);
    let state = match line.activity.status {
        Some(Status::Completed) => State::Good,
        Some(Status::Delayed) => State::Bad,
        _ if line.is_overdue => State::Watch,
        _ => State::Plain,
    };
    let begins = Cell::typed(
        line.activity.start.map_or_else(|| "–".to_owned(), Date::short),
        Spot::Begins(workstream.id.clone(), at),
        format!("Begins: {of}"),
    );
    let due = if line.is_dropped {
        Cell::text("listed no more")
    } else {
        let cell = Cell::typed(due, Spot::Due(workstream.id.clone(), at), format!("Due: {of}"));
        // A day that is no milestone's keeps nothing of what it was, so that no paper is named for it.
        cell.of_any(scenario, milestone_of(scenario, workstream, line).map(|it| &it.due), |day| day.short())
    };
    let status = Cell {
        state: Some(state),
        ..Cell::typed(status, Spot::Status(workstream.id.clone(), at), format!("Status: {of}"))
    };
    let status = if line.is_dropped { Cell::text("") } else { status };
    Row::Cells(vec![
        Cell::typed(name.clone(), Spot::Activity(workstream.id.clone(), at), called(&of))
            .sourced(scenario, &workstream.source)
            .offering(activity_offers(scenario, workstream, at)),
        due,
        status,
        Cell { bar: span.bar(scenario, line), ..Cell::default() },
        follows(line),
        begins,
    ])
}

/// The milestone that an activity is, whose day is its own.
fn milestone_of<'a>(scenario: &'a Scenario, workstream: &Workstream, line: &Progress) -> Option<&'a Milestone> {
    let (_, scheme) = scenario.scheme(workstream.scheme.as_ref()?)?;
    scheme.milestone(line.activity.milestone.as_ref()?)
}

/// Which of its scheme's milestones an activity is, and that it be taken out.
fn activity_offers(scenario: &Scenario, workstream: &Workstream, at: usize) -> Vec<Doing> {
    let scheme = workstream.scheme.as_ref().and_then(|id| scenario.scheme(id)).map(|(_, scheme)| scheme);
    let now = workstream.activities.get(at).and_then(|activity| activity.milestone.clone());
    let milestones = scheme.into_iter().flat_map(|scheme| &scheme.milestones).map(|it| Some(it.id.clone()));
    let others = milestones.chain([None]).filter(|milestone| *milestone != now);
    others
        .map(|milestone| Doing::IsMilestone(workstream.id.clone(), at, milestone))
        .chain([Doing::RemovePart(Key::of(Sort::Workstream, &workstream.id), at)])
        .collect()
}

fn follows(line: &Progress) -> Cell {
    let mut said = Vec::new();
    for (slipped, by_hand) in [(line.paper_slip_days(), ""), (line.moved_days(), " by hand")] {
        match slipped {
            Some(days) if days > 0 => said.push(format!("{}{by_hand}", several_days(days, "later"))),
            Some(days) if days < 0 => said.push(format!("{}{by_hand}", several_days(-days, "sooner"))),
            _ => {}
        }
    }
    if line.is_overdue {
        said.push("overdue".to_owned());
    }
    said.extend(line.held_to.map(|day| format!("not before {}, by what it follows", day.short())));
    // Nothing waits any more for what is done.
    let is_open = line.activity.status != Some(Status::Completed);
    match line.effects {
        _ if !is_open => {}
        0 if line.due.is_some() => said.push("no effect waits".to_owned()),
        0 => {}
        effects => said.push(several(effects, "effect waits", "effects wait")),
    }
    let is_later = |days: Option<i32>| days.is_some_and(|days| days > 0);
    let slipped = is_later(line.paper_slip_days()) || is_later(line.moved_days()) || line.held_to.is_some();
    let state = if slipped || line.is_overdue { State::Watch } else { State::Plain };
    Cell::stated(said.join(", "), state)
}

/// `1 day later`, `58 days later`.
fn several_days(days: i32, which: &str) -> String {
    format!("{days} {} {which}", if days == 1 { "day" } else { "days" })
}

/// The days that the timeline spans: from the month of the first day that anything is due, or the plan was written, to a
/// little after the last.
struct Span {
    first: Date,
    days: f32,
}

impl Span {
    fn of(scenario: &Scenario) -> Self {
        let lines = scenario.context.delivery.iter().flat_map(|it| progress(scenario, it));
        let ends: Vec<Date> = lines.filter_map(|line| line.due).chain([scenario.as_of]).collect();
        let earliest = ends.iter().copied().min().unwrap_or(scenario.as_of);
        let latest = ends.into_iter().max().unwrap_or(scenario.as_of);
        let first = earliest.month().first_day();
        Self { first, days: (latest.days_since(first) as f32 + 20.0).max(1.0) }
    }

    fn part(&self, date: Date) -> f32 {
        (date.days_since(self.first) as f32 / self.days).clamp(0.0, 1.0)
    }

    fn bar(&self, scenario: &Scenario, line: &Progress) -> Option<Bar> {
        let due = line.due?;
        let start = line.activity.start.unwrap_or(due).min(due);
        let slipped = line.slip_days.filter(|days| *days != 0);
        let earlier = slipped.and_then(|_| line.activity.earlier.as_ref()?.due);
        let (from, to) = (self.part(start), self.part(due));
        Some(Bar { from, to, earlier: earlier.map(|date| self.part(date)), written: self.part(scenario.as_of) })
    }

    /// Where each financial year begins, as far as its name has room.
    fn ticks(&self) -> Vec<(f32, String)> {
        let first = self.first.financial_year();
        let years = std::iter::successors(Some(first), |year| Some(year.next())).take(MOST_TICKS);
        let of = |year: FinancialYear| (self.part(year.first_day()), format!("Apr {}", year.chip()));
        let begins = years.filter(|year| year.first_day() >= self.first);
        begins.map(of).filter(|(part, _)| *part < ROOM_FOR_A_NAME).collect()
    }
}
