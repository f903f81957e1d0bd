//! The shades that a chart's meanings have: one set for light, which is also paper's, and one for dark.

use super::Tone;
use crate::scenario::Area;

/// Red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shade(pub u8, pub u8, pub u8);

/// The shades of one theme that charts are drawn in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shades {
    /// What a chart is drawn on.
    pub card: Shade,
    /// Text that matters.
    pub ink: Shade,
    /// Text that stands back; still 4.5:1 on a card.
    pub quiet: Shade,
    /// Faint grid lines.
    pub rail: Shade,
    /// The plan's line.
    pub plan: Shade,
    /// As it should be.
    pub good: Shade,
    /// Look at this.
    pub warning: Shade,
    /// Not met, or not paid for.
    pub bad: Shade,
    /// Parts without a colour of their own; the four areas have the first four.
    pub parts: [Shade; 6],
    /// Bands of chance, the widest first.
    pub bands: [Shade; 3],
}

/// Light: the Government Analysis Function's palette on white.
pub const LIGHT: Shades = Shades {
    card: Shade(0xFF, 0xFF, 0xFF),
    ink: Shade(0x1B, 0x20, 0x33),
    quiet: Shade(0x56, 0x5D, 0x70),
    rail: Shade(0xE2, 0xE5, 0xEA),
    plan: Shade(0x12, 0x43, 0x6D),
    good: Shade(0x0B, 0x66, 0x4E),
    warning: Shade(0x9A, 0x5B, 0x00),
    bad: Shade(0xA6, 0x12, 0x2D),
    parts: [
        Shade(0x12, 0x43, 0x6D),
        Shade(0x28, 0xA1, 0x97),
        Shade(0x80, 0x16, 0x50),
        Shade(0xF4, 0x6A, 0x25),
        Shade(0x3D, 0x3D, 0x3D),
        Shade(0xA2, 0x85, 0xD1),
    ],
    bands: [Shade(0xE1, 0xEA, 0xF4), Shade(0xC5, 0xD7, 0xEA), Shade(0x9B, 0xBA, 0xDB)],
};

/// Dark: the same hues, lifted until shapes have 3:1 and text 4.5:1 on a card.
pub const DARK: Shades = Shades {
    card: Shade(0x19, 0x1F, 0x29),
    ink: Shade(0xEE, 0xF1, 0xF6),
    quiet: Shade(0xA9, 0xB3, 0xC2),
    rail: Shade(0x36, 0x3F, 0x4E),
    plan: Shade(0x7F, 0xB6, 0xEA),
    good: Shade(0x5F, 0xCF, 0xA8),
    warning: Shade(0xF2, 0xB3, 0x4C),
    bad: Shade(0xFF, 0x8B, 0x9B),
    parts: [
        Shade(0x6F, 0xA8, 0xDC),
        Shade(0x3F, 0xC1, 0xB5),
        Shade(0xE0, 0x78, 0xB0),
        Shade(0xFF, 0x95, 0x5C),
        Shade(0xC8, 0xCC, 0xD4),
        Shade(0xB9, 0xA3, 0xE3),
    ],
    bands: [Shade(0x1F, 0x2C, 0x3D), Shade(0x27, 0x3C, 0x57), Shade(0x31, 0x51, 0x78)],
};

impl Shades {
    /// The shade of a chart's meaning.
    pub fn tone(&self, tone: Tone) -> Shade {
        match tone {
            Tone::Area(Area::ImprovingFlow) => self.parts[0],
            Tone::Area(Area::MarketResilience) => self.parts[1],
            Tone::Area(Area::MarketCapacity) => self.parts[2],
            Tone::Area(Area::AdditionalProvision) => self.parts[3],
            Tone::Ink => self.ink,
            Tone::Quiet => self.quiet,
            Tone::Plan => self.plan,
            Tone::Good => self.good,
            Tone::Warning => self.warning,
            Tone::Bad => self.bad,
            Tone::Part(part) => self.parts[part % self.parts.len()],
            Tone::Band(depth) => self.bands[depth.min(self.bands.len() - 1)],
        }
    }
}
