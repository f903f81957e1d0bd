//! Rows of a template's table: each a scheme to come in, or the reason why it does not.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::columns::{Column, Mapping};
use super::details::{self, written};
use crate::calendar::FinancialYear;
use crate::file;
use crate::money::Money;
use crate::scenario::check::{LONGEST_NAME, MOST_SCHEMES, check};
use crate::scenario::{Area, Basis, ByYear, Commitment, Edit, Figure, History, Id, Scenario, Scheme, Severity, Source};
use crate::sheets::{Cell, Sheet};

/// What a cell that should be a whole number of pence may be off by: the noise of sums of floats.
const NOISE: &str = "0.000001";

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// As a spreadsheet counts it, from 1.
    pub number: u32,
    /// What it is called, as far as it says.
    pub name: String,
    /// Who pays for it, if it says.
    pub funding: Option<String>,
    /// Its type is not given, or says nothing of the planner's areas: the scheme's area is a guess.
    pub area_is_assumed: bool,
    /// The scheme that comes in, or why none does.
    pub outcome: Result<Arc<Scheme>, String>,
}

impl Row {
    /// The scheme that comes in, with its first year's money, who pays and its area; or why none does.
    pub fn in_words(&self) -> String {
        let scheme = match &self.outcome {
            Ok(scheme) => scheme,
            Err(why) if self.name.is_empty() => return why.clone(),
            Err(why) => return format!("{}: {why}", self.name),
        };
        let first = scheme.allocations.iter().next();
        let money = first.map(|(year, amount)| format!("{} in {year}", amount.value.exact()));
        let funding = self.funding.as_ref().map(|funding| format!("paid from {funding}"));
        let assumed = if self.area_is_assumed { " (assumed)" } else { "" };
        let parts = [Some(self.name.clone()), money, funding, Some(format!("{}{assumed}", scheme.area))];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// What would come in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// Every row under the headings that says anything.
    pub rows: Vec<Row>,
    /// What is left out of all rows, in sentences.
    pub remarks: Vec<String>,
}

impl Preview {
    /// Those that come in, as one edit; nothing if none does.
    pub fn edit(&self, scenario: &Scenario) -> Option<Edit> {
        let schemes = self.rows.iter().filter_map(|row| row.outcome.as_ref().ok());
        let edits: Vec<Edit> = (scenario.schemes.len()..)
            .zip(schemes)
            .map(|(at, scheme)| Edit::AddScheme { at, scheme: scheme.clone() })
            .collect();
        (!edits.is_empty()).then_some(Edit::Together(edits))
    }

    /// How many rows come in.
    pub fn coming_in(&self) -> usize {
        self.rows.iter().filter(|row| row.outcome.is_ok()).count()
    }

