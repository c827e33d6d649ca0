import '@renderer/locales/evidence';

export { EvidencePanel } from './EvidencePanel';
