//! `haversine(lat1, lon1, lat2, lon2)`: the distance of two places on Earth.

use crate::prelude::*;

/// The mean radius of the Earth in kilometres.
const RADIUS: f64 = 6371.0;

pub static HAVERSINE: Function = Function {
    name: "haversine",
    aliases: &[],
    params: &[
        once("lat1", Kind::Number),
        once("lon1", Kind::Number),
        once("lat2", Kind::Number),
        once("lon2", Kind::Number),
    ],
    returns: Returns::Is(Type::Number),
    doc: "The distance along the great circle between two places, in kilometres. Latitudes and longitudes are in \
          degrees; the Earth is a sphere with a radius of 6371 km.",
    examples: &[("round(haversine(52.52, 13.405, 48.8566, 2.3522))", "877"), ("haversine(10, 20, 10, 20)", "0")],
    row: |args| finite(distance(args.number(0)?, args.number(1)?, args.number(2)?, args.number(3)?)),
    column: None,
};

fn distance(lat1: f64, lon1: f64, lat2: f64, lon2: f64) -> f64 {
    let across = ((lat2 - lat1).to_radians() / 2.0).sin();
    let along = ((lon2 - lon1).to_radians() / 2.0).sin();
    let chord = across * across + lat1.to_radians().cos() * lat2.to_radians().cos() * along * along;
    2.0 * RADIUS * chord.clamp(0.0, 1.0).sqrt().asin()
}
