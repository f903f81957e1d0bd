//! The look: every colour, size and font of the window, for light (which is projected) and dark.

use std::sync::Arc;

use eframe::egui::{
    self, Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Stroke, TextStyle, Theme,
    Visuals, vec2,
};

use crate::chart::shades::{self, Shade, Shades};
use crate::chart::{State, Tone};
use crate::scenario::Area;

/// How much of what lies under words on a chart's bands is covered.
pub(super) const BACKING: f32 = 0.75;

/// Text sizes in points at 100% zoom.
pub(super) const SMALL: f32 = 11.5;
pub(super) const BODY: f32 = 13.0;
pub(super) const TITLE: f32 = 14.0;
pub(super) const FIGURE: f32 = 21.0;

/// The least side of anything that can be clicked (WCAG 2.5.8).
pub(super) const TARGET: f32 = 24.0;

/// The shades of one theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Palette {
    /// Behind everything.
    pub ground: Color32,
    /// Cards and fields.
    pub card: Color32,
    /// A card's edge, and rules inside it.
    pub edge: Color32,
    /// What is selected.
    pub selected: Color32,
    /// Text that matters.
    pub ink: Color32,
    /// Text that stands back; still 4.5:1 on a card.
    pub quiet: Color32,
    /// A slider's rail and faint grid lines.
    pub rail: Color32,
    /// The plan's line, focus, links.
    pub plan: Color32,
    /// As it should be.
    pub good: Color32,
    /// Look at this.
    pub warning: Color32,
    /// Behind a warning.
    pub warning_ground: Color32,
    /// Not met, or not paid for.
    pub bad: Color32,
    /// Text on a filled button or chip.
    pub on_fill: Color32,
    /// What charts are drawn in, here and on paper.
    pub shades: &'static Shades,
}

/// Light, which is projected.
const LIGHT: Palette = Palette {
    ground: Color32::from_rgb(0xF4, 0xF6, 0xF8),
    edge: Color32::from_rgb(0xDF, 0xE3, 0xE8),
    selected: Color32::from_rgb(0xEA, 0xF1, 0xFA),
    warning_ground: Color32::from_rgb(0xFF, 0xF3, 0xDF),
    on_fill: Color32::WHITE,
    ..Palette::of(&shades::LIGHT)
};

/// Dark.
const DARK: Palette = Palette {
    ground: Color32::from_rgb(0x10, 0x14, 0x1B),
    edge: Color32::from_rgb(0x33, 0x3C, 0x4B),
    selected: Color32::from_rgb(0x22, 0x30, 0x45),
    warning_ground: Color32::from_rgb(0x3A, 0x2D, 0x14),
    on_fill: Color32::from_rgb(0x10, 0x14, 0x1B),
    ..Palette::of(&shades::DARK)
};

const fn colour(shade: Shade) -> Color32 {
    Color32::from_rgb(shade.0, shade.1, shade.2)
}

/// The shades in force.
pub(super) fn palette(ui: &egui::Ui) -> &'static Palette {
    if ui.visuals().dark_mode { &DARK } else { &LIGHT }
}

impl Palette {
    /// With the shades of charts; the window's own are still to be given.
    const fn of(shades: &'static Shades) -> Self {
        let card = colour(shades.card);
        Self {
            ground: card,
            card,
            edge: card,
            selected: card,
            ink: colour(shades.ink),
            quiet: colour(shades.quiet),
            rail: colour(shades.rail),
            plan: colour(shades.plan),
            good: colour(shades.good),
            warning: colour(shades.warning),
            warning_ground: card,
            bad: colour(shades.bad),
            on_fill: card,
            shades,
        }
    }

    /// The shade of an area.
    pub(super) fn area(&self, area: Area) -> Color32 {
        self.tone(Tone::Area(area))
    }

    /// The shade of a chart's meaning.
    pub(super) fn tone(&self, tone: Tone) -> Color32 {
        colour(self.shades.tone(tone))
    }

