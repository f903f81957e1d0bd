//! The board paper: the shape that committee papers have, filled in with what the scenario, the ledger, the forecast and
//! the charts say, and with marked gaps where people have to decide.

mod evidence;

use super::content::{self, Content};
use super::docx::{Block, Grid, Row, document};
use super::{ExportError, Size, What, picture, raster};
use crate::chart::{Cause, Table, count, headline};
use crate::ledger::YearLine;
use crate::money::Money;
use crate::scenario::{Area, Scenario, Scheme};
use evidence::{ended, without_stop};

/// The paper's pictures: bars over a few years lie low, everything else needs height to be read.
const LOW: Size = Size { width: 1600, height: 820 };
const HIGH: Size = Size { width: 1600, height: 1060 };

/// The board paper as a Word file's bytes.
pub(super) fn paper(content: &Content<'_>) -> Result<Vec<u8>, ExportError> {
    let mut paper = Paper { content, blocks: Vec::new() };
    paper.opening()?;
    paper.background();
    paper.proposals();
    paper.finance()?;
    paper.commitments()?;
    paper.trajectory()?;
    paper.schemes()?;
    paper.progress();
    paper.risks();
    paper.assumptions();
    paper.notes();
    paper.appendix();
    document(&content.scenario.title, &paper.blocks)
}

struct Paper<'a> {
    content: &'a Content<'a>,
    blocks: Vec<Block>,
}

