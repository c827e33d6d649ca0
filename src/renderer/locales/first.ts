import enChat from './en/chat.json';
import enCommon from './en/common.json';
import enErrors from './en/errors.json';
import enMemory from './en/memory.json';
import frChat from './fr/chat.json';
import frCommon from './fr/common.json';
import frErrors from './fr/errors.json';
import frMemory from './fr/memory.json';

/** The texts of the window's frame and of the chat. Those of another section come with its file (`addTexts.ts`). */
export const firstTexts = {
  en: { chat: enChat, common: enCommon, errors: enErrors, memory: enMemory },
  fr: { chat: frChat, common: frCommon, errors: frErrors, memory: frMemory },
};
