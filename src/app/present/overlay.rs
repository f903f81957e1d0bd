//! What lies over a page when it is asked for: the keys, the choice of sliders, the states that were kept.

use eframe::egui::scroll_area::ScrollBarVisibility;
use eframe::egui::{self, Button, Key, Label, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo, vec2};

use super::keys::KEYS;
use super::{Presentation, Screen, Snapshot};
use crate::app::announce::name_part;
use crate::app::dialogs;
use crate::app::document::Document;
use crate::app::text_box::select_all;
use crate::app::theme::{self, bold, palette, regular};
use crate::app::view::{Action, Message, View};
use crate::calendar::FinancialYear;
use crate::chart::Table;
use crate::present::{AS_IT_STANDS, Lever, MOST_LEVERS, Picture, as_kept, side_by_side, whose_figures};
use crate::scenario::bookmark::{Bookmark, MOST_BOOKMARKS, suggested_name};
use crate::scenario::{Edit, Scenario, Scheme};

/// Further than anything is long, in points.
const FURTHEST: f32 = 1e6;

/// What lies over the page.
pub(super) enum Overlay {
    /// Every key.
    Help,
    /// The choice of sliders; what is looked for among the schemes.
    Levers { find: String },
    /// A name for the state to be kept.
    Keep { name: String, why_not: Option<String> },
    /// The states kept: one to be renamed, two to be compared.
    Kept { renaming: Option<Renaming>, compared: Vec<usize> },
    /// The page's chart as a table, whatever it comes to.
    Table,
    /// Two states side by side, each with its name.
    Compared { names: [String; 2], states: Box<[Snapshot; 2]> },
}

/// A state that is being given another name.
pub(super) struct Renaming {
    at: usize,
    name: String,
    why_not: Option<String>,
}

impl Overlay {
    pub(super) fn levers() -> Self {
        Self::Levers { find: String::new() }
    }

    pub(super) fn keep(document: &Document) -> Self {
        Self::Keep { name: suggested_name(document.scenario()), why_not: None }
    }

    pub(super) fn kept() -> Self {
        Self::Kept { renaming: None, compared: Vec::new() }
    }
}

/// Shows what lies over the page on this screen, until it is closed.
pub(super) fn show(
    ui: &Ui,
    screen: Screen,
    presentation: &mut Presentation,
    document: &Document,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let is_here = presentation.overlay_on() == Some(screen);
    let Some(mut overlay) = presentation.overlay.take_if(|_| is_here) else { return };
    if let Overlay::Kept { renaming, .. } = &mut overlay
        && renaming.is_some()
        && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Escape))
    {
        // Esc first takes back what is being typed, as everywhere.
        *renaming = None;
    }
    let room = ui.ctx().content_rect().size();
    let modal =
        egui::Modal::new(egui::Id::unique("over the page")).frame(dialogs::frame(ui.ctx())).show(ui.ctx(), |ui| {
            ui.set_max_width((room.x - 80.0).min(780.0 * theme::scale(ui) / 1.565));
            ui.set_max_height(room.y - 80.0);
            match &mut overlay {
                Overlay::Help => help(ui),
                Overlay::Levers { find } => levers(ui, find, presentation, document),
                Overlay::Keep { name, why_not } => {
                    keep(ui, (name, why_not), presentation.seen(document), document, view, actions)
                }
                Overlay::Kept { .. } => kept(ui, &mut overlay, presentation, document, view, actions),
                Overlay::Table => match presentation.page(document).picture {
                    Picture::Chart(chart) => show_table(ui, &chart.title, None, &chart.table),
                    Picture::List(_) => true,
                },
                Overlay::Compared { names, states } => compared(ui, names, states),
            }
        });
    if modal.inner || modal.should_close() {
        // What had the keyboard is gone; the next key is the page's.
        ui.memory_mut(|memory| memory.focused().map(|id| memory.surrender_focus(id)));
        ui.ctx().request_repaint_of(egui::ViewportId::ROOT);
    } else {
        presentation.overlay = Some(overlay);
    }
}

