import type { Language } from './languages';

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Function words that carry no meaning in a question, folded. They are neither indexed nor searched. */
export const stopWords = {
  en: list(`
    a about above after again all also am an and any are as at be because been before being below between both but by can cannot
    could did do does doing don down during each few for from further had has have having he her here hers herself him himself his
    how i if in into is it its itself just ll may me might more most must my myself no nor not now of off on once only or other our ours
    ourselves out over own re same shall she should so some such t than that the their theirs them themselves then there these
    they this those through to too under until up upon us very was we were what when where whether which while who whom why will
    with would ve you your yours yourself yourselves s d m isn aren wasn weren doesn didn won wouldn couldn shouldn hasn haven hadn
    let according based regarding please tell give describe explain`),
  fr: list(`
    a ai aie aient ainsi ait alors as au aucun aucune auquel aura aurait aussi autre autres aux auxquels avaient avait avec avez
    avoir avons ayant c ca car ce ceci cela celle celles celui ces cet cette ceux chaque chez ci comme comment d dans de des
    depuis dont du duquel elle elles en encore entre es est et etaient etait etant ete etes etre eu eux fait faire fut il ils j
    je jusqu l la laquelle le lequel les lesquelles lesquels leur leurs lors lorsque lui m ma mais me meme memes mes moi mon n ne
    ni non nos notre nous on ont or ou par parce pas pendant peu peut peuvent peux plus pour pourquoi pourrait pouvoir puis
    puisque qu quand que quel quelle quelles quels qui quoi s sa sans se selon sera serait ses si soit son sont sous suis sur
    t ta tandis te tel telle telles tels tes toi ton tous tout toute toutes tres tu un une va vers vos votre vous y
    faut doit doivent dit expliquer expliquez decrire donner`),
  other: new Set<string>() as ReadonlySet<string>,
} as const;

export const isStopWord = (word: string, language: Language): boolean => stopWords[language].has(word);
