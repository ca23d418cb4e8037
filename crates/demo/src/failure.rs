//! What goes wrong inside the handler.

use crate::random::Random;
use crate::route::Operation;
use crate::traffic::Mood;

/// An exception of the handler.
#[derive(Debug)]
pub struct Failure {
    /// `TypeError`
    pub class: &'static str,
    /// The exception's message.
    pub error: &'static str,
    /// Where it was thrown: the lines of the stack, each with the line end before it.
    pub frames: &'static str,
    /// Where it comes from.
    pub cause: Cause,
    /// The operation that may fail like this.
    operation: Operation,
    /// How often in a calm and in a bad quarter, in proportion.
    weights: [u32; 2],
}

/// Where a failure comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Code of the handler, before it asks the table.
    Handler,
    /// The table, or the way there.
    Table,
    /// The table, after all attempts were throttled.
    Throttling,
}

/// One of the failures that an operation may have.
pub fn draw(operation: Operation, mood: Mood, random: &mut Random) -> &'static Failure {
    let weights = ALL.iter().map(|it| if it.operation == operation { it.weights[mood as usize] } else { 0 });
    &ALL[random.place(weights)]
}

const READ: &str = "
    at throwDefaultError (/var/task/node_modules/@smithy/smithy-client/dist-cjs/index.js:388:20)
    at async Runtime.handler (/var/task/index.mjs:41:22)";

const WRITE: &str = "
    at throwDefaultError (/var/task/node_modules/@smithy/smithy-client/dist-cjs/index.js:388:20)
    at async Runtime.handler (/var/task/index.mjs:67:7)";

static ALL: [Failure; 8] = [
    Failure {
        class: "ProvisionedThroughputExceededException",
        error: "Throughput exceeds the current capacity of the table",
        frames: READ,
        cause: Cause::Throttling,
        operation: Operation::GetItem,
        weights: [1, 12],
    },
    Failure {
        class: "TimeoutError",
        error: "connect ETIMEDOUT 198.51.100.20:443",
        frames: "\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1637:16)",
        cause: Cause::Table,
        operation: Operation::GetItem,
        weights: [2, 6],
    },
    Failure {
        class: "TypeError",
        error: "Cannot read properties of undefined (reading 'id')",
        frames: "\n    at Runtime.handler (/var/task/index.mjs:33:48)",
        cause: Cause::Handler,
        operation: Operation::GetItem,
        weights: [5, 1],
    },
    Failure {
        class: "ProvisionedThroughputExceededException",
        error: "Throughput exceeds the current capacity of the table",
        frames: WRITE,
        cause: Cause::Throttling,
        operation: Operation::PutItem,
        weights: [1, 10],
    },
    Failure {
        class: "ConditionalCheckFailedException",
        error: "The conditional request failed",
        frames: WRITE,
        cause: Cause::Table,
        operation: Operation::PutItem,
        weights: [6, 4],
    },
    Failure {
        class: "AccessDeniedException",
        error: "User: arn:aws:sts::000000000000:assumed-role/api-role/api is not authorized to perform: dynamodb:PutItem",
        frames: WRITE,
        cause: Cause::Table,
        operation: Operation::PutItem,
        weights: [2, 3],
    },
    Failure {
        class: "SyntaxError",
        error: "Unexpected token '<', \"<html>\" is not valid JSON",
        frames: "\n    at JSON.parse (<anonymous>)\n    at Runtime.handler (/var/task/index.mjs:58:25)",
        cause: Cause::Handler,
        operation: Operation::PutItem,
        weights: [4, 1],
    },
    Failure {
        class: "Error",
        error: "getaddrinfo EAI_AGAIN dynamodb.us-east-1.amazonaws.com",
        frames: "\n    at GetAddrInfoReqWrap.onlookupall [as oncomplete] (node:dns:122:26)",
        cause: Cause::Table,
        operation: Operation::PutItem,
        weights: [1, 2],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_operation_fails_in_its_own_ways() {
        let mut random = Random::new(1, 0);
        for operation in [Operation::GetItem, Operation::PutItem] {
            for mood in [Mood::Calm, Mood::Bad] {
                assert!((0..1_000).all(|_| draw(operation, mood, &mut random).operation == operation));
            }
        }
    }

    #[test]
    fn what_is_more_frequent_in_a_bad_quarter_is_drawn_more_often() {
        let throttled = |mood| {
            let mut random = Random::new(1, 1);
            (0..1_000).filter(|_| draw(Operation::GetItem, mood, &mut random).cause == Cause::Throttling).count()
        };
        assert!(throttled(Mood::Bad) > 3 * throttled(Mood::Calm));
    }
}
