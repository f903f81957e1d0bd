//! Finds a command, a scheme, a pathway or a view by any word of its name, and goes there: one box, arrows, Enter.

use eframe::egui::{
    self, Align2, Area, Context, CornerRadius, FontId, Id, Key, Modal, Modifiers, Rect, RichText, Role, ScrollArea,
    Sense, TextEdit, Ui, WidgetInfo, accesskit, pos2, vec2,
};

use super::Planner;
use super::announce::name_part;
use super::chart_view::table_name;
use super::command::{Command, Said};
use super::dialogs;
use super::document::{Delays, Document};
use super::offers::{self, Offer};
use super::settings::Settings;
use super::theme::{self, bold, palette, regular};
use super::view::{Action, Message, Selection, Years};
use crate::bundled::PAPERS;
use crate::chart::context::Part;
use crate::chart::{Over, Split};
use crate::glossary::TERMS;

const WIDTH: f32 = 620.0;
/// A line of what was found, and how many are shown at once.
const ROW: f32 = 30.0;
const ROWS: f32 = 11.0;
/// How far from the top the box stands: it holds still however much is found.
const TOP: f32 = 84.0;

/// Something that can be gone to or done.
struct Entry {
    name: String,
    /// What sort of thing it is.
    kind: &'static str,
    /// Other words by which it may be looked for.
    also: &'static str,
    /// What it does, for a command.
    about: &'static str,
    why_not: Option<&'static str>,
    actions: Vec<Action>,
}

/// What is being looked for, and what was found.
pub(super) struct Finder {
    text: String,
    entries: Vec<Entry>,
    /// The places of what was found among the entries, the best first.
    found: Vec<usize>,
    /// Which of them Enter takes.
    chosen: usize,
    /// The choice was moved by keys, and is to be scrolled to.
    moved: bool,
    /// How far down the list stands, in points.
    scrolled: f32,
}

/// What came of looking in this frame.
enum Came {
    Nothing,
    Closed,
    Chosen(Vec<Action>),
}

impl Planner {
    /// Opens the finder. A presentation has keys of its own, and nothing to go to.
    pub(super) fn find(&mut self) {
        if self.presentation.is_some() {
            self.view.message = Some(Message::done("Esc leaves the presentation; H shows its keys"));
            return;
        }
        let mut entries: Vec<Entry> = Command::ALL
            .iter()
            .filter(|command| **command != Command::Find)
            .map(|command| of_command(*command, command.why_not(&self.document, &self.disk)))
            .collect();
        entries.extend(places(&self.document));
        entries.extend(offered(&self.document, &self.view.selection, &self.settings));
        let mut finder =
            Finder { text: String::new(), entries, found: Vec::new(), chosen: 0, moved: false, scrolled: 0.0 };
        finder.look();
        self.finder = Some(finder);
    }

    /// The finder, until something was chosen. Tells whether anything was done.
    pub(super) fn show_finder(&mut self, ctx: &Context) -> bool {
        let Some(finder) = &mut self.finder else { return false };
        match finder.show(ctx) {
            Came::Nothing => false,
            Came::Closed => {
                self.finder = None;
                ctx.request_repaint();
                true
            }
            Came::Chosen(actions) => {
                self.finder = None;
                for action in actions {
                    self.carry_out(ctx, action);
                }
                true
            }
        }
    }
}

fn of_command(command: Command, why_not: Option<&'static str>) -> Entry {
    let Said { label, about, also } = command.said();
    Entry { name: label.to_owned(), kind: "Command", also, about, why_not, actions: vec![Action::Run(command)] }
}

/// What can be asked for that hangs on the plan at hand.
fn offered(document: &Document, selection: &Selection, settings: &Settings) -> Vec<Entry> {
    let kinds = [
        ("Kept state", "bookmark state keep", offers::kept(document)),
        ("Command", "new scheme remove delete lock", offers::schemes(document, selection)),
        ("Chart", "image export clipboard", offers::charts(document)),
        ("Recent file", "open file", offers::recent(settings)),
    ];
    let entries = kinds.into_iter().flat_map(|(kind, also, offers)| {
        let entry =
            move |Offer { label: name, actions, .. }| Entry { name, kind, also, about: "", why_not: None, actions };
        offers.into_iter().map(entry)
    });
    entries.collect()
}

