import type { DragEvent, KeyboardEvent } from 'react'
import type { AreaId, Stack } from '#shared/model/layout'
import { usePhrase } from '../../i18n/usePhrase'
import { useApp } from '../../state/useApp'
import { classes } from '../../ui/classes'
import { ContextMenu } from '../../ui/menus'
import { workspaceViews, type ViewId } from '../workspaceViews'
import styles from './layout.module.css'
import { layoutState } from './layoutState'
import { useViewMenu } from './useViewMenu'

interface ViewTabProps {
  readonly view: (typeof workspaceViews)[number]
  readonly area: AreaId
  readonly stack: Stack
}

export const tabIdOf = (view: ViewId): string => `tab-${view}`
export const panelIdOf = (view: ViewId): string => `view-${view}`

/** What is dragged from one place to another; the browser tells of it only at the end what it is. */
const dragType = 'application/x-topicscope-view'

/** The tab of a view, drawn as a heading where it stands alone: click shows, double click maximises, drag moves. */
export function ViewTab({ view, area, stack }: ViewTabProps) {
  const textOf = usePhrase()
  const maximised = useApp(layoutState, (state) => state.maximised)
  const { show, maximise, move } = useApp(layoutState, (state) => state)
  const menuOf = useViewMenu(view.id)
  const { id } = view
  const isShown = stack.shown === id
  const isAlone = stack.views.length === 1
  const handleDrop = (event: DragEvent) => {
    const dragged = workspaceViews.find((one) => one.id === event.dataTransfer.getData(dragType))
    if (!dragged) return
    event.preventDefault()
    move(dragged.id, { area, apart: false, beside: id })
  }
  return (
    <ContextMenu items={menuOf}>
      <button
        type="button"
        role="tab"
        id={tabIdOf(id)}
        aria-selected={isShown}
        {...(isShown ? { 'aria-controls': panelIdOf(id) } : {})}
        tabIndex={isShown ? 0 : -1}
        className={classes(styles.tab, isAlone && styles.heading)}
        draggable
        onDragStart={(event) => event.dataTransfer.setData(dragType, id)}
        onDragOver={(event) => event.dataTransfer.types.includes(dragType) && event.preventDefault()}
        onDrop={handleDrop}
        onClick={() => !isShown && show(id)}
        onDoubleClick={() => maximise(maximised === id ? null : id)}
        onKeyDown={(event) => moveInStack(event, stack, show)}
      >
        {textOf({ key: view.name })}
      </button>
    </ContextMenu>
  )
}

/** Arrow keys go from tab to tab, which shows its view at once (WAI-ARIA Authoring Practices, tabs). */
const moveInStack = (event: KeyboardEvent<HTMLElement>, { views, shown }: Stack, show: (view: ViewId) => void) => {
  const last = views.length - 1
  const at = views.indexOf(shown)
  const places: Readonly<Record<string, number>> = {
    ArrowRight: at === last ? 0 : at + 1,
    ArrowLeft: at === 0 ? last : at - 1,
    Home: 0,
    End: last,
  }
  const place = places[event.key]
  const next = workspaceViews.find(({ id }) => place !== undefined && id === views[place])
  if (!next || last === 0) return
  event.preventDefault()
  show(next.id)
  document.getElementById(tabIdOf(next.id))?.focus()
}
