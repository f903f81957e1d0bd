//! Paper: what the charts, the ledger and the forecast say, as pictures, tables, a workbook and a board paper.
//!
//! One content, many forms: everything is taken from [`crate::chart`], [`crate::ledger`] and [`crate::forecast`], as the
//! window takes it, so that paper and screen can't disagree. All of it is made before the first byte is written, and all
//! of it is on the disk before the first file takes its place.
//!
//! There is no PDF. `krilla` 0.8 (MIT or Apache, well kept) would write a tagged one; measured, it adds 26 crates, most of
//! 100 s to a release build on two processors and about 3 MB to the program, and leaves lines, pages and repeated headings
//! of tables to be laid out here. Word and LibreOffice make a tagged PDF of the board paper, whose headings, tables and
//! alternative texts are what such tags are made from.

mod around;
mod asked;
mod assumptions;
mod content;
mod docx;
mod paper;
mod picture;
mod raster;
mod tables;
mod typeface;
mod workbook;
mod xml;

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

pub use asked::{Asked, Form, Size, What};
use content::Content;
pub use raster::Pixels;

use crate::chart::Chart;
use crate::file::{self, SaveError};
use crate::forecast::calibration::Backtest;
use crate::forecast::chance::Chance;
use crate::money::MoneyError;
use crate::scenario::Scenario;

/// What is known of a scenario already, as a window has it; the rest is worked out.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Where chance leads; taken if it is of the replications and the seed asked for.
    pub chance: Option<Chance>,
    /// How good such forecasts were.
    pub record: Option<Backtest>,
}

/// Why nothing was exported. Whatever stood there before stands there still.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportError {
    /// What was asked for can't be had so: what it is, and what can be.
    Usage(String),
    /// The scenario's sums can't be formed.
    Sums(MoneyError),
    /// It was called off.
    CalledOff,
    /// Files are there, and nobody said that they may go.
    Taken(Vec<PathBuf>),
    /// A file could not be written.
    NotSaved(SaveError),
    /// The folder could not be made.
    NoFolder(String),
    /// Something went wrong in the planner itself.
    Fault(String),
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(words) | Self::NoFolder(words) => f.write_str(words),
            Self::Sums(error) => write!(f, "the scenario's sums can't be formed: {error}"),
            Self::CalledOff => f.write_str("called off; nothing was written"),
            Self::Taken(paths) => {
                let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
                write!(f, "these files are there already; nothing was written: {}", paths.join(", "))
            }
            Self::NotSaved(error) => error.fmt(f),
            Self::Fault(words) => write!(f, "{words}; nothing was written"),
        }
    }
}

impl std::error::Error for ExportError {}

impl From<MoneyError> for ExportError {
    fn from(error: MoneyError) -> Self {
        Self::Sums(error)
    }
}

/// Is told what is being done, and says whether to go on.
pub type Progress<'a> = &'a mut dyn FnMut(&str) -> bool;

/// Exports to a file, in the form that its name ends with, or everything into a folder: one that is there, or a name
/// that ends with a slash. Gives what was written.
pub fn export(
    scenario: &Scenario,
    known: Known,
    out: &Path,
    asked: &Asked,
    progress: Progress<'_>,
) -> Result<Vec<PathBuf>, ExportError> {
    if is_folder(out) {
        let names = names_of_everything(asked.what);
        refuse_what_is_taken(names.iter().map(|name| out.join(name)), asked.may_replace)?;
        let files = everything(scenario, known, asked, progress)?;
        let files: Vec<_> = files.into_iter().map(|(name, bytes)| (out.join(name), bytes)).collect();
        let made = Made::folder(out)?;
        let written = put_in_place(files, asked.may_replace, progress)?;
        made.stays();
        return Ok(written);
    }
    let form = form_of(out, &Form::ALL)?;
    must_have_its_folder(out)?;
    refuse_what_is_taken([out.to_owned()], asked.may_replace)?;
    let bytes = one(scenario, known, form, asked, progress)?;
    put_in_place(vec![(out.to_owned(), bytes)], asked.may_replace, progress)
}

