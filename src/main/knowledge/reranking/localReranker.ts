import type { Helper } from '@main/processes/helper';
import type { RerankApi } from '@main/processes/rerank/api';
import type { DownloadableModel } from '../modelDownloads';
import { type Reranker, sigmoid } from './reranker';

/** The repository has one 8-bit file for each family of processors; one of another family runs, but rounds badly or slowly. */
const onnxFile = process.arch === 'arm64' ? 'onnx/model_qint8_arm64.onnx' : 'onnx/model_quint8_avx2.onnx';

/** Rerankers that can be downloaded: Apache 2.0, multilingual, trained to give a logit. */
export const downloadableRerankers = [
  {
    id: 'cross-encoder/mmarco-mMiniLMv2-L12-H384-v1',
    name: 'mmarco-mMiniLMv2-L12',
    bytes: 136_000_000,
    files: [{ path: 'config.json' }, { path: 'tokenizer.json' }, { path: onnxFile }],
  },
] as const satisfies readonly DownloadableModel[];

const readyMs = 60_000;

/** The downloaded model of a folder, in the process of the reranker. */
export const createLocalReranker = (helper: Pick<Helper<RerankApi>, 'call'>, folder: string): Reranker => {
  let expectedAt = Number.NEGATIVE_INFINITY;
  return {
    score: async (query, texts, signal) => (await helper.call('score', { folder, query, texts }, { signal })).map(sigmoid),
    expect: () => {
      const at = performance.now();
      // A model that was ready a moment ago is not asked about at each letter.
      if (at - expectedAt < readyMs) return;
      expectedAt = at;
      // A model that cannot be loaded is missed by the question itself.
      helper.call('score', { folder, query: '', texts: [''] }).catch(() => {});
    },
  };
};
