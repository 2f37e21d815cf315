//! SHA-512 (FIPS 180-4): seeds of text and bytes are mixed with it.

/// The first 64 bits of the fractional parts of the cube roots of the first eighty primes.
fn round_constants() -> [u64; 80] {
    let mut constants = [0; 80];
    for (constant, prime) in constants.iter_mut().zip(primes()) {
        *constant = root_fraction::<3>(prime);
    }
    constants
}

fn primes() -> impl Iterator<Item = u64> {
    (2u64..).filter(|n| (2..*n).take_while(|d| d * d <= *n).all(|d| n % d != 0))
}

/// The first 64 bits behind the point of a root of a small number, by bisection in whole numbers.
fn root_fraction<const DEGREE: u32>(number: u64) -> u64 {
    // The root times 2^64 is the largest r with r^DEGREE <= number * 2^(64 * DEGREE). Its whole part is below 2^5.
    let target = dashu_int::UBig::from(number) << (64 * DEGREE as usize);
    let (mut low, mut high) = (0u128, 1u128 << 70);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if dashu_int::UBig::from(middle).pow(DEGREE as usize) <= target {
            low = middle;
        } else {
            high = middle;
        }
    }
    low as u64
}

/// The digest of some bytes.
pub(super) fn digest(data: &[u8]) -> [u8; 64] {
    let constants = round_constants();
    let mut state = [0; 8];
    for (word, prime) in state.iter_mut().zip(primes()) {
        *word = root_fraction::<2>(prime);
    }
    let mut padded = data.to_vec();
    padded.push(0x80);
    while padded.len() % 128 != 112 {
        padded.push(0);
    }
    padded.extend((data.len() as u128 * 8).to_be_bytes());
    for block in padded.chunks_exact(128) {
        compress(&mut state, block, &constants);
    }
    let mut out = [0; 64];
    for (place, word) in out.chunks_exact_mut(8).zip(state) {
        place.copy_from_slice(&word.to_be_bytes());
    }
    out
}

fn compress(state: &mut [u64; 8], block: &[u8], constants: &[u64; 80]) {
    let mut schedule = [0u64; 80];
    for (word, bytes) in schedule.iter_mut().zip(block.chunks_exact(8)) {
        *word = u64::from_be_bytes(bytes.try_into().expect("eight bytes"));
    }
    for t in 16..80 {
        let (x, y) = (schedule[t - 15], schedule[t - 2]);
        let small = x.rotate_right(1) ^ x.rotate_right(8) ^ x >> 7;
        let large = y.rotate_right(19) ^ y.rotate_right(61) ^ y >> 6;
        schedule[t] = schedule[t - 16].wrapping_add(small).wrapping_add(schedule[t - 7]).wrapping_add(large);
    }
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    for (constant, word) in constants.iter().zip(schedule) {
        let large = e.rotate_right(14) ^ e.rotate_right(18) ^ e.rotate_right(41);
        let choice = e & f ^ !e & g;
        let first = h.wrapping_add(large).wrapping_add(choice).wrapping_add(*constant).wrapping_add(word);
        let small = a.rotate_right(28) ^ a.rotate_right(34) ^ a.rotate_right(39);
        let majority = a & b ^ a & c ^ b & c;
        let second = small.wrapping_add(majority);
        (h, g, f, e, d, c, b, a) = (g, f, e, d.wrapping_add(first), c, b, a, first.wrapping_add(second));
    }
    for (word, change) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
        *word = word.wrapping_add(change);
    }
}
