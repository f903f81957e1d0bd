//! A scheme's effects in the inspector: on which pathway, what changes there, by how much, for how much money, from when.

use eframe::egui::{Button, Ui};

use super::rows::{self, begin_one_of, choice, choice_in, day_in, days_in, pounds_in, removable};
use super::sources::sourced;
use super::{FigureBox, range_boxes, range_in_words, section, small};
use crate::app::theme::{BODY, bold};
use crate::app::view::{Action, View};
use crate::calendar::Date;
use crate::scenario::edit::{effect_changing, effect_on, effect_starting, new_effect};
use crate::scenario::{
    Change, Edit, Effect, Figure, Id, Milestone, Pathway, Quantity, Renewal, Scenario, Scheme, Start,
};

const WIDTH: f32 = 92.0;

pub(super) fn show(ui: &mut Ui, scenario: &Scenario, scheme: &Scheme, view: &mut View, actions: &mut Vec<Action>) {
    section(ui, "Effects: low, central, high");
    for at in 0..scheme.effects.len() {
        ui.push_id(at, |ui| {
            if let Some(effect) = OfScheme::of(scenario, scheme, at) {
                effect.show(ui, view, actions);
            }
            ui.add_space(4.0);
        });
    }
    if scenario.pathways.is_empty() {
        small(ui, "An effect acts on a pathway, of which the plan has none; add one there first.");
        return;
    }
    begin_one_of(ui, "Add an effect", &format!("Add an effect of {}", scheme.name), !scheme.locked, |ui| {
        ui.label("On which pathway?");
        for pathway in scenario.pathways.iter().take(rows::MOST_OFFERED) {
            if ui.add(Button::new(&pathway.name)).clicked() {
                actions.push(Action::Do(new_effect(scenario, scheme, pathway)));
            }
        }
    });
}

/// An effect, and where it stands.
struct OfScheme<'a> {
    scenario: &'a Scenario,
    scheme: &'a Scheme,
    at: usize,
    effect: &'a Effect,
    pathway: Option<&'a Pathway>,
    /// `40 care-home beds effect 1`.
    name: String,
}

impl<'a> OfScheme<'a> {
    fn of(scenario: &'a Scenario, scheme: &'a Scheme, at: usize) -> Option<Self> {
        let effect = scheme.effects.get(at)?;
        let pathway = scenario.pathway(&effect.pathway).map(|(_, pathway)| pathway);
        let name = format!("{} effect {}", scheme.name, at + 1);
        Some(Self { scenario, scheme, at, effect, pathway, name })
    }

    fn is_open(&self) -> bool {
        !self.scheme.locked
    }

    fn show(&self, ui: &mut Ui, view: &mut View, actions: &mut Vec<Action>) {
        let Self { scheme, effect, .. } = self;
        let name = format!("Remove effect {} of {}", self.at + 1, scheme.name);
        let help = "Takes the effect out; undo brings it back";
        if removable(ui, &name, help, self.is_open(), |ui| self.on_what(ui, actions)) {
            actions.push(Action::Do(Edit::RemoveEffect { scheme: scheme.id.clone(), effect: self.at }));
        }
        self.changing_what(ui, actions);
        range_boxes(ui, &self.name, effect.size.value, self.is_open(), view, actions, |size| Edit::SetEffectSize {
            scheme: scheme.id.clone(),
            effect: self.at,
            size,
        });
        self.source(ui, ("size", &effect.size), |was| range_in_words(*was), view, actions, |effect| &mut effect.size);
        self.money(ui, view, actions);
        self.start(ui, view, actions);
        self.pace(ui, view, actions);
        self.renewed(ui, view, actions);
    }

    fn on_what(&self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let pathways = &self.scenario.pathways;
        let names: Vec<String> = pathways.iter().map(|pathway| pathway.name.clone()).collect();
        let chosen = pathways.iter().position(|pathway| pathway.id == self.effect.pathway);
        let name = format!("{}, pathway", self.name);
        if let Some(to) = choice_in(ui, &name, &names, chosen, self.is_open(), bold(BODY)) {
            actions.extend(effect_on(self.scheme, self.at, &pathways[to]).map(Action::Do));
        }
    }

