import { Copy, ListFilter, Replace } from 'lucide-react'
import { memo } from 'react'
import { useTranslations } from 'use-intl'
import { nameOf } from '../../model/subscriptionLabels'
import { probeState } from '../../state/probe'
import { useConnection } from '../../state/useConnection'
import { IconButton } from '../../ui/IconButton'
import { MenuButton, type MenuEntry } from '../../ui/menus'
import { SubscribeButton } from '../../mqttUi/SubscribeButton'
import styles from './probe.module.css'
import { useProbeVerbs, type ProbeVerbs } from './useProbeVerbs'

interface ProbeActionsProps {
  /** A valid filter. */
  readonly filter: string
}

/** From the probe to a subscription: a new one, or in the place of one that is there. */
export const ProbeActions = memo(function ProbeActions({ filter }: ProbeActionsProps) {
  const t = useTranslations('probe')
  const verbs = useProbeVerbs(filter)
  const replaceMenu = useReplaceMenu(verbs)
  const { standing, problem, subscribe, copy } = verbs
  const only = useConnection(probeState, (state) => state.only)
  const showOnly = useConnection(probeState, (state) => state.showOnly)
  return (
    <div className={styles.actions}>
      <SubscribeButton standing={standing} className={styles.subscribe} onSubscribe={() => void subscribe()} />
      <MenuButton label={t('replace')} icon={<Replace size={14} />} items={replaceMenu} />
      <IconButton label={t('copy')} icon={<Copy size={14} />} onClick={() => void copy()} />
      <IconButton label={t('only')} icon={<ListFilter size={14} />} pressed={only} onClick={() => showOnly(!only)} />
      {problem === null ? null : (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </div>
  )
})

const useReplaceMenu = ({ subscriptions, standing, replace }: ProbeVerbs): readonly MenuEntry[] => {
  const t = useTranslations('probe')
  const nothing = (label: string) => [{ label, disabled: true, onSelect: () => undefined }]
  if (standing !== 'none') return nothing(t('replaceTwin'))
  if (subscriptions.length === 0) return nothing(t('replaceNone'))
  return subscriptions.map((status) => ({
    label: t('replaceOne', { name: nameOf(status) }),
    icon: <Replace size={14} />,
    onSelect: () => void replace(status),
  }))
}
