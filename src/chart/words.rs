//! Figures in words, rounded as far as they can be trusted.

use crate::money::Money;

/// A whole number with commas between thousands: `41,300`, `−1,204`.
pub fn count(number: f64) -> String {
    let rounded = if number.is_finite() { number.round() } else { 0.0 };
    let digits = format!("{:.0}", rounded.abs());
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if rounded < 0.0 { format!("−{text}") } else { text }
}

/// A chance as a whole percentage, never surer than it is: `under 1%`, `45%`, `over 99%`.
pub fn percent(chance: f64) -> String {
    match chance {
        small if small < 0.005 => "under 1%".to_owned(),
        large if large > 0.995 => "over 99%".to_owned(),
        between => format!("{:.0}%", between * 100.0),
    }
}

/// `1 person`, `134 people`.
pub fn people(number: f64) -> String {
    let text = count(number);
    if text == "1" { "1 person".to_owned() } else { format!("{text} people") }
}

/// `£676k left`, `£36k over`.
pub fn left_or_over(balance: Money) -> String {
    if balance.is_zero() {
        "£0 left".to_owned()
    } else if balance.is_negative() {
        format!("{} over", balance.abs().short())
    } else {
        format!("{} left", balance.short())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped_by_thousands() {
        assert_eq!(count(41_299.6), "41,300");
        assert_eq!(count(-1204.2), "−1,204");
        assert_eq!(count(-0.3), "0");
        assert_eq!(count(f64::NAN), "0");
        assert_eq!(people(1.2), "1 person");
        assert_eq!([0.0, 0.453, 0.994, 1.0].map(percent), ["under 1%", "45%", "99%", "over 99%"]);
    }
}
