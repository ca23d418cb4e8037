//! temp
use std::time::{Duration, Instant};
fn try_one(t: &str, worst: &mut (Duration, String)) {
    let s = Instant::now();
    let r = syntax::parse(t);
    let e = s.elapsed();
    if e > worst.0 { *worst = (e, t.chars().take(60).collect()); }
    match r {
        Ok(q) => { let p = syntax::print(&q); let q2 = syntax::parse(&p).unwrap_or_else(|e| panic!("{t}\n--\n{p}\n{}", syntax::render(&e[0], &p))); assert_eq!(p, syntax::print(&q2));
            let f = syntax::format(t).unwrap(); assert_eq!(f, syntax::format(&f).unwrap(), "{t}");
            let c = |x: &str| x.matches('#').count(); let _ = c; }
        Err(ds) => for d in &ds { let _ = syntax::render(d, t); for l in &d.labels { assert!(l.span.start <= l.span.end && t.get(l.span.start as usize..l.span.end as usize).is_some(), "{t:?} {d:?}"); } },
    }
}
fn main() {
    std::thread::Builder::new().stack_size(std::env::args().nth(2).and_then(|x| x.parse().ok()).unwrap_or(1 << 20)).spawn(|| {
        let mut worst = (Duration::ZERO, String::new());
        for unit in ["(", "not ", "- ", "-", "!", "a^", "a+", "a or ", "a and ", "f(", "x in [", "'", "\"", "`", "/", "like /", "like /[", "[[:", "|", "||", "a|", "(|", "#", "\n", "f(x).a", ".a", "[0]", "a,", "a=", "é", "“", "if(a,", "a like 'x' or ", "(a or ", "not (", "-(", "SOURCE logGroups(", "@", "@`", "5", "1e", "case ", "\\", "{{", "/[/", "a.", "(a)", "^-", "parse /[", "x\t", "like /[\n", "'\n", "/*"] {
            for head in ["filter ", "", "fields ", "stats ", "sort ", "parse ", "limit ", "source ", "dedup ", "fields a | filter x like ", "filter a = 1 or "] {
                let mut t = head.to_owned(); while t.len() < 10_000 { t.push_str(unit); }
                try_one(&t, &mut worst); t.push('a'); try_one(&t, &mut worst);
                let closes: String = std::iter::repeat_n(')', 3000).collect(); 
                let t2 = format!("{}a{closes}", &head.to_owned()) + unit; try_one(&t2, &mut worst);
            }
        }
        println!("hostile worst {worst:?}");
        let nest = |n: usize| format!("filter {}a{}", "(".repeat(n), ")".repeat(n));
        println!("99 {:?} 200 {:?}", syntax::parse(&nest(99)).is_ok(), syntax::parse(&nest(200)).is_ok());
        let long = format!("filter {}", vec!["a = 1"; 1200].join(" or ")); try_one(&long, &mut worst); println!("ors {:?}", syntax::parse(&long).is_ok());
        let long = format!("fields {} as x", vec!["a"; 240].join(" + ")); try_one(&long, &mut worst); println!("sum {:?} {:?}", syntax::parse(&long).is_ok(), syntax::parse(&long).map(|_| ()));
        let all = std::fs::read_to_string("/tmp/wild_clean.bin").unwrap() + "\0" + &std::fs::read_to_string("/tmp/official.bin").unwrap();
        let texts: Vec<&str> = all.split('\0').filter_map(|r| r.split_once('\u{1}')).map(|(_, t)| t).collect();
        let mut x: u64 = 88172645463325252; let mut rnd = move |n: usize| { x ^= x << 13; x ^= x >> 7; x ^= x << 17; (x % n.max(1) as u64) as usize };
        let bits = ["(", ")", "[", "]", "'", "\"", "`", "/", "|", "#", "\n", " ", ",", "not ", " and ", " or ", "-", "^", ".", "é", "“", "\\", "5m", "as ", " by ", "count(*)", "@", "=~", "like ", "in ", "\u{0}", "\u{1F469}", "=", "*"];
        let n: usize = std::env::args().nth(1).and_then(|x| x.parse().ok()).unwrap_or(20000);
        let mut ok = 0;
        for _ in 0..n {
            let mut chars: Vec<char> = texts[rnd(texts.len())].chars().collect();
            for _ in 0..1 + rnd(4) {
                let at = rnd(chars.len() + 1);
                match rnd(4) { 0 if at < chars.len() => { chars.remove(at); } 1 => { let to = (at + rnd(10)).min(chars.len()); chars.drain(at..to); } 2 => { let other: Vec<char> = texts[rnd(texts.len())].chars().collect(); let from = rnd(other.len()); let to = (from + rnd(30)).min(other.len()); chars.splice(at..at, other[from..to].iter().copied()); } _ => { chars.splice(at..at, bits[rnd(bits.len())].chars()); } }
            }
            let t: String = chars.into_iter().collect();
            if syntax::parse(&t).is_ok() { ok += 1; }
            try_one(&t, &mut worst);
        }
        println!("mutated ok {ok} of {n}, worst {worst:?}");
    }).unwrap().join().unwrap();
}
