//! What can be asked for that hangs on the plan at hand: states kept, schemes added, locked or taken out, charts copied,
//! files opened last. The menus and the finder offer the same.

use super::allocations::add_actions;
use super::disk::file_name;
use super::document::Document;
use super::exporting::Take;
use super::inspector::remove_action;
use super::settings::Settings;
use super::view::{Action, Selection};
use crate::scenario::bookmark::{Bookmark, suggested_name};
use crate::scenario::{Area, Edit};

/// One thing that can be asked for.
pub(super) struct Offer {
    /// As a menu has it.
    pub label: String,
    /// More of it, for those who hesitate.
    pub about: String,
    pub actions: Vec<Action>,
}

impl Offer {
    fn new(label: String, actions: impl IntoIterator<Item = Action>) -> Self {
        Self { label, about: String::new(), actions: actions.into_iter().collect() }
    }
}

/// Keeps the money as it stands, or goes to a state kept before. Presenting, they are named, compared and removed.
pub(super) fn kept(document: &Document) -> Vec<Offer> {
    let scenario = document.scenario();
    let name = suggested_name(scenario);
    let bookmark = Box::new(Bookmark::of(scenario, &name));
    let keep = Action::Do(Edit::KeepBookmark { at: scenario.bookmarks.len(), bookmark });
    let go = scenario
        .bookmarks
        .iter()
        .map(|kept| Offer::new(format!("Go to “{}”", kept.name), [Action::Do(kept.going_to(scenario))]));
    [Offer::new(format!("Keep the money as “{name}”"), [keep])].into_iter().chain(go).collect()
}

/// A scheme more in any area; the selected one locked, unlocked or taken out.
pub(super) fn schemes(document: &Document, selection: &Selection) -> Vec<Offer> {
    let scenario = document.scenario();
    let added = Area::ALL
        .into_iter()
        .filter_map(|area| Some(Offer::new(format!("Add a scheme to {area}"), add_actions(scenario, area)?)));
    let selected = match selection {
        Selection::Scheme(id) => scenario.scheme(id).map(|(_, scheme)| scheme),
        _ => None,
    };
    let of_selected = selected.into_iter().flat_map(|scheme| {
        let verb = if scheme.locked { "Unlock" } else { "Lock" };
        let lock = Edit::SetLocked { scheme: scheme.id.clone(), locked: !scheme.locked };
        [
            Offer::new(format!("{verb} {}", scheme.name), [Action::Do(lock)]),
            Offer::new(format!("Take {} out", scheme.name), [remove_action(scenario, scheme)]),
        ]
    });
    added.chain(of_selected).collect()
}

/// Each chart as a picture or a table, to be pasted or saved.
pub(super) fn charts(document: &Document) -> Vec<Offer> {
    let charts = document.figures().charts.iter().enumerate();
    let takes = charts.flat_map(|(at, chart)| {
        Take::ALL.map(|take| {
            let actions = [Action::ShowChart(at), Action::TakeChart(at, take)];
            Offer::new(format!("{}: {}", chart.name, take.label()), actions)
        })
    });
    takes.collect()
}

/// The files opened last.
pub(super) fn recent(settings: &Settings) -> Vec<Offer> {
    let offer = |path: &std::path::PathBuf| Offer {
        label: file_name(path),
        about: path.display().to_string(),
        actions: vec![Action::OpenRecent(path.clone())],
    };
    settings.recent().iter().map(offer).collect()
}
