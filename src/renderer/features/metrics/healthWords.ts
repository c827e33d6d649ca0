import type { Tone } from '@renderer/ui/Status';
import { assertNever, type HealthPart } from '@shared/model';
import type { TFunction } from 'i18next';
import type { Figures } from './useFigures';

export const toneOf = ({ state }: HealthPart): Tone => {
  switch (state) {
    case 'ok':
      return 'ok';
    case 'busy':
      return 'active';
    case 'degraded':
      return 'warning';
    case 'down':
      return 'danger';
    case 'off':
      return 'off';
    default:
      return assertNever(state);
  }
};

/** The state of a part, in a few words. */
export const healthWords = (part: HealthPart, t: TFunction<'metrics'>, figures: Figures): string => {
  const { data } = part;
  const number = (key: string): number | null => (typeof data[key] === 'number' ? data[key] : null);
  const text = (key: string): string => (typeof data[key] === 'string' ? data[key] : '');
  const state = t(`health.states.${part.state}`);
  if (part.id === 'database' && (number('problems') ?? 0) > 0) return t('health.words.damagedDatabase');
  if (part.state === 'down') return state;
  switch (part.id) {
    case 'database': {
      const unreadable = number('unreadable') ?? 0;
      if (unreadable > 0) return t('health.words.unreadable', { count: unreadable });
      if (text('backupFailure') !== '') return t('health.words.backupFailed');
      const at = number('lastBackupAt');
      return at === null ? t('health.words.noBackup') : t('health.words.backup', { when: figures.when(at) });
    }
    case 'search': {
      const chunks = number('chunks');
      return chunks === null ? state : t('health.words.passages', { count: chunks });
    }
    case 'ingest': {
      const waiting = (number('queued') ?? 0) + (number('running') ?? 0);
      return waiting === 0 ? t('health.words.idle') : t('health.words.waiting', { count: waiting });
    }
    case 'embedder':
      if (part.state === 'off') return t('health.words.noEmbedder');
      if (part.state === 'busy') return t('health.words.loading');
      if (part.state === 'degraded') return t('health.words.missing', { id: text('id') });
      return text('id') === 'bundled' ? t('health.words.bundled') : text('id');
    case 'vectors': {
      const pending = number('pending') ?? 0;
      if (part.state === 'off') return t('health.words.noVectors');
      if (pending > 0) return t('health.words.pending', { count: pending });
      return t(text('kind') === 'hnsw' ? 'health.words.hnsw' : 'health.words.exact', { count: number('count') ?? 0 });
    }
    case 'originals': {
      const [missing, altered, names] = [number('missing') ?? 0, number('altered') ?? 0, text('names')];
      if (missing > 0) return t('health.words.lost', { count: missing, names });
      if (altered > 0) return t('health.words.altered', { count: altered, names });
      return t('health.words.originals', { count: number('total') ?? 0 });
    }
    case 'disk': {
      if (text('refused') !== '') return t('health.words.refused', { names: text('refused') });
      const free = number('freeBytes');
      return free === null ? state : t('health.words.free', { size: figures.bytes(free) });
    }
    case 'providers': {
      const unreadable = number('unreadable') ?? 0;
      const words = [text('troubled'), unreadable > 0 ? t('health.words.unreadableProviders', { count: unreadable }) : ''].filter(Boolean);
      if (part.state === 'degraded') return words.join(' · ') || state;
      const configured = number('configured') ?? 0;
      return configured === 0 ? t('health.words.noProviders') : t('health.words.providers', { count: configured });
    }
    case 'keychain': {
      const kind = text('kind');
      return kind === 'keychain' || kind === 'secret-key' || kind === 'sealed-file' || kind === 'weak' ? t(`health.words.${kind}`) : state;
    }
    default:
      return assertNever(part.id);
  }
};
