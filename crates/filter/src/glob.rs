//! Texts with `*` at their ends, which stands for anything.

use memchr::memmem::Finder;

/// What a text must be like.
#[derive(Clone, Debug)]
pub(crate) enum Glob {
    /// `*`
    Anything,
    /// `UpdateTrail`
    Exactly(String),
    /// `Update*`
    Beginning(String),
    /// `*Trail`
    Ending(String),
    /// `*date*`
    Within(Box<Finder<'static>>),
}

impl Glob {
    /// Reads a text. Within it a `*` is only itself: `Ev*ent` is nothing but `Ev*ent`.
    pub(crate) fn read(text: &str) -> Glob {
        if !text.is_empty() && text.bytes().all(|it| it == b'*') {
            return Glob::Anything;
        }
        let (beginning, ending) = (text.strip_suffix('*'), text.strip_prefix('*'));
        match (beginning, ending) {
            (None, None) => Glob::Exactly(text.to_owned()),
            (Some(it), None) => Glob::Beginning(it.to_owned()),
            (None, Some(it)) => Glob::Ending(it.to_owned()),
            (Some(it), Some(_)) => Glob::Within(Box::new(Finder::new(&it[1..]).into_owned())),
        }
    }

    /// What stands in every text that is like this.
    pub(crate) fn literal(&self) -> String {
        match self {
            Glob::Anything => String::new(),
            Glob::Exactly(it) | Glob::Beginning(it) | Glob::Ending(it) => it.clone(),
            Glob::Within(it) => String::from_utf8_lossy(it.needle()).into_owned(),
        }
    }

    /// Whether a text is like this.
    pub(crate) fn matches(&self, text: &str) -> bool {
        match self {
            Glob::Anything => true,
            Glob::Exactly(it) => text == it,
            Glob::Beginning(it) => text.starts_with(it.as_str()),
            Glob::Ending(it) => text.ends_with(it.as_str()),
            Glob::Within(it) => it.find(text.as_bytes()).is_some(),
        }
    }
}
