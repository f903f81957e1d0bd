//! A box that takes one figure or a text: it shows what holds, reads what is typed, and says why it refuses nonsense.

use eframe::egui::{
    self, Align2, Color32, FontId, Frame, Id, Key, KeyboardShortcut, Modifiers, Response, RichText, Stroke, StrokeKind,
    TextEdit, Ui, accesskit,
};

use super::theme::{self, TARGET, palette};
use crate::scenario::check::{LONGEST_NAME, LONGEST_TEXT};

/// What is being typed, and where. At most one box has the keyboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Typing {
    pub(super) id: Id,
    text: String,
    /// Whether it differs from what holds: then undo is the box's own.
    pub(super) is_changed: bool,
}

/// What came of a box in this frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Typed<T> {
    /// Nothing was entered.
    Nothing,
    /// A value was entered.
    Value(T),
    /// Something was entered that is no value: why.
    Refused(String),
}

/// How a box looks and what it is called.
pub(super) struct TextBox<'a> {
    /// Its name for screen readers.
    pub name: &'a str,
    /// What holds now, as text.
    pub shown: &'a str,
    /// Its width in points.
    pub width: f32,
    /// Whether it may be changed.
    pub enabled: bool,
    /// Figures stand right, names left.
    pub align: Align2,
}

/// Text that can be written anew where it stands: it looks like a box only while it is pointed at or typed in.
pub(super) struct Passage<'a> {
    /// Its name for screen readers.
    pub name: &'a str,
    /// What holds now.
    pub shown: &'a str,
    /// What stands there while nothing is written.
    pub hint: &'a str,
    /// What is said of it while it is pointed at.
    pub help: &'a str,
    /// How it is written.
    pub font: FontId,
    /// In which shade.
    pub shade: Color32,
    /// Where in its width it stands.
    pub align: Align2,
    /// Whether it may be changed.
    pub enabled: bool,
    /// Whether it may have lines of its own, made with Shift and Enter; a name has none, however often it is broken.
    pub has_lines: bool,
}

/// Has the box of this name typed in as soon as it is shown, in the place of what it says.
pub(super) fn type_next(ctx: &egui::Context, name: &str) {
    ctx.data_mut(|data| data.insert_temp(typed_next(), name.to_owned()));
}

fn typed_next() -> Id {
    Id::unique("the box that is typed in next")
}

fn is_typed_next(ctx: &egui::Context, name: &str) -> bool {
    ctx.data_mut(|data| {
        let is_next = data.get_temp::<String>(typed_next()).is_some_and(|next| next == name);
        if is_next {
            data.remove::<String>(typed_next());
        }
        is_next
    })
}

impl TextBox<'_> {
    /// Shows the box. Enter or leaving it takes what was typed; Esc takes nothing.
    pub(super) fn show<T>(
        &self,
        ui: &mut Ui,
        typing: &mut Option<Typing>,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> (Response, Typed<T>) {
        let id = ui.scope_id().with(self.name);
        let mut text = text_of(typing.as_ref(), id, self.shown);
        let editor = TextEdit::singleline(&mut text)
            .id(id)
            .font(theme::regular(theme::BODY * theme::scale(ui)))
            .align(self.align)
            .char_limit(200)
            .min_size(egui::vec2(0.0, TARGET * theme::scale(ui)))
            .desired_width(self.width)
            .margin(egui::Margin::symmetric(6, 2));
        let response = ui.add_enabled(self.enabled, editor);
        let wanted = is_typed_next(ui.ctx(), self.name);
        if wanted {
            response.request_focus();
            response.scroll_to_me(None);
        }
        if wanted || response.gained_focus() {
            select_all(ui, id, &text);
        }
        Entry { name: self.name, shown: self.shown }.come_of(ui, response, typing, &text, read)
    }
}

