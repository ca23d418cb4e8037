use std::time::Instant;
fn main(){
  let mut arg=std::env::args().skip(1);
  let official=std::fs::read_to_string(arg.next().unwrap()).unwrap();
  let wild=std::fs::read_to_string(arg.next().unwrap()).unwrap();
  let mut qs:Vec<(String,String)>=vec![];
  for (i,b) in official.split("\n---\n").enumerate(){ if !b.contains("# source:"){continue} 
    let noted=b.lines().any(|l|l.starts_with("# note:"));
    qs.push((format!("official-{i}{}",if noted{"-noted"}else{""}),b.to_string())); }
  for l in wild.lines(){ let v:serde_json::Value=serde_json::from_str(l).unwrap(); let t=v.get("templated").is_some(); let s=v.get("suspect").is_some();
    let tag=if t{"-templated"}else if s{"-suspect"}else{""};
    qs.push((format!("{}{}",v["id"].as_str().unwrap(),tag),v["query"].as_str().unwrap().to_string())); }
  let (mut ok,mut notyet,mut bad,mut clean)=(0,0,0,0);
  for (id,q) in &qs { 
    let t=Instant::now();
    let r=syntax::parse(q).and_then(|x|plan::build(&x,&plan::Context::default()));
    let e=t.elapsed(); if e.as_millis()>20 {println!("SLOW {id} {e:?}");}
    let is_clean=!id.contains("-noted")&&!id.contains("-templated")&&!id.contains("-suspect");
    if !is_clean{continue} clean+=1;
    match r { Ok(_)=>ok+=1, Err(f)=>{ if f.iter().any(|d|d.code.slug()=="not-yet"){notyet+=1}else{bad+=1; println!("=== {id}\n{q}\n"); for d in &f{println!("{}",syntax::render(d,q));}}} }
  }
  println!("clean {clean} ok {ok} notyet {notyet} bad {bad}");
}
