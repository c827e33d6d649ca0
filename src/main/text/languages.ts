/** The languages in which a text is analysed. Any other text than English or French is folded and not stemmed. */
export const languages = ['en', 'fr', 'other'] as const;
export type Language = (typeof languages)[number];
