//! temp
use std::collections::BTreeMap;
fn main() {
    let all = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    let verbose = std::env::args().nth(2);
    let (mut ok, mut bad) = (0, 0);
    let mut codes: BTreeMap<String, usize> = BTreeMap::new();
    let mut slow = std::time::Duration::ZERO;
    for record in all.split('\0').filter(|r| !r.is_empty()) {
        let (id, text) = record.split_once('\u{1}').unwrap();
        let t = std::time::Instant::now();
        let result = syntax::parse(text);
        slow = slow.max(t.elapsed());
        match result {
            Ok(q) => {
                ok += 1;
                let p = syntax::print(&q);
                match syntax::parse(&p) {
                    Ok(q2) => { let p2 = syntax::print(&q2); if p != p2 { println!("PRINT DIFF {id}\n{p}\n--\n{p2}"); } if !same(&q, &q2) { println!("TREE DIFF {id}\n{text}\n--\n{p}"); } }
                    Err(e) => println!("REPRINT FAILS {id}\n{p}\n{}", syntax::render(&e[0], &p)),
                }
                let f = syntax::format(text).unwrap();
                match syntax::parse(&f) { Ok(q3) => if !same(&q, &q3) { println!("FORMAT DIFF {id}\n{f}"); }, Err(_) => println!("FORMAT FAILS {id}\n{f}") }
                let f2 = syntax::format(&f).unwrap();
                if f != f2 { println!("FORMAT NOT STABLE {id}\n{f}\n--\n{f2}"); }
                if verbose.as_deref() == Some("f") { println!("{f}\n"); }
            }
            Err(ds) => {
                bad += 1;
                for d in &ds { *codes.entry(d.code.slug().to_owned()).or_default() += 1; }
                let only = ds.iter().all(|d| d.code.slug() == "not-yet");
                if !only || verbose.as_deref() == Some("n") { println!("#### {id}"); for d in &ds { println!("{}", syntax::render(d, text)); } }
            }
        }
    }
    println!("ok {ok} refused {bad} slowest {slow:?} {codes:?}");
}

fn same(a: &syntax::Query, b: &syntax::Query) -> bool { strip(&format!("{:?}", bare(a))) == strip(&format!("{:?}", bare(b))) }
fn bare(q: &syntax::Query) -> syntax::Query {
    let mut q = q.clone();
    for s in &mut q.stages { use syntax::Command::*; let lists: Vec<&mut Vec<syntax::Named>> = match &mut s.command { Fields(f) | Display(f) => vec![&mut f.items], Stats(s) => vec![&mut s.items, &mut s.by], _ => vec![] };
      for l in lists { for n in l { n.text.clear() } } }
    q
}
fn strip(s: &str) -> String {
    // drop spans and texts of items
    let mut out = String::new();
    let mut rest = s;
    while let Some(i) = rest.find("Span {") { out.push_str(&rest[..i]); let j = rest[i..].find('}').unwrap(); rest = &rest[i + j + 1..]; }
    out.push_str(rest); 
    out
}
