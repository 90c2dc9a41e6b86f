import { Repeat } from 'lucide-react'
import { useMemo, useRef, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { ActionButton } from '../../../actions/ActionButton'
import { useFocusRequest } from '../../../state/focus'
import { sendersState } from '../../../state/senders'
import { useApp, useAppObject } from '../../../state/useApp'
import { useConnectionObject } from '../../../state/useConnection'
import { useLandmarkName } from '../../../state/useLandmarkName'
import { EmptyState } from '../../../ui/EmptyState'
import { isElement, isHtmlElement } from '../../../ui/elements'
import { ContextMenu } from '../../../ui/menus'
import { useRovingFocus } from '../../../ui/useRovingFocus'
import { SendTarget } from '../sending/SendTarget'
import { SenderRow } from './list/SenderRow'
import { senderRows, type SenderRowOf } from './list/senderRows'
import { useRowMenu } from './list/useRowMenu'
import { useRowVerbs } from './list/useRowVerbs'
import { senderPlansState } from './senderPlansState'
import styles from './senders.module.css'

/** All senders: the plans with what they do on this connection, and what sends on the others. */
export function SendersPane() {
  const t = useTranslations('senders')
  const landmark = useLandmarkName(t('region'))
  const app = useAppObject()
  const { id } = useConnectionObject()
  const plans = useApp(senderPlansState, (state) => state.all)
  const statuses = useApp(sendersState, (state) => state.all)
  const rows = useMemo(() => senderRows(id, plans, statuses), [id, plans, statuses])
  return (
    <section aria-label={landmark} className={styles.pane}>
      <div className={styles.bar}>
        <SendTarget />
        <span className={styles.gap} />
        <ActionButton id="sender.stopAll" on="window" subject={app} variant="plain" />
        <ActionButton id="sender.new" on="window" subject={app} variant="plain" />
      </div>
      {rows.length === 0 ? (
        <EmptyState icon={<Repeat size={28} strokeWidth={1.2} />} title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <SenderList rows={rows} />
      )}
    </section>
  )
}

function SenderList({ rows }: { readonly rows: readonly SenderRowOf[] }) {
  const t = useTranslations('senders')
  const list = useRef<HTMLDivElement>(null)
  const verbs = useRowVerbs()
  const menuOf = useRowMenu(verbs)
  const menuRow = useRef<string | null>(null)
  const elementOf = (key: string) =>
    [...(list.current?.querySelectorAll<HTMLElement>('[data-part="first"]') ?? [])].find(
      (button) => rowKeyOf(button) === key,
    ) ?? null
  const roving = useRovingFocus({ keys: rows.map(({ key }) => key), elementOf })
  const rowAt = (target: EventTarget) => rows.find(({ key }) => key === rowKeyOf(target))
  useFocusRequest('senders', () => roving.focusRow(roving.tabStop ?? ''))

  const handleKey = (event: KeyboardEvent) => {
    const row = rowAt(event.target)
    if (!row || roving.handleMove(event, row.key)) return
    if (event.key === 'F2') verbs.edit(row)
    else if (event.key === 'Delete') verbs.remove(row)
    else return
    event.preventDefault()
  }
  return (
    <ContextMenu
      className={styles.menuFrame}
      items={() => {
        const row = rows.find(({ key }) => key === menuRow.current)
        return row ? menuOf(row) : []
      }}
    >
      <div
        ref={list}
        role="list"
        aria-label={t('list')}
        className={styles.list}
        onKeyDown={handleKey}
        onFocus={({ target }) => {
          const key = rowKeyOf(target)
          if (key !== null) roving.setTabStop(key)
        }}
        onDoubleClick={({ target }) => {
          const row = rowAt(target)
          if (row && !isControl(target)) verbs.edit(row)
        }}
        onContextMenuCapture={({ target }) => (menuRow.current = rowKeyOf(target))}
      >
        {rows.map(({ key, ...row }) => (
          <SenderRow key={key} rowKey={key} {...row} isTabStop={roving.tabStop === key} verbs={verbs} />
        ))}
      </div>
    </ContextMenu>
  )
}

const rowKeyOf = (target: EventTarget): string | null =>
  (isElement(target) && target.closest<HTMLElement>('[data-row]')?.dataset['row']) || null

const isControl = (target: EventTarget): boolean => isHtmlElement(target) && target.closest('button') !== null
