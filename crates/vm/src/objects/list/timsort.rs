//! The merge sort behind `list.sort` and `sorted`, for keys that Python code compares.
//!
//! Tim Peters's algorithm with the merge policy of powersort, as CPython describes it in `listsort.txt`: natural runs
//! are found and extended to a minimal length by binary insertion, then merged in a nearly optimal order, galloping
//! where one run wins for long. It asks the same comparisons in the same order as CPython 3.13, so programs that
//! watch them, or compare inconsistently (NaN), see the same.
//!
//! What is sorted are positions, not objects: a comparison that fails leaves a permutation whatever happens.

use crate::error::{Raised, Res};

/// Runs are extended to between half of this and this many items.
const MAX_MIN_RUN: usize = 64;
/// Wins in a row that start galloping.
const MIN_GALLOP: usize = 7;

/// Sorts `order` by `less`, stably. An error ends the sort; `order` is a permutation of what it was.
pub(super) fn sort(order: &mut [u32], less: impl FnMut(u32, u32) -> Res<bool>) -> Res<()> {
    let total = order.len();
    if total < 2 {
        return Ok(());
    }
    let min_run = min_run(total);
    let mut state = Merger { order, scratch: Vec::new(), pending: Vec::new(), min_gallop: MIN_GALLOP, less };
    let mut start = 0;
    while start < total {
        let mut len = state.count_run(start, total - start)?;
        if len < min_run {
            let forced = min_run.min(total - start);
            state.binary_insertion(start, forced, len)?;
            len = forced;
        }
        state.found_run(len)?;
        state.pending.push(Run { base: start, len, power: 0 });
        start += len;
    }
    state.collapse()
}

/// A minimal run length such that the number of runs is a power of two or a little less.
fn min_run(mut n: usize) -> usize {
    let mut rest = 0;
    while n >= MAX_MIN_RUN {
        rest |= n & 1;
        n >>= 1;
    }
    n + rest
}

struct Run {
    base: usize,
    len: usize,
    power: u32,
}

struct Merger<'a, F> {
    order: &'a mut [u32],
    scratch: Vec<u32>,
    pending: Vec<Run>,
    min_gallop: usize,
    less: F,
}

/// How a merge ended: what is still in the scratch space has to be put back accordingly.
enum End {
    Done,
    LastOfScratch,
    Failed(Raised),
}

