/**
 * Words that announce a numbered part of a text in English or French, by the kind under which it is stored. Kinds that name the same
 * part differently share one: a clause and a paragraph of a contract are its sections.
 */
export const announced = {
  article: 'articles?|art\\.?',
  section: 'sections?|sous-sections?|sect\\.|sec\\.|§{1,2}|clauses?|paragraphs?|paragraphes?|para\\.|alin[ée]as?|points?|rules?',
  chapter: 'chapters?|chapitres?|chap\\.',
  annex: 'annexe?s?|appendi(?:x|ces)|schedules?',
  figure: 'figures?|fig\\.',
  table: 'tables?|tableaux?|tab\\.',
  account: 'comptes?|accounts?|acct\\.?|a/c|sous-comptes?',
  error:
    "errors?|erreurs?|faults?|d[ée]fauts?|exceptions?|(?:error|fault|status|stop|alarm) codes?|codes?(?: d['’](?:erreur|alarme|[ée]tat)| erreur| error| retour)?|alarmes?|alarms?",
  number:
    'invoices?|factures?|bills?|(?:purchase |work )?orders?|(?:bons? de )?commandes?|quotes?|quotations?|devis|contracts?|contrats?|tickets?|dossiers?|cases?|claims?|sinistres?|polic(?:y|ies)|polices?|part (?:no\\.?|numbers?)|parts?|pi[èe]ces?|refs?\\.?|references?|r[ée]f(?:[ée]rences?|s?\\.?)|skus?|items?|serial(?: numbers?| no\\.?)?|num[ée]ros? de s[ée]rie|avoirs?|credit notes?',
} as const;

export type ReferenceKind = keyof typeof announced;

/** Words between a kind and its number: "n°", "No.", "#". */
export const numberSign = '(?:\\s*(?:n[°ºo]\\.?|nos?\\.|num(?:ber|[ée]ro|\\.)|#|:))?';
