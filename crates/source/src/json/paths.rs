//! Which fields are wanted: their flat names as ways through objects and arrays.

use std::collections::HashMap;

/// A name of more parts than this names no field: the ways it could be cut into keys grow with the square.
const MOST_PARTS: usize = 64;

/// The wanted fields as ways through a document.
///
/// A flat name may stand for several ways: `a.b` is the key `b` in the object `a`, and the key `a.b` itself.
#[derive(Debug, Default)]
pub(crate) struct Paths {
    /// The containers on the ways; the first is the document.
    pub(crate) nodes: Vec<Node>,
    /// How many fields are wanted.
    pub(crate) fields: usize,
    /// How many keys there are in all nodes.
    edges: usize,
}

/// A container on the way to a wanted field.
#[derive(Debug, Default)]
pub(crate) struct Node {
    edges: Vec<Edge>,
    /// A bit for each length of key there is, the last for all longer ones.
    lengths: u64,
    /// One more than the greatest index that is wanted of an array.
    pub(crate) indices: usize,
}

/// A key that is wanted, or that something wanted is under.
#[derive(Debug)]
pub(crate) struct Edge {
    key: Box<[u8]>,
    /// Its number among all keys of all nodes.
    pub(crate) number: usize,
    /// The key as an index into an array.
    index: Option<usize>,
    /// The wanted field that this key is.
    pub(crate) field: Option<usize>,
    /// The container that wanted fields are in.
    pub(crate) node: Option<usize>,
}

impl Paths {
    /// The ways to fields of these flat names; a field's number is its place among them.
    pub(crate) fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Paths {
        let mut paths = Paths { nodes: vec![Node::default()], ..Paths::default() };
        // A container's flat name, with its dot, to the container.
        let mut known = HashMap::from([("", 0)]);
        for (field, name) in names.into_iter().enumerate() {
            paths.fields = field + 1;
            let dots: Vec<usize> = memchr::memchr_iter(b'.', name.as_bytes()).collect();
            if dots.len() >= MOST_PARTS {
                continue;
            }
            let starts: Vec<usize> = std::iter::once(0).chain(dots.iter().map(|it| it + 1)).collect();
            for start in &starts {
                let from = paths.node(&mut known, &name[..*start]);
                for dot in dots.iter().filter(|it| *it >= start) {
                    let node = paths.node(&mut known, &name[..dot + 1]);
                    paths.edge(from, &name[*start..*dot]).node = Some(node);
                }
                paths.edge(from, &name[*start..]).field = Some(field);
            }
        }
        paths
    }

    fn node<'a>(&mut self, known: &mut HashMap<&'a str, usize>, prefix: &'a str) -> usize {
        *known.entry(prefix).or_insert_with(|| {
            self.nodes.push(Node::default());
            self.nodes.len() - 1
        })
    }

    fn edge(&mut self, node: usize, key: &str) -> &mut Edge {
        let node = &mut self.nodes[node];
        let found = node.edges.iter().position(|it| *it.key == *key.as_bytes());
        let place = found.unwrap_or_else(|| {
            node.lengths |= length_bit(key.len());
            let index = index(key);
            node.indices = node.indices.max(index.map_or(0, |it| it.saturating_add(1)));
            node.edges.push(Edge { key: key.as_bytes().into(), number: self.edges, index, field: None, node: None });
            self.edges += 1;
            node.edges.len() - 1
        });
        &mut node.edges[place]
    }
}

impl Node {
    /// The wanted key that this is.
    #[inline(always)]
    pub(crate) fn find(&self, key: &[u8]) -> Option<&Edge> {
        if self.lengths & length_bit(key.len()) == 0 {
            return None;
        }
        self.edges.iter().find(|it| *it.key == *key)
    }

    /// The wanted index that this is.
    pub(crate) fn find_index(&self, index: usize) -> Option<&Edge> {
        self.edges.iter().find(|it| it.index == Some(index))
    }
}

fn length_bit(length: usize) -> u64 {
    1 << length.min(63)
}

/// The index that a key is: decimal digits, none too many in front.
fn index(key: &str) -> Option<usize> {
    let plain = key == "0" || key.bytes().all(|it| it.is_ascii_digit()) && !key.starts_with('0');
    if plain { key.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_name_is_every_way_it_can_be_cut() {
        let paths = Paths::new(["a.b.0", "a"]);
        let root = &paths.nodes[0];
        assert_eq!(root.find(b"a").unwrap().field, Some(1));
        assert_eq!(root.find(b"a.b.0").unwrap().field, Some(0));
        let under_b = root.find(b"a.b").unwrap().node.unwrap();
        let under_a = root.find(b"a").unwrap().node.unwrap();
        assert_eq!(paths.nodes[under_a].find(b"b").unwrap().node, Some(under_b));
        assert_eq!(paths.nodes[under_a].find(b"b.0").unwrap().field, Some(0));
        assert_eq!(paths.nodes[under_b].find_index(0).unwrap().field, Some(0));
        assert_eq!(paths.nodes[under_b].indices, 1);
        assert!(root.find(b"b").is_none());
    }

    #[test]
    fn a_name_of_a_thousand_parts_costs_nothing() {
        let long = "a.".repeat(5000);
        let paths = Paths::new([long.as_str(), "b"]);
        assert_eq!(paths.fields, 2);
        assert_eq!(paths.nodes[0].find(b"b").unwrap().field, Some(1));
    }

    #[test]
    fn indices_are_plain_numbers() {
        assert_eq!(index("0"), Some(0));
        assert_eq!(index("10"), Some(10));
        for key in ["", "00", "01", "-1", "1a", "99999999999999999999999"] {
            assert_eq!(index(key), None, "{key}");
        }
    }
}
