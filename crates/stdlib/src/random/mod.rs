//! `_random`: the Mersenne Twister MT19937 (Matsumoto and Nishimura), seeded and read as CPython does it.

mod sha512;

use dashu_int::{IBig, UBig, ops::BitTest};
use ouro_heap::{Interior, Opaque, Payload, Ref};
use ouro_vm::{
    boot,
    error::Res,
    native::{Args, NativeDef, plain},
    objects::{
        bytes,
        class::{Class, ClassDef, class_flags},
        float,
        int::{self, IntValue},
        module,
        sequence::size_with_storage,
        slots::Slots,
        tuple::{self, Tuple},
    },
    overflow_error,
    protocol::{number, object},
    state::shared,
    type_error, types, value_error,
};

use crate::support::{make, this};

/// Fills the module `_random`.
pub(crate) fn fill(module: &Ref) -> Res<()> {
    module::set(module, "Random", boot::add_class(&RANDOM).into_any())?;
    module::add_functions(module, &FUNCTIONS);
    Ok(())
}

static FUNCTIONS: [NativeDef; 1] =
    [plain("_sha512", "(data, /)", digest, "The SHA-512 digest that seeds of text are mixed with.")];

fn digest(args: &[Ref]) -> Res {
    Ok(bytes::try_new(&sha512::digest(&bytes::require(&args[0])?))?.into_any())
}

const LENGTH: usize = 624;
const SHIFT: usize = 397;

/// A generator's state: 624 words, and how many have been given out.
struct Twister {
    words: [u32; LENGTH],
    index: usize,
}

impl Twister {
    /// Knuth's initialisation from one word.
    fn from_word(seed: u32) -> Twister {
        let mut words = [0; LENGTH];
        words[0] = seed;
        for index in 1..LENGTH {
            let before: u32 = words[index - 1];
            words[index] = (before ^ before >> 30).wrapping_mul(1_812_433_253).wrapping_add(index as u32);
        }
        Twister { words, index: LENGTH }
    }

    /// Initialisation from a key of any length.
    fn from_key(key: &[u32]) -> Twister {
        let mut twister = Twister::from_word(19_650_218);
        let words = &mut twister.words;
        let (mut i, mut j) = (1, 0);
        for _ in 0..LENGTH.max(key.len()) {
            let before = words[i - 1] ^ words[i - 1] >> 30;
            words[i] =
                (words[i] ^ before.wrapping_mul(1_664_525)).wrapping_add(key[j]).wrapping_add(j as u32);
            i += 1;
            j += 1;
            if i >= LENGTH {
                words[0] = words[LENGTH - 1];
                i = 1;
            }
            if j >= key.len() {
                j = 0;
            }
        }
        for _ in 1..LENGTH {
            let before = words[i - 1] ^ words[i - 1] >> 30;
            words[i] = (words[i] ^ before.wrapping_mul(1_566_083_941)).wrapping_sub(i as u32);
            i += 1;
            if i >= LENGTH {
                words[0] = words[LENGTH - 1];
                i = 1;
            }
        }
        words[0] = 0x8000_0000;
        twister
    }

    #[cold]
    fn twist(&mut self) {
        for index in 0..LENGTH {
            let next = self.words[(index + 1) % LENGTH];
            let mixed = self.words[index] & 0x8000_0000 | next & 0x7FFF_FFFF;
            let odd = if next & 1 == 1 { 0x9908_B0DF } else { 0 };
            self.words[index] = self.words[(index + SHIFT) % LENGTH] ^ mixed >> 1 ^ odd;
        }
        self.index = 0;
    }

    #[inline]
    fn next_word(&mut self) -> u32 {
        if self.index >= LENGTH {
            self.twist();
        }
        let mut word = self.words[self.index];
        self.index += 1;
        word ^= word >> 11;
        word ^= word << 7 & 0x9D2C_5680;
        word ^= word << 15 & 0xEFC6_0000;
        word ^ word >> 18
    }

