import { Check, CircleSlash, CloudOff, Ellipsis, Hand, Rss, type LucideIcon } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { FilterStanding } from '../model/subscriptionLabels'
import { Button } from '../ui/Button'
import { classes } from '../ui/classes'
import styles from './mqttUi.module.css'
import { visibleName } from '#shared/text/visibleText'

interface Look {
  readonly icon: LucideIcon
  readonly tone: 'plain' | 'good' | 'faint' | 'warning' | 'danger'
}

const looks: Readonly<Record<FilterStanding, Look>> = {
  none: { icon: Rss, tone: 'plain' },
  disabled: { icon: Rss, tone: 'plain' },
  offline: { icon: CloudOff, tone: 'faint' },
  requested: { icon: Ellipsis, tone: 'faint' },
  granted: { icon: Check, tone: 'good' },
  downgraded: { icon: Check, tone: 'good' },
  heldBack: { icon: Hand, tone: 'warning' },
  refused: { icon: CircleSlash, tone: 'danger' },
}

interface SubscribeButtonProps {
  readonly standing: FilterStanding
  /** Part of the accessible name, where several such buttons stand on the screen. */
  readonly filter?: string
  readonly className?: string | undefined
  readonly onSubscribe: () => void
}

/**
 * Subscribes to a filter, or says how it stands in the list: that it is there does not mean that messages come. The same
 * button in every standing, so that the focus stays.
 */
export function SubscribeButton({ standing, filter, className, onSubscribe }: SubscribeButtonProps) {
  const t = useTranslations('ui.subscribing')
  const { icon: Icon, tone } = looks[standing]
  const isOffer = standing === 'none' || standing === 'disabled'
  return (
    <Button
      icon={<Icon size={14} />}
      className={classes(styles.standing, className)}
      data-tone={tone}
      aria-disabled={!isOffer}
      title={standing === 'none' ? undefined : t(`hint.${standing}`)}
      {...(filter === undefined ? {} : { 'aria-label': t(`label.${standing}`, { filter: visibleName(filter) }) })}
      onClick={() => {
        if (isOffer) onSubscribe()
      }}
    >
      {t(`text.${standing}`)}
    </Button>
  )
}
