import { mostPinned } from '#shared/model/settings'
import type { Connection } from '../../../state/app'
import { settingsState } from '../../../state/settings'

const none: readonly string[] = []

/** The topics and branches that a person has pinned of a connection, in the order of pinning. */
const pinnedOf = ({ id, app }: Connection): readonly string[] =>
  app.get(settingsState).settings.pinnedTopics[id] ?? none

export const isPinned = (connection: Connection, topic: string): boolean => pinnedOf(connection).includes(topic)

export const canPin = (connection: Connection): boolean => pinnedOf(connection).length < mostPinned

/** Remembered for the connection, whether the topic is seen again or not. */
export const togglePinned = (connection: Connection, topic: string): void => {
  const before = pinnedOf(connection)
  const next = before.includes(topic) ? before.filter((one) => one !== topic) : [...before, topic]
  const { settings, save } = connection.app.get(settingsState)
  void save({ pinnedTopics: { ...settings.pinnedTopics, [connection.id]: next } })
}
