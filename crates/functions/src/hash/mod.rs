//! Hash functions, over the UTF-8 of a text.

mod hexadecimal;

registry! {
    Function:
    md5::MD5,
    sha256::SHA256,
}
