import './zodWithoutEval'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { Tooltip } from '@base-ui/react/tooltip'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ActionsContext } from '../actions/useActions'
import { createApi } from '../ipc/api'
import { startMessagePump } from '../ipc/messagePump'
import { createConnectionModels } from '../model/connectionModel'
import { draftsState } from '../features/publish/drafts/draftsState'
import { startFileDrop } from '../features/importing/startFileDrop'
import { startCollections } from '../features/publish/collections/startCollections'
import { receiveFirstRequests } from '../features/publish/requests/requestsState'
import { senderPlansState } from '../features/publish/senders/senderPlansState'
import { createThreadedDecoder } from '../model/decoding/decodeThreads'
import { startExportThread } from '../model/logExport/exportThreads'
import { createWorkerPort } from '../model/logSearch/workerPort'
import { createThreadedChecker } from '../model/schemaCheck/checkThreads'
import { createApp, type App as AppObject } from '../state/app'
import { noticesState } from '../state/notices'
import { startWatching } from '../state/startWatching'
import { startSchemas } from '../state/payloadRules'
import { startSearchRules } from '../state/searchRules'
import { connectAtStart, receiveFirstSessions } from '../state/session'
import { AppContext } from '../state/useApp'
import { windowState } from '../state/windowState'
import { scriptsState } from '../state/scripts'
import { startEditScopes } from '../ui/editScopes'
import '../ui/tokens.css'
import '../ui/base.css'
import { allActions } from './actions'
import { AppWindow } from './AppWindow'
import { LanguageProvider } from './LanguageProvider'
import { receiveBatch } from './receiveBatch'
import { receiveEvent } from './receiveEvent'
import { startLayout } from './layout/startLayout'
import { openHistories } from './openHistories'
import { rememberInView } from './rememberInView'
import { drawingPage, startViewWindows } from './viewWindows/viewWindowsState'
import { startShortcuts } from './windowActions'
import { laterLoads, loadFrontViews } from './loadLater'
import { loadWhenIdle } from './loadWhenIdle'
import { loadWords } from '../i18n/loadedWords'
import { selectLanguage, settingsState } from '../state/settings'
import { messageOf } from '#shared/text/messageOf'

/** Base UI and CodeMirror make style elements; the policy lets them by this nonce. */
const styleNonce = () => document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? ''

const start = async (root: HTMLElement) => {
  // While the main process answers: most starts show a connection. The window is drawn without waiting for it.
  void loadFrontViews()
  const api = createApi(window.bridge)
  const snapshot = await api.invoke('app.snapshot', undefined)
  if (!snapshot.ok) {
    root.textContent = snapshot.error.message
    return
  }
  const { logBudgetBytes, logRowLimit } = snapshot.value.settings
  const models = createConnectionModels({ bytes: logBudgetBytes, rows: logRowLimit }, createWorkerPort())
  models.clock.hear(snapshot.value.clock)
  const app = createApp({
    api,
    models,
    schemaChecker: createThreadedChecker(),
    payloadDecoder: createThreadedDecoder(),
    startExportThread,
    snapshot: snapshot.value,
  })
  receiveFirstSessions(app)
  receiveFirstRequests(app)
  const stops = [
    api.onEvent((event) => receiveEvent(app, event)),
    startPump(app),
    rememberInView(app),
    openHistories(app),
    startShortcuts(app, document),
    startCollections(app, window),
    startFileDrop(app, window),
    startLayout(app, window),
    startViewWindows(app, window),
    startEditScopes(document),
    startWatching(app),
    startSearchRules(app),
    () => app.get(draftsState).flush(),
    () => app.get(senderPlansState).flush(),
    () => void app.get(scriptsState).flush(),
  ]
  startSchemas(app)
  connectAtStart(app)
  window.addEventListener('pagehide', () => stops.forEach((stop) => stop()), { once: true })
  await loadWords(selectLanguage(app.get(settingsState)))
  createRoot(root).render(
    <StrictMode>
      <CSPProvider nonce={styleNonce()}>
        <AppContext value={app}>
          <ActionsContext value={allActions}>
            <LanguageProvider>
              <Tooltip.Provider>
                <AppWindow />
              </Tooltip.Provider>
            </LanguageProvider>
          </ActionsContext>
        </AppContext>
      </CSPProvider>
    </StrictMode>,
  )
  stops.push(loadWhenIdle(window, laterLoads))
}

const startPump = (app: AppObject) =>
  startMessagePump(app.api, {
    receive: (batch) => {
      app.models.clock.hear(batch.clock)
      receiveBatch(app, batch)
    },
    isHidden: () => app.get(windowState).hidden && drawingPage(app, window) === window,
    page: () => drawingPage(app, window),
    onFailure: (error) => app.get(noticesState).showError({ code: 'internal', message: messageOf(error) }),
  })

const root = document.getElementById('root')
if (root) void start(root)
