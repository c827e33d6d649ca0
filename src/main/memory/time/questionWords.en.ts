import type { QuestionWords } from './questionWords';

const adverbs =
  '(?:(?:ever|already|last|first|even|actually|recently|just|also|really|previously|once|all|both|not|originally|initially|finally|only|usually|normally|end up|get to|get round to|get around to|happen to|at any point|still) )*';
/** Verbs of talking and deciding together. */
const talk = {
  base: 'talk|speak|discuss|mention|say|decide|agree|chat|bring up|bring|cover|go over|go through|conclude|settle|recommend|suggest|advise|explain|propose|promise|share|describe|complain|refer|address|touch on|review|brainstorm|debate|consult|answer|reply|confirm|vent|rant|confide|come up with|discussing|note|plan|name|raise|tell (?:you|u|ya)|ask (?:you|u|about|for)|land on|leave off|leave it|stop|end up|wrap up|work out|figure out',
  past: 'talked|spoke|spoken|discussed|mentioned|said|decided|agreed|chatted|brought up|covered|went over|gone over|went through|gone through|concluded|settled|recommended|suggested|advised|explained|proposed|promised|shared|described|complained|referred|addressed|touched on|reviewed|brainstormed|debated|consulted|answered|replied|confirmed|vented|ranted|confided|came up with|noted|planned|named|raised|told (?:you|u|ya)|asked (?:you|u|about|for)|landed on|left off|gave you|sent you|showed you|wrote (?:to )?you',
  going:
    'talking|speaking|discussing|mentioning|saying|telling (?:you|u)|asking (?:you|u)|chatting|debating|planning|complaining|going over|on about|describing|explaining',
};
const answer = {
  base: 'say|tell|recommend|suggest|advise|explain|propose|mention|answer|reply|give|write|show|teach|share|list|describe|promise|ask|talk|pick|come up with',
  past: 'said|told|recommended|suggested|advised|explained|proposed|mentioned|answered|replied|gave|given|wrote|written|showed|shown|taught|shared|listed|described|promised|asked|talked|picked|came up with',
};
const conversations = '(?:conversations?|chats?|discussions?|exchanges?(?! rate)|talks?|messages?|sessions?|threads?)';
const people =
  '(?:mother|mom|mum|father|dad|son|daughter|wife|husband|partner|sister|brother|boss|manager|friend|colleague|cousin|aunt|uncle|grandmother|grandfather|grandma|grandpa|girlfriend|boyfriend|kids?|children|parents|cat|dog|baby)';

