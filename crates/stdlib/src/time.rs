//! `time`

use std::time::Duration;

use ouro_heap::{Ref, system, system::Moment};
use ouro_vm::{
    error::{Res, raise_object},
    native::{Args, NativeDef, plain, raw},
    objects::{
        bool_,
        class::Class,
        exception, float, int, module, namespace,
        str::{self, Str, StrExt},
        struct_sequence,
        tuple::{self, Tuple},
    },
    overflow_error,
    protocol::number,
    state::shared,
    type_error, types, value_error,
};

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn os_error(error: &std::io::Error) -> ouro_vm::error::Raised {
    raise_object(exception::os_error(error, None))
}

fn nanoseconds(clock: i32) -> Res<i64> {
    system::clock_nanoseconds(clock).map_err(|error| os_error(&error))
}

macro_rules! clocks {
    ($($seconds:ident $whole:ident $clock:expr;)*) => {
        $(
            fn $seconds(_args: &[Ref]) -> Res {
                Ok(float::new(nanoseconds($clock)? as f64 / 1e9))
            }
            fn $whole(_args: &[Ref]) -> Res {
                Ok(int::new(nanoseconds($clock)?))
            }
        )*
    };
}

clocks! {
    time time_ns libc::CLOCK_REALTIME;
    monotonic monotonic_ns libc::CLOCK_MONOTONIC;
    process_time process_time_ns libc::CLOCK_PROCESS_CPUTIME_ID;
    thread_time thread_time_ns libc::CLOCK_THREAD_CPUTIME_ID;
}

fn sleep(args: &[Ref]) -> Res {
    let duration = match float::value(&args[0]) {
        Some(seconds) if seconds.is_nan() => return Err(value_error!("Invalid value NaN (not a number)")),
        Some(seconds) if seconds < 0.0 => return Err(value_error!("sleep length must be non-negative")),
        Some(seconds) => Duration::try_from_secs_f64(seconds).ok(),
        None => {
            let seconds = number::index(&args[0])?;
            match int::value(&seconds) {
                Some(value) if value.is_negative() => {
                    return Err(value_error!("sleep length must be non-negative"));
                }
                Some(value) => {
                    value.to_i64().and_then(|value| u64::try_from(value).ok()).map(Duration::from_secs)
                }
                None => None,
            }
        }
    };
    let duration = duration.filter(|duration| duration.as_secs() < i64::MAX as u64 / 1_000_000_000);
    let duration = duration.ok_or_else(|| overflow_error!("timestamp too large to convert to C PyTime_t"))?;
    // In slices, so that a signal is served soon.
    let end = std::time::Instant::now() + duration;
    loop {
        let now = std::time::Instant::now();
        if now >= end {
            return Ok(shared().none.clone());
        }
        std::thread::sleep((end - now).min(Duration::from_millis(50)));
        ouro_vm::interpreter::check_signals()?;
    }
}

/// The argument of `gmtime` and its kin: seconds, or now.
fn seconds_argument(argument: Option<&Ref>) -> Res<i64> {
    let Some(argument) = argument.filter(|argument| !argument.is(&shared().none)) else {
        return Ok(nanoseconds(libc::CLOCK_REALTIME)?.div_euclid(1_000_000_000));
    };
    if let Some(seconds) = float::value(argument) {
        if seconds.is_nan() {
            return Err(value_error!("Invalid value NaN (not a number)"));
        }
        let seconds = seconds.floor();
        if !(-9.2e18..9.2e18).contains(&seconds) {
            return Err(overflow_error!("timestamp out of range for platform time_t"));
        }
        return Ok(seconds as i64);
    }
    let value = number::index(argument)?;
    int::as_i64(&value).ok_or_else(|| overflow_error!("timestamp out of range for platform time_t"))
}

fn struct_time(moment: &Moment, zone: &str) -> Ref {
    let fields = [
        moment.year,
        moment.month.into(),
        moment.day.into(),
        moment.hour.into(),
        moment.minute.into(),
        moment.second.into(),
        moment.weekday.into(),
        moment.year_day.into(),
        moment.summer.into(),
    ];
    struct_sequence::make(
        types::STRUCT_TIME,
        fields.into_iter().map(int::new).collect(),
        vec![str::new(zone).into_any(), int::new(moment.offset)],
    )
}

fn gmtime(args: &[Ref]) -> Res {
    let seconds = seconds_argument(args.first())?;
    Ok(struct_time(&system::universal_time(seconds).map_err(|error| os_error(&error))?, "GMT"))
}

fn local(seconds: i64) -> Res<(Moment, String)> {
    system::local_time(seconds).map_err(|error| os_error(&error))
}