/// Exports a chart as it is shown: as a picture of that size or as its table, by the name's ending.
pub fn export_chart(
    scenario: &Scenario,
    chart: &Chart,
    out: &Path,
    size: Size,
    may_replace: bool,
    progress: Progress<'_>,
) -> Result<Vec<PathBuf>, ExportError> {
    let form = form_of(out, &Form::OF_ONE)?;
    must_have_its_folder(out)?;
    refuse_what_is_taken([out.to_owned()], may_replace)?;
    go_on(progress, "drawing")?;
    let bytes = content::file(scenario, chart, form, size)?;
    put_in_place(vec![(out.to_owned(), bytes)], may_replace, progress)
}

/// The form that a name ends with, if it is one of `forms`.
fn form_of(out: &Path, forms: &[Form]) -> Result<Form, ExportError> {
    Form::of(out).filter(|form| forms.contains(form)).ok_or_else(|| {
        let endings: Vec<String> = forms.iter().map(|form| format!(".{}", form.ending())).collect();
        let or_folder = if forms.len() == Form::ALL.len() { ", or be a folder (ending with a slash)" } else { "" };
        let endings = endings.join(", ");
        ExportError::Usage(format!("the name must end with one of {endings}{or_folder}: {}", out.display()))
    })
}

/// Before any work is done for nothing: a file goes into a folder that is there. A name with a slash at its end makes one.
fn must_have_its_folder(out: &Path) -> Result<(), ExportError> {
    let folder = out.parent().filter(|folder| *folder != Path::new(""));
    match folder.filter(|folder| matches!(folder.try_exists(), Ok(false))) {
        None => Ok(()),
        Some(folder) => {
            let words = format!("the folder {} is not there: make it, or choose another", folder.display());
            Err(ExportError::NoFolder(words))
        }
    }
}

/// Before any work is done for nothing.
fn refuse_what_is_taken(paths: impl IntoIterator<Item = PathBuf>, may_replace: bool) -> Result<(), ExportError> {
    let taken: Vec<PathBuf> = paths.into_iter().filter(|path| !may_replace && path.exists()).collect();
    if taken.is_empty() { Ok(()) } else { Err(ExportError::Taken(taken)) }
}

/// All of the files, or none.
fn put_in_place(
    files: Vec<(PathBuf, Vec<u8>)>,
    may_replace: bool,
    progress: Progress<'_>,
) -> Result<Vec<PathBuf>, ExportError> {
    let done = file::save_all(&files, may_replace, |path| progress(&format!("writing {}", path.display())));
    let paths = files.into_iter().map(|(path, _)| path);
    match done {
        Ok(true) => Ok(paths.collect()),
        Ok(false) => Err(ExportError::CalledOff),
        // Somebody was faster.
        Err(SaveError::Changed { .. }) => Err(ExportError::Taken(paths.filter(|path| path.exists()).collect())),
        Err(error) => Err(ExportError::NotSaved(error)),
    }
}

/// Folders made for an export, which go again unless it goes through.
struct Made(Vec<PathBuf>);

impl Made {
    /// The folder itself and those above it, as far as they are not there.
    fn folder(out: &Path) -> Result<Self, ExportError> {
        let missing = out.ancestors().take_while(|folder| *folder != Path::new("") && !folder.exists());
        let made = Self(missing.map(Path::to_owned).collect());
        fs::create_dir_all(out).map_err(|error| {
            let why = file::plainly(&error);
            ExportError::NoFolder(format!("the folder can't be made ({why}); choose another: {}", out.display()))
        })?;
        Ok(made)
    }

    fn stays(mut self) {
        self.0.clear();
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        for folder in &self.0 {
            let _ = fs::remove_dir(folder); // only while it is empty
        }
    }
}

/// A chart as pixels, for the clipboard.
pub fn pixels(scenario: &Scenario, chart: &Chart, size: Size) -> Result<Pixels, ExportError> {
    raster::pixels(&picture::svg(chart, &content::source(scenario, chart), size, picture::SCREEN), size)
}

