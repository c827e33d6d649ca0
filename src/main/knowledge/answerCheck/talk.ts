/**
 * Sentences of an answer that state no fact of a document: greetings, offers, transitions, what the documents do not say. Rules of
 * both languages; tried on the answers of `tests/quality/answers`.
 */

const greeting =
  /^(?:hello|hi|hey|dear|good (?:morning|afternoon|evening)|welcome|thank|thanks|bonjour|bonsoir|salut|merci|bienvenue|sure|certainly|of course|absolutely|bien sûr|certainement|d['’]accord|avec plaisir|you['’]re welcome|je vous en prie)\b[^.!?]{0,60}[.!?]*$/iu;
const offer =
  /\b(?:let me know|feel free|i(?:['’]m| am) here to|i(?:['’]d| would) be (?:happy|glad)|(?:can|may|could|shall) i help|how can i|(?:hope|glad) (?:this|that|to) helps?|i (?:can|could|will) help|if you (?:have|need|want) (?:any |more |further )|n['’]hésite[zs]?|je (?:peux|suis là|reste)|j['’]espère que|puis-je|si (?:vous avez|tu as) (?:d['’]autres|besoin|des)|dites-moi|dis-moi|souhaitez-vous|comment puis-je|let me (?:have a look|check|see))\b/iu;
const transition =
  /^(?:here (?:is|are)|the following|these are|below|in (?:summary|short|conclusion)|to summari[sz]e|overall|based on|according to the (?:documents?|sources?|passages?)|voici|ci-dessous|en (?:résumé|bref|conclusion)|pour résumer|d['’]après les (?:documents?|sources?)|selon les (?:documents?|sources?))\b[^.]{0,80}[:,.]?$/iu;
/** Says that the documents do not say something, in either order of words. */
const absent = [
  /\b(?:documents?|sources?|passages?|texts?|lease|contract|agreement|invoice|manual|minutes|handbook|information|answer|context)\b[^.]{0,80}\b(?:do|does|did|is|are|was|were|has|have|can|could)(?: not|n['’]t|not)\b[^.]{0,60}\b(?:mention|say|state|specif|contain|provide|include|answer|give|indicate|cover|address|found|available|appear|list|explicitly)/iu,
  /\b(?:no|not any|nothing)\b[^.]{0,40}\b(?:information|mention|passage|source|document|reference|answer|detail|indication)s?\b/iu,
  /\b(?:not|n['’]t) (?:mentioned|specified|stated|indicated|(?:found |given |provided |included |available |listed |covered )?(?:in|by) (?:the |your |these |this )?(?:person['’]s |provided |given )?(?:documents?|sources?|passages?|text))\b/iu,
  // "Damage by lime is not covered" is a fact; "an answer is not provided" is none.
  /\b(?:information|details?|answers?|dates?|amounts?|names?|numbers?|prices?|colou?rs?|it|this|that)\b[^.]{0,60}(?:\bnot|n['’]t) (?:provided|found|given|available|listed)\b/iu,
  /\b(?:i (?:could not|couldn['’]t|cannot|can['’]t|did not|didn['’]t) (?:find|see|answer|determine)|i don['’]t (?:know|have)|i do not (?:know|have)|it is (?:not|un)(?: clear| known|clear|known))\b/iu,
  /\b(?:documents?|sources?|passages?|extraits?|textes?|bail|contrat|facture|notice|règlement|procès-verbal|informations?|réponse)\b[^.]{0,80}\bn(?:e |['’])[^.]{0,40}(?:pas|aucun|rien|nulle)\b[^.]{0,80}(?:mentionn|précis|indiqu|contien|fourni|répon|trouv|dit|disent|prévoi|spécifi|donn|figur|parl|dans)/iu,
  /\bn(?:e |['’])(?:mentionn|précis|indiqu|contien|fourni|répond|dit|disent|prévoi|spécifi|donn|parl)\p{L}*\s+(?:pas|aucun|rien)/iu,
  /\b(?:aucune?|pas d['’e])\s*(?:information|mention|passage|source|document|référence|réponse|indication|précision)s?\b/iu,
  /\bn(?:e |['’])(?:est|sont|a|ont)\s+(?:pas|ni|nulle part)\s+(?:été\s+)?(?:mentionn|précis|indiqu|fourni|trouv|spécifi|donn|disponible|prévu dans|dans les)/iu,
  /\b(?:je n['’]ai (?:pas|rien)|je ne (?:peux|trouve|sais|vois|dispose))\b/iu,
];
const words = /[\p{L}\p{N}]{2,}/gu;
/** Fewer words state nothing by themselves. */
const leastWords = 3;

/** True for words that assert nothing about the documents' subject. `text` is one sentence, item or row, without citations. */
export const isTalk = (text: string): boolean => {
  const bare = text.trim().replace(/^[*_#>\s]+|[*_\s]+$/gu, '');
  if (/[?؟？]["'»”’)\]*_]*$/u.test(bare)) return true;
  if (/:["'»”’)\]*_]*$/u.test(bare)) return true;
  const count = bare.match(words)?.length ?? 0;
  if (count < leastWords && !/\d/.test(bare)) return true;
  return greeting.test(bare) || offer.test(bare) || transition.test(bare) || absent.some((pattern) => pattern.test(bare));
};
