/**
 * Every metric of the program: kind, labels, help, buckets. One place; the registry, the history and the panel read it. Names,
 * labels and buckets are public: dashboards read them, so they only grow. Metrics of missing features are not listed.
 */
const latency = [0.1, 0.5, 1, 2, 5, 10, 30] as const;
const fine = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5] as const;

export const counters = {
  llm_api_calls_total: { labels: ['provider', 'model'], help: 'Calls to a model' },
  llm_tokens_total: { labels: ['type', 'model'], help: 'Tokens by type: input, output, cached' },
  llm_cost_total: { labels: ['provider', 'model'], help: 'Cost in USD where the price is known' },
  llm_retries_total: { labels: ['provider', 'reason'], help: 'Calls tried again before their first token' },
  llm_fallbacks_total: { labels: ['from', 'to', 'reason'], help: 'Answers taken over by another model' },
  circuit_breaker_state_changes_total: { labels: ['provider', 'model', 'state'], help: 'Circuit breaker transitions' },
  rate_limited_total: { labels: ['scope'], help: 'Calls refused for their rate' },
  chat_messages_total: { labels: [], help: 'Messages saved' },
  chat_turns_total: { labels: ['outcome'], help: 'Turns by outcome' },
  chat_answers_total: {
    labels: ['support', 'cited'],
    help: 'Answers with the library on, by how well it supported them (strong, weak, none) and whether they cite (yes, no)',
  },
  query_errors_total: { labels: ['code'], help: 'Failed turns and calls by error code' },
  rag_queries_total: { labels: ['intent'], help: 'Searches of the library' },
  rag_cache_hits_total: { labels: [], help: 'Searches answered from the cache' },
  rag_cache_misses_total: { labels: [], help: 'Searches not in the cache' },
  rag_reranks_total: { labels: ['outcome'], help: 'Searches given to the reranker: done, late (the time limit), failed' },
  ingestion_documents_total: { labels: ['outcome', 'format'], help: 'Documents taken in' },
  embedding_cache_hits_total: { labels: [], help: 'Texts whose embedding was known' },
  embedding_texts_total: { labels: ['model'], help: 'Texts embedded' },
  debate_rounds_total: { labels: ['outcome'], help: 'Debate rounds' },
  memory_concept_recall_total: { labels: [], help: 'Memory items recalled for a question' },
  memory_concept_recall_interactions_total: {
    labels: ['action'],
    help: 'Hints about what is remembered by what the person did: seen, ignored, applied',
  },
  memory_proactive_hints_generated_total: { labels: ['type'], help: 'Hints about what is remembered by their type' },
  memory_temporal_queries_total: { labels: ['detected'], help: 'Questions read for time: yes where they ask about it, else no' },
  memory_temporal_concepts_found_total: { labels: ['count_range'], help: 'Questions about time by the number of days found' },
  memory_analysis_success_total: { labels: ['provider'], help: 'Analyses of messages by a model that gave an answer of the right form' },
  memory_analysis_failure_total: { labels: ['provider', 'error_type'], help: 'Analyses of messages by a model that failed' },
  memory_analysis_cache_hits_total: { labels: [], help: 'Analyses whose answer was known' },
  memory_analysis_cache_misses_total: { labels: [], help: 'Analyses whose answer was not known' },
  memory_analysis_items_total: {
    labels: ['outcome'],
    help: 'Things found in messages: added, merged, closed (no longer true), conflict, dropped (the messages do not hold it)',
  },
  prompt_uses_total: { labels: ['prompt', 'version'], help: 'Uses of a prompt version' },
} as const;

export const gauges = {
  sessions_active: { labels: [], help: 'Turns and debates running' },
  rag_index_chunks: { labels: [], help: 'Chunks in the index' },
  memory_analysis_cache_size: { labels: [], help: 'Answers of analyses that are kept' },
  rag_index_bytes: { labels: [], help: 'Bytes of the index' },
  memory_temporal_cache_hit_rate: { labels: [], help: 'Share of past messages whose reading for time was known' },
} as const;

export const histograms = {
  llm_latency_seconds: { labels: ['provider', 'model'], help: 'Time of a call', buckets: latency },
  llm_time_to_first_token_seconds: { labels: ['provider', 'model'], help: 'Time to the first token of a call', buckets: latency },
  chat_turn_duration_seconds: { labels: [], help: 'Time of a turn, question to end', buckets: latency },
  rag_query_duration_seconds: { labels: ['stage'], help: 'Time of a search by stage', buckets: fine },
  rag_results_count: { labels: [], help: 'Passages found', buckets: [0, 1, 2, 5, 10, 20, 50] },
  ingestion_duration_seconds: { labels: ['stage'], help: 'Time of ingestion by stage', buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60] },
  memory_analysis_duration_seconds: { labels: ['provider'], help: 'Time of an analysis', buckets: [0.5, 1, 2, 4, 6, 10, 15, 20, 30] },
  debate_round_duration_seconds: { labels: [], help: 'Time of a debate round', buckets: [1, 2, 5, 10, 20, 30, 60] },
  memory_temporal_search_duration_seconds: {
    labels: [],
    help: 'Time to build a timeline',
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5],
  },
  memory_temporal_context_size_bytes: {
    labels: [],
    help: 'Bytes of a timeline in a prompt',
    buckets: [100, 500, 1_000, 2_000, 5_000, 10_000],
  },
  debate_cost_usd: { labels: [], help: 'Cost of a debate', buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1] },
} as const;

/** Read from the database when they are asked for: how things stand, and not what happened since the start. */
export const snapshots = {
  memory_concepts: { type: 'gauge', labels: ['state'], help: 'Memory items by state: live, superseded, archived, deleted' },
  memory_vitality: { type: 'histogram', labels: [], help: 'Vitality of the live memory items now', buckets: [0.25, 0.5, 0.75, 1] },
} as const;

export type CounterName = keyof typeof counters;
export type GaugeName = keyof typeof gauges;
export type HistogramName = keyof typeof histograms;
type All = typeof counters & typeof gauges & typeof histograms;
/** The labels a metric must be given, by name. */
export type LabelsOf<Name extends keyof All> = { [Label in All[Name]['labels'][number]]: string };
