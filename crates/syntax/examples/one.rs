//! temp
fn main() { let t = std::env::args().nth(1).unwrap(); let t = if t == "-" { std::io::read_to_string(std::io::stdin()).unwrap() } else { t };
 match syntax::parse(&t) { Ok(q) => println!("{q:#?}\n{}", syntax::format(&t).unwrap()), Err(e) => for d in e { println!("{}", syntax::render(&d, &t)); } } }