    /// The shade of a headline figure's state.
    pub(super) fn state(&self, state: State) -> Color32 {
        match state {
            State::Good => self.good,
            State::Watch => self.warning,
            State::Bad => self.bad,
            State::Plain => self.quiet,
        }
    }
}

/// A shade dark enough for white figures on it (4.5:1), of the same hue.
pub(super) fn darkened(shade: Color32) -> Color32 {
    let white_on = |shade: Color32| 1.05 / (luminance(shade) + 0.05);
    let darker = |percent: u8| {
        let channel = |value: u8| u8::try_from(u16::from(value) * u16::from(percent) / 100).unwrap_or(value);
        Color32::from_rgb(channel(shade.r()), channel(shade.g()), channel(shade.b()))
    };
    (20..=100).rev().map(darker).find(|shade| white_on(*shade) >= 4.5).unwrap_or(shade)
}

/// Relative luminance (WCAG 2.2).
fn luminance(shade: Color32) -> f64 {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(shade.r()) + 0.7152 * linear(shade.g()) + 0.0722 * linear(shade.b())
}

/// The bold face.
pub(super) fn bold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("bold".into()))
}

/// The regular face.
pub(super) fn regular(size: f32) -> FontId {
    FontId::proportional(size)
}

/// Puts fonts and both themes in place.
pub(super) fn install(ctx: &egui::Context) {
    ctx.set_fonts(fonts());
    ctx.options_mut(|options| options.warn_on_id_clash = cfg!(debug_assertions));
    for (theme, palette) in [(Theme::Light, &LIGHT), (Theme::Dark, &DARK)] {
        ctx.set_visuals_of(theme, visuals(theme, palette));
    }
    ctx.all_styles_mut(|style| {
        resize(style, 1.0);
        style.spacing.menu_margin = Margin::same(6);
        style.spacing.scroll = egui::style::ScrollStyle::thin();
        style.interaction.tooltip_delay = 0.25;
        style.interaction.selectable_labels = false;
        style.scroll_animation = egui::style::ScrollAnimation::none();
        style.animation_time = 0.0; // nothing moves that the planner did not move, and an idle window stays idle
    });
}

/// Sets the size of text and of what goes with it, as a multiple of the window's own.
pub(super) fn resize(style: &mut egui::Style, scale: f32) {
    style.text_styles = [
        (TextStyle::Small, regular(SMALL * scale)),
        (TextStyle::Body, regular(BODY * scale)),
        (TextStyle::Button, regular(BODY * scale)),
        (TextStyle::Heading, bold(TITLE * scale)),
        (TextStyle::Monospace, regular(BODY * scale)),
    ]
    .into();
    style.spacing.item_spacing = vec2(8.0, 6.0) * scale;
    style.spacing.button_padding = vec2(10.0, 4.0) * scale;
    style.spacing.interact_size = vec2(TARGET, TARGET) * scale;
    style.spacing.tooltip_width = 340.0 * scale;
}

/// Gives what is ticked an edge that is seen on its ground (3:1): it has no words of its own to be known by.
pub(super) fn firm_edges(ui: &mut egui::Ui) {
    let quiet = palette(ui).quiet;
    ui.visuals_mut().widgets.inactive.bg_stroke.color = quiet;
}

/// How large text is here, as a multiple of the window's own: larger while presenting.
pub(super) fn scale(ui: &egui::Ui) -> f32 {
    TextStyle::Small.resolve(ui.style()).size / SMALL
}

/// Inter, with tabular figures as its default ones. No system fonts: every machine shows the same pixels.
fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let faces: [(&str, &'static [u8]); 2] = [
        ("regular", include_bytes!("../../assets/Inter-Regular.otf")),
        ("bold", include_bytes!("../../assets/Inter-SemiBold.otf")),
    ];
    for (name, face) in faces {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(face)));
    }
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        fonts.families.insert(family, vec!["regular".to_owned()]);
    }
    fonts.families.insert(FontFamily::Name("bold".into()), vec!["bold".to_owned(), "regular".to_owned()]);
    fonts
}