fn localtime(args: &[Ref]) -> Res {
    let (moment, zone) = local(seconds_argument(args.first())?)?;
    Ok(struct_time(&moment, &zone))
}

/// Reads a time tuple.
fn moment_argument(object: &Ref, function: &str) -> Res<(Moment, Option<String>)> {
    let Some(tuple) = object.payload::<Tuple>() else {
        return Err(type_error!("Tuple or struct_time argument required"));
    };
    let items = tuple.items();
    if items.len() != 9 {
        return Err(type_error!("{function}(): illegal time tuple argument"));
    }
    let mut values = [0; 9];
    for (place, item) in values.iter_mut().zip(items) {
        let value = number::index(item)?;
        *place = int::as_i64(&value)
            .filter(|value| i32::try_from(*value).is_ok())
            .ok_or_else(|| overflow_error!("Python int too large to convert to C int"))?;
    }
    let small = |value: i64| value as i32;
    let zone = (Class::of(object).index == types::STRUCT_TIME)
        .then(|| ouro_heap::interior::extra_slots(object).first().and_then(ouro_heap::Slot::get))
        .flatten()
        .and_then(|zone| zone.payload::<Str>().map(|zone| zone.to_text().into_owned()));
    let offset = (Class::of(object).index == types::STRUCT_TIME)
        .then(|| ouro_heap::interior::extra_slots(object).get(1).and_then(ouro_heap::Slot::get))
        .flatten()
        .and_then(|offset| int::as_i64(&offset))
        .unwrap_or(0);
    let moment = Moment {
        year: values[0],
        month: small(values[1]),
        day: small(values[2]),
        hour: small(values[3]),
        minute: small(values[4]),
        second: small(values[5]),
        weekday: small(values[6]).rem_euclid(7),
        year_day: small(values[7]),
        summer: small(values[8]),
        offset,
    };
    Ok((moment, zone))
}

/// Values that formatting could not show are errors; zeros stand for the first month and day, as in CPython.
fn check_moment(moment: &mut Moment) -> Res<()> {
    let wrong = |what: &str| Err(value_error!("{what} out of range"));
    if moment.month == 0 {
        moment.month = 1;
    }
    if moment.day == 0 {
        moment.day = 1;
    }
    if moment.year_day == 0 {
        moment.year_day = 1;
    }
    match () {
        () if !(1..=12).contains(&moment.month) => wrong("month"),
        () if !(1..=31).contains(&moment.day) => wrong("day of month"),
        () if !(0..=23).contains(&moment.hour) => wrong("hour"),
        () if !(0..=59).contains(&moment.minute) => wrong("minute"),
        () if !(0..=61).contains(&moment.second) => wrong("seconds"),
        () if !(1..=366).contains(&moment.year_day) => wrong("day of year"),
        () => Ok(()),
    }
}

fn now() -> Res<Moment> {
    Ok(local(seconds_argument(None)?)?.0)
}

fn mktime(args: &[Ref]) -> Res {
    let (moment, _) = moment_argument(&args[0], "mktime")?;
    match system::seconds_of(&moment) {
        Some(seconds) => Ok(float::new(seconds as f64)),
        None => Err(overflow_error!("mktime argument out of range")),
    }
}

fn ascii_time(moment: &Moment) -> String {
    format!(
        "{} {} {:>2} {:02}:{:02}:{:02} {}",
        &DAYS[moment.weekday as usize][..3],
        &MONTHS[moment.month as usize - 1][..3],
        moment.day,
        moment.hour,
        moment.minute,
        moment.second,
        moment.year
    )
}

fn asctime(args: &[Ref]) -> Res {
    let mut moment = match args.first() {
        Some(argument) => moment_argument(argument, "asctime")?.0,
        None => now()?,
    };
    check_moment(&mut moment)?;
    Ok(str::new(&ascii_time(&moment)).into_any())
}

fn ctime(args: &[Ref]) -> Res {
    let (moment, _) = local(seconds_argument(args.first())?)?;
    Ok(str::new(&ascii_time(&moment)).into_any())
}

/// Year and week of ISO 8601.
fn iso_week(moment: &Moment) -> (i64, i64) {
    let weekday = i64::from(moment.weekday) + 1;
    let week = (i64::from(moment.year_day) - weekday + 10) / 7;
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    // A year has 53 weeks if its first day is a Thursday, or a Wednesday in leap years.
    let weeks = |year: i64| {
        let first = (1
            + 5 * ((year - 1).rem_euclid(4))
            + 4 * ((year - 1).rem_euclid(100))
            + 6 * ((year - 1).rem_euclid(400)))
            % 7;
        if first == 4 || first == 3 && leap(year) { 53 } else { 52 }
    };
    match week {
        0 => (moment.year - 1, weeks(moment.year - 1)),
        53 if weeks(moment.year) == 52 => (moment.year + 1, 1),
        _ => (moment.year, week),
    }
}

