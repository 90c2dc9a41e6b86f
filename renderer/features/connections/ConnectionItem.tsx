import type { KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { ProfileEntry } from '#shared/model/profile'
import { useApp } from '../../store/useApp'
import { classes } from '../../ui/classes'
import { ColourDot } from '../../ui/ColourDot'
import { ContextMenu } from '../../ui/menus'
import { visibleName } from '#shared/text/visibleText'
import { VisibleName } from '../../ui/VisibleText'
import { rowKeyOf } from './connectionRows'
import { selectNextInFolder, selectSessionState } from './connectionSelectors'
import styles from './connections.module.css'
import { StateLabel, useStateText } from './StateLabel'
import { useConnectionMenu } from './useConnectionMenu'
import type { DragReorder, DropMark } from './useDragReorder'
import type { ProfileActions } from './useProfileActions'
import type { RovingFocus } from './useRovingFocus'

interface ConnectionItemProps {
  readonly entry: ProfileEntry
  readonly active: boolean
  readonly roving: RovingFocus
  readonly drag: DragReorder
  readonly actions: ProfileActions
  readonly remove: (connectionId: string) => void
  readonly onMoveToFolder: (connectionId: string) => void
}

const useRowKeys = ({ entry, roving, actions, remove }: ConnectionItemProps) => {
  const openProfileForm = useApp((state) => state.openProfileForm)
  const { id } = entry.profile
  const key = rowKeyOf(id)
  return (event: KeyboardEvent) => {
    if (roving.handleMove(event, key)) return
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null
    if (event.altKey && step !== null) actions.step(id, step)
    else if (event.altKey || event.ctrlKey || event.metaKey) return
    else if (event.key === 'Enter') actions.open(id)
    else if (event.key === 'F2' || event.key === 'e' || event.key === 'E') openProfileForm(id)
    else if (event.key === 'Delete') remove(id)
    else return
    event.preventDefault()
  }
}

const markStyle = (mark: DropMark | null, key: string): string | undefined => {
  if (mark?.key !== key) return undefined
  return mark.side === 'before' ? styles.dropBefore : styles.dropAfter
}

/** One saved connection: click shows it, double click or Enter connects it. */
export function ConnectionItem(props: ConnectionItemProps) {
  const { entry, active, roving, drag, actions } = props
  const { profile, saved } = entry
  const { id, folder } = profile
  const t = useTranslations('connections')
  const state = useApp(selectSessionState(id))
  const stateText = useStateText(state)
  const menu = useConnectionMenu(props)
  const handleKey = useRowKeys(props)
  const key = rowKeyOf(id)
  const nextInFolder = useApp(selectNextInFolder(id))
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
      <ContextMenu items={menu}>
        <button
          type="button"
          data-row={key}
          data-connection={id}
          title={`${visibleName(profile.name)} · ${stateText}`}
          className={classes(styles.row, active && styles.active, drag.draggedId === id && styles.dragged)}
          aria-current={active ? 'true' : undefined}
          tabIndex={roving.tabStop === key ? 0 : -1}
          onFocus={() => roving.setTabStop(key)}
          onClick={() => actions.select(id)}
          onDoubleClick={() => actions.open(id)}
          onKeyDown={handleKey}
        >
          <ColourDot colour={profile.colour} />
          <span className={styles.rowName}>
            <VisibleName text={profile.name} />
          </span>
          {saved ? null : <span className={styles.unsaved}>{t('notSaved')}</span>}
          <StateLabel state={state} />
        </button>
      </ContextMenu>
    </li>
  )
}