    fn changing_what(&self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let fits = |change: &Change| self.pathway.is_none_or(|pathway| change.is_in(&pathway.kind));
        let changes: Vec<Change> = Change::ALL.into_iter().filter(fits).collect();
        let words: Vec<String> = changes.iter().map(|change| change.in_words().to_owned()).collect();
        let chosen = changes.iter().position(|change| *change == self.effect.change);
        let name = format!("{}, what changes", self.name);
        if let Some(to) = choice(ui, &name, &words, chosen, self.is_open()) {
            actions.extend(effect_changing(self.scheme, self.at, changes[to]).map(Action::Do));
        }
    }

    /// The effect with something about it changed.
    fn with(&self, change: impl FnOnce(&mut Effect)) -> Edit {
        let mut to = self.effect.clone();
        change(&mut to);
        Edit::ReplaceEffect { scheme: self.scheme.id.clone(), effect: self.at, to: Box::new(to) }
    }

    /// Where one of its figures comes from.
    fn source<T: Clone>(
        &self,
        ui: &mut Ui,
        (part, figure): (&str, &Figure<T>),
        in_words: impl Fn(&T) -> String,
        view: &mut View,
        actions: &mut Vec<Action>,
        of: impl FnOnce(&mut Effect) -> &mut Figure<T>,
    ) {
        let name = format!("{}, {part}", self.name);
        let figure = sourced(ui, self.scenario, &name, figure, in_words, self.is_open(), &mut view.typing);
        actions.extend(figure.map(|figure| Action::Do(self.with(|effect| *of(effect) = figure))));
    }

    fn figure(
        &self,
        ui: &mut Ui,
        [label, part]: [&str; 2],
        shown: &str,
        view: &mut View,
        actions: &mut Vec<Action>,
        read: impl Fn(&str) -> Result<Edit, String>,
    ) {
        let name = format!("{}, {part}", self.name);
        let figure = FigureBox { label, name: &name, shown, width: WIDTH, enabled: self.is_open() };
        figure.show(ui, &mut view.typing, actions, read);
    }

    /// For how much money, and the most that any money can do.
    fn money(&self, ui: &mut Ui, view: &mut View, actions: &mut Vec<Action>) {
        let Effect { per, most, .. } = self.effect;
        self.figure(ui, ["For a full year of", "for how much money"], &per.value.exact(), view, actions, |text| {
            let amount = pounds_in(text)?;
            Ok(self.with(|effect| effect.per.change(amount)))
        });
        self.source(ui, ("for how much money", per), |was| was.exact(), view, actions, |effect| &mut effect.per);
        let shown = most.value.decimal().normalize().to_string();
        self.figure(ui, ["At most", "at most"], &shown, view, actions, |text| {
            let most = text.parse::<Quantity>()?;
            Ok(self.with(|effect| effect.most.change(most)))
        });
        self.source(ui, ("at most", most), Quantity::to_string, view, actions, |effect| &mut effect.most);
    }

    /// One of the scheme's milestones or none of them, said before and after its name.
    fn milestone(
        &self,
        ui: &mut Ui,
        [label, part]: [&str; 2],
        [without, with]: [&str; 2],
        chosen: Option<&Id>,
        picked: impl FnOnce(Option<&Milestone>),
    ) {
        let milestones = &self.scheme.milestones;
        let mut options = vec![without.to_owned()];
        options.extend(milestones.iter().map(|milestone| format!("{with} “{}”", milestone.name)));
        let at = match chosen {
            None => Some(0),
            Some(id) => milestones.iter().position(|milestone| milestone.id == *id).map(|at| at + 1),
        };
        let name = format!("{}, {part}", self.name);
        let to = ui.horizontal(|ui| {
            ui.label(label);
            choice(ui, &name, &options, at, self.is_open() && options.len() > 1)
        });
        if let Some(to) = to.inner {
            picked(to.checked_sub(1).and_then(|at| milestones.get(at)));
        }
    }

    /// A day of the effect and its source.
    fn day(
        &self,
        ui: &mut Ui,
        (label, part, day): (&str, &str, &Figure<Date>),
        view: &mut View,
        actions: &mut Vec<Action>,
        moved: impl Fn(Date) -> Edit,
        sourced_anew: impl FnOnce(Figure<Date>) -> Edit,
    ) {
        self.figure(ui, [label, part], &day.value.to_string(), view, actions, |text| Ok(moved(day_in(text)?)));
        let name = format!("{}, {part}", self.name);
        let (scenario, open) = (self.scenario, self.is_open());
        let day = sourced(ui, scenario, &name, day, |was| was.in_words(), open, &mut view.typing);
        actions.extend(day.map(|day| Action::Do(sourced_anew(day))));
    }