fn format_time(format: &str, moment: &Moment, zone: &str) -> String {
    let mut out = String::new();
    let mut letters = format.chars();
    while let Some(c) = letters.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        let Some(mut letter) = letters.next() else {
            out.push('%');
            break;
        };
        let unpadded = letter == '-';
        if unpadded || letter == 'E' || letter == 'O' {
            letter = letters.next().unwrap_or('%');
        }
        let hour12 = if moment.hour % 12 == 0 { 12 } else { moment.hour % 12 };
        let number =
            |value: i32, width: usize| if unpadded { value.to_string() } else { format!("{value:0width$}") };
        let sunday_first = (moment.weekday + 1) % 7;
        let piece = match letter {
            'a' => DAYS[moment.weekday as usize][..3].to_owned(),
            'A' => DAYS[moment.weekday as usize].to_owned(),
            'b' | 'h' => MONTHS[moment.month as usize - 1][..3].to_owned(),
            'B' => MONTHS[moment.month as usize - 1].to_owned(),
            'c' => ascii_time(moment),
            'C' => format!("{:02}", moment.year.div_euclid(100)),
            'd' => number(moment.day, 2),
            'D' | 'x' => format_time("%m/%d/%y", moment, zone),
            'e' => format!("{:>2}", moment.day),
            'F' => format_time("%Y-%m-%d", moment, zone),
            'g' => format!("{:02}", iso_week(moment).0.rem_euclid(100)),
            'G' => iso_week(moment).0.to_string(),
            'H' => number(moment.hour, 2),
            'I' => number(hour12, 2),
            'j' => number(moment.year_day, 3),
            'k' => format!("{:>2}", moment.hour),
            'l' => format!("{hour12:>2}"),
            'm' => number(moment.month, 2),
            'M' => number(moment.minute, 2),
            'n' => "\n".to_owned(),
            'p' => if moment.hour < 12 { "AM" } else { "PM" }.to_owned(),
            'P' => if moment.hour < 12 { "am" } else { "pm" }.to_owned(),
            'r' => format_time("%I:%M:%S %p", moment, zone),
            'R' => format_time("%H:%M", moment, zone),
            's' => system::seconds_of(moment).unwrap_or(-1).to_string(),
            'S' => number(moment.second, 2),
            't' => "\t".to_owned(),
            'T' | 'X' => format_time("%H:%M:%S", moment, zone),
            'u' => (moment.weekday + 1).to_string(),
            'U' => number((moment.year_day - 1 + 7 - sunday_first) / 7, 2),
            'V' => format!("{:02}", iso_week(moment).1),
            'w' => sunday_first.to_string(),
            'W' => number((moment.year_day - 1 + 7 - moment.weekday) / 7, 2),
            'y' => format!("{:02}", moment.year.rem_euclid(100)),
            'Y' => moment.year.to_string(),
            'z' => {
                let minutes = moment.offset.abs() / 60;
                let sign = if moment.offset < 0 { '-' } else { '+' };
                format!("{sign}{:02}{:02}", minutes / 60, minutes % 60)
            }
            'Z' => zone.to_owned(),
            '%' => "%".to_owned(),
            other => format!("%{other}"),
        };
        out.push_str(&piece);
    }
    out
}

fn strftime(args: &[Ref]) -> Res {
    let Some(format) = args[0].downcast::<Str>() else {
        return Err(type_error!(
            "strftime() argument 1 must be str, not {}",
            Class::of(&args[0]).short_name()
        ));
    };
    let (mut moment, zone) = match args.get(1) {
        Some(argument) => moment_argument(argument, "strftime")?,
        None => {
            let (moment, zone) = local(seconds_argument(None)?)?;
            (moment, Some(zone))
        }
    };
    check_moment(&mut moment)?;
    let zone = match zone {
        Some(zone) => zone,
        None => local_zones()?.0,
    };
    Ok(str::new(&format_time(&format.to_text(), &moment, &zone)).into_any())
}

/// The names of the local zone without and with summer time, and their offsets: what January and July have.
fn local_zones() -> Res<(String, String, i64, i64)> {
    let year = now()?.year;
    let at = |month: i32| {
        let seconds =
            system::seconds_of(&Moment { year, month, day: 1, summer: 0, ..Moment::default() }).unwrap_or(0);
        local(seconds)
    };
    let ((january, winter_zone), (july, summer_zone)) = (at(1)?, at(7)?);
    if january.summer > 0 && july.summer <= 0 {
        return Ok((summer_zone, winter_zone, july.offset, january.offset));
    }
    Ok((winter_zone, summer_zone, january.offset, july.offset))
}

