interface PurposeFacts {
  /** A person waits for its first word; the metrics time it. */
  awaited: boolean;
  /** It is made beside the answer of its turn: what the answer shows as its use leaves it out. */
  beside: boolean;
  /** Its cost is a debate's: that of the seat that speaks, or the mediator's. */
  debate: 'speaker' | 'mediator' | null;
  /** Where a model ended without words, another model is worth its price. */
  worthAnother: boolean;
}

/**
 * The uses of calls to models. The ledger keeps the name; its queries, the figures of the metrics and the words of their page
 * (`usage.purposes` in `metrics.json`) go by this table.
 */
export const callPurposes = {
  answer: { awaited: true, beside: false, debate: null, worthAnother: true },
  debate: { awaited: true, beside: false, debate: 'speaker', worthAnother: true },
  debate_summary: { awaited: false, beside: true, debate: 'mediator', worthAnother: true },
  title: { awaited: false, beside: true, debate: null, worthAnother: false },
  /** The small chat that tries an account; it belongs to no turn. */
  test: { awaited: false, beside: true, debate: null, worthAnother: true },
} as const satisfies Record<string, PurposeFacts>;
export type CallPurpose = keyof typeof callPurposes;

/** False for the purpose of another version, which the ledger may hold. */
export const isCallPurpose = (name: string): name is CallPurpose => Object.hasOwn(callPurposes, name);

/** The names of the purposes for which `holds` is true. */
export const purposesWhere = (holds: (facts: PurposeFacts) => boolean): CallPurpose[] =>
  Object.keys(callPurposes)
    .filter(isCallPurpose)
    .filter((name) => holds(callPurposes[name]));