impl Passage<'_> {
    /// Shows the text over all the width there is. Enter or leaving it takes what was typed; Esc takes nothing.
    pub(super) fn show(&self, ui: &mut Ui, typing: &mut Option<Typing>) -> Typed<String> {
        let id = ui.scope_id().with(self.name);
        let mut text = text_of(typing.as_ref(), id, self.shown);
        let new_line = KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter);
        let hint = RichText::new(self.hint).font(self.font.clone()).color(palette(ui).quiet);
        let editor = TextEdit::multiline(&mut text)
            .id(id)
            .font(self.font.clone())
            .text_color(self.shade)
            .hint_text(hint)
            .frame(Frame::NONE)
            .align(self.align)
            .char_limit(if self.has_lines { LONGEST_TEXT } else { LONGEST_NAME })
            .return_key(self.has_lines.then_some(new_line))
            .min_size(egui::vec2(0.0, if self.has_lines { 0.0 } else { TARGET * theme::scale(ui) }))
            .desired_rows(1)
            .desired_width(f32::INFINITY);
        let response = ui.add_enabled(self.enabled, editor);
        let wanted = is_typed_next(ui.ctx(), self.name);
        if wanted {
            response.request_focus();
            response.scroll_to_me(None);
        }
        // A name is mostly written anew; in a longer text, the hand goes to a place in it.
        if wanted || (response.gained_focus() && !self.has_lines) {
            select_all(ui, id, &text);
        }
        if response.has_focus() && ui.input(|input| input.key_pressed(Key::Enter) && !input.modifiers.shift) {
            response.surrender_focus();
            ui.ctx().request_repaint();
        }
        if self.enabled && (response.has_focus() || response.hovered()) {
            let shade = if response.has_focus() { palette(ui).plan } else { palette(ui).edge };
            let around = response.rect.expand2(egui::vec2(3.0, 0.0));
            ui.painter().rect_stroke(around, 4.0, Stroke::new(1.0, shade), StrokeKind::Outside);
        }
        let has_lines = self.has_lines;
        let read = |text: &str| {
            let whole = text.trim().chars();
            Ok(if has_lines { whole.collect() } else { whole.map(|c| if c.is_control() { ' ' } else { c }).collect() })
        };
        if !self.has_lines {
            // However often it is broken, it is one line to those who hear it.
            ui.ctx().accesskit_node_builder(id, |node: &mut accesskit::Node| {
                node.set_role(accesskit::Role::TextInput);
            });
        }
        let (response, typed) = Entry { name: self.name, shown: self.shown }.come_of(ui, response, typing, &text, read);
        if !self.help.is_empty() {
            response.on_hover_text(self.help);
        }
        typed
    }
}

/// What a box says: what is being typed in it, or what holds.
fn text_of(typing: Option<&Typing>, id: Id, shown: &str) -> String {
    typing.filter(|typing| typing.id == id).map_or_else(|| shown.to_owned(), |typing| typing.text.clone())
}

/// A box that was shown: its name, and what held.
struct Entry<'a> {
    name: &'a str,
    shown: &'a str,
}

impl Entry<'_> {
    fn come_of<T>(
        &self,
        ui: &Ui,
        response: Response,
        typing: &mut Option<Typing>,
        text: &str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> (Response, Typed<T>) {
        ui.ctx().accesskit_node_builder(response.id, |node: &mut accesskit::Node| node.set_label(self.name));
        let typed = self.taken(ui, &response, typing, text, &read);
        let refusal = (response.has_focus() && text != self.shown).then(|| read(text).err()).flatten();
        let response = match refusal {
            Some(reason) => {
                outline(ui, &response, palette(ui).bad);
                response.on_hover_text(reason)
            }
            None => response,
        };
        (response, typed)
    }

    fn taken<T>(
        &self,
        ui: &Ui,
        response: &Response,
        typing: &mut Option<Typing>,
        text: &str,
        read: &impl Fn(&str) -> Result<T, String>,
    ) -> Typed<T> {
        if response.has_focus() {
            *typing = Some(Typing { id: response.id, text: text.to_owned(), is_changed: text != self.shown });
            return Typed::Nothing;
        }
        let was_typed =
            response.lost_focus() && text != self.shown && !ui.input(|input| input.key_pressed(Key::Escape));
        if typing.as_ref().is_some_and(|typing| typing.id == response.id) {
            *typing = None;
        }
        if !was_typed {
            return Typed::Nothing;
        }
        match read(text) {
            Ok(value) => Typed::Value(value),
            Err(reason) => Typed::Refused(format!("{reason}. {} stays {}.", self.name, self.shown)),
        }
    }
}

/// Selects all that stands in a text field, so that what is typed next replaces it.
pub(super) fn select_all(ui: &Ui, id: Id, text: &str) {
    let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    let all =
        egui::text::CCursorRange::two(egui::text::CCursor::new(0), egui::text::CCursor::new(text.chars().count()));
    state.cursor.set_char_range(Some(all));
    state.store(ui.ctx(), id);
}

fn outline(ui: &Ui, response: &Response, shade: Color32) {
    ui.painter().rect_stroke(response.rect, 4.0, Stroke::new(2.0, shade), StrokeKind::Inside);
}
