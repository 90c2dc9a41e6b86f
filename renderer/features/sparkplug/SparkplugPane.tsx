import { Network } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { SparkplugNetwork } from '#shared/sparkplug/sparkplugNetwork'
import { useConnection, useConnectionModel } from '../../state/useConnection'
import { useLandmarkName } from '../../state/useLandmarkName'
import { EmptyState } from '../../ui/EmptyState'
import { MetricTable } from './MetricTable'
import { NetworkTree } from './NetworkTree'
import { NodeHead } from './NodeHead'
import { ProblemList } from './ProblemList'
import styles from './sparkplug.module.css'
import { sparkplugState, type SparkplugChoice } from './sparkplugState'

/** Edge nodes and devices of Sparkplug B with their metrics, as their messages leave them, and what is wrong with these. */
export function SparkplugPane() {
  const t = useTranslations('sparkplug')
  const landmark = useLandmarkName(t('region'))
  const { network } = useConnectionModel().sparkplug
  const chosen = useConnection(sparkplugState, (state) => state.chosen)
  return (
    <section aria-label={landmark} className={styles.pane}>
      {network.revision() === 0 ? (
        <EmptyState icon={<Network size={28} strokeWidth={1.2} />} title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <>
          <NetworkTree network={network} shown={shownOf(network, chosen)} />
          <Chosen network={network} choice={shownOf(network, chosen)} />
          <ProblemList network={network} />
        </>
      )}
    </section>
  )
}

/** What was chosen, or the first edge node. */
const shownOf = (network: SparkplugNetwork, chosen: SparkplugChoice | null): SparkplugChoice | null => {
  if (chosen && network.nodeOf(chosen.group, chosen.node)) return chosen
  const [first] = network.nodes()
  return first ? { group: first.group, node: first.name, device: null } : null
}

interface ChosenProps {
  readonly network: SparkplugNetwork
  readonly choice: SparkplugChoice | null
}

function Chosen({ network, choice }: ChosenProps) {
  const node = choice && network.nodeOf(choice.group, choice.node)
  const source = choice && node ? (choice.device === null ? node : (node.devices.get(choice.device) ?? node)) : null
  return (
    <div className={styles.chosen}>
      {node && source ? <NodeHead node={node} source={source} /> : null}
      {source ? <MetricTable source={source} /> : null}
    </div>
  )
}