impl<F: FnMut(u32, u32) -> Res<bool>> Merger<'_, F> {
    fn at(&self, place: usize) -> u32 {
        self.order[place]
    }

    fn less_at(&mut self, a: usize, b: usize) -> Res<bool> {
        (self.less)(self.order[a], self.order[b])
    }

    /// The length of the run at `start`; descending runs are reversed. Stretches of equal items inside a descending
    /// run are reversed twice, so that they keep their order.
    fn count_run(&mut self, start: usize, remaining: usize) -> Res<usize> {
        let mut n = 1;
        while n < remaining && !self.less_at(start + n, start + n - 1)? {
            n += 1;
        }
        if n == remaining {
            return Ok(n);
        }
        // The item at n is smaller. If there was an ascent before it, the run ends here.
        if n > 1 {
            if self.less_at(start, start + n - 1)? {
                return Ok(n);
            }
            // All before it are equal.
            self.order[start..start + n].reverse();
        }
        n += 1;
        let mut equal = 0;
        while n < remaining {
            if self.less_at(start + n, start + n - 1)? {
                self.reverse_equal(start + n, &mut equal);
            } else if self.less_at(start + n - 1, start + n)? {
                break;
            } else {
                equal += 1;
            }
            n += 1;
        }
        self.reverse_equal(start + n, &mut equal);
        self.order[start..start + n].reverse();
        while n < remaining && !self.less_at(start + n, start + n - 1)? {
            n += 1;
        }
        Ok(n)
    }

    fn reverse_equal(&mut self, end: usize, equal: &mut usize) {
        if *equal > 0 {
            self.order[end - *equal - 1..end].reverse();
            *equal = 0;
        }
    }

    /// Sorts `len` items at `start`, of which the first `sorted` are already in order.
    fn binary_insertion(&mut self, start: usize, len: usize, sorted: usize) -> Res<()> {
        for place in sorted..len {
            let pivot = self.at(start + place);
            let (mut left, mut right) = (0, place);
            while left < right {
                let middle = (left + right) >> 1;
                if (self.less)(pivot, self.order[start + middle])? {
                    right = middle;
                } else {
                    left = middle + 1;
                }
            }
            self.order.copy_within(start + left..start + place, start + left + 1);
            self.order[start + left] = pivot;
        }
        Ok(())
    }

    /// Merges what powersort's tree says before a run of `len` items is pushed.
    fn found_run(&mut self, len: usize) -> Res<()> {
        let Some(last) = self.pending.last() else { return Ok(()) };
        let power = power(last.base, last.len, len, self.order.len());
        while let [.., second, _] = self.pending.as_slice()
            && second.power > power
        {
            self.merge_at(self.pending.len() - 2)?;
        }
        if let Some(last) = self.pending.last_mut() {
            last.power = power;
        }
        Ok(())
    }

    fn collapse(&mut self) -> Res<()> {
        while self.pending.len() > 1 {
            let mut at = self.pending.len() - 2;
            if at > 0 && self.pending[at - 1].len < self.pending[at + 1].len {
                at -= 1;
            }
            self.merge_at(at)?;
        }
        Ok(())
    }

    /// Merges the pending runs `at` and `at + 1`.
    fn merge_at(&mut self, at: usize) -> Res<()> {
        let next = self.pending.remove(at + 1);
        let run = &mut self.pending[at];
        let (mut a, mut a_len) = (run.base, run.len);
        let (b, mut b_len) = (next.base, next.len);
        run.len += next.len;
        // What of the first run is already in its place, and what of the second.
        let skip = gallop_right(&mut self.less, self.order[b], &self.order[a..a + a_len], 0)?;
        a += skip;
        a_len -= skip;
        if a_len == 0 {
            return Ok(());
        }
        b_len = gallop_left(&mut self.less, self.order[a + a_len - 1], &self.order[b..b + b_len], b_len - 1)?;
        if b_len == 0 {
            return Ok(());
        }
        if a_len <= b_len { self.merge_low(a, a_len, b, b_len) } else { self.merge_high(a, a_len, b, b_len) }
    }

    /// Merges with the first run in the scratch space, from left to right.
    fn merge_low(&mut self, a: usize, mut a_len: usize, mut b: usize, mut b_len: usize) -> Res<()> {
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        scratch.extend_from_slice(&self.order[a..a + a_len]);
        let mut from = 0;
        let mut to = a;
        let end = 'merge: {
            macro_rules! take_b {
                () => {
                    self.order[to] = self.order[b];
                    to += 1;
                    b += 1;
                    b_len -= 1;
                    if b_len == 0 {
                        break 'merge End::Done;
                    }
                };
            }
            macro_rules! take_a {
                () => {
                    self.order[to] = scratch[from];
                    to += 1;
                    from += 1;
                    a_len -= 1;
                    if a_len == 1 {
                        break 'merge End::LastOfScratch;
                    }
                };
            }
            macro_rules! attempt {
                ($result:expr) => {
                    match $result {
                        Ok(value) => value,
                        Err(raised) => break 'merge End::Failed(raised),
                    }
                };
            }
            take_b!();
            if a_len == 1 {
                break 'merge End::LastOfScratch;
            }
            let mut min_gallop = self.min_gallop;
            loop {
                let (mut a_wins, mut b_wins) = (0, 0);
                loop {
                    if attempt!((self.less)(self.order[b], scratch[from])) {
                        b_wins += 1;
                        a_wins = 0;
                        take_b!();
                        if b_wins >= min_gallop {
                            break;
                        }
                    } else {
                        a_wins += 1;
                        b_wins = 0;
                        take_a!();
                        if a_wins >= min_gallop {
                            break;
                        }
                    }
                }
                min_gallop += 1;
                loop {
                    min_gallop -= usize::from(min_gallop > 1);
                    self.min_gallop = min_gallop;
                    a_wins = attempt!(gallop_right(
                        &mut self.less,
                        self.order[b],
                        &scratch[from..from + a_len],
                        0
                    ));
                    if a_wins > 0 {
                        self.order[to..to + a_wins].copy_from_slice(&scratch[from..from + a_wins]);
                        to += a_wins;
                        from += a_wins;
                        a_len -= a_wins;
                        if a_len == 1 {
                            break 'merge End::LastOfScratch;
                        }
                        // Only an inconsistent comparison leads here.
                        if a_len == 0 {
                            break 'merge End::Done;
                        }
                    }
                    take_b!();
                    b_wins =
                        attempt!(gallop_left(&mut self.less, scratch[from], &self.order[b..b + b_len], 0));
                    if b_wins > 0 {
                        self.order.copy_within(b..b + b_wins, to);
                        to += b_wins;
                        b += b_wins;
                        b_len -= b_wins;
                        if b_len == 0 {
                            break 'merge End::Done;
                        }
                    }
                    take_a!();
                    if a_wins < MIN_GALLOP && b_wins < MIN_GALLOP {
                        break;
                    }
                }
                min_gallop += 1;
                self.min_gallop = min_gallop;
            }
        };
        if let End::LastOfScratch = end {
            self.order.copy_within(b..b + b_len, to);
            self.order[to + b_len] = scratch[from];
        } else {
            self.order[to..to + a_len].copy_from_slice(&scratch[from..from + a_len]);
        }
        self.scratch = scratch;
        if let End::Failed(raised) = end { Err(raised) } else { Ok(()) }
    }

    /// Merges with the second run in the scratch space, from right to left.
    fn merge_high(&mut self, a: usize, mut a_len: usize, b: usize, mut b_len: usize) -> Res<()> {
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        scratch.extend_from_slice(&self.order[b..b + b_len]);
        // One behind the place that is written next; the runs' ends follow from their lengths.
        let mut to = b + b_len;
        let end = 'merge: {
            macro_rules! take_a {
                () => {
                    to -= 1;
                    a_len -= 1;
                    self.order[to] = self.order[a + a_len];
                    if a_len == 0 {
                        break 'merge End::Done;
                    }
                };
            }
            macro_rules! take_b {
                () => {
                    to -= 1;
                    b_len -= 1;
                    self.order[to] = scratch[b_len];
                    if b_len == 1 {
                        break 'merge End::LastOfScratch;
                    }
                };
            }
            macro_rules! attempt {
                ($result:expr) => {
                    match $result {
                        Ok(value) => value,
                        Err(raised) => break 'merge End::Failed(raised),
                    }
                };
            }
            take_a!();
            if b_len == 1 {
                break 'merge End::LastOfScratch;
            }
            let mut min_gallop = self.min_gallop;
            loop {
                let (mut a_wins, mut b_wins) = (0, 0);
                loop {
                    if attempt!((self.less)(scratch[b_len - 1], self.order[a + a_len - 1])) {
                        a_wins += 1;
                        b_wins = 0;
                        take_a!();
                        if a_wins >= min_gallop {
                            break;
                        }
                    } else {
                        b_wins += 1;
                        a_wins = 0;
                        take_b!();
                        if b_wins >= min_gallop {
                            break;
                        }
                    }
                }
                min_gallop += 1;
                loop {
                    min_gallop -= usize::from(min_gallop > 1);
                    self.min_gallop = min_gallop;
                    let run = &self.order[a..a + a_len];
                    a_wins =
                        a_len - attempt!(gallop_right(&mut self.less, scratch[b_len - 1], run, a_len - 1));
                    if a_wins > 0 {
                        to -= a_wins;
                        a_len -= a_wins;
                        self.order.copy_within(a + a_len..a + a_len + a_wins, to);
                        if a_len == 0 {
                            break 'merge End::Done;
                        }
                    }
                    take_b!();
                    let last = self.order[a + a_len - 1];
                    b_wins =
                        b_len - attempt!(gallop_left(&mut self.less, last, &scratch[..b_len], b_len - 1));
                    if b_wins > 0 {
                        to -= b_wins;
                        b_len -= b_wins;
                        self.order[to..to + b_wins].copy_from_slice(&scratch[b_len..b_len + b_wins]);
                        if b_len == 1 {
                            break 'merge End::LastOfScratch;
                        }
                        // Only an inconsistent comparison leads here.
                        if b_len == 0 {
                            break 'merge End::Done;
                        }
                    }
                    take_a!();
                    if a_wins < MIN_GALLOP && b_wins < MIN_GALLOP {
                        break;
                    }
                }
                min_gallop += 1;
                self.min_gallop = min_gallop;
            }
        };
        if let End::LastOfScratch = end {
            to -= a_len;
            self.order.copy_within(a..a + a_len, to);
            self.order[to - 1] = scratch[0];
        } else {
            self.order[to - b_len..to].copy_from_slice(&scratch[..b_len]);
        }
        self.scratch = scratch;
        if let End::Failed(raised) = end { Err(raised) } else { Ok(()) }
    }
}