/// A name that ends as a file's does is a file's, even where a folder has it.
fn is_folder(out: &Path) -> bool {
    let last = out.as_os_str().as_encoded_bytes().last();
    let ends_with_slash = last.is_some_and(|byte| std::path::is_separator(char::from(*byte)));
    ends_with_slash || (out.is_dir() && Form::of(out).is_none())
}

/// One file's bytes.
fn one(
    scenario: &Scenario,
    known: Known,
    form: Form,
    asked: &Asked,
    progress: Progress<'_>,
) -> Result<Vec<u8>, ExportError> {
    let holds_all = form == Form::Docx || (form == Form::Xlsx && asked.what.is_none());
    match asked.what {
        Some(what) if holds_all => {
            let (key, ending) = (what.key(), form.ending());
            let words =
                format!("a .{ending} file holds everything; leave {key} out, or ask for {key} as .csv or .xlsx");
            return Err(ExportError::Usage(words));
        }
        Some(what) if !what.is_chart() && matches!(form, Form::Svg | Form::Png) => {
            let key = what.key();
            return Err(ExportError::Usage(format!("{key} is a table, not a picture; ask for {key} as .csv or .xlsx")));
        }
        _ => {}
    }
    let what = asked.what.unwrap_or(What::Trajectory);
    let wanted = if holds_all { &What::ALL[..] } else { &[what] };
    let content = Content::of(scenario, known, wanted, asked, progress)?;
    go_on(progress, "drawing")?;
    match form {
        _ if holds_all => whole(&content, form),
        Form::Xlsx => workbook::of_one(&content, what),
        _ => content.file(what, form, asked.size),
    }
}

/// A file that holds everything.
fn whole(content: &Content<'_>, form: Form) -> Result<Vec<u8>, ExportError> {
    match form {
        Form::Xlsx => workbook::workbook(content),
        Form::Docx => paper::paper(content),
        Form::Svg | Form::Png | Form::Csv => Err(ExportError::Fault("a picture can't hold everything".to_owned())),
    }
}

/// Every chart as both pictures, every table, and the files that hold all of them.
fn everything(
    scenario: &Scenario,
    known: Known,
    asked: &Asked,
    progress: Progress<'_>,
) -> Result<Vec<(String, Vec<u8>)>, ExportError> {
    let wanted = asked.what.map_or_else(|| What::ALL.to_vec(), |what| vec![what]);
    let content = Content::of(scenario, known, &wanted, asked, progress)?;
    let mut files = Vec::new();
    for (what, form) in pieces(asked.what).filter(|(what, _)| content.has(*what)) {
        let name = piece_name(what, form);
        go_on(progress, &format!("making {name}"))?;
        files.push((name, content.file(what, form, asked.size)?));
    }
    for (form, name) in Form::OF_ALL.into_iter().filter(|_| asked.what.is_none()) {
        go_on(progress, &format!("making {name}"))?;
        files.push((name.to_owned(), whole(&content, form)?));
    }
    match asked.what {
        // What was asked for and can't be had is said, rather than a folder left empty.
        Some(what) if files.is_empty() => content.file(what, Form::Csv, asked.size).map(|_| files),
        _ => Ok(files),
    }
}

/// The files of single charts and tables that a folder gets.
fn pieces(what: Option<What>) -> impl Iterator<Item = (What, Form)> {
    let wanted = What::ALL.into_iter().filter(move |one| what.is_none_or(|what| what == *one));
    let forms = |what: What| Form::OF_ONE.into_iter().filter(move |form| what.is_chart() || *form == Form::Csv);
    wanted.flat_map(move |what| forms(what).map(move |form| (what, form)))
}

fn piece_name(what: What, form: Form) -> String {
    format!("{}.{}", what.key(), form.ending())
}

/// What the files of a folder may be called.
fn names_of_everything(what: Option<What>) -> Vec<String> {
    let whole = Form::OF_ALL.into_iter().filter(|_| what.is_none()).map(|(_, name)| name.to_owned());
    pieces(what).map(|(what, form)| piece_name(what, form)).chain(whole).collect()
}

fn go_on(progress: Progress<'_>, doing: &str) -> Result<(), ExportError> {
    if progress(doing) { Ok(()) } else { Err(ExportError::CalledOff) }
}
