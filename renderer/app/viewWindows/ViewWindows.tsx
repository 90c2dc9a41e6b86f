import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { visibleName } from '#shared/text/visibleText'
import { startKeptShortcuts } from '../../features/publish/collections/startCollections'
import { usePhrase } from '../../i18n/usePhrase'
import { connectionsState } from '../../state/connections'
import { useApp, useAppObject } from '../../state/useApp'
import { ConnectionContext, useConnectionObject } from '../../state/useConnection'
import { FramesContext } from '../../state/useSlicedWork'
import { useEntry } from '../../state/useEntry'
import { startEditScopes } from '../../ui/editScopes'
import { OverlayContainerContext } from '../../ui/overlayContainer'
import { rememberFocus } from '../layout/moveFocus'
import { startShortcuts } from '../windowActions'
import { viewNamed } from '../workspaceViews'
import styles from './viewWindows.module.css'
import { viewWindowsState, type ViewWindow } from './viewWindowsState'

/** The views that stand in windows of their own, each drawn into its window. */
export function ViewWindows() {
  const all = useApp(viewWindowsState, (state) => state.all)
  return all.map((one) =>
    createPortal(
      <ConnectionContext value={one.connection}>
        <ViewInWindow shown={one} />
      </ConnectionContext>,
      one.page.document.body,
      String(one.serial),
    ),
  )
}

function ViewInWindow({ shown: { view, page } }: { readonly shown: ViewWindow }) {
  const { name, View, Tools } = viewNamed(view)
  const textOf = usePhrase()
  const connectionName = visibleName(useEntry()?.profile.name ?? '')
  const title = `${textOf({ key: name })} - ${connectionName}`
  const [overlays, setOverlays] = useState<HTMLElement | null>(null)
  usePageKeys(page)
  return (
    <OverlayContainerContext value={overlays}>
      <FramesContext value={page}>
        <title>{title}</title>
        <main className={styles.window} data-area="window">
          <h1 className="visually-hidden">{title}</h1>
          {Tools ? (
            <div className={styles.tools}>
              <Tools />
            </div>
          ) : null}
          <div className={styles.view} data-view={view}>
            <View />
          </div>
        </main>
        <div ref={setOverlays} />
      </FramesContext>
    </OverlayContainerContext>
  )
}

/** Shortcuts work there as well, for its connection, which comes into view; a dialog that one opens stands in the main window. */
const usePageKeys = (page: Window) => {
  const app = useAppObject()
  const connection = useConnectionObject()
  const { id } = connection
  useEffect(() => {
    const dialogs = () => document.querySelectorAll('[role="dialog"]').length
    const stops = [
      startEditScopes(page.document),
      rememberFocus(page.document),
      startKeptShortcuts(page.document, () => connection),
      startShortcuts(app, page.document, (run) => {
        const before = dialogs()
        app.get(connectionsState).show(id)
        run()
        // Once it is drawn.
        queueMicrotask(() => dialogs() > before && window.focus())
      }),
    ]
    return () => stops.forEach((stop) => stop())
  }, [app, page, connection, id])
}
