import { responderLimits, type ResponderRule } from '#shared/model/responder'
import { emptyMessage } from '#shared/model/publish'

/** A rule for requests under a filter, to be written further. */
export const newRule = (connectionId: string, { filter = '', qos = emptyMessage.qos } = {}): ResponderRule => ({
  id: crypto.randomUUID(),
  connectionId,
  filter,
  answer: { ...emptyMessage, qos, isTemplate: true },
  perSecond: responderLimits.perSecond.first,
})
