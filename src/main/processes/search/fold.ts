/** Lower case, ligatures opened, accents and compatibility forms dropped: "Œuvre" and "oeuvre" are one word. Korean syllables stay whole. */
export const fold = (text: string): string =>
  text.toLowerCase().replace(/œ/g, 'oe').replace(/æ/g, 'ae').normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC');
