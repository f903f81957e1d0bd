//! A scheme's effects in the inspector: on which pathway, what changes there, by how much, for how much money, from when.

use eframe::egui::{Button, Ui};

use super::rows::{self, begin_one_of, choice, choice_in, day_in, days_in, pounds_in, removable};
use super::sources::sourced;
use super::{FigureBox, range_boxes, range_in_words, section, small};
use crate::app::theme::{BODY, bold};
use crate::app::view::{Action, View};
use crate::scenario::edit::{effect_changing, effect_on, effect_starting, new_effect};
use crate::scenario::{Change, Edit, Effect, Figure, Milestone, Pathway, Quantity, Renewal, Scenario, Scheme, Start};

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

    /// When it begins: on a day of its own, or with a milestone.
    fn start(&self, ui: &mut Ui, view: &mut View, actions: &mut Vec<Action>) {
        let milestones = &self.scheme.milestones;
        let mut options = vec!["On a day of its own".to_owned()];
        options.extend(milestones.iter().map(|milestone| format!("With “{}”", milestone.name)));
        let chosen = match &self.effect.start {
            Start::On(_) => Some(0),
            Start::Milestone(id) => milestones.iter().position(|milestone| milestone.id == *id).map(|at| at + 1),
        };
        let name = format!("{}, start with", self.name);
        let picked = ui.horizontal(|ui| {
            ui.label("Starts");
            choice(ui, &name, &options, chosen, self.is_open() && options.len() > 1)
        });
        if let Some(to) = picked.inner {
            let milestone = to.checked_sub(1).and_then(|at| milestones.get(at)).map(|milestone| &milestone.id);
            actions.extend(effect_starting(self.scheme, self.at, milestone).map(Action::Do));
        }
        if let Start::On(date) = &self.effect.start {
            self.figure(ui, ["Day", "start"], &date.value.to_string(), view, actions, |text| {
                let date = day_in(text)?;
                Ok(Edit::SetEffectStart { scheme: self.scheme.id.clone(), effect: self.at, date })
            });
            let name = format!("{}, start", self.name);
            let (scenario, open) = (self.scenario, self.is_open());
            let date = sourced(ui, scenario, &name, date, |was| was.in_words(), open, &mut view.typing);
            actions.extend(date.map(|date| Action::Do(self.with(|effect| effect.start = Start::On(date)))));
        }
    }

    /// Whether the days until it is whole are counted from its start or from a milestone.
    fn whole(&self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let milestones = &self.scheme.milestones;
        if milestones.is_empty() {
            return;
        }
        let mut options = vec!["Days after its start".to_owned()];
        options.extend(milestones.iter().map(|milestone| format!("Days after “{}”", milestone.name)));
        let chosen = match &self.effect.whole_after {
            None => Some(0),
            Some(id) => milestones.iter().position(|milestone| milestone.id == *id).map(|at| at + 1),
        };
        let name = format!("{}, whole after", self.name);
        let picked = ui.horizontal(|ui| {
            ui.label("Whole");
            choice(ui, &name, &options, chosen, self.is_open())
        });
        if let Some(to) = picked.inner {
            let milestone = to.checked_sub(1).and_then(|at| milestones.get(at)).map(|milestone| milestone.id.clone());
            actions.push(Action::Do(self.with(|effect| effect.whole_after = milestone)));
        }
        if self.effect.whole_after.is_some() {
            small(ui, format!("Whole {} days after it starts", self.scheme.ramp_of(self.effect)));
        }
    }

    /// Whether it runs for as long as there is money, or on something that ends and is renewed with a milestone.
    fn renewed(&self, ui: &mut Ui, view: &mut View, actions: &mut Vec<Action>) {
        let milestones = &self.scheme.milestones;
        if milestones.is_empty() {
            return;
        }
        let mut options = vec!["Not needed".to_owned()];
        options.extend(milestones.iter().map(|milestone| format!("With “{}”", milestone.name)));
        let chosen = match &self.effect.renewal {
            None => Some(0),
            Some(Renewal { with, .. }) => milestones.iter().position(|it| it.id == *with).map(|at| at + 1),
        };
        let name = format!("{}, renewed with", self.name);
        let picked = ui.horizontal(|ui| {
            ui.label("Renewed");
            choice(ui, &name, &options, chosen, self.is_open())
        });
        if let Some(to) = picked.inner {
            let milestone = to.checked_sub(1).and_then(|at| milestones.get(at));
            actions.push(Action::Do(self.with(|effect| renew(effect, milestone))));
        }
        let Some(Renewal { ends, .. }) = &self.effect.renewal else { return };
        self.figure(ui, ["Ends on", "ends"], &ends.value.to_string(), view, actions, |text| {
            let date = day_in(text)?;
            Ok(self.with(|effect| effect.renewal.iter_mut().for_each(|renewal| renewal.ends.change(date))))
        });
        let name = format!("{}, ends", self.name);
        let (scenario, open) = (self.scenario, self.is_open());
        if let Some(to) = sourced(ui, scenario, &name, ends, |was| was.in_words(), open, &mut view.typing) {
            let renew = |effect: &mut Effect| effect.renewal.iter_mut().for_each(|it| it.ends = to.clone());
            actions.push(Action::Do(self.with(renew)));
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
