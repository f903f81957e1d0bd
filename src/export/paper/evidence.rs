//! The end of a board paper: risks, assumptions and sources, and where the papers contradict themselves.

use super::Paper;
use crate::context::measures;
use crate::export::What;
use crate::export::around;
use crate::export::assumptions;
use crate::export::content::Content;
use crate::export::docx::{Block, Grid, Row};
use crate::export::tables::NOTHING;
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

    /// The project plan, each workstream with its activities under it.
    fn project_plan(&mut self) {
        let mut rows = Vec::new();
        let plan = around::project_plan(self.scenario()).rows;
        let mut about = "";
        for row in &plan {
            let [workstream, activity, owner, rest @ ..] = row.as_slice() else { continue };
            if workstream != about {
                about = workstream;
                let led_by = if owner.is_empty() { String::new() } else { format!(" ({owner})") };
                rows.push(Row::About(format!("{workstream}{led_by}")));
            }
            rows.push(Row::Cells([activity].into_iter().chain(rest).cloned().collect()));
        }
        let columns = [
            ("Activity", 6, false),
            ("Start", 3, false),
            ("Expected", 3, false),
            ("Status", 2, false),
            ("Days later", 2, true),
        ];
        let columns = columns.map(|(name, share, is_figure)| (name.to_owned(), share, is_figure)).into();
        if !rows.is_empty() {
            self.blocks.push(Block::Table(Grid { caption: "Project plan".to_owned(), columns, rows }));
        }
    }

    /// Of the measures, what a page has room for.
    fn measures(&mut self) {
        let figure = |figure: Option<&Figure<Quantity>>| figure.map_or_else(nothing, |figure| figure.value.to_string());
        let rows = self.content.scenario.context.measures.iter().map(|measure| {
            let unit = measure.unit.as_ref().map_or_else(String::new, |unit| format!(" ({unit})"));
            let last = measures::latest(measure).map_or_else(nothing, |(period, value)| format!("{value}, {period}"));
            Row::Cells(vec![
                format!("{}{unit}", measure.name),
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
        let columns = columns.map(|(name, share, is_figure)| (name.to_owned(), share, is_figure)).into();
        if !rows.is_empty() {
            self.blocks.push(Block::Table(Grid { caption: "Measures".to_owned(), columns, rows }));
        }
    }

    /// Risks that the papers report, the gravest first.
    fn reported_risks(&mut self) {
        if self.content.has(What::Risks) {
            self.table(What::Risks, "Risks that the papers report, the gravest first", 5);
        }
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
        let figures = assumptions::table(self.scenario()).rows;
        let not_cited = figures.iter().filter(|row| is_not_cited(row)).count();
        self.say(format!(
            "{not_cited} of the plan’s {} figures are assumed, entered by hand or moved, as the appendix lists; the others \
             are cited from the papers below.",
            figures.len()
        ));
        self.table(What::Sources, "Papers cited", 6);
    }

    /// Every figure that no paper gives, and why it was taken.
    pub(super) fn appendix(&mut self) {
        let figures = assumptions::table(self.scenario()).rows;
        let mut rows = Vec::new();
        let mut about = "";
        for row in figures.iter().filter(|row| is_not_cited(row)) {
            if row[0] != about {
                about = &row[0];
                rows.push(Row::About(about.to_owned()));
            }
            let moved = if row[3].is_empty() { String::new() } else { format!(" (moved from {})", row[3]) };
            rows.push(Row::Cells(vec![row[1].clone(), row[2].clone() + &moved, row[5].clone()]));
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

/// Whether a row of the assumptions is more than a figure cited as it stands.
fn is_not_cited(row: &[String]) -> bool {
    row[4] != "cited" || !row[3].is_empty()
}

/// A sentence that another goes on from.
pub(super) fn without_stop(sentence: &str) -> &str {
    sentence.trim_end_matches('.')
}

/// As a table has it where there is no figure.
fn nothing() -> String {
    NOTHING.to_owned()
}
