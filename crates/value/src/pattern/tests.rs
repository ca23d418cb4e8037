//! What the dialect of patterns accepts, means and refuses.

#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;

fn matches(pattern: &str, text: &str) -> bool {
    Pattern::new(pattern).unwrap_or_else(|it| panic!("{pattern}: {it}")).is_match(text)
}

fn error(pattern: &str) -> (usize, String) {
    let Err(error) = Pattern::new(pattern) else { panic!("{pattern} compiles") };
    (error.offset, error.message)
}

#[test]
fn classes_are_ascii() {
    for (pattern, text) in [(r"^\w$", "é"), (r"^\d$", "٣"), (r"^\s$", "\u{a0}"), (r"(?i)^\w$", "ſ"), (r"\bé", "é")]
    {
        assert!(!matches(pattern, text), "{pattern} {text}");
    }
    for (pattern, text) in [
        (r"^\W$", "é"),
        (r"^\D$", "٣"),
        (r"^\S$", "\u{a0}"),
        (r"^[\W]$", "é"),
        (r"^[^\w]$", "é"),
        (r"^\w\d\s$", "a1\t"),
        (r"^.$", "é"),
        (r"\Bé", "é"),
        (r"^[\d\s-]+$", "1- 2"),
        (r"^\w+$", "aZ_09"),
        (r"\bcat\b", "a cat."),
    ] {
        assert!(matches(pattern, text), "{pattern} {text}");
    }
    assert!(!matches("a.b", "a\nb"));
}

#[test]
fn braces_that_are_no_quantifiers_stand_for_themselves() {
    for (pattern, text) in [
        ("{foo=(?<a>\\d+)}", "{foo=7}"),
        ("a{,2}", "a{,2}"),
        ("^x{2}$", "xx"),
        ("^x{2,}$", "xxx"),
        ("^x{1,2}?$", "xx"),
        ("{\"a\":{", "{\"a\":{"),
        ("a{b", "a{b"),
        ("a{", "a{"),
        ("}{", "}{"),
        (r"\{\}", "{}"),
        ("x{2", "x{2"),
    ] {
        assert!(matches(pattern, text), "{pattern}");
    }
}

