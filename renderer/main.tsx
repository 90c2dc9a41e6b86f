import './zodWithoutEval'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { Tooltip } from '@base-ui/react/tooltip'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App'
import { LanguageProvider } from './i18n/LanguageProvider'
import { createApi } from './ipc/api'
import { startMessagePump } from './ipc/messagePump'
import { createConnectionModels } from './model/connectionModel'
import { createWorkerPort } from './model/logSearch/workerPort'
import { createAppStore, receiveEvent } from './store/appStore'
import { AppContext } from './store/useApp'
import { startEditScopes } from './ui/editScopes'
import './ui/tokens.css'
import './ui/base.css'

/** Base UI and CodeMirror make style elements; the policy lets them by this nonce. */
const styleNonce = () => document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? ''

const start = async (root: HTMLElement) => {
  const api = createApi(window.bridge)
  const snapshot = await api.invoke('app.snapshot', undefined)
  if (!snapshot.ok) {
    root.textContent = snapshot.error.message
    return
  }
  const { logBudgetBytes, logRowLimit } = snapshot.value.settings
  const models = createConnectionModels({ bytes: logBudgetBytes, rows: logRowLimit }, createWorkerPort())
  const store = createAppStore({ api, models }, snapshot.value)
  const stopEvents = api.onEvent((event) => receiveEvent(store, event))
  const stopPump = startMessagePump(api, {
    receive: (batch) => store.getState().receiveBatch(batch),
    isHidden: () => store.getState().windowHidden,
    onFailure: (error) =>
      store
        .getState()
        .receiveNotice({ code: 'internal', message: error instanceof Error ? error.message : String(error) }),
  })
  const stopScopes = startEditScopes(document)
  window.addEventListener('pagehide', () => [stopEvents, stopPump, stopScopes].forEach((stop) => stop()), {
    once: true,
  })
  createRoot(root).render(
    <StrictMode>
      <CSPProvider nonce={styleNonce()}>
        <AppContext value={{ store, models }}>
          <LanguageProvider>
            <Tooltip.Provider>
              <App />
            </Tooltip.Provider>
          </LanguageProvider>
        </AppContext>
      </CSPProvider>
    </StrictMode>,
  )
}

const root = document.getElementById('root')
if (root) void start(root)
