//! Dashboards of CloudWatch: widgets of type `log`.

use super::{Host, Reads};
use crate::choice::{self, Variant};
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
            widgets(document, "", &|node| always(node.text().map(|it| source.within(it))), &mut found);
            found
        },
    },
};

/// The queries of a dashboard's body. `texts` gives the texts of a value, one for each way through its conditions.
pub fn widgets(body: &Node, name: &str, texts: &dyn Fn(&Node) -> Vec<Variant<Text>>, found: &mut Found) {
    for (number, widget) in flat(body.get("widgets").unwrap_or(body)).into_iter().enumerate() {
        if widget.get("type").and_then(Node::as_str) != Some("log") {
            continue;
        }
        let Some(properties) = widget.get("properties") else { continue };
        let other = properties.get("queryLanguage").and_then(Node::as_str).is_some_and(|it| it != "CWLI");
        let Some(query) = properties.get("query").filter(|_| !other) else { continue };
        let title = properties.get("title").and_then(|it| texts(it).into_iter().next()).map(|it| it.value.name());
        let title = title.filter(|it| !it.is_empty()).unwrap_or_else(|| format!("widget {}", number + 1));
        let name = if name.is_empty() { title } else { format!("{name}/{title}") };
        let texts = texts(query);
        if texts.is_empty() {
            found.unread.push(unread(&name, "the query is put together of what is not known here", query));
        }
        for it in &texts {
            found.queries.push(Query::new(choice::named(&name, &it.conditions), &it.value));
        }
    }
}

/// The queries of a body that stands as JSON in a text.
pub fn body(text: &Text, name: &str, place: &Node, found: &mut Found) {
    match json::read(text.as_str()) {
        Ok(body) => widgets(&body, name, &|node| always(node.text().map(|it| text.within(it))), found),
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

/// A text that hangs on no condition.
pub fn always(text: Option<Text>) -> Vec<Variant<Text>> {
    text.into_iter().map(|value| Variant { conditions: String::new(), value }).collect()
}

/// Widgets in lists of lists too, Terraform's `concat([…], […])`, and those on both sides of CloudFormation's `If`.
fn flat(list: &Node) -> Vec<&Node> {
    if let Some(("Fn::If", branches)) = list.only() {
        return branches.items().iter().skip(1).flat_map(|it| flat(it)).collect();
    }
    if list.items().is_empty() {
        return vec![list];
    }
    let condition = usize::from(list.tag.as_deref() == Some("If"));
    list.items().iter().skip(condition).flat_map(|it| flat(it)).collect()
}
