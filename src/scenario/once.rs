//! Maps of a file in which nothing is named twice: the notation by itself would take the last and say nothing.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};

use super::Reason;

/// Reads a map. A key that was there before is refused where it stands; `told` says what it names.
pub(super) fn each_once<'de, D, K, V>(deserializer: D, told: fn(&K) -> String) -> Result<BTreeMap<K, V>, D::Error>
where
    D: Deserializer<'de>,
    K: Deserialize<'de> + Ord,
    V: Deserialize<'de>,
{
    struct Once<K, V>(fn(&K) -> String, PhantomData<V>);
    impl<'de, K: Deserialize<'de> + Ord, V: Deserialize<'de>> Visitor<'de> for Once<K, V> {
        type Value = BTreeMap<K, V>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list by year or by reason")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut read = BTreeMap::new();
            while let Some(key) = map.next_key()? {
                if read.contains_key(&key) {
                    return Err(A::Error::custom(format!("{} is given twice; keep one", (self.0)(&key))));
                }
                read.insert(key, map.next_value()?);
            }
            Ok(read)
        }
    }
    deserializer.deserialize_map(Once(told, PhantomData))
}

/// Reads days by reason.
pub(super) fn by_reason<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<Reason, u32>, D::Error> {
    each_once(deserializer, |reason: &Reason| format!("the reason {reason:?}"))
}
