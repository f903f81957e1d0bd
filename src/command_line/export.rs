//! Exporting from the command line: a picture, a table, a workbook or a board paper, told by the name's ending, or all of
//! them into a folder.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::{Failure, USUAL_REPLICATIONS, opened, print, replications};
use crate::export::{Asked, ExportError, Known, Size, What, export};
use crate::file;

/// What is done sooner than this is done in silence.
const SILENT: Duration = Duration::from_secs(1);

/// What an export is asked for.
#[derive(Debug, Args)]
pub struct ExportCall {
    /// The scenario.
    file: PathBuf,
    /// The file to write: .svg, .png, .csv, .xlsx or .docx; or a folder, ending with a slash, for everything.
    #[arg(long, value_name = "OUT")]
    to: PathBuf,
    /// What to write of it; without it, a picture or table is that of the trajectory, and a folder has everything.
    #[arg(long, value_parser = PossibleValuesParser::new(What::ALL.map(What::key)))]
    what: Option<String>,
    /// How large pictures are, in pixels.
    #[arg(long, default_value = "1600x900", value_name = "WxH", value_parser = size)]
    size: Size,
    /// How many times the plan is run with chance in it, at most 1,000,000; 0 gives the expected run, without chance.
    #[arg(long, default_value_t = USUAL_REPLICATIONS, value_name = "N", value_parser = replications)]
    replications: u32,
    /// Where chance starts: the same seed gives the same figures.
    #[arg(long, default_value_t = 1, value_name = "S")]
    seed: u64,
}

/// Writes what was asked for, says on standard error how far it has come if that takes long, and in the end where it
/// went.
pub(super) fn carry_out(call: &ExportCall, out: &mut impl Write) -> Result<(), Failure> {
    let scenario = opened(&call.file)?.scenario;
    if file::is_same_file(&call.file, &call.to) {
        let line = format!("error: this is the scenario itself; choose another name: {}", call.to.display());
        return Err(Failure::Usage(line));
    }
    let asked = Asked {
        what: call.what.as_ref().and_then(|key| What::ALL.into_iter().find(|what| what.key() == key)),
        size: call.size,
        replications: call.replications,
        seed: call.seed,
        may_replace: true,
    };
    let called_off = called_off();
    let mut said = Instant::now();
    let mut tell = |doing: &str| {
        if said.elapsed() > SILENT {
            said = Instant::now();
            let _ = writeln!(std::io::stderr(), "{doing}…"); // nobody may be listening
        }
        !called_off.load(Ordering::Relaxed)
    };
    let written = export(&scenario, Known::default(), &call.to, &asked, &mut tell).map_err(|error| failure(&error))?;
    let paths: Vec<String> = written.iter().map(|path| path.display().to_string()).collect();
    print(out, &(paths.join("\n") + "\n"))
}

/// Set by Ctrl+C and by whoever ends the program: the export leaves nothing half done, and no temporary file. A second
/// Ctrl+C ends it at once.
fn called_off() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    #[cfg(unix)]
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP] {
        // Where it can't be had, the signal ends the program as it always did.
        let _ = signal_hook::flag::register_conditional_default(signal, Arc::clone(&flag));
        let _ = signal_hook::flag::register(signal, Arc::clone(&flag));
    }
    flag
}

fn failure(error: &ExportError) -> Failure {
    let line = format!("error: {error}");
    match error {
        ExportError::Usage(_) => Failure::Usage(line),
        ExportError::Sums(_) => Failure::Refused(vec![line]),
        ExportError::CalledOff
        | ExportError::Taken(_)
        | ExportError::NotSaved(_)
        | ExportError::NoFolder(_)
        | ExportError::Fault(_) => Failure::System(vec![line]),
    }
}

/// `1600x900`.
fn size(text: &str) -> Result<Size, String> {
    let sides = text.split_once(['x', 'X', '×']);
    let sides = sides.and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    let (width, height) = sides.ok_or("write it as 1600x900, in pixels")?;
    Size::new(width, height)
        .ok_or_else(|| "a side is 120 to 16,000 pixels, and the picture at most 64 million".to_owned())
}
