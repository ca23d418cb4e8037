//! Files that hold files: zip and tar archives, as plain programs write them.

use std::io::Write;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// How the members of a zip archive are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// As they are.
    Stored = 0,
    /// As `zip` does it.
    Deflate = 8,
}

/// A zip archive of these files, in this order. A path that ends with `/` is a folder.
pub fn zip(members: &[(&str, &[u8])], method: Method) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (path, bytes) in members {
        let packed = pack(bytes, method);
        let mut crc = Crc::new();
        crc.update(bytes);
        let mut described = Vec::new();
        // The version, no flags, the method, no time.
        numbers(&mut described, &[20, 0, method as u16, 0, 0x21]);
        let sizes = [crc.sum(), packed.len() as u32, bytes.len() as u32];
        sizes.iter().for_each(|it| described.extend(it.to_le_bytes()));
        numbers(&mut described, &[path.len() as u16, 0]);
        let start = archive.len() as u32;
        archive.extend([b"PK\x03\x04".as_slice(), &described, path.as_bytes(), &packed].concat());
        directory.extend([b"PK\x01\x02\x14\0".as_slice(), &described].concat());
        // No comment, the first disk, no attributes.
        numbers(&mut directory, &[0; 5]);
        directory.extend(start.to_le_bytes());
        directory.extend(path.as_bytes());
    }
    let (start, count) = (archive.len() as u32, members.len() as u16);
    archive.extend(&directory);
    archive.extend(b"PK\x05\x06");
    numbers(&mut archive, &[0, 0, count, count]);
    archive.extend((directory.len() as u32).to_le_bytes());
    archive.extend(start.to_le_bytes());
    numbers(&mut archive, &[0]);
    archive
}

/// A tar archive of these files, in this order. A path that ends with `/` is a folder.
pub fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = Vec::new();
    for (path, bytes) in members {
        let kind = if path.ends_with('/') { b'5' } else { b'0' };
        archive.extend(tar_header(path, bytes.len(), kind));
        archive.extend(*bytes);
        archive.resize(archive.len().next_multiple_of(BLOCK), 0);
    }
    archive.resize(archive.len() + 2 * BLOCK, 0);
    archive
}

/// What stands in front of a member of a tar archive; `kind` is `0` for a file, `2` for a link.
pub fn tar_header(path: &str, size: usize, kind: u8) -> [u8; BLOCK] {
    let mut header = [0; BLOCK];
    let mut put = |at: usize, text: &str| header[at..at + text.len()].copy_from_slice(text.as_bytes());
    put(0, path);
    put(100, "0000644\0");
    put(124, &format!("{size:011o}\0"));
    put(136, "00000000000\0");
    put(148, "        ");
    put(257, "ustar\x0000");
    header[156] = kind;
    let sum: u32 = header.iter().map(|it| u32::from(*it)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header
}

/// Members of a tar archive stand at multiples of this.
pub const BLOCK: usize = 512;

fn pack(bytes: &[u8], method: Method) -> Vec<u8> {
    if method == Method::Stored {
        return bytes.to_vec();
    }
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    // Writing to memory cannot fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

fn numbers(bytes: &mut Vec<u8>, numbers: &[u16]) {
    numbers.iter().for_each(|it| bytes.extend(it.to_le_bytes()));
}
