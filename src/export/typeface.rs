//! The typeface of pictures, Inter, and how wide words are in it. It comes with the planner, so that a picture has the
//! same pixels on every machine.

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider as _};

/// Its files: for words, and for words that matter.
pub(super) const FACES: [&[u8]; 2] =
    [include_bytes!("../../assets/Inter-Regular.otf"), include_bytes!("../../assets/Inter-SemiBold.otf")];

/// What a letter is taken to be wide that the typeface does not have, in ems.
const UNKNOWN: f32 = 0.6;

/// How words are set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Setting {
    /// In the picture's units.
    pub size: f32,
    /// Bold.
    pub strong: bool,
}

impl Setting {
    pub(super) fn regular(size: f32) -> Self {
        Self { size, strong: false }
    }

    pub(super) fn bold(size: f32) -> Self {
        Self { size, strong: true }
    }

    /// How wide words are, set so.
    pub(super) fn width(self, words: &str) -> f32 {
        let Ok(font) = FontRef::new(FACES[usize::from(self.strong)]) else {
            return words.chars().count() as f32 * UNKNOWN * self.size;
        };
        let (letters, metrics) = (font.charmap(), font.glyph_metrics(Size::new(self.size), LocationRef::default()));
        let width = |letter: char| letters.map(letter).and_then(|glyph| metrics.advance_width(glyph));
        words.chars().map(|letter| width(letter).unwrap_or(UNKNOWN * self.size)).sum()
    }

    /// Words on as many lines as the room asks for, broken between words; at most so many lines, the last cut short.
    pub(super) fn wrapped(self, words: &str, room: f32, most_lines: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in words.split_whitespace() {
            let is_last = lines.len() == most_lines;
            match lines.last_mut() {
                // The last line takes all that is left, and is cut.
                Some(line) if is_last || self.width(&format!("{line} {word}")) <= room => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines.into_iter().map(|line| self.cut(&line, room)).collect()
    }

    /// Words with their end cut off where they don't fit.
    pub(super) fn cut(self, words: &str, room: f32) -> String {
        if self.width(words) <= room {
            return words.to_owned();
        }
        let mut letters: Vec<char> = words.chars().collect();
        while !letters.is_empty() {
            letters.pop();
            let shorter = letters.iter().collect::<String>().trim_end().to_owned() + "…";
            if self.width(&shorter) <= room {
                return shorter;
            }
        }
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_hold_all_words_and_none_is_wider_than_the_room() {
        let words = "The plan takes delays from 181 to about 93 by March 2018, above the target of 83";
        let setting = Setting::bold(20.0);
        let lines = setting.wrapped(words, 300.0, 9);
        assert_eq!(lines.join(" "), words);
        assert!(lines.len() > 1 && lines.iter().all(|line| setting.width(line) <= 300.0), "{lines:?}");
        let cut = setting.wrapped(words, 300.0, 2);
        assert!(cut.len() == 2 && cut[1].ends_with('…') && setting.width(&cut[1]) <= 300.0, "{cut:?}");
        assert!(setting.wrapped("", 300.0, 2).is_empty());
    }

    #[test]
    fn figures_are_all_equally_wide_so_that_columns_line_up() {
        let setting = Setting::regular(10.0);
        assert!(
            "0123456789".chars().all(|figure| (setting.width(&figure.to_string()) - setting.width("0")).abs() < 1e-6)
        );
    }
}
