import type { ExportRequest } from '#shared/model/exportRequest'
import type { AppError } from '#shared/result'
import { defineAppState } from './app'
import { noticesState } from './notices'

export interface ExportingState {
  /** The connections that are about to be exported; null = none. */
  readonly connectionIds: readonly string[] | null
  open(connectionIds: readonly string[]): void
  close(): void
  /** Asks where to and writes them; answers what went wrong. Closes when they are written. */
  write(request: ExportRequest): Promise<AppError | null>
}

export const exportingState = defineAppState<ExportingState>('exporting', ({ owner: app, get, set }) => ({
  connectionIds: null,
  open: (connectionIds) => set({ connectionIds }),
  close: () => set({ connectionIds: null }),
  write: async (request) => {
    const result = await app.api.invoke('export.connections', request)
    if (!result.ok) return result.error
    // Cancelled: the dialog stays as it is.
    if (result.value === null) return null
    const { path, connections: count, secrets } = result.value
    get().close()
    app.get(noticesState).show({ text: { key: 'exporting.done', values: { count, secrets, path } } })
    return null
  },
}))