/** How people ask about the past in English. */
export const englishQuestions: QuestionWords = {
  askedTalk: new RegExp(
    `\\b(?:did|have|had) (?:we|i) ${adverbs}(?:${talk.base}|${talk.past})\\b|\\b(?:was|were) (?:we|i) ${adverbs}(?:${talk.going})\\b|\\b(?:have|had) (?:we|i) ${adverbs}been ${adverbs}(?:${talk.going})\\b|\\b(?:did|has|have|had)\\b.{1,60} (?:come|came) up\\b|\\bcame up (?:in|during|with us|this|last|on|since|between|today|yesterday)|^(?:so |and )?(?:which|what) .*\\bcame up\\b`,
  ),
  toldTalk: new RegExp(
    `\\b(?:we|i)(?: ve| had| have| d| was| were)? ${adverbs}(?:${talk.past}|been ${talk.going}|(?<=(?:was|were) ${adverbs})(?:${talk.going}))\\b|\\bme (?:saying|telling|mentioning|talking)\\b|\\byou(?: ve| had| have| d)? ${adverbs}(?:(?:${answer.past}) (?:\\S+ ){0,6}?(?:me|us)\\b|recommended|suggested|advised|proposed|told me|said|taught me)`,
  ),
  usualTalk: new RegExp(
    `\\bhow (?:often|many times|frequently) (?:do|does|am|are) (?:we|i|you) ${adverbs}(?:${talk.base}|${talk.going})\\b`,
  ),
  askedAnswer: new RegExp(
    `\\b(?:did|have|had|were) you ${adverbs}(?:${answer.base}|${answer.past}|telling|saying|recommending|suggesting|critici[sz]e|warn|warned|offer|offered|call|called|find|found|note|noted|quote|quoted|summari[sz]e|help|helped|send|sent|correct|translate|draft|calculate|compare|praise|argue)\\b`,
  ),
  passiveTalk:
    /\b(?:was|were|been|got|get) (?:ever |last |first |already )?(?:discussed|decided|agreed|mentioned|talked about|brought up|covered|said|settled)\b(?!.* (?:by|at|in the|in parliament))/,
  ownConversation: new RegExp(
    `\\b(?:our|my|your) (?:\\w+ ){0,2}${conversations}\\b(?! (?:\\w+ )?with (?!you))|\\b(?:our|my) (?:\\w+ ){0,2}(?:decisions?|agreements?|conclusions?|questions? to you|requests? to you)\\b|\\byour (?:\\w+ )?(?:answers?|advice|suggestions?|recommendations?|reply)\\b|\\b(?:most recent|latest|last|first|previous|earliest) (?:conversation|chat|discussion|talk|exchange)s?\\b(?! rate| (?:\\w+ )?with (?!you))|\\bthe last time (?:we|i) ${adverbs}(?:${talk.past}|met here)`,
  ),
  conversation: new RegExp(`\\b(?:the |all |any |every )?(?:\\w+ )?${conversations}\\b(?!.* with (?!you))`),
  ownWriting: /\b(?:my|our|your|all) (?:\w+ )?(?:questions?|answers?|requests?|prompts?|replies)\b/,
  askedPast:
    /\b(?:did|were|have|had) (?:\w+ ){1,2}and i\b|\b(?:did|was|were|had|have) (?:i|we)\b(?! (?:got to|to|right|wrong|supposed|allowed|meant)\b)|\bdid it take (?:for )?(?:me|us)\b|\b(?:passed|elapsed|went by) (?:since|between|from|after) my\b/,
  toldPast:
    /\b(?:i|we)(?: (?:first|last|once|already|actually|only|just|recently|even|also|never))? (?:was|were|had|did|went|lived|(?!(?:need|feed|proceed|succeed|exceed|indeed)\b)\w{2,}ed|met|saw|bought|sold|ate|made|got|left|began|took|wrote|read|ran|spent|found|lost|paid|felt|thought|came|became|chose|drove|flew|broke|gave|sent|slept|swam|taught|won|knew|kept|heard|built|drank|forgot|quit|put|cut|hurt|hit|split|fell|rode|sang|stood|held|led|wore|drew|grew|threw|woke|dreamt|learnt|lent|sat|stole|swore|dealt|caught|brought|sought|fought|hid|rang|rose)\b/,
  untilNow:
    /\bsince when (?:have|am|do|did|had) (?:i|we)\b|\bhow (?:long|many \w+) (?:have|had) (?:i|we)\b|\bhow (?:long|many \w+) (?:has|have) (?:it been|passed) since (?:i|we|my)\b/,
  toPerson: /\b(?:me|us|recommend\w*|suggest\w*|advise\w*)\b/,
  why: /^(?:and |so |but )?why\b/,
  filler: /\b(?:on|in|at|the|and|so|ok|back|during|over|around|hey|hi|but)\b/g,
  ownPeople: new RegExp(
    `\\b(?:did|was|were|has|had) my (?:\\w+ )?${people}\\b|\\b(?:did|has|had|have) \\w+ (?:\\w+ )?(?:tell|told|say|said|ask|asked|give|given|send|sent|promise|promised|call|called|visit|visited|write|written|lend|lent|owe|show|shown) (?:to )?(?:me|us)\\b`,
  ),
  ownThen:
    /\b(?:was|were) (?:on )?my (?!(?:\w+ )?(?:contract|lease|file|report|account|invoice|order|balance|subscription|policy)\b)\w+|\b(?:happened|occurred|mattered|occurring|happening) to (?:me|us)\b|\b(?:was|were) \w+ing (?:me|us)\b|\bmade (?:me|us)\b/,
  ofOthers:
    /^(?:so |and )?who (?!was\b|were\b|did\b|had\b|have\b|do\b|i\b|we\b|else\b)\w+|\b(?:can|could|should|would|may|might|must|will|shall|do|does|am) (?:i|we|it|they|he|she|one|this|the|my)\b|\bis (?:it|this|that|there)\b|\bhow to \w+|^(?:when|where|what time) (?:does|do|is|are) (?!i\b|we\b)/,
  relative:
    /\b(?:decisions?|things?|everything|anything|all|topics?|plans?|choices?|promises?|ideas?|times?|questions?|places?|people|books?|films?|movies?) (?:that )?(?:i|we)\b/,
  impersonalPast: null,
  worldly:
    /\b(?:did|have|had) we (?:\w+ )?(?:discover(?:ed)?|land(?:ed)? on the|invent(?:ed)?|walk(?:ed)? on the|evolve(?:d)?|abolish(?:ed)?|win the|won the|lose the|lost the|gain|stop using|start using|find out that|send (?:a|the first))\b|\bwe (?:\w+ )?(?:humans|as a species)\b|\b(?:humans|mankind|humanity)\b/,
  document:
    /\b(?:in|from|of|to) (?:this|that|the|these|my|attached|our) (?:\w+ )?(?:files?|documents?|pdf|contract|report|minutes|lease|article|text|spreadsheet|table|page|chapter|book|paper|transcript|excerpt|section|code|repo|repository|log|logs|novel|story|film)\b|\battached\b|\bin (?:section|chapter|page|clause|article) /,
  source: /\b(?:according to|as per) (?!you\b|me\b)/,
  interrogative: /^(?:so |and |but )?(?:was|were|did|had|have) \w|\b(?:what|when|where|which|who|whom|whose|why|how|whats|wheres|whens)\b/,
  openQuestion:
    /^(?:(?:so|and|but|hey|ok|okay|uh|um|yo|well|like|on|in|at|the|back|wait|during|from) )*(?:wh?at(?! (?:i|we|you) .*\b(?:was|is|were|are)\b)|whats|(?:when|where|why|how) (?:was|were|did|have|had|has|do|s|come|often|long|many|much|i|we)\b|where (?:i|we)|which|who|whom|whose|was|were|did|have|had|has|since when|until when|till when)\b/,
  fragment: /^(?:(?:the|our|my) )?(?:very )?(?:last|first|most recent) (?:times?|conversation|chat|discussion)\b/,
  subordinate: /(?<!\b(?:until|since|till) )\b(?:when|while|if|because|since|after|before|as)(?: \w+)? $/,
  request:
    /^(?:(?:please|pls|hey|hi|ok|okay|so|and|then|now|just|kindly|but) )*(?:(?:can|could|would|will) (?:you|u) )?(?:please |pls )?(?:show|give me|find|search|look up|pull up|list|get|fetch|summari[sz]e|sum up|recap|recall|go back to|check|bring up|quote|retrieve|repeat|everything|anything|all (?:that )?(?:i|we)|remember|rember|forgot|not sure|no idea|what about)\b|\b(?:any idea|no idea|remind (?:me|us)|tell me|tell us|show me|show us|give me|refresh my memory|(?:can|could|do|does|don|did|didn)(?: ?t| not)?(?: (?:you|u|i))?(?: even| still| quite| really)? (?:remember|recall)|(?:you|u) (?:remember|recall)|cant remember|cannot remember|i (?:have )?(?:forgot|forgotten|forget)|i m not sure|i wonder|i (?:d like|want|would like) to (?:know|see|find|reread|review)|let me know|do you know|catch me up|can you find|could you find)\b/,
  task: /^(?:(?:please|pls|hey|hi|ok|okay|so|and|then|now|also|just|kindly) )*(?:(?:can|could|would|will) (?:you|u) (?:please )?)?(?:please )?(?:help me (?:to )?)?(?:write|draft|translate|correct|fix|rewrite|rephrase|reword|paraphrase|proofread|plan|schedule|create|generate|compose|convert|add|book|set|send|build|prepare|design|code|implement|calculate|compute|suppose|imagine|pretend|edit|improve|make|turn|put|use|continue|let me (?:tell|explain|share|describe)|i (?:ll|will|want to|m going to|d like to|wanted to) (?:tell|share|explain)|remind me (?:to|tomorrow|on|next|in|at|later|every|about)|how do (?:you|i|we) (?:say|write|spell|ask|translate)|what does)\b/,
  account:
    /\b(?:summary|recap|list|timeline|overview|chronology|account|digest)\b.{0,40}\b(?:what|everything|all|our|topics|things) (?:\w+ )?(?:we|i|you|conversations?|discussions?|chats?|decisions?|talks?)\b|^(?:\w+ ){0,3}remind me (?:about|on \w+ what|in) (?:what|our|the conversation)/,
  pointing:
    /\b(?:which|what|who|where|when|how)\b.*\b(?:was|were|did|does)\b.*\b(?:it|its|they|them|their|that|one|ones|those)\b|\b(?:what|who|where) (?:s|is|are|were) (?:its|their)\b|\bwhich ones?\b|^(?:which|what) (?:one|ones)\b|^(?:which|what)(?: \w+)? (?:was|were) (?:it|that|they)\b|\b(?:can|could|would|will) (?:you|u) (?:please )?(?:find|repeat|show|give|tell|remind|pull|bring|send|quote|resend|retrieve|recall|remember)\b.*\b(?:it|them|that|those|again|me)\b/,
  tag: /^(?:right|no|yes|correct|didn t (?:we|i|you)|haven t (?:we|i|you)|wasn t (?:it|i)|isn t it|did (?:we|i) not|yeah|huh|or (?:not|no))$/,
  bareRequest:
    /\b(?:what happened|what s new|whats new|what is new|recap|summary|summari[sz]e|overview|timeline|catch me up|what about|digest|my week|my day|anything)\b/,
  small:
    /\b(?:a|an|the|of|for|on|in|to|me|please|give|show|can|could|you|what|happened|what s|whats|s|is|new|recap|summary|summari[sz]e|overview|timeline|catch|up|about|digest|my|week|day|month|year|anything|and|so|quick|short|brief|has|have|had|changed|change|is|different|how|did|things|between|us|exactly|else|all|over|during|from|make|been|going)\b/g,
  ownThing:
    /\b(?:i|me|my|we|our|us|mine|plans?|projects?|opinion|mind|situation|budget|decisions?|mood|goals?|priorities|preferences|views?|schedule)\b/g,
  ownChange: /\b(?:my|our)\b.*\bchange[ds]?\b|\bchange[ds]? .*\b(?:my|our)\b/,
  kinds: [
    [/\b(?:changed|change|has changed|different) .*(?:since|between|after|over|in)|\bwhat(?: has| have| s)? changed\b/, 'changes'],
    [/\b(?:how (?:often|frequently)|how many (?:times|conversations|chats|discussions|messages)|number of times)\b/, 'count'],
    [
      /\b(?:since|until|till) when\b|\bhow long\b(?! ago)|\bhow many (?:\w+ )?(?:minutes|hours|days|nights|weeks|months|years)\b(?! ago)/,
      'duration',
    ],
    [
      /\bfirst (?:time|mention\w*|talk\w*|spoke|speak|discuss\w*|t\w+|ask\w*|said|say|came|come|brought|bring|met|meet)\b|\bmy first\b|\bour first\b|\bfirst \w+ (?:that )?(?:i|we)\b|\b(?:did|have|had) (?:i|we) .*\bfirst\b/,
      'first',
    ],
    [
      /\blast time\b|\b(?:did|have|had) (?:i|we|you) last\b|\b(?:i|we) last \w+|\blast (?:mention\w*|talk\w*|spoke|speak|discuss\w*|came|come|brought|bring)\b|\bmost recent(?:ly)?\b/,
      'last',
    ],
    [
      /\b(?:when|what (?:day|date|month|year|time)|which (?:day|date|month|year|week)|how long ago|how many \w+ ago|on what (?:day|date)|whens|(?:date|time|day) of (?:our|my))\b/,
      'when',
    ],
  ],
  timeWord:
    /\b(?:ever|already|before|previously|earlier|recently|lately|once|used to|so far|before (?:i|we)|until now|up to now|originally|initially|the other (?:day|week|night)|back then|ago|just (?:now|said|asked)|when (?:i|we) (?:was|were|lived|worked|studied))\b/,
  topicBefore: /\b(?:about|abt|regarding|concerning|of|from|for|to|by|re)(?: the| my| our)? $/,
  conversationBefore: new RegExp(
    `\\b(?:${conversations}|questions?|answers?|advice|suggestions?|decisions?|topics?|days?|evenings?|mornings?|parts?|moments?|times?|recap|summary|overview|timeline|transcript|history|everything|anything)(?: (?:we|i) had)? (?:of|from|for)(?: the)? $|(?:^| )back (?:from|to)(?: the)? $|\\b${conversations}\\b.* from(?: the)? $|^from $`,
  ),
  topicAfter: new RegExp(
    `^ s (?!(?:\\w+ )?(?:${conversations}|questions?|answers?|decisions?|topics?|advice)\\b)\\w|^ (?:meeting|deadline|report|email|appointment|invoice|budget|contract|trip|party|deal|release|edition|issue|newsletter|minutes|holidays?|break|vacation|sales?|coat|games|olympics|term|semester)\\b`,
  ),
  saidThat: new RegExp(
    `\\b(?:${talk.base}|${talk.past}|${answer.base}|${answer.past})(?: (?:you|me|us|u))? (?:that (?!day|time|week|month|year|evening|morning|night)|(?:was|were|is|are|would|will) \\w|(?:my|our|the|his|her|their) (?:\\w+ ){1,3}(?:was|were|is|are|would|will)\\b|(?:i|we|he|she|they|it) (?:d|would|will|ll|am|m|was|were|is|should|could|had to)\\b)`,
  ),
  planned: /\b(?:decided?|plan(?:ned)?|agreed?|promised?|going|told (?:you|me)|tell (?:you|me)|asked? (?:you|me)|meant) to \w+/,
};
