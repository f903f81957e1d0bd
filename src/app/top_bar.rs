//! The bar at the top: what is open, whether it is saved, the menus, undo and redo, light and dark.

use eframe::egui::{self, Align, Button, Label, Layout, RichText, Role, Ui, WidgetInfo};

use super::command::Command;
use super::disk::{Disk, file_name};
use super::document::Document;
use super::settings::Settings;
use super::theme::{self, bold, palette};
use super::view::Action;
use crate::bundled::PAPERS;
use crate::scenario::bookmark::suggested_name;
use crate::scenario::{Bookmark, Edit};

/// Room for the words on the undo button, in letters.
const UNDO_LETTERS: usize = 64;

pub(super) fn show(ui: &mut Ui, document: &Document, disk: &Disk, settings: &Settings, actions: &mut Vec<Action>) {
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
        if let Some(name) = document.previous_of().map(file_name) {
            ui.label(RichText::new(format!("previous version of {name}")).color(palette(ui).quiet));
        }
        if document.is_changed() {
            ui.label(RichText::new("● unsaved").color(palette(ui).warning));
        }
        menus(ui, document, settings, actions);
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

fn menus(ui: &mut Ui, document: &Document, settings: &Settings, actions: &mut Vec<Action>) {
    ui.menu_button("File", |ui| {
        for command in [Command::New, Command::Open, Command::OpenTyped] {
            item(ui, command, true, actions);
        }
        ui.menu_button("Plans from the papers", |ui| {
            for bundled in PAPERS {
                item(ui, Command::OpenBundled(bundled), true, actions);
            }
        });
        ui.menu_button("Open recent", |ui| recent(ui, settings, actions));
        ui.separator();
        for command in [Command::Save, Command::SaveAs, Command::SaveTyped] {
            item(ui, command, true, actions);
        }
        item(ui, Command::OpenPrevious, document.path().is_some(), actions);
        item(ui, Command::ShowRecovered, true, actions);
        ui.separator();
        item(ui, Command::Compare, true, actions);
        item(ui, Command::CompareTyped, true, actions);
        item(ui, Command::CompareSaved, document.is_changed(), actions);
        ui.separator();
        item(ui, Command::Quit, true, actions);
    });
    ui.menu_button("Edit", |ui| {
        item(ui, Command::Undo, document.steps().undo_words().is_some(), actions);
        item(ui, Command::Redo, document.steps().redo_words().is_some(), actions);
        item(ui, Command::ShowHistory, true, actions);
        ui.separator();
        item(ui, Command::MoveUp, true, actions);
        item(ui, Command::MoveDown, true, actions);
        ui.separator();
        item(ui, Command::Calibrate, true, actions);
    });
    ui.menu_button("View", |ui| {
        for command in [
            Command::ShowPlan,
            Command::Present,
            Command::ToggleDark,
            Command::ZoomIn,
            Command::ZoomOut,
            Command::ZoomReset,
        ] {
            item(ui, command, true, actions);
        }
        ui.separator();
        kept_states(ui, document, actions);
    });
    ui.menu_button("Help", |ui| item(ui, Command::ShowAbout, true, actions));
}

/// Keeps the money as it stands, or goes to a state kept before. Presenting, they are named, compared and removed.
fn kept_states(ui: &mut Ui, document: &Document, actions: &mut Vec<Action>) {
    let scenario = document.scenario();
    let name = suggested_name(scenario);
    if ui.button(format!("Keep the money as “{name}”")).clicked() {
        let bookmark = Box::new(Bookmark::of(scenario, &name));
        actions.push(Action::Do(Edit::KeepBookmark { at: scenario.bookmarks.len(), bookmark }));
    }
    for bookmark in &scenario.bookmarks {
        if ui.button(format!("Go to “{}”", bookmark.name)).clicked() {
            actions.push(Action::Do(bookmark.going_to(scenario)));
        }
    }
}

fn recent(ui: &mut Ui, settings: &Settings, actions: &mut Vec<Action>) {
    if settings.recent().is_empty() {
        ui.label("No recent files");
    }
    for path in settings.recent() {
        if ui.button(file_name(path)).on_hover_text(path.display().to_string()).clicked() {
            actions.push(Action::OpenRecent(path.clone()));
        }
    }
}

fn item(ui: &mut Ui, command: Command, enabled: bool, actions: &mut Vec<Action>) {
    let mut button = Button::new(command.label());
    if let Some(keys) = command.keys(ui.ctx()) {
        button = button.shortcut_text(keys);
    }
    if ui.add_enabled(enabled, button).clicked() {
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
