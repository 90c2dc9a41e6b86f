import { senderLimits, type SenderPlan } from '#shared/model/sender'
import { fail } from '#shared/result'

/** What of a plan does not go together, each part being right by itself; null = all of it does. */
export const invalidPlan = ({ source, pace, devices }: SenderPlan) => {
  if (pace.kind === 'pauses' && source.kind !== 'list')
    return fail('invalidInput', 'Only a list has pauses.', { field: 'plan.pace' })
  if (pace.kind === 'recorded' && source.kind !== 'recording')
    return fail('invalidInput', 'Only a recording has times of its own.', { field: 'plan.pace' })
  const limit = senderLimits.ownClients
  if (devices.clients === 'own' && devices.count > limit)
    return fail('tooManyClients', `At most ${limit} devices have clients of their own.`, { values: { limit } })
  return null
}
