//! A changed scenario in the text that it was opened from: what a person laid out by hand stays, comments and all, but
//! for the lines that the change is about, so that two versions of a file diff cleanly.

use std::collections::{HashMap, VecDeque};

use super::format::{Said, said};
use super::patch::{Change, line_end, own_line, patched};
use super::read::{BYTE_ORDER_MARK, parse};
use super::tokens::{Kind, tokens};
use super::tree::{Node, tree};
use super::write::{INDENT, lay_out, plain, write};
use crate::scenario::Scenario;

/// The text to save for `now`, where `was` was read from `text`: the very bytes if nothing has changed, otherwise those
/// bytes with only what has changed put in. A text in the planner's own layout stays in it; so does one that the
/// change could not be put into. Byte-order mark and line ends stay as they were.
pub fn revise(text: &str, was: &Scenario, now: &Scenario) -> String {
    if was == now {
        return text.to_owned();
    }
    let body = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let mark = &text[..text.len() - body.len()];
    let line_end = line_end(body);
    let in_own_layout = || write(now).replace('\n', line_end);
    if body == write(was).replace('\n', line_end) {
        return mark.to_owned() + &in_own_layout();
    }
    let said = said_format(body, was);
    let revised = revised(body, &said, now).filter(|revised| reads_as(revised, now));
    mark.to_owned() + &revised.unwrap_or_else(in_own_layout)
}

/// What was read, with the format that the text says where it has no room for all of it: so that the line of the format
/// is raised with the first change that is saved. A higher one than needed stays as it is.
fn said_format(body: &str, was: &Scenario) -> Scenario {
    let format = if let Said::Known(format) = said(body) { format.min(was.format) } else { was.format };
    Scenario { format, ..was.clone() }
}

/// Whether all of the scenario, and nothing else, stands in the text.
fn reads_as(text: &str, scenario: &Scenario) -> bool {
    parse("", text).is_ok_and(|opened| opened.scenario == *scenario)
}

/// The text with what has changed put in its place, if a place was found for all of it.
fn revised(text: &str, was: &Scenario, now: &Scenario) -> Option<String> {
    let (was, now) = (plain(was), plain(now));
    let mut reviser = Reviser { text, was: &was, now: &now, changes: Vec::new() };
    reviser.value(&tree(&was), &tree(&now), &tree(text));
    patched(text, reviser.changes)
}

/// Collects what to change in `text`, in which a person may have laid out by hand what `was` says.
struct Reviser<'a> {
    text: &'a str,
    was: &'a str,
    now: &'a str,
    changes: Vec<Change>,
}

