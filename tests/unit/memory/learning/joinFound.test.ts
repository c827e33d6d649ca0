import { joinFound } from '@main/memory/learning/joinFound';
import type { Learnt } from '@main/memory/learnt';
import { expect, test } from 'vitest';

const found = (attribute: string, value: string, origin: 'rule' | 'model', messageId = 'm1'): Learnt => ({
  ...{ kind: 'preference', text: value, subject: 'me', attribute, value, validFrom: null, validTo: null, dueAt: null },
  ...{ confidence: 0.8, origin, model: null, agentId: 'anima' },
  source: { messageId, conversationId: 'c1', at: 1, start: 0, end: 9 },
});

test('keeps what the rules found where a model read the same words, in any form', () => {
  const rule = found('prefers', 'des réponses courtes', 'rule');
  expect(joinFound([rule], [found('prefers', 'courte', 'model')])).toEqual([rule]);
  expect(joinFound([rule], [found('prefers', 'réponses courtes sans listes', 'model')])).toEqual([rule]);
});

test('other words, another attribute and another message are something else', () => {
  const rule = found('prefers', 'des réponses courtes', 'rule');
  const others = [found('prefers', 'le thé', 'model'), found('dislikes', 'courte', 'model'), found('prefers', 'courte', 'model', 'm2')];
  expect(joinFound([rule], others)).toEqual([rule, ...others]);
});

test('a sentence that states nothing more is not kept beside what the rules found in it', () => {
  const text = 'Ma cheffe Sophie remplace Marc depuis lundi.';
  const rule = { ...found('boss', 'Sophie', 'rule'), text };
  const plain = { ...found('', '', 'model'), text };
  expect(joinFound([rule], [plain])).toEqual([rule]);
  const other = { ...found('', '', 'model'), text: 'Marc est parti.' };
  expect(joinFound([rule], [other, { ...plain, text: `${text} Marc est parti.` }])).toHaveLength(3);
});
