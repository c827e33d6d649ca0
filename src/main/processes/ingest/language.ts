const words = (list: string): Set<string> => new Set(list.split(' '));
const profiles = {
  en: words(
    'the of and to in is that it for was on are as with his they at be this have from or had by but what were when we there can an your which their if will each about how up out them then she many some so these would into has more her two him see than could been who its now did get come made may part you not i do my all',
  ),
  fr: words(
    'le la les de des du et en un une est que qui dans pour par sur au aux ce cette ces il elle ils elles nous vous je tu ne pas plus avec son sa ses leur leurs ou mais donc si sont être été avoir fait comme tout tous entre sans sous même aussi ainsi peut doit l d c qu n s j m y a à où très bien cet lui se dont',
  ),
};
const sampleWords = 3_000;
const fewestWords = 8;

/** `fr`, `en` or `other` by the share of each language's stop words; null when there are too few words to tell. */
export const detectLanguage = (text: string): 'fr' | 'en' | 'other' | null => {
  let total = 0;
  let en = 0;
  let fr = 0;
  // From the middle of long texts as well: the first pages are often names and numbers.
  const samples = text.length > 60_000 ? [text.slice(0, 20_000), text.slice(text.length >> 1, (text.length >> 1) + 20_000)] : [text];
  for (const sample of samples)
    for (const [word] of sample.toLowerCase().matchAll(/\p{L}+/gu)) {
      total += 1;
      if (profiles.en.has(word)) en += 1;
      if (profiles.fr.has(word)) fr += 1;
      if (total >= sampleWords) break;
    }
  if (total < fewestWords) return null;
  const best = Math.max(en, fr);
  if (best / total < 0.12 || Math.abs(en - fr) / total < 0.03) return 'other';
  return fr > en ? 'fr' : 'en';
};
