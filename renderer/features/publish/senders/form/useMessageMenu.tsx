import { useTranslations } from 'use-intl'
import { compareSiblings } from '#shared/model/siblingOrder'
import { visibleName } from '#shared/text/visibleText'
import { composedFrom } from '../../../../model/messageLog/messageLogCompose'
import { chosenMessages } from '../../../../state/chosenMessages'
import { largePayloadState, selectPayload } from '../../../../state/largePayload'
import { useConnectionObject } from '../../../../state/useConnection'
import { formatCount } from '../../../../ui/format'
import type { MenuEntry } from '../../../../ui/menus'
import { collectionsBeside, collectionsState } from '../../collections/collectionsState'
import { isBlank } from '../../composer/draft'
import { draftsState } from '../../drafts/draftsState'
import { sendableFrom, type Sendable } from '../plan/sentMessages'

/** So many of a kind a menu shows. */
const mostShown = 12

/** Drafts, kept messages and what is selected in the log, to take messages from. */
export const useMessageMenu = (onTake: (sendables: readonly Sendable[]) => void): (() => readonly MenuEntry[]) => {
  const t = useTranslations('senders')
  const connection = useConnectionObject()
  const { app } = connection
  const selected = (): readonly Sendable[] =>
    [...chosenMessages(connection)].flatMap((message) => {
      const payload = selectPayload(message)(connection.get(largePayloadState))
      return payload ? [sendableFrom(app, composedFrom(message, payload))] : []
    })
  const draftEntries = (): readonly MenuEntry[] =>
    app
      .get(draftsState)
      .all.filter((draft) => !isBlank(draft))
      .slice(0, mostShown)
      .map((draft) => ({
        label: visibleName(draft.name || draft.message.topic || t('noTopic')),
        onSelect: () => onTake([sendableFrom(app, draft)]),
      }))
  const savedEntries = (): readonly MenuEntry[] =>
    collectionsBeside(app.get(collectionsState).all, connection.id)
      .flatMap(({ messages }) => [...messages.values()])
      .toSorted(compareSiblings)
      .slice(0, mostShown)
      .map(({ name, message }) => ({ label: visibleName(name), onSelect: () => onTake([{ message }]) }))
  return () => {
    const messages = selected()
    const fromLog: readonly MenuEntry[] =
      messages.length === 0
        ? []
        : [{ label: t('fromLog', { count: formatCount(messages.length) }), onSelect: () => onTake(messages) }]
    const groups = [draftEntries(), savedEntries(), fromLog].filter((group) => group.length > 0)
    if (groups.length === 0) return [{ note: t('nothingToTake') }]
    return groups.flatMap((group, place) => (place === 0 ? group : ['separator' as const, ...group]))
  }
}
