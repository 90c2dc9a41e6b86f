import type { DragEvent, KeyboardEvent } from 'react'
import type { AreaId, Stack } from '#shared/model/layout'
import { usePhrase } from '../../i18n/usePhrase'
import { useApp } from '../../state/useApp'
import { classes } from '../../ui/classes'
import { ContextMenu } from '../../ui/menus'
import { workspaceViews, type ViewId } from '../workspaceViews'
import styles from './layout.module.css'
import { useIdSuffix } from './half'
import { layoutState, useHalfLayout } from './layoutState'
import { useViewMenu } from './useViewMenu'

interface ViewTabProps {
  readonly view: (typeof workspaceViews)[number]
  readonly area: AreaId
  readonly stack: Stack
}

/** Ids of the tab of a view and of its panel; in the other half there are others. */
export const useViewIds = () => {
  const suffix = useIdSuffix()
  return { tabOf: (view: string) => `tab-${view}${suffix}`, panelOf: (view: string) => `view-${view}${suffix}` }
}

/** What is dragged from one place to another; the browser tells of it only at the end what it is. */
const dragType = 'application/x-topicscope-view'

/** The tab of a view, drawn as a heading where it stands alone: click shows, double click maximises, drag moves. */
export function ViewTab({ view, area, stack }: ViewTabProps) {
  const textOf = usePhrase()
  const maximised = useHalfLayout((half) => half.maximised)
  const { tabOf, panelOf } = useViewIds()
  const { show, maximise, move } = useApp(layoutState, (state) => state)
  const menuOf = useViewMenu(view.id)
  const { id } = view
  const isShown = stack.shown === id
  const isAlone = stack.views.length === 1
  const goTo = (next: ViewId, page: Document) => {
    show(next)
    page.getElementById(tabOf(next))?.focus()
  }
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
        id={tabOf(id)}
        aria-selected={isShown}
        {...(isShown ? { 'aria-controls': panelOf(id) } : {})}
        tabIndex={isShown ? 0 : -1}
        className={classes(styles.tab, isAlone && styles.heading)}
        draggable
        onDragStart={(event) => event.dataTransfer.setData(dragType, id)}
        onDragOver={(event) => event.dataTransfer.types.includes(dragType) && event.preventDefault()}
        onDrop={handleDrop}
        onClick={() => !isShown && show(id)}
        onDoubleClick={() => maximise(maximised === id ? null : id)}
        onKeyDown={(event) => moveInStack(event, stack, (next) => goTo(next, event.currentTarget.ownerDocument))}
      >
        {textOf({ key: view.name })}
      </button>
    </ContextMenu>
  )
}

/** Arrow keys go from tab to tab, which shows its view at once (WAI-ARIA Authoring Practices, tabs). */
const moveInStack = (event: KeyboardEvent<HTMLElement>, { views, shown }: Stack, goTo: (view: ViewId) => void) => {
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
  goTo(next.id)
}