    /// When it begins: on a day of its own, or with a milestone.
    fn start(&self, ui: &mut Ui, view: &mut View, actions: &mut Vec<Action>) {
        let (date, chosen) = match &self.effect.start {
            Start::On(date) => (Some(date), None),
            Start::Milestone(id) => (None, Some(id)),
        };
        self.milestone(ui, ["Starts", "start with"], ["On a day of its own", "With"], chosen, |milestone| {
            let id = milestone.map(|milestone| &milestone.id);
            actions.extend(effect_starting(self.scheme, self.at, id).map(Action::Do));
        });
        if let Some(date) = date {
            let moved = |date| Edit::SetEffectStart { scheme: self.scheme.id.clone(), effect: self.at, date };
            let sourced_anew = |date| self.with(|effect| effect.start = Start::On(date));
            self.day(ui, ("Day", "start", date), view, actions, moved, sourced_anew);
        }
    }

    /// Whether the days until it is whole are counted from its start or from a milestone.
    fn whole(&self, ui: &mut Ui, actions: &mut Vec<Action>) {
        if self.scheme.milestones.is_empty() {
            return;
        }
        let chosen = self.effect.whole_after.as_ref();
        self.milestone(ui, ["Whole", "whole after"], ["Days after its start", "Days after"], chosen, |milestone| {
            let id = milestone.map(|milestone| milestone.id.clone());
            actions.push(Action::Do(self.with(|effect| effect.whole_after = id)));
        });
        if chosen.is_some() {
            small(ui, format!("Whole {} days after it starts", self.scheme.ramp_of(self.effect)));
        }
    }

    /// Whether it runs for as long as there is money, or on something that ends and is renewed with a milestone.
    fn renewed(&self, ui: &mut Ui, view: &mut View, actions: &mut Vec<Action>) {
        if self.scheme.milestones.is_empty() {
            return;
        }
        let renewal = self.effect.renewal.as_ref();
        let chosen = renewal.map(|renewal| &renewal.with);
        self.milestone(ui, ["Renewed", "renewed with"], ["Not needed", "With"], chosen, |milestone| {
            actions.push(Action::Do(self.with(|effect| renew(effect, milestone))));
        });
        if let Some(renewal) = renewal {
            let ending = |ends| self.with(|effect| effect.renewal = Some(Renewal { ends, with: renewal.with.clone() }));
            let moved = |date| {
                let mut ends = renewal.ends.clone();
                ends.change(date);
                ending(ends)
            };
            self.day(ui, ("Ends on", "ends", &renewal.ends), view, actions, moved, ending);
        }
    }

    /// How long until it is whole, and until it is gone once the money stops.
    fn pace(&self, ui: &mut Ui, view: &mut View, actions: &mut Vec<Action>) {
        let Effect { ramp_days, fade_days, .. } = self.effect;
        self.whole(ui, actions);
        let whole = ["Whole after, days", "days until whole"];
        self.figure(ui, whole, &ramp_days.value.to_string(), view, actions, |text| {
            let days = days_in(text)?;
            Ok(self.with(|effect| effect.ramp_days.change(days)))
        });
        self.source(ui, ("days until whole", ramp_days), u16::to_string, view, actions, |effect| &mut effect.ramp_days);
        let gone = ["Gone after, days", "days until gone"];
        self.figure(ui, gone, &fade_days.value.to_string(), view, actions, |text| {
            let days = days_in(text)?;
            Ok(self.with(|effect| effect.fade_days.change(days)))
        });
        self.source(ui, ("days until gone", fade_days), u16::to_string, view, actions, |effect| &mut effect.fade_days);
    }
}

/// What it runs on ends on the day it did, or else the day before a milestone that renews it, so that no day is lost until
/// one of them moves.
fn renew(effect: &mut Effect, milestone: Option<&Milestone>) {
    let ended = effect.renewal.take().map(|renewal| renewal.ends);
    effect.renewal = milestone.map(|milestone| {
        let due = milestone.due.value;
        let ends = ended.unwrap_or_else(|| Figure::entered(due.plus_days(-1).unwrap_or(due)));
        Renewal { ends, with: milestone.id.clone() }
    });
}
