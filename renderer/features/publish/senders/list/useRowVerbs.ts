import { useMemo } from 'react'
import { visibleName } from '#shared/text/visibleText'
import { planName } from '../../../../model/senderPlan'
import { dialogsState } from '../../../../state/dialogs'
import { noticesState } from '../../../../state/notices'
import { sendersState } from '../../../../state/senders'
import { useConnectionObject } from '../../../../state/useConnection'
import { senderPlansState } from '../senderPlansState'
import { startPlan } from '../startPlan'
import type { SenderRowOf } from './senderRows'

type Row = Omit<SenderRowOf, 'key'>

/** What can be done with a line of the list; what it is not for, does nothing. */
export interface RowVerbs {
  start(row: Row): void
  stop(row: Row): void
  edit(row: Row): void
  duplicate(row: Row): void
  /** Here it takes the plan away with what became of it, and a notice brings the plan back; elsewhere what became of it. */
  remove(row: Row): void
}

export const useRowVerbs = (): RowVerbs => {
  const connection = useConnectionObject()
  return useMemo(() => {
    const { app } = connection
    const plans = () => app.get(senderPlansState)
    const removePlan = ({ id, ...plan }: NonNullable<Row['plan']>) => {
      const restore = plans().remove(id)
      if (!restore) return
      const text = { key: 'senders.removed', values: { name: visibleName(planName(plan)) } } as const
      app.get(noticesState).show({ text, action: { label: { key: 'publish.undo' }, run: restore } })
    }
    return {
      start: ({ plan }) => plan && startPlan(connection, plan),
      stop: (row) => app.get(sendersState).stop(row),
      edit: ({ plan }) => plan && app.get(dialogsState).show(connection, { kind: 'sender', plan }),
      duplicate: ({ plan }) => {
        if (plan) plans().put({ ...plan, id: crypto.randomUUID() })
      },
      remove: (row) => {
        if (row.status) app.get(sendersState).remove(row)
        if (row.plan && row.connectionId === connection.id) removePlan(row.plan)
      },
    }
  }, [connection])
}
