//! Throw-away.
#![allow(clippy::unwrap_used)]
use plan::*; use source::*; use std::sync::atomic::*; use std::time::*;
fn cpu() -> (f64, f64) {
    let s = std::fs::read_to_string("/proc/self/stat").unwrap();
    let f: Vec<&str> = s[s.rfind(')').unwrap() + 2..].split(' ').collect();
    (f[11].parse::<f64>().unwrap() / 100.0, f[12].parse::<f64>().unwrap() / 100.0)
}
fn main() {
    let args: Vec<String> = std::env::args().collect();
    if args[1] == "write" {
        let shape = demo::Shape::ALL.iter().find(|it| it.name() == args[3]).copied();
        let options = demo::Options { requests: args[4].parse().unwrap(), function: shape, gateway: shape, ..demo::Options::default() };
        println!("{:?}", demo::write(std::path::Path::new(&args[2]), &options, &|_| {}).unwrap());
        return;
    }
    let inputs: Vec<Input> = args[2..].iter().map(|it| Input::new(it)).collect();
    let t = Instant::now();
    let files = Files::open(&inputs, None).unwrap();
    println!("open {:?}", t.elapsed());
    let want = |names: &[(&str, Form)]| names.iter().map(|(n, f)| Wanted { name: (*n).into(), form: *f }).collect::<Vec<_>>();
    let only = std::env::var("ONLY").unwrap_or_default();
    let run = |name: &str, scan: Scan, wanted: Vec<Wanted>| {
        if !name.contains(&only) { return; }
        let c0 = cpu(); let mut best = f64::MAX; let mut rows = 0; let mut bytes = 0;
        for _ in 0..std::env::var("TIMES").ok().and_then(|it| it.parse().ok()).unwrap_or(3) {
            let watch = Watch::default();
            let n = AtomicU64::new(0);
            let t = Instant::now();
            let r = files.scan(&scan, &watch, &|block| {
                let c = if wanted.is_empty() { vec![] } else { block.columns(&wanted, None) };
                n.fetch_add(c.iter().map(|it| (0..it.len()).filter(|r| it.is_present(*r)).count() as u64).sum::<u64>(), Ordering::Relaxed);
            }).unwrap();
            best = best.min(t.elapsed().as_secs_f64());
            rows = r.records_scanned; bytes = watch.bytes_total.load(Ordering::Relaxed);
            if !r.faults.is_empty() { println!("{:?}", r.faults); }
        }
        let c1 = cpu(); let (u, k) = ((c1.0 - c0.0) / std::env::var("TIMES").ok().and_then(|it| it.parse().ok()).unwrap_or(3.0), (c1.1 - c0.1) / std::env::var("TIMES").ok().and_then(|it| it.parse().ok()).unwrap_or(3.0));
        println!("{name:26} wall {best:.3} s {:5.0} MB/s | cpu {u:.2}+{k:.2} s, {:5.0} MB/s a core, {rows} rows, {:.0} ns a row", bytes as f64 / best / 1e6, bytes as f64 / (u + k) / 1e6, (u + k) * 1e9 / rows as f64);
    };
    let scan = Scan::default();
    run("count", scan.clone(), vec![]);
    run("literal abc-123-def-456", Scan { literals: vec!["abc-123-def-456".into()], ..scan.clone() }, want(&[("@message", Form::Text)]));
    run("literal Timeout", Scan { literals: vec!["timed out".into()], ..scan.clone() }, want(&[("@message", Form::Text)]));
    run("literal ERROR", Scan { literals: vec!["ERROR".into()], ..scan.clone() }, want(&[("level", Form::Text)]));
    run("two fields", scan.clone(), want(&[("level", Form::Text), ("dynamoDuration", Form::Number)]));
    run("five fields", scan.clone(), want(&[("level", Form::Text), ("message", Form::Text), ("requestId", Form::Text), ("operation", Form::Text), ("dynamoDuration", Form::Number)]));
    run("number", scan.clone(), want(&[("duration", Form::Number)]));
    run("time+message", scan.clone(), want(&[("@timestamp", Form::Text), ("@message", Form::Text)]));
    run("lambda", scan.clone(), want(&[("@type", Form::Text), ("@duration", Form::Number), ("@requestId", Form::Text)]));
    if !only.is_empty() { return; }
    let t = Instant::now(); println!("newest {:?} {:?}", files.newest(&Watch::default()), t.elapsed());
    let t = Instant::now(); println!("groups {:#?} {:?}", files.groups(), t.elapsed());
}
