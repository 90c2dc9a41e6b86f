import { ChevronDown } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { visibleName } from '#shared/text/visibleText'
import { ProductionMark } from '../../../mqttUi/ProductionMark'
import type { Connection } from '../../../state/app'
import { connectionsState } from '../../../state/connections'
import { profilesState } from '../../../state/profiles'
import { selectIsOnline, sessionState } from '../../../state/session'
import { useAppObject } from '../../../state/useApp'
import { useConnectionObject } from '../../../state/useConnection'
import { useEntry } from '../../../state/useEntry'
import { ColourDot } from '../../../ui/ColourDot'
import { MenuButton, type MenuEntry } from '../../../ui/menus'
import { VisibleName } from '../../../ui/VisibleText'
import styles from '../publish.module.css'

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
  const app = useAppObject()
  const own = useConnectionObject()
  const itemsNow = (): readonly MenuEntry[] => {
    const { all } = app.get(connectionsState)
    const targets = app.get(profilesState).entries.flatMap(({ profile }) => {
      const connection = all.get(profile.id)
      const isOffered = connection && connection !== own && selectIsOnline(connection.get(sessionState))
      return isOffered ? [{ connection, profile }] : []
    })
    if (targets.length === 0) return [{ note: t('noOtherOnline') }]
    return targets.map(({ connection, profile }) => ({
      label: visibleName(profile.name),
      icon: <ColourDot colour={profile.colour} />,
      onSelect: () => onSend(connection),
    }))
  }
  return <MenuButton label={t('sendTo')} icon={<ChevronDown size={14} />} items={itemsNow} />
}
