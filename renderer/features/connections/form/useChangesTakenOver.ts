import { useTranslations } from 'use-intl'
import { profileSchema, type Profile } from '#shared/model/profile'
import { noticesState } from '../../../state/notices'
import { selectSessionState, sessionState } from '../../../state/session'
import type { Connection } from '../../../state/app'
import type { OpenProfileForm } from './profileFormState'

/**
 * For a profile that is saved while there is a session. One that waits for its next try makes that at once; for one that
 * is online a notice says that the change takes effect with the next connection.
 */
export const useChangesTakenOver = () => {
  const t = useTranslations('profile')
  return ({ profile: before, connection }: OpenProfileForm, after: Profile): void => {
    if (!connection || isSameConnection(before, after)) return
    const session = connection.get(sessionState)
    const { phase } = selectSessionState(session)
    if (phase === 'waiting') void session.connect()
    if (phase !== 'online') return
    const reconnect = async () => {
      await session.disconnect()
      await session.connect()
    }
    connection.app.get(noticesState).show({
      text: t('takenOverLater'),
      action: { label: t('reconnect'), run: () => void reconnect() },
    })
  }
}

/** Connects with what was saved; a session that is there with something else is made anew. */
export const connectWithChanges = async (connection: Connection, isChanged: boolean): Promise<void> => {
  const session = connection.get(sessionState)
  const { phase } = selectSessionState(session)
  if (phase === 'online' && !isChanged) return
  if (phase === 'online' || phase === 'connecting') await session.disconnect()
  await session.connect()
}

export const isSameConnection = (before: Profile, after: Profile) => {
  const keys = Object.keys(profileSchema.shape) as (keyof Profile)[]
  return keys.every((key) => heldAtOnce.has(key) || JSON.stringify(before[key]) === JSON.stringify(after[key]))
}

/** These take effect as soon as they are saved; everything else when a connection is made. */
const heldAtOnce = new Set<string>([
  'name',
  'folder',
  'colour',
  'reconnect',
  'connectAtStart',
  'subscriptions',
] satisfies (keyof Profile)[])
