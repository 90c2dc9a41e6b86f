import { join } from 'node:path'
import { mostSenderPlans, senderPlanSchema, type SenderPlan } from '#shared/model/sender'
import type { AppError, Result } from '#shared/result'
import { createJsonFile } from './jsonFile'
import { isRecord, listOf, readEntries } from './readEntries'
import { noticesOf } from './setAsideNotice'
import type { StoreOptions } from './storeOptions'

export interface SenderPlanStore {
  readonly notices: readonly AppError[]
  current(): readonly SenderPlan[]
  save(plans: readonly SenderPlan[]): Promise<Result<null>>
  settled(): Promise<void>
}

/** What `senders.json` holds. `setAside` are plans this version could not read, as they stood in the file. */
interface PlanFileContent {
  readonly plans: readonly SenderPlan[]
  readonly setAside: readonly unknown[]
}

interface ParsedPlans extends PlanFileContent {
  readonly newlySetAside: number
}

/** The plans of senders that were given a name, in `senders.json`. */
export const createSenderPlanStore = async ({ dataDir, now }: StoreOptions): Promise<SenderPlanStore> => {
  const file = createJsonFile<PlanFileContent>({
    path: join(dataDir, 'senders.json'),
    version: 1,
    parse: parsePlans,
    defaults: (): ParsedPlans => ({ plans: [], setAside: [], newlySetAside: 0 }),
    now,
  })
  const loaded = await file.load()
  const { setAside, newlySetAside, plans: first } = loaded.value as ParsedPlans
  let plans: readonly SenderPlan[] = first
  return {
    notices: noticesOf(loaded.notice, 'senders.json', newlySetAside),
    current: () => plans,
    save: (changed) => {
      plans = changed
      return file.save({ plans: changed, setAside })
    },
    settled: file.settled,
  }
}

/** One plan that cannot be read loses none of the others. Throws when there is no list at all. */
const parsePlans = (content: unknown): ParsedPlans => {
  if (!isRecord(content) || !Array.isArray(content['plans'])) throw new Error('The file has no list of plans.')
  const { read, unread, newlyUnread } = readEntries(senderPlanSchema, content['plans'], listOf(content['setAside']))
  const plans = [...new Map(read.map((plan) => [plan.id, plan])).values()]
  return { plans: plans.slice(0, mostSenderPlans), setAside: unread, newlySetAside: newlyUnread }
}
