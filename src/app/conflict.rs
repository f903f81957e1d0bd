//! Two versions of the document's file: one's own and the one on disk, side by side in words, until a person has decided.

use std::path::PathBuf;

use eframe::egui::{self, Align, Button, Id, Label, Layout, RichText, ScrollArea, Ui, vec2};

use super::announce::name_part;
use super::dialogs;
use super::disk::file_name;
use super::focus;
use super::theme::{self, bold, palette, regular};
use crate::file::{self, Opened};
use crate::scenario::Scenario;
use crate::scenario::check::Place;
use crate::scenario::compare::{
    Comparison, Conflict as Point, Difference, Merged, Side, compare, grouped, merge_choosing,
};

/// The most differences listed on one side; more than anyone reads before deciding.
const MOST_LISTED: usize = 400;

/// What was found in the place of the document's file.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub path: PathBuf,
    pub bytes: Vec<u8>,
    /// What found it.
    pub by: By,
}

/// What found that the file was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// A save, which waits for the decision.
    Save,
    /// A person who wants to see both versions.
    Look,
    /// A person who wants theirs, having changed nothing.
    Take,
}

/// Both versions, and what each changed since they were one.
pub(super) struct Conflict {
    pub found: Found,
    /// What lies on disk, or why it is no scenario, line by line.
    pub theirs: Result<Box<Opened>, Vec<String>>,
    pub mine: Scenario,
    /// Both together, as far as chosen.
    pub merged: Option<Merged>,
    base: Scenario,
    my_changes: Comparison,
    their_changes: Comparison,
    /// Where theirs was chosen over mine.
    chosen: Vec<Place>,
}

/// What a person decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    Merge,
    KeepMine,
    TakeTheirs,
    SaveAs,
    Cancel,
}

impl Conflict {
    /// Reads what was found, and holds it against one's own; not for the window's thread.
    pub(super) fn of(found: Found, base: Scenario, mine: Scenario) -> Self {
        let name = found.path.display().to_string();
        let theirs = match str::from_utf8(&found.bytes) {
            Ok(text) => file::parse(&name, text).map(Box::new).map_err(|error| error.lines()),
            Err(_) => Err(vec!["It is no text that the planner knows.".to_owned()]),
        };
        let my_changes = compare(&base, &mine);
        let their_changes = theirs.as_ref().map(|theirs| compare(&base, &theirs.scenario)).unwrap_or_default();
        let mut conflict =
            Self { found, theirs, mine, merged: None, base, my_changes, their_changes, chosen: Vec::new() };
        conflict.merge();
        conflict
    }

    fn merge(&mut self) {
        let theirs = self.theirs.as_ref().ok();
        self.merged = theirs.map(|theirs| merge_choosing(&self.base, &self.mine, &theirs.scenario, &self.chosen));
    }

    /// Shows both, and gives what was decided, if it was.
    pub(super) fn show(&mut self, ctx: &egui::Context) -> Option<Choice> {
        let room = ctx.content_rect().size();
        let modal = egui::Modal::new(Id::unique("conflict")).frame(dialogs::frame(ctx)).show(ctx, |ui| {
            ui.set_width((room.x - 120.0).clamp(460.0, 960.0));
            ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
            self.say_what_happened(ui);
            match &self.theirs {
                Ok(_) => {
                    let height = (room.y - 420.0).clamp(110.0, 300.0);
                    self.both_sides(ui, height);
                    self.points(ui, height);
                }
                Err(lines) => unreadable(ui, lines),
            }
            self.decide(ui)
        });
        modal.inner.or_else(|| modal.should_close().then_some(Choice::Cancel))
    }

    fn say_what_happened(&self, ui: &mut Ui) {
        let name = file_name(&self.found.path);
        name_part(ui, &format!("Someone else changed {name}"));
        ui.label(RichText::new(format!("Someone else changed {name}")).font(bold(theme::TITLE)));
        let saved = if self.found.by == By::Save { "Nothing was saved, and nothing is lost. " } else { "" };
        let words = format!("{saved}This is what each of you changed since you opened or last saved it.");
        ui.add(Label::new(words).wrap());
    }

    fn both_sides(&self, ui: &mut Ui, height: f32) {
        ui.columns(2, |columns| {
            if let [left, right] = columns {
                // Columns justify, which would stretch the spaces in a line that is broken.
                let column = Layout::top_down(Align::Min);
                left.with_layout(column, |ui| side(ui, "Yours", &self.my_changes.differences, height));
                right.with_layout(column, |ui| side(ui, "Theirs", &self.their_changes.differences, height));
            }
        });
    }