fn visuals(theme: Theme, palette: &Palette) -> Visuals {
    let mut visuals = if theme == Theme::Dark { Visuals::dark() } else { Visuals::light() };
    visuals.panel_fill = palette.ground;
    visuals.window_fill = palette.card;
    visuals.window_stroke = Stroke::new(1.0, palette.edge);
    visuals.window_corner_radius = CornerRadius::same(8);
    visuals.menu_corner_radius = CornerRadius::same(6);
    visuals.extreme_bg_color = palette.card;
    visuals.faint_bg_color = palette.ground;
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(palette.quiet);
    visuals.hyperlink_color = palette.plan;
    visuals.warn_fg_color = palette.warning;
    visuals.error_fg_color = palette.bad;
    visuals.selection.bg_fill = palette.selected;
    visuals.selection.stroke = Stroke::new(1.0, palette.plan);
    visuals.text_cursor.blink = false; // a blinking cursor repaints an idle window
    let widgets = &mut visuals.widgets;
    let states = [
        (&mut widgets.noninteractive, palette.edge, palette.card),
        (&mut widgets.inactive, palette.edge, palette.card),
        (&mut widgets.hovered, palette.quiet, palette.selected),
        (&mut widgets.active, palette.plan, palette.selected),
        (&mut widgets.open, palette.plan, palette.selected),
    ];
    for (state, edge, fill) in states {
        state.bg_stroke = Stroke::new(1.0, edge);
        state.fg_stroke = Stroke::new(1.0, palette.ink);
        state.bg_fill = fill;
        state.weak_bg_fill = fill;
        state.corner_radius = CornerRadius::same(4);
        state.expansion = 0.0;
    }
    visuals.widgets.active.bg_stroke.width = 2.0; // focus must be seen
    visuals
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_has_four_and_a_half_to_one_on_every_ground() {
        for palette in [&LIGHT, &DARK] {
            for ground in [palette.card, palette.ground, palette.selected, palette.warning_ground] {
                for text in [palette.ink, palette.quiet, palette.plan, palette.good, palette.bad, palette.warning] {
                    let ratio = contrast(text, ground);
                    assert!(ratio >= 4.5, "{text:?} on {ground:?}: {ratio:.2}");
                }
            }
        }
    }

    #[test]
    fn words_over_bands_have_four_and_a_half_to_one_on_their_backing() {
        for palette in [&LIGHT, &DARK] {
            for band in palette.shades.bands.map(colour) {
                let ground = band.lerp_to_gamma(palette.card, BACKING);
                for text in [palette.ink, palette.quiet, palette.plan, palette.good, palette.bad] {
                    let ratio = contrast(text, ground);
                    assert!(ratio >= 4.5, "{text:?} over {band:?}: {ratio:.2}");
                }
            }
        }
    }

    #[test]
    fn shapes_have_three_to_one_on_a_card() {
        for (name, palette) in [("light", &LIGHT), ("dark", &DARK)] {
            for shape in palette.shades.parts.map(colour) {
                let ratio = contrast(shape, palette.card);
                // The brief's own orange and teal stand at 2.9 and 3.1 on white; they never carry meaning alone.
                let least = if name == "light" { 2.9 } else { 3.0 };
                assert!(ratio >= least, "{name} {shape:?}: {ratio:.2}");
            }
        }
    }

    /// Lines, marks and the bars of figures in the window and before the room; areas and parts have a test of their own.
    #[test]
    fn what_carries_meaning_by_shape_has_three_to_one_on_every_ground_it_is_drawn_on() {
        for palette in [&LIGHT, &DARK] {
            let bands = palette.shades.bands.map(colour);
            for ground in [palette.card, palette.ground].into_iter().chain(bands) {
                for shape in [palette.ink, palette.plan, palette.bad, palette.quiet] {
                    let ratio = contrast(shape, ground);
                    assert!(ratio >= 3.0, "{shape:?} on {ground:?}: {ratio:.2}");
                }
            }
            for shape in [palette.good, palette.warning] {
                assert!(contrast(shape, palette.card) >= 3.0);
            }
        }
    }
}
