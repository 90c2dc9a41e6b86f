import { CircleDot, FileClock, X } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { useTranslations } from 'use-intl'
import { visibleName } from '#shared/text/visibleText'
import { useContextMenu } from '../../../actions/useContextMenu'
import { connectionsState } from '../../../state/connections'
import { faultsState, selectFaults } from '../../../state/faults'
import { recordingsState } from '../../../state/recordings'
import { selectSentOn, sendersState } from '../../../state/senders'
import { selectSessionState, sessionState, type SessionState } from '../../../state/session'
import { useApp } from '../../../state/useApp'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { useEntry } from '../../../state/useEntry'
import { FaultMark } from '../../../mqttUi/FaultMark'
import { KeyLogMark } from '../../../mqttUi/KeyLogMark'
import { ProductionMark } from '../../../mqttUi/ProductionMark'
import { formatCount } from '../../../ui/format'
import { ContextMenu } from '../../../ui/menus'
import { VisibleName } from '../../../ui/VisibleText'
import { useStateText } from '../list/StateLabel'
import { closeTab } from './closeTab'
import { moveTab, sideOfKey } from './moveTab'
import { TabBadge } from './TabBadge'
import styles from './tabs.module.css'
import { useTabDragging } from './useTabDragging'

/** How often a message was sent that is repeated on the connection, in view or not. */
function Repeating() {
  const t = useTranslations('connections')
  const sent = useApp(sendersState, selectSentOn(useConnectionObject().id))
  return sent === null ? null : (
    <span className={styles.badge} data-repeating title={t('badge.repeatingHint')}>
      ↻ {formatCount(sent)}
    </span>
  )
}

/** Its messages are written to a file, whether it is in view or not. */
function RecordingDot() {
  const t = useTranslations('connections')
  const { id } = useConnectionObject()
  const isRecorded = useApp(recordingsState, ({ recorders }) => recorders.has(id))
  return isRecorded ? (
    <CircleDot size={12} className={styles.recorded} data-recorded aria-label={t('isRecorded')} />
  ) : null
}

function Faulty() {
  const { id } = useConnectionObject()
  const isArmed = useApp(faultsState, (state) => selectFaults(id)(state)?.isArmed === true)
  return isArmed ? <FaultMark /> : null
}

const keyLogFileOf = ({ status }: SessionState): string =>
  status?.state.phase === 'online' ? (status.state.tls?.keyLogFile ?? '') : ''

/** As long as the connection lives whose keys are written, also when the settings say otherwise by now. */
function KeysWritten() {
  const file = useConnection(sessionState, keyLogFileOf)
  return file === '' ? null : <KeyLogMark file={file} />
}

/** One open connection: its name and colour, how it stands, and how much comes or what is wrong. */
export function ConnectionTab({ isInView }: { readonly isInView: boolean }) {
  const t = useTranslations('connections')
  const entry = useEntry()
  const connection = useConnectionObject()
  const state = useConnection(sessionState, selectSessionState)
  const isFile = entry?.profile.kind === 'recording'
  const stateText = useStateText(state, isFile)
  const show = useApp(connectionsState, (connections) => connections.show)
  const isInSight = useApp(connectionsState, ({ inSight }) => inSight.includes(connection.id))
  const menuOf = useContextMenu('connection')
  const dragging = useTabDragging()
  if (!entry) return null
  const { name, colour, production } = entry.profile
  const handleKey = (event: KeyboardEvent<HTMLElement>) => {
    const side = sideOfKey(event.nativeEvent)
    if (side === null && event.key !== 'Delete') return
    event.preventDefault()
    if (side === null) closeTab(connection)
    else {
      // A tab loses the focus when it is put elsewhere.
      flushSync(() => moveTab(connection, side))
      event.currentTarget.focus()
    }
  }
  return (
    <div
      className={styles.item}
      {...dragging}
      data-in-view={isInView}
      data-in-sight={isInSight}
      data-colour={colour}
      onAuxClick={(event) => event.button === 1 && closeTab(connection)}
    >
      <ContextMenu items={() => menuOf(connection)} className={styles.menuArea}>
        <button
          type="button"
          role="tab"
          data-tab={connection.id}
          data-phase={state.phase}
          aria-selected={isInView}
          aria-label={visibleName(name)}
          title={`${visibleName(name)} · ${stateText}`}
          tabIndex={isInView ? 0 : -1}
          className={styles.tab}
          onClick={() => show(connection.id)}
          onKeyDown={handleKey}
        >
          {isFile ? (
            <FileClock size={12} aria-hidden />
          ) : (
            <span className={styles.phase} data-phase={state.phase} aria-hidden />
          )}
          <span className={styles.name}>
            <VisibleName text={name} />
          </span>
          {production ? <ProductionMark /> : null}
          <Faulty />
          <KeysWritten />
          <RecordingDot />
          <Repeating />
          <TabBadge state={state} isInSight={isInSight} />
        </button>
      </ContextMenu>
      {/* For the pointer; the tab itself is closed with Delete and by its menu. A tab list may hold nothing but tabs. */}
      <button
        type="button"
        tabIndex={-1}
        aria-hidden
        title={t('closeTab')}
        className={styles.close}
        onClick={() => closeTab(connection)}
      >
        <X size={12} />
      </button>
    </div>
  )
}
