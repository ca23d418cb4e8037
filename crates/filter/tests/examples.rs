//! What filter patterns match, what they do not, and what is said of those that are none.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use filter::Pattern;

/// A pattern, messages that match it, and messages that do not.
type Example<'a> = (&'a str, &'a [&'a str], &'a [&'a str]);

fn check(examples: &[Example<'_>]) {
    for (text, those, others) in examples {
        let pattern = Pattern::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        those.iter().for_each(|it| assert!(pattern.matches(it), "{text} matches {it}"));
        let (literals, alternatives) = (pattern.literals(), pattern.alternatives());
        for it in those.iter().filter(|it| !it.contains('\\')) {
            assert!(literals.iter().all(|literal| it.contains(literal)), "{text} finds {literals:?} in {it}");
            let is_one_there = alternatives.iter().any(|literal| it.contains(literal));
            assert!(alternatives.is_empty() || is_one_there, "{text} finds one of {alternatives:?} in {it}");
        }
        others.iter().for_each(|it| assert!(!pattern.matches(it), "{text} does not match {it}"));
    }
}

/// The guide: terms may stand anywhere, in words too, and all of them must; case counts.
#[test]
fn terms_as_the_guide_shows_them() {
    check(&[
        ("", &["anything", ""], &[]),
        ("  ", &["anything"], &[]),
        ("\" \"", &["anything"], &[]),
        ("ERROR", &["[ERROR] A fatal exception", "Exiting with ERRORCODE: -1"], &["error", "WARN"]),
        ("\"ERROR\" - \"Exiting\"", &["[ERROR] A fatal exception"], &["Exiting with ERRORCODE: -1"]),
        ("ERROR Exception", &["[ERROR] Caught IllegalArgumentException", "Exception ERROR"], &["ERROR", "Exception"]),
        ("\"Failed to process\"", &["[WARN] Failed to process it"], &["Failed, to process"]),
        ("ERROR -WARN", &["ERROR message"], &["ERROR WARN message", "WARN message"]),
        ("ERROR WARN", &["ERROR WARN message"], &["ERROR message", "WARN message"]),
        ("?ERROR ?WARN", &["ERROR WARN message", "ERROR message", "WARN message"], &["INFO message"]),
    ]);
}

/// The guide: a question mark beside other terms is ignored. Ours: with its term.
#[test]
fn optional_terms_count_only_among_themselves() {
    check(&[
        ("?ERROR ?ARGUMENTS REQUEST", &["[INFO] REQUEST FAILED", "[ERROR] BAD REQUEST"], &["[ERROR] ARGUMENTS"]),
        ("?ERROR -REQUEST", &["INFO"], &["ERROR REQUEST"]),
        ("-REQUEST", &["INFO"], &["BAD REQUEST"]),
        (r#""say \"no\"""#, &[r#"they say "no" again"#], &["say no"]),
        (r#""C:\\temp""#, &[r"in C:\temp"], &["in C:temp"]),
        (r#"?"größer als" ?"日本""#, &["viel größer als", "日本語"], &["größer"]),
    ]);
}

/// The guide: a regular expression matches anywhere, in words too.
#[test]
fn expressions_match_anywhere() {
    check(&[
        ("%AUTHORIZED%", &["[ERROR 401] UNAUTHORIZED REQUEST", "[SUCCESS 200] AUTHORIZED REQUEST"], &["authorized"]),
        (r"%[4-5]\d\d$%", &["status 404", "status 503"], &["status 200", "404 it was"]),
        (r"%^\[ERROR\]%", &["[ERROR] no"], &["an [ERROR]"]),
        (r"%colou?r%", &["color", "colour"], &["colr"]),
        (r"%\x28a{2}\x29%", &["(aa)"], &["aa", "(a)"]),
        (r"%10\.10\.0\.1%", &["from 10.10.0.1"], &["from 10.10.0x1", "10.10.001"]),
        (" %a|b% ", &["a", "b"], &["c"]),
        ("%^cache miss|^cold start%", &["cold start of 2 s"], &["no cold start", "cachemiss"]),
        ("%^id:[0-9]{,2};%", &["id:;", "id:42;"], &["id:421;"]),
        (r"%\[.\]%", &["[7]", "[]]", "[ ]"], &["[]", "7"]),
        (r"%a\x3Ab%", &["a:b"], &["ab"]),
    ]);
}

/// The guide: the classes are of ASCII, `\w` is `[a-zA-Z_0-9]`.
#[test]
fn classes_of_expressions_are_of_ascii() {
    check(&[
        (r"%^\w+$%", &["A_9"], &["größe", "a-b"]),
        (r"%^\W$%", &["ö", "-", " "], &["o", "_"]),
        (r"%^\d$%", &["7"], &["٧"]),
        (r"%^\D$%", &["٧", "x"], &["7"]),
        (r"%a\sb%", &["a b", "a\tb", "a\nb"], &["a\u{a0}b", "ab"]),
        (r"%a\Sb%", &["a\u{a0}b", "axb"], &["a b"]),
        (r"%^[\w.-]+$%", &["a.b-c"], &["a.ä"]),
        (r"%^[{,2}]$%", &["{", ",", "2"], &["0"]),
        (r"%^[^\d,]+$%", &["a٧"], &["a7", "a,"]),
    ]);
}

const TRAIL: &str = r#"{"eventType": "UpdateTrail", "sourceIPAddress": "111.111.111.111",
    "arrayKey": ["value", "another value"], "objectList": [{"name": "a", "id": 1}, {"name": "b", "id": 2}],
    "SomeObject": null, "ThisFlag": true}"#;

/// The guide's own examples of JSON.
#[test]
fn json_as_the_guide_shows_it() {
    let other = r#"{"eventType": "StopLogging", "sourceIPAddress": "123.123.0.1", "arrayKey": "value",
        "objectList": {"1": {"id": 2}}, "SomeObject": 0, "SomeOtherObject": null, "ThisFlag": false}"#;
    check(&[
        ("{ $.eventType = \"UpdateTrail\" }", &[TRAIL], &[other]),
        ("{$.eventType=UpdateTrail}", &[TRAIL], &[other]),
        ("{ $.eventType = *Trail }", &[TRAIL], &[other]),
        ("{ $.eventType = Update* }", &[TRAIL], &[other]),
        ("{ $.eventType = %Trail% }", &[TRAIL], &[other]),
        ("{ $.eventType = \"*\" && $.sourceIPAddress != 123.123.* }", &[TRAIL], &[other]),
        ("{ $.eventType = \"*date*\" }", &[TRAIL], &[other]),
        ("{ $.sourceIPAddress != 123.123.* }", &[TRAIL], &[other]),
        ("{ $.arrayKey[0] = \"value\" }", &[TRAIL], &[other]),
        ("{ $.objectList[1].id = 2 }", &[TRAIL], &[other]),
        ("{ $.SomeObject IS NULL }", &[TRAIL], &[other, "{}"]),
        ("{ $.SomeOtherObject NOT EXISTS }", &[TRAIL], &[other]),
        ("{ $.ThisFlag IS TRUE }", &[TRAIL], &[other]),
        ("{ $.ThisFlag IS FALSE }", &[other], &[TRAIL]),
    ]);
}

/// The guide: a `*` selects any item of a list, and any field of an object; keys with a dot stand in brackets.
#[test]
fn selectors_reach_any_item_and_any_key() {
    let order = r#"{"client": "10.1.2.30", "tags": ["gift", "express"], "empty": [], "none": null,
        "items": [{"sku": "A-1", "count": 2}, {"sku": "B-7", "count": 12, "note": "fragile"}],
        "grid": [[1, 2], [3, 4]], "size": {"width": 40, "height": 7}, "k8s.pod": "cart-0",
        "labels": {"app.kubernetes.io/name": "cart", "it's": 1, "a\"b": 2}}"#;
    check(&[
        ("{ $.tags[*] = express }", &[order], &[r#"{"tags": "express"}"#, r#"{"tags": [["express"]]}"#, "{}"]),
        ("{ $.tags[*] = %^ex.{4,}% }", &[order], &[r#"{"tags": ["text"]}"#]),
        (r"{ $.* = %10\.1\.2\.[1-3][0-9]% }", &[order], &[r#"{"client": "10.1.2.4"}"#]),
        ("{ $.items[*].count > 10 }", &[order], &[r#"{"items": [{"count": 10}, {"sku": 11}, 12]}"#]),
        ("{ $.size.* < 10 }", &[order], &[r#"{"size": {"width": 10}}"#]),
        ("{ $.*.width = 40 }", &[order], &[r#"{"width": 40}"#]),
        ("{ $.grid[*][1] = 4 && $.grid[1][*] = 3 }", &[order], &[r#"{"grid": [[4, 1], [2, 3]]}"#]),
        ("{ $.['k8s.pod'] = cart-* }", &[order], &[r#"{"k8s": {"pod": "cart-0"}}"#]),
        ("{ $.labels.['app.kubernetes.io/name'] = cart }", &[order], &["{}"]),
        ("{ $.labels['app.kubernetes.io/name'] = cart }", &[order], &["{}"]),
        (r"{ $.labels['it\'s'] = 1 }", &[order], &["{}"]),
        ("{ $.['size'].['*'] = 40 }", &[r#"{"size": {"*": 40}}"#], &[order]),
    ]);
}

/// Ours (D227): what is compared by a selector with `*` must be so of one value that it selects, by `!=` too.
#[test]
fn one_of_the_values_of_a_selector_must_be_so() {
    check(&[
        ("{ $.tags[*] != gift }", &[r#"{"tags": ["gift", "express"]}"#], &[r#"{"tags": ["gift"]}"#, r#"{"tags": []}"#]),
        ("{ $.tags[*] != gift }", &[], &[r#"{"tags": [null, {}, ["express"]]}"#, r#"{"tags": "express"}"#]),
        (
            "{ $.items[*].error NOT EXISTS }",
            &[r#"{"items": [{}, {}]}"#, "{}"],
            &[r#"{"items": [{}, {"error": null}]}"#],
        ),
        ("{ $.items[*] IS NULL }", &[r#"{"items": [1, null]}"#], &[r#"{"items": null}"#, r#"{"items": []}"#]),
        ("{ $.flags.* IS TRUE }", &[r#"{"flags": {"a": false, "b": true}}"#], &[r#"{"flags": {"a": "true"}}"#]),
        ("{ $.a.* = x }", &[r#"{"a": ["x"]}"#, r#"{"a": {"b": "x"}}"#], &[r#"{"a": "x"}"#]),
        (
            "{ $.a[*] = x && $.a[*] = y }",
            &[r#"{"a": ["x", "y"]}"#, r#"{"a": {"b": "y", "c": "x"}}"#],
            &[r#"{"a": ["x"]}"#],
        ),
    ]);
}

/// The guide: parentheses before `&&` before `||`.
#[test]
fn conditions_of_json_are_joined_in_order() {
    let user = r#"{"user": {"id": 1, "email": "John.Stiles@example.com"},
        "users": [{"id": 2, "email": "John.Doe@example.com"}, {"id": 3, "email": "Jane.Doe@example.com"}],
        "actions": ["GET", "PUT", "DELETE"], "coordinates": [[0, 1, 2], [4, 5, 6], [7, 8, 9]]}"#;
    check(&[
        ("{ ($.user.id = 1) && ($.users[0].email = \"John.Doe@example.com\") }", &[user], &["{}"]),
        ("{ ($.user.id = 2 && $.users[0].email = \"nonmatch\") || $.actions[2] = \"GET\" }", &[], &[user]),
        (
            "{ $.user.email = \"John.Stiles@example.com\" || $.coordinates[0][1] = nonmatch && $.actions[2] = nomatch }",
            &[user],
            &[],
        ),
        (
            "{ ($.user.email = \"John.Stiles@example.com\" || $.coordinates[0][1] = nonmatch) && $.actions[2] = nomatch }",
            &[],
            &[user],
        ),
    ]);
}

/// The guide: what is neither text nor number is neither equal nor unequal; numbers compare as numbers.
#[test]
fn values_of_json_are_texts_or_numbers() {
    check(&[
        ("{ $.users = 1 }", &[r#"{"users": 1}"#, r#"{"users": "1"}"#], &[r#"{"users": [1, 2, 3]}"#, "{}"]),
        (
            "{ $.users != 1 }",
            &[r#"{"users": 2}"#, r#"{"users": "x"}"#],
            &[r#"{"users": [1]}"#, r#"{"users": null}"#, "{}"],
        ),
        ("{ $.latency >= 500 }", &[r#"{"latency": 500}"#, r#"{"latency": 5.1e2}"#], &[r#"{"latency": 499.9}"#]),
        ("{ $.n[0] < 10e3 }", &[r#"{"n": [9999]}"#, r#"{"n": [-1e9]}"#], &[r#"{"n": [10000]}"#, r#"{"n": 1}"#]),
        ("{ $.n[0] = 1e+3 }", &[r#"{"n": [1000]}"#], &[r#"{"n": [1e-3]}"#, r#"{"n": 1000}"#]),
        ("{ $.n[0] != 1e-3 }", &[r#"{"n": [1000]}"#], &[r#"{"n": [0.001]}"#, r#"{"n": []}"#]),
        ("{ $.n = 400}", &[r#"{"n": 400}"#], &[r#"{"n": 4000}"#]),
        ("{ $.n < 10e-3 }", &[r#"{"n": 0.009}"#], &[r#"{"n": 0.01}"#]),
        ("{ $.latency > +1000 }", &[r#"{"latency": 1001}"#], &[r#"{"latency": 1000}"#, r#"{"latency": "2000"}"#]),
        (
            "{ $.code = 400 }",
            &[r#"{"code": 400.0}"#, r#"{"code": "400"}"#],
            &[r#"{"code": "400.0"}"#, r#"{"code": 40}"#],
        ),
        ("{ $.code = 4* }", &[r#"{"code": 404}"#, r#"{"code": "4xx"}"#], &[r#"{"code": 500}"#]),
        ("{ $.account = \"123456789012345678901\" }", &[r#"{"account": 123456789012345678901}"#], &[]),
        ("{ $.latency = * }", &[r#"{"latency": 0}"#, r#"{"latency": ""}"#], &["{}", r#"{"latency": null}"#]),
        ("{ $.word = Ev*ent }", &[r#"{"word": "Ev*ent"}"#], &[r#"{"word": "Event"}"#]),
        ("{ $.a-b_c.d = \"]\" }", &[r#"{"a-b_c": {"d": "]"}}"#], &[r#"{"a-b_c": {"d": "}"}}"#]),
        ("{ $.ip = 2001:db8:* }", &[r#"{"ip": "2001:db8::1"}"#], &[r#"{"ip": "::1"}"#]),
        ("{ $.a = 1 }", &[" {\"a\":1}\n"], &["x {\"a\":1}", "[{\"a\":1}]", "{\"a\":1", "\"a\"", ""]),
    ]);
}

const LINE: &str = "127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] \"GET /index.html HTTP/1.0\" 404 1534";

/// The guide's own examples of lines.
#[test]
fn lines_as_the_guide_shows_them() {
    let other = "127.0.0.1 - frank [10/Oct/2000:13:35:22 -0700] \"GET /apache_pb.gif HTTP/1.0\" 500 5324";
    check(&[
        ("[ip, user, username, timestamp, request, status_code, bytes]", &[LINE, other], &["a b", "a b c d e f"]),
        ("[..., status_code, bytes]", &[LINE, "404 12"], &["404"]),
        ("[ip, user, ..., status_code, bytes]", &[LINE, "a b 1 2"], &["a b 1"]),
        ("[ip, user, ...]", &[LINE], &["a"]),
        ("[ip, user, username, timestamp, request, status_code, bytes > 2000]", &[other], &[LINE]),
        ("[ip, user, username, timestamp, request, status_code = 404, bytes]", &[LINE], &[other]),
        ("[ip, user, username, timestamp, request = *html*, status_code = 4*, bytes]", &[LINE], &[other]),
        ("[..., request=*.html*, status_code=4*,]", &[LINE], &[other]),
        ("[..., status_code = 403 || status_code = 404, bytes]", &[LINE], &[other]),
        ("[..., status_code = 4* && status_code != 404, bytes]", &["403 1"], &[LINE]),
        ("[ip=%127\\.0\\.0\\.[1-9]%, user, ..., bytes]", &[LINE], &["127.0.0.0 - 1"]),
    ]);
}

/// The guide: `[w1=ERROR, w2]` finds every line of more words whose first is `ERROR`, and needs its blank `w2`.
#[test]
fn the_last_field_takes_the_rest_of_a_line() {
    let (error, warning, info) =
        ("ERROR 12:00:02 no such order", "WARNING 12:00:03 slow", "INFO 12:00:04 GET /orders/7 12");
    let report = "REPORT RequestId: 8f5\tDuration: 12.9 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\n";
    check(&[
        ("[w1=ERROR, w2]", &[error, "ERROR again"], &[warning, info, "ERROR"]),
        ("[w1=ERROR]", &["ERROR", " ERROR\n"], &[error]),
        ("[w1=ERROR || w1=WARNING, w2]", &[error, warning], &[info]),
        ("[w1=ERROR || w1=%WARN%, w2]", &[error, warning, "PREWARNED it is"], &[info]),
        ("[w1!=ERROR && w1!=WARNING, w2]", &[info], &[error, warning]),
        ("[level, time, method, path=%^/orders/[0-9]+$%, took]", &[info], &["INFO 1 GET /orders/7/items 12"]),
        ("[level, text = \"12:00:02 no*\"]", &[error], &[warning]),
        ("[level, text = \"no such\"]", &["ERROR \"no such\"", "ERROR [no such]\n"], &["ERROR no such order"]),
        ("[a, n > 5]", &["x 6"], &["x 6 7"]),
        ("[kind=REPORT, ..., size=128, unit=MB]", &[report], &["REPORT 128"]),
        ("[kind=REPORT, name, id, key=\"Duration:\", ms > 10, ...]", &[report], &["REPORT RequestId: 8f5"]),
    ]);
}

/// Ours, where the guide is silent: what is never closed is no field of its own, and blanks count once.
#[test]
fn odd_lines_have_fields_too() {
    check(&[
        (
            "[a, b]",
            &["x  y", " x y\n", "x\ty", "\"x y\" z", "[x y] [z]", "[x y", "\"x y", "\"x\"y z", "ä ö", "x y z"],
            &["x", "", "\"x y\"", "[x y]\t"],
        ),
        ("[...]", &["", "x", "x y"], &[]),
        ("[]", &["x", "x y"], &["", " "]),
        ("[a = \"x y\", b = \"\"]", &["[x y] \"\"", "\"x y\" []"], &["x y"]),
        ("[a >= -1.5]", &["-1.5", "0", "1e3"], &["-2", "x", "\"\""]),
    ]);
}

/// A pattern that is none, the slice that is at fault, what is said, and what to write instead.
#[test]
fn faults_are_said_where_they_are() {
    for (text, at, message, hint) in [
        ("user.id", "user.id", "invalid character `.` in the term `user.id`", "write it in quotes: `\"user.id\"`"),
        ("a \"\"", "\"\"", "a term in quotes cannot be empty", "an empty pattern, or `\" \"`, matches everything"),
        ("\"open", "\"", "this quote is never closed", "a quote within the text is written `\\\"`"),
        ("?", "", "a `?` or `-` stands right in front of a term", ""),
        ("-\" \"", "\" \"", "there is nothing but blanks in this term", ""),
        ("a %b%", "%b%", "a regular expression cannot be mixed with terms", "one between `%` is a pattern"),
        ("%a", "%", "this regular expression is never closed", "it stands between two `%`"),
        ("%%", "%%", "there is no regular expression between the `%`", ""),
        ("%(a)%", "(", "`(` may not stand in a regular expression of a filter pattern", "the sign itself is `\\x28`"),
        ("%a\tb%", "\t", "of white space, blanks alone may stand in a regular expression", "write `\\s`"),
        (r"%a\(%", "(", "`(` may not stand in a regular expression of a filter pattern", "the sign itself is `\\x28`"),
        (r"%\bERROR\b%", r"\b", r"`\b` is no escape of a filter pattern", r"there are `\d`, `\s` and `\w`"),
        (r"%\xe9%", r"\x", r"`\x` wants two hexadecimal digits of an ASCII character", r"`\x28` is `(`"),
        (r"%\x2%", r"\x", r"`\x` wants two hexadecimal digits of an ASCII character", r"`\x28` is `(`"),
        ("%a!%", "!", "`!` may not stand in a regular expression of a filter pattern", "write `\\x21`"),
        ("%ä%", "ä", "`ä` may not stand in a regular expression of a filter pattern", "only ASCII"),
        ("%[a%", "[a", "this is no regular expression: unclosed character class", ""),
        ("%a{900}{900}%", "a{900}{900}", "this regular expression is too large", ""),
        ("%a% b", "b", "expected the end of the pattern, found `b`", ""),
        ("{ $.a = 1", "", "a filter pattern that starts with `{` must end with `}`", "write it in quotes: `\"{\"`"),
        ("[a, b", "", "a filter pattern that starts with `[` must end with `]`", "write it in quotes: `\"[\"`"),
        ("{ }", "", "expected a selector such as `$.status`, found the end of the pattern", ""),
        ("{ a = 1 }", "a", "`a` is no selector", "selectors begin with `$.`: `$.a`"),
        ("{ $[0] = 1 }", "$", "a selector begins with `$.` and a key", "such as `$.users[0].id`"),
        ("{ $.[0] = 1 }", "$", "a selector begins with `$.` and a key", "such as `$.users[0].id`"),
        ("{ $['a.b'] = 1 }", "$", "a selector begins with `$.` and a key", "or `$.['cluster.name']`"),
        ("{ $.a. = 1 }", " ", "expected a key of letters, digits, `-` and `_`, or `*`, found ` `", ""),
        (
            "{ $.a.@it's.b = 1 }",
            "@it's",
            "invalid character `@` in the key `@it's`",
            r"write it in brackets: `['@it\'s']`",
        ),
        ("{ $.größe = 1 }", "größe", "invalid character `ö` in the key `größe`", "write it in brackets: `['größe']`"),
        ("{ $.[\"a.b\"] = 1 }", "\"a.b\"", "a key in brackets stands in single quotes", "write `['a.b']`"),
        ("{ $.['a.b = 1 }", "'", "this quote is never closed", "a quote within the text is written `\\'`"),
        ("{ $.a[0 = 1 }", " ", "expected `]`, found ` `", ""),
        (
            "{ $.a[-1] = 1 }",
            "-",
            "expected the number of an item, `*`, or a key in quotes such as `['a.b']`, found `-`",
            "",
        ),
        ("{ $.a[*].b[*] = 1 }", "$.a[*].b[*]", "a selector holds at most one `*`", ""),
        (
            "{ $.a[*] = 1 || $.b.* = 1 || ($.* = 1 && $.c[*].d IS NULL) }",
            "",
            "a pattern of JSON holds at most 3 selectors with `*`",
            "",
        ),
        ("{ $.a == 1 }", "== 1 ", "there is no operator `==`", "write `=`"),
        ("{ $.a }", "", "expected one of `=`, `!=`, `<`, `<=`, `>` and `>=`, found the end of the pattern", ""),
        ("{ $.a = }", "", "expected a text, a number or a regular expression, found the end of the pattern", ""),
        ("{ $.a = 'x' }", "'", "texts do not stand in single quotes", "write `\"`"),
        (
            "{ $.a = x@y.z }",
            "x@y.z",
            "invalid character `@` in a text without quotes",
            "write it in quotes: `\"x@y.z\"`",
        ),
        ("{ $.a > x }", "x", "only numbers are larger or smaller, and x is none", "compare by `=` or `!=`"),
        ("{ $.a = 1 and $.b = 2 }", "and", "`and` does not join conditions", "write `&&`"),
        ("{ $.a = 1 & $.b = 2 }", "&", "`&` does not join conditions", "write `&&`"),
        ("{ $.a = 1 $.b = 2 }", "$", "expected `&&`, `||` or the end, found `$`", ""),
        ("{ ($.a = 1 }", "(", "this parenthesis is never closed", ""),
        ("{ $.a = 1) }", ")", "expected the end of the pattern, found `)`", ""),
        ("{ $.a is null }", "is", "`is` stands in capitals", "write `IS`"),
        ("{ $.a IS NOT NULL }", "NOT", "there is no `IS NOT`", "`= *` holds where there is a value"),
        ("{ $.a EXISTS }", "EXISTS", "there is no `EXISTS` without `NOT`", "`= *` holds where there is a value"),
        ("{ $.a LIKE x }", "L", "expected an operator, `IS` or `NOT EXISTS`, found `LIKE`", ""),
        ("{ $.a[99999999999999999999] = 1 }", "99999999999999999999", "no list is as long as this", ""),
        ("[a, ..., b, ...]", "...", "there are two `...`, so that no field has a place", "leave one out"),
        ("[a, …]", "…", "an ellipsis is three dots here", "write `...`"),
        ("[a = 4* && b > 1]", "b", "`b` is compared where the field `a` stands", "each field has its own place"),
        ("[w1=!ERROR]", "=!ERROR", "there is no operator `=!`", "write `!=`"),
        ("[a = 1 || (a = 2)]", "(", "parentheses stand in patterns of JSON alone", ""),
        ("[a b]", "b", "expected one of `=`, `!=`, `<`, `<=`, `>` and `>=`, found `b`", ""),
        ("[a = %x%, b = %y%, c = %z%]", "", "a pattern of a line holds at most 2 regular expressions", ""),
    ] {
        let error = Pattern::parse(text).expect_err(text);
        assert_eq!(error.message, message, "{text}");
        let found = text.get(error.place.clone()).unwrap_or_else(|| panic!("{text}: {:?}", error.place));
        assert!(at.is_empty() || found == at, "{text}: at {found:?}");
        let said = error.hint.clone().unwrap_or_default();
        assert!(said.contains(hint) && said.is_empty() == hint.is_empty(), "{text}: {said}");
    }
}

/// What a scan may look for before it reads an event.
#[test]
fn a_pattern_tells_what_every_message_that_matches_holds() {
    let examples: [(&str, &[&str], &[&str]); 11] = [
        ("", &[], &[]),
        ("ERROR \"not found\" -retry", &["ERROR", "not found"], &[]),
        ("?ERROR ?WARN", &[], &["ERROR", "WARN"]),
        ("?ERROR -WARN", &[], &[]),
        ("%ERROR%", &[], &[]),
        (r#"{ $.level = "ERROR" }"#, &["ERROR"], &[]),
        (r#"{ $.level = "ERR*" && ($.a = *db* && $.b = "*end") }"#, &["ERR", "db", "end"], &[]),
        (r#"{ $.level = "ERROR" || $.level = "WARN" }"#, &[], &[]),
        (r#"{ $.a = "x" && ($.b = "y" || $.c = "z") }"#, &["x"], &[]),
        (r#"{ $.a != "x" && $.b = * && $.c = 500 && $.d = %x% && $.e IS NULL && $.f NOT EXISTS }"#, &[], &[]),
        ("[a, b = ERROR]", &[], &[]),
    ];
    for (text, literals, alternatives) in examples {
        let pattern = Pattern::parse(text).unwrap();
        assert_eq!(pattern.literals(), literals, "{text}");
        assert_eq!(pattern.alternatives(), alternatives, "{text}");
    }
}
