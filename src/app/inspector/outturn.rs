//! The outturn in the inspector: months published since the plan was written, what the forecast said of each, and
//! boxes for the next one.

use eframe::egui::{Align2, Label, RichText, Ui};

use super::rows::{month_in, removable};
use super::sources::sourced;
use super::{FigureBox, section, small};
use crate::app::document::Document;
use crate::app::text_box::{TextBox, Typed};
use crate::app::theme::{BODY, palette, regular};
use crate::app::view::{Action, Message, View};
use crate::chart::{count, outturn_in_words};
use crate::forecast::{OutturnFigures, Verdict, outturn};
use crate::scenario::edit::outturn_days;
use crate::scenario::{Edit, MonthOfOutturn, Scenario};

const BOX_WIDTH: f32 = 84.0;

pub(super) fn show(ui: &mut Ui, document: &Document, view: &mut View, actions: &mut Vec<Action>) {
    let scenario = document.scenario();
    section(ui, "Outturn: delayed days since the plan");
    let judged = outturn(scenario, document.figures().chance.as_ref());
    for (month, figures) in scenario.outturn.iter().zip(&judged) {
        known(ui, scenario, month, figures, view, actions);
    }
    next(ui, scenario, view, actions);
    small(
        ui,
        "Months published after the plan was written are held against the bands. No figure of the forecast moves.",
    );
}

/// A month that is known: its days, to be put right or taken out, and where it lies.
fn known(
    ui: &mut Ui,
    scenario: &Scenario,
    month: &MonthOfOutturn,
    figures: &OutturnFigures,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let said = month.month.in_words();
    let days = &month.delayed_days;
    let (name, help) = (format!("Remove the outturn for {said}"), "Takes the month out; undo brings it back");
    let removed = removable(ui, &name, help, true, |ui| {
        let (name, shown) = (format!("Delayed days in {said}"), count(days.value.into()));
        let label = month.month.short();
        let figure = FigureBox { label: &label, name: &name, shown: &shown, width: BOX_WIDTH, enabled: true };
        figure.show(ui, &mut view.typing, actions, |text| Ok(outturn_days(scenario, month.month, days_in(text)?)));
    });
    if removed {
        actions.push(Action::Do(Edit::RemoveOutturn(month.month)));
    }
    let (mark, shade) = match figures.judged.map(|judged| judged.verdict) {
        Some(Verdict::Above) => ("▲ ", palette(ui).bad),
        Some(Verdict::Below) => ("▼ ", palette(ui).good),
        Some(Verdict::Inside) => ("● ", palette(ui).ink),
        None => ("", palette(ui).quiet),
    };
    let verdict = RichText::new(format!("{mark}{}", outturn_in_words(figures))).font(regular(BODY)).color(shade);
    ui.add(Label::new(verdict).wrap());
    if let Some(by) = month.responsible {
        let [nhs, social_care, both] = [by.nhs, by.social_care, by.both].map(|days| count(days.into()));
        small(ui, format!("The NHS {nhs}, social care {social_care}, both {both}"));
    }
    if !month.reasons.is_empty() {
        let reasons = month.reasons.iter().map(|(reason, days)| format!("{reason:?} {}", count((*days).into())));
        small(ui, reasons.collect::<Vec<_>>().join(", "));
    }
    let (name, in_words) = (format!("the outturn for {said}"), |was: &u32| count((*was).into()));
    let delayed_days = sourced(ui, scenario, &name, days, in_words, true, &mut view.typing);
    actions.extend(delayed_days.map(|delayed_days| {
        let to = MonthOfOutturn { delayed_days, ..month.clone() };
        Action::Do(Edit::SetOutturn(to))
    }));
}

/// Boxes for the next month: which, the one after the last known unless another is typed, and its days.
fn next(ui: &mut Ui, scenario: &Scenario, view: &mut View, actions: &mut Vec<Action>) {
    let Some(month) = view.outturn_month.or_else(|| scenario.next_outturn()) else { return };
    let (shown, name) = (month.to_string(), "Month of the next outturn");
    let which = FigureBox { label: "Add the month", name, shown: &shown, width: BOX_WIDTH, enabled: true };
    which.labelled(ui, |ui| {
        let (width, align) = (which.width, Align2::RIGHT_CENTER);
        let text_box = TextBox { name, shown: &shown, width, enabled: true, align };
        match text_box.show(ui, &mut view.typing, |text| month_in(text, scenario)).1 {
            Typed::Value(month) => view.outturn_month = Some(month),
            Typed::Refused(reason) => actions.push(Action::Say(Message::refusal(reason))),
            Typed::Nothing => {}
        }
    });
    let name = format!("Delayed days to add in {}", month.in_words());
    let days = FigureBox { label: "Its delayed days", name: &name, shown: "–", width: BOX_WIDTH, enabled: true };
    let before = actions.len();
    days.show(ui, &mut view.typing, actions, |text| Ok(outturn_days(scenario, month, days_in(text)?)));
    if matches!(actions.get(before), Some(Action::Do(_))) {
        view.outturn_month = None;
    }
}

/// `6,414` or `6414`: whole days of everyone delayed in the month.
fn days_in(text: &str) -> Result<u32, String> {
    let digits = text.trim().replace(',', "");
    let plain = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    let days = if plain { digits.parse().ok() } else { None };
    days.ok_or_else(|| format!("“{:.24}” is not a number of delayed days; write one such as 6,414", text.trim()))
}
