//! The field's words where they appear, underlined, and all of them in a window of their own.

use eframe::egui::{
    self, Color32, Context, FontId, Id, Label, Modal, Response, RichText, Role, ScrollArea, Sense, Shape, TextEdit, Ui,
    WidgetInfo, accesskit, vec2,
};

use super::Planner;
use super::announce::name_part;
use super::dialogs;
use super::theme::{self, bold, palette, regular};
use crate::glossary::{Term, matching, term_in};

const SEARCH: &str = "Find a word";

/// The window of words: what is looked for in it.
pub(super) struct Words {
    text: String,
}

impl Planner {
    /// Opens the words at that of the control with the keyboard, or at the beginning.
    pub(super) fn show_words(&mut self, ctx: &Context) {
        self.words = Some(Words::at(word_at_hand(ctx).unwrap_or_default()));
    }

    /// The words, until they are put away.
    pub(super) fn mind_the_words(&mut self, ctx: &Context) {
        if let Some(word) = ctx.data_mut(|data| data.remove_temp::<&'static str>(asked())) {
            self.words = Some(Words::at(word));
        }
        if self.words.as_mut().is_some_and(|words| words.show(ctx)) {
            self.words = None;
            ctx.request_repaint();
        }
    }
}

impl Words {
    /// The words with this one in their name or meaning.
    pub(super) fn at(word: &str) -> Self {
        Self { text: word.to_owned() }
    }

    /// Shows them; tells whether they were put away.
    fn show(&mut self, ctx: &Context) -> bool {
        let room = ctx.content_rect().size();
        let modal = Modal::new(Id::unique("words")).frame(dialogs::frame(ctx)).show(ctx, |ui| {
            ui.set_width((room.x - 160.0).clamp(320.0, 680.0));
            ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
            name_part(ui, "Words");
            ui.label(RichText::new("Words").font(bold(theme::TITLE)));
            let field = TextEdit::singleline(&mut self.text).hint_text(SEARCH).char_limit(80);
            let field = ui.add(field.desired_width(f32::INFINITY).margin(egui::Margin::symmetric(8, 5)));
            ui.ctx().accesskit_node_builder(field.id, |node| {
                node.set_role(accesskit::Role::SearchInput);
                node.set_label(SEARCH);
            });
            if ui.memory(|memory| memory.focused().is_none()) {
                field.request_focus();
            }
            let found = matching(&self.text);
            // The list holds still while it is searched.
            let height = (room.y - 260.0).clamp(160.0, 460.0);
            ScrollArea::vertical().auto_shrink(false).max_height(height).min_scrolled_height(height).show(ui, |ui| {
                for term in &found {
                    entry(ui, term);
                }
                if found.is_empty() {
                    ui.label("No word has these letters in its name or meaning.");
                }
            });
            ui.button("Close").clicked()
        });
        modal.inner || modal.should_close()
    }
}

/// A word with its other names, its meaning, and where that is said.
fn entry(ui: &mut Ui, term: &Term) {
    ui.spacing_mut().item_spacing.y = 1.0;
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(term.word).font(bold(theme::BODY)).color(palette(ui).ink));
        let also = term.also.join(", ");
        ui.label(RichText::new(also).font(regular(theme::SMALL)).color(palette(ui).quiet));
    });
    meaning(ui, term);
    ui.add_space(9.0);
}

fn meaning(ui: &mut Ui, term: &Term) {
    ui.add(Label::new(RichText::new(term.means).font(regular(theme::BODY)).color(palette(ui).ink)).wrap());
    if let Some(source) = term.source {
        ui.add(Label::new(RichText::new(source).font(regular(theme::SMALL)).color(palette(ui).quiet)).wrap());
    }
}

/// A heading; a word of the field in it is underlined with dots, and its meaning told under the pointer and with the
/// keyboard on it. A click or Enter opens the window of words there.
pub(super) fn heading(ui: &mut Ui, text: &str, font: FontId, shade: Color32) {
    let shown = RichText::new(text).font(font).color(shade);
    let Some(term) = term_in(text) else {
        ui.label(shown);
        return;
    };
    let response = ui.add(Label::new(shown).selectable(false).sense(Sense::click()));
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, text));
    if response.has_focus() {
        response.show_tooltip_ui(|ui| meaning(ui, term));
    }
    if explained(ui, response, term).on_hover_cursor(egui::CursorIcon::Help).clicked() {
        ask(ui.ctx(), term.word);
    }
}

/// Underlines a label that holds a word of the field, and tells its meaning under the pointer.
pub(super) fn label(ui: &Ui, response: Response, text: &str) -> Response {
    match term_in(text) {
        Some(term) => explained(ui, response, term),
        None => response.on_hover_text(text),
    }
}

/// Tells the meaning of a control's word under the pointer, where nothing may be drawn under it.
pub(super) fn hint(response: Response, text: &str) -> Response {
    match term_in(text) {
        Some(term) => response.on_hover_ui(|ui| meaning(ui, term)),
        None => response,
    }
}

fn explained(ui: &Ui, response: Response, term: &'static Term) -> Response {
    let line = [response.rect.left_bottom(), response.rect.right_bottom()];
    ui.painter().extend(Shape::dotted_line(&line, palette(ui).quiet, 3.0, 0.75));
    describe(ui.ctx(), response.id, term);
    response.on_hover_ui(|ui| meaning(ui, term))
}

fn describe(ctx: &Context, control: Id, term: &Term) {
    ctx.accesskit_node_builder(control, |node| node.set_description(term.means));
}

/// Tells a screen reader what a control's word means; F1 tells everybody while the keyboard is on it.
pub(super) fn about(ui: &Ui, control: &Response, text: &str) {
    let Some(term) = term_in(text) else { return };
    describe(ui.ctx(), control.id, term);
    if control.has_focus() {
        ui.data_mut(|data| data.insert_temp(at_hand(), (control.id, term.word)));
    }
}

/// Where it is kept which control has the keyboard and what its word is.
fn at_hand() -> Id {
    Id::unique("the word at hand")
}

/// The word of the control that has the keyboard.
fn word_at_hand(ctx: &Context) -> Option<&'static str> {
    let (control, word) = ctx.data(|data| data.get_temp::<(Id, &'static str)>(at_hand()))?;
    (ctx.memory(egui::Memory::focused) == Some(control)).then_some(word)
}

/// Asks for the window of words. A heading has no way of its own to ask for anything.
fn ask(ctx: &Context, word: &'static str) {
    ctx.data_mut(|data| data.insert_temp(asked(), word));
}

fn asked() -> Id {
    Id::unique("the word asked for")
}
