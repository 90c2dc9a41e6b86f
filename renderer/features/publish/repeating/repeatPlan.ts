import type { SenderPlan } from '#shared/model/sender'
import { planFor } from '../../../model/senderPlan'
import type { App } from '../../../state/app'
import type { DraftTab } from '../composer/draft'
import { sendableFrom } from '../senders/plan/sentMessages'

/** A draft that is sent every so many milliseconds until it is stopped; what a broker cannot keep up with is left out. */
export const repeatPlan = (app: App, draft: DraftTab, everyMs: number): SenderPlan =>
  planFor(
    { kind: 'message', ...sendableFrom(app, draft) },
    { id: draft.id, name: draft.name, pace: { kind: 'interval', everyMs } },
  )
