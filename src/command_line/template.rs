//! The expenditure table of a planning template taken into a plan, or shown row by row before it is.

use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Map, Value, json};

use super::new::as_error;
use super::{Failure, json, opened, print, save};
use crate::file::{self, Opened, Over};
use crate::scenario::Scenario;
use crate::scenario::edit::apply;
use crate::sheets::{self, NotRead, Sheet};
use crate::template::{self, Column, Mapping, Preview, letters};

/// What a table is taken into.
#[derive(Debug, Args)]
pub struct ImportCall {
    /// The scenario.
    file: PathBuf,
    /// The table: a workbook (.xlsx, .xls) or a text (.csv) with the template's headings.
    table: PathBuf,
    /// The sheet that the table is on; without it the one that has most of the template's columns.
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// What a column holds, where its heading does not say: name=B, 2017/18=F, or by the heading, name=“Project”. One of id,
    /// name, type, sub-type, area, funding, new, comments or a financial year.
    #[arg(long, value_name = "WHAT=COLUMN", value_parser = Mapped::read)]
    column: Vec<Mapped>,
    /// Rows paid from this source come in too, or with "" those that name none; without it only those that the plan's own
    /// fund pays for.
    #[arg(long, value_name = "SOURCE")]
    funding: Vec<String>,
    /// Writes the schemes into the scenario's file; without it or --out, only shows what would come in.
    #[arg(long, conflicts_with = "out")]
    write: bool,
    /// Writes the plan with them to another file, which must not be there yet.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// As JSON for scripts.
    #[arg(long)]
    json: bool,
}

/// What a person says that a column holds.
#[derive(Clone, Debug)]
struct Mapped {
    what: Column,
    /// The column's letters, or its heading.
    place: String,
}

impl Mapped {
    fn read(text: &str) -> Result<Self, String> {
        let (what, place) = text.split_once('=').ok_or("write what a column holds and which it is, such as name=B")?;
        let known = WORDS.iter().find(|(word, _)| *word == what.trim().to_lowercase()).map(|(_, column)| *column);
        let what = match known {
            Some(column) => column,
            None => Column::Year(what.trim().parse().map_err(|_| {
                let words: Vec<&str> = WORDS.iter().map(|(word, _)| *word).collect();
                format!("“{:.24}” is not among {} and is no financial year", what.trim(), words.join(", "))
            })?),
        };
        Ok(Self { what, place: place.trim().to_owned() })
    }

    /// The column that is meant.
    fn column(&self, mapping: &Mapping) -> Option<u32> {
        let is_meant = |(at, heading): &(&u32, &String)| {
            letters(**at).eq_ignore_ascii_case(&self.place) || heading.eq_ignore_ascii_case(&self.place)
        };
        mapping.headings.iter().find(is_meant).map(|(at, _)| *at)
    }
}

/// What a column may hold beside a year's money, as it is said on the command line.
const WORDS: [(&str, Column); 8] = [
    ("id", Column::Id),
    ("name", Column::Name),
    ("type", Column::Kind),
    ("sub-type", Column::SubType),
    ("area", Column::AreaOfSpend),
    ("funding", Column::Funding),
    ("new", Column::NewOrExisting),
    ("comments", Column::Comments),
];

pub(super) fn import(call: &ImportCall, out: &mut impl Write) -> Result<(), Failure> {
    let Opened { scenario, text: known, .. } = opened(&call.file)?;
    let sheets = sheets::read_table(&call.table)?;
    let name = call.table.display().to_string();
    let (mapping, sheet) = table(call, &name, &sheets)?;
    let short = call.table.file_name().map_or_else(|| name.clone(), |name| name.to_string_lossy().into_owned());
    let preview = template::preview(&scenario, &file::on_one_line(&short), sheet, &mapping, &call.funding);
    if call.write || call.out.is_some() {
        write(call, &scenario, &known, &preview)?;
    }
    let text = if call.json {
        json::text(&as_json(&mapping, &preview))
    } else {
        in_words(call, &sheet.name, &mapping, &preview)
    };
    print(out, &text)
}