#[test]
fn brackets_hold_what_they_hold_elsewhere() {
    for (pattern, text) in [
        ("^[[]$", "["),
        ("^[^[]$", "a"),
        ("^[]]$", "]"),
        ("^[^]]$", "a"),
        ("^[[:alpha:]]+$", "ab"),
        ("^[[:^alpha:]]$", "1"),
        (r"^[\w.-]+$", "a.b-c"),
        (r"^[\w-.]+$", "a-b.c"),
        ("^[a-c-]+$", "b-"),
        ("^[-a]+$", "-a"),
        ("^[&&]+$", "&"),
        ("^[a~~b]+$", "~"),
        ("^[+--]+$", ",-+"),
        ("^[--/]+$", ".-/"),
        (r"^[\[\]]+$", "[]"),
        (r"^[\/\\]+$", r"\/"),
        ("^[{}]+$", "{}"),
        ("^[a^]+$", "^a"),
        (r"^[\x41-\x43]$", "B"),
        (r#"^["']$"#, "'"),
        ("^[<>]$", "<"),
        ("^[a-]]$", "a]"),
    ] {
        assert!(matches(pattern, text), "{pattern}");
    }
    assert!(!matches("^[[:alpha:]]$", "é"));
}

#[test]
fn other_spellings_of_the_dialect_are_understood() {
    for (pattern, text) in [
        (r"\<b\>", "<b>"),
        (r"\/a\/", "/a/"),
        (r#"\"x\""#, "\"x\""),
        (r"\Qa.b*\E+", "a.b**"),
        (r"\Q[", "["),
        (r"^\x{e9}$", "é"),
        (r"^\pL$", "é"),
        (r"^\p{Greek}\P{Greek}$", "αa"),
        (r"^(?i)ERROR", "error"),
        (r"a(?i:B)c", "abc"),
        (r"\é", "é"),
        (r"\_\-\ \#", "_- #"),
        (r"\Aab\z", "ab"),
        (r"(?s)a.b", "a\nb"),
        (r"(?m)^b$", "a\nb"),
        (r"\a|\f|\t|\n|\r|\v", "\t"),
        (r"^\07$", "\u{7}"),
        ("a\nb", "a\nb"),
        ("(?P<x>a)", "a"),
        ("a|", ""),
        ("a??", ""),
        ("", "x"),
    ] {
        assert!(matches(pattern, text), "{pattern}");
    }
}

#[test]
fn groups_have_any_name() {
    let pattern = Pattern::new(r"(?<@id>\d+)(x)(?:y)(?P<a.b-c>z)?(?<1st>w)(?<name>v)").unwrap();
    let names: Vec<(usize, &str)> = pattern.names().iter().map(|(at, name)| (*at, &**name)).collect();
    assert_eq!(names, [(1, "@id"), (3, "a.b-c"), (4, "1st"), (5, "name")]);
    assert_eq!(pattern.groups(), 5);
    let mut locations = pattern.locations();
    assert!(pattern.captures("..17xywv", &mut locations));
    assert_eq!(locations.get(1), Some((2, 4)));
    assert_eq!(locations.get(3), None);
    assert!(!pattern.captures("17xyw", &mut locations));
}

#[test]
fn what_takes_more_than_linear_time_is_refused_with_its_place() {
    for (pattern, offset, word) in [
        ("é(?=b)", 2, "look-ahead"),
        ("a(?!b)", 1, "look-ahead"),
        ("(?<=a)b", 0, "look-behind"),
        ("x(?<!a)b", 1, "look-behind"),
        (r"(a)\1", 3, "back-reference"),
        (r"(?<n>a)\k<n>", 7, "back-reference"),
        ("(?P=n)", 0, "back-reference"),
        ("a++", 1, "possessive"),
        ("xa*+", 2, "possessive"),
        ("a?+", 1, "possessive"),
        ("a{2}+", 1, "possessive"),
        ("(?>a)", 0, "atomic"),
    ] {
        let (place, message) = error(pattern);
        assert_eq!(place, offset, "{pattern}: {message}");
        assert!(message.contains(word), "{pattern}: {message}");
    }
}

#[test]
fn mistakes_have_a_place() {
    for (pattern, offset) in [
        ("a(b", 1),
        ("ab)c", 2),
        ("é[a", 2),
        ("a|*b", 2),
        (r"\d\h", 2),
        ("ab{3,2}", 2),
        ("x[z-a]", 2),
        (r"ab\", 2),
        (r"\p{Nonsense}", 0),
        ("(?<a>x)(?<a>y)", 7),
        ("(?<>x)", 0),
        ("(?<a", 0),
        ("(?y)", 2),
        (r"\Ca", 0),
        (r"[\b]", 1),
        ("a\n(b", 2),
        ("{é}(?y)", 6),
    ] {
        let (place, message) = error(pattern);
        assert_eq!(place, offset, "{pattern}: {message}");
        assert!(!message.is_empty() && !message.contains('\n'), "{message}");
    }
}

#[test]
fn patterns_too_large_are_refused() {
    for pattern in
        ["a{1000000}", "(a{1000}){1000}", &"(".repeat(100_000), &format!("{}{}", "(".repeat(5_000), ")".repeat(5_000))]
    {
        assert!(Pattern::new(pattern).is_err());
    }
}

#[test]
fn plain_text_is_known_as_such() {
    for (pattern, literal) in
        [("ERROR", "ERROR"), (r"a\.b\/c", "a.b/c"), ("{x}", "{x}"), ("é ü", "é ü"), (r"\Qa+\E", "a+"), (r"\n", "\n")]
    {
        assert_eq!(Pattern::new(pattern).unwrap().0.literal.as_ref().map(Finder::needle), Some(literal.as_bytes()));
        assert!(matches(pattern, &format!("..{literal}..")));
    }
    for pattern in ["", "a.b", "a|b", "^a", "(a)", "a*", "[a]", r"\d", "(?i)a", "a$", r"a\b", "a{2}", "a?"] {
        assert!(Pattern::new(pattern).unwrap().0.literal.is_none(), "{pattern}");
    }
}

#[test]
fn it_prints_as_a_query_has_it() {
    assert_eq!(Pattern::new(r"a\/b").unwrap().to_string(), r"/a\/b/");
    assert_eq!(Pattern::new("a/b").unwrap().to_string(), r"/a\/b/");
    assert_eq!(Pattern::new("a").unwrap(), Pattern::new("a").unwrap());
}

#[test]
fn no_pattern_panics() {
    let parts = [
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "2",
        ",",
        "*",
        "+",
        "?",
        "|",
        "^",
        "$",
        "\\",
        "\\d",
        "\\Q",
        "\\E",
        "\\x",
        "\\p",
        "-",
        "é",
        "<",
        ">",
        "(?<",
        "a",
        ":",
        "&&",
        "[:alpha:]",
        "(?i)",
        ".",
        "\n",
        "(?",
        "=",
        "\\0",
        "~",
    ];
    let mut seed: u64 = 3;
    let mut compiled = 0;
    for _ in 0..20_000 {
        let mut source = String::new();
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let mut rest = seed >> 8;
        for _ in 0..1 + seed % 9 {
            source.push_str(parts[(rest % parts.len() as u64) as usize]);
            rest /= parts.len() as u64;
        }
        match Pattern::new(&source) {
            Ok(pattern) => {
                pattern.is_match("aé{2}-");
                compiled += 1;
            }
            Err(error) => assert!(source.is_char_boundary(error.offset), "{source:?} {error:?}"),
        }
    }
    assert!(compiled > 1_000);
}
