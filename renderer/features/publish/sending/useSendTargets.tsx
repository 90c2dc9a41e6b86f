import { useTranslations } from 'use-intl'
import { visibleName } from '#shared/text/visibleText'
import type { Connection } from '../../../state/app'
import { connectionsState } from '../../../state/connections'
import { profilesState } from '../../../state/profiles'
import { selectIsOnline, sessionState } from '../../../state/session'
import { useAppObject } from '../../../state/useApp'
import { useConnectionObject } from '../../../state/useConnection'
import { ColourDot } from '../../../ui/ColourDot'
import type { MenuEntry } from '../../../ui/menus'

/** The other connections that are online now, to send to. */
export const useSendTargets = (): ((send: (target: Connection) => void) => readonly MenuEntry[]) => {
  const t = useTranslations('publish')
  const app = useAppObject()
  const own = useConnectionObject()
  return (send) => {
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
      onSelect: () => send(connection),
    }))
  }
}