    /// The money that comes in, by year.
    pub fn money(&self) -> BTreeMap<FinancialYear, Money> {
        let mut sums = BTreeMap::new();
        for scheme in self.rows.iter().filter_map(|row| row.outcome.as_ref().ok()) {
            for (year, amount) in scheme.allocations.iter() {
                let sum: &mut Money = sums.entry(year).or_insert(Money::ZERO);
                *sum = sum.plus(amount.value).unwrap_or(*sum);
            }
        }
        sums
    }
}

/// Every source of funding that a table names, in its order; and an empty one where schemes with money name none.
pub fn fundings(sheet: &Sheet, mapping: &Mapping) -> Vec<String> {
    let mut fundings: Vec<String> = Vec::new();
    let Some(at) = mapping.place(Column::Funding) else { return fundings };
    for cells in sheet.rows.range(mapping.head + 1..).map(|(_, cells)| cells) {
        let funding = cells.get(&at).map(readable).unwrap_or_default();
        let name = mapping.place(Column::Name).and_then(|at| cells.get(&at)).map(readable).unwrap_or_default();
        let is_scheme = !name.is_empty() && !is_total(&name) && mapping.years().any(|(at, _)| cells.contains_key(&at));
        if (!funding.is_empty() || is_scheme) && !fundings.iter().any(|known| is_same(known, &funding)) {
            fundings.push(funding);
        }
    }
    fundings
}

/// What comes in of a table from a file of that name. Of a table with a column that says who pays, those rows come in that
/// the plan's own fund pays for, or one of `fundings`; an empty one of these stands for rows that do not say.
pub fn preview(scenario: &Scenario, file: &str, sheet: &Sheet, mapping: &Mapping, fundings: &[String]) -> Preview {
    let bare = bare(scenario);
    let mut table = Table { scenario, bare, file, mapping, fundings, ids: BTreeSet::new(), seen: BTreeMap::new() };
    table.ids.extend(scenario.schemes.iter().map(|scheme| scheme.id.clone()));
    for scheme in &scenario.schemes {
        let mut known = details::read(&scheme.about);
        known.insert(Column::Name, scheme.name.clone());
        table.seen.insert(apart(&known), Seen::Scheme);
        table.seen.insert(apart(&details::of(scenario, scheme)), Seen::Scheme);
    }
    for line in &scenario.context.expenditure {
        let seen = if line.scheme.is_some() { Seen::Scheme } else { Seen::Line };
        table.seen.entry(apart(&details::of_line(line))).or_insert(seen);
    }
    let rows = sheet.rows.range(mapping.head + 1..).filter_map(|(at, cells)| table.row(at + 1, cells)).collect();
    let outside = mapping.years().filter(|(_, year)| scenario.fund.grant.get(*year).is_none());
    let outside = outside.map(|(_, year)| format!("{year} lies outside the plan’s years; its column is left out."));
    let doubled = mapping.doubled().map(|(at, column)| {
        let kept = mapping.place(column).map(letters).unwrap_or_default();
        format!("Column {} has “{column}” too, and is left out beside column {kept}.", letters(at))
    });
    let own = &scenario.fund.name;
    let unsaid = mapping.place(Column::Funding).is_none();
    let unsaid = unsaid.then(|| format!("No column says who pays; every row is taken to be paid from {own}."));
    Preview { rows, remarks: unsaid.into_iter().chain(outside).chain(doubled).collect() }
}

/// The plan's years and papers, and nothing else that a scheme must fit.
fn bare(scenario: &Scenario) -> Scenario {
    let history = History { months: Vec::new(), ..scenario.history.clone() };
    let (schemes, pathways, targets, outturn, bookmarks, notes) = Default::default();
    Scenario {
        schemes,
        pathways,
        targets,
        outturn,
        bookmarks,
        notes,
        history,
        context: Arc::default(),
        ..scenario.clone()
    }
}

struct Table<'a> {
    scenario: &'a Scenario,
    /// What each scheme is held against by itself.
    bare: Scenario,
    file: &'a str,
    mapping: &'a Mapping,
    fundings: &'a [String],
    /// Ids that are taken.
    ids: BTreeSet<Id>,
    /// What tells rows apart, and where it stood.
    seen: BTreeMap<BTreeMap<Column, String>, Seen>,
}

/// Where what a row says has stood before.
#[derive(Clone, Copy)]
enum Seen {
    /// In a row of the same table.
    Row(u32),
    /// In a scheme of the plan.
    Scheme,
    /// In the expenditure table that stands around the plan, in a line that is no scheme of it.
    Line,
}

