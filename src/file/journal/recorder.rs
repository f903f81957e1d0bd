//! Writing the journal of the open plan, on a thread of its own: the window hands each change over and never waits.

use std::borrow::Cow;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::time::{Duration, Instant, SystemTime};

use super::{
    Found, LARGEST_CHANGE, LARGEST_JOURNAL, LAST_SEQUENCE, Load, MAGIC, Name, Record, check_of, mark, seconds,
    sequence_of, steps_in,
};
use crate::file::save::flush_folder;
use crate::file::{plainly, write};
use crate::scenario::Scenario;
use crate::scenario::edit::Move;

/// How long what is written may wait for the disk to confirm it: a change is flushed well within a second.
const FLUSH_WITHIN: Duration = Duration::from_millis(200);
/// After a failure, how long until the next try.
const NEXT_TRY: Duration = Duration::from_secs(15);
/// How long a program that ends waits for its journal to go.
const FAREWELL: Duration = Duration::from_secs(2);
/// How many numbers are tried for a new journal, where other windows take them at the same time.
const TRIES: usize = 1_000;

/// Writes the journal of whichever plan is open.
pub struct Recorder {
    sender: Sender<Told>,
    reports: Receiver<Report>,
}

/// What the writer of journals has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// Changes are not being recorded: why.
    Off(String),
    /// They are again.
    On,
}

/// What the thread is told.
enum Told {
    Opened { path: Option<PathBuf>, text: String },
    Restored(Box<Journal>, Box<Plan>),
    Made { moves: Vec<Move>, scenario: Box<Scenario> },
    Saved { path: PathBuf, text: String },
    Closed,
}

impl Recorder {
    /// A recorder that keeps its journals in `folder`; `wake` is called when there is something to report.
    pub fn start(folder: PathBuf, wake: impl Fn() + Send + 'static) -> io::Result<Self> {
        let (sender, told) = channel();
        let (reporter, reports) = channel();
        let writer = Writer { folder, plan: Plan::default(), journal: None, next_try: None, report: reporter, wake };
        std::thread::Builder::new().name("recording changes".to_owned()).spawn(move || writer.work(&told))?;
        Ok(Self { sender, reports })
    }

    /// Another plan is open, with this text in its file, if it has one; the one before it was closed. Nothing is written
    /// until it is changed.
    pub fn opened(&self, path: Option<&Path>, text: String) {
        self.tell(Told::Opened { path: path.map(absolute), text });
    }

    /// The recovered plan is open, and its journal goes on where it ended.
    pub fn restored(&self, found: Found) {
        let (journal, plan) = found.into_journal();
        self.tell(Told::Restored(Box::new(journal), Box::new(plan)));
    }

    /// This was done, and led to this scenario.
    pub fn made(&self, moves: Vec<Move>, scenario: Scenario) {
        self.tell(Told::Made { moves, scenario: Box::new(scenario) });
    }

    /// The plan was saved: where, and the text there now.
    pub fn saved(&self, path: &Path, text: String) {
        self.tell(Told::Saved { path: absolute(path), text });
    }

    /// The plan was closed with nothing left to lose: its journal goes.
    pub fn closed(&self) {
        self.tell(Told::Closed);
    }

    /// The next report, if there is one. A writer that broke says at every look that it records no more.
    pub fn report(&self) -> Option<Report> {
        match self.reports.try_recv() {
            Ok(report) => Some(report),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Report::Off("a fault in the planner stopped it".to_owned())),
        }
    }

    /// Ends it, once all that it was told is done, or after a moment where a disk does not answer.
    pub fn finish(self) {
        drop(self.sender);
        let asked = Instant::now();
        while let Some(left) = FAREWELL.checked_sub(asked.elapsed()) {
            if self.reports.recv_timeout(left).is_err() {
                break;
            }
        }
    }

    fn tell(&self, told: Told) {
        let _ = self.sender.send(told); // a thread that broke is told of by `report`
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// The open plan, as far as a journal begins with it.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) path: Option<PathBuf>,
    pub(super) saved: String,
    /// As it stands, once it was changed.
    pub(super) stands: Option<Scenario>,
    /// How many of its steps stand.
    pub(super) standing: usize,
}

/// A journal being written. As long as it lives, nobody else takes it for one left behind.
pub(super) struct Journal {
    pub(super) file: File,
    pub(super) location: PathBuf,
    pub(super) sequence: u64,
    pub(super) load: Load,
    pub(super) check: u32,
    /// How many of the plan's steps stood where it begins, and how many it has had since, those taken back included.
    pub(super) from: usize,
    pub(super) steps: usize,
    /// Since when bytes wait to be flushed.
    pub(super) unflushed: Option<Instant>,
}

struct Writer<W> {
    folder: PathBuf,
    plan: Plan,
    journal: Option<Journal>,
    /// When the next try is due, after a failure.
    next_try: Option<Instant>,
    report: Sender<Report>,
    wake: W,
}

