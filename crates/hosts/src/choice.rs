//! Values that hang on conditions: `Fn::If` and what it gives, one choice after the other.

use crate::query::Found;
use crate::text::Text;

/// More ways than these through the conditions of one value are not gone.
const MOST_WAYS: usize = 16;

/// Which conditions hold. A condition that is asked for the first time does; [`Choice::next`] turns to the next way.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    taken: Vec<(String, bool)>,
}

/// A value under a choice.
#[derive(Clone, Debug)]
pub struct Variant<T> {
    /// The conditions it hangs on: `IsProd, not IsQuiet`; empty if it hangs on none.
    pub conditions: String,
    /// The value.
    pub value: T,
}

impl Choice {
    /// Whether a condition holds.
    pub fn holds(&mut self, condition: &str) -> bool {
        if let Some((_, holds)) = self.taken.iter().find(|it| it.0 == condition) {
            return *holds;
        }
        self.taken.push((condition.to_owned(), true));
        true
    }

    /// Turns to the next way: the last condition that held no longer does, and those asked for behind it are open.
    fn next(&mut self) -> bool {
        while let Some((condition, held)) = self.taken.pop() {
            if held {
                self.taken.push((condition, false));
                return true;
            }
        }
        false
    }

    fn told(&self) -> String {
        let told = |(name, holds): &(String, bool)| if *holds { name.clone() } else { format!("not {name}") };
        self.taken.iter().map(told).collect::<Vec<_>>().join(", ")
    }
}

/// What a value is in each way through its conditions; ways in which it is none are left out.
pub fn variants(value: impl Fn(&mut Choice) -> Option<Text>) -> Vec<Variant<Text>> {
    let mut choice = Choice::default();
    let mut variants = Vec::new();
    for _ in 0..MOST_WAYS {
        if let Some(value) = value(&mut choice) {
            variants.push(Variant { conditions: choice.told(), value });
        }
        if !choice.next() {
            break;
        }
    }
    variants
}

/// A name with the conditions under which it is meant.
pub fn named(name: &str, conditions: &str) -> String {
    if conditions.is_empty() { name.to_owned() } else { format!("{name} ({conditions})") }
}

/// Adds what was found in variants of a value. What is in all of them is added once; the rest is called by the
/// conditions too.
pub fn add(variants: Vec<Variant<Found>>, found: &mut Found) {
    let is_everywhere = |query: &crate::Query| {
        let same = |it: &crate::Query| it.span() == query.span() && it.text() == query.text();
        variants.iter().all(|it| it.value.queries.iter().any(same))
    };
    for (number, variant) in variants.iter().enumerate() {
        for query in &variant.value.queries {
            let mut query = query.clone();
            match is_everywhere(&query) {
                true if number > 0 => continue,
                true => {}
                false => query.name = named(&query.name, &variant.conditions),
            }
            found.queries.push(query);
        }
        for unread in &variant.value.unread {
            if !found.unread.contains(unread) {
                found.unread.push(unread.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_is_gone_once() {
        let text = |it: &str| {
            let mut text = Text::default();
            text.push(it, 0);
            Some(text)
        };
        let ways = variants(|choice| match choice.holds("A") {
            true => text("a"),
            false if choice.holds("B") && choice.holds("B") => text("b"),
            false => text("c"),
        });
        let ways: Vec<(&str, &str)> = ways.iter().map(|it| (it.conditions.as_str(), it.value.as_str())).collect();
        assert_eq!(ways, [("A", "a"), ("not A, B", "b"), ("not A, not B", "c")]);
        let many =
            variants(|choice| text(&(0..9).map(|it| choice.holds(&it.to_string()).to_string()).collect::<String>()));
        assert_eq!(many.len(), MOST_WAYS);
    }
}