/// The table on the sheet asked for; without one, the table that has most of the template's columns.
fn table<'a>(call: &ImportCall, name: &str, sheets: &'a [Sheet]) -> Result<(Mapping, &'a Sheet), NotRead> {
    let tables = template::tables(name, sheets)?;
    let mut found = tables.into_iter().filter_map(|mapping| Some((sheets.get(mapping.sheet)?, mapping)));
    let known: Vec<String> = found.clone().map(|(sheet, _)| format!("“{}”", sheet.name)).collect();
    let wanted = found.find(|(sheet, _)| call.sheet.as_ref().is_none_or(|wanted| sheet.name.trim() == wanted.trim()));
    let (sheet, mapping) = wanted.ok_or_else(|| {
        let why = format!("it has no sheet “{:.40}” with such a table", call.sheet.as_deref().unwrap_or_default());
        NotRead::refused(name, why, format!("choose among {}", known.join(", ")))
    })?;
    let mut mapping = mapping;
    for mapped in &call.column {
        let at = mapped.column(&mapping).ok_or_else(|| {
            let headings = mapping.headings.iter().map(|(at, heading)| format!("{} “{heading:.30}”", letters(*at)));
            let why = format!("its headings, in row {}, have no column “{:.30}”", mapping.head + 1, mapped.place);
            NotRead::refused(name, why, format!("choose among {}", headings.collect::<Vec<_>>().join(", ")))
        })?;
        mapping.put(at, Some(mapped.what));
    }
    if let Some(lacking) = mapping.lacks() {
        let why = format!("its headings, in row {}, name no column of {lacking}", mapping.head + 1);
        return Err(NotRead::refused(name, why, "say which, such as --column name=B --column 2017/18=F"));
    }
    Ok((mapping, sheet))
}

/// The plan with the rows that come in, over its own file or into a new one.
fn write(call: &ImportCall, scenario: &Scenario, known: &str, preview: &Preview) -> Result<(), Failure> {
    let name = call.file.display();
    let Some(edit) = preview.edit(scenario) else {
        let line =
            format!("{}: error: none of its rows comes in; see why without --write or --out", call.table.display());
        return Err(Failure::Refused(vec![file::on_one_line(&line)]));
    };
    let imported =
        apply(scenario, &edit).map_err(|refusal| Failure::Refused(vec![format!("{name}: error: {refusal}")]))?;
    let text = file::revise(known, scenario, &imported.scenario);
    match &call.out {
        Some(path) => save(path, &text, Over::Nothing, Some("choose another")).map_err(as_error),
        None => save(&call.file, &text, Over::Known(known.as_bytes()), None).map_err(as_error),
    }
}

fn in_words(call: &ImportCall, sheet: &str, mapping: &Mapping, preview: &Preview) -> String {
    let mut text = format!("{}, sheet “{sheet}”, headings in row {}\n", call.table.display(), mapping.head + 1);
    for at in mapping.columns.keys() {
        let _ = writeln!(text, "  column {}: {}", letters(*at), mapping.in_words(*at).unwrap_or_default());
    }
    for (at, heading) in mapping.unused() {
        let _ = writeln!(text, "  column {} “{heading:.40}”: not used", letters(at));
    }
    if mapping.place(Column::Funding).is_none()
        && let Some((at, _)) = mapping.unused().next()
    {
        let _ = writeln!(text, "  Say what a column holds with --column, such as --column funding={}.", letters(at));
    }
    for remark in &preview.remarks {
        let _ = writeln!(text, "  {remark}");
    }
    let _ = writeln!(text, "\n{} of {} rows come in", preview.coming_in(), preview.rows.len());
    for (year, amount) in preview.money() {
        let _ = writeln!(text, "  {year}: {}", amount.exact());
    }
    for row in &preview.rows {
        let left_out = if row.outcome.is_ok() { "" } else { "left out: " };
        let _ = writeln!(text, "  row {}: {left_out}{}", row.number, row.in_words());
    }
    if let Some(path) = call.out.as_ref().or(call.write.then_some(&call.file)) {
        let _ = writeln!(text, "Written to {}", path.display());
    }
    text
}

fn as_json(mapping: &Mapping, preview: &Preview) -> Value {
    let columns = mapping.columns.keys().map(|at| (letters(*at), json!(mapping.in_words(*at))));
    let rows = preview.rows.iter().map(|row| {
        let scheme = row.outcome.as_ref().ok();
        let years = scheme.map(|scheme| {
            let years =
                scheme.allocations.iter().map(|(year, amount)| (year.to_string(), json!(amount.value.to_json())));
            Value::Object(years.collect::<Map<_, _>>())
        });
        json!({
            "row": row.number,
            "name": row.name,
            "funding": row.funding,
            "id": scheme.map(|scheme| scheme.id.to_string()),
            "area": scheme.map(|scheme| scheme.area.key()),
            "area_is_assumed": scheme.map(|_| row.area_is_assumed),
            "years": years,
            "left_out": row.outcome.as_ref().err(),
        })
    });
    let unused = mapping.unused().map(|(at, heading)| (letters(at), json!(heading)));
    json!({
        "columns": Value::Object(columns.collect::<Map<_, _>>()),
        "not_used": Value::Object(unused.collect::<Map<_, _>>()),
        "coming_in": preview.coming_in(),
        "remarks": preview.remarks,
        "rows": rows.collect::<Value>(),
    })
}
