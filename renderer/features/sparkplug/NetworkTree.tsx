import type { KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { useTranslations } from 'use-intl'
import type { SparkplugStatus } from '#shared/sparkplug/edgeNode'
import type { SparkplugNetwork } from '#shared/sparkplug/sparkplugNetwork'
import { useConnection } from '../../state/useConnection'
import { StateDot, type StateTone } from '../../ui/StateDot'
import { VisibleName } from '../../ui/VisibleText'
import { RowList } from '../../ui/virtualList/RowList'
import { networkRows, type NetworkRow } from './networkRows'
import styles from './sparkplug.module.css'
import { sparkplugState, type SparkplugChoice } from './sparkplugState'

export const statusTones: Readonly<Record<SparkplugStatus, StateTone>> = {
  online: { tone: 'success', isFilled: true },
  offline: { tone: 'danger', isFilled: true },
  stale: { tone: 'warning', isFilled: false },
}

interface TreeProps {
  readonly network: SparkplugNetwork
  readonly shown: SparkplugChoice | null
}

/** Groups, their edge nodes, and devices of these; then hosts. */
export function NetworkTree({ network, shown }: TreeProps) {
  const t = useTranslations('sparkplug')
  const rows = networkRows(network.nodes(), network.hosts())
  const onKey = useArrowKeys(rows, shown)
  return (
    <RowList
      onKey={onKey}
      label={t('tree')}
      className={styles.tree}
      count={rows.length}
      rowHeight={24}
      renderRow={(index) => {
        const row = rows[index]
        return row ? <TreeRow row={row} shown={shown} /> : null
      }}
    />
  )
}

/** Arrow keys choose the edge node or device above or below, which gets the focus; the row is in view then, or next to what is. */
const useArrowKeys = (rows: readonly NetworkRow[], shown: SparkplugChoice | null) => {
  const choose = useConnection(sparkplugState, (state) => state.choose)
  return (event: KeyboardEvent<HTMLElement>): boolean => {
    const { key, ctrlKey, metaKey, altKey, shiftKey, currentTarget } = event
    if ((key !== 'ArrowUp' && key !== 'ArrowDown') || ctrlKey || metaKey || altKey || shiftKey) return false
    event.preventDefault()
    const choices = rows.flatMap((row) => choiceOf(row) ?? [])
    const at = choices.findIndex((choice) => shown !== null && isSame(choice, shown))
    const next = choices[at + (key === 'ArrowUp' ? -1 : 1)]
    if (!next) return true
    flushSync(() => choose(next))
    currentTarget.querySelector<HTMLElement>('[aria-current="true"]')?.focus()
    return true
  }
}

/** Null = the row cannot be chosen. */
const choiceOf = (row: NetworkRow): SparkplugChoice | null => {
  if (row.kind !== 'node' && row.kind !== 'device') return null
  const { group, name } = row.node
  return { group, node: name, device: row.kind === 'device' ? row.device.name : null }
}

const isSame = (one: SparkplugChoice, other: SparkplugChoice): boolean =>
  one.group === other.group && one.node === other.node && one.device === other.device

function TreeRow({ row, shown }: { readonly row: NetworkRow; readonly shown: SparkplugChoice | null }) {
  const t = useTranslations('sparkplug')
  const choose = useConnection(sparkplugState, (state) => state.choose)
  if (row.kind === 'group')
    return (
      <span className={styles.group}>
        <VisibleName text={row.name} mostPieces={4} />
      </span>
    )
  if (row.kind === 'host') {
    const status = row.host.isOnline ? 'online' : 'offline'
    return (
      <span className={styles.host} data-status={status}>
        <StateDot {...statusTones[status]} />
        <span className={styles.name}>{t('host', { name: row.host.name })}</span>
        <span className={styles.status}>{t(`statuses.${status}`)}</span>
      </span>
    )
  }
  const source = row.kind === 'device' ? row.device : row.node
  const choice = choiceOf(row)
  const isShown = shown !== null && choice !== null && isSame(choice, shown)
  return (
    <button
      type="button"
      className={styles.choice}
      data-kind={row.kind}
      data-status={source.status}
      aria-current={isShown}
      onClick={() => choice && choose(choice)}
    >
      <StateDot {...statusTones[source.status]} />
      <span className={styles.name}>
        <VisibleName text={source.name} mostPieces={4} />
      </span>
      <span className={styles.status}>{t(`statuses.${source.status}`)}</span>
    </button>
  )
}