/// The depth of the node of powersort's merge tree between two neighbouring runs.
fn power(start: usize, len: usize, next_len: usize, total: usize) -> u32 {
    let mut a = 2 * start + len;
    let mut b = a + len + next_len;
    let mut result = 0;
    loop {
        result += 1;
        if a >= total {
            a -= total;
            b -= total;
        } else if b >= total {
            return result;
        }
        a <<= 1;
        b <<= 1;
    }
}

/// How many items of the sorted `run` are less than `key`; the search starts at `hint` and gallops away from it.
fn gallop_left(
    less: &mut impl FnMut(u32, u32) -> Res<bool>,
    key: u32,
    run: &[u32],
    hint: usize,
) -> Res<usize> {
    let (mut last, mut offset) = (0, 1);
    let (mut low, mut high);
    if less(run[hint], key)? {
        let limit = run.len() - hint;
        while offset < limit && less(run[hint + offset], key)? {
            last = offset;
            offset = (offset << 1) + 1;
        }
        low = hint + last + 1;
        high = hint + offset.min(limit);
    } else {
        let limit = hint + 1;
        while offset < limit && !less(run[hint - offset], key)? {
            last = offset;
            offset = (offset << 1) + 1;
        }
        low = hint + 1 - offset.min(limit);
        high = hint - last;
    }
    while low < high {
        let middle = low + ((high - low) >> 1);
        if less(run[middle], key)? {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(high)
}

/// How many items of the sorted `run` are not greater than `key`.
fn gallop_right(
    less: &mut impl FnMut(u32, u32) -> Res<bool>,
    key: u32,
    run: &[u32],
    hint: usize,
) -> Res<usize> {
    let (mut last, mut offset) = (0, 1);
    let (mut low, mut high);
    if less(key, run[hint])? {
        let limit = hint + 1;
        while offset < limit && less(key, run[hint - offset])? {
            last = offset;
            offset = (offset << 1) + 1;
        }
        low = hint + 1 - offset.min(limit);
        high = hint - last;
    } else {
        let limit = run.len() - hint;
        while offset < limit && !less(key, run[hint + offset])? {
            last = offset;
            offset = (offset << 1) + 1;
        }
        low = hint + last + 1;
        high = hint + offset.min(limit);
    }
    while low < high {
        let middle = low + ((high - low) >> 1);
        if less(key, run[middle])? {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(high)
}

#[cfg(test)]
mod tests {
    use super::sort;

    /// Pseudo-random numbers that are the same in Python.
    fn numbers(count: usize, below: u64) -> Vec<u64> {
        let mut x = 42u64;
        let mut step = || {
            x = (x * 1_103_515_245 + 12345) % (1 << 31);
            (x >> 8) % below
        };
        (0..count).map(|_| step()).collect()
    }

    fn sorted(mut numbers: Vec<u64>) -> Vec<u64> {
        numbers.sort_unstable();
        numbers
    }

    /// Sorts and gives the number of comparisons, a digest of which they were, and the sorted values.
    fn watch(values: &[u64], less: fn(u64, u64) -> bool) -> (usize, u64, Vec<u64>) {
        let mut order: Vec<u32> = (0..values.len() as u32).collect();
        let (mut count, mut digest) = (0, 0u64);
        let result = sort(&mut order, |a, b| {
            let (a, b) = (values[a as usize], values[b as usize]);
            digest = (digest * 31 + a * 7 + b) % (1 << 32);
            count += 1;
            Ok(less(a, b))
        });
        assert!(result.is_ok());
        (count, digest, order.into_iter().map(|position| values[position as usize]).collect())
    }

    /// The expected figures are CPython 3.13's for the same values.
    #[test]
    fn asks_the_comparisons_of_cpython() {
        let mut runs = sorted(numbers(700, 500));
        runs.extend(numbers(40, 500));
        runs.extend(sorted(numbers(900, 500)));
        let mut falling = sorted(numbers(3000, 50));
        falling.reverse();
        falling.extend(numbers(100, 50));
        let cases = [
            (numbers(1000, 1_000_000), 8629, 2_062_061_864),
            (numbers(1000, 10), 6800, 516_391_914),
            ((1..=3000).rev().map(|i| i / 3).collect(), 4998, 2_025_723_104),
            ((0..2000).map(|i| i % 97).collect(), 10457, 3_696_165_272),
            (runs, 3878, 4_294_296_648),
            (falling, 7072, 1_947_459_974),
            ((0..400).map(|i| i * i % 7).collect(), 2145, 4_255_175_272),
            (numbers(5000, 3), 25744, 1_693_189_178),
        ];
        for (values, count, digest) in cases {
            assert_eq!(watch(&values, |a, b| a < b), (count, digest, sorted(values)));
        }
    }

    #[test]
    fn survives_inconsistent_comparisons_as_cpython() {
        let values = numbers(1000, 1_000_000);
        let (count, digest, result) = watch(&values, |a, b| (a * 3 + b * 5) % 4 < 2);
        let order = result.iter().fold(0u64, |sum, value| (sum * 31 + value) % (1 << 32));
        assert_eq!((count, digest, order), (5773, 2_052_688_048, 440_938_777));
        assert_eq!(sorted(result), sorted(values));
    }
}
