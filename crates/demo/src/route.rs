//! What browsers may ask for.

use crate::random::Random;

/// A method and a path.
pub struct Route {
    /// `GET`
    pub method: &'static str,
    /// `/items`
    pub path: &'static str,
    /// What the handler does with it; nothing where it does not allow the request.
    pub operation: Option<Operation>,
    /// What the query string holds.
    pub asks: Asks,
    /// How often it is asked for, in proportion.
    weight: u32,
}

/// What the handler asks of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// An item is read.
    GetItem,
    /// An item is written.
    PutItem,
}

/// What a query string holds.
#[derive(Clone, Copy)]
pub enum Asks {
    /// No query string.
    Nothing,
    /// `id=1017`
    Item,
    /// `q=kettle`
    Words,
}

/// The route that most take: `GET /items?id=1017`
pub static ITEMS: Route =
    Route { method: "GET", path: "/items", operation: Some(Operation::GetItem), asks: Asks::Item, weight: 560 };

/// Draws a route.
pub fn draw(random: &mut Random) -> &'static Route {
    match random.place([ITEMS.weight].into_iter().chain(OTHERS.iter().map(|it| it.weight))) {
        0 => &ITEMS,
        place => &OTHERS[place - 1],
    }
}

impl Operation {
    /// The operation's name.
    pub fn name(self) -> &'static str {
        match self {
            Operation::GetItem => "GetItem",
            Operation::PutItem => "PutItem",
        }
    }
}

static OTHERS: [Route; 6] = [
    Route { method: "GET", path: "/orders", operation: Some(Operation::GetItem), asks: Asks::Item, weight: 140 },
    Route { method: "GET", path: "/profile", operation: Some(Operation::GetItem), asks: Asks::Item, weight: 70 },
    Route { method: "POST", path: "/items", operation: Some(Operation::PutItem), asks: Asks::Nothing, weight: 110 },
    Route { method: "POST", path: "/orders", operation: Some(Operation::PutItem), asks: Asks::Nothing, weight: 80 },
    Route { method: "GET", path: "/search", operation: None, asks: Asks::Words, weight: 30 },
    Route { method: "DELETE", path: "/items", operation: None, asks: Asks::Item, weight: 10 },
];