impl<W: Fn()> Writer<W> {
    fn work(mut self, told: &Receiver<Told>) {
        loop {
            let flush = self.journal.as_ref().and_then(|journal| Some(journal.unflushed? + FLUSH_WITHIN));
            let heard = match self.next_try.or(flush) {
                Some(due) => told.recv_timeout(due.saturating_duration_since(Instant::now())),
                None => told.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            let done = match heard {
                Ok(told) => self.hear(told).and_then(|()| self.flush_if_due()),
                Err(RecvTimeoutError::Timeout) if self.next_try.is_some() => self.begin_again(),
                Err(RecvTimeoutError::Timeout) => self.flush_if_due(),
                Err(RecvTimeoutError::Disconnected) => {
                    let _ = self.journal.as_mut().map(Journal::flush); // nobody is left to tell
                    return;
                }
            };
            self.tell_of(done);
        }
    }

    fn hear(&mut self, told: Told) -> io::Result<()> {
        match told {
            Told::Opened { path, text } => {
                self.end();
                self.plan = Plan { path, saved: text, ..Plan::default() };
                Ok(())
            }
            Told::Restored(journal, plan) => {
                self.end();
                self.plan = *plan;
                self.journal.insert(*journal).go_on()
            }
            Told::Made { moves, scenario } => {
                let before = self.plan.standing;
                self.plan.standing = moves.iter().fold(before, standing_after);
                let first = self.plan.stands.replace(*scenario).is_none();
                // After a failure nothing is written until the next try, which begins with the plan as it then stands.
                if self.next_try.is_some() { Ok(()) } else { self.record(&moves, before, first) }
            }
            Told::Saved { path, text } => {
                (self.plan.path, self.plan.saved) = (Some(path), text);
                if self.next_try.is_some() { Ok(()) } else { self.record_saved() }
            }
            Told::Closed => {
                self.end();
                self.plan = Plan::default();
                Ok(())
            }
        }
    }

    fn record(&mut self, moves: &[Move], before: usize, first: bool) -> io::Result<()> {
        if self.journal.is_none() && first {
            self.journal = Some(Journal::begin(&self.folder, &self.plan, before, None, None)?);
        }
        let is_recorded = match &mut self.journal {
            Some(journal) => journal.append_moves(moves, before)?,
            None => false,
        };
        if is_recorded { Ok(()) } else { self.begin_again() }
    }

    fn record_saved(&mut self) -> io::Result<()> {
        let Some(journal) = &mut self.journal else { return Ok(()) };
        if journal.append([(self.plan.saved(), 0)].into_iter())? { Ok(()) } else { self.begin_again() }
    }

    /// Begins a journal with the plan as it stands, and removes the one before it.
    fn begin_again(&mut self) -> io::Result<()> {
        let Some(scenario) = &self.plan.stands else {
            self.next_try = None;
            return Ok(());
        };
        let replaces = self.journal.as_ref().map(|journal| journal.sequence);
        let journal = Journal::begin(&self.folder, &self.plan, self.plan.standing, replaces, Some(&write(scenario)))?;
        if let Some(old) = self.journal.replace(journal) {
            old.remove();
        }
        if self.next_try.take().is_some() {
            self.say(Report::On);
        }
        Ok(())
    }

    fn flush_if_due(&mut self) -> io::Result<()> {
        match &mut self.journal {
            Some(journal) if journal.unflushed.is_some_and(|since| since.elapsed() >= FLUSH_WITHIN) => {
                // A folder that was cleared away took the name with it, and nobody would find what is written.
                if journal.location.exists() { journal.flush() } else { self.begin_again() }
            }
            _ => Ok(()),
        }
    }

    /// The plan is closed, and nothing of it is to be recovered.
    fn end(&mut self) {
        if let Some(journal) = self.journal.take() {
            journal.remove();
        }
        self.next_try = None;
    }

    /// Says once that something failed. What failed is never written to again: what the disk has of it is unknown.
    fn tell_of(&mut self, done: io::Result<()>) {
        if let Err(error) = done {
            let is_known = self.next_try.replace(Instant::now() + NEXT_TRY).is_some();
            if !is_known {
                self.say(Report::Off(plainly(&error)));
            }
        }
    }

    fn say(&self, report: Report) {
        let _ = self.report.send(report); // the window may be gone
        (self.wake)();
    }
}

impl Plan {
    fn saved(&self) -> Record<'_> {
        Record::Saved { path: self.path.as_deref().map(Name::from), text: Cow::Borrowed(&self.saved) }
    }
}