    /// 53 random bits as a number from 0 to 1.
    #[inline]
    fn next_float(&mut self) -> f64 {
        let (high, low) = (self.next_word() >> 5, self.next_word() >> 6);
        (high as f64 * 67_108_864.0 + low as f64) * (1.0 / 9_007_199_254_740_992.0)
    }
}

/// A generator's payload. The state stands apart, so that the object stays small.
#[derive(Payload)]
#[payload(types::RANDOM)]
struct Random {
    twister: Opaque<Interior<Box<Twister>>>,
}

fn size_of(args: &[Ref]) -> Res {
    Ok(size_with_storage(&args[0], std::mem::size_of::<Twister>()))
}

fn new_slot(class: &Ref<Class>, _args: Args) -> Res {
    Ok(make(class, Random { twister: Opaque(Interior::new(Box::new(Twister::from_word(5489)))) }))
}

fn init(object: &Ref, args: Args) -> Res<()> {
    let values = args.exactly("Random", 0, 1)?;
    seed_with(this(object), values.first())
}

/// Something that differs from run to run, for a generator without a seed.
fn entropy() -> Vec<u32> {
    use std::hash::{BuildHasher, Hasher};
    let mut words = Vec::with_capacity(16);
    for number in 0..8u64 {
        // The standard library seeds each of these from the system's source of randomness.
        let mut hasher = std::collections::hash_map::RandomState::new().build_hasher();
        hasher.write_u64(number);
        let value = hasher.finish();
        words.extend([value as u32, (value >> 32) as u32]);
    }
    words
}

fn seed_with(random: &Random, seed: Option<&Ref>) -> Res<()> {
    let key = match seed.filter(|seed| !seed.is(&shared().none)) {
        None => entropy(),
        Some(seed) => {
            let magnitude = match int::value(seed) {
                Some(IntValue::Small(value)) => UBig::from(value.unsigned_abs()),
                Some(IntValue::Big(value)) => magnitude_of(value),
                None => UBig::from(object::hash(seed)? as u64),
            };
            let bytes = magnitude.to_le_bytes();
            let mut key: Vec<u32> = bytes
                .chunks(4)
                .map(|chunk| chunk.iter().rev().fold(0, |word, byte| word << 8 | u32::from(*byte)))
                .collect();
            if key.is_empty() {
                key.push(0);
            }
            key
        }
    };
    random.twister.0.with_mut(|twister| **twister = Twister::from_key(&key));
    Ok(())
}

fn magnitude_of(value: &IBig) -> UBig {
    value.clone().into_parts().1
}

fn seed(args: &[Ref]) -> Res {
    seed_with(this(&args[0]), args.get(1))?;
    Ok(shared().none.clone())
}

fn random(args: &[Ref]) -> Res {
    Ok(float::new(this::<Random>(&args[0]).twister.0.with_mut(|twister| twister.next_float())))
}

fn get_random_bits(args: &[Ref]) -> Res {
    let bits = number::index_value(&args[1])?;
    let Some(bits) = int::as_i64(&bits) else {
        return Err(overflow_error!("Python int too large to convert to C int"));
    };
    if bits < 0 {
        return Err(value_error!("number of bits must be non-negative"));
    }
    if bits > i32::MAX as i64 {
        return Err(overflow_error!("signed integer is greater than maximum"));
    }
    let random = this::<Random>(&args[0]);
    let bits = bits as usize;
    if bits == 0 {
        return Ok(int::new(0));
    }
    if bits <= 32 {
        return Ok(int::new(
            (random.twister.0.with_mut(|twister| twister.next_word()) >> (32 - bits)) as i64,
        ));
    }
    let bytes = random.twister.0.with_mut(|twister| {
        let mut bytes = Vec::with_capacity(bits.div_ceil(32) * 4);
        let mut left = bits;
        while left > 0 {
            let word = twister.next_word();
            let word = if left < 32 { word >> (32 - left) } else { word };
            bytes.extend_from_slice(&word.to_le_bytes());
            left = left.saturating_sub(32);
        }
        bytes
    });
    Ok(int::from_big(IBig::from(UBig::from_le_bytes(&bytes))))
}

