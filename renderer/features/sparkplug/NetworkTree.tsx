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
  return (
    <RowList
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
  const { node } = row
  const device = row.kind === 'device' ? row.device : null
  const source = device ?? node
  const choice = { group: node.group, node: node.name, device: device?.name ?? null }
  const isShown = shown?.group === choice.group && shown.node === choice.node && shown.device === choice.device
  return (
    <button
      type="button"
      className={styles.choice}
      data-kind={row.kind}
      data-status={source.status}
      aria-current={isShown}
      onClick={() => choose(choice)}
    >
      <StateDot {...statusTones[source.status]} />
      <span className={styles.name}>
        <VisibleName text={source.name} mostPieces={4} />
      </span>
      <span className={styles.status}>{t(`statuses.${source.status}`)}</span>
    </button>
  )
}
