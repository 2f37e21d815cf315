//! "Did you mean": the closest of several names, by the edit distance that CPython uses (`Python/suggestions.c`).

const MOVE_COST: usize = 2;
const CASE_COST: usize = 1;
const MAX_LENGTH: usize = 40;
const MAX_CANDIDATES: usize = 750;

/// The candidate that is closest to the name, if any is close enough.
pub fn closest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut best: Option<&str> = None;
    let mut best_distance = usize::MAX;
    for candidate in candidates.take(MAX_CANDIDATES) {
        if candidate == name {
            continue;
        }
        let limit = (name.chars().count() + candidate.chars().count() + 3) * MOVE_COST / 6;
        let limit = limit.min(best_distance.saturating_sub(1));
        let distance = distance(name, candidate, limit);
        if distance <= limit && distance < best_distance {
            best = Some(candidate);
            best_distance = distance;
        }
    }
    best
}

/// The cost of changing one text to the other; more than `limit` where it is not worth to know exactly.
fn distance(a: &str, b: &str, limit: usize) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let prefix = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[prefix..], &b[prefix..]);
    let suffix = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - suffix], &b[..b.len() - suffix]);
    if a.is_empty() || b.is_empty() {
        return (a.len() + b.len()) * MOVE_COST;
    }
    if a.len() > MAX_LENGTH || b.len() > MAX_LENGTH {
        return limit + 1;
    }
    let mut row: Vec<usize> = (1..=a.len()).map(|n| n * MOVE_COST).collect();
    let mut result = 0;
    for (index, &c) in b.iter().enumerate() {
        let mut diagonal = index * MOVE_COST;
        result = (index + 1) * MOVE_COST;
        let mut minimum = usize::MAX;
        for (place, &other) in row.iter_mut().zip(a) {
            let substitute = diagonal + substitution(c, other);
            diagonal = *place;
            result = substitute.min(result.min(diagonal) + MOVE_COST);
            *place = result;
            minimum = minimum.min(result);
        }
        if minimum > limit {
            return limit + 1;
        }
    }
    result
}

fn substitution(a: char, b: char) -> usize {
    if a == b {
        0
    } else if a.eq_ignore_ascii_case(&b) {
        CASE_COST
    } else {
        MOVE_COST
    }
}
