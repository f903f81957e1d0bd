//! Whether the project plan holds: what slipped since an earlier paper, what is overdue, and which effects wait for it.

use crate::calendar::Date;
use crate::scenario::context::{Activity, Status, Workstream};
use crate::scenario::{Scenario, Scheme, Source};

/// An activity with what follows from its dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress<'a> {
    /// The activity.
    pub activity: &'a Activity,
    /// The day it is due: its milestone's, or its own.
    pub due: Option<Date>,
    /// The day that its paper has for it, where a person moved its milestone from that.
    pub moved_from: Option<Date>,
    /// Days later than the earlier paper had it; below zero if it was brought forward.
    pub slip_days: Option<i32>,
    /// It was due before the plan was written and is neither completed nor given another day.
    pub is_overdue: bool,
    /// The earlier paper lists it and this one does not.
    pub is_dropped: bool,
    /// The day to which it is held by what it follows, where that is later than it is due.
    pub held_to: Option<Date>,
    /// How many effects of the scheme begin, or become whole, no sooner than it is done.
    pub effects: usize,
}

/// What became of the earlier paper's plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slips {
    /// Activities that both papers date.
    pub compared: usize,
    /// Of those, how many the later paper has later.
    pub later: usize,
    /// The most days that one of them slipped there.
    pub longest: i32,
    /// Activities whose day a person moved here: no paper put them off.
    pub moved: usize,
    /// Activities that became delayed without another day.
    pub delayed: usize,
    /// Activities that are listed no more.
    pub dropped: usize,
    /// Activities that were not completed and now are.
    pub completed: usize,
}

