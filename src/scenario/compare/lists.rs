//! Lists and maps in three versions: which item is which, what was added and removed, and in which order all stand.

use std::collections::{BTreeMap, HashMap, VecDeque};

use super::Side;
use super::said::{Order, Say};
use super::walk::{Spot, Walk};

/// How the items of a list are known.
pub(super) struct Known<'k, T> {
    /// By what: the first that two items share pairs them, looked for in turn.
    pub(super) by: &'k [fn(&T) -> String],
    /// The words for one item.
    pub(super) spot: fn(Spot, &T) -> Spot,
}

/// One item in base, mine and theirs.
type Row<'a, T> = [Option<&'a T>; 3];

impl Walk<'_> {
    /// A list whose items are gone into one by one. `order` names the order they stand in.
    pub(super) fn list<T: Say>(
        &mut self,
        spot: &Spot,
        order: &Spot,
        lists: [&Vec<T>; 3],
        known: &Known<T>,
        mut deeper: impl FnMut(&mut Self, &Spot, [&T; 3]) -> T,
    ) -> Vec<T> {
        let [base, mine, theirs] = lists;
        if mine == theirs || base == theirs {
            return mine.clone();
        }
        let rows = Rows::of(lists, known.by);
        let name = |item: &T| (known.spot)(spot.clone(), item).name().to_owned();
        let lead = rows.lead(self, order, &name);
        let mut merged: Vec<Option<T>> = Vec::with_capacity(rows.items.len());
        for (at, row) in rows.items.iter().enumerate() {
            let item = row[1].or(row[0]).or(row[2]);
            merged.push(item.and_then(|item| {
                // One way of knowing an item is an id; more is likeness, which is no name.
                let here = if let [by] = known.by { spot.key(by(item)) } else { spot.item(at) };
                self.within(&(known.spot)(here, item), *row, &mut deeper)
            }));
        }
        let stands: Vec<bool> = merged.iter().map(Option::is_some).collect();
        rows.in_order(lead, &stands).into_iter().filter_map(|row| merged.get_mut(row).and_then(Option::take)).collect()
    }

    /// Values under keys, gone into one by one.
    pub(super) fn map<K: Ord + Copy, T: Say, M: FromIterator<(K, T)>>(
        &mut self,
        maps: &[BTreeMap<K, &T>; 3],
        spot: impl Fn(K) -> Spot,
    ) -> M {
        let mut keys: Vec<K> = maps.iter().flat_map(BTreeMap::keys).copied().collect();
        keys.sort();
        keys.dedup();
        let of = |key: &K| maps.each_ref().map(|map| map.get(key).copied());
        keys.iter().filter_map(|key| Some((*key, self.maybe(&spot(*key), of(key))?))).collect()
    }
}

/// The items of three lists, paired: first those of the base in its order, then those that are new.
struct Rows<'a, T> {
    items: Vec<Row<'a, T>>,
    /// The rows in the order of base, mine and theirs.
    orders: [Vec<usize>; 3],
}

impl<'a, T: Say> Rows<'a, T> {
    fn of([base, mine, theirs]: [&'a Vec<T>; 3], by: &[fn(&T) -> String]) -> Self {
        let mut items: Vec<Row<'a, T>> = base.iter().map(|item| [Some(item), None, None]).collect();
        let base_order = (0..items.len()).collect();
        let mine_order = paired(&mut items, mine, 1, by);
        let theirs_order = paired(&mut items, theirs, 2, by);
        Self { items, orders: [base_order, mine_order, theirs_order] }
    }

    /// Whose order the merged list follows.
    fn lead(&self, walk: &mut Walk, spot: &Spot, name: &impl Fn(&T) -> String) -> Side {
        let known = |row: &usize, versions: [usize; 2]| versions.iter().all(|at| self.items[*row][*at].is_some());
        let among = |of: usize, versions| -> Vec<usize> {
            self.orders[of].iter().copied().filter(|row| known(row, versions)).collect()
        };
        // Orders can be held against each other only where the same items stand.
        let mine_moved = among(0, [0, 1]) != among(1, [0, 1]);
        let theirs_moved = among(0, [0, 2]) != among(2, [0, 2]);
        let all = |of: usize| -> Vec<usize> {
            let in_all = |row: &usize| self.items[*row].iter().all(Option::is_some);
            self.orders[of].iter().copied().filter(in_all).collect()
        };
        let said = |rows: Vec<usize>| {
            let item = |row: &usize| self.items[*row].iter().flatten().next().map(|item| name(item));
            Order(rows.iter().filter_map(item).collect(), rows)
        };
        match (mine_moved, theirs_moved) {
            (_, false) => Side::Mine,
            (false, true) => {
                let orders = [among(0, [0, 2]), among(0, [0, 2]), among(2, [0, 2])].map(said);
                walk.decide(spot, orders.each_ref().map(Some))
            }
            (true, true) => {
                let orders = [all(0), all(1), all(2)].map(said);
                walk.decide(spot, orders.each_ref().map(Some))
            }
        }
    }

    /// The rows that stand, in the order of the side that leads; those that only the other side has come after what
    /// they follow there.
    fn in_order(&self, lead: Side, stands: &[bool]) -> Vec<usize> {
        let (lead, other) = match lead {
            Side::Mine => (1, 2),
            Side::Theirs => (2, 1),
        };
        // A chain from row to row; the place past the last row is its head.
        let head = self.items.len();
        let mut next: Vec<Option<usize>> = vec![None; head + 1];
        let mut placed = vec![false; head];
        for order in [lead, other] {
            let mut last = head;
            for row in self.orders[order].iter().copied().filter(|row| stands[*row]) {
                if !placed[row] {
                    placed[row] = true;
                    next[row] = next[last].replace(row);
                }
                last = row;
            }
        }
        std::iter::successors(next[head], |row| next[*row]).collect()
    }
}

/// Puts a list's items into the rows that they belong to, adding rows for those that belong to none. What both sides
/// added is one thing only where the first way of knowing it says so: likeness pairs with what both began with.
fn paired<'a, T: PartialEq>(
    items: &mut Vec<Row<'a, T>>,
    list: &'a [T],
    version: usize,
    by: &[fn(&T) -> String],
) -> Vec<usize> {
    let mut rows: Vec<Option<usize>> = vec![None; list.len()];
    for (nth, name) in by.iter().enumerate() {
        let open = |row: &Row<T>| row[version].is_none() && (nth == 0 || row[0].is_some());
        let mut waiting: HashMap<String, VecDeque<usize>> = HashMap::new();
        for (at, row) in items.iter().enumerate().filter(|(_, row)| open(row)) {
            if let Some(item) = row.iter().flatten().next() {
                waiting.entry(name(item)).or_default().push_back(at);
            }
        }
        for (item, row) in list.iter().zip(&mut rows).filter(|(_, row)| row.is_none()) {
            *row = waiting.get_mut(&name(item)).and_then(VecDeque::pop_front);
            if let Some(row) = *row {
                items[row][version] = Some(item);
            }
        }
    }
    let mut place = |item: &'a T, row: Option<usize>| {
        row.unwrap_or_else(|| {
            let mut fresh = [None; 3];
            fresh[version] = Some(item);
            items.push(fresh);
            items.len() - 1
        })
    };
    list.iter().zip(rows).map(|(item, row)| place(item, row)).collect()
}