impl Reviser<'_> {
    /// `place` is where the text has what `was` says and is to have what `now` says.
    fn value(&mut self, was: &Node, now: &Node, place: &Node) {
        if self.is_same(was, now) {
            return;
        }
        let place = unwrapped(was, place);
        let is_like = |other: &Node| bracket(was).is_some() && bracket(was) == bracket(other);
        if !is_like(now) || !is_like(place) || name(was) != name(now) {
            return self.replace(place, now);
        }
        let is_named = |node: &Node| node.items.iter().all(|item| item.label.is_some());
        if is_named(was) && is_named(now) {
            self.named_items(was, now, place);
        } else {
            self.listed_items(was, now, place);
        }
    }

    fn named_items(&mut self, was: &Node, now: &Node, place: &Node) {
        let mut after = None;
        for item in &now.items {
            let there = place.named_like(item);
            match (was.named_like(item), there) {
                (Some(was), Some(there)) => self.value(was, item, there),
                // A text may leave out what it says by that, or say what could be left out.
                (Some(was), None) if self.is_same(was, item) => {}
                (None, Some(there)) => self.replace(there, item),
                (_, None) => self.insert(place, after, &self.laid_out(item, place)),
            }
            after = there.or(after);
        }
        for gone in was.items.iter().filter(|item| now.named_like(item).is_none()) {
            if let Some(at) =
                place.named_like(gone).and_then(|gone| place.items.iter().position(|item| std::ptr::eq(item, gone)))
            {
                self.remove(place, at);
            }
        }
    }

    fn listed_items(&mut self, was: &Node, now: &Node, place: &Node) {
        let came_from = self.pair(&was.items, &now.items);
        let stays: Vec<Option<usize>> = came_from.iter().map(|from| from.kept).collect();
        let is_whole = stays.iter().all(Option::is_some) && was.items.len() == now.items.len();
        if was.items.len() != place.items.len() || (!is_whole && is_on_one_line(self.text, place)) {
            return self.replace(place, now);
        }
        for at in (0..was.items.len()).filter(|at| !stays.contains(&Some(*at))) {
            self.remove(place, at);
        }
        let mut after = None;
        for (item, from) in now.items.iter().zip(came_from) {
            if let Some(at) = from.kept {
                self.value(&was.items[at], item, &place.items[at]);
                after = Some(&place.items[at]);
            } else {
                let moved = from.moved.filter(|at| self.is_same(&was.items[*at], item)).map(|at| &place.items[at]);
                let text = match moved {
                    Some(moved) => self.text[moved.start()..moved.end].to_owned(),
                    None => self.laid_out(item, place),
                };
                self.insert(place, after, &text);
            }
        }
    }

    /// Which items stay in their order, perhaps changed; the others of `now` are new, or come from elsewhere in `was`.
    fn pair(&self, was: &[Node], now: &[Node]) -> Vec<From> {
        let mut known: HashMap<&str, VecDeque<usize>> = HashMap::new();
        for (at, item) in was.iter().enumerate() {
            known.entry(key(self.was, item)).or_default().push_back(at);
        }
        let mut from: Vec<From> = now
            .iter()
            .map(|item| From { kept: None, moved: known.get_mut(key(self.now, item)).and_then(VecDeque::pop_front) })
            .collect();
        for at in longest_rise(&from.iter().map(|from| from.moved).collect::<Vec<_>>()) {
            from[at].kept = from[at].moved.take();
        }
        // Between two that stay, what has gone and what has come are taken for the same thing, changed.
        let mut unknown: Vec<usize> = known.into_values().flatten().collect();
        unknown.sort_unstable();
        let mut unknown = unknown.into_iter().peekable();
        let mut reached = 0;
        for at in 0..from.len() {
            if let Some(kept) = from[at].kept {
                reached = kept + 1;
            } else if from[at].moved.is_none() {
                let until = from[at..].iter().find_map(|from| from.kept).unwrap_or(was.len());
                while unknown.next_if(|candidate| *candidate < reached).is_some() {}
                if let Some(same) = unknown.next_if(|candidate| *candidate < until) {
                    from[at].kept = Some(same);
                    reached = same + 1;
                }
            }
        }
        from
    }

    /// Whether the planner writes both alike, and so both say the same.
    fn is_same(&self, was: &Node, now: &Node) -> bool {
        self.was[was.start()..was.end] == self.now[now.start()..now.end]
    }

    fn replace(&mut self, place: &Node, now: &Node) {
        let with = self.laid_out_at(now, place.start());
        self.changes.push(Change { at: place.start()..place.end, with });
    }

    /// Takes an item out: its lines, if it has them for itself, and what is said of it behind it.
    fn remove(&mut self, list: &Node, at: usize) {
        let item = &list.items[at];
        let comma = self.comma_after(item.end);
        let end = comma.unwrap_or(item.end);
        let range = match (own_line(self.text, item.start()), self.rest_of_line(end)) {
            (Some(before), Some(line)) => {
                item.start() - before.len()..self.text.len().min(line + line_end(&self.text[line..]).len())
            }
            _ if comma.is_some() => {
                item.start()..end + self.text[end..].len() - self.text[end..].trim_start_matches(' ').len()
            }
            _ if at > 0 => list.items[at - 1].end..end,
            _ => item.start()..end,
        };
        self.changes.push(Change { at: range, with: String::new() });
    }

    /// Puts a new item after another, or first.
    fn insert(&mut self, list: &Node, after: Option<&Node>, item: &str) {
        let open = list.open.map_or(list.start(), |open| open.start + open.text.len());
        let sibling = after.or(list.items.first()).map(|item| own_line(self.text, item.start()).map(str::to_owned));
        // In a list without items, one level further in than the list itself.
        let own_line = sibling.unwrap_or_else(|| Some(indentation(self.text, list.start()) + &" ".repeat(INDENT)));
        let comma = after.and_then(|after| self.comma_after(after.end));
        let (at, with) = match (own_line, after, comma) {
            (Some(indentation), _, comma) => {
                let end = comma.unwrap_or_else(|| after.map_or(open, |after| self.with_comma(after.end)));
                (self.rest_of_line(end).unwrap_or(end), format!("\n{indentation}{item},"))
            }
            (None, Some(_), Some(comma)) => (comma, format!(" {item},")),
            (None, Some(after), None) => (after.end, format!(", {item}")),
            (None, None, _) => (open, format!("{item}, ")),
        };
        self.changes.push(Change { at: at..at, with });
    }

    /// Sees to it that a comma follows the last item.
    fn with_comma(&mut self, end: usize) -> usize {
        let comma = Change { at: end..end, with: ",".to_owned() };
        if !self.changes.contains(&comma) {
            self.changes.push(comma);
        }
        end
    }

    /// The byte after the comma that follows, if one does.
    fn comma_after(&self, end: usize) -> Option<usize> {
        let next = tokens(&self.text[end..]).next().filter(|token| token.kind == Kind::Comma)?;
        Some(end + next.start + next.text.len())
    }

    /// Where the line ends, if nothing but space and a comment stands on the rest of it.
    fn rest_of_line(&self, at: usize) -> Option<usize> {
        let rest = self.text[at..].split('\n').next()?.trim_end_matches('\r');
        let blank = rest.trim_start_matches([' ', '\t']);
        (blank.is_empty() || blank.starts_with("//")).then_some(at + rest.len())
    }

    /// An item as it is to stand among those of `list`.
    fn laid_out(&self, item: &Node, list: &Node) -> String {
        match list.items.first() {
            Some(sibling) => self.laid_out_at(item, sibling.start()),
            None => lines_at(item, &(indentation(self.text, list.start()) + &" ".repeat(INDENT))),
        }
    }

    fn laid_out_at(&self, node: &Node, at: usize) -> String {
        lines_at(node, &indentation(self.text, at))
    }
}