/// What can be gone to: views, schemes, pathways, the scenarios that come with the planner, and the field's words.
fn places(document: &Document) -> Vec<Entry> {
    let entry = |name: String, kind, also, actions| Entry { name, kind, also, about: "", why_not: None, actions };
    let scenario = document.scenario();
    let years = scenario.fund.grant.iter().map(|(year, _)| (format!("Allocations {year}"), Years::One(year)));
    let years = years.chain([("Allocations, all years".to_owned(), Years::All)]);
    let years = years.map(|(name, years)| (name, vec![Action::ShowYears(years)]));
    let trajectory = super::charts::TRAJECTORY;
    let delays = Split::ALL.map(|split| (format!("Delayed transfers: {}", split.in_words()), Delays::Line(split)));
    let more = [
        ("Delayed transfers: by scheme".to_owned(), Delays::Schemes(Over::Horizon)),
        ("Track record of such forecasts".to_owned(), Delays::Record(Delays::AHEAD[0])),
    ];
    let delays = delays.into_iter().chain(more);
    let delays = delays.map(|(name, ways)| (name, vec![Action::ShowChart(trajectory), Action::ShowDelays(ways)]));
    let tables = document.figures().charts.iter().enumerate();
    let tables = tables.map(|(at, chart)| (table_name(chart), vec![Action::ShowChart(at), Action::Table(Some(at))]));
    let parts = Part::ALL.into_iter().filter(|part| part.is_in(scenario));
    let parts = parts
        .map(move |part| entry(part.in_words().to_owned(), "View", also(part), vec![Action::ShowAround(Some(part))]));
    let views = years.chain(delays).chain(tables);
    let views = views.map(move |(name, actions)| entry(name, "View", "chart show", actions)).chain(parts);
    let schemes = scenario.schemes.iter().map(move |scheme| {
        entry(scheme.name.clone(), "Scheme", "", vec![Action::Select(Selection::Scheme(scheme.id.clone()))])
    });
    let pathways = scenario.pathways.iter().map(move |pathway| {
        entry(pathway.name.clone(), "Pathway", "", vec![Action::Select(Selection::Pathway(pathway.id.clone()))])
    });
    let bundled = PAPERS.into_iter().map(move |bundled| {
        entry(bundled.label.to_owned(), "From the papers", "scenario plan example", vec![Action::OpenBundled(bundled)])
    });
    let terms =
        TERMS.iter().map(move |term| entry(term.word.to_owned(), "Word", "means", vec![Action::Explain(term.word)]));
    views.chain(schemes).chain(pathways).chain(bundled).chain(terms).collect()
}

/// Other words by which somebody may look for a part of what the papers report.
fn also(part: Part) -> &'static str {
    match part {
        Part::Delivery => "project plan timeline milestones workstreams show",
        Part::Changes => "eight high impact changes show",
        Part::Measures => "targets outcomes performance metrics show",
        Part::Dashboard => "interface dashboard indicators ranks show",
        Part::Pools => "pooled budget contributions risk share partners show",
        Part::Risks => "risk register mitigations money at risk show",
        Part::Purposes => "purposes of the grant national conditions show",
        Part::Impacts => "national metrics attribution schemes act on show",
        Part::Expenditure => "expenditure plan template better care fund show",
        Part::Admissions => "2014 admissions target marginal tariff home care show",
    }
}

impl Finder {
    /// Looks again for what is written.
    fn look(&mut self) {
        let wanted = words(&self.text);
        let entries = self.entries.iter().enumerate();
        let mut ranked: Vec<_> = entries.filter_map(|(at, entry)| Some((rank(entry, &wanted)?, at))).collect();
        ranked.sort_unstable();
        self.found = ranked.into_iter().map(|(_, at)| at).collect();
        self.chosen = 0;
        self.moved = true;
    }

    fn show(&mut self, ctx: &Context) -> Came {
        let mut came = Came::Nothing;
        let area: Area = Modal::default_area(Id::unique("finder")).anchor(Align2::CENTER_TOP, vec2(0.0, TOP));
        let modal = Modal::new(Id::unique("finder")).area(area).frame(dialogs::frame(ctx)).show(ctx, |ui| {
            ui.set_width(WIDTH.min(ctx.content_rect().width() - 80.0));
            ui.spacing_mut().item_spacing.y = 6.0;
            name_part(ui, "Finder");
            self.hear(ui);
            let entered = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
            self.field(ui);
            let clicked = self.list(ui);
            self.foot(ui);
            let taken = clicked.or_else(|| entered.then(|| self.found.get(self.chosen).copied()).flatten());
            if let Some(entry) = taken.and_then(|at| self.entries.get(at)).filter(|entry| entry.why_not.is_none()) {
                came = Came::Chosen(entry.actions.clone());
            }
        });
        if matches!(came, Came::Nothing) && modal.should_close() { Came::Closed } else { came }
    }

