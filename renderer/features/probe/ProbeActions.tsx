import { Check, Copy, Replace, Rss } from 'lucide-react'
import { memo } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/Button'
import { IconButton } from '../../ui/IconButton'
import { MenuButton, type MenuEntry } from '../../ui/menus'
import styles from './probe.module.css'
import { useProbeVerbs } from './useProbeVerbs'

type Verbs = ReturnType<typeof useProbeVerbs>

const useReplaceMenu = ({ subscriptions, known, nameOf, replace }: Verbs): readonly MenuEntry[] => {
  const t = useTranslations('probe')
  const nothing = (label: string) => [{ label, disabled: true, onSelect: () => undefined }]
  if (known) return nothing(t('replaceTwin'))
  if (subscriptions.length === 0) return nothing(t('replaceNone'))
  return subscriptions.map((subscription) => ({
    label: t('replaceOne', { name: nameOf(subscription) }),
    icon: <Replace size={14} />,
    onSelect: () => void replace(subscription),
  }))
}

interface ProbeActionsProps {
  readonly connectionId: string
  /** A valid filter. */
  readonly filter: string
}

/** From the probe to a subscription: a new one, or in the place of one that is there. */
export const ProbeActions = memo(function ProbeActions({ connectionId, filter }: ProbeActionsProps) {
  const t = useTranslations('probe')
  const verbs = useProbeVerbs(connectionId, filter)
  const replaceMenu = useReplaceMenu(verbs)
  const { known, problem, subscribe, copy } = verbs
  const listens = known?.enabled === true
  return (
    <div className={styles.actions}>
      <Button
        icon={listens ? <Check size={14} /> : <Rss size={14} />}
        disabled={listens}
        className={styles.subscribe}
        title={listens ? t('subscribedHint') : undefined}
        onClick={() => void subscribe()}
      >
        {t(listens ? 'subscribed' : 'subscribe')}
      </Button>
      <MenuButton label={t('replace')} icon={<Replace size={14} />} items={replaceMenu} />
      <IconButton label={t('copy')} icon={<Copy size={14} />} onClick={() => void copy()} />
      {problem === null ? null : (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </div>
  )
})