    /// Where both changed the same thing: one or the other.
    fn points(&mut self, ui: &mut Ui, height: f32) {
        let points = self.merged.as_ref().map(|merged| merged.conflicts.clone()).unwrap_or_default();
        if points.is_empty() {
            return;
        }
        let many =
            if points.len() == 1 { "One figure was".to_owned() } else { format!("{} figures were", points.len()) };
        let words = format!("■ {many} changed by both of you, differently. Choose for a merge:");
        ui.label(RichText::new(words).color(palette(ui).warning));
        let mut moved = false;
        ScrollArea::vertical().id_salt("points").max_height(height * 0.7).show(ui, |ui| {
            for point in points.iter().take(MOST_LISTED) {
                moved |= self.point(ui, point);
            }
            focus::follow(ui);
        });
        if moved {
            self.merge();
        }
    }

    fn point(&mut self, ui: &mut Ui, point: &Point) -> bool {
        let mut taken = point.taken;
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(&point.name).font(bold(theme::BODY)));
            for (side, whose, words) in
                [(Side::Mine, "Mine", &point.mine_in_words), (Side::Theirs, "Theirs", &point.theirs_in_words)]
            {
                let response = ui.radio(taken == side, format!("{whose}: {words}"));
                response.widget_info(|| {
                    let name = format!("{}, {whose}: {words}", point.name);
                    egui::WidgetInfo::selected(egui::Role::RadioButton, true, taken == side, name)
                });
                if response.clicked() {
                    taken = side;
                }
            }
        });
        if taken == point.taken {
            return false;
        }
        self.chosen.retain(|place| *place != point.place);
        if taken == Side::Theirs {
            self.chosen.push(point.place.clone());
        }
        true
    }

    fn decide(&self, ui: &mut Ui) -> Option<Choice> {
        let errors = self.merged.as_ref().map(|merged| merged.errors.as_slice()).unwrap_or_default();
        if let Some(error) = errors.first() {
            let words = format!("■ They can’t be merged as they stand: {}", error.words);
            ui.add(Label::new(RichText::new(words).color(palette(ui).bad)).wrap());
        }
        let has_both = self.merged.is_some() && !self.my_changes.is_empty() && !self.their_changes.is_empty();
        let saves = if self.found.by == By::Save { ", and is saved" } else { "" };
        let kept = "theirs is kept as the previous version, in the File menu";
        let mine = if self.found.by == By::Save || self.theirs.is_err() {
            format!("Your version goes over theirs; {kept}")
        } else {
            format!("Yours stays in the window, and the next save goes over theirs; {kept}")
        };
        let choices = [
            (
                Choice::Merge,
                "Merge both",
                has_both && errors.is_empty(),
                format!("The plan takes in both sides’ changes{saves}; Undo brings yours back"),
            ),
            (Choice::KeepMine, "Keep mine", true, mine),
            (
                Choice::TakeTheirs,
                "Take theirs",
                self.theirs.is_ok(),
                "The plan becomes theirs; Undo brings yours back".to_owned(),
            ),
            (Choice::SaveAs, "Save mine as…", true, "Yours goes to a file of its own".to_owned()),
            (Choice::Cancel, "Cancel", true, "Nothing is saved; both stay as they are".to_owned()),
        ];
        let mut decided = None;
        ui.horizontal(|ui| {
            for (choice, words, enabled, help) in choices {
                let button = ui.add_enabled(enabled, Button::new(words)).on_hover_text(&help);
                if button.clicked() {
                    decided = Some(choice);
                }
            }
        });
        decided
    }
}

/// What one side changed, under the headings of the plan.
fn side(ui: &mut Ui, whose: &str, differences: &[Difference], height: f32) {
    let count = match differences.len() {
        0 => "no change".to_owned(),
        1 => "1 change".to_owned(),
        more => format!("{more} changes"),
    };
    ui.label(RichText::new(format!("{whose}: {count}")).font(bold(theme::BODY)));
    ScrollArea::vertical().id_salt(whose).max_height(height).min_scrolled_height(height).show(ui, |ui| {
        let (listed, more) = differences.split_at(differences.len().min(MOST_LISTED));
        for (heading, group) in grouped(listed) {
            ui.label(RichText::new(heading).font(regular(theme::SMALL)).color(palette(ui).quiet));
            for difference in group {
                let words = RichText::new(&difference.words).font(regular(theme::BODY));
                ui.add(Label::new(words).wrap().selectable(true));
            }
        }
        if !more.is_empty() {
            ui.label(format!("and {} more", more.len()));
        }
    });
}

fn unreadable(ui: &mut Ui, lines: &[String]) {
    ui.label(RichText::new("■ What lies there now is no plan that this planner reads").color(palette(ui).bad));
    ScrollArea::vertical().max_height(160.0).show(ui, |ui| {
        for line in lines.iter().take(40) {
            ui.add(Label::new(RichText::new(line).font(regular(theme::BODY))).wrap().selectable(true));
        }
    });
}