    /// Arrows and Page keys move the choice, while letters go to the box.
    fn hear(&mut self, ui: &Ui) {
        let Some(last) = self.found.len().checked_sub(1) else { return };
        ui.input_mut(|input| {
            let mut presses = |key| input.count_and_consume_key(Modifiers::NONE, key);
            let down = presses(Key::ArrowDown) + presses(Key::PageDown) * 10;
            let up = presses(Key::ArrowUp) + presses(Key::PageUp) * 10;
            if down + up > 0 {
                self.chosen = (self.chosen + down).min(last).saturating_sub(up);
                self.moved = true;
            }
        });
    }

    fn field(&mut self, ui: &mut Ui) {
        let field = TextEdit::singleline(&mut self.text)
            .hint_text("Find a command, scheme, pathway or view")
            .font(regular(theme::TITLE + 2.0))
            .margin(egui::Margin::symmetric(10, 7))
            .char_limit(120)
            .desired_width(f32::INFINITY);
        let field = ui.add(field);
        if !field.has_focus() {
            field.request_focus();
        }
        if field.changed() {
            self.look();
        }
        let chosen = self.found.get(self.chosen).map(|at| row_id(*at));
        ui.ctx().accesskit_node_builder(field.id, |node| {
            node.set_role(accesskit::Role::SearchInput);
            node.set_label("Find a command, scheme, pathway or view");
            if let Some(chosen) = chosen {
                node.set_active_descendant(chosen.accesskit_id());
            }
        });
    }

    /// What was found; gives the entry that was clicked.
    fn list(&mut self, ui: &mut Ui) -> Option<usize> {
        let mut clicked = None;
        // A list that grows and shrinks with each letter would make the eye jump.
        let height = (ROW * ROWS).min(ui.ctx().content_rect().height() - TOP - 190.0).max(ROW * 3.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut scroll = ScrollArea::vertical().auto_shrink(false).max_height(height).min_scrolled_height(height);
        if std::mem::take(&mut self.moved) {
            let top = self.chosen as f32 * ROW;
            scroll = scroll.vertical_scroll_offset(self.scrolled.clamp((top + ROW - height).max(0.0), top));
        }
        let list = scroll.id_salt("found").show_rows(ui, ROW, self.found.len(), |ui, rows| {
            for at in rows {
                let entry = self.found[at];
                if row(ui, &self.entries[entry], row_id(entry), at == self.chosen) {
                    clicked = Some(entry);
                }
            }
        });
        self.scrolled = list.state.clamped_offset().y;
        clicked
    }

    /// How many were found, told as it changes; and what the chosen one does.
    fn foot(&self, ui: &mut Ui) {
        let chosen = self.found.get(self.chosen).and_then(|at| self.entries.get(*at));
        let text = match (chosen, self.found.len()) {
            (None, _) => "Nothing has a name with these words".to_owned(),
            (Some(Entry { about: "", .. }), 1) => "1 found · Enter goes there · Esc leaves".to_owned(),
            (Some(Entry { about: "", .. }), found) => format!("{found} found · Enter goes there · Esc leaves"),
            (Some(entry), _) => entry.about.to_owned(),
        };
        ui.add_space(4.0);
        let foot = ui.label(RichText::new(text).font(regular(theme::SMALL)).color(palette(ui).quiet));
        ui.ctx().accesskit_node_builder(foot.id, |node| node.set_live(accesskit::Live::Polite));
    }
}

fn row_id(entry: usize) -> Id {
    Id::unique(("found", entry))
}

/// One entry: its name, what it is, its keys, and why it can't be done. Tells whether it was clicked.
fn row(ui: &mut Ui, entry: &Entry, id: Id, chosen: bool) -> bool {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let enabled = entry.why_not.is_none();
    let response = ui.interact(rect, id, if enabled { Sense::CLICK } else { Sense::hover() });
    let keys = keys_of(ui, entry);
    let aside = entry.why_not.map_or_else(|| entry.kind.to_owned(), |why| format!("not now: {why}"));
    let named = [entry.name.as_str(), &aside, &keys].into_iter().filter(|part| !part.is_empty());
    let named = named.collect::<Vec<_>>().join(", ");
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, enabled, chosen, &named));
    let palette = palette(ui);
    if chosen || response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::same(4), palette.selected);
    }
    if chosen {
        let edge = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
        ui.painter().rect_filled(edge, CornerRadius::same(2), palette.plan);
    }
    let line = |text: String, font: FontId, shade, right: f32| {
        let galley = ui.painter().layout_no_wrap(text, font, shade);
        let at = pos2(right - galley.size().x, rect.center().y - galley.size().y / 2.0);
        let left = at.x;
        ui.painter().galley(at, galley, shade);
        left
    };
    let mut right = rect.right() - 10.0;
    if !keys.is_empty() {
        right = line(keys, bold(theme::SMALL), palette.ink, right) - 12.0;
    }
    right = line(aside, regular(theme::SMALL), palette.quiet, right) - 12.0;
    let shade = if enabled { palette.ink } else { palette.quiet };
    let mut job = egui::text::LayoutJob::simple_singleline(entry.name.clone(), regular(theme::BODY), shade);
    job.wrap = egui::text::TextWrapping::truncate_at_width((right - rect.left() - 12.0).max(40.0));
    let galley = ui.painter().layout_job(job);
    ui.painter().galley(pos2(rect.left() + 12.0, rect.center().y - galley.size().y / 2.0), galley, shade);
    response.clicked()
}

