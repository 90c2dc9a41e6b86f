import type { KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { ProfileEntry } from '#shared/model/profile'
import { visibleName } from '#shared/text/visibleText'
import { profilesState, selectEntry, type ProfilesState } from '../../../state/profiles'
import { isRecording } from '../../../state/recordings'
import { selectSessionState, sessionState } from '../../../state/session'
import { useApp } from '../../../state/useApp'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { classes } from '../../../ui/classes'
import { ColourDot } from '../../../ui/ColourDot'
import { ContextMenu } from '../../../ui/menus'
import type { RowMarks } from '../../../ui/useRowMarks'
import { VisibleName } from '../../../ui/VisibleText'
import type { RovingFocus } from '../../../ui/useRovingFocus'
import { profileFormState } from '../form/profileFormState'
import { connectAll, markedConnections, removeAll } from './bulkActions'
import { rowKeyOf } from './connectionRows'
import dropMarks from '../../../ui/dropMarks.module.css'
import styles from './list.module.css'
import { showAndConnect, removeConnection, showConnection, stepConnection } from './profileVerbs'
import { RecordingLabel, StateLabel, useStateText } from './StateLabel'
import { UnsavedMark } from './UnsavedMark'
import { useConnectionMenu } from './useConnectionMenu'
import type { DragReorder, DropMark } from './useDragReorder'

interface ConnectionItemProps {
  readonly entry: ProfileEntry
  readonly active: boolean
  readonly roving: RovingFocus
  readonly drag: DragReorder
  readonly marks: RowMarks
}

/** One saved connection: click shows it, double click or Enter connects it. */
export function ConnectionItem(props: ConnectionItemProps) {
  const { entry, active, roving, drag, marks } = props
  const { profile, saved } = entry
  const { id, folder } = profile
  const t = useTranslations('connections')
  const connection = useConnectionObject()
  const state = useConnection(sessionState, selectSessionState)
  const isFile = profile.kind === 'recording'
  const stateText = useStateText(state, isFile)
  const menuOf = useConnectionMenu()
  const handleKey = useRowKeys(props)
  const key = rowKeyOf(id)
  const isMarked = marks.marked.has(id)
  const { draggedId } = drag
  const isDragged = draggedId === id || (isMarked && draggedId !== null && marks.marked.has(draggedId))
  const nextInFolder = useApp(profilesState, selectNextInFolder(id))
  return (
    <li
      className={classes(folder !== '' && styles.nested, markStyle(drag.mark, key))}
      draggable
      onDragStart={(event) => drag.start(id, event)}
      onDragEnd={drag.end}
      {...drag.over({
        key,
        inside: false,
        placeOf: (half) => ({ folder, beforeId: half === 'upper' ? id : nextInFolder }),
      })}
    >
      <ContextMenu items={() => menuOf(connection)}>
        <button
          type="button"
          data-row={key}
          data-connection={id}
          data-unsaved={!saved}
          title={[visibleName(profile.name), stateText, ...(saved || isFile ? [] : [t('notSaved')])].join(' · ')}
          className={classes(
            styles.row,
            active && styles.active,
            isMarked && styles.marked,
            isDragged && dropMarks.dragged,
          )}
          aria-current={active ? 'true' : undefined}
          aria-pressed={marks.marked.size > 0 ? isMarked : undefined}
          tabIndex={roving.tabStop === key ? 0 : -1}
          onFocus={() => roving.setTabStop(key)}
          onClick={(event) => {
            if (!marks.handleClick(event, id)) showConnection(connection)
          }}
          onDoubleClick={() => showAndConnect(connection)}
          onKeyDown={handleKey}
        >
          <ColourDot colour={profile.colour} />
          <span className={styles.rowName}>
            <VisibleName text={profile.name} />
          </span>
          {saved || isFile ? null : <UnsavedMark text={t('notSaved')} />}
          {isFile ? <RecordingLabel /> : <StateLabel state={state} />}
        </button>
      </ContextMenu>
    </li>
  )
}

const useRowKeys = ({ roving, marks }: ConnectionItemProps) => {
  const connection = useConnectionObject()
  const edit = useApp(profileFormState, (state) => state.edit)
  const key = rowKeyOf(connection.id)
  const { app, id } = connection
  /** The row with those that are chosen together with it; null = it stands alone. */
  const several = () => (marks.marked.size > 1 && marks.marked.has(id) ? markedConnections(app) : null)
  const connect = () => {
    const all = several()
    if (all) connectAll(all)
    else showAndConnect(connection)
  }
  const remove = () => {
    const all = several()
    void (all ? removeAll(app, all) : removeConnection(connection))
  }
  return (event: KeyboardEvent) => {
    if (marks.handleKey(event, id)) return
    if (roving.handleMove(event, key)) return
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null
    if (event.altKey && step !== null) stepConnection(connection, step)
    else if (event.altKey || event.ctrlKey || event.metaKey) return
    else if (event.key === 'Enter') connect()
    else if (isRecording(app, id) && (event.key === 'F2' || event.key.toLowerCase() === 'e')) return
    else if (event.key === 'F2' || event.key === 'e' || event.key === 'E') edit(connection)
    else if (event.key === 'Delete') remove()
    else return
    event.preventDefault()
  }
}

const markStyle = (mark: DropMark | null, key: string): string | undefined => {
  if (mark?.key !== key) return undefined
  return mark.side === 'before' ? dropMarks.before : dropMarks.after
}

/** Id of the connection that follows in the same folder, or null. */
const selectNextInFolder =
  (connectionId: string) =>
  (profiles: ProfilesState): string | null => {
    const folder = selectEntry(connectionId)(profiles)?.profile.folder
    const ids = profiles.entries.filter(({ profile }) => profile.folder === folder).map(({ profile }) => profile.id)
    return ids[ids.indexOf(connectionId) + 1] ?? null
  }
