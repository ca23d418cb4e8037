//! Dashboards of CloudWatch: widgets of type `log`.

use super::{Host, Reads};
use crate::json;
use crate::node::Node;
use crate::query::{Found, Query, Unread};
use crate::text::Text;

/// The body of a dashboard in a file of its own.
pub const HOST: Host = Host {
    name: "dashboard",
    doc: "The body of a CloudWatch dashboard in a file of its own: its widgets of type `log`, called by their titles.",
    marks: &["widgets"],
    reads: Reads::Documents {
        is: |it| it.get("widgets").is_some_and(|it| it.items().iter().all(|it| it.get("type").is_some())),
        find: |document, source| {
            let mut found = Found::default();
            widgets(document, "", &|node| node.text().map(|it| source.within(it)), &mut found);
            found
        },
    },
};

/// The queries of a dashboard's body. `text` gives the text of a value.
pub fn widgets(body: &Node, name: &str, text: &dyn Fn(&Node) -> Option<Text>, found: &mut Found) {
    for (number, widget) in flat(body.get("widgets").unwrap_or(body)).into_iter().enumerate() {
        if widget.get("type").and_then(Node::as_str) != Some("log") {
            continue;
        }
        let Some(properties) = widget.get("properties") else { continue };
        let other = properties.get("queryLanguage").and_then(Node::as_str).is_some_and(|it| it != "CWLI");
        let Some(query) = properties.get("query").filter(|_| !other) else { continue };
        let title = properties.get("title").and_then(text).map(|it| it.name());
        let title = title.filter(|it| !it.is_empty()).unwrap_or_else(|| format!("widget {}", number + 1));
        let name = if name.is_empty() { title } else { format!("{name}/{title}") };
        match text(query) {
            Some(text) => found.queries.push(Query::new(name, &text)),
            None => found.unread.push(unread(&name, "the query is put together of what is not known here", query)),
        }
    }
}

/// The queries of a body that stands as JSON in a text.
pub fn body(text: &Text, name: &str, place: &Node, found: &mut Found) {
    match json::read(text.as_str()) {
        Ok(body) => widgets(&body, name, &|node| node.text().map(|it| text.within(it)), found),
        Err(fault) => found.unread.push(Unread {
            name: name.to_owned(),
            message: format!("the dashboard's body is no JSON: {}", fault.message),
            span: match text.place(fault.span) {
                none if none == syntax::Span::default() => place.span,
                span => span,
            },
        }),
    }
}

/// A place that cannot be looked at.
pub fn unread(name: &str, message: &str, place: &Node) -> Unread {
    Unread { name: name.to_owned(), message: message.to_owned(), span: place.span }
}

/// Widgets in lists of lists too: Terraform's `concat([…], […])`.
fn flat(list: &Node) -> Vec<&Node> {
    let inner = |it: &Node| !it.items().is_empty();
    list.items().iter().flat_map(|it| if inner(it) { flat(it) } else { vec![&**it] }).collect()
}
