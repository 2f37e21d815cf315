//! A graph as a picture, without any other program: boxes in layers, arrows between them.

use std::fmt::Write;

use crate::graph::Map;

/// A box.
#[derive(Clone, Debug, PartialEq)]
pub struct Box {
    /// How other parts name it.
    pub name: String,
    /// Lines of text.
    pub lines: Vec<String>,
    /// The colour of the box, as SVG writes it.
    pub fill: String,
    /// The colour of the text.
    pub ink: String,
}

/// An arrow from one box to another, by their positions.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrow {
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What stands beside it.
    pub label: String,
}

const LINE: f64 = 15.0;
const LETTER: f64 = 7.2;
const MARGIN: f64 = 12.0;
const GAP: f64 = 24.0;
const LAYER_GAP: f64 = 70.0;

/// Draws a graph. Boxes go in layers by their distance from the boxes that no arrow leads to, or from the first box.
pub fn draw(boxes: &[Box], arrows: &[Arrow]) -> String {
    let layers = layers(boxes.len(), arrows);
    let places = place(boxes, arrows, &layers);
    let right = places.iter().map(|place| place.x + place.width).fold(0.0, f64::max) + MARGIN;
    let bottom = places.iter().map(|place| place.y + place.height).fold(0.0, f64::max) + MARGIN;
    let mut out = String::new();
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{right:.0}\" height=\"{bottom:.0}\" font-family=\"monospace\" font-size=\"12\">"
    );
    out.push_str("<defs><marker id=\"tip\" markerWidth=\"9\" markerHeight=\"8\" refX=\"8\" refY=\"4\" orient=\"auto\"><path d=\"M0,0 L9,4 L0,8 z\"/></marker></defs>\n");
    for arrow in arrows {
        draw_arrow(&mut out, arrow, &places);
    }
    for (shape, place) in boxes.iter().zip(&places) {
        draw_box(&mut out, shape, place);
    }
    out.push_str("</svg>\n");
    out
}

#[derive(Clone, Copy, Debug, Default)]
struct Place {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

fn layers(count: usize, arrows: &[Arrow]) -> Vec<usize> {
    let mut layer = vec![usize::MAX; count];
    let mut queue: std::collections::VecDeque<usize> =
        (0..count).filter(|&node| !arrows.iter().any(|arrow| arrow.to == node)).collect();
    queue.iter().for_each(|&node| layer[node] = 0);
    // A cycle has no first box: the first one that is left begins.
    for start in 0..count {
        if queue.is_empty() && layer[start] == usize::MAX {
            layer[start] = 0;
            queue.push_back(start);
        }
        while let Some(node) = queue.pop_front() {
            for arrow in arrows.iter().filter(|arrow| arrow.from == node) {
                if layer[arrow.to] == usize::MAX {
                    layer[arrow.to] = layer[node] + 1;
                    queue.push_back(arrow.to);
                }
            }
        }
    }
    layer
}

fn place(boxes: &[Box], arrows: &[Arrow], layers: &[usize]) -> Vec<Place> {
    let mut places = vec![Place::default(); boxes.len()];
    let mut rows: Map<usize, Vec<usize>> = Map::default();
    layers.iter().enumerate().for_each(|(node, &layer)| rows.entry(layer).or_default().push(node));
    let mut y = MARGIN;
    let depth = layers.iter().max().map_or(0, |deepest| deepest + 1);
    for layer in 0..depth {
        let Some(mut row) = rows.remove(&layer) else { continue };
        // Under the middle of what points to it, a box has short arrows.
        let middle = |node: usize| {
            let above: Vec<f64> = arrows
                .iter()
                .filter(|arrow| arrow.to == node && layers[arrow.from] < layer)
                .map(|arrow| places[arrow.from].x + places[arrow.from].width / 2.0)
                .collect();
            if above.is_empty() { 0.0 } else { above.iter().sum::<f64>() / above.len() as f64 }
        };
        row.sort_by(|&a, &b| middle(a).total_cmp(&middle(b)).then(a.cmp(&b)));
        let mut x = MARGIN;
        let mut height = 0.0f64;
        for node in row {
            let letters = boxes[node].lines.iter().map(|line| line.chars().count()).max().unwrap_or(1);
            let place = Place {
                x,
                y,
                width: letters as f64 * LETTER + 2.0 * MARGIN,
                height: boxes[node].lines.len().max(1) as f64 * LINE + MARGIN,
            };
            x += place.width + GAP;
            height = height.max(place.height);
            places[node] = place;
        }
        y += height + LAYER_GAP;
    }
    places
}

fn draw_box(out: &mut String, shape: &Box, place: &Place) {
    let Place { x, y, width, height } = place;
    let _ = writeln!(
        out,
        "<g id=\"{}\"><rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"3\" fill=\"{}\" stroke=\"black\"/>",
        escaped(&shape.name),
        escaped(&shape.fill)
    );
    for (number, line) in shape.lines.iter().enumerate() {
        let _ = writeln!(
            out,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"{}\">{}</text>",
            x + width / 2.0,
            y + MARGIN / 2.0 + (number as f64 + 0.8) * LINE,
            escaped(&shape.ink),
            escaped(line)
        );
    }
    out.push_str("</g>\n");
}

fn draw_arrow(out: &mut String, arrow: &Arrow, places: &[Place]) {
    let (from, to) = (&places[arrow.from], &places[arrow.to]);
    let (x1, x2) = (from.x + from.width / 2.0, to.x + to.width / 2.0);
    let (y1, y2) = (from.y + from.height, to.y);
    let path = if arrow.from == arrow.to {
        let (x, y) = (from.x + from.width, from.y + from.height / 2.0);
        format!("M{x:.1},{y:.1} c40,-20 40,20 0,6")
    } else if to.y > from.y {
        format!("M{x1:.1},{y1:.1} C{x1:.1},{:.1} {x2:.1},{:.1} {x2:.1},{y2:.1}", y1 + 30.0, y2 - 30.0)
    } else {
        // Upwards, or along a layer: out at the right side and in there.
        let (x1, y1) = (from.x + from.width, from.y + from.height / 2.0);
        let (x2, y2) = (to.x + to.width, to.y + to.height / 2.0);
        let bend = x1.max(x2) + 30.0;
        format!("M{x1:.1},{y1:.1} C{bend:.1},{y1:.1} {bend:.1},{y2:.1} {x2:.1},{y2:.1}")
    };
    let _ = writeln!(out, "<path d=\"{path}\" fill=\"none\" stroke=\"black\" marker-end=\"url(#tip)\"/>");
    if !arrow.label.is_empty() {
        let (x, y) = ((x1 + x2) / 2.0 + 4.0, (y1 + y2) / 2.0);
        let _ =
            writeln!(out, "<text x=\"{x:.1}\" y=\"{y:.1}\" fill=\"#444\">{}</text>", escaped(&arrow.label));
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