impl Journal {
    /// A new journal, on disk with the plan that it begins with.
    fn begin(folder: &Path, plan: &Plan, from: usize, replaces: Option<u64>, stands: Option<&str>) -> io::Result<Self> {
        create_folder(folder)?;
        let (file, location, sequence) = create(folder)?;
        let mut journal =
            Self { file, location, sequence, load: Load::default(), check: 0, from, steps: 0, unflushed: None };
        let at = seconds(SystemTime::now());
        let begun = Record::Begun { sequence, replaces, at, process: std::process::id() };
        let stands = stands.map(|text| Record::Stands { text: Cow::Borrowed(text) });
        let written = journal.write_beginning([begun, plan.saved()].into_iter().chain(stands));
        match written.and_then(|()| flush_folder(folder)) {
            Ok(()) => Ok(journal),
            Err(error) => {
                journal.remove();
                Err(error)
            }
        }
    }

    fn write_beginning<'a>(&mut self, records: impl Iterator<Item = Record<'a>>) -> io::Result<()> {
        let mut text = format!("{MAGIC}\n").into_bytes();
        for record in records {
            self.add(&record, &mut text)?;
        }
        self.load.add_beginning(text.len());
        if self.load.length > LARGEST_JOURNAL {
            return Err(io::Error::other("the plan is too large to be recorded"));
        }
        self.file.write_all(&text)?;
        self.file.sync_all()
    }

    /// Writes what was done where so many steps stood. Tells whether it could: nothing is written where a move leads to
    /// steps that the journal does not have.
    fn append_moves(&mut self, moves: &[Move], mut standing: usize) -> io::Result<bool> {
        let at = seconds(SystemTime::now());
        let mut records = Vec::new();
        let mut known = self.steps;
        for made in moves {
            let steps = steps_in(made, standing);
            standing = standing_after(standing, made);
            let Some(place) = standing.checked_sub(self.from) else { return Ok(false) };
            let made = match made {
                Move::Did(_) => {
                    known = place;
                    Cow::Borrowed(made)
                }
                Move::WentTo(_) if place > known => return Ok(false),
                Move::WentTo(_) => Cow::Owned(Move::WentTo(place)),
            };
            records.push((Record::Made { at, made }, steps));
        }
        self.steps = known;
        self.append(records.into_iter())
    }

    /// Writes records, and how many steps each makes. Tells whether there was room: nothing is written otherwise.
    fn append<'a>(&mut self, records: impl Iterator<Item = (Record<'a>, usize)>) -> io::Result<bool> {
        let before = (self.load, self.check);
        let mut text = Vec::new();
        for (record, steps) in records {
            let length = self.add(&record, &mut text)?;
            self.load.add(length, steps);
            if length > LARGEST_CHANGE || self.load.is_over_one_in(2) {
                (self.load, self.check) = before;
                return Ok(false);
            }
        }
        self.unflushed.get_or_insert_with(Instant::now);
        self.file.write_all(&text)?;
        Ok(true)
    }

    /// Adds a line to what is to be written; gives its length.
    fn add(&mut self, record: &Record<'_>, text: &mut Vec<u8>) -> io::Result<usize> {
        let words = serde_json::to_vec(record)?;
        self.check = check_of(self.check, &words);
        let length = text.len();
        text.extend(mark(self.check).into_bytes());
        text.extend(words);
        text.push(b'\n');
        Ok(text.len() - length)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.unflushed.take().is_some() { self.file.sync_data() } else { Ok(()) }
    }

    /// Takes up a journal that was left behind, after its last sound line.
    fn go_on(&mut self) -> io::Result<()> {
        let location = self.location.with_file_name(name_of(self.sequence));
        if location != self.location {
            fs::rename(&self.location, &location)?;
            self.location = location;
        }
        self.file.set_len(self.load.length)?;
        self.file.seek(SeekFrom::End(0))?;
        self.file.sync_all()
    }

    fn remove(self) {
        // Should it stay, the next start finds in it what is there to be recovered, and asks.
        let _ = fs::remove_file(&self.location);
    }
}

/// How many steps stand after a move that was made where so many stood.
fn standing_after(standing: usize, made: &Move) -> usize {
    match made {
        Move::Did(_) => standing + 1,
        Move::WentTo(to) => *to,
    }
}

/// For the user's eyes only, as the plans in it may be.
fn create_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// A new file with a number greater than any that is there, locked.
fn create(folder: &Path) -> io::Result<(File, PathBuf, u64)> {
    let known = fs::read_dir(folder)?.flatten().filter_map(|entry| sequence_of(&entry.path())).max().unwrap_or(0);
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    for sequence in (known + 1..=LAST_SEQUENCE).take(TRIES) {
        let location = folder.join(name_of(sequence));
        match options.open(&location) {
            Ok(file) => {
                // Where a share knows no locks, a plan may be offered that is open; it can still be put off.
                let _ = file.lock();
                return Ok((file, location, sequence));
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("no free name was found for the recovery journal"))
}

fn name_of(sequence: u64) -> String {
    format!("{sequence:08}.journal")
}
