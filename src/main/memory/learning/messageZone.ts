const minute = 60_000;

const offsetName = (minutes: number): string => {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
};

/** Minutes that the clock of a zone is ahead of UTC at an instant. */
const offsetOf = (zone: string, at: number): number => {
  const name = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(Math.floor(at / minute) * minute)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
};

/**
 * The zone of a message, of which the store knows the offset alone: this machine's zone where its clock showed that offset then, so
 * that a deadline after a change of the clock is exact; else the offset itself.
 */
export const zoneOf = (at: number, tzOffset: number, here = Intl.DateTimeFormat().resolvedOptions().timeZone): string =>
  offsetOf(here, at) === tzOffset ? here : offsetName(tzOffset);
