//! The bar at the top: what is open, whether it is saved, the menus, undo and redo, light and dark.

use eframe::egui::{self, Align, Button, Label, Layout, RichText, Role, Ui, WidgetInfo};

use super::command::{Command, Item, MENUS, Said};
use super::disk::{Disk, file_name};
use super::document::Document;
use super::offers::{self, Offer};
use super::settings::Settings;
use super::theme::{self, bold, palette};
use super::view::{Action, Selection};
use crate::bundled::PAPERS;

/// Room for the words on the undo button, in letters.
const UNDO_LETTERS: usize = 64;

pub(super) fn show(
    ui: &mut Ui,
    document: &Document,
    disk: &Disk,
    settings: &Settings,
    selection: &Selection,
    actions: &mut Vec<Action>,
) {
    egui::MenuBar::new().ui(ui, |ui| {
        ui.add(
            Label::new(RichText::new(&document.scenario().title).font(bold(theme::TITLE)).color(palette(ui).ink))
                .truncate(),
        );
        if let Some(words) = disk.guarded() {
            ui.label(RichText::new("■ read-only").color(palette(ui).warning)).on_hover_text(format!(
                "{words}, so changes can't be saved there; File › Save as… keeps them under another name."
            ));
        }
        if document.newer().is_some() {
            ui.label(RichText::new("■ read-only").color(palette(ui).warning));
        }
        if let Some(name) = document.previous_of().map(file_name) {
            ui.label(RichText::new(format!("previous version of {name}")).color(palette(ui).quiet));
        }
        if document.is_changed() {
            ui.label(RichText::new("● unsaved").color(palette(ui).warning));
        }
        menus(ui, document, disk, settings, selection, actions);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let shade = if ui.visuals().dark_mode { "Light" } else { "Dark" };
            button(ui, shade, "Switch between light and dark", true, Command::ToggleDark, actions);
            button(ui, "Present", "Present, full screen", true, Command::Present, actions);
            let redo = document.steps().redo_words();
            button(ui, "↪", &told("Redo", redo), redo.is_some(), Command::Redo, actions);
            let undo = document.steps().undo_words();
            let label = undo.map_or_else(|| "↩ Undo".to_owned(), |words| format!("↩ Undo {}", shortened(words)));
            button(ui, &label, &told("Undo", undo), undo.is_some(), Command::Undo, actions);
        });
    });
}

fn menus(
    ui: &mut Ui,
    document: &Document,
    disk: &Disk,
    settings: &Settings,
    selection: &Selection,
    actions: &mut Vec<Action>,
) {
    for (name, items) in MENUS {
        ui.menu_button(name, |ui| {
            for item in items {
                match item {
                    Item::Run(command) => run(ui, *command, command.why_not(document, disk), actions),
                    Item::Bundled => drop(ui.menu_button("Plans from the papers", |ui| bundled(ui, actions))),
                    Item::Recent => drop(ui.menu_button("Open recent", |ui| recent(ui, settings, actions))),
                    Item::Kept => offered(ui, offers::kept(document), actions),
                    Item::Schemes => offered(ui, offers::schemes(document, selection), actions),
                    Item::Charts => {
                        ui.menu_button("Copy or save a chart", |ui| offered(ui, offers::charts(document), actions));
                    }
                    Item::Rule => drop(ui.separator()),
                }
            }
        });
    }
}

fn offered(ui: &mut Ui, offers: Vec<Offer>, actions: &mut Vec<Action>) {
    for offer in offers {
        let mut response = ui.button(offer.label);
        if !offer.about.is_empty() {
            response = response.on_hover_text(offer.about);
        }
        if response.clicked() {
            actions.extend(offer.actions);
        }
    }
}

fn recent(ui: &mut Ui, settings: &Settings, actions: &mut Vec<Action>) {
    if settings.recent().is_empty() {
        ui.label("No recent files");
    }
    offered(ui, offers::recent(settings), actions);
}

fn bundled(ui: &mut Ui, actions: &mut Vec<Action>) {
    for bundled in PAPERS {
        if ui.button(bundled.label).clicked() {
            actions.push(Action::OpenBundled(bundled));
        }
    }
}

/// A command as a menu has it; what it does, or why it can't be done, under the pointer.
fn run(ui: &mut Ui, command: Command, why_not: Option<&str>, actions: &mut Vec<Action>) {
    let Said { label, about, .. } = command.said();
    let mut button = Button::new(label);
    if let Some(keys) = command.keys(ui.ctx()) {
        button = button.shortcut_text(keys);
    }
    let response = ui.add_enabled(why_not.is_none(), button).on_hover_text(about);
    if response.on_disabled_hover_text(format!("Not now: {}", why_not.unwrap_or_default())).clicked() {
        actions.push(Action::Run(command));
    }
}

fn button(ui: &mut Ui, label: &str, name: &str, enabled: bool, command: Command, actions: &mut Vec<Action>) {
    let response = ui.add_enabled(enabled, Button::new(label));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    let help = command.keys(ui.ctx()).map_or_else(|| name.to_owned(), |keys| format!("{name} ({keys})"));
    if response.on_hover_text(help).clicked() {
        actions.push(Action::Run(command));
    }
}

fn told(verb: &str, what: Option<&str>) -> String {
    what.map_or_else(|| format!("Nothing to {}", verb.to_lowercase()), |what| format!("{verb} {what}"))
}

fn shortened(words: &str) -> String {
    if words.chars().count() > UNDO_LETTERS {
        words.chars().take(UNDO_LETTERS - 1).chain(['…']).collect()
    } else {
        words.to_owned()
    }
}
