/** What a text is analysed as. Everything that is neither English nor French is folded and left unstemmed. */
export const languages = ['en', 'fr', 'other'] as const;
export type Language = (typeof languages)[number];
