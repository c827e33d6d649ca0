/** The languages for which an encoding was made. */
export type LatinFamily = 'western' | 'central' | 'turkish';

/** A language in Latin letters: those beyond ASCII, behind a bar the rare ones, and short words that nearly every text has. */
interface LatinLanguage {
  family: LatinFamily;
  letters: string;
  words: string;
}
const languages: readonly LatinLanguage[] = [
  {
    family: 'western',
    letters: 'àâçéèêëîïôœùûü|æÿñ',
    words: 'le la les des et est une dans que pour qui sur pas du au plus avec été être où à',
  },
  { family: 'western', letters: 'äöüßé', words: 'der die das und ist ein eine nicht mit von zu den auf für über sich auch werden' },
  { family: 'western', letters: 'áéíóúñü', words: 'el la los las de que y en un una por con para es no más está como' },
  { family: 'western', letters: 'áâãàçéêíóôõú', words: 'o a os as de que e em um uma por com para não é mais são' },
  { family: 'western', letters: 'àèéìòùî', words: 'il lo la gli le di che e un una per con non è più sono della' },
  { family: 'western', letters: 'åäöéæø|ü', words: 'och att det som en på är av för med til og ikke jeg på er ja on ei' },
  { family: 'central', letters: 'ąćęłńóśźż', words: 'i w na z do nie jest się że od za przez przy został jak oraz po co to' },
  { family: 'central', letters: 'áčďéěíňóřšťúůýž', words: 'a v na je se že z do s o pro jako by byl byla který pod k ve' },
  { family: 'central', letters: 'áäčďéíľňóôšťúýž|ĺŕ', words: 'a v na je sa že z do s o pre ako by bol bola ktorý pod k vo' },
  { family: 'central', letters: 'áéíóöőúüű', words: 'a az és hogy nem is egy de van volt ha csak még minden meg ki el' },
  { family: 'central', letters: 'ăâîșțşţ', words: 'și în de la cu pe nu este un o care din să pentru fost mai lui' },
  { family: 'central', letters: 'čćđšž', words: 'i u je na se da su za od s koji što nije in v za je pri ki' },
  { family: 'turkish', letters: 'çğıöşüİâîû', words: 've bir bu da de için ile olarak ne çok daha gibi var' },
];
/** The worth of a rare letter, of which a common one has 1. */
const rare = 0.3;
const known = languages.map(({ family, letters, words }) => {
  const [common = '', others = ''] = letters.split('|');
  const worth = new Map([
    ...Array.from(common, (letter) => [letter, 1] as const),
    ...Array.from(others, (letter) => [letter, rare] as const),
  ]);
  return { family, worth, words: words.split(' ') };
});
/** Quotation marks and dashes are as usual as letters. */
const worthOfMark = 1;
const marks = /[¿¡«»“”‘’„…—–°\u00a0·×€§©®™•‰½¼¾²³]/;

/**
 * How well a text reads as one of the languages of a family: a point for each sign beyond ASCII that its language has, and for each of its words;
 * signs that stand where no language has them cost more. Letters are compared in small form.
 */
export const latinScore = (text: string, family: LatinFamily): number => {
  const foreign = [...text.matchAll(/[\u0080-\uffff]/g)];
  const words = new Set(text.toLowerCase().match(/\p{L}+/gu));
  let best = Number.NEGATIVE_INFINITY;
  for (const language of known) {
    if (language.family !== family) continue;
    let score = language.words.reduce((sum, word) => sum + (words.has(word) ? 1 : 0), 0);
    for (const { 0: sign, index } of foreign) {
      const small = sign.toLowerCase();
      const before = text[index - 1] ?? ' ';
      const isInside = /\p{Ll}/u.test(before);
      if (sign !== small && isInside) score -= 3;
      else if (language.worth.has(small)) score += language.worth.get(small) ?? 0;
      else if (marks.test(sign) && !(isInside && sign !== '’' && !/[»”…°\s]/.test(sign))) score += worthOfMark;
      else score -= 2;
    }
    best = Math.max(best, score);
  }
  return best;
};
