//! The expenditure table of a planning template taken into a plan, or shown row by row before it is.

use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Map, Value, json};

use super::{Failure, json, opened, print, save};
use crate::file::{self, Opened, Over};
use crate::scenario::Scenario;
use crate::scenario::edit::apply;
use crate::sheets::{self, NotRead, Sheet};
use crate::template::{self, Mapping, Preview, Row};

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
    /// Rows paid from this source come in too; without it only those that the plan's own fund pays for.
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
        Some(path) => save(path, &text, Over::Nothing, Some("choose another")),
        None => save(&call.file, &text, Over::Known(known.as_bytes()), None),
    }
}

fn in_words(call: &ImportCall, sheet: &str, mapping: &Mapping, preview: &Preview) -> String {
    let mut text = format!("{}, sheet “{sheet}”, headings in row {}\n", call.table.display(), mapping.head + 1);
    for (at, column) in &mapping.columns {
        let _ = writeln!(text, "  column {}: {column}", letters(*at));
    }
    for remark in &preview.remarks {
        let _ = writeln!(text, "  {remark}");
    }
    let _ = writeln!(text, "\n{} of {} rows come in", preview.coming_in(), preview.rows.len());
    for (year, amount) in preview.money() {
        let _ = writeln!(text, "  {year}: {}", amount.exact());
    }
    for Row { number, name, outcome, .. } in &preview.rows {
        let _ = match outcome {
            Ok(scheme) => writeln!(text, "  row {number}: {name}, {}", scheme.area),
            Err(why) => writeln!(text, "  row {number}: left out: {name}: {why}"),
        };
    }
    if let Some(path) = call.out.as_ref().or(call.write.then_some(&call.file)) {
        let _ = writeln!(text, "Written to {}", path.display());
    }
    text
}

fn as_json(mapping: &Mapping, preview: &Preview) -> Value {
    let columns = mapping.columns.iter().map(|(at, column)| (letters(*at), json!(column.to_string())));
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
            "years": years,
            "left_out": row.outcome.as_ref().err(),
        })
    });
    json!({
        "columns": Value::Object(columns.collect::<Map<_, _>>()),
        "coming_in": preview.coming_in(),
        "remarks": preview.remarks,
        "rows": rows.collect::<Value>(),
    })
}

/// A column as spreadsheets name it: A to Z, then AA.
fn letters(column: u32) -> String {
    let letter = |at: u32| char::from_u32(u32::from(b'A') + at % 26).unwrap_or('?');
    if column < 26 {
        return letter(column).to_string();
    }
    format!("{}{}", letters(column / 26 - 1), letter(column))
}
