import type { FoundTool, ImportChoice, ImportPlan } from '#shared/model/importPlan'
import type { AppError, Result } from '#shared/result'
import { noticesState } from '../../state/notices'
import { recordingsState } from '../../state/recordings'
import { defineAppState } from '../../state/app'
import { putInPlace } from './putInPlace'
import { rowsOf, withDefaults, type PlanRow } from './planRows'

export interface ImportingState {
  readonly isOpen: boolean
  readonly rows: readonly PlanRow[]
  /** Ids of the rows that are to be imported. */
  readonly chosen: ReadonlySet<string>
  /** The row whose details are shown; null = none. */
  readonly shownId: string | null
  /** Null = nobody has looked. */
  readonly found: readonly FoundTool[] | null
  readonly isBusy: boolean
  readonly error: AppError | null
  readonly canUndo: boolean
  open(): void
  /** Forgets what was read. */
  close(): void
  chooseFiles(kind: 'files' | 'folder'): Promise<void>
  /** Of what a person has just dropped onto the window; a recording of messages is opened. */
  takeDropped(): Promise<void>
  readText(text: string): Promise<void>
  look(): Promise<void>
  hideFound(): void
  readFound(ids: readonly string[]): Promise<void>
  /** Answers why it stays locked; null = it is open. */
  unlock(fileId: string, password: string): Promise<AppError | null>
  choose(ids: readonly string[], isChosen: boolean): void
  show(rowId: string): void
  /** Imports what is chosen and closes; says why where that fails. */
  apply(): Promise<void>
  undo(): Promise<void>
}

const nothingRead = { rows: [], chosen: new Set<string>(), shownId: null, found: null, error: null } as const

/** What is about to be imported. Main has the files; the window has the plan, and what is chosen of it. */
export const importingState = defineAppState<ImportingState>('importing', ({ owner: app, get, set }) => {
  let takeBack = () => Promise.resolve()

  const receive = (plan: ImportPlan) => {
    const rows = rowsOf(plan)
    const chosen = withDefaults(get().chosen, get().rows, rows)
    set({ rows, chosen, shownId: stillShown(get().shownId, rows) })
  }
  /** One reading at a time; its plan replaces what is shown. */
  const read = async (ask: () => Promise<Result<ImportPlan | null>>) => {
    if (get().isBusy) return
    set({ isBusy: true, error: null })
    const result = await ask()
    set({ isBusy: false, error: result.ok ? null : result.error })
    if (result.ok && result.value) receive(result.value)
  }
  const undo = async () => {
    if (!get().canUndo) return
    set({ canUndo: false })
    await takeBack()
    const result = await app.api.invoke('import.undo', undefined)
    if (result.ok) app.get(noticesState).show({ text: { key: 'importing.undone' } })
    else app.get(noticesState).showError(result.error)
  }

  return {
    ...nothingRead,
    isOpen: false,
    isBusy: false,
    canUndo: false,
    open: () => set({ isOpen: true }),
    close: () => {
      set({ ...nothingRead, isOpen: false })
      void app.api.invoke('import.clear', undefined)
    },
    chooseFiles: (kind) => read(() => app.api.invoke('import.choose', { kind })),
    takeDropped: async () => {
      const wasOpen = get().isOpen
      set({ isOpen: true })
      await read(() => app.api.droppedForImport())
      if (!wasOpen && isOneUnknownFile(get().rows) && (await app.get(recordingsState).openDropped())) get().close()
    },
    readText: (text) => read(() => app.api.invoke('import.readText', { text })),
    look: async () => {
      const result = await app.api.invoke('import.look', undefined)
      set(result.ok ? { found: result.value, error: null } : { error: result.error })
    },
    hideFound: () => set({ found: null }),
    readFound: async (ids) => {
      await read(() => app.api.invoke('import.readFound', { ids: [...ids] }))
      if (get().error === null) set({ found: null })
    },
    unlock: async (fileId, password) => {
      const result = await app.api.invoke('import.unlock', { fileId, password })
      if (!result.ok) return result.error
      receive(result.value)
      return null
    },
    choose: (ids, isChosen) =>
      set(({ chosen }) => {
        const next = new Set(chosen)
        for (const id of ids) {
          if (isChosen) next.add(id)
          else next.delete(id)
        }
        return { chosen: next }
      }),
    show: (rowId) => set({ shownId: rowId }),
    apply: async () => {
      if (get().isBusy) return
      set({ isBusy: true, error: null })
      const choice = choiceOf(get())
      const result = await app.api.invoke('import.apply', choice)
      set({ isBusy: false })
      if (!result.ok) {
        set({ error: result.error })
        return
      }
      const { added, changed, rules } = result.value
      takeBack = putInPlace(app, result.value)
      set({ ...nothingRead, isOpen: false, canUndo: true })
      app.get(noticesState).show({
        text: { key: 'importing.done', values: { count: added.length + changed.length, rules: rules.length } },
        action: { label: { key: 'importing.undo' }, run: () => void undo() },
      })
    },
    undo,
  }
})

/** What is no file of connections may be a recording of messages. */
const isOneUnknownFile = (rows: readonly PlanRow[]): boolean =>
  rows.length === 1 && rows.every((row) => row.kind === 'file' && row.file.tool === null)

const stillShown = (shownId: string | null, rows: readonly PlanRow[]): string | null =>
  rows.some(({ id }) => id === shownId) ? shownId : (rows.find(({ kind }) => kind !== 'file')?.id ?? null)

const choiceOf = ({ rows, chosen }: Pick<ImportingState, 'rows' | 'chosen'>): ImportChoice => {
  const idsOf = (kind: PlanRow['kind']) =>
    rows.filter((row) => row.kind === kind && chosen.has(row.id)).map(({ id }) => id)
  return { connections: idsOf('connection'), schemas: idsOf('schema') }
}
