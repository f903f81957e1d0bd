//! A plan for any area from NHS England's monthly workbooks, and what was found in them.

use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Failure, print, save};
use crate::file::{self, Over};
use crate::published::months::{counted, workbooks_at};
use crate::published::{Known, Months, Unknown, Workbook, plan};
use crate::scenario::Scenario;
use crate::sheets::NotRead;

/// What a new plan is made from.
#[derive(Debug, Args)]
pub struct NewCall {
    /// NHS England's monthly workbooks of delayed days by local authority (.xls, .xlsx), or folders of them, in any order.
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    dtoc: Vec<PathBuf>,
    /// The area, by its name or its code: “Oxfordshire” or E10000025.
    #[arg(long, required_unless_present = "list", requires = "out", value_name = "NAME")]
    area: Option<String>,
    /// Where the plan is written.
    #[arg(long, requires = "area", value_name = "FILE")]
    out: Option<PathBuf>,
    /// Writes over the file that is there.
    #[arg(long, requires = "out")]
    replace: bool,
    /// Lists the months and areas found.
    #[arg(long)]
    list: bool,
}

pub(super) fn new(call: &NewCall, out: &mut impl Write) -> Result<(), Failure> {
    let paths = workbooks_at(&call.dtoc)?;
    let months = Months::of(paths.iter().map(|path| Workbook::read(path)));
    if months.workbooks.is_empty() && months.remarks.is_empty() {
        return Err(failure(&months.refused));
    }
    for refused in &months.refused {
        let _ = writeln!(std::io::stderr(), "{}", refused.as_warning()); // there is nowhere else to say it
    }
    if call.list {
        print(out, &listed(&months))?;
    }
    let (Some(asked), Some(path)) = (&call.area, &call.out) else { return Ok(()) };
    let area = months.area(asked).map_err(|unknown| not_known(&unknown))?;
    let known = months.known(&area);
    let scenario = plan(&known)
        .map_err(|why| Failure::Refused(vec![format!("error: {why}; choose another area, or other workbooks")]))?;
    // Never over a file that is there, unless that was asked for.
    let over = if call.replace { Over::Anything } else { Over::Nothing };
    save(path, &file::write(&scenario), over, Some("choose another, or add --replace")).map_err(as_error)?;
    print(out, &made(&known, &months, &scenario, path))
}

/// A name that nobody has heard of is the caller's to put right; rows and months that are left out, the workbooks'.
fn not_known(unknown: &Unknown) -> Failure {
    let line = format!("error: {unknown}");
    if unknown.left_out.is_empty() {
        Failure::Usage(line)
    } else {
        Failure::Refused(vec![format!("{line}; put that right, or choose other workbooks")])
    }
}

/// A save's words marked as an error, as every other line is.
pub(super) fn as_error(failure: Failure) -> Failure {
    match failure {
        Failure::System(lines) => {
            let marked = |line: String| if line.contains("error: ") { line } else { format!("error: {line}") };
            Failure::System(lines.into_iter().map(marked).collect())
        }
        failure => failure,
    }
}

fn failure(refused: &[NotRead]) -> Failure {
    let lines = refused.iter().map(ToString::to_string).collect();
    if refused.iter().any(|refused| refused.by_system) { Failure::System(lines) } else { Failure::Refused(lines) }
}

/// Months, remarks and areas.
fn listed(months: &Months) -> String {
    let mut text = format!("{}\n", counted(months.workbooks.len(), "month"));
    for workbook in months.workbooks.values() {
        let _ = writeln!(text, "  {}", workbook.in_words());
    }
    for remark in months.remarks.iter().chain(&months.of_areas) {
        let _ = writeln!(text, "  {remark}.");
    }
    let areas = months.areas();
    let _ = writeln!(text, "\n{}", counted(areas.len(), "area"));
    for area in areas {
        let code = area.code.as_deref().unwrap_or("-");
        let _ = writeln!(text, "  {code:9}  {}, {}", area.name, counted(area.months, "month"));
    }
    text
}

/// What was made, and all that a reader should know of it.
fn made(known: &Known<'_>, months: &Months, scenario: &Scenario, path: &Path) -> String {
    let mut text = format!("{}: {}\n", scenario.area, known.months_in_words());
    if let Some((newest, _)) = known.months.last() {
        let _ = writeln!(text, "  {:.1} people delayed in {}", newest.people(), newest.month.in_words());
    }
    for remark in known.mismatches.iter().chain(&known.remarks).chain(&months.remarks) {
        let _ = writeln!(text, "  {remark}.");
    }
    let _ = writeln!(text, "  The grant of each year is still to be filled in.");
    let _ = writeln!(text, "Written to {}", path.display());
    text
}
