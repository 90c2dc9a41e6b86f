import { Pencil, Plus, X } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { useTranslations } from 'use-intl'
import { sendersState, sentBy } from '../../../state/senders'
import { useApp } from '../../../state/useApp'
import { useConnection } from '../../../state/useConnection'
import { formatCount } from '../../../ui/format'
import { IconButton } from '../../../ui/IconButton'
import { ContextMenu, type MenuEntry } from '../../../ui/menus'
import { VisibleName } from '../../../ui/VisibleText'
import type { DraftTab } from '../composer/draft'
import styles from '../publish.module.css'
import { publishState } from '../publishState'
import { draftsState } from './draftsState'
import { NameField } from './NameField'
import { useShownDraft } from './useShownDraft'

interface DraftTabsProps {
  /** Id of the panel that holds the draft which is shown. */
  readonly panelId: string
}

/** The drafts of all connections as tabs: one Tab stop, arrow keys choose. */
export function DraftTabs({ panelId }: DraftTabsProps) {
  const t = useTranslations('publish.drafts')
  const all = useApp(draftsState, (state) => state.all)
  const shown = useShownDraft()
  const addDraft = useConnection(publishState, (state) => state.addDraft)
  const showDraft = useConnection(publishState, (state) => state.showDraft)
  const closeDraft = useConnection(publishState, (state) => state.closeDraft)
  const [renamedId, setRenamedId] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const takeFocusBack = useFocusBack(list, renamedId)
  // One that nothing was typed into yet is not in the list.
  const drafts = all.some(({ id }) => id === shown.id) ? all : [...all, shown]

  const choose = (draft: DraftTab | undefined) => {
    if (!draft) return
    showDraft(draft.id)
    list.current?.querySelector<HTMLElement>(`[data-draft="${CSS.escape(draft.id)}"]`)?.focus()
  }
  const rename = (draft: DraftTab) => {
    showDraft(draft.id)
    setRenamedId(draft.id)
  }
  const handleKey = (event: KeyboardEvent, draft: DraftTab) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const place = drafts.indexOf(draft)
    if (event.key === 'ArrowRight') choose(drafts[place + 1])
    else if (event.key === 'ArrowLeft') choose(drafts[place - 1])
    else if (event.key === 'Home') choose(drafts[0])
    else if (event.key === 'End') choose(drafts.at(-1))
    else if (event.key === 'F2') rename(draft)
    else if (event.key === 'Delete') {
      closeDraft(draft.id)
      choose(drafts[place + 1] ?? drafts[place - 1])
    } else return
    event.preventDefault()
  }
  const menuOf = (draft: DraftTab): readonly MenuEntry[] => [
    { label: t('rename'), icon: <Pencil size={14} />, shortcut: 'F2', onSelect: () => rename(draft) },
    { label: t('close'), icon: <X size={14} />, shortcut: t('closeKey'), onSelect: () => closeDraft(draft.id) },
  ]
  return (
    <div className={styles.strip}>
      <div ref={list} role="tablist" aria-label={t('list')} className={styles.tabs}>
        {drafts.map((draft) =>
          draft.id === renamedId ? (
            <NameField
              key={draft.id}
              draft={draft}
              onDone={(byKey) => {
                takeFocusBack(byKey)
                setRenamedId(null)
              }}
            />
          ) : (
            <Tab
              key={draft.id}
              draft={draft}
              isShown={draft.id === shown.id}
              panelId={panelId}
              onChoose={() => showDraft(draft.id)}
              onRename={() => rename(draft)}
              onClose={() => closeDraft(draft.id)}
              onKey={(event) => handleKey(event, draft)}
              menu={() => menuOf(draft)}
            />
          ),
        )}
      </div>
      <IconButton label={t('add')} icon={<Plus size={14} />} onClick={addDraft} />
    </div>
  )
}

/** Whoever ends the naming with a key goes on with the keyboard: the tab gets the focus when it is back. */
const useFocusBack = (list: RefObject<HTMLElement | null>, renamedId: string | null) => {
  const isWanted = useRef(false)
  useEffect(() => {
    if (renamedId === null && isWanted.current)
      list.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus()
    if (renamedId === null) isWanted.current = false
  }, [list, renamedId])
  return (wanted: boolean) => {
    isWanted.current = wanted
  }
}

interface TabProps {
  readonly draft: DraftTab
  readonly isShown: boolean
  readonly panelId: string
  readonly onChoose: () => void
  readonly onRename: () => void
  readonly onClose: () => void
  readonly onKey: (event: KeyboardEvent) => void
  readonly menu: () => readonly MenuEntry[]
}

function Tab({ draft, isShown, panelId, onChoose, onRename, onClose, onKey, menu }: TabProps) {
  const t = useTranslations('publish.drafts')
  const senders = useApp(sendersState, (state) => state.all)
  const sent = sentBy(senders.filter(({ senderId }) => senderId === draft.id))
  const name = draft.name || draft.message.topic
  return (
    <ContextMenu items={menu} className={styles.tabFrame ?? ''}>
      <button
        type="button"
        role="tab"
        id={`${panelId}-${draft.id}`}
        data-draft={draft.id}
        aria-selected={isShown}
        aria-controls={isShown ? panelId : undefined}
        aria-keyshortcuts="Delete F2"
        tabIndex={isShown ? 0 : -1}
        title={t('tabHint')}
        className={styles.tab}
        onClick={onChoose}
        onDoubleClick={onRename}
        onAuxClick={(event) => event.button === 1 && onClose()}
        onKeyDown={onKey}
      >
        <span className={draft.name ? styles.tabName : styles.tabTopic}>
          {name === '' ? t('unnamed') : <VisibleName text={name} mostPieces={4} />}
        </span>
        {sent === null ? null : (
          <span className={styles.tabSeries}>
            <span className="visually-hidden">{t('repeating')} </span>
            <span aria-hidden>↻ </span>
            {formatCount(sent)}
          </span>
        )}
        {/* For the pointer; the keyboard has Delete and the menu of the tab. */}
        <span
          aria-hidden
          className={styles.tabClose}
          onClick={(event) => {
            event.stopPropagation()
            onClose()
          }}
        >
          <X size={12} />
        </span>
      </button>
    </ContextMenu>
  )
}