impl Table<'_> {
    /// What becomes of a row; nothing of one that says nothing.
    fn row(&mut self, number: u32, cells: &BTreeMap<u32, Cell>) -> Option<Row> {
        let mut details = BTreeMap::new();
        for (at, column) in &self.mapping.columns {
            if let Some(text) = cells.get(at).filter(|_| !matches!(column, Column::Year(_))).map(readable) {
                details.insert(*column, text);
            }
        }
        details.retain(|_, text| !text.is_empty());
        let has_money = self.mapping.years().any(|(at, _)| cells.contains_key(&at));
        if details.is_empty() && !has_money {
            return None;
        }
        let named = |column: Column| details.get(&column).cloned();
        let (name, funding) =
            (named(Column::Name).or_else(|| named(Column::Id)).unwrap_or_default(), named(Column::Funding));
        let area_is_assumed = area(details.get(&Column::Kind)).is_none();
        let outcome = self.scheme(number, cells, &details);
        Some(Row { number, name, funding, area_is_assumed, outcome })
    }

    fn scheme(
        &mut self,
        number: u32,
        cells: &BTreeMap<u32, Cell>,
        details: &BTreeMap<Column, String>,
    ) -> Result<Arc<Scheme>, String> {
        let Some(name) = details.get(&Column::Name).cloned() else {
            let mut texts = details.iter().filter(|(column, _)| **column != Column::Comments).map(|(_, text)| text);
            let why = if texts.any(|text| is_total(text)) { TOTAL } else { "it has no scheme name" };
            return Err(why.to_owned());
        };
        if name.len() > LONGEST_NAME {
            return Err(format!("its name is too long; shorten it to {LONGEST_NAME} letters"));
        }
        if is_total(&name) && details.get(&Column::Id).is_none_or(|id| is_total(id)) {
            return Err(TOTAL.to_owned());
        }
        let funding = details.get(&Column::Funding);
        if let Some(funding) = funding {
            self.is_paid_here(funding)?;
        }
        let allocations = self.allocations(number, cells)?;
        match *self.seen.entry(apart(details)).or_insert(Seen::Row(number)) {
            Seen::Row(before) if before != number => return Err(format!("the same scheme as in row {before}")),
            Seen::Row(_) => {}
            Seen::Scheme => return Err("the plan has this scheme already".to_owned()),
            Seen::Line => return Err(LINE.to_owned()),
        }
        if funding.is_none() {
            self.may_be_unsaid()?;
        }
        if self.ids.len() >= MOST_SCHEMES {
            return Err(format!("a plan holds no more than {MOST_SCHEMES} schemes"));
        }
        let id = self.free_id(details.get(&Column::Id), &name)?;
        let said = || Source::Assumption(format!("As {}, row {number}, gives.", self.file));
        let area = area(details.get(&Column::Kind)).unwrap_or(Area::MarketResilience);
        let about = written(details);
        let unbound = "The table does not say which years are bound.".to_owned();
        let scheme = Arc::new(Scheme {
            id,
            name,
            area,
            about,
            allocations: allocations
                .into_iter()
                .map(|(year, value)| (year, Figure { value, was: None, source: said() }))
                .collect::<ByYear<_>>(),
            commitment: Commitment {
                basis: Basis::FixedTerm,
                years: Figure { value: BTreeSet::new(), was: None, source: Source::Assumption(unbound) },
            },
            milestones: Vec::new(),
            effects: Vec::new(),
            delivery_risk: None,
            supports: Vec::new(),
            locked: false,
        });
        self.holds(&scheme)?;
        Ok(scheme)
    }

    /// Whether a plan with this scheme alone meets every rule; which it breaks.
    fn holds(&self, scheme: &Arc<Scheme>) -> Result<(), String> {
        let mut bare = self.bare.clone();
        bare.schemes.push(scheme.clone());
        let broken = check(&bare).into_iter().find(|finding| finding.severity == Severity::Error);
        broken.map_or(Ok(()), |finding| Err(finding.words))
    }

    /// Whether the plan's own fund pays, or one that was chosen.
    fn is_paid_here(&self, funding: &str) -> Result<(), String> {
        let own = &self.scenario.fund.name;
        if is_same(funding, own) || self.fundings.iter().any(|chosen| is_same(chosen, funding)) {
            return Ok(());
        }
        Err(format!("paid from {funding}, not from the plan’s fund ({own})"))
    }

    /// Whether a row that does not say who pays comes in: nobody was asked, or such rows were chosen.
    fn may_be_unsaid(&self) -> Result<(), String> {
        let is_chosen = self.fundings.iter().any(|chosen| chosen.trim().is_empty());
        if is_chosen || self.mapping.place(Column::Funding).is_none() {
            return Ok(());
        }
        Err(format!("it does not say who pays, which may not be the plan’s fund ({})", self.scenario.fund.name))
    }

    /// Pounds of the years that the plan has; a row without any number is no scheme.
    fn allocations(&self, number: u32, cells: &BTreeMap<u32, Cell>) -> Result<Vec<(FinancialYear, Money)>, String> {
        let mut allocations = Vec::new();
        let mut has_number = false;
        for (at, year) in self.mapping.years() {
            let Some(cell) = cells.get(&at) else { continue };
            let amount = pounds(cell, self.mapping.unit_of(at).pounds()).map_err(|why| format!("{year}: {why}"))?;
            has_number |= amount.is_some();
            if self.scenario.fund.grant.get(year).is_some()
                && let Some(amount) = amount
            {
                allocations.push((year, amount));
            }
        }
        match (has_number, allocations.is_empty()) {
            (false, _) => Err("no number in any year".to_owned()),
            (true, true) => Err(format!("its money lies outside the plan’s years (row {number})")),
            (true, false) => Ok(allocations),
        }
    }

    /// A name in kebab-case that no scheme has.
    fn free_id(&mut self, number: Option<&String>, name: &str) -> Result<Id, String> {
        let words = [number.map_or("", String::as_str), name].join(" ").to_lowercase();
        let words = words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let mut slug: String = words.collect::<Vec<_>>().join("-").chars().take(56).collect();
        slug.truncate(slug.trim_end_matches('-').len());
        if slug.is_empty() {
            "scheme".clone_into(&mut slug);
        }
        let numbered = (2..=MOST_SCHEMES).map(|number| format!("{slug}-{number}"));
        let mut ids = std::iter::once(slug.clone()).chain(numbered).filter_map(|id| id.parse::<Id>().ok());
        let free = ids.find(|id| !self.ids.contains(id)).ok_or("no id is left for it")?;
        self.ids.insert(free.clone());
        Ok(free)
    }
}

const TOTAL: &str = "a total, not a scheme";
const LINE: &str = "the expenditure table around the plan has this line already, though no scheme of the plan is it";

