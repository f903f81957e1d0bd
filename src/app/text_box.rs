//! A box that takes one figure: it shows what holds, reads what is typed, and says why it refuses nonsense.

use eframe::egui::{self, Align2, Color32, Id, Key, Response, Stroke, StrokeKind, TextEdit, Ui, accesskit};

use super::theme::{self, TARGET, palette};

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

impl TextBox<'_> {
    /// Shows the box. Enter or leaving it takes what was typed; Esc takes nothing.
    pub(super) fn show<T>(
        &self,
        ui: &mut Ui,
        typing: &mut Option<Typing>,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> (Response, Typed<T>) {
        let id = ui.scope_id().with(self.name);
        let mut text = typing
            .as_ref()
            .filter(|typing| typing.id == id)
            .map_or_else(|| self.shown.to_owned(), |typing| typing.text.clone());
        let editor = TextEdit::singleline(&mut text)
            .id(id)
            .font(theme::regular(theme::BODY * theme::scale(ui)))
            .align(self.align)
            .char_limit(200)
            .min_size(egui::vec2(0.0, TARGET * theme::scale(ui)))
            .desired_width(self.width)
            .margin(egui::Margin::symmetric(6, 2));
        let response = ui.add_enabled(self.enabled, editor);
        ui.ctx().accesskit_node_builder(id, |node: &mut accesskit::Node| node.set_label(self.name));
        if response.gained_focus() {
            select_all(ui, id, &text);
        }
        let typed = self.taken(ui, &response, typing, &text, &read);
        let refusal = (response.has_focus() && text != self.shown).then(|| read(&text).err()).flatten();
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

fn select_all(ui: &Ui, id: Id, text: &str) {
    let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    let all =
        egui::text::CCursorRange::two(egui::text::CCursor::new(0), egui::text::CCursor::new(text.chars().count()));
    state.cursor.set_char_range(Some(all));
    state.store(ui.ctx(), id);
}

fn outline(ui: &Ui, response: &Response, shade: Color32) {
    ui.painter().rect_stroke(response.rect, 4.0, Stroke::new(2.0, shade), StrokeKind::Inside);
}
