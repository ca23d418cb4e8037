//! Pages of `gw help` on what is no word of the language: what a verb does, and how.

/// The pages: what each is called, and its text.
pub static ALL: &[(&str, &str)] = &[
    ("charts", include_str!("../guides/charts.md")),
    ("trace", include_str!("../guides/trace.md")),
    ("verify", include_str!("../guides/verify.md")),
];

/// The page of a name.
pub fn find(name: &str) -> Option<&'static str> {
    ALL.iter().find(|it| it.0.eq_ignore_ascii_case(name)).map(|it| it.1)
}
