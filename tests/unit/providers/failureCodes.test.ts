import { failureCode } from '@main/providers/failureCodes';
import { readFailure } from '@main/providers/failureWords';
import type { ErrorCode } from '@shared/model';
import { describe, expect, it } from 'vitest';

const message = (text: string, more: object = {}) => ({ error: { message: text, ...more } });

/** The messages of real servers, from public reports, by their meaning. */
const said: Partial<Record<ErrorCode, [string, number | null, unknown][]>> = {
  'provider.rate_limited': [
    [
      'Groq tpm 429',
      429,
      message(
        'Rate limit reached for model `llama-3.3-70b` in organization `org_1` service tier `on_demand` on tokens per minute (TPM): Limit 6000, Used 5500, Requested 900. Please try again in 4s. Need more tokens? Upgrade to Dev Tier today at https://console.groq.com/settings/billing',
        { type: 'tokens', code: 'rate_limit_exceeded' },
      ),
    ],
    [
      'OpenAI rpm billing link',
      429,
      message(
        'Rate limit reached for gpt-4 in organization org-x on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in 20s. Visit https://platform.openai.com/account/rate-limits to learn more. You can increase your rate limit by adding a payment method to your account at https://platform.openai.com/account/billing.',
        { type: 'requests', code: 'rate_limit_exceeded' },
      ),
    ],
    ['Zhipu concurrency', 429, message('您当前使用该API的并发数过高，请降低并发，或联系客服增加限额。', { code: '1302' })],
    ['one-api saturated', 429, message('当前分组上游负载已饱和，请稍后再试 (request id: x)', { type: 'upstream_error' })],
    ['Bedrock throttling', 429, { message: 'Too many tokens, please wait before trying again.' }],
    [
      'Bedrock throttling status null',
      null,
      { error: { type: 'ThrottlingException', message: 'Too many tokens, please wait before trying again.' } },
    ],
    [
      'Cohere trial',
      429,
      {
        message:
          "You are using a Trial key, which is limited to 1000 API calls / month. You can continue to use the Trial key for free or upgrade to a Production key with higher rate limits at 'https://dashboard.cohere.com/api-keys'.",
      },
    ],
    [
      'LiteLLM cooldown',
      429,
      message('No deployments available for selected model, Try again in 60 seconds. Passed model=gpt-4. pre-call-checks=False', {
        type: 'None',
        code: '429',
      }),
    ],
    [
      'Anthropic long context',
      429,
      { type: 'error', error: { type: 'rate_limit_error', message: 'Extra usage is required for long context requests.' } },
    ],
    ['Google exhausted', 429, message('Resource has been exhausted (e.g. check quota).', { status: 'RESOURCE_EXHAUSTED' })],
    [
      'Azure rate',
      429,
      message(
        'Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-02-01 have exceeded token rate limit of your current OpenAI S0 pricing tier. Please retry after 26 seconds. Please go here: https://aka.ms/oai/quotaincrease',
        { code: '429' },
      ),
    ],
    [
      'Mistral service tier',
      429,
      { object: 'error', message: 'Service tier capacity exceeded for this model.', type: 'invalid_request_error', code: '3505' },
    ],
    [
      'Moonshot engine overloaded',
      429,
      message('The engine is currently overloaded, please try again later', { type: 'engine_overloaded_error' }),
    ],
    [
      'Moonshot quota',
      429,
      message('Your account org-x<ak-y> request reached organization max RPM: 3, please try again after 1 seconds', {
        type: 'rate_limit_reached_error',
      }),
    ],
    [
      '1-api error in 200',
      null,
      { error: { message: 'The upstream load of current group is saturated, please try again later', type: 'upstream_error', code: 429 } },
    ],
    [
      'OpenRouter free per day',
      429,
      message('Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day', {
        code: 429,
        metadata: { headers: { 'X-RateLimit-Limit': '50', 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': '1741305600000' } },
      }),
    ],
    [
      'Vertex 429 quota',
      429,
      message(
        'Quota exceeded for aiplatform.googleapis.com/generate_content_requests_per_minute_per_project_per_base_model with base model: gemini-pro.',
        { status: 'RESOURCE_EXHAUSTED' },
      ),
    ],
    ['ModelArts rpm', 429, { error_code: 'ModelArts.81101', error_msg: 'Too many requests, exceeded rate limit is 3 times per minute.' }],
    ['Baidu qps', null, { error_code: 18, error_msg: 'Open api qps request limit reached' }],
    ['Baidu daily', null, { error_code: 17, error_msg: 'Open api daily request limit reached' }],
  ],
  'provider.context_exceeded': [
    [
      'Groq 413 tpm',
      413,
      message(
        'Request too large for model `llama-3.1-8b-instant` in organization `org_x` service tier `on_demand` on tokens per minute (TPM): Limit 6000, Requested 12328, please reduce your message size and try again. Need more tokens? Upgrade to Dev Tier today at https://console.groq.com/settings/billing',
        { type: 'tokens', code: 'rate_limit_exceeded' },
      ),
    ],
    [
      'DashScope range',
      400,
      message('<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 30720]', { code: 'invalid_parameter_error' }),
    ],
    ['Zhipu prompt', 400, message('Prompt 超长', { code: '1261' })],
    [
      'SiliconFlow too long',
      400,
      { code: 20015, message: 'length of prompt_tokens (33000) must be less than max_seq_len (32768).', data: null },
    ],
    [
      'xAI overflow',
      400,
      {
        code: 'Client specified an invalid argument',
        error: "This model's maximum prompt length is 131072 but the request contains 537812 tokens.",
      },
    ],
    [
      'Copilot prompt',
      400,
      message('prompt token count of 140000 exceeds the limit of 128000', { code: 'model_max_prompt_tokens_exceeded' }),
    ],
    [
      'Kimi limit',
      400,
      message('Invalid request: Your request exceeded model token limit: 262144 (requested: 269030)', { type: 'invalid_request_error' }),
    ],
    ['MiniMax window', 400, message('invalid params, context window exceeds limit (2013)', { type: 'bad_request_error' })],
    [
      'Together',
      422,
      message(
        'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8193. Given: 9000 `inputs` tokens and 512 `max_new_tokens`',
        { type: 'invalid_request_error' },
      ),
    ],
    ['TGI', 422, { error: 'Input validation error: `inputs` must have less than 4096 tokens. Given: 5000', error_type: 'validation' }],
    ['Together 2', 400, message("The input (5000 tokens) is longer than the model's context length (4096 tokens).")],
    ['Poolside', 400, message('Input length 131393 exceeds the maximum allowed input length of 131040 tokens.')],
    ['Parenthesized', 400, message("Input length (265330) exceeds model's maximum context length (262144).")],
    ['Perplexity', 400, message('The total length of all messages is too long.')],
    [
      'LM Studio',
      400,
      {
        error:
          'Trying to keep the first 9000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens, which is not enough. Try to load the model with a larger context length, or provide a shorter input',
      },
    ],
    ['LM Studio 2', 400, { error: 'The number of tokens to keep from the initial prompt is greater than the context length.' }],
    [
      'LM Studio 3',
      null,
      {
        error: {
          message:
            'Reached context length of 4096 tokens with model (arch: llama) that does not currently support mid-generation context overflow.',
        },
      },
    ],
    [
      'Vertex supports up to',
      400,
      message(
        'Unable to submit request because the input token count is 32825 but model only supports up to 32768. Reduce the input token count and try again.',
        { status: 'INVALID_ARGUMENT' },
      ),
    ],
    [
      'Vertex array',
      400,
      [
        {
          error: {
            code: 400,
            message: 'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).',
            status: 'INVALID_ARGUMENT',
          },
        },
      ],
    ],
    ['Bedrock too long', 400, { message: 'Input is too long for requested model.' }],
    [
      'Cohere',
      400,
      {
        message:
          'too many tokens: size limit exceeded by 19296 tokens. Try using shorter or fewer inputs. The limit for this model is 132000 tokens.',
      },
    ],
    [
      'llama.cpp n_ctx',
      400,
      message('request (19185 tokens) exceeds the available context size (16384 tokens), try increasing it', {
        code: 400,
        type: 'exceed_context_size_error',
        n_prompt_tokens: 19185,
        n_ctx: 16384,
      }),
    ],
    [
      'LiteLLM context',
      400,
      message(
        "litellm.ContextWindowExceededError: litellm.BadRequestError: ContextWindowExceededError: OpenAIException - This model's maximum context length is 16385 tokens.",
        { code: '400' },
      ),
    ],
    [
      'OpenAI tokens input',
      429,
      message(
        'Request too large for gpt-4o in organization org-x on tokens per min (TPM): Limit 30000, Requested 40000. The input or output tokens must be reduced in order to run successfully.',
        { type: 'tokens', code: 'rate_limit_exceeded' },
      ),
    ],
    ['Ollama prompt long', 400, { error: 'prompt too long; exceeded max context length by 2048 tokens' }],
    [
      'Cerebras',
      400,
      {
        message: 'Please reduce the length of the messages or completion. Current length is 9000 while limit is 8192',
        type: 'invalid_request_error',
        param: 'messages',
        code: 'context_length_exceeded',
      },
    ],
    [
      'vLLM tokens',
      400,
      {
        object: 'error',
        message:
          "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens (4500 in the messages, 500 in the completion).",
        type: 'BadRequestError',
        code: 400,
      },
    ],
    [
      'SGLang',
      400,
      {
        object: 'error',
        message: "The input (9000 tokens) is longer than the model's context length (8192 tokens).",
        type: 'BadRequest',
        code: 400,
      },
    ],
    ['TabbyAPI', 400, { detail: 'Prompt length 9000 is greater than max_seq_len 8192' }],
    ['nginx 413', 413, '<html><head><title>413 Request Entity Too Large</title></head></html>'],
  ],
  'provider.unavailable': [
    ['Groq 498', 498, message('flex tier capacity exceeded')],
    ['HF loading', 503, { error: 'Model x/y is currently loading', estimated_time: 20 }],
    ['llama.cpp loading', 503, message('Loading model', { code: 503, type: 'unavailable_error' })],
    ['koboldcpp busy', 503, { detail: { msg: 'Server is busy; please try again later.', type: 'service_unavailable' } }],
    ['LocalAI', 500, message('could not load model: rpc error: code = Unknown desc = failed loading model', { code: 500, type: '' })],
    ['Anthropic overloaded 529', 529, { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }],
    ['Google overloaded', 503, message('The model is overloaded. Please try again later.', { status: 'UNAVAILABLE' })],
    ['Google capacity', 503, message('No capacity available for model gemini-3-pro on the server', { status: 'UNAVAILABLE' })],
    ['Ollama runner', 500, { error: 'llama runner process has terminated: exit status 2' }],
    [
      'deepseek busy',
      503,
      message('Service is too busy. We advise users to temporarily switch to alternative LLM API service providers.', {
        type: 'service_unavailable_error',
      }),
    ],
    ['null busy', null, { error: 'Model is busy' }],
    [
      '502 with html',
      502,
      '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>',
    ],
    ['cloudflare 524', 524, '<!DOCTYPE html><title>x | 524: A timeout occurred</title>'],
    ['cloudflare 521', 521, 'error code: 521'],
    ['captive', 511, '<html>login'],
    ['json null 500', 500, null],
  ],
  'provider.content_filtered': [
    ['DeepSeek content risk', 400, message('Content Exists Risk', { type: 'invalid_request_error', code: 'invalid_request_error' })],
    [
      'OpenRouter moderation',
      403,
      {
        error: {
          message: 'openai/gpt-4 requires moderation on provider "OpenAI". Your input was flagged for "violence". No credits were charged.',
          code: 403,
          metadata: { reasons: ['violence'], flagged_input: 'x', provider_name: 'OpenAI' },
        },
      },
    ],
    [
      'Anthropic filter',
      400,
      { type: 'error', error: { type: 'invalid_request_error', message: 'Output blocked by content filtering policy' } },
    ],
    [
      'OpenAI invalid_prompt',
      400,
      message(
        'Invalid prompt: your prompt was flagged as potentially violating our usage policy. Please try again with a different prompt.',
        { type: 'invalid_request_error', code: 'invalid_prompt' },
      ),
    ],
    [
      'DashScope inspection',
      400,
      { code: 'data_inspection_failed', message: 'Input data may contain inappropriate content.', request_id: 'x' },
    ],
    [
      'DashScope inspection openai form',
      400,
      message('<400> InternalError.Algo.DataInspectionFailed: Output data may contain inappropriate content.', {
        type: 'data_inspection_failed',
        code: 'data_inspection_failed',
      }),
    ],
    [
      'Zhipu sensitive',
      400,
      message('系统检测到输入或生成内容可能包含不安全或敏感内容，请您避免输入易产生敏感内容的提示语，感谢您的配合', { code: '1301' }),
    ],
    ['Moonshot high risk', 400, message('The request was rejected because it was considered high risk', { type: 'content_filter' })],
    ['MiniMax', null, { base_resp: { status_code: 1026, status_msg: 'input new_sensitive' } }],
    [
      'xAI',
      403,
      {
        code: 'The caller does not have permission to execute the specified operation',
        error: 'Content violates usage guidelines. Team: x, API key ID: y, Model: grok-4, Failed check: SAFETY_CHECK_TYPE_BIO',
      },
    ],
    [
      'Volcengine sensitive',
      400,
      message('The request failed because the input text may contain sensitive information.', {
        code: 'SensitiveContentDetected',
        type: 'BadRequest',
      }),
    ],
    [
      'Azure filter',
      400,
      message(
        "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry.",
        {
          code: 'content_filter',
          status: 400,
          innererror: { code: 'ResponsibleAIPolicyViolation', content_filter_result: { jailbreak: { filtered: true, detected: true } } },
        },
      ),
    ],
    ['safety system', 400, message('Your request was rejected as a result of our safety system.', { code: 'moderation_blocked' })],
    ['google prohibited', 400, message('Request contains PROHIBITED_CONTENT')],
    ['ModelArts sensitive', 403, { error_code: 'ModelArts.81011', error_msg: 'May contain sensitive information, please try again.' }],
  ],
  'provider.quota': [
    [
      'OpenRouter key limit',
      403,
      message('Key limit exceeded (total limit). Manage it using https://openrouter.ai/settings/keys', { code: 403 }),
    ],
    [
      'OpenRouter credits/max tokens',
      402,
      message('This request requires more credits, or fewer max_tokens. You requested up to 65536 tokens, but can only afford 10114.', {
        code: 402,
      }),
    ],
    [
      'Volcengine overdue',
      403,
      message('The request failed because your account has an overdue balance. Request ID: x', {
        code: 'AccountOverdueError',
        type: 'Forbidden',
      }),
    ],
    [
      'DashScope arrearage',
      400,
      message('Access denied, please make sure your account is in good standing.', { type: 'Arrearage', code: 'Arrearage' }),
    ],
    [
      'DashScope free tier',
      403,
      message(
        'The free tier of the model has been exhausted. If you wish to continue access the model on a paid basis, please disable the "use free tier only" mode in the management console.',
        { code: 'AllocationQuota.FreeTierOnly' },
      ),
    ],
    ['Zhipu arrears', 429, message('您的账户已欠费，请充值后重试', { code: '1113' })],
    ['SiliconFlow balance', 403, { code: 30001, message: 'Sorry, your account balance is insufficient', data: null }],
    [
      'one-api quota',
      403,
      message('用户额度不足, 剩余额度: ＄0.000000 (request id: x)', { type: 'new_api_error', code: 'insufficient_user_quota' }),
    ],
    ['one-api token quota', 401, message('该令牌额度已用尽 TokenStatusExhausted[sk-abc***xyz] (request id: x)', { type: 'new_api_error' })],
    [
      'xAI credits',
      403,
      {
        code: 'The caller does not have permission to execute the specified operation',
        error: 'Your newly created team doesn’t have any credits or licenses yet. You can purchase those on https://console.x.ai/team/x.',
      },
    ],
    [
      'xAI spent',
      429,
      {
        code: 'Some resource has been exhausted',
        error:
          'Your team x has either used all available credits or reached its monthly spending limit. To continue making API requests, please purchase more credits or raise your spending limit.',
      },
    ],
    [
      'HF quota',
      402,
      {
        error:
          'You have exceeded your monthly included credits for Inference Providers. Subscribe to PRO to get 20x more monthly included credits.',
      },
    ],
    [
      'LiteLLM budget',
      400,
      message('Budget has been exceeded! Current cost: 10.1, Max budget: 10.0', { type: 'budget_exceeded', code: '400' }),
    ],
    [
      'Anthropic oauth usage',
      400,
      {
        type: 'error',
        error: {
          type: 'invalid_request_error',
          message: 'You have reached your specified API usage limits. You will regain access on 2026-01-01 at 00:00 UTC.',
        },
      },
    ],
    ['Venice balance', 402, { error: 'Insufficient USD or Diem balance to complete request.' }],
    [
      'Fireworks suspended',
      412,
      message(
        'Account x is suspended, possibly due to reaching the monthly spending limit or failure to pay past invoices. Please go to https://fireworks.ai/account/billing for more information.',
      ),
    ],
    [
      'Usage limit Kimi',
      403,
      message(
        "You've reached your usage limit for this billing cycle. Your quota will be refreshed in the next cycle. Upgrade to get more: https://www.kimi.com",
        { type: 'access_terminated_error' },
      ),
    ],
    [
      'Moonshot suspended',
      429,
      message('Your account org-x is suspended, please check your plan and billing details', { type: 'exceeded_current_quota_error' }),
    ],
    [
      'Insufficient quota zh',
      403,
      message('预扣费额度失败, 用户剩余额度: ¥0.1, 需要预扣费额度: ¥0.2', {
        type: 'new_api_error',
        code: 'pre_consume_token_quota_failed',
      }),
    ],
    [
      'prepaid',
      429,
      message('Your prepayment credits are depleted. Please go to AI Studio to manage your project and billing.', {
        status: 'RESOURCE_EXHAUSTED',
      }),
    ],
    ['403 quota', 403, message('Quota exceeded for this key')],
    ['ModelArts quota', 401, { error_code: 'ModelArts.81005', error_msg: 'The free quota has been used up.' }],
    ['not enough balance', 403, { code: 'NOT_ENOUGH_BALANCE', message: 'Insufficient balance' }],
  ],
  'model.missing': [
    [
      'Volcengine model not open',
      404,
      message(
        'Your account 21 has not activated the model doubao-pro. Please activate the model service in the Ark Console. Request id: x',
        { code: 'ModelNotOpen', type: 'NotFound' },
      ),
    ],
    [
      'Volcengine not found',
      404,
      message('The model or endpoint ep-1 does not exist or you do not have access to it. Request id: x', {
        code: 'InvalidEndpointOrModel.NotFound',
        type: 'NotFound',
      }),
    ],
    ['Zhipu no model', 400, message('模型不存在，请检查模型代码。', { code: '1211' })],
    ['SiliconFlow model', 400, { code: 20012, message: 'Model does not exist. Please check it carefully.', data: null }],
    ['one-api no channel', 503, message('当前分组 default 下对于模型 gpt-4o 无可用渠道 (request id: 1)', { type: 'one_api_error' })],
    [
      'new-api no channel en',
      503,
      message('No available channel for model gpt-9 under group default (distributor)', { type: 'new_api_error', code: 'model_not_found' }),
    ],
    [
      'xAI model',
      404,
      { code: 'Some requested entity was not found', error: 'The model grok-9 does not exist or your team x does not have access to it.' },
    ],
    ['Bedrock not entitled', 403, { message: "You don't have access to the model with the specified model ID." }],
    [
      'Bedrock on-demand',
      400,
      {
        message:
          'Invocation of model ID anthropic.claude-3 with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.',
      },
    ],
    [
      'HF router',
      400,
      message("The requested model 'x/y' is not supported by any provider you have enabled.", {
        type: 'invalid_request_error',
        code: 'model_not_supported',
      }),
    ],
    ['GitHub unknown model', 400, message('Unknown model: gpt-9', { code: 'unknown_model' })],
    [
      'Cloudflare model',
      400,
      { result: null, success: false, errors: [{ code: 7002, message: 'No such model @cf/x or task' }], messages: [] },
    ],
    ['llama-swap', 404, 'could not find real modelID for gpt-9'],
    [
      'LiteLLM key model',
      401,
      message("key not allowed to access model. This key can only access models=['gpt-4o']. Tried to access gpt-9", {
        type: 'key_model_access_denied',
        code: '401',
      }),
    ],
    [
      'LiteLLM invalid model',
      400,
      message('/chat/completions: Invalid model name passed in model=gpt-9. Call `/v1/models` to view available models for your key.', {
        code: '400',
      }),
    ],
    [
      'OpenAI responses only',
      404,
      message('This model is only supported in v1/responses and not in v1/chat/completions.', {
        type: 'invalid_request_error',
        param: 'model',
      }),
    ],
    [
      'OpenAI not chat',
      404,
      message('This is not a chat model and thus not supported in the v1/chat/completions endpoint. Did you mean to use v1/completions?', {
        type: 'invalid_request_error',
        param: 'model',
      }),
    ],
    ['Ollama no chat', 400, { error: '"nomic-embed-text:latest" does not support chat' }],
    ['Venice pro', 401, { error: 'This model is only available to Pro users' }],
    ['Nebius/FastAPI detail error', 404, { detail: { error: { message: 'Model x not found', type: 'model_not_found' } } }],
    ['Open WebUI model', 404, { detail: 'Model not found' }],
    ['Fireworks', 404, message('Model not found, inaccessible, and/or not deployed', { code: 'NOT_FOUND', object: 'error' })],
    ['DeepInfra', 404, { detail: { error: 'The model x does not exist' } }],
    [
      'Perplexity model',
      400,
      message("Invalid model 'pplx-7b'. Permitted models can be found in the documentation at https://docs.perplexity.ai", {
        type: 'invalid_model',
        code: 400,
      }),
    ],
    [
      'Groq terms',
      400,
      message('The model `x` requires terms acceptance. Please have the org admin accept the terms at https://console.groq.com', {
        code: 'model_terms_required',
      }),
    ],
    ['vLLM no such', 404, { object: 'error', message: 'The model `x` does not exist.', type: 'NotFoundError', param: null, code: 404 }],
    ['tabby no model', 400, { detail: 'No models are currently loaded.' }],
    ['textgen', 500, { detail: 'model is not loaded' }],
    [
      '400 about the policy of data',
      404,
      message(
        'No endpoints available matching your guardrail restrictions and data policy. Configure: https://openrouter.ai/settings/privacy',
        { code: 404 },
      ),
    ],
    ['openrouter no endpoints tool', 404, message('No endpoints found that support tool use.')],
    ['region ok word in model id', 404, message('The model `eu-region-llama` does not exist')],
  ],
  'provider.auth': [
    ['Zhipu auth', 401, message('身份验证失败', { code: '1000' })],
    ['SiliconFlow token words', 401, 'Invalid token'],
    ['one-api bad token', 401, message('无效的令牌 (request id: x)', { type: 'new_api_error' })],
    [
      'xAI key',
      400,
      {
        code: 'Client specified an invalid argument',
        error: 'Incorrect API key provided: xa***yz. You can obtain an API key from https://console.x.ai.',
      },
    ],
    ['Bedrock security token', 403, { message: 'The security token included in the request is invalid.' }],
    ['Cohere invalid', 401, { message: 'invalid api token' }],
    ['HF token', 401, { error: 'Invalid username or password.' }],
    ['GitHub bad credentials', 401, { message: 'Bad credentials', documentation_url: 'https://docs.github.com/rest', status: '401' }],
    ['GitHub PAT', 400, 'bad request: Personal Access Tokens are not supported for this endpoint'],
    ['Cloudflare auth', 401, { result: null, success: false, errors: [{ code: 10000, message: 'Authentication error' }], messages: [] }],
    [
      'LiteLLM auth',
      401,
      message(
        'Authentication Error, Invalid proxy server token passed. Received API Key = sk-...1234, Key Hash (Token) =abc. Unable to find token in cache or `LiteLLM_VerificationTokenTable`',
        { type: 'token_not_found_in_db', code: '401' },
      ),
    ],
    ['OpenAI no billing', 401, message('You must be a member of an organization to use the API.', { type: 'invalid_request_error' })],
    [
      'Anthropic permission',
      403,
      {
        type: 'error',
        error: { type: 'permission_error', message: 'Your API key does not have permission to use the specified resource.' },
      },
    ],
    ['Google key expired', 400, message('API key expired. Please renew the API key.', { status: 'INVALID_ARGUMENT' })],
    ['Google leaked', 403, message('Your API key was reported as leaked. Please use another API key.', { status: 'PERMISSION_DENIED' })],
    [
      'Google SERVICE_DISABLED',
      403,
      message(
        'Generative Language API has not been used in project 1 before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/x then retry.',
        { status: 'PERMISSION_DENIED' },
      ),
    ],
    [
      'Azure key',
      401,
      message(
        'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.',
        { code: '401' },
      ),
    ],
    ['Azure firewall', 403, message('Access denied due to Virtual Network/Firewall rules.', { code: 'AccessDenied' })],
    ['Ollama cloud unauthorized', 401, { error: 'unauthorized' }],
    ['Open WebUI detail', 401, { detail: '401 Unauthorized' }],
    ['Open WebUI not auth', 403, { detail: 'Not authenticated' }],
    ['Mistral 401', 401, { detail: 'Unauthorized' }],
    ['Kong', 401, { message: 'No API key found in request' }],
    ['AWS gateway', 403, { message: 'Missing Authentication Token' }],
    ['AWS gateway forbidden', 403, { message: 'Forbidden' }],
    ['Groq restricted', 403, message('Forbidden', { type: 'invalid_request_error' })],
    [
      'Groq org restricted',
      400,
      message('Organization has been restricted. Please reach out to support if you believe this was in error.', {
        type: 'invalid_request_error',
        code: 'organization_restricted',
      }),
    ],
    ['vertex array perm', 403, [{ error: { code: 403, message: 'Permission denied', status: 'PERMISSION_DENIED' } }]],
    ['empty body 401', 401, ''],
    ['Baidu token', null, { error_code: 110, error_msg: 'Access token invalid or no longer valid' }],
    ['Spark', null, { code: 11200, message: 'AppIdNoAuthError', sid: 'x' }],
    ['Hunyuan', null, { Response: { Error: { Code: 'AuthFailure.SecretIdNotFound', Message: 'The SecretId is not found' } } }],
  ],
  'provider.address': [
    [
      'Cloudflare route',
      404,
      {
        result: null,
        success: false,
        errors: [
          {
            code: 7003,
            message: 'Could not route to /client/v4/accounts/x/ai/v1/chat/completions, perhaps your object identifier is invalid?',
          },
        ],
        messages: [],
      },
    ],
    [
      'Cloudflare method',
      405,
      { result: null, success: false, errors: [{ code: 7001, message: 'GET not supported for requested URI.' }], messages: [] },
    ],
    ['Cloudflare 7000', 400, { errors: [{ message: 'No route for that URI', code: 7000 }], success: false, result: {}, messages: [] }],
    ['Azure api version', 404, message('Resource not found', { code: '404' })],
    ['Azure api version unsupported', 400, { error: { code: 'BadRequest', message: 'API version not supported' } }],
    ['Kong route', 404, { message: 'no Route matched with those values' }],
    ['Spring', 404, { timestamp: 'x', status: 404, error: 'Not Found', path: '/v1/chat/completions' }],
    ['Laravel', 404, { message: 'The route v1/chat/completions could not be found.' }],
    ['nest', 404, { statusCode: 404, message: 'Cannot POST /chat/completions', error: 'Not Found' }],
    ['empty 404', 404, ''],
  ],
  'provider.rejected': [
    [
      'OpenAI o-series temperature',
      400,
      message("Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", {
        code: 'unsupported_parameter',
      }),
    ],
    [
      'pydantic echo',
      422,
      {
        detail: [
          {
            type: 'extra_forbidden',
            loc: ['body', 'seed'],
            msg: 'Extra inputs are not permitted',
            input: { messages: [{ content: 'What is a rate limit? My invalid api key, billing, prompt is too long' }] },
          },
        ],
      },
    ],
    [
      'Groq failed generation echo',
      400,
      message('Failed to generate JSON.', { code: 'json_validate_failed', failed_generation: 'invalid api key billing' }),
    ],
    ['cloudflare challenge', 403, '<!DOCTYPE html><title>Just a moment...</title>'],
    ['empty body 400', 400, ''],
    ['json array 400', 400, []],
    ['number', 400, 42],
    ['billing in a link only', 400, message('Something is off, see https://x.example/billing?rate_limit=1&api_key_invalid')],
    ['unsupported content type', 415, message('Unsupported Media Type')],
    ['messages alternate', 400, message('messages: roles must alternate between "user" and "assistant"')],
    ['empty content', 400, message('messages.1: all messages must have non-empty content')],
    ['reasoning passed back', 400, message('The `reasoning_content` in the thinking mode must be passed back to the API.')],
    ['unsupported value for role', 400, message("Invalid value: 'developer'. Supported values are: 'system', 'assistant', 'user'.")],
    ['model param missing', 400, message('you must provide a model parameter')],
    ['parameter not found', 400, message('required parameter messages not found in request')],
  ],
  'provider.region': [
    [
      'OpenAI region body in 403',
      403,
      {
        error: {
          code: 'unsupported_country_region_territory',
          message: 'Country, region, or territory not supported',
          param: null,
          type: 'request_forbidden',
        },
      },
    ],
    [
      'Google region list',
      400,
      message('User location is not supported for the API use without a billing account linked.', { status: 'FAILED_PRECONDITION' }),
    ],
    ['Anthropic region page', 403, '<html><title>App unavailable in region</title></html>'],
    ['Mistral region', 403, { message: 'Access denied: your country is blocked' }],
  ],
};

describe.each(Object.entries(said))('%s', (code, failures) => {
  it.each(failures)('%s (%s)', (_server, status, body) => expect(failureCode(readFailure(status, body, null))).toBe(code));
});
