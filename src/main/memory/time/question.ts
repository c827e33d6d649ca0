/** The things that a question about time asks for; `duration` is how long or since when, `mention` where it names and asks for no time. */
export const timeQuestionKinds = ['when', 'count', 'first', 'last', 'duration', 'changes', 'window', 'mention'] as const;
export type TimeQuestionKind = (typeof timeQuestionKinds)[number];