fn keys_of(ui: &Ui, entry: &Entry) -> String {
    match entry.actions.first() {
        Some(Action::Run(command)) => command.keys(ui.ctx()).unwrap_or_default(),
        _ => String::new(),
    }
}

/// The words of a text, in small letters.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|letter: char| !(letter.is_alphanumeric() || letter == '’' || letter == '\''));
    parts.filter(|part| !part.is_empty()).map(str::to_lowercase).collect()
}

/// How well an entry answers to the words wanted, the least the best; nothing if one of them begins no word of it. What
/// can't be done, and names of more words than were wanted, come after their equals.
fn rank(entry: &Entry, wanted: &[String]) -> Option<(usize, bool, usize)> {
    let name = words(&entry.name);
    let others = words(&format!("{} {} {}", entry.kind, entry.also, entry.about));
    let of_word = |wanted: &String| {
        let begins = |word: &String| word.starts_with(wanted.as_str());
        match name.iter().position(begins) {
            Some(0) => Some(0),
            Some(_) => Some(1),
            None => others.iter().any(begins).then_some(8),
        }
    };
    let far = wanted.iter().map(of_word).sum::<Option<usize>>()?;
    let more = if wanted.is_empty() { 0 } else { name.len().saturating_sub(wanted.len()) };
    Some((far, entry.why_not.is_some() && !wanted.is_empty(), more))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finder() -> Finder {
        let document = Document::new(PAPERS[0].open().expect("sound"), None).expect("sums");
        let mut entries: Vec<Entry> = Command::ALL.iter().map(|command| of_command(*command, None)).collect();
        entries.extend(places(&document));
        Finder { text: String::new(), entries, found: Vec::new(), chosen: 0, moved: false, scrolled: 0.0 }
    }

    fn found(finder: &mut Finder, text: &str) -> Vec<String> {
        finder.text = text.to_owned();
        finder.look();
        finder.found.iter().map(|at| finder.entries[*at].name.clone()).collect()
    }

    #[test]
    fn every_command_scheme_pathway_and_view_is_found_by_each_word_of_its_name_in_any_letters() {
        let mut finder = finder();
        let names: Vec<String> = finder.entries.iter().map(|entry| entry.name.clone()).collect();
        assert!(names.len() > 45, "{}", names.len());
        for name in names {
            for word in words(&name) {
                assert!(found(&mut finder, &word.to_uppercase()).contains(&name), "{name} by {word}");
            }
            let sorted = |name: &str| {
                let mut words = words(name);
                words.sort();
                words
            };
            let first = found(&mut finder, &name).swap_remove(0);
            assert_eq!(sorted(&first), sorted(&name), "all its words find it first");
        }
    }

    #[test]
    fn words_of_the_field_lead_to_the_command_that_they_mean_and_nonsense_leads_nowhere() {
        let mut finder = finder();
        for (asked, meant) in [
            ("projector", "Present"),
            ("theme", "Switch between light and dark"),
            ("step back", "Undo"),
            ("merge", "What changed on disk…"),
            ("beds", "40 care-home beds"),
        ] {
            assert!(found(&mut finder, asked).iter().any(|name| name == meant), "{asked}");
        }
        assert_eq!(found(&mut finder, "projector zzz"), Vec::<String>::new(), "each word has to be met");
        assert_eq!(found(&mut finder, " "), finder.entries.iter().map(|entry| entry.name.clone()).collect::<Vec<_>>());
    }
}