/// Where an item of a list comes from: its place in the list before.
#[derive(Clone, Copy)]
struct From {
    /// It stays in the same order.
    kept: Option<usize>,
    /// It stood elsewhere.
    moved: Option<usize>,
}

/// The value itself, where the text wraps it: `Some((…))`.
fn unwrapped<'a, 'b>(was: &Node, place: &'b Node<'a>) -> &'b Node<'a> {
    match place.wrapped() {
        Some(inner) if was.wrapped().is_none() && bracket(was).is_some() => inner,
        _ => place,
    }
}

fn name<'a>(node: &Node<'a>) -> Option<&'a str> {
    node.name.map(|name| name.text)
}

fn bracket<'a>(node: &Node<'a>) -> Option<&'a str> {
    node.open.map(|open| open.text)
}

/// What an item of a list is known by: its id or month, or all of it.
fn key<'a>(text: &'a str, item: &Node<'a>) -> &'a str {
    let first =
        item.items.first().filter(|first| first.label.is_some_and(|label| matches!(label.text, "id" | "month")));
    first.and_then(name).unwrap_or(&text[item.start()..item.end])
}

fn is_on_one_line(text: &str, node: &Node) -> bool {
    !text[node.start()..node.end].contains('\n')
}

/// The space at the beginning of the line of a byte.
fn indentation(text: &str, at: usize) -> String {
    let line = &text[text[..at].rfind('\n').map_or(0, |newline| newline + 1)..];
    line.chars().take_while(|c| matches!(c, ' ' | '\t')).collect()
}

/// A value as it is to stand on lines that begin so.
fn lines_at(node: &Node, indentation: &str) -> String {
    let columns = indentation.chars().count().max(1);
    let mut text = String::new();
    lay_out(node, columns, &mut text);
    text.replace(&format!("\n{}", " ".repeat(columns)), &format!("\n{indentation}"))
}

/// The places of the longest series of numbers, in their order, each greater than the one before.
fn longest_rise(numbers: &[Option<usize>]) -> Vec<usize> {
    // The place of the least number that ends a series of each length, and for each place the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = vec![None; numbers.len()];
    for (at, number) in numbers.iter().enumerate().filter(|(_, number)| number.is_some()) {
        let length = ends.partition_point(|end| numbers[*end] < *number);
        before[at] = length.checked_sub(1).map(|shorter| ends[shorter]);
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut rise: Vec<usize> = std::iter::successors(ends.last().copied(), |at| before[*at]).collect();
    rise.reverse();
    rise
}

#[cfg(test)]
mod tests;
