//! The end of a board paper: risks, assumptions and sources, and where the papers contradict themselves.

use super::Paper;
use crate::chart::count;
use crate::context::measures;
use crate::export::What;
use crate::export::around;
use crate::export::content::Content;
use crate::export::docx::{Block, Grid, Row};
use crate::export::tables::NOTHING;
use crate::scenario::sourced::{self, Known};
use crate::scenario::{Figure, NoteKind, Quantity, Source};

impl Paper<'_> {
    /// What is measured, and how the project plan goes, where the papers report it.
    pub(super) fn progress(&mut self) {
        let has = |what| self.content.has(what);
        if has(What::Measures) || has(What::Delivery) {
            self.heading("Measures and delivery");
            self.measures();
            self.project_plan();
        }
    }

    /// The project plan, each workstream with how it stands, and with its activities under it.
    fn project_plan(&mut self) {
        let mut rows = Vec::new();
        for line in around::project_plan(self.scenario()) {
            rows.push(Row::About(in_a_line(&line)));
            rows.extend(
                line.activities
                    .into_iter()
                    .map(|step| Row::Cells(vec![step.name, step.start, step.expected, step.status, step.later])),
            );
        }
        let columns = [
            ("Activity", 6, false),
            ("Start", 3, false),
            ("Expected", 3, false),
            ("Status", 2, false),
            ("Days later", 2, true),
        ];
        self.filled("Project plan", &columns, rows);
    }

    /// Of the measures, what a page has room for.
    fn measures(&mut self) {
        let rows = self.content.scenario.context.measures.iter().map(|measure| {
            let figure = |figure: Option<&Figure<Quantity>>| {
                figure.map_or_else(nothing, |figure| around::shown(measure, figure.value))
            };
            let last = measures::latest(measure)
                .map_or_else(nothing, |(period, value)| format!("{}, {period}", around::shown(measure, value)));
            Row::Cells(vec![
                around::name_of(measure),
                figure(measure.target.as_ref()),
                figure(measure.baseline.as_ref()),
                last,
                measures::direction(measure).map_or_else(nothing, |direction| direction.in_words().to_owned()),
                measure.said.map_or_else(nothing, |said| said.in_words().to_owned()),
            ])
        });
        let rows: Vec<Row> = rows.collect();
        let columns = [
            ("Measure", 7, false),
            ("Target", 2, true),
            ("Baseline", 2, true),
            ("Last figure", 3, false),
            ("By its figures", 3, false),
            ("The paper’s word", 3, false),
        ];
        self.filled("Measures", &columns, rows);
    }

    /// A table, if it has rows, without those columns after the first that hold nothing.
    fn filled(&mut self, caption: &str, columns: &[(&str, usize, bool)], rows: Vec<Row>) {
        let has_something = |at: usize| {
            at == 0
                || rows.iter().any(|row| match row {
                    Row::Cells(cells) | Row::Sum(cells) => !around::is_nothing(&cells[at]),
                    Row::About(_) => false,
                })
        };
        let kept: Vec<bool> = (0..columns.len()).map(has_something).collect();
        let keep = |cells: Vec<String>| -> Vec<String> {
            cells.into_iter().zip(&kept).filter(|(_, kept)| **kept).map(|(cell, _)| cell).collect()
        };
        let rows = rows.into_iter().map(|row| match row {
            Row::Cells(cells) => Row::Cells(keep(cells)),
            Row::Sum(cells) => Row::Sum(keep(cells)),
            about @ Row::About(_) => about,
        });
        let rows: Vec<Row> = rows.collect();
        let columns = columns.iter().zip(&kept).filter(|(_, kept)| **kept);
        let columns = columns.map(|((name, share, is_figure), _)| ((*name).to_owned(), *share, *is_figure)).collect();
        if !rows.is_empty() {
            self.blocks.push(Block::Table(Grid { caption: caption.to_owned(), columns, rows }));
        }
    }

    /// Money that the papers say hangs on how things go: how much of which year, on what, and how that stands.
    fn money_at_risk(&mut self) {
        let money = self.content.sheet(What::Risks).map(|sheet| around::at_risk(self.scenario(), sheet));
        for it in money.unwrap_or_default() {
            let amounts = it.amounts.iter().map(|(year, amount, is_all)| {
                let whole = if *is_all { ", all of that year’s grant" } else { "" };
                format!("{amount} in {year}{whole}")
            });
            let amounts = amounts.collect::<Vec<_>>().join("; ");
            let hangs = format!("It hangs on {}: {}.", it.hangs_on, it.stands);
            let source = format!("({}).", without_stop(&it.source));
            let said = [ended(&amounts), ended(&it.about), hangs, ended(&it.known), source];
            let said = said.into_iter().filter(|said| !said.is_empty()).collect::<Vec<_>>().join(" ");
            self.item(format!("Money at risk, {}: ", it.name), said);
        }
    }

    /// Risks that the papers report, the gravest first.
    fn reported_risks(&mut self) {
        let risks = around::without_empty(around::reported_risks(self.scenario()));
        self.table_of(risks, "Risks that the papers report, the gravest first", 5);
    }

    pub(super) fn risks(&mut self) {
        let Content { ledger, chance, .. } = self.content;
        self.heading("Risks");
        for year in ledger.years.iter().filter(|year| !year.unfunded.is_zero()) {
            self.item(
                format!("Unfunded commitments, {}: ", year.year),
                format!("{} is bound beyond the money there is.", year.unfunded.exact()),
            );
        }
        for target in chance.iter().flat_map(|chance| &chance.targets) {
            self.item(
                format!("Missed target, {}: ", target.month.in_words()),
                format!(
                    "{:.0}% of runs have more than {} people delayed.",
                    (1.0 - target.chance) * 100.0,
                    target.at_most
                ),
            );
        }
        self.money_at_risk();
        self.item("", "[Further risks, with who owns them and what is done.]");
        self.delivery();
        self.reported_risks();
    }

    /// How late each scheme may start, and how much of it may come.
    fn delivery(&mut self) {
        let percent = |share: Quantity| format!("{:.0}%", share.to_f64() * 100.0);
        let rows = self.content.scenario.schemes.iter().filter_map(|scheme| {
            let risk = scheme.delivery_risk.as_ref()?;
            let (slip, delivered) = (risk.slip_days.value, risk.delivered.value);
            let late =
                if slip.high.to_f64() > 0.0 { format!("up to {} days", slip.high) } else { "on time".to_owned() };
            let share = format!("{} to {}", percent(delivered.low), percent(delivered.high));
            Some(Row::Cells(vec![scheme.name.clone(), late, share]))
        });
        let rows: Vec<Row> = rows.collect();
        if !rows.is_empty() {
            let columns = [("Scheme", 4), ("May start late", 2), ("Share that may be delivered", 3)];
            let columns = columns.map(|(name, share)| (name.to_owned(), share, false)).into();
            self.blocks.push(Block::Table(Grid { caption: "Delivery of each scheme".to_owned(), columns, rows }));
        }
    }

    pub(super) fn assumptions(&mut self) {
        self.heading("Assumptions and sources");
        let figures = sourced::origins(self.scenario());
        let not_cited = figures.iter().filter(|(_, known)| *known != Known::Cited).count();
        self.say(format!(
            "{} of the plan’s {} figures are assumed, entered by hand or moved, as the appendix lists; the others are \
             cited from the papers below.",
            count(not_cited as f64),
            count(figures.len() as f64)
        ));
        self.table(What::Sources, "Papers cited", 6);
    }

    /// Every figure that no paper gives, and why it was taken.
    pub(super) fn appendix(&mut self) {
        let mut rows = Vec::new();
        let mut about = String::new();
        for figure in sourced::figures(self.scenario()).into_iter().filter(|figure| figure.known != Known::Cited) {
            if figure.of != about {
                rows.push(Row::About(figure.of.clone()));
                about = figure.of;
            }
            let moved = figure.moved_from.map_or_else(String::new, |from| format!(" (moved from {from})"));
            rows.push(Row::Cells(vec![figure.name, figure.value + &moved, figure.source]));
        }
        let columns = [("Figure", 4), ("Value", 3), ("Why", 8)];
        let columns = columns.map(|(name, share)| (name.to_owned(), share, false)).into();
        let grid = Grid { caption: "What is assumed, and why".to_owned(), columns, rows };
        if !grid.rows.is_empty() {
            self.heading("Appendix: assumptions");
            self.blocks.push(Block::Table(grid));
        }
    }

    /// Where the papers contradict themselves, and what was learnt later.
    pub(super) fn notes(&mut self) {
        let scenario = self.content.scenario;
        for (kind, heading) in [
            (NoteKind::Contradiction, "Contradictions in the papers"),
            (NoteKind::Hindsight, "Learnt after the plan was written"),
            (NoteKind::Remark, "Remarks"),
        ] {
            let notes: Vec<_> = scenario.notes.iter().filter(|note| note.kind == kind).collect();
            if notes.is_empty() {
                continue;
            }
            self.heading(heading);
            for note in notes {
                let source = match &note.source {
                    Source::Entered => String::new(),
                    source => format!(" ({})", without_stop(&scenario.source_in_words(source))),
                };
                self.say(format!("{}{source}", note.text));
            }
        }
    }
}

/// A workstream with who answers for it, its money, and how it stands: `HART (Oxford Health): £45,000; not started`.
fn in_a_line(line: &around::Line) -> String {
    let owner = if line.owner.is_empty() { String::new() } else { format!(" ({})", line.owner) };
    let computed =
        if line.computed.is_empty() { String::new() } else { format!("by its activities {}", line.computed) };
    let said = [line.money.clone(), line.status.clone(), computed];
    let said = said.into_iter().filter(|said| !said.is_empty()).collect::<Vec<_>>().join("; ");
    let colon = if said.is_empty() { "" } else { ": " };
    format!("{}{owner}{colon}{said}", line.name)
}

/// Words as a sentence of their own.
pub(super) fn ended(words: &str) -> String {
    let words = words.trim();
    let is_ended = words.is_empty() || words.ends_with(['.', '!', '?']);
    if is_ended { words.to_owned() } else { format!("{words}.") }
}

/// A sentence that another goes on from.
pub(super) fn without_stop(sentence: &str) -> &str {
    sentence.trim_end_matches('.')
}

/// As a table has it where there is no figure.
fn nothing() -> String {
    NOTHING.to_owned()
}
