//! What maps and lists read as, hold and refuse.

#![allow(clippy::unwrap_used)]

use super::*;

#[test]
fn blanks_go_and_all_else_stays() {
    let text = " { \"b\" : [ 1.10 , -2e+5, true,false , null ] ,\n\"a\": {\"x\":\"a b\"} , \"c\":[] } ";
    let json = Json::parse(text).unwrap();
    assert_eq!(json.text(), r#"{"b":[1.10,-2e+5,true,false,null],"a":{"x":"a b"},"c":[]}"#);
    assert_eq!(json.len(), 3);
    assert!(!json.is_list());
}

#[test]
fn what_is_neither_map_nor_list_is_none() {
    let texts = [
        "",
        " ",
        "1",
        "\"a\"",
        "true",
        "null",
        "{",
        "}",
        "[",
        "]",
        "{]",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "[01]",
        "[1.]",
        "[.5]",
        "[+1]",
        "[1e]",
        "[-]",
        "[nul]",
        "[truex]",
        "[\"a]",
        "[\"\\x\"]",
        "[\"\\u12\"]",
        "[\"\n\"]",
        "[1]]",
        "[1]x",
        "{\"a\":1}{",
        "{1:2}",
        "[[]",
        "[NaN]",
        "{\"a\":1:2}",
        "[1:2]",
        "{\"a\",1}",
        "{\"a\":1,2}",
    ];
    for text in texts {
        assert_eq!(Json::parse(text), None, "{text}");
    }
}

#[test]
fn the_library_accepts_and_refuses_the_same() {
    // Every text of up to six of these tokens.
    let tokens = ["{", "}", "[", "]", ",", ":", "\"a\"", "1.0"];
    let mut accepted = 0;
    for mut number in 8u32..8u32.pow(6) {
        let mut text = String::new();
        while number > 0 {
            text.push_str(tokens[(number % 8) as usize]);
            number /= 8;
        }
        let theirs = serde_json::from_str::<serde_json::Value>(&text).ok();
        let theirs = theirs.filter(|it| it.is_object() || it.is_array()).map(|it| it.to_string());
        assert_eq!(Json::parse(&text).map(|it| it.text().to_owned()), theirs, "{text}");
        accepted += usize::from(theirs.is_some());
    }
    assert!(accepted > 20, "{accepted}");
}

#[test]
fn scalars_come_out_as_text() {
    let json = Json::parse(r#"{"n":12345678901234567890,"s":"a\"\u00e9\ud83d\ude00","t":true,"f":false,"z":null}"#);
    let json = json.unwrap();
    assert_eq!(json.get("n"), Some(Value::text("12345678901234567890")));
    assert_eq!(json.get("s"), Some(Value::text("a\"é😀")));
    assert_eq!(json.get("t"), Some(Value::text("1")));
    assert_eq!(json.get("f"), Some(Value::text("0")));
    assert_eq!(json.get("z"), None);
    assert_eq!(json.get("missing"), None);
    assert_eq!(json.index(0), None);
}

#[test]
fn lists_count_from_zero() {
    let json = Json::parse(r#"[[1,"],["],{"a":[2]},"x"]"#).unwrap();
    assert!(json.is_list());
    assert_eq!(json.len(), 3);
    assert_eq!(json.index(0), Some(Value::Json(Json::trusted(r#"[1,"],["]"#))));
    assert_eq!(json.index(1), Some(Value::Json(Json::trusted(r#"{"a":[2]}"#))));
    assert_eq!(json.index(2), Some(Value::text("x")));
    assert_eq!(json.index(3), None);
    assert_eq!(json.get("a"), None);
    assert!(Json::parse("[]").unwrap().is_empty());
}

#[test]
fn of_duplicate_keys_the_last_counts() {
    let json = Json::parse(r#"{"a":1,"b":{"x":1,"x":[2]},"\u0061":3}"#).unwrap();
    assert_eq!(json.text(), r#"{"a":3,"b":{"x":[2]}}"#);
    assert_eq!(json.get("a"), Some(Value::text("3")));
}

#[test]
fn many_duplicate_keys_are_found_as_well() {
    let entries: Vec<String> = (0..1_000).map(|it| format!("\"{}\":{it}", it % 500)).collect();
    let json = Json::parse(&format!("{{{}}}", entries.join(","))).unwrap();
    assert_eq!(json.len(), 500);
    assert_eq!(json.get("7"), Some(Value::text("507")));
    assert!(json.text().starts_with(r#"{"0":500,"1":501,"#));
}

#[test]
fn deep_nesting_takes_no_stack() {
    let depth = 200_000;
    let text = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let json = Json::parse(&text).unwrap();
    assert_eq!(json.len(), 1);
    assert!(json.index(0).is_some());
    assert_eq!(Json::parse(&text[1..]), None);
}

#[test]
fn texts_that_are_no_json_do_no_harm() {
    for text in ["", "{", "[", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":\"", "é", "[\"\\", "[é", "{\"a\":é"] {
        let json = Json::trusted(text);
        assert_eq!((json.get("a"), json.index(0)), (None, None), "{text}");
        assert_eq!(json.len(), json.values().count());
    }
}

#[test]
fn values_make_lists_and_maps() {
    let (text, number, flag) = (Value::text("a\"\n"), Value::Number(0.5), Value::Bool(true));
    let list = Json::list([Some(&text), None, Some(&number), Some(&flag)]);
    assert_eq!(list.text(), r#"["a\"\n",null,0.5,1]"#);
    let list = Value::Json(list);
    let map = Json::map([("x", Some(&list)), ("é\\", Some(&number))]);
    assert_eq!(map.text(), r#"{"x":["a\"\n",null,0.5,1],"é\\":0.5}"#);
    assert_eq!(map.entries().nth(1), Some((String::from("é\\"), Some(Value::text("0.5")))));
}