fn get_clock_info(args: Args) -> Res {
    let [name] = args.exactly("get_clock_info", 1, 1)? else { return Ok(shared().none.clone()) };
    let name = name.payload::<Str>().map(|name| name.to_text().into_owned()).unwrap_or_default();
    let (clock, monotonic, adjustable) = match name.as_str() {
        "time" => ("CLOCK_REALTIME", false, true),
        "monotonic" | "perf_counter" => ("CLOCK_MONOTONIC", true, false),
        "process_time" => ("CLOCK_PROCESS_CPUTIME_ID", true, false),
        "thread_time" => ("CLOCK_THREAD_CPUTIME_ID", true, false),
        _ => return Err(value_error!("unknown clock")),
    };
    Ok(namespace::new(vec![
        ("implementation", str::new(&format!("clock_gettime({clock})")).into_any()),
        ("monotonic", bool_::new(monotonic)),
        ("adjustable", bool_::new(adjustable)),
        ("resolution", float::new(1e-9)),
    ]))
}

static FUNCTIONS: &[NativeDef] = &[
    plain("time", "()", time, "Return the current time in seconds since the Epoch."),
    plain("time_ns", "()", time_ns, "Return the current time in nanoseconds since the Epoch."),
    plain("monotonic", "()", monotonic, "Monotonic clock, cannot go backward."),
    plain("monotonic_ns", "()", monotonic_ns, "Monotonic clock, cannot go backward, as nanoseconds."),
    plain("perf_counter", "()", monotonic, "Performance counter for benchmarking."),
    plain("perf_counter_ns", "()", monotonic_ns, "Performance counter for benchmarking as nanoseconds."),
    plain(
        "process_time",
        "()",
        process_time,
        "Process time for profiling: sum of the kernel and user-space CPU time.",
    ),
    plain("process_time_ns", "()", process_time_ns, "Process time for profiling as nanoseconds."),
    plain(
        "thread_time",
        "()",
        thread_time,
        "Thread time for profiling: sum of the kernel and user-space CPU time.",
    ),
    plain("thread_time_ns", "()", thread_time_ns, "Thread time for profiling as nanoseconds."),
    plain("sleep", "(seconds, /)", sleep, "Delay execution for a given number of seconds."),
    plain(
        "gmtime",
        "(seconds=None, /)",
        gmtime,
        "Convert seconds since the Epoch to a time tuple expressing UTC (a.k.a. GMT).",
    ),
    plain(
        "localtime",
        "(seconds=None, /)",
        localtime,
        "Convert seconds since the Epoch to a time tuple expressing local time.",
    ),
    plain("mktime", "(tuple, /)", mktime, "Convert a time tuple in local time to seconds since the Epoch."),
    plain(
        "asctime",
        "(tuple=None, /)",
        asctime,
        "Convert a time tuple to a string, e.g. 'Sat Jun 06 16:26:11 1998'.",
    ),
    plain(
        "ctime",
        "(seconds=None, /)",
        ctime,
        "Convert a time in seconds since the Epoch to a string in local time.",
    ),
    plain(
        "strftime",
        "(format, tuple=None, /)",
        strftime,
        "Convert a time tuple to a string according to a format specification.",
    ),
    raw("get_clock_info", "(name, /)", get_clock_info, "Get information of the specified clock."),
];

/// Fills the module `time`.
pub(crate) fn fill(target: &Ref) -> Res<()> {
    module::add_functions(target, FUNCTIONS);
    module::set(target, "struct_time", struct_sequence::class(types::STRUCT_TIME).clone().into_any())?;
    let (zone, summer_zone, offset, summer_offset) = local_zones()?;
    let names = tuple::pair(str::new(&zone).into_any(), str::new(&summer_zone).into_any());
    module::set(target, "tzname", names)?;
    module::set(target, "timezone", int::new(-offset))?;
    module::set(target, "altzone", int::new(-summer_offset))?;
    module::set(target, "daylight", int::new(i64::from(offset != summer_offset)))?;
    for (name, clock) in [
        ("CLOCK_REALTIME", libc::CLOCK_REALTIME),
        ("CLOCK_MONOTONIC", libc::CLOCK_MONOTONIC),
        ("CLOCK_PROCESS_CPUTIME_ID", libc::CLOCK_PROCESS_CPUTIME_ID),
        ("CLOCK_THREAD_CPUTIME_ID", libc::CLOCK_THREAD_CPUTIME_ID),
    ] {
        module::set(target, name, int::new(clock.into()))?;
    }
    Ok(())
}
