import { useId, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react'
import { useTranslations } from 'use-intl'
import { useContextMenu } from '../../../actions/useContextMenu'
import type { TopicIndex } from '../../../model/topicIndex/topicIndex'
import { logViewState } from '../../../state/logView'
import { selectionState, selectSelectedTopic } from '../../../state/selection'
import { settingsState } from '../../../state/settings'
import { useApp } from '../../../state/useApp'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { keyOf } from '../../../ui/keyOf'
import { ContextMenu, type MenuEntry } from '../../../ui/menus'
import styles from './pinned.module.css'
import { PinnedRow } from './PinnedRow'
import { togglePinned } from './pinnedTopics'
import { isElement } from '../../../ui/elements'

interface PinnedTopicsProps {
  readonly tree: TopicIndex
  readonly now: number
  readonly summedUpAt: number
}

const none: readonly string[] = []

/** What a person has pinned, above the tree, in its columns: arrows go through it, Enter selects, Delete unpins. */
export function PinnedTopics({ tree, now, summedUpAt }: PinnedTopicsProps) {
  'use no memo' // Nodes are mutable: what they say must be read anew in every render.
  const t = useTranslations('topicTree')
  const id = useId()
  const connection = useConnectionObject()
  const pinned = useApp(settingsState, ({ settings }) => settings.pinnedTopics[connection.id] ?? none)
  const selected = useConnection(selectionState, selectSelectedTopic)
  const [cursor, setCursor] = useState(0)
  const { openMenu, noteTarget } = usePinnedMenu(tree, pinned[Math.min(cursor, pinned.length - 1)])
  if (pinned.length === 0) return null
  const active = Math.min(cursor, pinned.length - 1)
  const select = (at: number) => {
    const topic = pinned[at]
    if (topic === undefined) return
    setCursor(at)
    connection.get(selectionState).selectTopic(topic)
    connection.get(logViewState).limitTo(topic)
  }
  const handleKey = (event: KeyboardEvent) => {
    const key = keyOf(event)
    const moves: Readonly<Record<string, number>> = {
      ArrowUp: active - 1,
      ArrowDown: active + 1,
      Home: 0,
      End: Infinity,
    }
    const move = moves[key]
    const topic = pinned[active]
    if (move !== undefined) setCursor(Math.max(0, Math.min(move, pinned.length - 1)))
    else if (key === 'Enter' || key === ' ') select(active)
    else if (key === 'Delete' && topic !== undefined) togglePinned(connection, topic)
    else return
    event.preventDefault()
  }
  return (
    <ContextMenu items={openMenu} className={styles.area}>
      <div
        role="listbox"
        aria-label={t('pinned')}
        tabIndex={0}
        aria-activedescendant={`${id}-${active}`}
        className={styles.list}
        onKeyDown={handleKey}
        onContextMenu={noteTarget}
      >
        {pinned.map((topic, at) => {
          const node = tree.find(topic)
          return (
            <PinnedRow
              key={topic}
              id={`${id}-${at}`}
              version={node?.version ?? 0}
              traffic={tree.traffic}
              selected={topic === selected}
              active={at === active}
              onSelect={() => select(at)}
              {...{ topic, node, now, summedUpAt }}
            />
          )
        })}
      </div>
    </ContextMenu>
  )
}

/** The menu of the row under the pointer, or of the cursor's; of a topic that has not been seen there is one entry. */
const usePinnedMenu = (tree: TopicIndex, activeTopic: string | undefined) => {
  const t = useTranslations('topicTree')
  const connection = useConnectionObject()
  const menuOf = useContextMenu('topic')
  const target = useRef<string | null>(null)
  const openMenu = (): readonly MenuEntry[] => {
    const topic = target.current ?? activeTopic
    if (topic === undefined) return []
    const node = tree.find(topic)
    if (node) return menuOf({ connection, node })
    return [{ label: t('menu.unpin'), onSelect: () => togglePinned(connection, topic) }]
  }
  const noteTarget = (event: MouseEvent) => {
    const row = isElement(event.target) ? event.target.closest<HTMLElement>('[data-pinned]') : null
    target.current = row?.dataset['pinned'] ?? null
  }
  return { openMenu, noteTarget }
}
