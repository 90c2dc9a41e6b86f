import { FileCheck2, ListPlus, Plus } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { PayloadRule } from '#shared/model/payloadRule'
import { movedRule } from '#shared/model/ruleOrder'
import { useFocusRequest } from '../../state/focus'
import { dialogsState } from '../../state/dialogs'
import { noticesState } from '../../state/notices'
import { payloadRulesState, useRulesHere } from '../../state/payloadRules'
import { useApp, useAppObject } from '../../state/useApp'
import { useConnectionObject } from '../../state/useConnection'
import { useLandmarkName } from '../../state/useLandmarkName'
import { EmptyState } from '../../ui/EmptyState'
import { IconButton } from '../../ui/IconButton'
import { CheckedNote } from './CheckedNote'
import { PresetsDialog } from './PresetsDialog'
import { RuleFileMenu } from './RuleFileMenu'
import { RuleGroup } from './RuleGroup'
import styles from './schemas.module.css'
import { takenRules } from './takenRules'
import { TryPayload, TryTopic } from './TryMessage'
import { useRuleDrag } from './useRuleDrag'
import { useTried } from './useTried'

/** How the payloads of which topics are decoded, and which schema they have: rules in the order in which they are asked. */
export function SchemasPane() {
  const t = useTranslations('schemas')
  const landmark = useLandmarkName(t('region'))
  const connection = useConnectionObject()
  const [arePresetsOpen, setPresetsOpen] = useState(false)
  const tried = useTried()
  const { groups, taken, drag, verbs } = useRules(tried.isSound ? tried.topic : '')
  const field = useRef<HTMLInputElement>(null)
  useFocusRequest('schemas', () => field.current?.focus())
  const isEmpty = groups.every(({ rules }) => rules.length === 0)
  const write = (rule: PayloadRule) =>
    connection.app.get(dialogsState).show(connection, { kind: 'payloadRule', rule, beforeId: null, sample: null })
  const add = () => write(newRule(connection.id))
  return (
    <section aria-label={landmark} className={styles.pane}>
      <div className={styles.bar}>
        <TryTopic tried={tried} taken={taken} inputRef={field} />
        <IconButton label={t('presets.open')} icon={<ListPlus size={16} />} onClick={() => setPresetsOpen(true)} />
        <RuleFileMenu />
        <IconButton label={t('add')} icon={<Plus size={16} />} onClick={add} />
      </div>
      {tried.isSound ? <TryPayload tried={tried} /> : null}
      {isEmpty ? (
        <EmptyState icon={<FileCheck2 size={28} strokeWidth={1.2} />} title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <div className={styles.list}>
          <CheckedNote />
          {groups.map((group) => (
            <RuleGroup
              key={group.connectionId ?? ''}
              group={group}
              tried={tried.isSound ? tried.topic : ''}
              taken={taken}
              drag={drag}
              verbs={{ ...verbs, edit: write }}
            />
          ))}
        </div>
      )}
      {arePresetsOpen ? <PresetsDialog onClose={() => setPresetsOpen(false)} /> : null}
    </section>
  )
}

const useRules = (topic: string) => {
  const app = useAppObject()
  const { id } = useConnectionObject()
  const all = useApp(payloadRulesState, (state) => state.rules)
  const { keep, place, remove: removeRule } = useApp(payloadRulesState, (state) => state)
  const rules = useRulesHere()
  const drag = useRuleDrag(place)
  const groups = useMemo(
    () =>
      [id, null].map((connectionId) => ({
        connectionId,
        first: rules.findIndex((rule) => rule.connectionId === connectionId) + 1,
        rules: rules.filter((rule) => rule.connectionId === connectionId),
      })),
    [rules, id],
  )
  const taken = useMemo(() => takenRules(rules, topic), [rules, topic])
  const remove = ({ id: ruleId }: PayloadRule) => {
    const restore = removeRule(ruleId)
    app.get(noticesState).show({
      text: { key: 'schemas.removed' },
      action: { label: { key: 'publish.undo' }, run: restore },
    })
  }
  const verbs = { remove, move: (moved: PayloadRule, step: -1 | 1) => keep(movedRule(all, moved.id, step)) }
  return { groups, drag, verbs, taken }
}

const newRule = (connectionId: string): PayloadRule => ({
  id: crypto.randomUUID(),
  connectionId,
  filter: '',
  schema: { kind: 'jsonSchema', path: '' },
})
