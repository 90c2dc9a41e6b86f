import { Reply } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { responderLimits, type ResponderRule } from '#shared/model/responder'
import { noticesState } from '../../../state/notices'
import { useApp, useAppObject } from '../../../state/useApp'
import { useConnectionObject } from '../../../state/useConnection'
import { EmptyState } from '../../../ui/EmptyState'
import { emptyMessage } from '../composer/draft'
import { RuleDialog } from './RuleDialog'
import { RuleRow } from './RuleRow'
import styles from './responder.module.css'
import { respondersState } from './respondersState'

interface PartProps {
  /** The rule that is being written; null = none. */
  readonly written: ResponderRule | null
  readonly onWrite: (rule: ResponderRule | null) => void
}

/** The rules by which requests on this connection are answered, each with its switch and what it did. */
export function ResponderPart({ written, onWrite }: PartProps) {
  const t = useTranslations('responder')
  const app = useAppObject()
  const { id } = useConnectionObject()
  const all = useApp(respondersState, (state) => state.rules)
  const rules = useMemo(() => all.filter(({ connectionId }) => connectionId === id), [all, id])
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
        <div role="list" aria-label={t('list')} className={styles.list}>
          {rules.map((rule) => (
            <RuleRow key={rule.id} rule={rule} onEdit={() => onWrite(rule)} onRemove={() => remove(rule)} />
          ))}
        </div>
      )}
      {written ? <RuleDialog key={written.id} rule={written} onClose={() => onWrite(null)} /> : null}
    </>
  )
}

/** Which rule is being written, and how to begin a new one. */
export const useWrittenRule = () => {
  const { id } = useConnectionObject()
  const [written, onWrite] = useState<ResponderRule | null>(null)
  return { written, onWrite, writeNew: () => onWrite(newRule(id)) }
}

const newRule = (connectionId: string): ResponderRule => ({
  id: crypto.randomUUID(),
  connectionId,
  filter: '',
  answer: { ...emptyMessage, isTemplate: true },
  perSecond: responderLimits.perSecond.first,
})
