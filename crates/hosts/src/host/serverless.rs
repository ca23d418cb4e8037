//! `serverless.yml`: a template of CloudFormation below `resources`, with variables of its own everywhere.

use super::cloudformation::{self, MARKS, Template};
use super::{Host, Reads};
use crate::query::Found;

/// Files of the Serverless Framework.
pub const HOST: Host = Host {
    name: "serverless",
    doc: "A `serverless.yml`: the resources it adds, as in CloudFormation; `${…}` is a variable in every text.",
    marks: MARKS,
    reads: Reads::Documents {
        is: |it| it.get("service").is_some() && (it.get("provider").is_some() || it.get("resources").is_some()),
        find: |document, source| {
            let mut found = Found::default();
            let Some(resources) = document.get("resources") else { return found };
            // Several files' resources may stand in a list.
            let all = if resources.items().is_empty() {
                vec![resources]
            } else {
                resources.items().iter().map(|it| &**it).collect()
            };
            for part in all {
                Template::variables_everywhere(part, source).find(&mut found);
                if let Some(extensions) = part.get("extensions") {
                    let template = Template::variables_everywhere(part, source);
                    cloudformation::resources(extensions, &template, &mut found);
                }
            }
            found
        },
    },
};
