import { EmergenceError, type PresetId, readAddress } from '@shared/model';
import { presets } from './presets';

/** Dots and the last four characters of a key; a short key shows none. */
export const maskKey = (key: string): string => `••••${key.length >= 12 ? key.slice(-4) : ''}`;

/** The checked base address, completed where it is that of a known service. Throws `input.invalid`. */
export const checkedAddress = (text: string, preset: PresetId): string => {
  const read = readAddress(text, preset);
  if ('refused' in read) throw new EmergenceError('input.invalid', { field: 'baseUrl', reason: read.refused });
  return presets.find(({ baseUrl }) => baseUrl !== '' && new URL(baseUrl).origin === read.address)?.baseUrl ?? read.address;
};

/** The key without characters that are often copied along with it. Throws `input.invalid` for one that no header can carry. */
export const checkedKey = (text: string): string => {
  const key = text.replace(/^(bearer\s+|[\s"'`\u200b\u2060\ufeff])+|[\s"'`\u200b\u2060\ufeff]+$/gi, '');
  if (!/^[\x21-\x7e]+$/.test(key)) throw new EmergenceError('input.invalid', { field: 'key', reason: 'characters' });
  return key;
};
