//! Shorter skeletons, for messages of which there are too many forms to keep.
//!
//! Each level is made of the level before, so messages that share a skeleton share all shorter ones. The level that is
//! reached is the first at which all messages have few enough forms, whatever the order they came in: a part of the
//! messages never needs a shorter one than the whole.

use crate::kind::Kind;
use crate::token::tokens;

/// The coarsest level: all messages are alike.
pub(crate) const COARSEST: u32 = 3;

/// The skeleton of a level, made of the one of the level before.
pub(crate) fn coarse(text: &str, level: u32) -> String {
    match level {
        1 => shorter(text, 8),
        2 => shorter(text, 2),
        _ => Kind::Rest.mark().to_string(),
    }
}

/// Keeps the first tokens, and cuts what is behind them.
fn shorter(text: &str, kept: usize) -> String {
    match tokens(text).get(kept) {
        None => text.to_owned(),
        Some(cut) => format!("{}{}", &text[..cut.begin], Kind::Rest.mark()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::skeleton::Skeleton;
    use crate::token::readable;

    #[test]
    fn levels_keep_less_and_less() {
        let mut skeleton = Skeleton::default();
        skeleton.read(r#"ERROR /a/7 user "ann" k=v took 5 ms of 10.0.0.1"#);
        let mut text = skeleton.text.clone();
        let mut shown = Vec::new();
        for level in 1..=COARSEST {
            text = coarse(&text, level);
            shown.push(readable(&text));
        }
        assert_eq!(
            shown,
            [r#"ERROR /a/<Number> user "ann" k=v took <Number> <Token>"#, "ERROR /a/<Number> <Token>", "<Token>"]
        );
    }
}
