//! Pages of long answers, and the tokens that lead from one to the next.
//!
//! A token is of one list: of an operation, called with the same arguments. With others it is refused, for what it leads
//! to would be a page of another list.

use std::fmt::Display;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::action::Call;
use crate::{Error, Kind};

/// How long a token leads anywhere, in milliseconds: the API reference says 24 hours of all lists. One of `GetLogEvents` is
/// no token of a list, but a place in time.
pub const DAY: i64 = 24 * HOUR;
/// The same of the rows of a query, of which it says an hour.
pub const HOUR: i64 = 3_600_000;

/// The arguments that say which page of a list is wanted, not which list.
const OF_PAGES: &[&str] = &["nextToken", "limit", "maxResults", "maxItems"];

/// What a call goes through page by page.
pub struct List<'c> {
    token: Option<&'c str>,
    arguments: String,
    /// How long its tokens lead anywhere, in milliseconds.
    life: i64,
    now: i64,
}

impl<'c> List<'c> {
    /// The list that a call asks for, whose tokens lead somewhere for so many milliseconds.
    ///
    /// # Errors
    /// The call's token is no text.
    pub fn of(call: &'c Call, life: i64) -> Result<List<'c>, Error> {
        let token = Option::deserialize(call.input.get("nextToken").unwrap_or(&Value::Null));
        let token = token.map_err(|it| Error::new(Kind::Serialization, it.to_string()))?;
        Ok(List { token, arguments: digest(call), life, now: call.now() })
    }

    /// The number of the item that the call's token leads to; without one, of the first.
    ///
    /// # Errors
    /// The token is none, is of another list, or is too old.
    pub fn place(&self) -> Result<usize, Error> {
        self.start()?.map_or(Ok(0), |it| it.parse().map_err(|_| invalid()))
    }

    /// What the call's token says of where the page begins; nothing without one.
    ///
    /// # Errors
    /// The token is none, is of another list, or is too old.
    pub fn start(&self) -> Result<Option<String>, Error> {
        let Some(token) = self.token else { return Ok(None) };
        let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| invalid())?;
        let text = String::from_utf8(bytes).map_err(|_| invalid())?;
        let mut parts = text.splitn(3, ':');
        let (place, made) = (parts.next(), parts.next().and_then(|it| it.parse().ok()));
        let (Some(place), Some(made), Some(arguments)) = (place, made, parts.next()) else { return Err(invalid()) };
        if arguments != self.arguments {
            let message = "The specified nextToken is invalid: it was returned by a call with other arguments.";
            return Err(Error::invalid(message));
        }
        match (-self.life..=self.life).contains(&self.now.saturating_sub(made)) {
            true => Ok(Some(place.to_owned())),
            false => Err(Error::invalid("The specified nextToken is invalid: it has expired.")),
        }
    }

    /// The token for what begins at a place of the list.
    pub fn token(&self, place: &dyn Display) -> String {
        URL_SAFE_NO_PAD.encode(format!("{place}:{}:{}", self.now, self.arguments))
    }

    /// So many items from a place on, and the token for those behind them, where there are any.
    fn cut<T>(&self, items: Vec<T>, place: usize, most: usize) -> (Vec<T>, Option<String>) {
        let behind = place.saturating_add(most);
        let next = (behind < items.len()).then(|| self.token(&behind));
        (items.into_iter().skip(place).take(most).collect(), next)
    }
}

/// A page of what a call lists: so many items from where its token leads to, and the token for those behind them.
///
/// # Errors
/// The token leads nowhere, or is no text.
pub fn page<T>(call: &Call, most: usize, items: Vec<T>) -> Result<(Vec<T>, Option<String>), Error> {
    let list = List::of(call, DAY)?;
    Ok(list.cut(items, list.place()?, most))
}

/// The answer that lists a page of items under a name.
pub fn listed(name: &str, (items, next): (Vec<Value>, Option<String>)) -> Value {
    let mut answer = Map::new();
    answer.insert(name.to_owned(), Value::Array(items));
    if let Some(token) = next {
        answer.insert(String::from("nextToken"), Value::String(token));
    }
    Value::Object(answer)
}

