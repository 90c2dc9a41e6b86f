import type { SenderPlan } from '#shared/model/sender'
import { isOnDisk, isTemplateDraft, type DraftTab } from '../composer/draft'
import { messageWith } from '../library/libraryChanges'

/** A draft that is sent every so many milliseconds until it is stopped; what a broker cannot keep up with is left out. */
export const repeatPlan = (draft: DraftTab, everyMs: number): SenderPlan => ({
  id: draft.id,
  name: draft.name,
  source: { kind: 'message', ...repeated(draft) },
  pace: { kind: 'interval', everyMs },
  shape: { rampMs: 0, burst: 1, jitter: 0 },
  end: { count: null, afterMs: null },
  devices: { count: 1, clients: 'shared', clientId: '' },
  whenSlow: 'skip',
})

const repeated = (draft: DraftTab) => {
  const { file } = draft
  const message = { ...draft.message, isTemplate: isTemplateDraft(draft) }
  if (!file) return { message }
  return isOnDisk(file) ? { message, fileToken: file.token } : { message: messageWith(message, file.bytes) }
}