/// Whether a row without a number of its own adds up others: `Total`, `Grand Total`, `Sub-total iBCF`.
fn is_total(text: &str) -> bool {
    let text = text.to_lowercase();
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| matches!(word, "total" | "totals" | "subtotal" | "subtotals"))
}

/// A column as spreadsheets name it: A to Z, then AA.
pub fn letters(column: u32) -> String {
    let letter = |at: u32| char::from_u32(u32::from(b'A') + at % 26).unwrap_or('?');
    if column < 26 {
        return letter(column).to_string();
    }
    format!("{}{}", letters(column / 26 - 1), letter(column))
}

/// What tells rows apart: all but comments, whatever the letters.
fn apart(details: &BTreeMap<Column, String>) -> BTreeMap<Column, String> {
    let details = details.iter().filter(|(column, _)| **column != Column::Comments);
    details.map(|(column, text)| (*column, text.to_lowercase())).collect()
}

/// One line of text, as a person reads it.
fn readable(cell: &Cell) -> String {
    file::on_one_line(cell.to_string().trim()).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two sources of funding are one, whatever their letters.
pub fn is_same(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let short = |text: &str| if plain(text) == "ibcf" { "improved better care fund".to_owned() } else { plain(text) };
    short(one) == short(other)
}

/// Pounds in a cell, exactly; nothing where a dash stands for none. Why not, otherwise.
pub(super) fn pounds(cell: &Cell, times: i64) -> Result<Option<Money>, String> {
    let shown = || format!("“{:.24}”", readable(cell));
    let amount = match cell {
        // The shortest text that means this float is what was typed, but for the noise of a sum.
        Cell::Number(number) if number.is_finite() => {
            let written: Decimal = number.to_string().parse().map_err(|_| format!("{} is beyond any sum", shown()))?;
            let written =
                written.checked_mul(Decimal::from(times)).ok_or_else(|| format!("{} is beyond any sum", shown()))?;
            let pence = Money::nearest_penny(written).map_err(|error| error.to_string())?;
            let noise: Decimal = NOISE.parse().unwrap_or_default();
            if (pence.decimal() - written).abs() > noise {
                return Err(format!("{} is finer than a penny", shown()));
            }
            pence
        }
        Cell::Text(text) if matches!(text.trim(), "-" | "–" | "£-" | "") => return Ok(None),
        Cell::Text(text) => {
            let not_money = || format!("{} is no amount of money", shown());
            // “£340k” says itself what it counts, whatever the heading does.
            let says_itself = text.chars().any(char::is_alphabetic);
            let (times, decimal) = match text.trim().split_once('.').filter(|_| times > 1 && !says_itself) {
                _ if says_itself => (1, text.trim().parse::<Money>().map_err(|_| not_money())?.decimal()),
                None => (times, text.trim().parse::<Money>().map_err(|_| not_money())?.decimal()),
                Some((whole, parts)) => (times, in_parts(whole, parts).ok_or_else(not_money)?),
            };
            let pounds = decimal.checked_mul(Decimal::from(times));
            let pence = pounds.and_then(|pounds| Some((pounds, Money::nearest_penny(pounds).ok()?)));
            match pence.ok_or_else(|| format!("{} is beyond any sum", shown()))? {
                (pounds, pence) if pence.decimal() == pounds => pence,
                _ => return Err(format!("{} is finer than a penny", shown())),
            }
        }
        Cell::Number(_) | Cell::Date(_) => return Err(format!("{} is no amount of money", shown())),
    };
    if amount.is_negative() { Err(format!("{} is negative", shown())) } else { Ok(Some(amount)) }
}

/// A whole number as money is written, and decimals of any number: `£1,234` and `5678`.
fn in_parts(whole: &str, parts: &str) -> Option<Decimal> {
    let digits = !parts.is_empty() && parts.len() <= 12 && parts.bytes().all(|byte| byte.is_ascii_digit());
    let whole: Money = if whole.is_empty() { Money::ZERO } else { whole.parse().ok()? };
    let part: Decimal = format!("0.{parts}").parse().ok().filter(|_| digits && !whole.is_negative())?;
    whole.decimal().checked_add(part)
}

/// The planner's area that a template's type comes nearest to; a person may move the scheme.
fn area(kind: Option<&String>) -> Option<Area> {
    let kind = kind?.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| kind.contains(word));
    if has(&["high impact", "integrated care planning", "enablers", "assistive", "discharge", "improving flow"]) {
        Some(Area::ImprovingFlow)
    } else if has(&["market capacity", "workforce", "prevention", "carers"]) {
        Some(Area::MarketCapacity)
    } else if has(&["intermediate care", "domiciliary", "home care", "personalised", "housing", "additional provision"])
    {
        Some(Area::AdditionalProvision)
    } else {
        has(&["market resilience"]).then_some(Area::MarketResilience)
    }
}
