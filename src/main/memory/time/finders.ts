import { whenUsed } from '@shared/text/whenUsed';
import { momentOfText } from './calendar';
import { type Clock, createExpressionFinder } from './expressions';
import { englishTime } from './timeWords.en';
import { frenchTime } from './timeWords.fr';
import { localTimeOf } from './zone';

/** Finds the times that a clause names, by language. One of each: their patterns take a quarter of a second to compile. */
export const timeFinders = {
  en: whenUsed(() => createExpressionFinder(englishTime)),
  fr: whenUsed(() => createExpressionFinder(frenchTime)),
};

/** The zones of the United States and Canada, where 3/10 is the tenth of March. */
const monthFirst =
  /^(?:US\/|Canada\/|Pacific\/Honolulu|America\/(?:Adak|Anchorage|Boise|Chicago|Denver|Detroit|Edmonton|Halifax|Indiana|Juneau|Kentucky|Los_Angeles|Menominee|Moncton|New_York|Nome|North_Dakota|Phoenix|Puerto_Rico|Regina|Sitka|St_Johns|Toronto|Vancouver|Whitehorse|Winnipeg))/;

/** The clock on the wall at an instant, in epoch milliseconds, of an IANA zone. */
export const clockAt = (now: number, zone: string): Clock => ({
  now: momentOfText(localTimeOf(now, zone)),
  american: monthFirst.test(zone),
});