/// As many bits as `n` has, drawn again until they are below it.
fn random_below(args: &[Ref]) -> Res {
    let random = this::<Random>(&args[0]);
    if let Some(limit) =
        int::as_i64(&args[1]).and_then(|limit| u32::try_from(limit).ok()).filter(|&limit| limit > 0)
    {
        let shift = limit.leading_zeros();
        loop {
            let word = random.twister.0.with_mut(|twister| twister.next_word()) >> shift;
            if word < limit {
                return Ok(int::new(word as i64));
            }
        }
    }
    let Some(limit) = int::value(&args[1]) else { return Err(type_error!("an int is required")) };
    let limit = limit.to_big();
    if limit <= IBig::ZERO {
        return Err(value_error!("a positive number is required"));
    }
    let bits = int::from_usize(magnitude_of(&limit).bit_len());
    loop {
        let drawn = get_random_bits(&[args[0].clone(), bits.clone()])?;
        if int::value(&drawn).is_some_and(|value| value.to_big() < limit) {
            return Ok(drawn);
        }
    }
}

fn get_state(args: &[Ref]) -> Res {
    let words = this::<Random>(&args[0]).twister.0.with(|twister| {
        let mut words: Vec<i64> = twister.words.iter().map(|word| *word as i64).collect();
        words.push(twister.index as i64);
        words
    });
    Ok(tuple::from_vec(words.into_iter().map(int::new).collect()).into_any())
}

fn set_state(args: &[Ref]) -> Res {
    let Some(state) = args[1].payload::<Tuple>() else {
        return Err(type_error!("state vector must be a tuple"));
    };
    let items = state.items();
    if items.len() != LENGTH + 1 {
        return Err(value_error!("state vector is the wrong size"));
    }
    let mut words = [0; LENGTH];
    for (word, item) in words.iter_mut().zip(items) {
        *word = number::as_isize(item)? as u32;
    }
    let index = number::as_isize(&items[LENGTH])?;
    let index = usize::try_from(index)
        .ok()
        .filter(|index| *index <= LENGTH)
        .ok_or_else(|| value_error!("invalid state"))?;
    this::<Random>(&args[0]).twister.0.with_mut(|twister| **twister = Twister { words, index });
    Ok(shared().none.clone())
}

/// `_random.Random`
static RANDOM: ClassDef = ClassDef {
    module: "_random",
    flags: class_flags::BASE,
    slots: Slots { new: Some(new_slot), init: Some(init), ..Slots::NONE },
    methods: &[
        plain("__sizeof__", "(self, /)", size_of, "Bytes of the object and its state."),
        plain("random", "(self, /)", random, "random() -> x in the interval [0, 1)."),
        plain(
            "seed",
            "(self, n=None, /)",
            seed,
            "seed([n]) -> None.\n\nDefaults to use urandom and falls back to a combination\nof the current time and the process identifier.",
        ),
        plain("getstate", "(self, /)", get_state, "getstate() -> tuple containing the current state."),
        plain(
            "setstate",
            "(self, state, /)",
            set_state,
            "setstate(state) -> None.  Restores generator state.",
        ),
        plain(
            "_randbelow",
            "(self, n, /)",
            random_below,
            "A random whole number below n, which is positive.",
        ),
        plain(
            "getrandbits",
            "(self, k, /)",
            get_random_bits,
            "getrandbits(k) -> x.  Generates an int with k random bits.",
        ),
    ],
    doc: "Random() -> create a random number generator with its own internal state.",
    ..ClassDef::new::<Random>(types::RANDOM, "Random")
};
