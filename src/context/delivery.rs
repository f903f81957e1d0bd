//! Whether the project plan holds: what slipped since an earlier paper, what is overdue, and which effects wait for it.

use crate::calendar::Date;
use crate::scenario::context::{Activity, Status, Workstream};
use crate::scenario::{Scenario, Scheme, Start};

/// An activity with what follows from its dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress<'a> {
    /// The activity.
    pub activity: &'a Activity,
    /// The day it is due: its milestone's, or its own.
    pub due: Option<Date>,
    /// Days later than the earlier paper had it; below zero if it was brought forward.
    pub slip_days: Option<i32>,
    /// It was due before the plan was written and is neither completed nor given another day.
    pub is_overdue: bool,
    /// The earlier paper lists it and this one does not.
    pub is_dropped: bool,
    /// How many effects of the scheme begin with it.
    pub effects: usize,
}

/// What became of the earlier paper's plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slips {
    /// Activities that both papers date.
    pub compared: usize,
    /// Of those, how many come later now.
    pub later: usize,
    /// The most days that one of them slipped.
    pub longest: i32,
    /// Activities that became delayed without another day.
    pub delayed: usize,
    /// Activities that are listed no more.
    pub dropped: usize,
    /// Activities that were not completed and now are.
    pub completed: usize,
}

/// The activities of a workstream, in its order.
pub fn progress<'a>(scenario: &Scenario, workstream: &'a Workstream) -> Vec<Progress<'a>> {
    let scheme = workstream.scheme.as_ref().and_then(|id| scenario.scheme(id)).map(|(_, scheme)| scheme);
    workstream.activities.iter().map(|activity| progress_of(scenario, scheme, activity)).collect()
}

fn progress_of<'a>(scenario: &Scenario, scheme: Option<&Scheme>, activity: &'a Activity) -> Progress<'a> {
    let milestone = activity.milestone.as_ref().and_then(|id| scheme?.milestone(id));
    let due = milestone.map(|milestone| milestone.due.value).or(activity.due);
    let earlier = activity.earlier.as_ref().and_then(|earlier| earlier.due);
    let waits = |start: &Start| matches!(start, Start::Milestone(id) if Some(id) == activity.milestone.as_ref());
    let effects = scheme.map_or(0, |scheme| scheme.effects.iter().filter(|effect| waits(&effect.start)).count());
    Progress {
        activity,
        due,
        slip_days: due.zip(earlier).map(|(due, earlier)| due.days_since(earlier)),
        is_overdue: due.is_some_and(|due| due < scenario.as_of) && activity.status != Some(Status::Completed),
        is_dropped: due.is_none() && earlier.is_some(),
        effects,
    }
}

/// The status that a workstream's activities come to: delayed if one of them is, completed if all are, not started if
/// none has begun, otherwise on track. Nothing if no activity has a status.
pub fn status(workstream: &Workstream) -> Option<Status> {
    let known: Vec<Status> = workstream.activities.iter().filter_map(|activity| activity.status).collect();
    let all = |status: Status| known.iter().all(|known| *known == status);
    match known.as_slice() {
        [] => None,
        _ if known.contains(&Status::Delayed) => Some(Status::Delayed),
        _ if all(Status::Completed) => Some(Status::Completed),
        _ if all(Status::NotStarted) => Some(Status::NotStarted),
        _ => Some(Status::OnTrack),
    }
}

/// What became of the earlier paper's plan, over all workstreams.
pub fn slips(scenario: &Scenario) -> Slips {
    let mut slips = Slips::default();
    let lines = scenario.context.delivery.iter().flat_map(|workstream| progress(scenario, workstream));
    for line in lines {
        slips.compared += usize::from(line.slip_days.is_some());
        slips.later += usize::from(line.slip_days.is_some_and(|days| days > 0));
        slips.longest = slips.longest.max(line.slip_days.unwrap_or(0));
        slips.dropped += usize::from(line.is_dropped);
        let then = line.activity.earlier.as_ref().and_then(|earlier| earlier.status);
        let became = |status: Status| then.is_some_and(|then| then != status) && line.activity.status == Some(status);
        slips.delayed += usize::from(became(Status::Delayed) && line.slip_days == Some(0));
        slips.completed += usize::from(became(Status::Completed));
    }
    slips
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundled::NOVEMBER_2017;

    fn workstream(statuses: &[Option<Status>]) -> Workstream {
        let mut it = NOVEMBER_2017.open().expect("a bundled plan").scenario.context.delivery[0].clone();
        let activity = it.activities[0].clone();
        it.activities = statuses.iter().map(|status| Activity { status: *status, ..activity.clone() }).collect();
        it
    }

    #[test]
    fn one_delayed_activity_delays_the_line_and_only_all_of_them_complete_it() {
        use Status::{Completed, Delayed, NotStarted, OnTrack};
        let of = |statuses: &[Status]| status(&workstream(&statuses.iter().copied().map(Some).collect::<Vec<_>>()));
        assert_eq!(of(&[Completed, Delayed, OnTrack]), Some(Delayed));
        assert_eq!(of(&[Completed, Completed]), Some(Completed));
        assert_eq!(of(&[NotStarted, NotStarted]), Some(NotStarted));
        assert_eq!(of(&[Completed, NotStarted]), Some(OnTrack));
        assert_eq!(status(&workstream(&[None, Some(Completed)])), Some(Completed), "what is not said says nothing");
        assert_eq!(status(&workstream(&[None])), None);
    }

    #[test]
    fn a_day_given_up_is_a_drop_and_a_day_kept_under_delay_a_delay() {
        let mut scenario = NOVEMBER_2017.open().expect("a bundled plan").scenario;
        let before = slips(&scenario);
        let context = std::sync::Arc::make_mut(&mut scenario.context);
        let as_of = scenario.as_of;
        let earlier = |status| Some(crate::scenario::context::Earlier { due: Some(as_of), status });
        let blank = workstream(&[None]).activities[0].clone();
        let blank = Activity { milestone: None, due: None, earlier: None, ..blank };
        context.delivery[0].activities.extend([
            Activity { earlier: earlier(None), ..blank.clone() },
            Activity {
                due: Some(as_of),
                status: Some(Status::Delayed),
                earlier: earlier(Some(Status::OnTrack)),
                ..blank.clone()
            },
            Activity {
                due: Some(as_of),
                status: Some(Status::Completed),
                earlier: earlier(Some(Status::OnTrack)),
                ..blank
            },
        ]);
        let after = slips(&scenario);
        assert_eq!(after.dropped, before.dropped + 1);
        assert_eq!(after.delayed, before.delayed + 1);
        assert_eq!(after.completed, before.completed + 1);
        assert_eq!((after.compared, after.later), (before.compared + 2, before.later));
    }
}
