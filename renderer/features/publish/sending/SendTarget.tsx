import { ChevronDown } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { visibleName } from '#shared/text/visibleText'
import { ProductionMark } from '../../../mqttUi/ProductionMark'
import type { Connection } from '../../../state/app'
import { useEntry } from '../../../state/useEntry'
import { ColourDot } from '../../../ui/ColourDot'
import { MenuButton } from '../../../ui/menus'
import { VisibleName } from '../../../ui/VisibleText'
import styles from '../publish.module.css'
import { useSendTargets } from './useSendTargets'

/** The connection that the button sends to. */
export function SendTarget() {
  const t = useTranslations('publish')
  const entry = useEntry()
  if (!entry) return null
  const { name, colour, production } = entry.profile
  return (
    <span className={styles.target} title={t('sendsTo', { name: visibleName(name) })}>
      {t('to')} <ColourDot colour={colour} />
      <span className={styles.targetName}>
        <VisibleName text={name} />
      </span>
      {production ? <ProductionMark /> : null}
    </span>
  )
}

/** The other connections that are online, to send the same draft to. */
export function SendToMenu({ onSend }: { readonly onSend: (target: Connection) => void }) {
  const t = useTranslations('publish')
  const targetsNow = useSendTargets()
  return <MenuButton label={t('sendTo')} icon={<ChevronDown size={14} />} items={() => targetsNow(onSend)} />
}
