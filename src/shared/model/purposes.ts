interface PurposeFacts {
  /** True when a person waits for its first word; the metrics time it. */
  awaited: boolean;
  /** True when it is made beside the answer of its turn: the usage shown with the answer excludes it. */
  beside: boolean;
  /** The bearer of its cost in a debate: the seat that speaks, or the mediator. */
  debate: 'speaker' | 'mediator' | null;
  /** True when another model is worth its price after one that ended without words. */
  worthAnother: boolean;
}

/**
 * The purposes of calls to models. The ledger stores the name; its queries, the figures of the metrics and the words of their page
 * (`usage.purposes` in `metrics.json`) use this table.
 */
export const callPurposes = {
  answer: { awaited: true, beside: false, debate: null, worthAnother: true },
  /** Reads one part of a document that is summed up as a whole. */
  document_part: { awaited: false, beside: false, debate: null, worthAnother: true },
  debate: { awaited: true, beside: false, debate: 'speaker', worthAnother: true },
  debate_summary: { awaited: false, beside: true, debate: 'mediator', worthAnother: true },
  /** The rolling summary of a long chat, made after an answer. */
  summary: { awaited: false, beside: true, debate: null, worthAnother: true },
  title: { awaited: false, beside: true, debate: null, worthAnother: false },
  /** Reads what a question wants, before its answer. */
  intent: { awaited: false, beside: true, debate: null, worthAnother: false },
  /** Finds what is worth remembering in messages; it belongs to no turn. */
  memory_analysis: { awaited: false, beside: true, debate: null, worthAnother: false },
  /** Compares two statements about the same thing. */
  memory_judge: { awaited: false, beside: true, debate: null, worthAnother: false },
  /** The small chat that tests an account; it belongs to no turn. */
  test: { awaited: false, beside: true, debate: null, worthAnother: true },
} as const satisfies Record<string, PurposeFacts>;
export type CallPurpose = keyof typeof callPurposes;

/** False for a purpose of another version, which the ledger may contain. */
export const isCallPurpose = (name: string): name is CallPurpose => Object.hasOwn(callPurposes, name);

/** The names of the purposes for which `holds` is true. */
export const purposesWhere = (holds: (facts: PurposeFacts) => boolean): CallPurpose[] =>
  Object.keys(callPurposes)
    .filter(isCallPurpose)
    .filter((name) => holds(callPurposes[name]));
