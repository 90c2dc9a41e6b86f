import type { SenderPlan, SenderStatus } from '#shared/model/sender'

/** A line of the list: a plan with what became of it on the connection in view, or what sends elsewhere or without a plan. */
export interface SenderRowOf {
  readonly key: string
  readonly senderId: string
  readonly connectionId: string
  /** Null = what a draft repeats, or a plan that is gone. */
  readonly plan: SenderPlan | null
  /** Null = it was not started here in this run. */
  readonly status: SenderStatus | null
}

/** First what belongs to one connection: plans in their order, then what drafts repeat; then what sends to the others. */
export const senderRows = (
  connectionId: string,
  plans: readonly SenderPlan[],
  statuses: readonly SenderStatus[],
): readonly SenderRowOf[] => {
  const planOf = new Map(plans.map((plan) => [plan.id, plan]))
  const inOrder = statuses.toSorted((one, other) => one.startedAt - other.startedAt)
  const rowOf = (status: SenderStatus): SenderRowOf => ({
    ...keysOf(status),
    plan: planOf.get(status.senderId) ?? null,
    status,
  })
  const here = new Map(
    inOrder.filter((one) => one.connectionId === connectionId).map((one) => [one.senderId, one] as const),
  )
  return [
    ...plans.map((plan): SenderRowOf => {
      const status = here.get(plan.id) ?? null
      return { ...keysOf({ connectionId, senderId: plan.id }), plan, status }
    }),
    ...[...here.values()].filter(({ senderId }) => !planOf.has(senderId)).map(rowOf),
    ...inOrder.filter((one) => one.connectionId !== connectionId).map(rowOf),
  ]
}

/** Whether it sends at the moment. */
export const isRunning = ({ status }: Pick<SenderRowOf, 'status'>): boolean => status !== null && status.end === null

const keysOf = ({ connectionId, senderId }: Pick<SenderRowOf, 'connectionId' | 'senderId'>) => ({
  key: `${connectionId} ${senderId}`,
  senderId,
  connectionId,
})
