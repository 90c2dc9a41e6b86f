import type { KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { ProfileEntry } from '#shared/model/profile'
import { visibleName } from '#shared/text/visibleText'
import { profilesState, selectEntry, type ProfilesState } from '../../../state/profiles'
import { selectSessionState, sessionState } from '../../../state/session'
import { useApp } from '../../../state/useApp'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { classes } from '../../../ui/classes'
import { ColourDot } from '../../../ui/ColourDot'
import { ContextMenu } from '../../../ui/menus'
import { VisibleName } from '../../../ui/VisibleText'
import { useContextMenu } from '../../../actions/useContextMenu'
import { profileFormState } from '../form/profileFormState'
import { rowKeyOf } from './connectionRows'
import styles from './list.module.css'
import { showAndConnect, removeConnection, showConnection, stepConnection } from './profileVerbs'
import { StateLabel, useStateText } from './StateLabel'
import { UnsavedMark } from './UnsavedMark'
import type { DragReorder, DropMark } from './useDragReorder'
import type { RovingFocus } from './useRovingFocus'

interface ConnectionItemProps {
  readonly entry: ProfileEntry
  readonly active: boolean
  readonly roving: RovingFocus
  readonly drag: DragReorder
}

/** One saved connection: click shows it, double click or Enter connects it. */
export function ConnectionItem(props: ConnectionItemProps) {
  const { entry, active, roving, drag } = props
  const { profile, saved } = entry
  const { id, folder } = profile
  const t = useTranslations('connections')
  const connection = useConnectionObject()
  const state = useConnection(sessionState, selectSessionState)
  const stateText = useStateText(state)
  const menuOf = useContextMenu('connection')
  const handleKey = useRowKeys(props)
  const key = rowKeyOf(id)
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
          title={`${visibleName(profile.name)} · ${stateText}`}
          className={classes(styles.row, active && styles.active, drag.draggedId === id && styles.dragged)}
          aria-current={active ? 'true' : undefined}
          tabIndex={roving.tabStop === key ? 0 : -1}
          onFocus={() => roving.setTabStop(key)}
          onClick={() => showConnection(connection)}
          onDoubleClick={() => showAndConnect(connection)}
          onKeyDown={handleKey}
        >
          <ColourDot colour={profile.colour} />
          <span className={styles.rowName}>
            <VisibleName text={profile.name} />
          </span>
          {saved ? null : <UnsavedMark text={t('notSaved')} />}
          <StateLabel state={state} />
        </button>
      </ContextMenu>
    </li>
  )
}

const useRowKeys = ({ roving }: ConnectionItemProps) => {
  const connection = useConnectionObject()
  const edit = useApp(profileFormState, (state) => state.edit)
  const key = rowKeyOf(connection.id)
  return (event: KeyboardEvent) => {
    if (roving.handleMove(event, key)) return
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null
    if (event.altKey && step !== null) stepConnection(connection, step)
    else if (event.altKey || event.ctrlKey || event.metaKey) return
    else if (event.key === 'Enter') showAndConnect(connection)
    else if (event.key === 'F2' || event.key === 'e' || event.key === 'E') edit(connection)
    else if (event.key === 'Delete') void removeConnection(connection)
    else return
    event.preventDefault()
  }
}

const markStyle = (mark: DropMark | null, key: string): string | undefined => {
  if (mark?.key !== key) return undefined
  return mark.side === 'before' ? styles.dropBefore : styles.dropAfter
}

/** Id of the connection that follows in the same folder, or null. */
const selectNextInFolder =
  (connectionId: string) =>
  (profiles: ProfilesState): string | null => {
    const folder = selectEntry(connectionId)(profiles)?.profile.folder
    const ids = profiles.entries.filter(({ profile }) => profile.folder === folder).map(({ profile }) => profile.id)
    return ids[ids.indexOf(connectionId) + 1] ?? null
  }