impl Paper<'_> {
    fn scenario(&self) -> &Scenario {
        self.content.scenario
    }

    fn heading(&mut self, text: &str) {
        self.blocks.push(Block::Heading(1, text.to_owned()));
    }

    fn say(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Paragraph(text.into()));
    }

    fn item(&mut self, lead: impl Into<String>, text: impl Into<String>) {
        self.blocks.push(Block::Item(lead.into(), text.into()));
    }

    fn chart(&mut self, what: What) -> Result<(), ExportError> {
        if let Some(chart) = self.content.chart(what) {
            let size = if matches!(what, What::Balance | What::Commitments) { LOW } else { HIGH };
            let svg = picture::svg(chart, &content::source(self.content.scenario, chart), size, picture::PAGE);
            self.blocks.push(Block::Picture { png: raster::png(&svg, size)?, size, finding: chart.title.clone() });
        }
        Ok(())
    }

    /// Title, summary, and recommendations to be filled in.
    fn opening(&mut self) -> Result<(), ExportError> {
        let Content { scenario, ledger, forecast, chance, .. } = self.content;
        let area = format!("{}. The plan as of {}.", scenario.area, scenario.as_of.in_words());
        self.blocks.push(Block::Title(format!("{}: {}", scenario.fund.name, scenario.title)));
        self.blocks.push(Block::Plain(area));
        self.blocks.push(Block::Plain("Report by: [name and post]. Meeting of: [board and date].".to_owned()));
        self.heading("Summary");
        for what in [What::Balance, What::Commitments, What::Trajectory, What::Schemes] {
            if let Some(chart) = self.content.chart(what) {
                self.say(format!("{}.", chart.title));
            }
        }
        self.say("In figures:");
        let tiles = headline(scenario, ledger, forecast, chance.as_ref())?.into_iter();
        // Where nobody waits in the plan, nothing is said of waiting.
        let is_money = |cause: &Cause| matches!(cause, Cause::Year(_) | Cause::Commitments);
        for tile in tiles.filter(|tile| !scenario.pathways.is_empty() || is_money(&tile.cause)) {
            self.item(format!("{}: ", tile.caption), format!("{} ({}).", tile.figure, tile.detail));
        }
        self.heading("Recommendations");
        self.say("The Board is asked to:");
        self.item(
            "",
            format!(
                "consider and approve the plan for spending the {} set out below: [agreed / not agreed];",
                scenario.fund.name
            ),
        );
        for year in ledger.years.iter().filter(|year| !year.unfunded.is_zero()) {
            let shortfall = year.unfunded.exact();
            self.item("", format!("agree how the shortfall of {shortfall} in {} is to be met: [proposal];", year.year));
        }
        self.item("", "[further recommendations].");
        Ok(())
    }

    fn background(&mut self) {
        let scenario = self.content.scenario;
        self.heading("Background");
        for (year, grant) in scenario.fund.grant.iter() {
            let source = scenario.source_in_words(&grant.source);
            self.say(format!("The grant for {year} is {} ({}).", grant.value.exact(), without_stop(&source)));
        }
        let waiting: f64 = scenario.pathways.iter().map(|pathway| pathway.waiting.value.to_f64()).sum();
        let first = scenario.horizon().first_day().in_words();
        if !scenario.pathways.is_empty() {
            self.say(format!("The plan starts from {} people delayed on {first}.", count(waiting)));
        }
        if let Some(month) = scenario.history.months.last() {
            self.say(format!(
                "The last month published when the plan was written is {}: {} delayed days, {} people delayed on average ({}).",
                month.month.in_words(),
                count(month.delayed_days() as f64),
                count(month.people()),
                without_stop(&scenario.source_in_words(&scenario.history.source))
            ));
        }
        for target in &scenario.targets {
            self.say(format!(
                "The target for {} is at most {} people delayed ({}).",
                target.month.in_words(),
                target.at_most.value,
                without_stop(&scenario.source_in_words(&target.at_most.source))
            ));
        }
    }

    /// Each area with its schemes.
    fn proposals(&mut self) {
        let content = self.content;
        self.heading("Proposals");
        for (area, line) in Area::ALL.into_iter().zip(&content.ledger.areas) {
            let schemes: Vec<&Scheme> =
                content.scenario.schemes.iter().map(AsRef::as_ref).filter(|scheme| scheme.area == area).collect();
            if schemes.is_empty() {
                continue;
            }
            self.blocks.push(Block::Heading(2, area.to_string()));
            let years = content.ledger.years.iter().zip(&line.allocated);
            let amounts: Vec<String> =
                years.map(|(year, amount)| format!("{} in {}", amount.short(), year.year)).collect();
            self.say(format!("{} has {}.", area, amounts.join(", ")));
            for scheme in schemes {
                self.item(format!("{}: ", scheme.name), self.scheme_in_words(scheme));
            }
        }
    }

    fn scheme_in_words(&self, scheme: &Scheme) -> String {
        let years = self.content.ledger.years.iter().map(|line| line.year);
        let amounts: Vec<String> = years
            .map(|year| (year, scheme.allocation(year)))
            .filter(|(_, amount)| !amount.is_zero())
            .map(|(year, amount)| format!("{} in {year}", amount.exact()))
            .collect();
        let amounts = if amounts.is_empty() { "No money".to_owned() } else { amounts.join(", ") };
        let bound: Vec<String> = scheme.commitment.years.value.iter().map(ToString::to_string).collect();
        let bound =
            if bound.is_empty() { "not committed".to_owned() } else { format!("committed for {}", bound.join(", ")) };
        let sentence = format!("{amounts}; {bound} ({}).", scheme.commitment.basis.in_words());
        format!("{} {sentence}", ended(&scheme.about)).trim_start().to_owned()
    }

    /// As Appendix 4 of the July paper has it: what each area does and its money, then what is left, then the grant.
    fn finance(&mut self) -> Result<(), ExportError> {
        let content = self.content;
        let ledger = &content.ledger;
        self.heading("Finance");
        let mut rows = Vec::new();
        for line in &ledger.areas {
            let amounts = line.allocated.iter().copied().map(in_millions);
            rows.push(Row::Sum([line.area.to_string()].into_iter().chain(amounts).collect()));
            for scheme in ledger.schemes.iter().filter(|scheme| scheme.area == line.area) {
                let amounts = scheme.allocated.iter().copied().map(in_millions);
                rows.push(Row::Cells([scheme.name.clone()].into_iter().chain(amounts).collect()));
            }
        }
        let total = |name: &str, amount: fn(&YearLine) -> Money| {
            let amounts = ledger.years.iter().map(|year| in_millions(amount(year)));
            Row::Sum([name.to_owned()].into_iter().chain(amounts).collect())
        };
        rows.push(total("Allocated", |year| year.allocated));
        rows.push(total("Balance", |year| year.balance));
        rows.push(total("Brought forward", |year| year.brought_forward));
        rows.push(total("Total grant funding", |year| year.grant));
        let years = ledger.years.iter().map(|year| (year.year.to_string(), 2, true));
        self.blocks.push(Block::Table(Grid {
            caption: format!("Use of the {}", content.scenario.fund.name),
            columns: [("Area and scheme".to_owned(), 5, false)].into_iter().chain(years).collect(),
            rows,
        }));
        self.chart(What::Balance)
    }

    fn commitments(&mut self) -> Result<(), ExportError> {
        self.heading("Committed years");
        for year in &self.content.ledger.years {
            if year.committed.is_zero() {
                self.say(format!("Nothing is committed in {}.", year.year));
                continue;
            }
            let unfunded = if year.unfunded.is_zero() {
                "which the money there is covers".to_owned()
            } else {
                format!("of which {} is unfunded", year.unfunded.exact())
            };
            self.say(format!("{} is committed in {}, {unfunded}.", year.committed.exact(), year.year));
        }
        self.chart(What::Commitments)?;
        self.table(What::Commitments, "Committed money by scheme and year", 4);
        Ok(())
    }

    fn trajectory(&mut self) -> Result<(), ExportError> {
        let Content { averaged, chance, .. } = self.content;
        self.heading("Trajectory and confidence");
        if self.scenario().pathways.is_empty() {
            self.say(
                "The plan has no pathways, so that nothing is forecast: no effect on delayed transfers is claimed.",
            );
            return Ok(());
        }
        self.chart(What::Trajectory)?;
        match chance {
            Some(chance) => {
                let runs = count(f64::from(chance.replications));
                let rows = chance.targets.iter().map(|target| {
                    let expected = averaged.month(target.month).map_or(0.0, |month| month.expected);
                    let row = vec![
                        target.month.in_words(),
                        target.at_most.to_string(),
                        format!("{expected:.1}"),
                        format!("{:.1}%", target.chance * 100.0),
                        format!("{:.1}%", target.standard_error * 100.0),
                        runs.clone(),
                    ];
                    Row::Cells(row)
                });
                let columns = ["Month", "At most", "Expected", "Chance of meeting it", "Standard error", "Runs"];
                let columns =
                    columns.map(|name| (name.to_owned(), if name == "Month" { 3 } else { 2 }, name != "Month"));
                let grid = Grid { caption: "Targets".to_owned(), columns: columns.into(), rows: rows.collect() };
                if !grid.rows.is_empty() {
                    self.blocks.push(Block::Table(grid));
                }
                self.say(format!(
                    "The plan was run {runs} times with chance in who comes, who leaves, how large each effect is and how \
                     late each scheme starts, from seed {}. The bands hold 5, 8 and 9 in 10 of the runs.",
                    chance.seed
                ));
            }
            None => self.say("The figures are those of the expected run, without chance."),
        }
        if let Some(record) = &self.content.record {
            self.say("How good such forecasts have been, made again inside the history from every month with twelve before it:");
            for ahead in record.ahead.iter().filter(|ahead| !ahead.trials.is_empty()) {
                let months = if ahead.months == 1 {
                    "1 month ahead".to_owned()
                } else {
                    format!("{} months ahead", ahead.months)
                };
                self.item(
                    format!("{months}: "),
                    format!(
                        "the band of 8 in 10 runs held {} of {} months; forecasts were out by {:.1} people on average, \
                         carrying the last month forward by {:.1}.",
                        ahead.inside(),
                        ahead.trials.len(),
                        ahead.error(),
                        ahead.error_of_carrying()
                    ),
                );
            }
            self.chart(What::Record)?;
        }
        Ok(())
    }

    fn schemes(&mut self) -> Result<(), ExportError> {
        if !self.content.has(What::Schemes) {
            return Ok(());
        }
        self.heading("What each scheme does");
        self.say(
            "The schemes add up to the plan’s total; their shares in it are those of the expected run, without chance.",
        );
        self.chart(What::Schemes)?;
        self.table(What::Schemes, "What each scheme takes out of the delays", 4);
        Ok(())
    }

    /// A chart's or list's own table; the first column so many shares wide.
    fn table(&mut self, what: What, caption: &str, first: usize) {
        if let Some(table) = self.content.table(what) {
            self.table_of(table, caption, first);
        }
    }

    /// A table as it is, if it has rows; the first column so many shares wide.
    fn table_of(&mut self, Table { columns, rows }: Table, caption: &str, first: usize) {
        if rows.is_empty() {
            return;
        }
        let is_figures = |at: usize| at > 0 && rows.iter().any(|row| super::tables::number(&row[at]).is_some());
        let columns = columns.into_iter().enumerate();
        let width = |at| match at {
            0 => first,
            at if is_figures(at) => 2,
            _ => 3,
        };
        let columns = columns.map(|(at, name)| (name, width(at), is_figures(at))).collect();
        let rows = rows.into_iter().map(Row::Cells).collect();
        self.blocks.push(Block::Table(Grid { caption: caption.to_owned(), columns, rows }));
    }
}

/// As a table has it, in which nothing is a dash.
fn in_millions(amount: Money) -> String {
    if amount.is_zero() { "–".to_owned() } else { amount.millions() }
}
