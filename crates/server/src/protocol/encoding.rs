//! Bodies that clients compress, and the header `Content-Encoding` that says so.

use std::borrow::Cow;
use std::io::Read;

use axum::http::{HeaderMap, header};
use flate2::bufread::MultiGzDecoder;

use super::{LARGEST, too_large};
use crate::error::{Error, Kind};

/// How a body is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// It is not.
    Identity,
    /// RFC 1952: the one compression that the SDKs have for requests.
    Gzip,
}

/// How many bytes one byte of DEFLATE stands for at most: the longest match, of 258 bytes, in two bits.
const MOST_PACKED: usize = 1032;

impl Encoding {
    /// How the body of a call with these headers is packed.
    ///
    /// # Errors
    /// In a way that is not known here, or in several.
    pub fn of(headers: &HeaderMap) -> Result<Encoding, Error> {
        let named: Vec<String> = headers
            .get_all(header::CONTENT_ENCODING)
            .iter()
            .flat_map(|it| String::from_utf8_lossy(it.as_bytes()).split(',').map(str::to_owned).collect::<Vec<_>>())
            .map(|it| it.trim().to_ascii_lowercase())
            .filter(|it| !it.is_empty() && it != "identity")
            .collect();
        match named.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            [] => Ok(Encoding::Identity),
            ["gzip" | "x-gzip"] => Ok(Encoding::Gzip),
            _ => {
                let message = format!("a body is sent as it is, or in gzip; not in `{}`", named.join(", "));
                Err(Error::new(Kind::UnsupportedMediaType, message))
            }
        }
    }

    /// How many bytes a body of so many may be unpacked to, beside them.
    pub fn unpacked(self, length: usize) -> usize {
        match self {
            Encoding::Identity => 0,
            Encoding::Gzip => length.saturating_mul(MOST_PACKED).min(LARGEST),
        }
    }

    /// The bytes that a body stands for.
    ///
    /// # Errors
    /// It is not packed as it says, or is too large when it is unpacked; of such a one no more is unpacked than may be.
    pub fn unpack(self, body: &[u8]) -> Result<Cow<'_, [u8]>, Error> {
        // An empty body is no member of gzip, and stands for no arguments either way.
        if self == Encoding::Identity || body.is_empty() {
            return Ok(Cow::Borrowed(body));
        }
        let mut unpacked = Vec::new();
        let read = MultiGzDecoder::new(body).take(LARGEST as u64 + 1).read_to_end(&mut unpacked);
        read.map_err(|it| Error::new(Kind::Serialization, format!("the body cannot be unpacked as gzip: {it}")))?;
        if unpacked.len() > LARGEST {
            return Err(too_large());
        }
        Ok(Cow::Owned(unpacked))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::Write;

    use axum::http::HeaderValue;
    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn of(values: &[&str]) -> Result<Encoding, Kind> {
        let mut headers = HeaderMap::new();
        for it in values {
            headers.append(header::CONTENT_ENCODING, HeaderValue::from_str(it).unwrap());
        }
        Encoding::of(&headers).map_err(|it| it.kind)
    }

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn an_encoding_is_known_or_refused() {
        assert_eq!(
            (of(&[]), of(&[""]), of(&["identity"])),
            (Ok(Encoding::Identity), Ok(Encoding::Identity), Ok(Encoding::Identity))
        );
        assert_eq!((of(&["GZip"]), of(&["identity, x-gzip"])), (Ok(Encoding::Gzip), Ok(Encoding::Gzip)));
        for odd in [&["br"][..], &["gzip, gzip"], &["gzip", "gzip"], &["aws-chunked"], &["deflate"], &["g zip"]] {
            assert_eq!(of(odd), Err(Kind::UnsupportedMediaType), "{odd:?}");
        }
    }

    #[test]
    fn what_is_packed_is_unpacked_within_bounds() {
        let unpack = |body: &[u8]| Encoding::Gzip.unpack(body).map(Cow::into_owned).map_err(|it| it.kind);
        assert_eq!(unpack(&packed(b"{}")), Ok(b"{}".to_vec()));
        assert_eq!(unpack(&[packed(b"{"), packed(b"}")].concat()), Ok(b"{}".to_vec()));
        assert_eq!(unpack(b""), Ok(Vec::new()));
        assert_eq!(Encoding::Identity.unpack(b"\x1f\x8b").unwrap(), &b"\x1f\x8b"[..]);
        let whole = packed(b"{}");
        for odd in [&b"{}"[..], &whole[..whole.len() - 1], &[whole.as_slice(), b"x"].concat()] {
            assert_eq!(unpack(odd), Err(Kind::Serialization), "{odd:?}");
        }
        assert_eq!(unpack(&packed(&vec![0; LARGEST])).map(|it| it.len()), Ok(LARGEST));
        // A gigabyte in a megabyte: as many members as it takes, none of which is looked at that need not be.
        let bomb = packed(&vec![0; 1 << 20]).repeat(1 << 10);
        assert_eq!(unpack(&bomb), Err(Kind::RequestTooLarge));
    }
}