impl Progress<'_> {
    /// Days later than the earlier paper the later one has it, whatever was moved since.
    pub fn paper_slip_days(&self) -> Option<i32> {
        Some(self.slip_days? - self.moved_days().unwrap_or(0))
    }

    /// Days later than its paper has it that a person moved it; below zero if it was brought forward.
    pub fn moved_days(&self) -> Option<i32> {
        Some(self.due?.days_since(self.moved_from?))
    }
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
    let published = milestone.filter(|milestone| milestone.due.source != Source::Entered);
    let reached = milestone.and_then(|milestone| scheme?.reached(&milestone.id));
    let effects = scheme.zip(activity.milestone.as_ref()).map_or(0, |(scheme, id)| scheme.waiting_for(id));
    Progress {
        activity,
        due,
        moved_from: published.and_then(|milestone| milestone.due.was),
        slip_days: due.zip(earlier).map(|(due, earlier)| due.days_since(earlier)),
        is_overdue: due.is_some_and(|due| due < scenario.as_of) && activity.status != Some(Status::Completed),
        is_dropped: due.is_none() && earlier.is_some(),
        held_to: reached.filter(|reached| due.is_some_and(|due| *reached > due)),
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
        let slipped = line.paper_slip_days().unwrap_or(0);
        slips.later += usize::from(slipped > 0);
        slips.longest = slips.longest.max(slipped);
        slips.moved += usize::from(line.moved_from.is_some());
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
    use crate::bundled::{JULY_2017, NOVEMBER_2017};
    use crate::forecast::Forecast;
    use crate::scenario::edit::apply;
    use crate::scenario::{Edit, Id};

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

    /// Each milestone put off, by hand, to months after the last of its scheme: those that an effect hangs on move the
    /// forecast, the others move nothing, and the sheet says which is which.
    #[test]
    fn a_milestone_put_off_moves_the_forecast_if_an_effect_hangs_on_it_and_only_then() {
        // The rest move nothing, each for a reason: learning disability fees are in no pathway; the block beds are the
        // interim beds listed twice, without money (paragraph 30); what follows the pilots and direct payments comes after
        // their one year of money; the existing contract is extended before its added capacity begins.
        let neither = [
            "block-specification",
            "block-tender",
            "existing-contract-extended",
            "learning-disability-prices-agreed",
            "learning-disability-prices-confirmed",
            "new-block-beds",
            "pilots-decided",
            "pilots-reviewed",
        ];
        let july = [
            "direct-payments-agreed",
            "direct-payments-designed",
            "direct-payments-implemented",
            "direct-payments-live",
        ];
        let november = ["agreed", "designed", "implemented", "live"]; // of the direct payment support function
        for (plan, own) in [(JULY_2017, july), (NOVEMBER_2017, november)] {
            let scenario = plan.open().expect("a bundled plan").scenario;
            let before = Forecast::of(&scenario);
            let mut still = Vec::new();
            for scheme in &scenario.schemes {
                let last = scheme.milestones.iter().map(|milestone| milestone.due.value).max();
                for milestone in &scheme.milestones {
                    let date = last.and_then(|last| last.plus_days(90)).expect("a day");
                    let edit = Edit::SetMilestone { scheme: scheme.id.clone(), milestone: milestone.id.clone(), date };
                    let after = Forecast::of(&apply(&scenario, &edit).expect("kept").scenario);
                    let waits = scheme.waiting_for(&milestone.id) > 0;
                    assert_eq!(after != before, waits, "{}: {} of {}", plan.name, milestone.id, scheme.id);
                    if !waits {
                        still.push(milestone.id.to_string());
                    }
                }
            }
            let mut expected: Vec<&str> = neither.into_iter().chain(own).collect();
            still.sort();
            expected.sort_unstable();
            assert_eq!(still, expected, "{}", plan.name);
        }
    }

    #[test]
    fn recruiting_late_holds_the_start_back_and_recruiting_early_brings_nothing_forward() {
        let scenario = NOVEMBER_2017.open().expect("a bundled plan").scenario;
        let nurses: Id = "dementia-specialist-nurses".parse().expect("an id");
        let put = |day: &str| {
            let (milestone, date) = ("staff-recruited".parse().expect("an id"), day.parse().expect("a day"));
            apply(&scenario, &Edit::SetMilestone { scheme: nurses.clone(), milestone, date }).expect("kept").scenario
        };
        let begins = |scenario: &Scenario| {
            let scheme = scenario.scheme(&nurses).expect("the nurses").1;
            scheme.start_of(&scheme.effects[0]).expect("a day").to_string()
        };
        assert_eq!(begins(&scenario), "2017-11-01"); // go-live, Appendix 3
        assert_eq!(begins(&put("2018-01-15")), "2018-01-15");
        assert_eq!(begins(&put("2017-09-30")), "2017-11-01");
        let late = put("2018-01-15");
        let line =
            late.context.delivery.iter().find(|it| it.scheme.as_ref() == Some(&nurses)).expect("the nurses' line");
        let held: Vec<_> = progress(&late, line).iter().map(|line| line.held_to.map(|day| day.to_string())).collect();
        assert_eq!(held, [None, None, None, Some("2018-01-15".to_owned())]);
    }

    #[test]
    fn new_staff_who_come_later_make_the_team_whole_later() {
        let scenario = NOVEMBER_2017.open().expect("a bundled plan").scenario;
        let team: Id = "intermediate-care-and-ed-teams".parse().expect("an id");
        let ramp = |scenario: &Scenario| {
            let scheme = scenario.scheme(&team).expect("the team").1;
            scheme.effects.iter().map(|effect| scheme.ramp_of(effect)).collect::<Vec<_>>()
        };
        assert_eq!(ramp(&scenario), [166; 4]); // 18 May to 31 October 2017, Appendix 3
        let (milestone, date) = ("new-starters-in-post".parse().expect("an id"), "2018-01-31".parse().expect("a day"));
        let late =
            apply(&scenario, &Edit::SetMilestone { scheme: team.clone(), milestone, date }).expect("kept").scenario;
        assert_eq!(ramp(&late), [166 + 92; 4]);
    }

    #[test]
    fn what_a_person_puts_off_is_no_slip_of_the_paper_s() {
        let scenario = NOVEMBER_2017.open().expect("a bundled plan").scenario;
        let before = slips(&scenario);
        let team: Id = "intermediate-care-and-ed-teams".parse().expect("an id");
        let (milestone, date) = ("new-starters-in-post".parse().expect("an id"), "2018-01-31".parse().expect("a day"));
        let late =
            apply(&scenario, &Edit::SetMilestone { scheme: team.clone(), milestone, date }).expect("kept").scenario;
        let after = slips(&late);
        assert_eq!((after.later, after.longest), (before.later, before.longest));
        assert!(after.moved > 0);
        let lines = late.context.delivery.iter().filter(|it| it.scheme.as_ref() == Some(&team));
        let moved: Vec<_> = lines.flat_map(|it| progress(&late, it)).filter(|line| line.moved_from.is_some()).collect();
        assert_eq!(moved.len(), after.moved);
        assert!(moved.iter().all(|line| line.moved_days() == Some(92)), "31 October 2017 to 31 January 2018");
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