/// Scrolls what it is said in by arrows, Page keys, Home and End, while no text is being typed.
fn hear_scrolling(ui: &mut Ui) {
    if ui.ctx().text_edit_focused() {
        return;
    }
    let line = ui.spacing().interact_size.y;
    let page = ui.clip_rect().height() - line;
    let moves = [
        (Key::ArrowDown, vec2(0.0, -line)),
        (Key::ArrowUp, vec2(0.0, line)),
        (Key::ArrowRight, vec2(-3.0 * line, 0.0)),
        (Key::ArrowLeft, vec2(3.0 * line, 0.0)),
        (Key::PageDown, vec2(0.0, -page)),
        (Key::PageUp, vec2(0.0, page)),
        (Key::Home, vec2(FURTHEST, FURTHEST)),
        (Key::End, vec2(0.0, -FURTHEST)),
    ];
    for (key, by) in moves {
        if ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key)) {
            ui.scroll_with_delta(by);
        }
    }
}

fn heading(ui: &mut Ui, text: &str) {
    name_part(ui, text);
    let font = bold(theme::TITLE * theme::scale(ui));
    ui.add(Label::new(RichText::new(text).font(font).color(palette(ui).ink)).wrap());
}

fn quiet(ui: &mut Ui, text: &str) {
    let font = regular(theme::SMALL * theme::scale(ui));
    ui.add(Label::new(RichText::new(text).font(font).color(palette(ui).quiet)).wrap());
}

fn help(ui: &mut Ui) -> bool {
    heading(ui, "Keys while presenting");
    let height = ui.available_height() - 60.0;
    let area = ScrollArea::vertical().max_height(height.max(120.0));
    area.scroll_bar_visibility(ScrollBarVisibility::AlwaysVisible).show(ui, |ui| {
        hear_scrolling(ui);
        egui::Grid::new("keys").num_columns(2).spacing(egui::vec2(24.0, 4.0)).show(ui, |ui| {
            for (keys, what) in KEYS {
                ui.label(RichText::new(keys).font(bold(theme::SMALL * theme::scale(ui))));
                ui.label(RichText::new(what).font(regular(theme::SMALL * theme::scale(ui))));
                ui.end_row();
            }
        });
    });
    let again = ui.input_mut(|input| {
        input.consume_key(egui::Modifiers::NONE, Key::H) || input.consume_key(egui::Modifiers::NONE, Key::Questionmark)
    });
    ui.button("Close").clicked() || again
}

/// Schemes by year; up to three of them may be moved on the page.
fn levers(ui: &mut Ui, find: &mut String, presentation: &mut Presentation, document: &Document) -> bool {
    let topic = presentation.topic(document);
    let chosen = presentation.levers(topic);
    heading(ui, "What may be moved on this page?");
    quiet(ui, &format!("Up to {MOST_LEVERS} sliders; {} chosen", chosen.len()));
    let field = ui.add(TextEdit::singleline(find).hint_text("Find a scheme").char_limit(80));
    ui.ctx().accesskit_node_builder(field.id, |node| node.set_label("Find a scheme"));
    let scenario = document.scenario();
    let years: Vec<FinancialYear> = scenario.fund.grant.iter().map(|(year, _)| year).collect();
    let wanted = find.to_lowercase();
    let found: Vec<&Scheme> = scenario
        .schemes
        .iter()
        .map(AsRef::as_ref)
        .filter(|scheme| scheme.name.to_lowercase().contains(&wanted))
        .collect();
    let height = (ui.available_height() - 70.0).max(120.0);
    let row = ui.spacing().interact_size.y;
    ScrollArea::vertical().max_height(height).show_rows(ui, row, found.len(), |ui, rows| {
        for scheme in &found[rows] {
            ui.horizontal(|ui| {
                for year in &years {
                    choice(ui, scheme, *year, chosen);
                }
                ui.add(Label::new(&scheme.name).truncate());
            });
        }
    });
    ui.button("Done").clicked()
}

fn choice(ui: &mut Ui, scheme: &Scheme, year: FinancialYear, chosen: &mut Vec<Lever>) {
    let lever = Lever { scheme: scheme.id.clone(), year };
    let at = chosen.iter().position(|known| *known == lever);
    let enabled = !scheme.locked && (at.is_some() || chosen.len() < MOST_LEVERS);
    let response = ui.add_enabled(enabled, Button::selectable(at.is_some(), year.short()));
    let name = format!("Slider for {} {year}", scheme.name);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, enabled, at.is_some(), &name));
    if response.clicked() {
        match at {
            Some(at) => drop(chosen.remove(at)),
            None => chosen.push(lever),
        }
    }
}

