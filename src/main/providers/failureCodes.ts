import type { ErrorCode } from '@shared/model';
import type { ProviderFailure } from './failureWords';

const has = (words: string, pattern: RegExp): boolean => pattern.test(words);

/** The provider refuses this content: names and sentences of the servers that report it as an error. */
const filtered =
  /content[_ -]?(?:filter|moderation|exists risk)|content (?:management|filtering|safety) polic|content_policy|data_?inspection_?failed|inappropriate content|requires moderation|(?:input|prompt|output|request|content) (?:was|is|has been) (?:flagged|blocked by)|prompt was flagged|violat\w+ (?:our |the |of )?(?:usage|content|safety) (?:polic|guideline)|violates usage guidelines|sensitive_?content|new_sensitive|sensitive (?:information|content|words)|considered high risk|moderation_blocked|unsafe content|riskdetection|responsibleaipolicy|safety_check|敏感|不安全|安全策略|风险内容/;
const billing =
  /insufficient[_ ](?:\w+[_ ])?(?:quota|balance|credits?|funds)|insufficient (?:usd|diem)|balance is insufficient|billing|credit balance|(?:no|not enough|out of|run out of|doesn't have any|more|all available) credits?(?! were)|(?:monthly )?included credits|exceeded[_ ](?:your )?current[_ ]quota|payment required|spend(?:ing)? limit|(?:account|balance).{0,40}(?:overdue|arrears|recharge|top[- ]up)|overdue (?:balance|payment)|arrearage|in good standing|add (?:more )?(?:credits|funds)|free (?:tier|quota).{0,40}(?:exhausted|used up)|freetieronly|key limit exceeded|budget[_ ](?:has been )?exceeded|(?:api usage limits|usage limit for this)|failure to pay|credits? (?:are|have been|is) (?:depleted|exhausted|used up)|token_quota_failed|额度不足|额度已用尽|预扣费|余额|欠费|充值/;
const region =
  /unsupported[_ ](?:country|region|location)|(?:country|region|territory|location|area).{0,60}not (?:supported|available|allowed|permitted|served)|not (?:supported|available|allowed|offered|permitted) (?:in|from|for) (?:your|this|the) (?:country|region|territory|location|area|jurisdiction)|(?:unavailable|blocked) in (?:your |this )?(?:country|region)|(?:country|region) (?:is |has been )?(?:blocked|restricted)|regional restriction|所在地区|地区不支持|geo[- _]?(?:block|restrict|fenc)|legal[_ ]reasons|sanction|embargo/;
/** Anthropic's complete answer to a country that it does not serve. */
const notServed = /"message":"request not allowed"/;
const wrongKey =
  /api[_ -]?key[_ ](?:not valid|not found|invalid|expired|is invalid)|(?:invalid|incorrect|wrong|expired|missing|no)[_ ]?(?:x-)?api[_ -]?key|authentication_error|authentication[_ ](?:failed|required)|permission_error|unauthenticated|unauthori[sz]ed|invalid (?:bearer |access |auth\w* )?token|token (?:is )?(?:invalid|expired)|auth_?failure|noauth|personal access tokens? (?:is|are) not|organization[_ ](?:has been )?restricted|身份验证失败|鉴权失败|无效的令牌|令牌无效/;
const tooOften =
  /rate[_ -]?limit|resource_exhausted|too many requests|too many tokens, please wait|requests per (?:min|day|sec)|tokens per (?:min|day)|\b(?:tpm|rpm|tpd|rpd)\b|throttl|please retry in [\d.]+|(?:request|usage|concurrency) limit (?:has been )?(?:reached|exceeded)|load .{0,40}saturated|负载已饱和|频率过高|并发数过高/;
/** A single request above a rate limit: waiting does not make it smaller. */
const tooLargeForRate = /request too large for|(?:input or output )?tokens must be reduced/;
const tooLong =
  /context_length_exceeded|context[_ ](?:length|window|size)|maximum (?:context|model|input|prompt|allowed input) (?:length|tokens)|(?:prompt|input|request|messages?) (?:is|are|was) too (?:long|large)|(?:prompt|input token length|input) too long|length of all messages is too long|input token count|range of input length|length of prompt_tokens|exceeded model token limit|max_prompt_tokens_exceeded|prompt token count|too many (?:input |prompt )?tokens|request_too_large|exceed_context|exceeds? (?:the )?(?:maximum|max|available) (?:number of )?(?:context|input|prompt|total)?\s?tokens?|`?max_new_tokens`? must be|`?inputs`? must have less than|input_?tokens? (?:exceed|limit)|max_model_len|max_seq_len|reduce the length|string_above_max_length|string_too_long|prompt 超长|超过最大长度|上下文长度/;
/** The words name a model and report that it does not exist. A missing path, parameter or role is another failure. */
const noModel =
  /model_?not_?(?:available|supported|exist)|deploymentnotfound|modelnotopen|(?:deployment|model).{0,120}(?:not found|not exist|doesn't exist|does not exist|isn't available|not available to|not available for|not activated|decommissioned|has been (?:deprecated|retired|shut down|removed)|no longer (?:available|supported)|only available to|requires terms acceptance)|not activated the model|(?:unknown|invalid|no such|unsupported|unrecognized|nonexistent|non-existent|unavailable) model\b|no models? (?:is |are )?(?:currently )?loaded|failed to load model|access to (?:the )?model|not allowed to access model|not_found_error.{0,80}model: |no endpoints (?:found|available)|is not a valid model|model [`'"][^`'"]+[`'"] is (?:not supported|not available|invalid)|does not support chat|not a chat model|only supported in v1\/|on-demand throughput|could not find real modelid|not found for api version|requested entity was not found|模型不存在/;
/** Words that only mean a missing model: they count with any status. */
const surelyNoModel = /model_?not_?found|no available channels?\b|无可用渠道|model(?: is|'s)? not loaded/;
const noPath =
  /unexpected endpoint|cannot (?:get|post) \/|invalid url|no (?:such )?route(?: matched| for)?|could not route|\broute\b.{0,120}(?:not found|could not be found)|unknown (?:path|url|route|endpoint)|(?:path|url|page|endpoint|resource) (?:was |is )?not found|not supported for requested uri|api version not supported|method[_ ]not[_ ]allowed|no static resource|<html|<!doctype/;
/** Words of a server that failed, where no status shows it. */
const failing =
  /overloaded|server_error|api_error|internal|unavailable|timeout|timed out|error was encountered|unexpectedly stopped|has terminated|crashed|busy|disconnected|bad gateway|upstream|out of memory|system memory|try again later/;

const isRequestError = (status: number | null): boolean => status === null || (status >= 400 && status < 500 && status !== 429);

/** The error code for a failure, by its cause. Order matters: the more exact rule comes first. Pure. */
export const failureCode = ({ status, words }: ProviderFailure): ErrorCode => {
  if (isRequestError(status) && status !== 401 && has(words, filtered)) return 'provider.content_filtered';
  if (status === 451 || has(words, region) || (status === 403 && has(words, notServed))) return 'provider.region';
  if (status === 402 || has(words, billing) || (status === 403 && has(words, /quota[_ ](?:has been )?exceeded/))) {
    // Google's free tier calls a rate limit "quota" and sends the delay with it.
    return has(words, /retrydelay|please retry in [\d.]+/) ? 'provider.rate_limited' : 'provider.quota';
  }
  if (status !== 429 && has(words, surelyNoModel)) return 'model.missing';
  if (isRequestError(status) && !has(words, tooLong) && has(words, noModel)) return 'model.missing';
  // A web page comes from a proxy before the service: it shows nothing about the key.
  if (status === 403 && has(words, /<html|<!doctype/)) return 'provider.rejected';
  if (status === 401 || status === 403) return 'provider.auth';
  if (has(words, wrongKey)) return 'provider.auth';
  if (status === 413 || has(words, tooLargeForRate)) return 'provider.context_exceeded';
  if (status === 429 || has(words, tooOften)) return 'provider.rate_limited';
  if (has(words, tooLong)) return 'provider.context_exceeded';
  // The service answered in its own form, so it was reached: the model is missing, not the address.
  if (status === 404 && has(words, /"error":\{|^\{"message":/) && !has(words, noPath) && !has(words, /not found/)) return 'model.missing';
  if (status === 404 || status === 405 || status === 410) return 'provider.address';
  if ((status === null || status < 500) && has(words, noPath)) return 'provider.address';
  if (has(words, /content_filter|content_policy|safety|prohibited_content/)) return 'provider.content_filtered';
  if (status === 408 || status === 504) return 'provider.timeout';
  // 498 is Groq's status for too many requests at once, 425 that of a connection that was too new.
  if (status === 498 || status === 425 || (status !== null && status >= 500)) return 'provider.unavailable';
  if (status === null) return has(words, failing) ? 'provider.unavailable' : 'provider.protocol';
  return 'provider.rejected';
};
