//! temp
fn main() { let t = std::env::args().nth(1).unwrap(); let t = if t == "-" { std::io::read_to_string(std::io::stdin()).unwrap() } else { t };
 if std::env::args().nth(2).is_some() { for _ in 0..2000 { let long = format!("fields {} as x", vec!["a"; 240].join(" + ")); let ok = std::thread::Builder::new().stack_size(1<<20).spawn(move || syntax::parse(&long).is_ok()).unwrap().join().unwrap(); assert!(ok); } println!("fine"); return; }
 match syntax::parse(&t) { Ok(q) => println!("{q:#?}\n{}", syntax::format(&t).unwrap()), Err(e) => for d in e { println!("{}", syntax::render(&d, &t)); } } }
