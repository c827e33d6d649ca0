const french = new Set(
  'le la les un une des du de et est sont dans pour avec sur que qui quoi quel quelle quels quelles comment pourquoi où ne pas je tu il elle nous vous ce cette ces mon ma mes au aux par plus'.split(
    ' ',
  ),
);
const english = new Set(
  'the a an of and is are in for with on that who what which how why where when not i you he she we they this these my your to from by do does can should'.split(
    ' ',
  ),
);

/** Which of the interface's languages a text is written in, by its small words and accents; `fallback` when they do not tell. Pure. */
export const detectLanguage = (text: string, fallback: 'en' | 'fr' = 'en'): 'en' | 'fr' => {
  let balance = (text.slice(0, 4_000).match(/[éèêàùçôîœ]|\b[ldjcnsm]['’]|\bqu['’]/gi)?.length ?? 0) * 0.7;
  for (const word of text
    .slice(0, 4_000)
    .toLowerCase()
    .match(/\p{L}+/gu) ?? []) {
    if (french.has(word)) balance += 1;
    if (english.has(word)) balance -= 1;
  }
  return balance > 0 ? 'fr' : balance < 0 ? 'en' : fallback;
};
