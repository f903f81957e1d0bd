//! What the window remembers from one start to the next: recent files, and light or dark. Never a document.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};
use serde::{Deserialize, Serialize};

/// The most recent files remembered.
const MOST_RECENT: usize = 8;

/// What is remembered. Unknown or broken settings are as good as none: nothing of value is lost with them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The newest first.
    recent: Vec<PathBuf>,
    /// Whether the window is dark.
    pub(super) dark: bool,
    /// Whether the start page comes at every start.
    #[serde(default)]
    starts_with_page: bool,
    /// There were none: this is the first start.
    #[serde(skip)]
    is_first: bool,
    /// Where they are kept; nowhere in tests and where the system has no place for settings.
    #[serde(skip)]
    kept_at: Option<PathBuf>,
    /// Where the previous versions of saved files are kept; the same holds.
    #[serde(skip)]
    previous_in: Option<PathBuf>,
}

impl Settings {
    /// The user's settings.
    pub fn load() -> Self {
        let strategy = AppStrategyArgs {
            top_level_domain: "uk".into(),
            author: "iBCF Planner".into(),
            app_name: "iBCF Planner".into(),
        };
        let nothing = Self::default().keeping_previous_in(crate::file::shelf());
        let Ok(strategy) = choose_app_strategy(strategy) else { return nothing };
        let path = strategy.config_dir().join("settings.ron");
        let read = std::fs::read_to_string(&path).ok().and_then(|text| ron::from_str::<Self>(&text).ok());
        let is_first = read.is_none();
        Self { kept_at: Some(path), previous_in: nothing.previous_in, is_first, ..read.unwrap_or_default() }
    }

    /// The settings of somebody who has never started the planner.
    pub fn of_a_first_start() -> Self {
        Self { is_first: true, ..Self::default() }
    }

    /// Whether the start page comes at this start: at the very first one, and at every one if that was asked for. The
    /// next start is no first one any more.
    pub(super) fn take_start_page(&mut self) -> bool {
        let comes = self.is_first || self.starts_with_page;
        if std::mem::take(&mut self.is_first) {
            self.keep();
        }
        comes
    }

    /// Whether the start page comes at every start.
    pub(super) fn starts_with_page(&self) -> bool {
        self.starts_with_page
    }

    /// Remembers whether the start page comes at every start.
    pub(super) fn set_starts_with_page(&mut self, comes: bool) {
        self.starts_with_page = comes;
        self.keep();
    }

    /// The same settings, with the previous versions of saved files in this folder.
    #[must_use]
    pub fn keeping_previous_in(self, folder: Option<PathBuf>) -> Self {
        Self { previous_in: folder, ..self }
    }

    /// Where the previous versions of saved files are kept.
    pub(super) fn previous_in(&self) -> Option<&Path> {
        self.previous_in.as_deref()
    }

    /// Recent files, the newest first.
    pub(super) fn recent(&self) -> &[PathBuf] {
        &self.recent
    }

    /// Puts a file at the head of the recent ones.
    pub(super) fn remember(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.recent.retain(|known| *known != path);
        self.recent.insert(0, path);
        self.recent.truncate(MOST_RECENT);
        self.keep();
    }

    /// Remembers light or dark.
    pub(super) fn set_dark(&mut self, dark: bool) {
        self.dark = dark;
        self.keep();
    }

    /// Writes the settings, off the window's thread, each after those before it and none over newer ones. Failing to is
    /// no one's loss but a convenience's.
    fn keep(&self) {
        static NEWEST: AtomicU64 = AtomicU64::new(0);
        static WRITING: Mutex<()> = Mutex::new(());
        let Some(path) = self.kept_at.clone() else { return };
        let Ok(text) = ron::to_string(self) else { return };
        let number = NEWEST.fetch_add(1, Ordering::SeqCst) + 1;
        let _ = std::thread::Builder::new().name("keeping the settings".to_owned()).spawn(move || {
            let _held = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
            if NEWEST.load(Ordering::SeqCst) == number {
                let _ = path.parent().map(std::fs::create_dir_all);
                let _ = crate::file::save(&path, &text);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_start_page_comes_at_the_first_start_and_at_later_ones_only_if_asked_for() {
        let mut settings = Settings::of_a_first_start();
        assert!(settings.take_start_page());
        assert!(!settings.take_start_page(), "the next start is no first one");
        settings.set_starts_with_page(true);
        let kept: Settings = ron::from_str(&ron::to_string(&settings).expect("written")).expect("read");
        assert!(kept.clone().take_start_page() && kept.starts_with_page());
        // Settings of before there was such a page are of somebody who has started the planner.
        let older: Settings = ron::from_str("(recent: [], dark: true)").expect("read");
        assert!(!older.clone().take_start_page() && older.dark);
    }

    #[test]
    fn the_newest_file_comes_first_and_none_comes_twice() {
        let mut settings = Settings::default();
        for name in ["/a.ron", "/b.ron", "/a.ron"] {
            settings.remember(Path::new(name));
        }
        assert_eq!(settings.recent(), [PathBuf::from("/a.ron"), PathBuf::from("/b.ron")]);
        for at in 0..20 {
            settings.remember(Path::new(&format!("/{at}.ron")));
        }
        assert_eq!(settings.recent().len(), MOST_RECENT);
    }
}
