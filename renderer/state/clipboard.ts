import type { AppError } from '#shared/result'
import type { App } from './app'
import { noticesState } from './notices'
import { useAppObject } from './useApp'

/** Puts text on the clipboard; null when it is there. */
export const writeClipboard = async (app: App, text: string): Promise<AppError | null> => {
  const result = await app.api.invoke('clipboard.write', { text })
  return result.ok ? null : result.error
}

/** Puts text on the clipboard; a failure becomes a notice. */
export const copyText = async (app: App, text: string): Promise<void> => {
  const error = await writeClipboard(app, text)
  if (error) app.get(noticesState).showError(error)
}

export const useCopyText = (): ((text: string) => Promise<void>) => {
  const app = useAppObject()
  return (text) => copyText(app, text)
}
