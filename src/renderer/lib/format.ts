/** Makes a value at its first use. */
const once = <Value>(make: () => Value): (() => Value) => {
  let value: Value | undefined;
  return () => (value ??= make());
};

/** Formats dates, numbers and sizes in the person's locale, by `Intl`. In a component use `formatFor`. */
export const createFormat = (locale: string) => {
  const plain = once(() => new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }));
  const integer = once(() => new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }));
  const compact = once(() => new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }));
  const percent = once(() => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }));
  const unit = (name: string, digits: number) => {
    const form = once(
      () => new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits }),
    );
    // French requires a whole no-break space before a unit; the narrow one, right for thousands, is almost invisible at 12 px.
    return {
      format: (value: number): string =>
        form()
          .format(value)
          .replace(/\u202f(?=\p{L}+$)/u, '\u00a0'),
    };
  };
  const units = {
    byte: unit('byte', 0),
    kilobyte: unit('kilobyte', 0),
    megabyte: unit('megabyte', 1),
    gigabyte: unit('gigabyte', 1),
    millisecond: unit('millisecond', 0),
    second: unit('second', 1),
    minute: unit('minute', 0),
    hour: unit('hour', 0),
    day: unit('day', 0),
  };
  // 9:41 AM, but 09:41.
  const hour = once(() => (new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions().hour12 ? 'numeric' : '2-digit'));
  const time = once(() => new Intl.DateTimeFormat(locale, { hour: hour(), minute: '2-digit' }));
  const weekday = once(() => new Intl.DateTimeFormat(locale, { weekday: 'short' }));
  const dayMonth = once(() => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }));
  const dayTime = once(
    () =>
      new Intl.DateTimeFormat(locale, {
        day: 'numeric',
        month: 'short',
        hour: hour(),
        minute: '2-digit',
      }),
  );
  const weekdayTime = once(() => new Intl.DateTimeFormat(locale, { weekday: 'short', hour: hour(), minute: '2-digit' }));
  const monthName = once(() => new Intl.DateTimeFormat(locale, { month: 'short' }));
  const month = once(() => new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' }));
  const date = once(() => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' }));
  const dateTime = once(() => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }));
  const relative = once(() => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
  const list = once(() => new Intl.ListFormat(locale, { type: 'conjunction' }));
  const dollars = new Map<number, Intl.NumberFormat>();
  const dollarsWith = (digits: number): Intl.NumberFormat => {
    const known = dollars.get(digits);
    if (known) return known;
    const made = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency: 'USD',
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: Math.min(2, digits),
      maximumFractionDigits: digits,
    });
    dollars.set(digits, made);
    return made;
  };

  return {
    locale,
    number: (value: number) => plain().format(value),
    integer: (value: number) => integer().format(value),
    /** 12.3K */
    compact: (value: number) => compact().format(value),
    /** `share` is 0..1. */
    percent: (share: number) => percent().format(share),
    list: (items: string[]) => list().format(items),
    bytes: (bytes: number): string => {
      // English has no short word for bytes; the sign is the same as in kB.
      if (bytes < 1000) return units.byte.format(bytes).replace(/bytes?$/, 'B');
      if (bytes < 1e6) return units.kilobyte.format(bytes / 1e3);
      if (bytes < 1e9) return units.megabyte.format(bytes / 1e6);
      return units.gigabyte.format(bytes / 1e9);
    },
    /** Milliseconds in the most readable unit. */
    duration: (ms: number): string => {
      if (ms < 100) return units.millisecond.format(ms);
      // English writes "sec" for the short unit; the sign is shorter and the same in all languages.
      if (ms < 60_000) return units.second.format(ms / 1000).replace(/secs?\.?$/, 's');
      if (ms < 3_600_000) return units.minute.format(ms / 60_000);
      if (ms < 86_400_000) return units.hour.format(ms / 3_600_000);
      return units.day.format(ms / 86_400_000);
    },
    /** Money given in 1e-9 USD; small amounts keep two significant figures. */
    money: (nano: number): string => {
      const value = nano / 1e9;
      const digits = value === 0 || value >= 1 ? 2 : Math.min(6, Math.max(2, Math.ceil(-Math.log10(value)) + 1));
      return dollarsWith(digits).format(value);
    },
    time: (at: number) => time().format(at),
    date: (at: number) => date().format(at),
    /** A date that a document gives itself: a day, a month or a year, as `2024-05-17`, `2024-05` or `2024`. */
    dated: (text: string): string => {
      const [year = 0, ofYear, day] = text.split('-').map(Number);
      if (ofYear === undefined) return text;
      const at = new Date(year, ofYear - 1, day ?? 1);
      return day === undefined ? month().format(at) : date().format(at);
    },
    /** The short name of the month, and with its year. */
    monthName: (at: number) => monthName().format(at),
    month: (at: number) => month().format(at),
    dateTime: (at: number) => dateTime().format(at),
    /** The shortest form that shows the time: the time today, the weekday this week, else the day. */
    when: (at: number, now = Date.now()): string => {
      const days = daysBetween(at, now);
      if (days <= 0) return time().format(at);
      if (days < 7) return weekday().format(at);
      return new Date(at).getFullYear() === new Date(now).getFullYear() ? dayMonth().format(at) : date().format(at);
    },
    /** The time, before today with its weekday or its day: distinguishes two items with the same name. */
    whenExactly: (at: number, now = Date.now()): string => {
      const days = daysBetween(at, now);
      if (days <= 0) return time().format(at);
      if (days < 7) return weekdayTime().format(at);
      return new Date(at).getFullYear() === new Date(now).getFullYear() ? dayTime().format(at) : date().format(at);
    },
    /** 3 minutes ago, in 2 hours */
    ago: (at: number, now = Date.now()): string => {
      const seconds = Math.round((at - now) / 1000);
      const size = Math.abs(seconds);
      if (size < 60) return relative().format(seconds, 'second');
      if (size < 3600) return relative().format(Math.round(seconds / 60), 'minute');
      if (size < 86_400) return relative().format(Math.round(seconds / 3600), 'hour');
      return relative().format(Math.round(seconds / 86_400), 'day');
    },
  };
};
export type Format = ReturnType<typeof createFormat>;

const made = new Map<string, Format>();

/** The formats of a locale, made once: twenty `Intl` objects cost more than painting the list row that needs them. */
export const formatFor = (locale: string): Format => {
  const format = made.get(locale) ?? createFormat(locale);
  made.set(locale, format);
  return format;
};

/** Number of midnights between two moments, in local time. */
export const daysBetween = (from: number, to: number): number => {
  const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0);
  return Math.round((midnight(to) - midnight(from)) / 86_400_000);
};
