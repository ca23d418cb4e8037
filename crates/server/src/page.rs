//! Pages of long answers, and the tokens that lead from one to the next.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use crate::Error;
use crate::action::Call;

/// How long a token leads anywhere, in milliseconds.
const LIFE: i64 = 3_600_000;

/// The token for what begins at this place of a list; `of` is what the list is of, and tokens of another lead nowhere.
pub fn token(of: &str, place: usize, now: i64) -> String {
    URL_SAFE_NO_PAD.encode(format!("{place}:{now}:{of}"))
}

/// The place that a token leads to; without one, the first.
///
/// # Errors
/// The token is none, is of another list, or is too old.
pub fn place(of: &str, token: Option<&str>, now: i64) -> Result<usize, Error> {
    let Some(token) = token else { return Ok(0) };
    let invalid = || Error::invalid("The specified nextToken is invalid.");
    let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| invalid())?;
    let text = String::from_utf8(bytes).map_err(|_| invalid())?;
    let mut parts = text.splitn(3, ':');
    let (place, made) = (parts.next().and_then(|it| it.parse().ok()), parts.next().and_then(|it| it.parse().ok()));
    let (Some(place), Some(made), Some(named)) = (place, made, parts.next()) else { return Err(invalid()) };
    let age = now.saturating_sub(made);
    match named == of && (-LIFE..=LIFE).contains(&age) {
        true => Ok(place),
        false => Err(invalid()),
    }
}

/// A page of what a call lists: so many items from where its token leads to, and the token for those behind them. A token
/// is of one list: of this operation, asked with the same arguments.
///
/// # Errors
/// The token leads nowhere.
pub fn page<T>(call: &Call, most: usize, items: Vec<T>) -> Result<(Vec<T>, Option<String>), Error> {
    const OF_PAGES: &[&str] = &["nextToken", "limit", "maxResults"];
    let arguments = call.input.as_object().into_iter().flatten().filter(|(name, _)| !OF_PAGES.contains(&name.as_str()));
    let list: Vec<String> = arguments.map(|(name, value)| format!("{name}={value}")).collect();
    let list = format!("{} {}", call.operation, list.join("&"));
    let place = place(&list, call.input.get("nextToken").and_then(Value::as_str), call.now())?;
    Ok(cut(items, &list, place, most, call.now()))
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

/// So many items from a place on, and the token for those behind them, where there are any.
pub fn cut<T>(items: Vec<T>, of: &str, place: usize, most: usize, now: i64) -> (Vec<T>, Option<String>) {
    let behind = place.saturating_add(most);
    let next = (behind < items.len()).then(|| token(of, behind, now));
    (items.into_iter().skip(place).take(most).collect(), next)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_token_leads_to_its_place_of_its_list_for_an_hour() {
        let it = token("queries a:b", 500, 1_000);
        assert_eq!(place("queries a:b", Some(&it), 1_000 + LIFE).unwrap(), 500);
        assert_eq!(place("queries a:b", None, 0).unwrap(), 0);
        for (of, token, now) in [("queries a", it.as_str(), 1_000), ("queries a:b", &it, 2_000 + LIFE)] {
            assert!(place(of, Some(token), now).is_err());
        }
        for odd in ["", "x", "é", "MTox", "LTE6MDph"] {
            assert!(place("a", Some(odd), 0).is_err(), "{odd}");
        }
    }

    #[test]
    fn pages_end() {
        let (first, next) = cut(vec![1, 2, 3], "n", 0, 2, 0);
        assert_eq!(first, [1, 2]);
        let behind = place("n", next.as_deref(), 0).unwrap();
        assert_eq!(cut(vec![1, 2, 3], "n", behind, 2, 0), (vec![3], None));
        assert_eq!(cut(vec![1, 2, 3], "n", 9, 2, 0), (vec![], None));
    }
}
