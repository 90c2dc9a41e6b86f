import { join } from 'node:path'
import { responderLimits, responderRuleSchema, type ResponderRule } from '#shared/model/responder'
import type { AppError, Result } from '#shared/result'
import { createJsonFile } from './jsonFile'
import { isRecord, listOf, readEntries } from './readEntries'
import { noticesOf } from './setAsideNotice'
import type { StoreOptions } from './storeOptions'

export interface ResponderRuleStore {
  readonly notices: readonly AppError[]
  current(): readonly ResponderRule[]
  save(rules: readonly ResponderRule[]): Promise<Result<null>>
  settled(): Promise<void>
}

/** What `responder.json` holds. `setAside` are rules this version could not read, as they stood in the file. */
interface RuleFileContent {
  readonly rules: readonly ResponderRule[]
  readonly setAside: readonly unknown[]
}

interface ParsedRules extends RuleFileContent {
  readonly newlySetAside: number
}

/** One rule that cannot be read loses none of the others. Throws when there is no list at all. */
const parseRules = (content: unknown): ParsedRules => {
  if (!isRecord(content) || !Array.isArray(content['rules'])) throw new Error('The file has no list of rules.')
  const { read, unread, newlyUnread } = readEntries(responderRuleSchema, content['rules'], listOf(content['setAside']))
  const rules = [...new Map(read.map((rule) => [rule.id, rule])).values()]
  return { rules: rules.slice(0, responderLimits.rules), setAside: unread, newlySetAside: newlyUnread }
}

/** The rules by which requests are answered, in `responder.json`. Whether they are on is not kept: nothing answers unasked. */
export const createResponderRuleStore = async ({ dataDir, now }: StoreOptions): Promise<ResponderRuleStore> => {
  const file = createJsonFile<RuleFileContent>({
    path: join(dataDir, 'responder.json'),
    version: 1,
    parse: parseRules,
    defaults: (): ParsedRules => ({ rules: [], setAside: [], newlySetAside: 0 }),
    now,
  })
  const loaded = await file.load()
  const { setAside, newlySetAside, rules: first } = loaded.value as ParsedRules
  let rules: readonly ResponderRule[] = first
  return {
    notices: noticesOf(loaded.notice, 'responder.json', newlySetAside),
    current: () => rules,
    save: (changed) => {
      rules = changed
      return file.save({ rules: changed, setAside })
    },
    settled: file.settled,
  }
}