/// Asks for a name and keeps the money that the room sees under it.
fn keep(
    ui: &mut Ui,
    (name, why_not): (&mut String, &mut Option<String>),
    seen: &Scenario,
    document: &Document,
    view: &mut View,
    actions: &mut Vec<Action>,
) -> bool {
    heading(ui, "Keep this state of the money as …");
    let (field, entered) = name_field(ui, name);
    if !field.has_focus() && !entered {
        field.request_focus();
        select_all(ui, field.id, name);
    }
    if let Some(why_not) = why_not {
        ui.label(RichText::new(format!("■ {why_not}")).color(palette(ui).bad));
    }
    let (kept, closed) =
        ui.horizontal(|ui| (ui.button("Keep").clicked() || entered, ui.button("Cancel").clicked())).inner;
    if kept {
        *why_not = refusal(document.scenario(), name, None);
        if why_not.is_none() {
            let bookmark = Bookmark::of(seen, name.trim());
            view.message = None;
            let keep = Edit::KeepBookmark { at: usize::MAX, bookmark: Box::new(bookmark) };
            actions.push(Action::Tell(keep, format!("Kept as “{}”; L lists the kept states", name.trim()).into()));
            return true;
        }
    }
    closed
}

fn name_field(ui: &mut Ui, name: &mut String) -> (egui::Response, bool) {
    let field = ui.add(TextEdit::singleline(name).char_limit(80).desired_width(f32::INFINITY));
    ui.ctx().accesskit_node_builder(field.id, |node| node.set_label("Name of the kept state"));
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    (field, entered)
}

/// Why a state can't be kept under that name or renamed to it, if it can't.
fn refusal(scenario: &Scenario, name: &str, renamed: Option<usize>) -> Option<String> {
    if renamed.is_none() && scenario.bookmarks.len() >= MOST_BOOKMARKS {
        return Some(format!("{MOST_BOOKMARKS} states are kept, which is the most: remove one (L lists them)"));
    }
    if name.trim().is_empty() {
        return Some("It needs a name: write one".to_owned());
    }
    let mut others = scenario.bookmarks.iter().enumerate().filter(|(at, _)| Some(*at) != renamed);
    others
        .any(|(_, other)| other.name == name.trim())
        .then(|| format!("“{}” is kept already: write another name", name.trim()))
}

/// The states kept: go to one, rename it, remove it, or compare two.
fn kept(
    ui: &mut Ui,
    overlay: &mut Overlay,
    presentation: &mut Presentation,
    document: &Document,
    view: &mut View,
    actions: &mut Vec<Action>,
) -> bool {
    let Overlay::Kept { renaming, compared } = overlay else { return true };
    let scenario = document.scenario();
    heading(ui, "Kept states");
    if scenario.bookmarks.is_empty() {
        quiet(ui, "None yet. K keeps the money as it stands under a name, and you can come back to it.");
        return ui.button("Close").clicked();
    }
    let mut close = false;
    let height = (ui.available_height() - 110.0).max(120.0);
    ScrollArea::vertical().max_height(height).show(ui, |ui| {
        theme::firm_edges(ui);
        hear_scrolling(ui);
        for (at, bookmark) in scenario.bookmarks.iter().enumerate() {
            ui.horizontal(|ui| {
                if let Some(typed) = renaming.as_mut().filter(|typed| typed.at == at) {
                    if rename(ui, typed, scenario, &bookmark.name, actions) {
                        *renaming = None;
                    }
                    return;
                }
                let named = |verb: &str| format!("{verb} {}", bookmark.name);
                let button = |ui: &mut Ui, text: String, name: String| {
                    let response = ui.button(text);
                    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
                    response.clicked()
                };
                let here = bookmark.is_state_of(scenario);
                let mark = if here { "● " } else { "" };
                if button(ui, format!("{mark}{}. {}", at + 1, bookmark.name), named("Go to")) {
                    actions.push(Action::Do(bookmark.going_to(scenario)));
                    presentation.flipped = false;
                    close = true;
                }
                let mut is_compared = compared.contains(&at);
                let compare = ui.checkbox(&mut is_compared, "Compare");
                compare.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_compared, named("Compare")));
                if compare.clicked() {
                    compared.retain(|other| *other != at);
                    if is_compared {
                        compared.push(at);
                    }
                    let surplus = compared.len().saturating_sub(2);
                    compared.drain(..surplus);
                }
                if button(ui, "Rename".to_owned(), named("Rename")) {
                    *renaming = Some(Renaming { at, name: bookmark.name.clone(), why_not: None });
                }
                if button(ui, "Remove".to_owned(), named("Remove")) {
                    actions.push(Action::Do(Edit::RemoveBookmark(bookmark.name.clone())));
                    compared.clear();
                }
            });
        }
    });
    quiet(ui, "Compare two, or one with the plan as it stands now. ● is where the plan stands.");
    let (compare, closed) = ui
        .horizontal(|ui| {
            let enabled = !compared.is_empty();
            (ui.add_enabled(enabled, Button::new("Side by side")).clicked(), ui.button("Close").clicked())
        })
        .inner;
    if compare {
        let chosen = [compared.first(), compared.get(1)].map(|at| at.and_then(|at| scenario.bookmarks.get(*at)));
        match chosen.map(|kept| state(scenario, kept, ui.ctx())) {
            [Some((one, left)), Some((other, right))] => {
                *overlay = Overlay::Compared { names: [one, other], states: Box::new([left, right]) };
            }
            _ => view.message = Some(Message::refusal("One of the two states can’t be gone to from this plan")),
        }
    }
    close || closed
}

