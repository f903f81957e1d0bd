//! Where words stand in a picture: beside what they are about, inside it, and clear of rules and of one another.

use super::Anchor;

/// How far from their point words stand: along, and up.
const ASIDE: f32 = 9.0;
const APART: f32 = 7.0;
/// How far from a rule.
const FROM_RULE: f32 = 4.0;

/// Half of what a mark covers, a little less than [`APART`], so that its own words may stand beside it.
const HALF_MARK: f32 = 6.5;

/// A rectangle of a picture, downwards from its top left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Its left edge.
    pub left: f32,
    /// Its upper edge.
    pub top: f32,
    /// Its right edge.
    pub right: f32,
    /// Its lower edge.
    pub bottom: f32,
}

impl Place {
    /// From its upper left corner, so wide and so high.
    pub fn sized([left, top]: [f32; 2], [width, height]: [f32; 2]) -> Self {
        Self { left, top, right: left + width, bottom: top + height }
    }

    /// What a mark covers.
    pub fn of_mark([x, y]: [f32; 2], scale: f32) -> Self {
        let half = HALF_MARK * scale;
        Self { left: x - half, top: y - half, right: x + half, bottom: y + half }
    }

    /// How wide it is.
    pub fn width(self) -> f32 {
        self.right - self.left
    }

    /// How high it is.
    pub fn height(self) -> f32 {
        self.bottom - self.top
    }

    fn moved(self, along: f32, down: f32) -> Self {
        Self::sized([self.left + along, self.top + down], [self.width(), self.height()])
    }

    fn touches(self, other: Self) -> bool {
        self.left <= other.right && other.left <= self.right && self.top <= other.bottom && other.top <= self.bottom
    }
}

/// Where words of that size stand about their point, within `frame`, with no rule through them, and below whatever was
/// `taken` before. `scale` is how large the picture is drawn.
pub fn place(
    at: [f32; 2],
    anchor: Anchor,
    size: [f32; 2],
    scale: f32,
    frame: Place,
    rules: &[f32],
    taken: &[Place],
) -> Place {
    freed(beside_rules(beside(at, anchor, size, scale), anchor, frame, rules), frame, taken)
}

fn beside([x, y]: [f32; 2], anchor: Anchor, [width, height]: [f32; 2], scale: f32) -> Place {
    let (aside, apart) = (ASIDE * scale, APART * scale);
    let (centre, middle) = (x - width / 2.0, y - height / 2.0);
    let corner = match anchor {
        Anchor::Left => [x - aside - width, middle],
        Anchor::Right => [x + aside, middle],
        Anchor::Above => [centre, y - apart - height],
        Anchor::Below => [centre, y + apart],
        Anchor::Centre => [centre, middle],
    };
    Place::sized(corner, [width, height])
}

/// Moved aside where a rule would run through it: away from what words stand beside, else to the nearer side; to the
/// other, where that has no room.
fn beside_rules(place: Place, anchor: Anchor, frame: Place, rules: &[f32]) -> Place {
    let place = inside(place, frame);
    let Some(x) = rules.iter().find(|x| place.left < **x && **x < place.right) else { return place };
    let (to_left, to_right) = (place.right - x + FROM_RULE, x - place.left + FROM_RULE);
    let left_first = match anchor {
        Anchor::Left => true,
        Anchor::Right => false,
        Anchor::Above | Anchor::Below | Anchor::Centre => to_left <= to_right,
    };
    let has_room = if left_first { place.left - to_left >= frame.left } else { place.right + to_right <= frame.right };
    place.moved(if left_first == has_room { -to_left } else { to_right }, 0.0)
}

/// Moved into the frame along and from its top.
fn inside(place: Place, frame: Place) -> Place {
    let right = (frame.right - place.width()).max(frame.left);
    let corner = [place.left.clamp(frame.left, right), place.top.max(frame.top)];
    Place::sized(corner, [place.width(), place.height()])
}

/// Inside the frame and below any words already there.
fn freed(place: Place, frame: Place, taken: &[Place]) -> Place {
    let mut place = inside(place, frame);
    for _ in 0..taken.len() {
        let Some(other) = taken.iter().find(|other| other.touches(place)) else { break };
        place = place.moved(0.0, other.bottom - place.top + 1.0);
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Place = Place { left: 0.0, top: 0.0, right: 200.0, bottom: 100.0 };

    #[test]
    fn words_beside_a_bar_stay_on_their_side_of_it_where_a_rule_runs_through_them() {
        let beside = |anchor, x| place([x, 50.0], anchor, [40.0, 12.0], 1.0, FRAME, &[100.0], &[]);
        assert!(beside(Anchor::Left, 112.0).right < 100.0);
        assert!(beside(Anchor::Right, 88.0).left > 100.0);
        let crowded = Place { left: 90.0, ..FRAME };
        let words = place([140.0, 50.0], Anchor::Left, [40.0, 12.0], 1.0, crowded, &[100.0], &[]);
        assert!(words.left > 100.0, "no room to the left: {words:?}");
    }

    #[test]
    fn words_never_lie_on_one_another_on_a_rule_or_outside() {
        let mut taken: Vec<Place> = Vec::new();
        for anchor in [Anchor::Left, Anchor::Right, Anchor::Above, Anchor::Below, Anchor::Centre] {
            for x in [0.0, 60.0, 110.0, 200.0] {
                let rules = [if x < 100.0 { 70.0 } else { 120.0 }];
                let words = place([x, 10.0], anchor, [40.0, 12.0], 1.0, FRAME, &rules, &taken);
                assert!(taken.iter().all(|other| !other.touches(words)), "{anchor:?} {words:?}");
                assert!(words.left >= 0.0 && words.right <= 200.0 && words.top >= 0.0, "{anchor:?} {words:?}");
                assert!(words.right <= rules[0] || rules[0] <= words.left, "{anchor:?} {words:?}");
                taken.push(words);
            }
        }
    }
}
