//! Every example of every function, asked of the oracle and of the engine: with literals, and with fields in their place.

use plan::Context;
use syntax::{Expr, ExprKind, Literal};
use value::number;

use crate::answer::{Archive, Manner, plan};

/// One block for all events, and a block for each.
const MANNERS: [Manner; 2] =
    [Manner { block: 1 << 20, threads: 1, parts: 1 }, Manner { block: 1, threads: 2, parts: 2 }];

#[test]
fn functions_give_what_their_examples_say() {
    let mut faults = Vec::new();
    let mut with_fields = 0;
    for function in functions::all() {
        for (call, printed) in function.examples {
            let mut ask = |call: &str, message: &str, printed: Option<&str>| {
                // An event without any field stands between two that have them, so that columns have gaps.
                let messages = [message, "{}", message];
                if let Err(fault) = agree(&format!("fields {call} as it"), &messages, &[0, 2], printed) {
                    faults.push(format!("{}: {call} on {message}: {fault}", function.name));
                }
            };
            ask(call, "{}", Some(printed));
            let (call_of_fields, message) = on_fields(call, |field| format!("({field} * 1)"));
            ask(&call_of_fields, &message, Some(printed));
            // A field that reads as a number is text where a number is not, and what it gives may differ from that.
            let (call_of_texts, message) = on_fields(call, str::to_owned);
            ask(&call_of_texts, &message, None);
            with_fields += usize::from(call_of_fields != *call);
        }
    }
    assert!(with_fields > 100, "only {with_fields} examples took fields for literals");
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn aggregates_give_what_their_examples_say() {
    let mut faults = Vec::new();
    for aggregate in functions::aggregates() {
        for (call, cells, printed) in aggregate.examples {
            let messages: Vec<String> = cells.iter().map(|it| serde_json::json!({ "x": it }).to_string()).collect();
            let messages: Vec<&str> = messages.iter().map(String::as_str).collect();
            // `topk` stands alone.
            let groupings = if aggregate.name == "topk" { &[""][..] } else { &["", " by y", " by bin(1d)"] };
            for by in groupings {
                if let Err(fault) =
                    agree(&format!("stats {call} as it{by} | display it"), &messages, &[0], Some(printed))
                {
                    faults.push(format!("{call}{by} on {cells:?}: {fault}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// Asks both sides about events a millisecond apart; in these rows, their column `it` must hold what is `printed`, where
/// that is known, `""` being no value.
fn agree(query: &str, messages: &[&str], rows: &[usize], printed: Option<&str>) -> Result<(), String> {
    let plan = plan(&format!("{query} | sort @timestamp"), &Context::default())
        .or_else(|_| plan(query, &Context::default()))?;
    let archive = archive(messages);
    let expected = archive.ask_oracle(&plan);
    let cell = |row: &usize| expected.rows.get(*row)?.first()?.as_deref();
    if let Some(printed) = printed
        && let Some(row) = rows.iter().find(|row| cell(row).unwrap_or_default() != printed)
    {
        return Err(format!("{printed:?} is what the record says, {:?} what the oracle says", cell(row)));
    }
    for manner in MANNERS {
        let found = archive.ask_engine(&plan, manner)?;
        if found != expected {
            return Err(format!("in {manner:?} the engine says\n{found}\nbut the oracle\n{expected}"));
        }
    }
    Ok(())
}

fn archive(messages: &[&str]) -> Archive {
    let time = |it: usize| 1_767_225_600_000 + it as i64;
    let event = |(index, message): (usize, &&str)| testkit::events::Event {
        time: Some(time(index)),
        ingested: None,
        stream: Some(String::from("s")),
        message: message.to_string(),
    };
    let events: Vec<testkit::events::Event> = messages.iter().enumerate().map(event).collect();
    let line = |it: &testkit::events::Event| {
        let object = serde_json::json!({ "timestamp": it.time, "message": it.message, "logStreamName": it.stream });
        format!("{object}\n")
    };
    let file: String = events.iter().map(line).collect();
    let mut archive = Archive::default();
    archive.add("/group", vec![(String::from("events.jsonl"), file.into_bytes())], &events);
    archive
}

/// A call with a field in the place of each literal that need not be one, and a message that has these fields; numbers
/// are read of their fields by `number`.
fn on_fields(call: &str, number: fn(&str) -> String) -> (String, String) {
    let mut call = call.to_owned();
    let mut message = serde_json::Map::new();
    // The last literal first, so that the places of the others stay.
    for literal in literals(&call).into_iter().rev() {
        let name = format!("f{}", message.len());
        let span = literal.span.start as usize..literal.span.end as usize;
        let is_number = matches!(literal.kind, ExprKind::Literal(Literal::Number(_)));
        let mut replaced = call.clone();
        replaced.replace_range(span, &if is_number { number(&name) } else { format!(" {name} ") });
        if let Some(value) = written(&literal)
            && plan(&format!("fields {replaced} as it"), &Context::default()).is_ok()
        {
            message.insert(name, value);
            call = replaced;
        }
    }
    (call, serde_json::Value::Object(message).to_string())
}

/// The literals of a call, in the order in which they stand.
fn literals(call: &str) -> Vec<Expr> {
    let stages = syntax::parse(&format!("fields {call} as it")).map(|it| it.stages).unwrap_or_default();
    let items = stages.iter().flat_map(|it| match &it.command {
        syntax::Command::Fields(it) => it.items.as_slice(),
        _ => &[],
    });
    let mut found = Vec::new();
    items.for_each(|it| collect(&it.expr, &mut found));
    // Back from the query to the call.
    found.iter_mut().for_each(|it| {
        it.span.start -= "fields ".len() as u32;
        it.span.end -= "fields ".len() as u32;
    });
    found
}

fn collect(expr: &Expr, found: &mut Vec<Expr>) {
    match &expr.kind {
        // As literals, these stand for 1 and 0, too.
        ExprKind::Literal(Literal::Text(text)) if text == "true" || text == "false" => {}
        ExprKind::Literal(Literal::Number(_) | Literal::Text(_)) => found.push(expr.clone()),
        ExprKind::Call { args, .. } => args.iter().for_each(|it| collect(it, found)),
        _ => {}
    }
}

/// A literal as a field would hold it: a number as it prints.
fn written(literal: &Expr) -> Option<serde_json::Value> {
    match &literal.kind {
        ExprKind::Literal(Literal::Text(text)) => Some(text.as_str().into()),
        ExprKind::Literal(Literal::Number(text)) => {
            let number = number::read(text)?;
            let printed = number::print(number);
            Some(if number::read(&printed) == Some(number) { printed } else { text.clone() }.into())
        }
        _ => None,
    }
}
