//! `md5(s)`: the MD5 of a text.

use md5::{Digest, Md5};

use super::hexadecimal;
use crate::prelude::*;

pub static MD5: Function = Function {
    name: "md5",
    aliases: &[],
    params: &[once("s", Kind::Text)],
    returns: Returns::Is(Type::Text),
    doc: "The MD5 of `s`, in lower hexadecimal digits.",
    examples: &[
        ("md5('abc')", "900150983cd24fb0d6963f7d28e17f72"),
        ("md5('')", "d41d8cd98f00b204e9800998ecf8427e"),
        ("md5(missing)", ""),
    ],
    row: |args| Some(hexadecimal::value(hash(args.text(0)?))),
    column: Some(|args| hexadecimal::column(args, hash)),
};

fn hash(text: &str) -> [u8; 16] {
    Md5::digest(text).into()
}