/// Digits that tell a call from those of another operation, or with other arguments, in whichever order they are; which page
/// is wanted is none.
fn digest(call: &Call) -> String {
    let arguments = call.input.as_object().into_iter().flatten();
    let mut hash = Sha256::new_with_prefix(call.operation);
    add_members(&mut hash, arguments.filter(|it| !OF_PAGES.contains(&it.0.as_str())));
    hash.finalize().iter().take(8).map(|it| format!("{it:02x}")).collect()
}

/// Adds the members of an object to a digest, by their names, without those that say nothing.
fn add_members<'v>(hash: &mut Sha256, members: impl Iterator<Item = (&'v String, &'v Value)>) {
    let mut members: Vec<_> = members.filter(|it| !it.1.is_null()).collect();
    members.sort_unstable_by_key(|it| it.0);
    hash.update("{");
    for (name, value) in members {
        hash.update(Value::from(name.as_str()).to_string());
        add(hash, value);
    }
    hash.update("}");
}

/// Adds a value to a digest.
fn add(hash: &mut Sha256, value: &Value) {
    match value {
        Value::Object(it) => add_members(hash, it.iter()),
        Value::Array(it) => {
            hash.update("[");
            it.iter().for_each(|it| add(hash, it));
            hash.update("]");
        }
        it => hash.update(format!("{it},")),
    }
}

/// What is said of a token that never was one.
pub fn invalid() -> Error {
    Error::invalid("The specified nextToken is invalid.")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn list<'c>(arguments: &str, token: Option<&'c str>, now: i64) -> List<'c> {
        List { token, arguments: arguments.to_owned(), life: HOUR, now }
    }

    #[test]
    fn a_token_leads_to_its_place_of_its_list_while_it_lives() {
        let it = list("ab", None, 1_000).token(&500);
        assert_eq!(list("ab", Some(&it), 1_000 + HOUR).place().unwrap(), 500);
        assert_eq!(list("ab", None, 0).place().unwrap(), 0);
        let said = |arguments, now| list(arguments, Some(&it), now).place().unwrap_err().message;
        assert!(said("a", 1_000).contains("other arguments"));
        assert!(said("ab", 1_001 + HOUR).contains("expired"));
        for odd in ["", "x", "é", "MTox", "LTE6MDph"] {
            assert_eq!(list("a", Some(odd), 0).place().unwrap_err(), invalid(), "{odd}");
        }
    }

    #[test]
    fn a_digest_is_of_the_arguments_whatever_their_order() {
        let digest = |text: &str| {
            let mut hash = Sha256::new();
            add(&mut hash, &serde_json::from_str(text).unwrap());
            hash.finalize()
        };
        let one = r#"{"a":[{"key":"k","values":["1","2"]}],"b":true,"c":null}"#;
        assert_eq!(digest(one), digest(r#"{"b":true,"a":[{"values":["1","2"],"key":"k"}]}"#));
        for other in [
            "{}",
            r#"{"a":[{"key":"k","values":["2","1"]}],"b":true}"#,
            r#"{"a":[{"key":"k","values":["12"]}],"b":true}"#,
            r#"{"a":[{"key":"k"},"values",["1","2"]],"b":true}"#,
            r#"{"a":[{"key":"k","values":["1","2"]}],"b":"true"}"#,
        ] {
            assert_ne!(digest(one), digest(other), "{other}");
        }
    }

    #[test]
    fn pages_end() {
        let it = list("n", None, 0);
        let (first, next) = it.cut(vec![1, 2, 3], 0, 2);
        assert_eq!(first, [1, 2]);
        let behind = list("n", next.as_deref(), 0).place().unwrap();
        assert_eq!(it.cut(vec![1, 2, 3], behind, 2), (vec![3], None));
        assert_eq!(it.cut(vec![1, 2, 3], 9, 2), (vec![], None));
    }
}
