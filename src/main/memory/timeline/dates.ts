export type Language = 'en' | 'fr';

const clocks = new Map<string, Intl.DateTimeFormat>();
/** An instant in words, in local time of a zone. */
export const formatted = (language: Language, zone: string, style: 'day' | 'minute' | 'month', at: number): string => {
  const key = `${language} ${zone} ${style}`;
  let clock = clocks.get(key);
  if (!clock) {
    const parts: Intl.DateTimeFormatOptions = {
      day: { day: 'numeric', month: 'long', year: 'numeric' } as const,
      minute: { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const,
      month: { month: 'long', year: 'numeric' } as const,
    }[style];
    clock = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { ...parts, timeZone: zone });
    clocks.set(key, clock);
  }
  const written = clock.format(at);
  return language === 'fr' ? written.replace(/^1 /, '1er ') : written;
};
