import iconv from 'iconv-lite';

/** The letters of a script in the order of how often they are written, with the encodings of one byte that have them. */
interface Script {
  encodings: readonly string[];
  letters: string;
  /** Further letters, which are rare or of other languages of the script. */
  others: RegExp;
}
const scripts: readonly Script[] = [
  {
    encodings: ['windows-1251', 'koi8-r', 'cp866', 'iso-8859-5', 'maccyrillic'],
    letters: 'оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё',
    others: /[\u0400-\u045f\u0490\u0491]/,
  },
  { encodings: ['windows-1253', 'iso-8859-7'], letters: 'αοιετσνηυρπκμλςίάγδόέθήύωχφώβξζψ', others: /[\u0370-\u03ff]/ },
  { encodings: ['windows-1255', 'cp862'], letters: 'יוהלארמתבשנדקחעפטםכגזסצןךףץ', others: /[\u0590-\u05f4]/ },
  { encodings: ['windows-1256', 'iso-8859-6'], letters: 'اليمنوتربعةدسفهكقحجأىشصخضغطزإءثذظئؤآ', others: /[\u060c-\u0652]/ },
  { encodings: ['cp874'], letters: 'ารนกอเงม่ย้ลวดทสตัิะีปบคหแจำพใ์ชไ็ุขูโึืถผซธณฟศษ', others: /[\u0e01-\u0e5b]/ },
];
const marks = /[«»“”‘’„…—–№°\u00a0·×€§©®™•]/;

/** How much rarer each next letter is than the one before it. */
const decline = 0.09;
const rare = { known: -7.5, mark: -6, foreign: -13, misplaced: -9 };

const likelihoods = new Map(
  scripts.map((script) => {
    const weights = Array.from(script.letters, (_, rank) => Math.exp(-decline * rank));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return [
      script,
      new Map(Array.from(script.letters, (letter, rank) => [letter, Math.log((weights[rank] as number) / sum)] as const)),
    ] as const;
  }),
);

/** How likely the signs beyond ASCII are as text of the script, as the mean of their logarithms. */
const likelihood = (text: string, script: Script): number => {
  let sum = 0;
  let count = 0;
  let before = '';
  for (const sign of text) {
    if (sign > '\u007f') {
      const small = sign.toLowerCase();
      const known = likelihoods.get(script)?.get(small);
      count += 1;
      // A capital behind a small letter shows another encoding of the same script.
      if (sign !== small && before !== '' && before === before.toLowerCase() && before !== before.toUpperCase()) sum += rare.misplaced;
      else if (known !== undefined) sum += sign === small ? known : known - 1.5;
      else sum += script.others.test(sign) ? rare.known : marks.test(sign) ? rare.mark : rare.foreign;
    }
    before = sign;
  }
  return count === 0 ? Number.NEGATIVE_INFINITY : sum / count;
};

export interface ScriptGuess {
  encoding: string;
  /** The mean logarithm of the likelihood of a letter: about -3 for a text of the script. */
  likelihood: number;
  /** By how much the whole sample is likelier than as any other text, as a logarithm. */
  lead: number;
}

/** True where the bytes beyond ASCII form words of their own, as in scripts that are not Latin. */
export const isForeignScript = (bytes: Uint8Array): boolean => {
  let high = 0;
  let joined = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    if ((bytes[at] as number) < 0x80) continue;
    high += 1;
    if ((bytes[at - 1] ?? 0) >= 0x80 || (bytes[at + 1] ?? 0) >= 0x80) joined += 1;
  }
  return high >= 3 && joined > high * 0.8;
};

/** The likeliest encoding of one byte a letter, for text in a script that is not Latin. */
export const guessScript = (sample: Uint8Array): ScriptGuess => {
  const bytes = Buffer.from(sample);
  const guesses = scripts.flatMap((script) =>
    script.encodings.map((encoding) => {
      const text = iconv.decode(bytes, encoding);
      return { encoding, text, likelihood: likelihood(text, script) };
    }),
  );
  guesses.sort((one, other) => other.likelihood - one.likelihood);
  const [best] = guesses as [(typeof guesses)[number]];
  const second = guesses.find(({ text }) => text !== best.text) ?? best;
  const high = bytes.reduce((sum, byte) => sum + (byte >= 0x80 ? 1 : 0), 0);
  return { encoding: best.encoding, likelihood: best.likelihood, lead: (best.likelihood - second.likelihood) * high };
};
