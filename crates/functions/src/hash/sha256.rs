//! `sha256(s)`: the SHA-256 of a text.

use sha2::{Digest, Sha256};

use super::hexadecimal;
use crate::prelude::*;

pub static SHA256: Function = Function {
    name: "sha256",
    aliases: &[],
    params: &[once("s", Kind::Text)],
    returns: Returns::Is(Type::Text),
    doc: "The SHA-256 of `s`, in lower hexadecimal digits.",
    examples: &[
        ("sha256('abc')", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ("sha256('')", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("sha256(missing)", ""),
    ],
    row: |args| Some(hexadecimal::value(hash(args.text(0)?))),
    column: Some(|args| hexadecimal::column(args, hash)),
};

fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}
