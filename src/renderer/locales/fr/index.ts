import chat from './chat.json';
import common from './common.json';
import debates from './debates.json';
import errors from './errors.json';
import evidence from './evidence.json';
import library from './library.json';
import memory from './memory.json';
import metrics from './metrics.json';
import settings from './settings.json';

export const fr = { common, chat, library, debates, memory, metrics, settings, evidence, errors };