/// A kept state, or the plan as it stands, with its name.
fn state(scenario: &Scenario, kept: Option<&Bookmark>, waker: &egui::Context) -> Option<(String, Snapshot)> {
    let (name, scenario) = match kept {
        Some(kept) => (kept.name.clone(), as_kept(scenario, kept)?),
        None => (AS_IT_STANDS.to_owned(), scenario.clone()),
    };
    Some((name, Snapshot::of(&scenario, None, waker.clone()).ok()?))
}

/// Asks for another name of a state; whether that is done.
fn rename(ui: &mut Ui, typed: &mut Renaming, scenario: &Scenario, name: &str, actions: &mut Vec<Action>) -> bool {
    let Renaming { at, name: to, why_not } = typed;
    let mut done = false;
    ui.vertical(|ui| {
        let (field, entered) = name_field(ui, to);
        if entered {
            *why_not = refusal(scenario, to, Some(*at));
            done = why_not.is_none();
        }
        // It has the keyboard from the start, and once more after what it refused.
        if !done && !field.has_focus() && (entered || !field.lost_focus()) {
            field.request_focus();
            select_all(ui, field.id, to);
        }
        done |= field.lost_focus() && !entered;
        if let Some(why_not) = why_not {
            ui.label(RichText::new(format!("■ {why_not}")).color(palette(ui).bad));
        }
        if done && entered && to.trim() != name {
            let edit = Edit::RenameBookmark { name: name.to_owned(), to: to.trim().to_owned() };
            actions.push(Action::Do(edit));
        }
    });
    done
}

/// Two states side by side, as far as chance has been run for both.
fn compared(ui: &mut Ui, [one, other]: &[String; 2], states: &mut [Snapshot; 2]) -> bool {
    states.iter_mut().for_each(Snapshot::hear);
    let [left, right] = &*states;
    let runs = left.replications().min(right.replications());
    let plans = [left.plan(runs), right.plan(runs)];
    let (finding, table) = side_by_side([(one, plans[0]), (other, plans[1])]);
    show_table(ui, &finding, Some(&whose_figures([&plans[0], &plans[1]])), &table)
}

fn show_table(ui: &mut Ui, finding: &str, note: Option<&str>, table: &Table) -> bool {
    heading(ui, finding);
    if let Some(note) = note {
        quiet(ui, note);
    }
    let font = |strong: bool| {
        if strong { bold(theme::SMALL * theme::scale(ui)) } else { regular(theme::SMALL * theme::scale(ui)) }
    };
    let (strong, plain) = (font(true), font(false));
    let height = (ui.available_height() - 60.0).max(120.0);
    let area = ScrollArea::both().max_height(height);
    area.scroll_bar_visibility(ScrollBarVisibility::AlwaysVisible).show(ui, |ui| {
        hear_scrolling(ui);
        egui::Grid::new("table").num_columns(table.columns.len()).spacing(egui::vec2(28.0, 6.0)).striped(true).show(
            ui,
            |ui| {
                for row in std::iter::once(&table.columns).chain(&table.rows) {
                    let is_head = std::ptr::eq(row, &raw const table.columns);
                    for cell in row {
                        ui.label(RichText::new(cell).font(if is_head { strong.clone() } else { plain.clone() }));
                    }
                    ui.end_row();
                }
            },
        );
    });
    ui.button("Close").clicked()
}
