import { Reply } from 'lucide-react'
import { useMemo, useRef } from 'react'
import { useTranslations } from 'use-intl'
import type { ResponderRule } from '#shared/model/responder'
import { dialogsState } from '../../../state/dialogs'
import { useFocusRequest } from '../../../state/focus'
import { noticesState } from '../../../state/notices'
import { useApp, useAppObject } from '../../../state/useApp'
import { useConnectionObject } from '../../../state/useConnection'
import { EmptyState } from '../../../ui/EmptyState'
import { RuleRow } from './RuleRow'
import styles from './responder.module.css'
import { respondersState } from './respondersState'

/** The rules by which requests on this connection are answered, each with its switch and what it did. */
export function ResponderPart() {
  const t = useTranslations('responder')
  const app = useAppObject()
  const connection = useConnectionObject()
  const { id } = connection
  const list = useRef<HTMLDivElement>(null)
  const all = useApp(respondersState, (state) => state.rules)
  const rules = useMemo(() => all.filter(({ connectionId }) => connectionId === id), [all, id])
  const edit = (rule: ResponderRule) => app.get(dialogsState).show(connection, { kind: 'rule', rule })
  // The one that was written last.
  useFocusRequest('requests', () => list.current?.querySelector<HTMLElement>('[data-rule]:last-child button')?.focus())
  const remove = (rule: ResponderRule) => {
    const responders = app.get(respondersState)
    responders.remove(rule.id)
    app.get(noticesState).show({
      text: { key: 'responder.removed' },
      action: { label: { key: 'publish.undo' }, run: () => responders.put(rule) },
    })
  }
  return (
    <>
      {rules.length === 0 ? (
        <EmptyState icon={<Reply size={28} strokeWidth={1.2} />} title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <div ref={list} role="list" aria-label={t('list')} className={styles.list}>
          {rules.map((rule) => (
            <RuleRow key={rule.id} rule={rule} onEdit={() => edit(rule)} onRemove={() => remove(rule)} />
          ))}
        </div>
      )}
    </>
  )
}
